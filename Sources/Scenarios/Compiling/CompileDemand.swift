internal import EventEngine
internal import Facts
internal import Simulation
internal import Statistics

extension Scenario {
  /// The arrivals in simulated time.
  func compileDemand(_ clock: CompiledClock, table: inout SamplerTable) -> Demand {
    if let between = demand.between { return renewal(between, clock, table: &table) }
    if let list = demand.list { return replay(list, clock) }
    guard let profile = calendar(demand.profile), let working = calendar(self.clock.workingDays)
    else { preconditionFailure("a scenario that was read has its calendars") }
    let openPerWeek = Double(profile.minutesPerWeek) * 60e6
    let perWeek = casesPerWeek(profile, working)
    let weighted =
      demand.weights.isEmpty && demand.seasons.isEmpty && demand.volumes == nil
      ? nil : weightedProfile(profile, clock, rate: perWeek / openPerWeek)
    return Demand(
      pattern: demand.pattern, calendar: weighted?.calendar ?? profile.compiled(clock),
      intensity: weighted?.intensity ?? [], rate: perWeek / openPerWeek, growth: demand.growth,
      growthPeriod: Int64((demand.growthPeriod * 1e6).rounded()),
      batch: demand.batch.map { BatchSize(rounding: $0, table: &table) })
  }

  /// Arrivals of a list, those of one instant in the order of the file.
  private func replay(_ list: ArrivalList, _ clock: CompiledClock) -> Demand {
    let instants = list.times.map { clock.time.instant($0) }
    let order = instants.indices.sorted { (instants[$0], $0) < (instants[$1], $1) }
    let width = list.attributes.count
    return Demand(
      pattern: .replay, calendar: .continuous, rate: 0, instants: order.map { instants[$0] },
      listed: width == 0
        ? nil
        : ListedAttributes(
          attributes: list.attributes,
          values: order.flatMap { list.values[($0 * width)..<(($0 + 1) * width)] }))
  }

  /// Refuses a list of which no case arrives within the horizon.
  func checkList(_ compiled: CompiledClock) throws(ScenarioErrors) {
    guard let list = demand.list else { return }
    let instants = list.times.map { compiled.time.instant($0) }
    if instants.contains(where: { 0..<compiled.timeline.horizon ~= $0 }) { return }
    let node = source.root["demand"]?["arrivals"]?["replay"]?["file"]
    throw ScenarioErrors([
      ScenarioProblem(
        key: "demand.arrivals.replay.file",
        "no case of the list \(shown(list.file)) arrives within the horizon, which begins on "
          + "\(self.clock.start); check 'clock.start' and 'clock.horizon'",
        at: node?.location ?? SourceLocation(path: path))
    ])
  }

  /// Refuses a horizon of more cases than can be expected before arrivals end.
  func requireEnoughArrivals(_ demand: Demand) throws(ScenarioErrors) {
    guard let limit = clock.horizon.caseLimit, let expected = demand.expectedCases,
      expected.rounded() < Double(limit)
    else { return }
    throw ScenarioErrors([
      ScenarioProblem(
        key: "clock.horizon",
        "'clock.horizon' counts \(limit) cases, but arrivals end before: about "
          + "\(Int(expected.rounded())) are to be expected in all; count fewer cases, give a horizon in "
          + "time, or let arrivals go on", at: SourceLocation(path: path))
    ])
  }

  /// Arrivals at distances of a distribution.
  ///
  /// What to expect decides no draw; see `casesPerWeek`.
  private func renewal(
    _ between: Distribution, _ clock: CompiledClock, table: inout SamplerTable
  ) -> Demand {
    guard let profile = calendar(demand.profile), let working = calendar(self.clock.workingDays)
    else { preconditionFailure("a scenario that was read has its calendars") }
    return Demand(
      pattern: .renewal, calendar: profile.compiled(clock),
      rate: casesPerWeek(profile, working) / (Double(profile.minutesPerWeek) * 60e6),
      between: SampledTime(between, table: &table), comesAtOpening: !demand.countsOpenTime,
      batch: demand.batch.map { BatchSize(rounding: $0, table: &table) })
  }

