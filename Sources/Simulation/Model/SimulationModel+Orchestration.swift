extension SimulationModel {
  /// Stops on coordination, orchestration or patterns that name what is not there.
  func requireConsistentOrchestration(of stack: StackModel) {
    let teams = stack.teams.indices
    let automations = stack.automations.indices
    if let coordination = stack.coordination {
      precondition(
        coordination.islands.count == automations.count
          && (coordination.technologies.isEmpty
            || coordination.technologies.count == automations.count),
        "every automation is on an island")
      let work = [coordination.rework, coordination.reconciliation].compactMap(\.self)
      precondition(work.allSatisfy { teams.contains($0.team) }, "teams that mend exist")
      precondition(
        coordination.noAnswer == 0 || coordination.timeLimit != nil,
        "who never answers is waited for up to a limit")
      precondition(
        coordination.conflictRate >= 0 && coordination.conflictExponent >= 0
          && coordination.technologyFactor >= 0 && (coordination.timeLimit ?? 0) >= 0,
        "rates, exponents and limits are not negative")
    }
    if let monitor = stack.monitor {
      precondition(teams.contains(monitor.alert.team), "the team for alerts exists")
    }
    if let supervisor = stack.supervisor {
      precondition(
        automations.contains(supervisor.automation)
          && supervisor.leads.allSatisfy(automations.contains)
          && supervisor.synthesisAfter.allSatisfy(stack.activities.indices.contains),
        "a supervisor and whom it leads exist")
    }
    if let storm = stack.storm {
      precondition(
        storm.window >= 0
          && (storm.limit.map { $0.interval > 0 && (1...1_000_000).contains($0.burst) } ?? true),
        "storm control has windows and limits that make sense")
      if let attribute = storm.sameAttribute {
        precondition(
          attributes.indices.contains(attribute) && attributes[attribute].valueCount != nil,
          "triggers are told apart by an attribute of categories")
      }
    }
    for guardrail in stack.guardrails {
      precondition(
        guardrail.thresholds.compactMap(\.calendar).allSatisfy(calendars.indices.contains),
        "calendars of thresholds exist")
    }
    guard let layer = stack.layer else { return }
    requireTakers(in: stack, layer)
    for (automation, performer) in layer.reroutes {
      precondition(automations.contains(automation), "what is rerouted exists")
      if case .automation(let other) = performer {
        precondition(automations.contains(other), "who takes over exists")
      }
    }
    if let routing = layer.routing {
      precondition(
        routing.alternatives.allSatisfy {
          automations.contains($0.key) && $0.value.allSatisfy(automations.contains)
        }, "alternatives exist")
    }
    if let recovery = layer.recovery {
      precondition(
        recovery.retries >= 0 && recovery.backoff >= 0 && (0...1).contains(recovery.jitter)
          && (0...1).contains(recovery.keeps), "a recovery makes sense")
    }
  }

  /// Whoever a layer gives an activity to must have somebody to leave it to.
  private func requireTakers(in stack: StackModel, _ layer: LayerModel) {
    guard layer.routing != nil || !layer.reroutes.isEmpty else { return }
    for activity in stack.activities where activity.automation != nil {
      precondition(
        activity.team != nil
          || stack.automations.allSatisfy { !$0.mayGiveBack || $0.exceptionTeam != nil },
        "somebody takes what another automation does not do")
    }
  }

  /// The conditions that they read.
  var orchestrationConditions: [CaseCondition] {
    [runInStack, stack].compactMap(\.self).flatMap { stack in
      stack.automations.flatMap { $0.weaknesses.map(\.condition) }
        + (stack.layer?.routing?.caseTypes ?? [])
        + stack.guardrails.flatMap { $0.thresholds.compactMap(\.condition) }
    }
  }
}

extension AutomationModel {
  /// Whether its runs fail at some cases, whatever they do at others.
  var hasWeaknesses: Bool { weaknesses.contains { $0.failureProbability > 0 } }

  /// Whether any run of it may fail, or go to people without failing.
  fileprivate var mayGiveBack: Bool { !neverFails || hasWeaknesses || handsOver }
}

extension StackModel {
  /// Automations that work beside those which activities are assigned to, by index.
  var helpers: Set<Int> {
    var indexes: Set<Int> = []
    if let supervisor { indexes.insert(supervisor.automation) }
    indexes.formUnion(checkers)
    for performer in layer?.reroutes.values ?? [:].values {
      if case .automation(let index) = performer { indexes.insert(index) }
    }
    for others in layer?.routing?.alternatives.values ?? [:].values { indexes.formUnion(others) }
    return indexes
  }
}
