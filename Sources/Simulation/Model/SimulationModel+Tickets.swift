extension SimulationModel {
  /// Stops on tickets, due dates and fatigue that name what is not there or contradict themselves.
  func requireConsistencyOfTickets(in stack: StackModel) {
    let dues =
      stack.guardrails.map(\.due) + stack.teams.map(\.due) + [serviceLevel]
    for due in dues.compactMap(\.self) {
      precondition(
        due.time > 0 && due.calendar.map(calendars.indices.contains) != false,
        "a due date is a time in a calendar that exists")
    }
    for team in stack.teams {
      guard let fatigue = team.fatigue else { continue }
      precondition(
        fatigue.from < fatigue.full && fatigue.slower > -1, "fatigue rises over a range of loads")
      if case .busy(let time) = fatigue.measure {
        precondition(time > 0, "load is measured over some time")
      }
    }
    var predicted: Set<Int> = []
    for guardrail in stack.guardrails {
      guard let handling = guardrail.handling else { continue }
      requireConsistency(of: handling, guardrail, in: stack)
      if handling.prediction != nil {
        precondition(
          predicted.insert(guardrail.afterActivity).inserted,
          "one guardrail of an activity is forecast")
      }
    }
  }

  private func requireConsistency(
    of handling: TicketModel, _ guardrail: GuardrailModel, in stack: StackModel
  ) {
    precondition(
      handling.modified >= 0 && guardrail.approvedUnchanged + handling.modified <= 1 + 1e-9,
      "the outcomes of reviews are shares")
    if let rework = handling.rework {
      precondition(
        rework.team.map(stack.teams.indices.contains) ?? guardrail.blocks,
        "rework is done by a team that exists, or by the automation for a case that waits")
      precondition((1...1_000).contains(rework.rounds), "a case is sent back so often at most")
    }
    if let opinion = handling.opinion {
      precondition(
        stack.automations.indices.contains(opinion.automation) && guardrail.blocks,
        "a second automation exists and is waited for")
    }
    precondition(
      handling.documents == nil || guardrail.blocks, "documents are waited for")
    if let prediction = handling.prediction {
      precondition(
        prediction.precision > 0 && prediction.team.map(stack.teams.indices.contains) != false,
        "some forecasts come true, and the team that prepares exists")
    }
    precondition(
      (handling.opinion?.share ?? 0) + (handling.documents?.share ?? 0) <= 1 + 1e-9,
      "the routes of a firing are shares")
  }

  /// Conditions of the routes that firings take.
  var routeConditions: [CaseCondition] {
    [runInStack, stack].compactMap(\.self).flatMap(\.guardrails).flatMap { guardrail in
      [guardrail.handling?.opinion?.condition, guardrail.handling?.documents?.condition]
        .compactMap(\.self)
    }
  }
}
