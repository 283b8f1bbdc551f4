import ProcessModel

/// A decision table laid over axes that it may share with another one.
struct ComparedTable {
  let compiled: CompiledTable
  /// Axis of each input column.
  let axes: [Int]
  /// For each rule and input column, the cells of the column's axis in which the test holds; `nil` for
  /// a rule with fewer tests than inputs.
  private let held: [[TestCells]?]

  init(compiled: CompiledTable, axes: [Int], on all: [InputAxis]) {
    self.compiled = compiled
    self.axes = axes
    var known: [[UnaryTest: TestCells]] = Array(repeating: [:], count: axes.count)
    held = compiled.tests.map { tests in
      guard tests.count >= axes.count else { return nil }
      return axes.indices.map { column in
        if let cells = known[column][tests[column]] { return cells }
        let cells = all[axes[column]].cells(where: tests[column])
        known[column][tests[column]] = cells
        return cells
      }
    }
  }

  /// What a table says of a case.
  enum Outcome: Equatable {
    /// Exactly what this rule says.
    case rule(Int)
    /// No rule matches.
    case none
    /// It cannot be told: a test is not understood, or several rules match and the hit policy does
    /// not say which counts.
    case unknown
  }

  /// Rules that asking for an outcome looks at.
  var cost: Int { held.count }

  /// Whether a rule matches a case, given as a cell of each axis; `nil` where that depends on a test
  /// that is not understood.
  func matches(_ rule: Int, _ cells: [Int]) -> Bool? {
    guard let tests = held[rule] else { return nil }
    var isSure = true
    for column in axes.indices {
      let cell = cells[axes[column]]
      if !tests[column].possible.contains(cell) { return false }
      if isSure, !tests[column].sure.contains(cell) { isSure = false }
    }
    return isSure ? true : nil
  }

  /// What the table says of a case, by its hit policy.
  ///
  /// Where rules of different outputs match under `PRIORITY`, nothing is concluded.
  func outcome(_ cells: [Int]) -> Outcome {
    let hitPolicy = compiled.table.hitPolicy
    var first: Int?
    var sawUnknown = false
    for rule in held.indices {
      switch matches(rule, cells) {
      case false?: continue
      case nil:
        if hitPolicy == .first { return .unknown }
        sawUnknown = true
      case true?:
        if hitPolicy == .first { return .rule(rule) }
        if let first, !sameOutputs(first, rule) { return .unknown }
        first = first ?? rule
      }
    }
    switch hitPolicy {
    case .unique, .any:
      // At most one rule, or rules of one mind: what is not understood cannot say otherwise.
      if let first { return .rule(first) }
      return sawUnknown ? .unknown : .none
    case .priority, .first:
      if sawUnknown { return .unknown }
      return first.map(Outcome.rule) ?? .none
    case .collect, .ruleOrder, .outputOrder:
      // Production rules of one mind, however many act.
      guard compiled.table.actsInTurn == true, !sawUnknown else { return .unknown }
      return first.map(Outcome.rule) ?? .none
    }
  }

  /// Whether two rules say the same.
  func sameOutputs(_ a: Int, _ b: Int) -> Bool { compiled.sayings[a] == compiled.sayings[b] }

  /// For each rule and axis, the cells in which the rule's test holds for sure; `nil` for a rule with
  /// a test that is not understood, or that no case matches.
  func cells(on all: [InputAxis]) -> [[CellSet]?] {
    let everything = all.map { $0.domain ?? CellSet(0..<$0.cells.count) }
    return held.enumerated().map { rule, tests in
      guard let tests, compiled.isUnderstood[rule] else { return nil }
      var cells = everything
      for (column, axis) in axes.enumerated() {
        cells[axis] = cells[axis].intersection(tests[column].sure)
        if cells[axis].isEmpty { return nil }
      }
      return cells
    }
  }
}

/// The cells that two boxes share on each axis; `nil` where they share none on one of them.
func overlap(_ a: [CellSet], _ b: [CellSet]) -> [CellSet]? {
  var box: [CellSet] = []
  box.reserveCapacity(a.count)
  for (first, second) in zip(a, b) {
    let shared = first.intersection(second)
    if shared.isEmpty { return nil }
    box.append(shared)
  }
  return box
}

/// Boxes that can be asked which of them may overlap another one.
struct BoxIndex {
  private let axis: Int
  /// Boxes by the first cell of their hull on the axis.
  private let order: [(lower: Int, upper: Int, box: Int)]
  private let hulls: [[Range<Int>]]

  /// Sorts boxes along the one of several axes on which their hulls are shortest.
  init(_ boxes: [[CellSet]?], along axes: [Int]) {
    let length = { (axis: Int) in
      boxes.reduce(0.0) { $0 + Double($1?[axis].hull.count ?? 0) }
    }
    axis = axes.min { length($0) < length($1) } ?? 0
    let chosen = axis
    hulls = boxes.map { $0?.map(\.hull) ?? [] }
    order = boxes.enumerated().compactMap { index, box in
      box.map { ($0[chosen].hull.lowerBound, $0[chosen].hull.upperBound, index) }
    }.sorted { ($0.lower, $0.box) < ($1.lower, $1.box) }
  }

  /// Boxes whose hulls meet the hull of a box on every axis, ascending.
  func meeting(_ box: [CellSet]) -> [Int] {
    let wanted = box.map(\.hull)
    var found: [Int] = []
    for entry in order {
      if entry.lower >= wanted[axis].upperBound { break }
      guard entry.upper > wanted[axis].lowerBound else { continue }
      let meets = hulls[entry.box].indices.allSatisfy { axis in
        hulls[entry.box][axis].overlaps(wanted[axis])
      }
      if meets { found.append(entry.box) }
    }
    return found.sorted()
  }
}
