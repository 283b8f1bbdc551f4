import Facts
import Inventory
import ProcessModel

/// A decision table in one line a rule: `inputs` → `outputs`.
func table(
  _ name: String, _ hitPolicy: DecisionTable.HitPolicy = .unique,
  inputs: [DecisionTable.Column], outputs: [String] = ["decision"],
  _ rules: [([UnaryTest], [String])]
) -> DecisionTable {
  DecisionTable(
    id: name, name: name, hitPolicy: hitPolicy, inputs: inputs,
    outputs: outputs.map { DecisionTable.Column(name: $0) },
    rules: rules.enumerated().map { index, rule in
      DecisionTable.Rule(
        id: "r\(index + 1)", tests: rule.0, outputs: rule.1,
        location: SourceLocation(path: "\(name).dmn", line: index + 1))
    }, location: SourceLocation(path: "\(name).dmn"))
}

let amount = DecisionTable.Column(name: "amount", label: "Amount (EUR)")
let score = DecisionTable.Column(name: "creditScore", label: "Credit score")

func below(_ bound: Double) -> UnaryTest {
  .interval(.init(upper: bound, includesUpper: false))
}
func upTo(_ bound: Double) -> UnaryTest { .interval(.init(upper: bound)) }
func above(_ bound: Double) -> UnaryTest {
  .interval(.init(lower: bound, includesLower: false))
}
func atLeast(_ bound: Double) -> UnaryTest { .interval(.init(lower: bound)) }
func within(_ lower: Double, _ upper: Double) -> UnaryTest {
  .interval(.init(lower: lower, includesLower: false, upper: upper))
}
