internal import Facts
internal import Simulation

/// What the condition of a loop activity can name beside attributes (BPMN 2.0.2, table 10.27).
let loopCounts: [(name: String, count: RepetitionCount)] = [("loopCounter", .completed)]

/// What the completion condition of a multi-instance activity can name beside attributes (BPMN 2.0.2,
/// table 10.30), and the names that Camunda gives the same.
let instanceCounts: [(name: String, count: RepetitionCount)] = [
  ("numberOfInstances", .instances), ("numberOfCompletedInstances", .completed),
  ("numberOfActiveInstances", .active), ("nrOfInstances", .instances),
  ("nrOfCompletedInstances", .completed), ("nrOfActiveInstances", .active),
]

/// Reads the condition of a loop or multi-instance activity: one on attributes, which can also name
/// counts of the instances.
func parseRepetitionCondition(
  _ text: String, _ vocabulary: ConditionVocabulary,
  _ counts: [(name: String, count: RepetitionCount)]
) throws(ValueError) -> CaseCondition {
  var whole = vocabulary
  whole.attributes = counts.map { .count(named: $0.name) } + vocabulary.attributes
  return try parseCondition(text, whole).renumbered { index in
    index < counts.count ? counts[index].count.rawValue : index - counts.count
  }
}

extension ScenarioAttribute {
  /// A count, as a number without unit that is drawn nowhere.
  fileprivate static func count(named name: String) -> ScenarioAttribute {
    ScenarioAttribute(
      name: name, kind: .number(unit: nil), value: .drawn(.shares([])), correlation: nil,
      location: SourceLocation(path: ""))
  }
}

extension CaseCondition {
  fileprivate func renumbered(_ number: (Int) -> Int) -> CaseCondition {
    switch self {
    case .always: .always
    case .compares(let attribute, let comparison, let value):
      .compares(attribute: number(attribute), comparison, value)
    case .comparesAttributes(let left, let comparison, let right):
      .comparesAttributes(number(left), comparison, number(right))
    case .all(let parts): .all(parts.map { $0.renumbered(number) })
    case .any(let parts): .any(parts.map { $0.renumbered(number) })
    case .not(let part): .not(part.renumbered(number))
    }
  }
}
