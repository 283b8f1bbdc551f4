extension SimulationModel {
  /// Stops on a model that contradicts itself: the engine reads plain memory by these indexes.
  ///
  /// Whoever compiles models from what people write must have refused such a thing before.
  func requireConsistency() {
    precondition((demand.pattern == .renewal) == (demand.gap != nil), "renewal has its gaps")
    for stack in [runInStack, stack].compactMap(\.self) {
      precondition(stack.activities.count == flow.activities.count, "one row for each activity")
      precondition(stack.flowProbabilities.count == flow.flows.count, "one share for each flow")
      precondition(stack.delays.count == flow.delays.count, "one time for each delay")
      precondition(
        stack.teams.count == self.stack.teams.count
          && stack.automations.count == self.stack.automations.count
          && stack.guardrails.count == self.stack.guardrails.count,
        "all stacks of a model have the same teams, automations and guardrails")
      precondition(stack.guardrails.count <= 64, "at most 64 guardrails")
      let people = stack.teams.flatMap(\.people)
      precondition(
        people.allSatisfy { calendars.indices.contains($0.calendar) }, "people work by a calendar")
      for activity in stack.activities { requireConsistency(of: activity, in: stack) }
      for guardrail in stack.guardrails { requireConsistency(of: guardrail, in: stack) }
    }
  }

  private func requireConsistency(of activity: ActivityModel, in stack: StackModel) {
    if let team = activity.team {
      precondition(stack.teams.indices.contains(team), "an activity's team exists")
    }
    guard let index = activity.automation else {
      precondition(activity.team != nil, "an activity has a team or an automation")
      return
    }
    precondition(stack.automations.indices.contains(index), "an activity's automation exists")
    let automation = stack.automations[index]
    if let team = automation.exceptionTeam {
      precondition(stack.teams.indices.contains(team), "the team for exceptions exists")
    }
    let isAlwaysDone = activity.automationShare >= 1 && automation.failureProbability <= 0
    precondition(
      isAlwaysDone || activity.team != nil
        || (activity.automationShare >= 1 && automation.exceptionTeam != nil),
      "somebody takes what an automation does not do")
  }

  private func requireConsistency(of guardrail: GuardrailModel, in stack: StackModel) {
    precondition(stack.automations.indices.contains(guardrail.raisedBy), "who raises it exists")
    precondition(
      stack.activities.indices.contains(guardrail.afterActivity)
        && guardrail.replacesActivity.map(stack.activities.indices.contains) != false,
      "its activities exist")
    precondition(
      !guardrail.teams.isEmpty && guardrail.teams.allSatisfy(stack.teams.indices.contains),
      "its teams exist")
    if let drift = guardrail.drift?.calendar {
      precondition(calendars.indices.contains(drift), "its drift's calendar exists")
    }
  }
}