  /// Cases of an ordinary week on day 0.
  ///
  /// For a renewal process counted by opening: one case there, and after it m(L) = L/μ + (c² − 1)/2
  /// within the open time L, the renewal function for long L (Cox, *Renewal Theory*, 1962, sec. 4.2);
  /// that holds where few gaps are longer than the hours are open or closed.
  func casesPerWeek(_ profile: ScenarioCalendar, _ working: ScenarioCalendar) -> Double {
    let minutes = Double(profile.minutesPerWeek)
    if let between = demand.between {
      let variation = between.coefficientOfVariation ?? 0
      let isPlain = profile.isAlways || demand.countsOpenTime
      let openings = isPlain ? 0 : Double(profile.shifts.count)
      let gaps = minutes * 60 / between.mean + openings * (1 + variation * variation) / 2
      return gaps * (demand.batch.map(BatchSize.mean(rounding:)) ?? 1)
    }
    guard let rate = demand.rate else {
      preconditionFailure("arrivals that are no renewal process have a rate")
    }
    return switch rate.unit {
    case .minutes: rate.count * minutes
    case .hours: rate.count * minutes / 60
    case .workingDays: rate.count * Double(working.daysPerWeek)
    case .days: rate.count * 7
    default: rate.count
    }
  }

  /// The profile cut where weights change, and the weight of each piece.
  ///
  /// Weights have mean 1 over an ordinary week; seasons are factors on that. The pieces leave a microsecond between them, since a calendar joins what touches.
  private func weightedProfile(
    _ profile: ScenarioCalendar, _ clock: CompiledClock, rate: Double
  ) -> (calendar: WorkCalendar, intensity: [Double]) {
    var profile = profile
    if profile.isAlways {
      profile.isAlways = false
      profile.shifts = ScenarioCalendar.everyDay
    }
    let week = profile.shifts.flatMap { pieces(of: $0) }
    let total = week.reduce(0) { $0 + Double($1.close - $1.open) }
    let mean = week.reduce(0) { $0 + Double($1.close - $1.open) * $1.weight } / total
    var spans: [(open: Int64, close: Int64, factor: Double)] = []
    var date = clock.firstDate
    while date <= clock.lastDate {
      // Parts are cut at midnight, and hours end on the second day at the latest.
      let midnights = [1, 2].map { clock.time.instant(date, minute: 1440 * $0) }
      let seasons = (0...2).map { season(on: date.advanced(by: $0)) }
      for hours in profile.hours(beginningOn: date, clock.time, parts: pieces) {
        let season = seasons[midnights.count { $0 <= hours.open }]
        if hours.open < hours.close - 1 {
          spans.append((hours.open, hours.close - 1, hours.weight / mean * season))
        }
      }
      date = date.advanced(by: 1)
    }
    spans.sort { $0.open < $1.open }
    if let volumes = demand.volumes { spans = planned(spans, volumes, clock.time, rate: rate) }
    // Where the clock skips an hour that is cut, its parts lie upon those after it.
    var free = Int64.min
    spans = spans.compactMap { span in
      let open = max(span.open, free)
      guard open < span.close else { return nil }
      free = span.close + 1
      return (open, span.close, span.factor)
    }
    let calendar = WorkCalendar(
      spans.map { ($0.open, $0.close) }, repeating: clock.repetition)
    return (calendar, Array(spans.map(\.factor).prefix(calendar.intervals.count)))
  }

  /// The factor of a date's seasons.
  private func season(on date: CivilDate) -> Double {
    demand.seasons.reduce(1) { $1.contains(date) ? $0 * $1.factor : $0 }
  }

  /// A shift cut at midnight and where a weight begins or ends, with the product of the weights.
  private func pieces(of shift: WeeklyShift) -> [ScenarioCalendar.Part] {
    var cuts: Set<Int> = [shift.open, shift.close, 1440]
    if demand.volumes?.rows.contains(where: { $0.hour != nil }) == true {
      cuts.formUnion((0...48).map { 60 * $0 })
    }
    for weight in demand.weights {
      for day in [0, 1440] { cuts.formUnion([weight.open + day, weight.close + day]) }
    }
    let bounds = cuts.filter { shift.open...shift.close ~= $0 }.sorted()
    let first = Weekday.allCases.firstIndex(of: shift.weekday) ?? 0
    return zip(bounds, bounds.dropFirst()).map { open, close in
      let day = Weekday.allCases[(first + open / 1440) % 7]
      let minute = open % 1440
      let factor = demand.weights.reduce(1.0) { product, weight in
        weight.days.contains(day) && weight.open..<weight.close ~= minute
          ? product * weight.factor : product
      }
      return (open, close, factor)
    }
  }
}
