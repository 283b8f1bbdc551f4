import Facts

/// Element ids as a scenario names them: one id, or a range of numbered ids.
struct ElementRange {
  /// The ids named; for a range all whose number lies within it, in the order of their numbers.
  let ids: [String]
  /// Whether it is written as a range.
  let isRange: Bool

  /// Resolves `step_01` or `step_01..step_05` among the ids of a process.
  ///
  /// A range takes every id with the same beginning and a number between those of its ends.
  init(_ text: String, among known: [String]) throws(ElementRangeError) {
    guard let dots = text.firstRange(of: "..") else {
      guard known.contains(text) else { throw .unknown(text) }
      ids = [text]
      isRange = false
      return
    }
    let ends = [String(text[..<dots.lowerBound]), String(text[dots.upperBound...])]
      .map { $0.trimmed }
    for end in ends where !known.contains(end) { throw .unknown(end) }
    guard let first = numbered(ends[0]), let last = numbered(ends[1]), first.stem == last.stem
    else {
      throw .notNumbered(ends[0], ends[1])
    }
    guard first.number <= last.number else { throw .backwards(ends[0], ends[1]) }
    var found: [(number: Int, id: String)] = []
    for id in known {
      guard let candidate = numbered(id), candidate.stem == first.stem,
        first.number...last.number ~= candidate.number
      else { continue }
      found.append((candidate.number, id))
    }
    ids = found.sorted { $0 < $1 }.map(\.id)
    isRange = true
  }
}

/// Why a range of element ids cannot be resolved.
enum ElementRangeError: Error, Equatable {
  case unknown(String)
  case notNumbered(String, String)
  case backwards(String, String)
}

/// An id that ends in a number, split.
private func numbered(_ id: String) -> (stem: String, number: Int)? {
  let digits = id.reversed().prefix { $0.isASCII && $0.isNumber }
  guard !digits.isEmpty, let number = Int(String(digits.reversed())) else { return nil }
  return (String(id.dropLast(digits.count)), number)
}
