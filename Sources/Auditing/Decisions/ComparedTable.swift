import ProcessModel

/// A decision table laid over axes that it may share with another one.
struct ComparedTable {
  let table: DecisionTable
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

  /// Whether a rule matches; `nil` where that depends on a test that is not understood.
  func matches(_ rule: Int, _ point: [InputValue]) -> Bool? {
    let tests = table.rules[rule].tests
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
    var first: Int?
    var sawUnknown = false
    for rule in table.rules.indices {
      switch matches(rule, point) {
      case false?: continue
      case nil:
        if table.hitPolicy == .first && first == nil { return .unknown }
        sawUnknown = true
      case true?:
        if table.hitPolicy == .first { return .rule(rule) }
        if let first, !sameOutputs(first, rule) { return .unknown }
        first = first ?? rule
      }
    }
    switch table.hitPolicy {
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
  func sameOutputs(_ a: Int, _ b: Int) -> Bool {
    table.rules[a].outputs.map(folded) == table.rules[b].outputs.map(folded)
  }

  /// Whether the hit policy lets one rule count.
  var isComparable: Bool {
    switch table.hitPolicy {
    case .unique, .any, .first, .priority: true
    case .collect, .ruleOrder, .outputOrder: false
    }
  }

  /// For each rule and axis, the cells in which the rule's test holds for sure; `nil` for a rule with
  /// a test that is not understood, which is never sure.
  func cells(on all: [InputAxis]) -> [[[Int]]?] {
    table.rules.map { rule in
      guard rule.tests.count >= axes.count, !rule.tests.contains(where: \.isOpaque) else {
        return nil
      }
      var cells = all.map { Array($0.cells.indices) }
      for (column, axis) in axes.enumerated() {
        cells[axis] = cells[axis].filter { cell in
          rule.tests[column].accepts(all[axis].cells[cell].example) == true
        }
      }
      return cells
    }
  }
}

/// The cells of two ascending lists that are in both.
func common(_ a: [Int], _ b: [Int]) -> [Int] {
  var result: [Int] = []
  var (i, j) = (0, 0)
  while i < a.count, j < b.count {
    if a[i] == b[j] {
      result.append(a[i])
      i += 1
      j += 1
    } else if a[i] < b[j] {
      i += 1
    } else {
      j += 1
    }
  }
  return result
}
