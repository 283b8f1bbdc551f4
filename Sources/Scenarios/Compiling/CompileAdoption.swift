internal import Simulation

extension StackCompiler {
  /// How much of their work people hand to agents.
  mutating func adoption(
    _ settings: AdoptionSettings, teams: [String], automations: [String]
  ) -> AdoptionModel {
    var model = AdoptionModel(
      automations: settings.automations.compactMap { automations.firstIndex(of: $0) },
      start: settings.start, least: settings.least, most: settings.most)
    model.gain = settings.gain
    model.losses = settings.losses
    model.noticed = settings.noticed
    model.noticedAfter = time(settings.noticedAfter)
    model.transparency = settings.transparency
    model.explainedLoss = settings.explainedLoss
    model.opaqueLoss = settings.opaqueLoss
    model.trained = settings.trained
    model.communication = settings.communication.map {
      AdoptionCommunication(
        team: teams.firstIndex(of: $0.work.team) ?? 0, work: time($0.work.time),
        every: max(1, microseconds($0.every)), gain: $0.gain)
    }
    return model
  }
}
