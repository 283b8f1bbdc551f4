internal import Simulation

extension StackCompiler {
  /// What becomes of a guardrail's tickets.
  mutating func tickets(
    _ settings: TicketSettings, teams: [String], automations: [String]
  ) -> TicketModel {
    var model = TicketModel(
      modified: settings.modified, modifying: settings.modifying.map { time($0) } ?? .zero,
      withdrawal: settings.withdrawal.map { time($0) }, latePenalty: settings.latePenalty * 1e6)
    if let rework = settings.rework {
      model.rework = TicketModel.Rework(
        team: rework.team.flatMap { teams.firstIndex(of: $0) },
        time: rework.time.map { time($0) } ?? .zero, rounds: rework.rounds,
        isReviewedAgain: rework.isReviewedAgain)
    }
    if let reopening = settings.reopening {
      model.reopening = TicketModel.Reopening(
        share: reopening.share, after: time(reopening.after), time: reopening.time.map { time($0) })
    }
    model.curation = settings.curation.map {
      TicketModel.Curation(left: $0.left, price: $0.price * 1e6)
    }
    model.recommendation = settings.recommendation.map {
      TicketModel.Recommendation(
        right: $0.right, saves: microseconds($0.saves), misleads: $0.misleads, price: $0.price * 1e6
      )
    }
    model.opinion = settings.opinion.map {
      TicketModel.SecondOpinion(
        automation: automations.firstIndex(of: $0.automation) ?? 0, share: $0.share,
        condition: $0.condition, settles: $0.settles, catches: $0.catches)
    }
    if let documents = settings.documents {
      model.documents = TicketModel.Documents(
        share: documents.share, condition: documents.condition, wait: time(documents.wait),
        settles: documents.settles, price: documents.price * 1e6)
    }
    if let prediction = settings.prediction {
      model.prediction = TicketModel.Prediction(
        recall: prediction.recall, precision: prediction.precision, price: prediction.price * 1e6,
        team: prediction.team.flatMap { teams.firstIndex(of: $0) },
        time: prediction.time.map { time($0) } ?? .zero)
    }
    return model
  }

  /// When a ticket is due.
  func due(_ due: DueSettings) -> DueModel {
    DueModel(
      time: max(1, microseconds(due.seconds)),
      calendar: due.inWorkingTime ? calendars.firstIndex(of: workingDays) : nil)
  }
}
