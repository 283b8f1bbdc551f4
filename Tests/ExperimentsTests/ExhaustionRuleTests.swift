import Experiments
import Simulation
import SimulationTestSupport
import Testing

@Suite("Exhaustion rules") struct ExhaustionRuleTests {
  let rule = ExhaustionRule(watchedTeams: [0], backlogDays: 2, confirmedDays: 3, netWorkCohorts: 2)

  /// One person, eight hours a day: 16 hours are scheduled in the two days ahead.
  func schedule(days: Int) throws -> TeamSchedule {
    var model = try queueModel(
      rate: 1, servers: 1, service: .constant(1), runIn: 0, horizon: Int64(days) * day)
    model.calendars = [eightHourDays(days + 5)]
    model.timeline.dayCloses = (0..<(days + 5)).map { Int64($0) * day + 8 * hour }
    return TeamSchedule(team: 0, stack: model.stack, model: model)
  }

  func series(hours: [Int64]) -> TeamSeries {
    var series = TeamSeries()
    series.remainingContent = hours.map { $0 * hour }
    return series
  }

  @Test("the date is the day the condition began, once it has held for the time named")
  func dates() throws {
    let schedule = try schedule(days: 8)
    func date(_ hours: [Int64]) -> Int? {
      rule.backlogDate(series(hours: hours), schedule: schedule, horizonDays: 6)
    }
    #expect(date([0, 17, 17, 17, 0, 0, 0, 0]) == 1)
    #expect(date([17, 17, 0, 17, 17, 17, 0, 0]) == 3)
    #expect(date([17, 17, 16, 17, 17, 16, 17, 17]) == nil)
    // Begun within the horizon, confirmed after it.
    #expect(date([0, 0, 0, 0, 0, 17, 17, 17]) == 5)
    #expect(date([0, 0, 0, 0, 0, 0, 17, 17]) == nil)
  }

  /// Two days of work and three of confirmation stand above; service looks at two weeks of the four.
  @Test("service counts the share of late tickets in a window at the ends of weeks running")
  func service() throws {
    var timeline = try queueModel(
      rate: 1, servers: 1, service: .constant(1), runIn: 0, horizon: 4 * week
    ).timeline
    timeline.cohortLength = week
    // Working days close on five days of each week.
    timeline.dayCloses = (0..<6).flatMap { number in
      (0..<5).map { Int64(number) * week + Int64($0) * day + 8 * hour }
    }
    let rule = ExhaustionRule(
      watchedTeams: [0], serviceShare: 0.2, serviceWindow: 2, serviceWeeks: 2)
    func date(_ due: [Int32], _ late: [Int32]) -> Int? {
      var series = TeamSeries()
      series.ticketsDue = due
      series.ticketsLate = late
      return rule.serviceDate(series, timeline: timeline)
    }
    // Weeks 2 and 3 have 5 of 20 late, weeks 3 and 4 have 9: from the end of week 3 on, its fifth day.
    #expect(date([10, 10, 10, 10], [0, 0, 5, 4]) == 14)
    // Exactly 20 % does not exceed 20 %.
    #expect(date([10, 10, 10, 10], [0, 0, 4, 0]) == nil)
    // Once is not enough, and the first window ends with the second week.
    #expect(date([10, 10, 10, 10], [10, 0, 0, 0]) == nil)
    #expect(date([10, 10, 10, 10], [10, 10, 0, 0]) == 9)
    // Begun within the horizon, confirmed in the week after it; nothing due is no bad service.
    #expect(date([10, 10, 10, 10, 10], [0, 0, 0, 9, 9]) == 19)
    #expect(date([10, 10, 10, 10, 10], [0, 0, 0, 0, 9]) == nil)
    #expect(date([0, 0, 0, 0], [0, 0, 0, 0]) == nil)
  }

  @Test("net work counts the work for no case of the week in which it came up")
  func upkeepIsWork() throws {
    let model = try queueModel(
      rate: 0.001, servers: 1, service: .constant(1), runIn: 0, horizon: day)
    var before = try runReplication(of: model, seed: 1, replication: 0)
    var cohort = CohortRecord()
    cohort.arrived = 10
    cohort.taskTime = 1_000 * second
    before.cohorts = [cohort, cohort]
    var tried = before
    #expect(rule.netWorkCohort(tried, baseline: before) == nil)
    for index in tried.cohorts.indices { tried.cohorts[index].timeBesideCases = second }
    #expect(rule.netWorkCohort(tried, baseline: before) == 0)
  }

  @Test("net work counts human time per case against the same replication of today's stack")
  func netWork() throws {
    func record(_ seconds: [Int64]) throws -> ReplicationRecord {
      let model = try queueModel(
        rate: 0.001, servers: 1, service: .constant(1), runIn: 0, horizon: day)
      var record = try runReplication(of: model, seed: 1, replication: 0)
      record.cohorts = seconds.map {
        var cohort = CohortRecord()
        cohort.arrived = 10
        cohort.taskTime = $0 * 10 * second
        return cohort
      }
      return record
    }
    let before = try record([100, 100, 100, 100])
    #expect(rule.netWorkCohort(try record([90, 101, 101, 90]), baseline: before) == 1)
    #expect(rule.netWorkCohort(try record([101, 90, 101, 90]), baseline: before) == nil)
    var saving = rule
    saving.netWorkSavingSeconds = 15
    #expect(saving.netWorkCohort(try record([90, 90, 80, 80]), baseline: before) == 0)
  }
}
