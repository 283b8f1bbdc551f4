internal import Scenarios
internal import EventEngine
public import Simulation

// When a queue is exhausted in one replication, by the definitions of `docs/reference/exhaustion.md`.
// A date is the index of a working day from day 0; it is the day the condition began, and it counts once
// the condition has held for the time named.

/// Scheduled work of a team between the closes of working days, in microseconds: hours times speed.
public struct TeamSchedule: Sendable {
  /// Work scheduled from the start of day 0 until the close of each sampled working day.
  public let cumulative: [Int64]
  /// Working days from one sample to the next.
  private let stride: Int

  /// The schedule of a team of a stack over the days of a timeline.
  public init(team: Int, stack: StackModel, model: SimulationModel) {
    var cumulative = [Int64](repeating: 0, count: model.timeline.dayCloses.count)
    for person in stack.teams[team].people {
      let calendar = model.calendars[person.calendar]
      for (day, close) in model.timeline.dayCloses.enumerated() {
        cumulative[day] += person.content(of: calendar.workTime(from: 0, to: close))
      }
    }
    self.cumulative = cumulative
    stride = model.timeline.daysPerSample
  }

  /// The schedule with what a response has added to it or taken from it in one replication.
  ///
  /// - Parameter extra: work from day 0 to the close of each sampled day; empty for nothing.
  public func adding(_ extra: [Int64]) -> TeamSchedule {
    guard let last = extra.last else { return self }
    return TeamSchedule(
      cumulative: cumulative.enumerated().map { day, work in
        work + (day < extra.count ? extra[day] : last)
      }, stride: stride)
  }

  private init(cumulative: [Int64], stride: Int) {
    self.cumulative = cumulative
    self.stride = stride
  }

  /// Work scheduled in the `days` working days after the close of a sampled day; of those known, at the
  /// end.
  ///
  /// Where not every working day is sampled, those between two samples count as equally long.
  public func ahead(of sample: Int, days: Int) -> Int64 {
    let (whole, rest) = days.quotientAndRemainder(dividingBy: stride)
    let from = min(sample + whole, cumulative.count - 1)
    let part =
      from + 1 < cumulative.count
      ? (cumulative[from + 1] - cumulative[from]) * Int64(rest) / Int64(stride) : 0
    return cumulative[from] - cumulative[sample] + part
  }
}

extension ExhaustionRule {
  /// Definition *backlog* for a team: the first day of the first run of days on which remaining work
  /// exceeds the schedule ahead; `nil` where none begins within the horizon.
  ///
  /// Days are counted in samples of the timeline.
  public func backlogDate(
    _ series: TeamSeries, schedule: TeamSchedule, horizonDays: Int, daysPerSample: Int = 1
  ) -> Int? {
    backlogDate(
      remaining: series.remainingContent, schedule: schedule, horizonDays: horizonDays,
      daysPerSample: daysPerSample)
  }

  /// The same for work that remains at the closes of sampled days, in microseconds.
  func backlogDate(
    remaining: [Int64], schedule: TeamSchedule, horizonDays: Int, daysPerSample: Int
  ) -> Int? {
    firstRun(
      of: (confirmedDays + daysPerSample - 1) / daysPerSample, in: remaining.count,
      beginningBefore: horizonDays
    ) { day in
      remaining[day] > schedule.ahead(of: day, days: backlogDays)
    }
  }

  /// Definition *net work* for a variant: the first weekly cohort of the first run of cohorts whose human
  /// work per case exceeds the baseline's of the same replication less the saving; `nil` for none.
  public func netWorkCohort(_ record: ReplicationRecord, baseline: ReplicationRecord) -> Int? {
    let count = min(record.cohorts.count, baseline.cohorts.count)
    return firstRun(of: netWorkCohorts, in: count, beginningBefore: count) { cohort in
      let tried = record.cohorts[cohort]
      let before = baseline.cohorts[cohort]
      guard tried.arrived > 0, before.arrived > 0 else { return false }
      // Upkeep and repairs are work too: they count in the week in which they came up.
      let seconds = Double(tried.wholeTime) / Double(tried.arrived) / 1e6
      let baselineSeconds = Double(before.wholeTime) / Double(before.arrived) / 1e6
      return seconds > baselineSeconds - netWorkSavingSeconds
    }
  }

