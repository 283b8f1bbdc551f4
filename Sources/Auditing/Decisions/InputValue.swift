import ProcessModel

/// A value that an input of a decision table may take.
enum InputValue: Hashable {
  case number(Double)
  case text(String)
  case boolean(Bool)
  case null
  /// Any value that no test of the tables at hand mentions.
  case other
}

extension UnaryTest {
  /// Whether a value passes; `nil` where that depends on a test that is not understood.
  ///
  /// Strings of the test and the value must be folded: they are compared without regard to case and
  /// surrounding blanks, since two products may spell one value differently.
  func accepts(_ value: InputValue) -> Bool? {
    switch self {
    case .any: return true
    case .opaque: return nil
    case .null: return value == .null
    case .boolean(let wanted): return value == .boolean(wanted)
    case .string(let wanted): return value == .text(wanted)
    case .interval(let interval):
      if case .number(let number) = value { return interval.contains(number) }
      return false
    case .not(let test): return test.accepts(value).map { !$0 }
    case .anyOf(let tests):
      var isUnknown = false
      for test in tests {
        switch test.accepts(value) {
        case true?: return true
        case nil: isUnknown = true
        case false?: continue
        }
      }
      return isUnknown ? nil : false
    }
  }

  /// Whether the test restricts its input at all.
  var isRestricting: Bool { self != .any }

  /// Whether any part of the test is not understood.
  var isOpaque: Bool {
    switch self {
    case .opaque: true
    case .not(let test): test.isOpaque
    case .anyOf(let tests): tests.contains(where: \.isOpaque)
    case .any, .interval, .string, .boolean, .null: false
    }
  }
}

/// A string as values are compared: lower case, without surrounding blanks.
func folded(_ text: String) -> String {
  var scalars = Substring(text)
  while let first = scalars.first, first.isWhitespace { scalars.removeFirst() }
  while let last = scalars.last, last.isWhitespace { scalars.removeLast() }
  return scalars.lowercased()
}
