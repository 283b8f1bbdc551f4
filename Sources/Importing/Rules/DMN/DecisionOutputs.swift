import Inventory
import ProcessModel

extension [EstateDecision] {
  /// Lets an input that is another decision of the model take no other values than that decision gives.
  ///
  /// Only where its table writes all of them out: one output, nothing computed, no rule without a value.
  mutating func boundInputsByDecisions() {
    var known: [String: UnaryTest] = [:]
    for decision in self {
      if let values = decision.table.writtenOutputs { known[decision.table.name] = values }
    }
    for index in indices {
      for column in self[index].table.inputs.indices {
        let input = self[index].table.inputs[column]
        guard input.allowed == nil, input.name != self[index].table.name else { continue }
        self[index].table.inputs[column].allowed = known[input.name]
      }
    }
  }
}

extension DecisionTable {
  /// All values that its only output may have; `nil` where they are not all written out.
  fileprivate var writtenOutputs: UnaryTest? {
    guard outputs.count == 1, aggregation == nil,
      [.unique, .any, .first, .priority].contains(hitPolicy)
    else { return nil }
    var values: [UnaryTest] = []
    for text in rules.map({ $0.outputs[0] }) + [outputs[0].defaultOutput].compactMap(\.self) {
      let value: UnaryTest
      switch UnaryTest(feel: text) {
      case .interval(let interval) where interval.isPoint: value = .interval(interval)
      case .boolean(let truth): value = .boolean(truth)
      case .any, .null: return nil
      case .string(let content): value = .string(content)
      // Texts are kept without their quotes.
      default: value = .string(text)
      }
      if !values.contains(value) { values.append(value) }
    }
    return values.isEmpty || rules.contains { $0.computed != nil } ? nil : .anyOf(values)
  }
}
