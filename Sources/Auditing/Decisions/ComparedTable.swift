import ProcessModel

/// A decision table laid over axes that it may share with another one.
struct ComparedTable {
  let compiled: CompiledTable
  /// Axis of each input column.
  let axes: [Int]

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
  var cost: Int { compiled.tests.count }

  /// Whether a rule matches; `nil` where that depends on a test that is not understood.
  func matches(_ rule: Int, _ point: [InputValue]) -> Bool? {
    let tests = compiled.tests[rule]
    var isUnknown = tests.count < axes.count
    for (column, test) in tests.prefix(axes.count).enumerated() {
      switch test.accepts(point[axes[column]]) {
      case false?: return false
      case nil: isUnknown = true
      case true?: continue
      }
    }
    return isUnknown ? nil : true
  }

  /// What the table says of a case, by its hit policy.
  ///
  /// The order of output values, which `PRIORITY` goes by, is not part of the model: where rules of
  /// different outputs match, nothing is concluded.
  func outcome(_ point: [InputValue]) -> Outcome {
    let hitPolicy = compiled.table.hitPolicy
    var first: Int?
    var sawUnknown = false
    for rule in compiled.tests.indices {
      switch matches(rule, point) {
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
    case .collect, .ruleOrder, .outputOrder: return .unknown
    }
  }

  /// Whether two rules say the same.
  func sameOutputs(_ a: Int, _ b: Int) -> Bool { compiled.sayings[a] == compiled.sayings[b] }

  /// For each rule and axis, the cells in which the rule's test holds for sure; `nil` for a rule with
  /// a test that is not understood, which is never sure.
  func cells(on all: [InputAxis]) -> [[CellSet]?] {
    compiled.tests.enumerated().map { rule, tests in
      guard compiled.isUnderstood[rule] else { return nil }
      var cells = all.map { CellSet.run(0..<$0.cells.count) }
      for (column, axis) in axes.enumerated() {
        cells[axis] = cells[axis].intersection(all[axis].cells(where: tests[column]))
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