  /// Definition *service* for a team: the last working day of the first week of the first run of weeks at
  /// whose ends too many of the tickets that were due in the weeks before were late; `nil` for none.
  ///
  /// Weeks are the arrival cohorts of the timeline, and windows lie within the run whole. The week in
  /// which the run ended counts with what was due in it until then.
  public func serviceDate(_ series: TeamSeries, timeline: Timeline) -> Int? {
    let length = max(1, Int(timeline.cohortLength / 604_800_000_000))
    let window = max(1, (serviceWindow + length - 1) / length)
    let held = max(1, (serviceWeeks + length - 1) / length)
    let last = firstRun(
      of: held, in: series.ticketsDue.count, beginningBefore: timeline.cohortCount
    ) { week in
      guard week + 1 >= window else { return false }
      let weeks = (week + 1 - window)...week
      let due = series.ticketsDue[weeks].reduce(0) { $0 + Int($1) }
      let late = series.ticketsLate[weeks].reduce(0) { $0 + Int($1) }
      return due > 0 && Double(late) > serviceShare * Double(due)
    }
    return last.map { timeline.lastDay(ofCohort: $0) }
  }

  private func firstRun(
    of length: Int, in count: Int, beginningBefore limit: Int, holds: (Int) -> Bool
  ) -> Int? {
    var begun: Int?
    for position in 0..<count {
      guard holds(position) else {
        begun = nil
        continue
      }
      let first = begun ?? position
      if first >= limit { return nil }
      if position - first + 1 >= length { return first }
      begun = first
    }
    return nil
  }
}

/// The dates of all replications of a variant, and the probabilities they give.
struct ExhaustionDates {
  let deciding: ExhaustionResult
  let all: [ExhaustionResult]
  /// The day of each replication by the definition that decides, from 0, in samples of the timeline; `nil`
  /// where it does not happen within the horizon.
  let decidingDates: [Int?]

  init(
    model: SimulationModel, records: [ReplicationRecord], baseline: [ReplicationRecord],
    isBaseline: Bool, rule: ExhaustionRule
  ) {
    let days = model.timeline.horizonDays
    let schedules = model.stack.teams.indices.map {
      TeamSchedule(team: $0, stack: model.stack, model: model)
    }
    let byTeam = model.stack.teams.indices.map { team in
      records.map {
        rule.backlogDate(
          $0.teams[team], schedule: schedules[team].adding($0.teams[team].extraScheduled),
          horizonDays: days,
          daysPerSample: model.timeline.daysPerSample)
      }
    }
    let service = model.stack.teams.indices.map { team in
      records.map { rule.serviceDate($0.teams[team], timeline: model.timeline) }
    }
    func earliest(_ dates: [[Int?]]) -> [Int?] {
      records.indices.map { record in rule.watchedTeams.compactMap { dates[$0][record] }.min() }
    }
    let stride = model.timeline.daysPerSample
    // After a rollout was cancelled, what happens is no longer the variant's doing: cancellation
    // competes with exhaustion.
    let cancelled = records.map { model.timeline.dayOfCancellation($0) }
    func own(_ definition: ExhaustionRule.Definition, _ dates: [Int?]) -> [Int?] {
      // Arithmetic knows no cancellation.
      definition == .saturation
        ? dates
        : zip(dates, cancelled).map { date, limit in
          date.flatMap { day in limit.map { day < $0 } == false ? nil : day }
        }
    }
    func result(
      _ definition: ExhaustionRule.Definition, team: String?, _ dates: [Int?]
    ) -> ExhaustionResult {
      ExhaustionResult(
        definition, team: team, dates: own(definition, dates), days: days, daysPerSample: stride)
    }
    func results(_ definition: ExhaustionRule.Definition, _ dates: [[Int?]]) -> [ExhaustionResult] {
      [result(definition, team: nil, earliest(dates))]
        + rule.watchedTeams.map {
          result(definition, team: model.stack.teams[$0].name, dates[$0])
        }
    }
    // What arithmetic says holds for all replications: a date without a band.
    let saturation = model.stack.teams.indices.map { team -> [Int?] in
      guard rule.watchedTeams.contains(team) else { return [] }
      let day = FluidForecast(team: team, model: model).saturationDay.map { ($0 - 1) / stride }
      return records.map { _ in day }
    }
    let cohortDays = records.indices.map { index -> Int? in
      guard !isBaseline else { return nil }
      return rule.netWorkCohort(records[index], baseline: baseline[index])
        .map { model.timeline.firstDay(ofCohort: $0) }
    }
    var netWork = result(.netWork, team: nil, cohortDays)
    netWork.isInapplicable = isBaseline
    all =
      results(.saturation, saturation).map(\.withoutBand) + results(.backlog, byTeam)
      + results(.service, service) + [netWork]
    let deciders =
      switch rule.decides {
      case .saturation: earliest(saturation)
      case .backlog: earliest(byTeam)
      case .service: earliest(service)
      case .netWork: cohortDays
      }
    decidingDates = own(rule.decides, deciders).map { date in
      date.flatMap { $0 < days ? $0 : nil }
    }
    // Every definition has a result for the whole variant.
    deciding = all.first { $0.definition == rule.decides && $0.team == nil } ?? netWork
  }
}

