import ProcessModel

/// A value that an input of a decision table may take.
enum InputValue: Hashable {
  case number(Double)
  /// A date, time or duration on its scale.
  case temporal(Double, UnaryTest.Scale)
  case text(String)
  case boolean(Bool)
  case null
  /// Any value that no test of the tables at hand mentions.
  case other

  /// A value on a scale.
  init(_ value: Double, _ scale: UnaryTest.Scale) {
    self = scale == .number ? .number(value) : .temporal(value, scale)
  }

  /// The value and its scale, where it has an order.
  var ordered: (value: Double, scale: UnaryTest.Scale)? {
    switch self {
    case .number(let value): (value, .number)
    case .temporal(let value, let scale): (value, scale)
    case .text, .boolean, .null, .other: nil
    }
  }
}

extension UnaryTest {
  /// Whether a value passes; `nil` where that depends on a test that is not understood.
  ///
  /// Strings are compared as they are; where two products may spell one value differently, those of
  /// the test and the value must be `folded` before.
  func accepts(_ value: InputValue) -> Bool? {
    switch self {
    case .any: return true
    case .opaque: return nil
    case .null: return value == .null
    case .boolean(let wanted): return value == .boolean(wanted)
    case .string(let wanted): return value == .text(wanted)
    case .interval(let interval):
      guard let (number, scale) = value.ordered, scale == interval.scale else { return false }
      return interval.contains(number)
    case .text(let wanted):
      switch value {
      case .text(let text): return wanted.accepts(text)
      // Texts that are not listed may be of either kind.
      case .other: return nil
      case .number, .temporal, .boolean, .null: return false
      }
    case .not(let test):
      // FEEL compares `null`, and values of another kind, to `null`, not to false (DMN 1.5, table 53).
      if test.isOdd(value) { return test.accepts(value) == true ? false : nil }
      return test.accepts(value).map { !$0 }
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
    case .allOf(let tests):
      var isUnknown = false
      for test in tests {
        switch test.accepts(value) {
        case true?: continue
        case nil: isUnknown = true
        case false?: return false
        }
      }
      return isUnknown ? nil : true
    }
  }

  /// Whether the test compares a value with one of another kind, so that its negation says nothing.
  private func isOdd(_ value: InputValue) -> Bool {
    switch self {
    case .any, .opaque, .null, .boolean, .string: return false
    case .interval(let interval):
      return !interval.isPoint && value.ordered?.scale != interval.scale
    case .text:
      switch value {
      case .text, .other: return false
      case .number, .temporal, .boolean, .null: return true
      }
    case .not(let test): return test.isOdd(value)
    case .anyOf(let tests), .allOf(let tests): return tests.contains { $0.isOdd(value) }
    }
  }

  /// Whether the test restricts its input at all.
  var isRestricting: Bool { self != .any }

  /// Whether any part of the test is not understood.
  var isOpaque: Bool {
    switch self {
    case .opaque: true
    case .not(let test): test.isOpaque
    case .anyOf(let tests), .allOf(let tests): tests.contains(where: \.isOpaque)
    case .any, .interval, .string, .boolean, .null, .text: false
    }
  }

  /// The test with its strings as values of two products are compared.
  var folded: UnaryTest {
    switch self {
    case .string(let text): .string(Auditing.folded(text))
    case .text(.startsWith(let text)): .text(.startsWith(Auditing.folded(text)))
    case .text(.endsWith(let text)): .text(.endsWith(Auditing.folded(text)))
    case .text(.contains(let text)): .text(.contains(Auditing.folded(text)))
    case .anyOf(let tests): .anyOf(tests.map(\.folded))
    case .allOf(let tests): .allOf(tests.map(\.folded))
    case .not(let test): .not(test.folded)
    case .any, .interval, .boolean, .null, .opaque, .text(.length): self
    }
  }
}

extension UnaryTest.TextTest {
  func accepts(_ text: String) -> Bool {
    switch self {
    case .startsWith(let part): text.hasPrefix(part)
    case .endsWith(let part): text.hasSuffix(part)
    case .contains(let part): part.isEmpty || !text.ranges(of: part).isEmpty
    // FEEL counts code points (DMN 1.5, table 73).
    case .length(let interval): interval.contains(Double(text.unicodeScalars.count))
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
