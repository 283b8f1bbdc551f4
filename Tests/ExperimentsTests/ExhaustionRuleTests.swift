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
