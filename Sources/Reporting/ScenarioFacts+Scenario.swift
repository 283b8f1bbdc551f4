import ProcessModel
public import Scenarios
import Simulation

extension ScenarioFacts {
  /// What a report says of a scenario beside its numbers.
  /// - Parameters:
  ///   - scenario: The scenario as read.
  ///   - compiled: The same, compiled.
  public init(_ scenario: Scenario, compiled: CompiledScenario) {
    let stacks = scenario.variants.map(\.stack)
    let automations = stacks.first?.automations ?? []
    let days = compiled.variants.first?.model.timeline.horizonDays ?? 0
    self.init(
      startDate: "\(compiled.start)", timeZone: compiled.timeZone,
      demand: scenario.parameters.first { $0.path.hasSuffix("arrivals.rate") }?.text
        ?? "as written",
      process: scenario.process.name ?? compiled.processID,
      startState: compiled.startState.words,
      workingDays: compiled.workingDates.prefix(days).map { "\($0)" },
      automationKinds: automations.map { AutomationKind(name: $0.name, kind: $0.kind) },
      topics: scenario.topics(compiled))
  }
}

extension StartState {
  /// What runs before day 0, in words; `nil` for nothing.
  fileprivate var words: String? {
    switch self {
    case .empty: nil
    case .variant(let name, let days): "\(name) for \(length(ofDays: days))"
    case .own(let days): "each variant's own stack for \(length(ofDays: days))"
    case .given(let groups):
      groups.map { "\(countText($0.cases)) at \($0.activity)" }.joined(separator: ", ")
    }
  }

  private func length(ofDays days: Int) -> String {
    days % 7 == 0 ? plural(days / 7, "week") : plural(days, "day")
  }
}

extension Scenario {
  /// Which contradictions of the essays touch what the scenario uses.
  fileprivate func topics(_ compiled: CompiledScenario) -> Set<BriefRemark.Topic> {
    var topics: Set<BriefRemark.Topic> = [.always]
    let stacks = variants.map(\.stack)
    let guardrails = stacks.flatMap(\.guardrails)
    if guardrails.contains(where: {
      if case .probability(let share) = $0.firing { share == 0.2 || share == 0.5 } else { false }
    }) {
      topics.insert(.escalationShare)
    }
    if guardrails.contains(where: { $0.drift != nil }) { topics.insert(.escalationDrift) }
    if flow.activities.count == 17 { topics.insert(.loanProcess) }
    if stacks.contains(where: { $0.level > 0 }) { topics.insert(.orchestration) }
    let used = stacks.flatMap { stack in
      stack.automations.filter { automation in
        stack.activities.contains { $0.automation == automation.name && $0.share > 0 }
      }
    }
    let hasAgents = used.contains { $0.kind == "agent" }
    if hasAgents, used.contains(where: { $0.kind == "rpa" || $0.kind == "rules" }) {
      topics.insert(.deterministic)
    }
    if used.contains(where: { $0.kind == "agent" && $0.failure > 0 }) {
      topics.insert(.agentReliability)
    }
    if compiled.variants.contains(where: { variant in
      variant.mix.contains { $0.performer == "agents" && $0.share >= 0.6 }
    }) {
      topics.insert(.agentFirst)
    }
    return topics
  }
}
