import Inventory
import ProcessModel

/// A decision table made ready for comparison: whatever does not depend on the other table is worked
/// out once.
struct CompiledTable {
  let decision: EstateDecision
  /// Keys of each input column.
  let inputKeys: [Set<String>]
  /// Unit of each input column; empty for none.
  let units: [String]
  /// Whether any rule restricts each input column.
  let isRestricting: [Bool]
  /// Keys of each output column.
  let outputKeys: [Set<String>]
  /// Tests of each rule, strings folded.
  let tests: [[UnaryTest]]
  /// Whether each rule has a test for every input, and all are understood.
  let isUnderstood: [Bool]
  /// For each output column, the different values, folded.
  let values: [[String]]
  /// For each output column and rule, the position of its value; `nil` where the rule has none.
  let valueOfRule: [[Int?]]
  /// For each rule a number that rules of equal outputs share.
  let sayings: [Int]

  var table: DecisionTable { decision.table }

  init(_ decision: EstateDecision) {
    self.decision = decision
    let table = decision.table
    inputKeys = table.inputs.map(\.keys)
    units = table.inputs.map(\.unit)
    isRestricting = table.inputs.indices.map { column in
      table.rules.contains { $0.tests.count > column && $0.tests[column].isRestricting }
    }
    outputKeys = table.outputs.map(\.keys)
    tests = table.rules.map { $0.tests.map(\.folded) }
    isUnderstood = table.rules.map { rule in
      rule.tests.count >= table.inputs.count && !rule.tests.contains(where: \.isOpaque)
    }
    let outputs = table.rules.map { $0.outputs.map(canonicalOutput) }
    var values: [[String]] = []
    var valueOfRule: [[Int?]] = []
    for column in table.outputs.indices {
      var positions: [String: Int] = [:]
      var found: [String] = []
      valueOfRule.append(
        outputs.map { rule in
          guard rule.count > column else { return nil }
          if let position = positions[rule[column]] { return position }
          positions[rule[column]] = found.count
          found.append(rule[column])
          return found.count - 1
        })
      values.append(found)
    }
    self.values = values
    self.valueOfRule = valueOfRule
    var numbers: [[String]: Int] = [:]
    sayings = outputs.map { rule in
      if let number = numbers[rule] { return number }
      numbers[rule] = numbers.count
      return numbers.count - 1
    }
  }

  /// Whether an output of a rule is worked out, not written out.
  func isComputed(_ rule: Int, _ output: Int) -> Bool {
    table.rules[rule].computed?.contains(output) ?? false
  }

  /// Tests of one input column as written.
  func tests(ofInput column: Int) -> [UnaryTest] {
    table.rules.compactMap { $0.tests.count > column ? $0.tests[column] : nil }
  }

  /// Whether the hit policy lets one rule count, or rules of one mind.
  var isComparable: Bool {
    switch table.hitPolicy {
    case .unique, .any, .first, .priority: true
    case .collect, .ruleOrder, .outputOrder: table.actsInTurn == true && !table.feedsItself
    }
  }
}

extension DecisionTable {
  /// Whether what rules set is also what they ask, so that they act on one another.
  var feedsItself: Bool {
    let asked = Set(inputs.flatMap(\.keys))
    return outputs.contains { !$0.keys.isDisjoint(with: asked) }
  }
}

/// Pairs of input columns, one of each table, that mean the same.
///
/// They share a key, and their units do not differ. Each column has at most one partner.
func matchingInputs(_ a: CompiledTable, _ b: CompiledTable) -> [(Int, Int)] {
  var pairs: [(Int, Int)] = []
  var taken: Set<Int> = []
  for (i, keys) in a.inputKeys.enumerated() {
    let partner = b.inputKeys.indices.first { j in
      !taken.contains(j) && !keys.isDisjoint(with: b.inputKeys[j])
        && unitsAgree(a.units[i], b.units[j])
    }
    if let partner {
      taken.insert(partner)
      pairs.append((i, partner))
    }
  }
  return pairs
}

private func unitsAgree(_ a: String, _ b: String) -> Bool {
  a.isEmpty || b.isEmpty || nameKey(a) == nameKey(b)
}
