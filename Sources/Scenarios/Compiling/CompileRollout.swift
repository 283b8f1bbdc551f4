internal import Facts
internal import Simulation
internal import Statistics

extension StackCompiler {
  /// How a stack takes over from the one before day 0.
  mutating func rollout(_ settings: RolloutSettings, teams: [String]) -> RolloutModel {
    func index(_ team: String) -> Int { teams.firstIndex(of: team) ?? 0 }
    var stages: [RolloutStage] = []
    for stage in settings.stages {
      let training = stage.training.map { time($0) }
      stages.append(
        RolloutStage(
          name: stage.name, share: stage.share,
          activities: stage.activities?.compactMap { flow.activity(ofElement: $0) },
          length: stage.lasts.map { time($0) }, beside: stage.beside,
          besideFinds: stage.besideFinds,
          training: stage.trained.map { RolloutTraining(team: index($0), time: training ?? .zero) },
          gate: stage.gate.map { gate in
            RolloutGate(
              errors: gate.errors, costPerCase: gate.costPerCase.map { $0 * 1e6 },
              saving: gate.saving,
              backlog: gate.backlogTeam.map {
                RolloutGate.Backlog(team: index($0), most: microseconds(gate.backlog))
              }, minimum: gate.minimum, otherwise: gate.otherwise,
              again: microseconds(gate.again))
          }))
    }
    var change: RolloutChange?
    if let own = settings.change {
      change = RolloutChange(
        team: index(own.work.team), work: time(own.work.time), limit: own.atOnce ?? .max,
        strain: own.strain)
      change?.learning = own.learning
      change?.learningWithoutLayer = own.learningWithoutLayer
      change?.connecting = own.connecting
    }
    var model = RolloutModel(
      stages: stages, change: change, scales: settings.goesOn,
      givesUpAfter: settings.givesUpAfter)
    model.layerStage = settings.layerStage.flatMap { name in
      stages.firstIndex { $0.name == name }
    }
    return model
  }
}

extension Scenario {
  /// The variant from which rollouts lead away: the one before day 0, else today's.
  var startVariant: String {
    if case .variant(let name, _) = clock.startState { return name }
    return variants.contains { $0.name == "as-is" } ? "as-is" : experiment.baseline
  }

  /// The stack before day 0 of a variant with a rollout.
  ///
  /// - Throws: `ScenarioErrors` where something else than a stack of today is there on day 0.
  func stackBefore(
    rolloutOf variant: Variant, among stacks: [StackModel]
  ) throws(ScenarioErrors) -> StackModel? {
    switch clock.startState {
    case .empty, .variant: return stacks.first { $0.name == startVariant }
    case .own, .given:
      throw ScenarioErrors([
        ScenarioProblem(
          key: "rollout",
          "the variant '\(variant.name)' has a rollout, which leads from today's stack to it; write "
            + "`start_state: { as-is: 8 weeks }` or `start_state: empty` under 'clock'",
          at: variant.location)
      ])
    }
  }
}
