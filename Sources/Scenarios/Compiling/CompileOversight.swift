internal import Simulation

extension StackCompiler {
  /// How people oversee what a guardrail stops.
  mutating func oversight(_ settings: OversightSettings, teams: [String]) -> OversightModel {
    var design: OversightDesign?
    if let own = settings.design {
      design = OversightDesign(
        team: teams.firstIndex(of: own.work.team) ?? 0, work: time(own.work.time),
        every: microseconds(own.every))
    }
    return OversightModel(
      rungs: settings.modes.map { mode in
        switch mode {
        case .inTheLoop: OversightRung(share: 1, blocks: true)
        case .sampled: OversightRung(share: settings.sample, blocks: true)
        case .onTheLoop: OversightRung(share: settings.sample, blocks: false)
        case .inTheLead: OversightRung(share: settings.audit, blocks: false, usesTiers: true)
        case .triggered: OversightRung(share: settings.audit, blocks: false)
        }
      }, start: settings.start, controller: settings.controller,
      tiers: settings.tiers.map { OversightTier(condition: $0.condition, share: $0.share) },
      design: design)
  }
}
