import ProcessModel

/// One input of one or several decision tables, cut into cells within which no test of theirs
/// changes its answer.
struct InputAxis {
  /// What the input is called, for people: its label, else its expression, without unit.
  let name: String
  /// Unit or currency that the label names, such as `EUR`; empty for none.
  let unit: String
  /// The cells in the order of their values.
  let cells: [Cell]
  /// Number of the cells that are numbers, which come first.
  let numberCount: Int
  /// How each text is spelt where it is first mentioned, by its folded form.
  private let spellings: [String: String]
  /// Positions of the cells, the plainest example first: between two bounds, then beyond the last,
  /// then on a bound.
  let plainestFirst: [Int]

  /// A set of values that no test tells apart.
  struct Cell: Hashable {
    /// One of them.
    let example: InputValue
    /// Lower and upper bound, for numbers; equal where the cell is one number.
    let lower: Double?
    let upper: Double?
    /// How odd it is as an example, 0 for the plainest.
    let oddness: Int
    /// Whether a value in it is to be expected at all, so that a rule for it is missed.
    let isExpected: Bool

    var isNumber: Bool {
      if case .number = example { return true }
      return false
    }

    init(
      _ example: InputValue, lower: Double? = nil, upper: Double? = nil, oddness: Int = 0,
      isExpected: Bool = true
    ) {
      self.example = example
      self.lower = lower
      self.upper = upper
      self.oddness = oddness
      self.isExpected = isExpected
    }
  }

  /// Cuts an input at every bound and value that one of the tests mentions.
  init(name: String, unit: String, tests: [UnaryTest]) {
    self.name = name
    self.unit = unit
    var mentions = Mentions()
    for test in tests { mentions.add(test) }
    cells = mentions.cells
    numberCount = cells.count { $0.isNumber }
    spellings = mentions.spellings
    plainestFirst = cells.indices.sorted { [cells] in
      (cells[$0].oddness, $0) < (cells[$1].oddness, $1)
    }
  }

  /// A value of the input as people write it, with the unit.
  func text(_ value: InputValue) -> String {
    switch value {
    case .number(let number): unit.isEmpty ? numberText(number) : "\(numberText(number)) \(unit)"
    case .text(let text): spellings[text] ?? text
    case .boolean(let truth): truth ? "true" : "false"
    case .null: "null"
    case .other: "anything else"
    }
  }

  /// A run of cells as people write it, such as `20,000 < amount ≤ 25,000 EUR`.
  func text(of run: ClosedRange<Int>) -> String {
    let (first, last) = (cells[run.lowerBound], cells[run.upperBound])
    guard case .number = first.example, case .number = last.example else {
      return "\(name) = " + listText(run.map { text(cells[$0].example) })
    }
    let unit = self.unit.isEmpty ? "" : " \(self.unit)"
    if let lower = first.lower, lower == first.upper, run.count == 1 {
      return "\(name) = \(numberText(lower))\(unit)"
    }
    if first.lower == nil, last.upper == nil { return "any \(name)" }
    let lowerText = first.lower.map { lower in
      "\(numberText(lower)) \(lower == first.upper ? "≤" : "<") "
    }
    let upperText = last.upper.map { upper in
      " \(upper == last.lower ? "≤" : "<") \(numberText(upper))"
    }
    if let lowerText, upperText == nil, let lower = first.lower {
      let sign = lowerText.hasSuffix("≤ ") ? "≥" : ">"
      return "\(name) \(sign) \(numberText(lower))\(unit)"
    }
    return (lowerText ?? "") + name + (upperText ?? "") + unit
  }
}

/// What tests mention of an input.
private struct Mentions {
  private var bounds: Set<Double> = []
  private(set) var spellings: [String: String] = [:]
  private var mentionsBoolean = false
  private var mentionsNull = false
  private var mentionsNumber = false

  mutating func add(_ test: UnaryTest) {
    switch test {
    case .interval(let interval):
      mentionsNumber = true
      for bound in [interval.lower, interval.upper] {
        if let bound, bound.isFinite { bounds.insert(bound == 0 ? 0 : bound) }
      }
    case .string(let text): spellings[folded(text)] = spellings[folded(text)] ?? text
    case .boolean: mentionsBoolean = true
    case .null: mentionsNull = true
    case .anyOf(let tests): for test in tests { add(test) }
    case .not(let test): add(test)
    case .any, .opaque: break
    }
  }

  var cells: [InputAxis.Cell] {
    var cells: [InputAxis.Cell] = []
    if mentionsNumber { cells += numberCells }
    cells += spellings.keys.sorted().map { InputAxis.Cell(.text($0)) }
    if mentionsBoolean {
      cells += [InputAxis.Cell(.boolean(true)), InputAxis.Cell(.boolean(false))]
    }
    if mentionsNull { cells.append(InputAxis.Cell(.null, oddness: 5, isExpected: false)) }
    if !spellings.isEmpty || cells.isEmpty {
      cells.append(InputAxis.Cell(.other, oddness: 4, isExpected: cells.isEmpty))
    }
    return cells
  }

  private var numberCells: [InputAxis.Cell] {
    let sorted = bounds.sorted()
    guard let least = sorted.first, let greatest = sorted.last else {
      return [InputAxis.Cell(.number(0))]
    }
    // Between neighbouring whole numbers lies nothing, where all bounds are whole: it is a count.
    let areWhole = sorted.allSatisfy { $0 == $0.rounded() && $0.magnitude < 1e15 }
    var cells = [
      InputAxis.Cell(
        .number(numberBelow(least)), upper: least, oddness: 3, isExpected: false)
    ]
    for (index, bound) in sorted.enumerated() {
      cells.append(InputAxis.Cell(.number(bound), lower: bound, upper: bound, oddness: 2))
      guard index + 1 < sorted.count else { continue }
      let next = sorted[index + 1]
      let isEmpty = areWhole && next - bound == 1
      cells.append(
        InputAxis.Cell(
          .number(plainNumber(between: bound, and: next)), lower: bound, upper: next,
          oddness: isEmpty ? 6 : 0, isExpected: !isEmpty))
    }
    cells.append(
      InputAxis.Cell(
        .number(numberAbove(greatest)), lower: greatest, oddness: 1, isExpected: false))
    return cells
  }
}

/// A number below all bounds; positive where they are, since most quantities are.
private func numberBelow(_ bound: Double) -> Double {
  bound > 0 ? plainNumber(between: 0, and: bound) : bound - max(1, bound.magnitude / 2)
}

/// A number above all bounds, not far off.
private func numberAbove(_ bound: Double) -> Double {
  bound > 0 ? plainNumber(between: bound, and: bound * 1.5) : bound + max(1, bound.magnitude / 2)
}

/// A number strictly between two others, with as few digits as it takes, as near to the middle as
/// that allows: 22,000 between 20,000 and 25,000.
func plainNumber(between lower: Double, and upper: Double) -> Double {
  let middle = lower + (upper - lower) / 2
  var power = 1.0
  while power < upper - lower, power < 1e300 { power *= 10 }
  for _ in 0..<40 {
    for step in [power, power / 2, power / 5] {
      let candidate = (middle / step).rounded() * step
      if candidate > lower, candidate < upper { return candidate }
    }
    power /= 10
  }
  return middle
}
