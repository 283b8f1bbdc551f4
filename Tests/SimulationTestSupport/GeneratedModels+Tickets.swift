import Simulation

extension SimulationModel {
  /// Gives guardrails random rules for their tickets, tickets due dates, and teams fatigue.
  mutating func addTickets(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    stack.addTickets(&generator)
    runInStack?.addTickets(&generator)
    if generator.chance(0.7) {
      serviceLevel = DueModel(time: Int64(generator.int(1...40)) * 600 * second, calendar: 1)
    }
  }
}

extension StackModel {
  fileprivate mutating func addTickets(_ generator: inout SeededGenerator) {
    var predicted: Set<Int> = []
    for index in guardrails.indices {
      guard generator.chance(0.7) else { continue }
      guardrails[index].approvedUnchanged = generator.real(0...0.8)
      guardrails[index].due =
        generator.chance(0.3)
        ? DueModel(time: Int64(generator.int(1...100)) * minute, calendar: nil) : nil
      guardrails[index].handling = generator.handling(
        blocks: guardrails[index].blocks, teams: teams.count, automations: automations.count,
        predicts: predicted.insert(guardrails[index].afterActivity).inserted)
    }
    for index in teams.indices where generator.chance(0.4) {
      teams[index].due = DueModel(
        time: Int64(generator.int(1...100)) * 10 * minute, calendar: generator.int(0...2))
      teams[index].fatigue = generator.fatigue()
    }
  }
}

extension SeededGenerator {
  fileprivate mutating func handling(
    blocks: Bool, teams: Int, automations: Int, predicts: Bool
  ) -> TicketModel {
    var model = TicketModel(modified: real(0...0.2), modifying: time(100))
    let team = int(0...(teams - 1))
    if chance(0.7) {
      model.rework = TicketModel.Rework(
        team: blocks && chance(0.4) ? nil : team, time: time(300), rounds: int(1...3),
        isReviewedAgain: chance(0.7))
    }
    if chance(0.4) {
      model.reopening = TicketModel.Reopening(
        share: real(0...1), after: time(20_000), time: chance(0.5) ? time(60) : nil)
    }
    if chance(0.4) { model.withdrawal = time(30_000) }
    if chance(0.4) { model.curation = TicketModel.Curation(left: real(0...1), price: 1e4) }
    if chance(0.4) {
      model.recommendation = TicketModel.Recommendation(
        right: real(0...1), saves: 60 * second, misleads: real(0...1), price: 1e4)
    }
    if blocks, chance(0.4) {
      model.opinion = TicketModel.SecondOpinion(
        automation: int(0...(automations - 1)), share: real(0...0.5), settles: real(0...1),
        catches: real(0...1))
    }
    if blocks, chance(0.4) {
      model.documents = TicketModel.Documents(
        share: real(0...0.5), wait: time(40_000), settles: real(0...1), price: 2e4)
    }
    if predicts, chance(0.5) {
      model.prediction = TicketModel.Prediction(
        recall: real(0...1), precision: real(0.1...1), price: 1e4,
        team: chance(0.5) ? team : nil, time: time(60))
    }
    model.latePenalty = chance(0.5) ? 3e6 : 0
    return model
  }

  fileprivate mutating func fatigue() -> FatigueModel {
    FatigueModel(
      measure: chance(0.5) ? .waiting : .busy(over: Int64(int(1...8)) * hour), from: real(0...0.5),
      full: real(0.6...3), missed: real(0...1), slower: real(-0.5...1), waved: real(0...1),
      rubberStamp: chance(0.5)
        ? .init(beyond: real(0...5), time: 20 * second, catches: real(0...1)) : nil)
  }
}
