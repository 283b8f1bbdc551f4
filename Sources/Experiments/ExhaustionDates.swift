public import Simulation

// When a queue is exhausted in one replication, by the definitions of `docs/reference/exhaustion.md`.
// A date is the index of a working day from day 0; it is the day the condition began, and it counts once
// the condition has held for the time named.

/// Scheduled work of a team between the closes of working days, in microseconds.
public struct TeamSchedule: Sendable {
  /// Work scheduled from the start of day 0 until the close of each working day.
  public let cumulative: [Int64]

  /// The schedule of a team of a stack over the days of a timeline.
  public init(team: Int, stack: StackModel, model: SimulationModel) {
    var cumulative = [Int64](repeating: 0, count: model.timeline.dayCloses.count)
    for person in stack.teams[team].people {
      let calendar = model.calendars[person.calendar]
      for (day, close) in model.timeline.dayCloses.enumerated() {
        cumulative[day] += calendar.workTime(from: 0, to: close)
      }
    }
    self.cumulative = cumulative
  }

  /// Work scheduled in the `days` working days after the close of a day; of those known, at the end.
  public func ahead(of day: Int, days: Int) -> Int64 {
    cumulative[min(day + days, cumulative.count - 1)] - cumulative[day]
  }

  /// Work scheduled on a day.
  public func on(day: Int) -> Int64 { cumulative[day] - (day > 0 ? cumulative[day - 1] : 0) }
}

extension ExhaustionRule {
  /// Definition *backlog* for a team: the first day of the first run of days on which remaining work
  /// exceeds the schedule ahead; `nil` where none begins within the horizon.
  public func backlogDate(
    _ series: TeamSeries, schedule: TeamSchedule, horizonDays: Int
  ) -> Int? {
    firstRun(
      of: confirmedDays, in: series.remainingContent.count, beginningBefore: horizonDays
    ) { day in
      series.remainingContent[day] > schedule.ahead(of: day, days: backlogDays)
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
      let seconds = Double(tried.humanTime) / Double(tried.arrived) / 1e6
      let baselineSeconds = Double(before.humanTime) / Double(before.arrived) / 1e6
      return seconds > baselineSeconds - netWorkSavingSeconds
    }
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
