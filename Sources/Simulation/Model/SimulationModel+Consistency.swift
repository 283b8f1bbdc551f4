extension SimulationModel {
  /// Stops on a model that contradicts itself: the engine reads plain memory by these indexes.
  ///
  /// Whoever compiles models from what people write must have refused such a thing before.
  func requireConsistency() {
    requireConsistentDemand()
    requireConsistencyOfAttributes()
    for stack in [runInStack, stack].compactMap(\.self) {
      precondition(stack.activities.count == flow.activities.count, "one row for each activity")
      precondition(stack.flowProbabilities.count == flow.flows.count, "one share for each flow")
      precondition(stack.delays.count == flow.delays.count, "one time for each delay")
      precondition(
        stack.repetitions.count == flow.repetitions.count, "one number for each repetition")
      precondition(
        stack.teams.count == self.stack.teams.count
          && stack.automations.count == self.stack.automations.count
          && stack.guardrails.count == self.stack.guardrails.count,
        "all stacks of a model have the same teams, automations and guardrails")
      precondition(
        stack.applications.map(\.name) == self.stack.applications.map(\.name),
        "all stacks of a model have the same applications")
      requireConsistentApplications(of: stack)
      precondition(stack.guardrails.count <= 64, "at most 64 guardrails")
      for team in stack.teams { requireConsistency(of: team) }
      requireConsistencyOfRules(in: stack)
      for (index, activity) in stack.activities.enumerated() {
        requireConsistency(
          of: activity, in: stack, catchesFailure: flow.catchesFailure(of: index))
      }
      for automation in stack.automations { requireConsistency(of: automation, in: stack) }
      for guardrail in stack.guardrails {
        requireConsistency(of: guardrail, in: stack)
        requireConsistentRemedies(of: guardrail, in: stack)
      }
      requireConsistencyOfTickets(in: stack)
      requireConsistentOrchestration(of: stack)
      stack.requireConsistentCosts(calendars: calendars.indices)
      requireConsistentRollout(of: stack)
      requireConsistentOversight(of: stack)
      requireConsistentRisk(of: stack)
      requireConsistentResponse(of: stack)
      requireConsistentAdoption(of: stack)
    }
  }

  private func requireConsistentDemand() {
    precondition(demand.rate >= 0, "a rate of arrivals is not negative")
    if demand.pattern == .renewal {
      precondition((demand.between?.mean ?? 0) > 0, "a renewal process has distances")
    }
    precondition(
      zip(demand.instants, demand.instants.dropFirst()).allSatisfy { $0 <= $1 },
      "the instants of a replay ascend")
    if let listed = demand.listed {
      precondition(
        listed.count == demand.instants.count
          && listed.attributes.allSatisfy(attributes.indices.contains),
        "a list gives every case its attributes")
    }
    precondition((demand.batch?.mean ?? 1) >= 1, "a batch has at least one case")
  }

  private func requireConsistency(of team: TeamModel) {
    precondition(
      team.people.allSatisfy { calendars.indices.contains($0.calendar) },
      "people work by a calendar")
    precondition(
      team.people.allSatisfy { $0.speed > 0 && $0.speed.isFinite }, "people work at some speed")
    team.requireConsistentAbsence()
    precondition(team.lastStart >= 0 && (team.ageing ?? 1) > 0, "spans of time are positive")
  }

  private func requireConsistency(of queueing: QueueingModel, team: Int?, in stack: StackModel) {
    let people = team.map { stack.teams[$0].people.indices } ?? 0..<0
    precondition(
      queueing.timesByPerson.keys.allSatisfy(people.contains),
      "a time of one's own belongs to a person of the team")
  }

  private func requireConsistency(
    of activity: ActivityModel, in stack: StackModel, catchesFailure: Bool
  ) {
    if let team = activity.team {
      precondition(stack.teams.indices.contains(team), "an activity's team exists")
    }
    requireConsistency(of: activity.queueing, team: activity.team, in: stack)
    guard let index = activity.automation else {
      precondition(activity.team != nil, "an activity has a team or an automation")
      return
    }
    precondition(stack.automations.indices.contains(index), "an activity's automation exists")
    let automation = stack.automations[index]
    if let team = automation.exceptionTeam {
      precondition(stack.teams.indices.contains(team), "the team for exceptions exists")
    }
    let isNeverGivenBack =
      activity.automationShare >= 1 && !automation.handsOver
      && (catchesFailure || (automation.neverFails && !automation.hasWeaknesses))
    precondition(
      isNeverGivenBack || activity.team != nil
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
    precondition(
      guardrail.queueing.timesByPerson.isEmpty && guardrail.queueing.patience == nil,
      "times of single people and patience are of activities, not of tickets")
    if let drift = guardrail.drift?.calendar {
      precondition(calendars.indices.contains(drift), "its drift's calendar exists")
    }
  }

  private func requireConsistentApplications(of stack: StackModel) {
    let touches = stack.activities.flatMap(\.touches) + stack.automations.flatMap(\.touches)
    precondition(
      touches.allSatisfy {
        stack.applications.indices.contains($0.application) && $0.requests >= 1
      },
      "what is touched exists")
    for application in stack.applications {
      precondition(application.concurrent >= 0, "a limit is no less than nothing")
      if let others = application.others {
        precondition(
          others.perSecond >= 0 && others.calendar.map(calendars.indices.contains) != false,
          "calls of others have a rate and hours that exist")
      }
      if let limit = application.rateLimit {
        precondition(
          (1...1_000_000_000).contains(limit.requests) && (1...1_000_000).contains(limit.burst)
            && (1...604_800_000_000).contains(limit.period),
          "a rate limit can be counted in whole parts"
        )
      }
    }
    for outages in stack.outagesByUnit.compactMap(\.self) {
      precondition(outages.every.mean > 0, "time passes between outages")
      if let team = outages.repairTeam {
        precondition(stack.teams.indices.contains(team), "the team for repairs exists")
      }
    }
    precondition(stack.circularRepair == nil, "no repair waits for itself")
    precondition(given.isEmpty || runInStack == nil, "a run-in or a given state")
    precondition(
      given.allSatisfy {
        flow.activities.contains(Int32($0.node)) && $0.count >= 0 && $0.since >= 0
      }, "cases stand at activities")
  }
}
