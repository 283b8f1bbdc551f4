internal import EventEngine
internal import Statistics

// What conditions on attributes come to on average, for the arithmetic without chance (`FlowExpectation`,
// `ExpectedLoad`): cases with the attributes of a fixed seed walk the process without taking any time.

/// Cases that walk the process for a forecast.
private let forecastCases = 4_096

/// Seed of their attributes, whatever the scenario's is: a forecast is the same for all seeds.
private let forecastSeed: UInt64 = 1

extension SimulationModel {
  /// The model with the expected shares at nodes that rules steer (`flowProbabilities`), of the conditions
  /// of guardrails and of automations' asks (`conditionShare`) and the number of instances under a
  /// condition (`meanInstances`), in both stacks.
  ///
  /// They are shares of 4,096 cases, with the attributes of one fixed seed, that walk the flow from
  /// beginning to end with all updates and decisions on their way. So a mean number of visits is as
  /// exact as these cases are (attributes that a list of arrivals gives are those of cases at even
  /// distances in the list); what is then added up gateway by gateway takes no notice of a
  /// dependence between two gateways. A gateway that none of them comes to has equal shares.
  ///
  /// - Throws: `SimulationError` where a rule fails for one of these cases, or the walk cannot end.
  public func withForecastShares() throws(SimulationError) -> SimulationModel {
    var result = self
    try result.forecastShares(of: &result.stack)
    if var before = result.runInStack {
      try result.forecastShares(of: &before)
      result.runInStack = before
    }
    return result
  }

  private func forecastShares(of stack: inout StackModel) throws(SimulationError) {
    guard
      !stack.branchingRules.isEmpty
        || stack.guardrails.contains(where: { $0.condition != nil || $0.hasConditionalRoute })
        || stack.activities.contains(where: { $0.decision != nil })
        || stack.automations.contains(where: { $0.asks.contains { $0.condition != nil } })
        || stack.repetitions.contains(where: { $0.condition != nil })
    else { return }
    var walk = Replication(
      model: walking(stack), seed: forecastSeed, replication: 0, observer: NoObserver(),
      countsChoices: true)
    try walk.run(nil)
    for rule in stack.branchingRules {
      let flows = flow.outgoing(of: rule.node)
      let passes = walk.passCounts[rule.node]
      let isExclusive = flow.nodes[rule.node].kind == .exclusive
      for index in flows where isExclusive || flow.flows[index].role != .always {
        stack.flowProbabilities[index] =
          passes > 0
          ? Double(walk.choiceCounts[index]) / Double(passes) : 1 / Double(flows.count)
      }
    }
    for (index, repetition) in flow.repetitions.enumerated()
    where stack.repetitions[index].condition != nil {
      let times = walk.passCounts[Int(repetition.node)]
      guard times > 0 else { continue }
      stack.repetitions[index].meanInstances =
        Double(walk.passCounts[Int(repetition.inner)]) / Double(times)
    }
    for index in stack.guardrails.indices where stack.guardrails[index].condition != nil {
      let counts = walk.record.guardrails[index]
      if counts.evaluated > 0 {
        stack.guardrails[index].conditionShare = Double(counts.fired) / Double(counts.evaluated)
      }
    }
    for index in stack.automations.indices {
      let first = index * (askLimit + 1)
      guard walk.askCounts[first] > 0 else { continue }
      for position in stack.automations[index].asks.indices {
        stack.automations[index].asks[position].conditionShare =
          Double(walk.askCounts[first + 1 + position]) / Double(walk.askCounts[first])
      }
    }
    // The conditions of routes, in the order in which `walking` appends them.
    var position = stack.guardrails.count
    func share(of index: Int) -> Double {
      defer { position += 1 }
      let (fired, whole) = (
        walk.record.guardrails[position].fired, walk.record.guardrails[index].fired
      )
      return whole > 0 ? Double(fired) / Double(whole) : 1
    }
    for index in stack.guardrails.indices where stack.guardrails[index].hasConditionalRoute {
      if stack.guardrails[index].handling?.opinion?.condition != nil {
        stack.guardrails[index].handling?.opinion?.conditionShare = share(of: index)
      }
      if stack.guardrails[index].handling?.documents?.condition != nil {
        stack.guardrails[index].handling?.documents?.conditionShare = share(of: index)
      }
    }
  }

