internal import Simulation

extension StackCompiler {
  /// Gives a guardrail what skills mean for its reviews, and its redesign.
  mutating func addRemedies(
    _ settings: GuardrailSettings, to model: inout GuardrailModel, teams: [String]
  ) {
    model.expertise = settings.expertise.map {
      ExpertiseModel(
        skills: numbers(of: $0.skills), matched: $0.matched, unmatched: $0.unmatched)
    }
    model.contextualRouting = settings.routingPrice.map { ContextualRoutingModel(price: $0 * 1e6) }
    guard let redesign = settings.redesign else { return }
    model.redesign = RedesignModel(
      every: microseconds(redesign.every),
      reviewTeam: redesign.reviewTeam.flatMap { teams.firstIndex(of: $0) },
      reviewTime: redesign.reviewTime.map { time($0) } ?? .zero, minimum: redesign.minimum,
      confidence: redesign.confidence, bound: redesign.bound, keepsNeeded: redesign.keepsNeeded,
      keepsNeedless: redesign.keepsNeedless, work: redesign.work.map { time($0) } ?? .zero,
      workTeam: redesign.workTeam.flatMap { teams.firstIndex(of: $0) },
      leadTime: redesign.leadTime.map { time($0) } ?? .zero, price: redesign.price * 1e6)
  }
}
