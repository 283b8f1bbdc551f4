import ProcessModel

/// One input of one or several decision tables, cut into cells within which no test of theirs
/// changes its answer.
struct InputAxis {
  /// What the input is called, for people: its label, else its expression, without unit.
  let name: String
  /// Unit or currency that the label names, such as `EUR`; empty for none.
  let unit: String
  /// The cells: those of ordered values ascending, a scale after the other, then all else.
  let cells: [Cell]
  /// Positions of the cells, the plainest example first: between two bounds, then beyond the last,
  /// then on a bound.
  let plainestFirst: [Int]
  /// Whether any test mentions a value, so that the input matters.
  let isMentioned: Bool
  /// Cells of values that the input may take; `nil` where no file says which it may.
  private(set) var domain: CellSet?
  private let blocks: [UnaryTest.Scale: AxisBlock]
  /// How each text is spelt where it is first mentioned, by the form in which it is compared.
  private let spellings: [String: String]
  private let positions: [InputValue: Int]
  /// Cells of texts, listed or not.
  let textCells: [Int]

  /// A set of values that no test tells apart.
  struct Cell: Hashable {
    /// One of them.
    let example: InputValue
    /// Lower and upper bound, for ordered values; equal where the cell is one value.
    let lower: Double?
    let upper: Double?
    /// How odd it is as an example, 0 for the plainest.
    let oddness: Int
    /// Whether a value in it is to be expected at all, so that a rule for it is missed.
    let isExpected: Bool

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

  /// How odd a cell is in which no whole number or day lies.
  static let emptyOddness = 6

  /// Cuts an input at every bound and value that one of the tests mentions.
  /// - Parameters:
  ///   - isFolding: Whether texts are compared without regard to case, as between two products.
  ///   - withNull: Whether `null` has a cell even where no test mentions it.
  ///   - allowed: What the input may be.
  init(
    name: String, unit: String, tests: [UnaryTest], isFolding: Bool = true, withNull: Bool = false,
    allowed: UnaryTest? = nil
  ) {
    self.name = name
    self.unit = unit
    var mentions = AxisMentions(isFolding: isFolding)
    for test in tests { mentions.add(test) }
    isMentioned = !mentions.isEmpty
    if let allowed { mentions.add(allowed) }
    var cells: [Cell] = []
    var blocks: [UnaryTest.Scale: AxisBlock] = [:]
    for scale in UnaryTest.Scale.allCases {
      guard let block = AxisBlock(scale, mentions.bounds[scale], start: cells.count) else {
        continue
      }
      blocks[scale] = block
      cells += block.cells
    }
    cells += mentions.otherCells(hasOrdered: !cells.isEmpty, withNull: withNull)
    self.cells = cells
    self.blocks = blocks
    spellings = mentions.spellings
    var positions: [InputValue: Int] = [:]
    for (index, cell) in cells.enumerated() where cell.example.ordered == nil {
      positions[cell.example] = index
    }
    self.positions = positions
    textCells = cells.indices.filter {
      switch cells[$0].example {
      case .text, .other: true
      case .number, .temporal, .boolean, .null: false
      }
    }
    plainestFirst = cells.indices.sorted { (cells[$0].oddness, $0) < (cells[$1].oddness, $1) }
    if let allowed {
      let found = self.cells(where: isFolding ? allowed.folded : allowed).possible
      if !found.isEmpty { domain = found }
    }
  }

  /// Whether a value of a cell is to be expected, so that a rule for it is missed.
  func isExpected(_ cell: Int) -> Bool {
    guard let domain else { return cells[cell].isExpected }
    return domain.contains(cell) && cells[cell].oddness < Self.emptyOddness
  }

  /// Whether a case with a value of a cell is a plain one: not `null`, nor something no test mentions.
  func isPlain(_ cell: Int) -> Bool { cells[cell].oddness < 4 }

  var nullCell: Int? { positions[.null] }

  /// The cell of a text or truth value; none where it is not mentioned.
  func cell(of value: InputValue) -> CellSet {
    CellSet(ascending: positions[value].map { [$0] } ?? [])
  }

  /// The cells of the values of a scale.
  func block(of scale: UnaryTest.Scale) -> Range<Int> { blocks[scale]?.range ?? 0..<0 }

  /// The cells of an interval, of which the bounds are mentioned.
  func run(of interval: UnaryTest.Interval) -> CellSet {
    CellSet(blocks[interval.scale]?.run(of: interval) ?? 0..<0)
  }

  /// A value of the input as people write it, with the unit.
  func text(_ value: InputValue) -> String {
    switch value {
    case .number(let number): unit.isEmpty ? numberText(number) : "\(numberText(number)) \(unit)"
    case .temporal(let value, let scale): scale.text(value)
    case .text(let text): spellings[text] ?? (text.isEmpty ? "an empty text" : text)
    case .boolean(let truth): truth ? "true" : "false"
    case .null: "null"
    case .other: "anything else"
    }
  }

  /// A run of cells as people write it, such as `20,000 < amount ≤ 25,000 EUR`.
  func text(of run: ClosedRange<Int>) -> String {
    let (first, last) = (cells[run.lowerBound], cells[run.upperBound])
    guard let scale = first.example.ordered?.scale, scale == last.example.ordered?.scale else {
      return "\(name) = " + listText(run.map { text(cells[$0].example) })
    }
    let unit = self.unit.isEmpty || scale != .number ? "" : " \(self.unit)"
    func shown(_ value: Double) -> String {
      scale == .number ? numberText(value) : scale.text(value)
    }
    if let lower = first.lower, lower == first.upper, run.count == 1 {
      return "\(name) = \(shown(lower))\(unit)"
    }
    if first.lower == nil, last.upper == nil { return "any \(name)" }
    let lowerText = first.lower.map { lower in
      "\(shown(lower)) \(lower == first.upper ? "≤" : "<") "
    }
    let upperText = last.upper.map { upper in
      " \(upper == last.lower ? "≤" : "<") \(shown(upper))"
    }
    if let lowerText, upperText == nil, let lower = first.lower {
      let sign = lowerText.hasSuffix("≤ ") ? "≥" : ">"
      return "\(name) \(sign) \(shown(lower))\(unit)"
    }
    return (lowerText ?? "") + name + (upperText ?? "") + unit
  }
}