  /// A model of the same flow and attributes in which nothing takes time and nobody is missing.
  private func walking(_ original: StackModel) -> SimulationModel {
    let second: Int64 = 1_000_000
    var stack = original
    // Its cases cost nothing, and it has none of the calendars that prices may count by.
    stack.costs = nil
    stack.teams = [TeamModel(name: "", people: [TeamModel.Person(calendar: 0, hourlyCost: 0)])]
    // Nothing piles up, and the teams that it names are not there.
    stack.response = nil
    stack.adoption = nil
    stack.automations = stack.automations.map {
      var automation = AutomationModel(name: $0.name, runners: 1, runTime: .zero)
      automation.asks = $0.asks.map { ask in
        var ask = ask
        if case .review = ask.answer {
          ask.answer = .review(team: 0, time: .zero, catches: 0)
        }
        return ask
      }
      automation.calibration = $0.calibration
      return automation
    }
    stack.activities = stack.activities.map { activity in
      ActivityModel(
        team: 0, handlingTime: .zero, automation: activity.automation,
        automationShare: activity.automationShare, updates: activity.updates,
        decision: activity.decision)
    }
    stack.guardrails = stack.guardrails.map { guardrail in
      GuardrailModel(
        name: guardrail.name, raisedBy: guardrail.raisedBy,
        afterActivity: guardrail.afterActivity, replacesActivity: guardrail.replacesActivity,
        firing: .probability(1), teams: [0], reviewTime: .zero, condition: guardrail.condition)
    }
    // Routes with a condition are counted as guardrails of their own beside those they belong to.
    for guardrail in original.guardrails where guardrail.hasConditionalRoute {
      let routes = [
        guardrail.handling?.opinion?.condition, guardrail.handling?.documents?.condition,
      ]
      for condition in routes.compactMap(\.self) {
        stack.guardrails.append(
          GuardrailModel(
            name: guardrail.name, raisedBy: guardrail.raisedBy,
            afterActivity: guardrail.afterActivity, firing: .probability(1), teams: [0],
            reviewTime: .zero, condition: .all([guardrail.condition ?? .always, condition])))
      }
    }
    stack.delays = stack.delays.map(\.hastened)
    stack.layer = nil
    stack.coordination = nil
    stack.risk = nil
    stack.monitor = nil
    stack.supervisor = nil
    stack.storm = nil
    stack.rollout = nil
    stack.priorityRules = []
    var model = self
    model.stack = stack
    model.runInStack = nil
    model.serviceLevel = nil
    model.calendars = [.continuous]
    model.timeline = Timeline(
      runInStart: 0, horizon: Int64(forecastCases + 1) * second, followUp: second, dayCloses: [],
      horizonDays: 0, sampledDays: 0, cohortLength: Int64(forecastCases + 1) * second)
    model.demand = Demand(
      pattern: .regular, calendar: .continuous, rate: 1 / Double(second),
      listed: demand.listed.flatMap { list in
        if list.count == 0 { return nil }
        // Cases of a list bring what those of the list have, taken at even distances.
        return list.rows((0...forecastCases).map { $0 * list.count / (forecastCases + 1) })
      })
    return model
  }
}

extension GuardrailModel {
  /// Whether a route of its firings has a condition.
  fileprivate var hasConditionalRoute: Bool {
    handling?.opinion?.condition != nil || handling?.documents?.condition != nil
  }
}

extension DelayModel {
  /// The event after next to no time, exponential, so that races between events still have several
  /// winners, in proportion to their means.
  fileprivate var hastened: DelayModel {
    var result = self
    result.time = .zero
    var table = SamplerTable()
    if time.mean > 0, let law = try? Distribution(.exponential(mean: time.mean * 1e-6)) {
      result.time = SampledTime(law, table: &table)
    }
    return result
  }
}
