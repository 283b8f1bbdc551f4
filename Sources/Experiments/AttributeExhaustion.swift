public import Simulation
internal import Statistics

/// Runs a variant as it is, then without each cause in turn, with the same luck.
///
/// - Parameter variant: its name; `nil` for the one most often exhausted.
public func attributeExhaustion(
  _ design: StudyDesign, variant: String?, runner: some ReplicationRunner,
  control: RunControl = RunControl()
) async throws -> ExhaustionCauses {
  let replications = 0..<design.replications
  let records = try await runPortion(
    design, replications: replications, runner: runner, control: control)
  func exhaustion(_ index: Int, _ model: SimulationModel, _ own: [ReplicationRecord])
    -> ExhaustionDates
  {
    ExhaustionDates(
      model: model, records: own, baseline: records[design.baseline],
      isBaseline: index == design.baseline, rule: design.exhaustion)
  }
  let dates = design.variants.indices.map {
    exhaustion($0, design.variants[$0].model, records[$0])
  }
  let index: Int
  if let variant {
    guard let found = design.variants.firstIndex(where: { $0.name == variant }) else {
      throw StudyError.noSuchVariant(variant, known: design.variants.map(\.name))
    }
    index = found
  } else {
    let counts = dates.map(\.deciding.byHorizon.count)
    index = counts.indices.max { (counts[$0], -$0) < (counts[$1], -$1) } ?? design.baseline
  }
  let tried = design.variants[index]
  let days = tried.model.timeline.horizonDays
  let stride = Double(tried.model.timeline.daysPerSample)
  func backlogs(_ records: [ReplicationRecord]) -> [Double] {
    records.map { record in
      design.exhaustion.watchedTeams.reduce(0) { sum, team in
        sum
          + (days > 0 ? Double(record.teams[team].remainingContent[days - 1]) / 3600e6 : 0)
      }
    }
  }
  let ownDays = dates[index].decidingDates.map { Double($0 ?? days) * stride }
  let ownBacklogs = backlogs(records[index])
  var causes: [ExhaustionCauses.Cause] = []
  for (kind, name, stack) in tried.model.stack.withoutEachCause(
    watched: design.exhaustion.watchedTeams)
  {
    var single = design
    single.variants = [tried]
    single.baseline = 0
    single.variants[0].model.stack = stack
    let without = try await runPortion(
      single, replications: replications, runner: runner, control: control)[0]
    let changed = exhaustion(index, single.variants[0].model, without)
    let later = changed.decidingDates.map { Double($0 ?? days) * stride }
    causes.append(
      ExhaustionCauses.Cause(
        kind: kind, name: name, without: changed.deciding,
        daysGained: Estimate(of: zip(later, ownDays).map { $0 - $1 }),
        backlogGained: Estimate(of: zip(ownBacklogs, backlogs(without)).map { $0 - $1 }),
        riskGained: dates[index].deciding.byHorizon.share - changed.deciding.byHorizon.share))
  }
  // By days, then by backlog, for where nothing is exhausted there is still work left; then by place.
  let order = causes.indices.sorted { a, b in
    let (x, y) = (causes[a], causes[b])
    return (-x.daysGained.mean, -x.backlogGained.mean, a)
      < (-y.daysGained.mean, -y.backlogGained.mean, b)
  }
  return ExhaustionCauses(
    variant: tried.name, title: tried.title, definition: design.exhaustion.decides,
    seed: design.seed, replications: design.replications, horizonDays: days,
    byDefinition: dates[index].all, exhaustion: dates[index].deciding,
    arithmetic: design.exhaustion.watchedTeams.map {
      QueueArithmetic(team: $0, model: tried.model, rule: design.exhaustion)
    },
    causes: order.map { causes[$0] })
}

extension StackModel {
  /// The stack without each thing that can cause exhaustion, one at a time.
  func withoutEachCause(
    watched: [Int]
  ) -> [(kind: ExhaustionCauses.Kind, name: String, stack: StackModel)] {
    var results: [(ExhaustionCauses.Kind, String, StackModel)] = []
    for index in guardrails.indices {
      let guardrail = guardrails[index]
      var stack = self
      stack.guardrails[index].firing = .probability(0)
      stack.guardrails[index].thresholds = []
      stack.guardrails[index].drift = nil
      results.append((.guardrail, guardrail.name, stack))
      if guardrail.drift != nil {
        var stack = self
        stack.guardrails[index].drift = nil
        results.append((.drift, guardrail.name, stack))
      }
    }
    for index in automations.indices where automations[index].failureProbability > 0 {
      var stack = self
      stack.automations[index].failureProbability = 0
      results.append((.automation, automations[index].name, stack))
    }
    for team in watched {
      guard let person = teams[team].people.last else { continue }
      var stack = self
      stack.teams[team].people.append(person)
      results.append((.person, teams[team].name, stack))
    }
    return results
  }
}

extension QueueArithmetic {
  init(team: Int, model: SimulationModel, rule: ExhaustionRule) {
    let fluid = FluidForecast(team: team, model: model)
    let schedule = TeamSchedule(team: team, stack: model.stack, model: model)
    let staff = model.stack.teams[team]
    self.team = staff.name
    people = staff.people.count
    firstWeekIntensity = fluid.firstWeekIntensity
    lastWeekIntensity = fluid.lastWeekIntensity
    saturationDay = fluid.saturationDay
    let series = fluid.backlogHours.map { Int64($0 * 3600e6) }
    let stride = model.timeline.daysPerSample
    fluidBacklogDay = rule.backlogDate(
      remaining: series, schedule: schedule, horizonDays: series.count, daysPerSample: stride
    ).map { $0 * stride + 1 }
    fluidBacklogHours = fluid.backlogHours.last ?? 0
    func waiting(_ intensity: Double) -> Double? {
      guard intensity > 0, intensity < 1, !staff.people.isEmpty else { return nil }
      return erlangC(
        servers: staff.people.count, offeredLoad: intensity * Double(staff.people.count))
    }
    erlangWaitingFirstWeek = waiting(fluid.firstWeekIntensity)
    erlangWaitingLastWeek = waiting(fluid.lastWeekIntensity)
  }
}
