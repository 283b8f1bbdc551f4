internal import EventEngine
internal import Facts
internal import Simulation

extension StackCompiler {
  mutating func application(
    _ application: ApplicationSettings, teams: [String]
  ) -> ApplicationModel {
    var model = ApplicationModel(
      name: application.name, concurrent: application.concurrent ?? 0,
      rateLimit: application.rateLimit.map { limit in
        ApplicationModel.RateLimit(
          requests: Int64(limit.requests), period: microseconds(limit.period),
          burst: Int64(limit.burst))
      },
      latency: application.latency.map { time($0) },
      maintenance: application.maintenance.map { $0.compiled(clock) },
      outages: outages(application.outages, teams: teams))
    model.releases = application.releases.map { time($0) }
    model.others = application.others.map { others in
      OtherLoadModel(
        perSecond: others.perSecond, time: time(others.time),
        calendar: others.during.flatMap { calendars.firstIndex(of: $0) })
    }
    return model
  }

  mutating func outages(_ outages: OutageSettings?, teams: [String]) -> OutageModel? {
    outages.map { outages in
      OutageModel(
        every: time(outages.every), repair: time(outages.repair),
        inProgress: OutageModel.InProgress(rawValue: outages.inProgress) ?? .resume,
        repairTeam: outages.repairedBy.flatMap { teams.firstIndex(of: $0) })
    }
  }

  func touches(_ touches: [TouchSettings], among applications: [String]) -> [TouchModel] {
    touches.compactMap { touch in
      applications.firstIndex(of: touch.application)
        .map { TouchModel(application: $0, requests: touch.requests) }
    }
  }
}

extension Scenario {
  /// The cases that stand in the process on day 0.
  func given(_ clock: CompiledClock) -> [GivenCases] {
    guard case .given(let groups) = self.clock.startState else { return [] }
    return groups.compactMap { group in
      guard let activity = flow.activity(ofElement: group.activity) else { return nil }
      return GivenCases(
        node: Int(flow.activities[activity]), count: group.cases, since: since(group.since, clock))
    }
  }

  /// How long before day 0 a span began, in microseconds: working days are counted back to the midnight
  /// with which the first of them began.
  private func since(_ span: ScenarioDuration, _ clock: CompiledClock) -> Int64 {
    guard span.unit == .workingDays, let working = calendar(self.clock.workingDays) else {
      return Int64((span.seconds(workingDay: 0) * 1e6).rounded())
    }
    var date = self.clock.start
    var left = Int(span.amount)
    // A calendar of few days does not go back for ever.
    for _ in 0..<40_000 where left > 0 {
      date = date.advanced(by: -1)
      if working.close(of: date, clock.time) != nil { left -= 1 }
    }
    return -clock.time.instant(date, minute: 0)
  }

  /// Refuses a team that could wait for its own repair.
  func refuseCircularRepair(of stacks: [StackModel]) throws(ScenarioErrors) {
    for (variant, stack) in zip(variants, stacks) {
      guard let (team, unit) = stack.circularRepair else { continue }
      let name = stack.teams[team].name
      let sections = ["applications", "automations", "orchestration_layers"]
      let node = sections.compactMap { section in
        source.root["variants"]?[variant.name]?[section]?[unit]?["outages"]?["repaired_by"]
          ?? source.root[section]?[unit]?["outages"]?["repaired_by"]
      }.first { $0.text == name }
      throw ScenarioErrors([
        ScenarioProblem(
          key: node?.path,
          "the team '\(name)' repairs '\(unit)', but in the variant '\(variant.name)' its own work "
            + "may have to wait for that repair, so that neither would ever go on; let another team "
            + "repair it", at: node?.location ?? variant.location)
      ])
    }
  }

  /// Warns of what is finite and saturates by arithmetic in the last week of the horizon.
  func saturationWarnings(of variants: [CompiledVariant]) -> [ScenarioProblem] {
    var problems: [ScenarioProblem] = []
    for (variant, compiled) in zip(self.variants, variants) {
      for found in compiled.model.resourceIntensities() where found.intensity >= 1 {
        let (section, limit) =
          switch found.resource {
          case .concurrency: ("applications", "'concurrent' sessions")
          case .requests: ("applications", "'rate_limit'")
          case .runners: ("automations", "'runners'")
          case .hops: ("orchestration_layers", "'concurrent' hops")
          }
        let member = source.root[section]?.members.first { $0.key == found.name }
        let share =
          found.intensity.isFinite
          ? "\(written((found.intensity * 100).rounded())) % of" : "more than"
        problems.append(
          ScenarioProblem(
            key: member?.node.path,
            "in the variant '\(variant.name)' the cases need \(share) the \(limit) of "
              + "'\(found.name)' in the last week of the horizon: its queue grows without end",
            severity: .medium, at: member?.keyLocation ?? variant.location))
      }
    }
    return problems
  }
}