extension Timeline {
  /// The first sampled working day that closes after a rollout was cancelled; `nil` where none was.
  func dayOfCancellation(_ record: ReplicationRecord) -> Int? {
    guard let instant = record.rollout?.cancelled, instant >= 0 else { return nil }
    return firstDay(after: instant)
  }

  /// The first sampled working day that closes after an instant.
  func firstDay(after instant: Int64) -> Int {
    dayCloses.firstIndex { $0 > instant } ?? dayCloses.count
  }

  /// The first sampled working day that closes after a cohort begins.
  func firstDay(ofCohort cohort: Int) -> Int {
    firstDay(after: Int64(cohort) * cohortLength)
  }

  /// The last sampled working day that closes by the end of a cohort; the first of all where none does.
  func lastDay(ofCohort cohort: Int) -> Int {
    let end = Int64(cohort + 1) * cohortLength
    return dayCloses.lastIndex { $0 <= end } ?? 0
  }
}

extension ExhaustionResult {
  /// The same with intervals of no width: replications cannot differ.
  fileprivate var withoutBand: ExhaustionResult {
    var result = self
    result.byHorizon = ProbabilityEstimate(certain: byHorizon)
    result.byDay = byDay.map(ProbabilityEstimate.init(certain:))
    return result
  }

  /// From the dates (sampled working days from 0) of replications; a date outside the horizon does not
  /// count.
  init(
    _ definition: ExhaustionRule.Definition, team: String?, dates: [Int?], days: Int,
    daysPerSample: Int
  ) {
    self.definition = definition
    self.team = team
    isInapplicable = false
    let happened = dates.compactMap(\.self).filter { $0 < days }.sorted()
    byHorizon = ProbabilityEstimate(count: happened.count, of: dates.count)
    var count = 0
    byDay = (0..<days).map { day in
      while count < happened.count, happened[count] <= day { count += 1 }
      return ProbabilityEstimate(count: count, of: dates.count)
    }
    let numbers = happened.map { Double(($0 + 1) * daysPerSample) }
    medianDay = numbers.isEmpty ? nil : numbers.interpolated(at: 0.5)
    day80 =
      numbers.isEmpty
      ? nil : [numbers.interpolated(at: 0.1), numbers.interpolated(at: 0.9)]
  }
}
