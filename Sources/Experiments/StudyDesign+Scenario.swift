public import Scenarios
internal import Simulation
internal import Statistics

extension StudyDesign {
  /// The study that a compiled scenario asks for.
  public init(_ scenario: CompiledScenario) {
    let rule = scenario.exhaustion
    var smallest: [Figure: Double] = [:]
    smallest[.costPerCase] = scenario.matters.costPerCase
    smallest[.timeToCompletion] = scenario.matters.timeToCompletion.map { $0 / 3600 }
    smallest[.humanMinutes] = scenario.matters.humanTime.map { $0 / 60 }
    self.init(
      variants: scenario.variants.map {
        StudyVariant(
          name: $0.name, title: $0.title, mix: $0.mixDescription,
          orchestrationLevel: $0.orchestrationLevel, model: $0.model)
      },
      baseline: scenario.baseline, seed: scenario.seed, replications: scenario.replications,
      exhaustion: ExhaustionRule(
        decides: rule.decides, watchedTeams: scenario.watchedTeams,
        backlogDays: rule.backlogDays, confirmedDays: rule.backlogHolds,
        serviceShare: rule.serviceShare, serviceWindow: rule.serviceWindow,
        serviceWeeks: rule.serviceHolds, netWorkSavingSeconds: rule.netWorkSaving,
        netWorkCohorts: rule.netWorkCohorts),
      practicalSignificance: smallest, currency: scenario.currency,
      discountRate: scenario.discountRate, factorial: scenario.factorial)
    let requests = scenario.precision.compactMap { written in
      StudyMeasure(name: written.figure).map {
        PrecisionPlan.Request(
          measure: $0,
          target: written.isRelative ? .relative(written.amount) : .absolute(written.amount))
      }
    }
    if !requests.isEmpty {
      precision = PrecisionPlan(requests: requests, minimum: scenario.fewestReplications)
    }
  }
}
