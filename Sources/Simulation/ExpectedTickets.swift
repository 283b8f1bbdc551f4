internal import EventEngine

// What the tickets of a guardrail are expected to take, with all that becomes of them. Left out is what
// depends on the load: withdrawal of stale tickets, fatigue, and preparations that come too late. A
// recommendation is taken to save its time wherever it is right, though no review can take less than none.

/// What one firing of a guardrail is expected to bring.
struct TicketExpectation {
  /// Seconds of review for each team and firing that reaches people, in all rounds.
  var review: Double
  /// Seconds of rework by its team for each such firing.
  var rework: Double
  /// Share of firings that reach people.
  var reachesPeople: Double
  /// Probability that a firing that reaches people sends the case back to the automation.
  var sentBack: Double
  /// Runs of the second automation for each firing.
  var opinions: Double
  /// Preparations for each evaluation on which the guardrail may fire.
  var preparations: Double
  /// Cost of all but labour for each firing, and for each evaluation, in millionths of the currency unit.
  var costPerFiring: Double
  var costPerEvaluation: Double

  /// - Parameters:
  ///   - review: seconds of a review without context.
  ///   - context: seconds for reconstruction without any help.
  ///   - firing: probability that the guardrail fires where its condition holds.
  init(
    _ guardrail: GuardrailModel, _ model: TicketModel, stack: StackModel, review: Double,
    context: Double, firing: Double
  ) {
    let approved = guardrail.approvedUnchanged
    let rejected = model.rework == nil ? 0 : max(0, 1 - approved - model.modified)
    // Any of the teams may send a case back.
    var kept = 1.0
    for _ in guardrail.teams { kept *= 1 - rejected }
    let again = 1 - kept
    let rounds = Double(model.rework?.rounds ?? 0)
    let isReviewedAgain =
      guardrail.blocks && model.rework?.team != nil && model.rework?.isReviewedAgain == true
    // Passes through the reviews 0, 1, … and the last, of which each is reached by being sent back.
    let passes = isReviewedAgain ? geometricSum(again, terms: rounds + 1) : 1
    let byTeam = isReviewedAgain ? geometricSum(again, terms: rounds) * again : again
    let opinion = model.opinion.map { $0.share * $0.conditionShare } ?? 0
    let documents = model.documents.map { $0.share * $0.conditionShare } ?? 0
    let failure = model.opinion.map { stack.automations[$0.automation].failureProbability } ?? 0
    reachesPeople = max(
      0,
      1 - opinion * (1 - failure) * (model.opinion?.settles ?? 0)
        - documents * (model.documents?.settles ?? 0))
    opinions = opinion
    let saved = model.recommendation.map { $0.right * Double($0.saves) / 1e6 } ?? 0
    var left = model.curation?.left ?? 1
    if let prediction = model.prediction, prediction.team == nil { left *= 1 - prediction.recall }
    let putRight = model.rework == nil ? 0 : rejected * (isReviewedAgain ? power(again, rounds) : 0)
    let ticket =
      max(0, review - saved) + context * left + model.modified * model.modifying.mean
    self.review = passes * ticket + putRight * model.modifying.mean
    if let reopening = model.reopening {
      self.review += reopening.share * (reopening.time ?? guardrail.reviewTime).mean
    }
    let reworkTimes = guardrail.blocks ? byTeam : rejected * Double(guardrail.teams.count)
    rework = model.rework?.team == nil ? 0 : reworkTimes * (model.rework?.time.mean ?? 0)
    sentBack = model.rework != nil && model.rework?.team == nil ? again : 0
    let prepared = model.prediction.map {
      firing * $0.recall + (1 - firing)
        * falseAlarms(recall: $0.recall, precision: $0.precision, firing: firing)
    }
    preparations = prepared ?? 0
    costPerEvaluation = preparations * (model.prediction?.price ?? 0)
    costPerFiring =
      opinion * (model.opinion.map { stack.automations[$0.automation].costPerRun } ?? 0)
      + documents * (model.documents?.price ?? 0)
      + reachesPeople * passes * Double(guardrail.teams.count)
      * ((model.curation?.price ?? 0) + (model.recommendation?.price ?? 0))
  }
}

/// 1 + q + q² + … of so many terms.
private func geometricSum(_ ratio: Double, terms: Double) -> Double {
  (0..<Int(terms)).reduce(0) { sum, _ in sum * ratio + 1 }
}

private func power(_ base: Double, _ exponent: Double) -> Double {
  (0..<Int(exponent)).reduce(1) { product, _ in product * base }
}

extension ActivityExpectation {
  /// Adds what a guardrail's tickets bring.
  mutating func add(
    _ tickets: TicketExpectation, of guardrail: GuardrailModel, _ model: TicketModel,
    evaluations: Double, firings: Double, stack: StackModel
  ) {
    let reached = firings * tickets.reachesPeople
    for team in guardrail.teams {
      let factor = guardrail.expertiseFactor(in: stack, team: team)
      teamSeconds.append((team, reached * tickets.review * factor))
    }
    if let team = model.rework?.team { teamSeconds.append((team, reached * tickets.rework)) }
    if let opinion = model.opinion {
      let run = stack.automations[opinion.automation].runTime.mean
      automationSeconds.append((opinion.automation, firings * tickets.opinions * run))
    }
    let forecasts = evaluations * guardrail.conditionShare
    if let prediction = model.prediction, let team = prediction.team {
      teamSeconds.append((team, forecasts * tickets.preparations * prediction.time.mean))
    }
    runCost += firings * tickets.costPerFiring + forecasts * tickets.costPerEvaluation
  }

  /// Multiplies what a visit brings by how often its automation does it, where reviews send cases back.
  ///
  /// What people do by hand because the automation gave up, or because the share is theirs, counts along,
  /// which is too much by no more than that share.
  mutating func repeatForRework(
    _ index: Int, stack: StackModel, guardrails: [GuardrailRow], at time: Int64,
    calendars: [WorkCalendar]
  ) {
    var stays = 1.0
    var rounds = 0.0
    for (position, guardrail) in stack.guardrails.enumerated()
    where guardrail.afterActivity == index
      && guardrail.raisedBy == stack.activities[index].automation
    {
      guard let model = guardrail.handling, let rework = model.rework, rework.team == nil else {
        continue
      }
      let firing = Self.firingShare(
        guardrail, guardrails[position], at: time, calendars: calendars)
      let expectation = TicketExpectation(
        guardrail, model, stack: stack, review: 0, context: 0, firing: firing)
      let tickets = Self.ticketProbability(
        guardrail, guardrails[position], at: time, calendars: calendars)
      stays *= 1 - tickets * expectation.reachesPeople * expectation.sentBack
      rounds = max(rounds, Double(rework.rounds))
    }
    guard rounds > 0 else { return }
    let share = stack.expectedAutomationShare(ofActivity: index)
    let times = 1 + share * (geometricSum(1 - stays, terms: rounds + 1) - 1)
    for position in teamSeconds.indices { teamSeconds[position].seconds *= times }
    for position in automationSeconds.indices { automationSeconds[position].seconds *= times }
    for position in applications.indices {
      applications[position].uses *= times
      applications[position].seconds *= times
    }
    runCost *= times
  }
}
