import Facts
import Statistics
import Testing

@testable import Calibration

/// Logs that were simulated with known parameters, calibrated without knowing them.
@Suite("Recovery of known parameters", .serialized) struct RecoveryTests {
  private static let flows = process([
    ("f1", "start", "check"), ("f2", "check", "score"), ("f3", "score", "gw"),
    ("f4", "gw", "refuse"), ("f5", "refuse", "end_1"), ("f6", "gw", "pack"),
    ("f7", "pack", "end_2"),
  ])

  /// 8 weeks of 40 cases a working day, 60 from the fifth week on: 200 and 300 a week.
  ///
  /// Clerks have 60 · (10 + 0.3 · 5) = 690 min of work on 1440; reviewers 0.25 · 60 · 12 = 180 on 960; packers
  /// at most 42 · 4 min and as many settings-up of 10 min on 960.
  private static let scenario = """
    rehearse: 1
    title: Recovery
    bpmn: process.bpmn
    clock: { start: 2026-01-05, time_zone: UTC, horizon: 8 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand:
      arrivals: { rate: 40 per working day, seasons: { "2026-02-02 to 2026-03-01": 1.5 } }
    teams:
      clerks: { members: { c1: { }, c2: { }, c3: { } }, cost: 36 EUR/h, calendar: office }
      packers: { members: { p1: { }, p2: { } }, cost: 30 EUR/h, calendar: office }
      reviewers: { members: { r1: { }, r2: { } }, cost: 50 EUR/h, calendar: office }
    activities:
      check: { team: clerks, time: exponential mean 10 min }
      score: { team: clerks, time: 3 min }
      refuse: { team: clerks, time: lognormal mean 5 min cv 0.5 }
      pack:
        team: packers
        time: gamma mean 4 min cv 0.5
        batch: { size: 5 cases, wait: 60 working minutes, setup: 10 min }
    branching: { gw: { f4: 30 %, f6: 70 % } }
    automations:
      bot: { kind: agent, time: 30 s }
    guardrails:
      review:
        raised_by: bot
        after: score
        blocks: true
        fires: 25 %
        ticket: reviewers
        review: gamma mean 12 min cv 0.6
    variants: { as-is: { title: With the bot, assign: { bot: [score] } } }

    """

  /// 2026-02-02, 08:00 UTC, in microseconds: the first cases at the higher rate.
  private static let change: Int64 = 1_770_019_200_000_000
  private static let logs = 60

  /// How often intervals at 95 % hold what they should.
  private struct Coverage {
    var hits: [String: Int] = [:]
    var misses: [String: Int] = [:]

    mutating func note(_ name: String, _ holds: Bool) {
      if holds { hits[name, default: 0] += 1 } else { misses[name, default: 0] += 1 }
    }
    mutating func note(_ name: String, _ interval: ConfidenceInterval?, _ value: Double) {
      note(name, interval?.contains(value) ?? false)
    }
  }

  /// Intervals of 60 logs.
  ///
  /// Each parameter's intervals hold in so many of 60 logs that fewer would come by chance in less than one case in
  /// a thousand (binomial, 95 %): 51. Of those whose intervals are two-sided and exact the sum is neither too small
  /// nor too large by the same measure, so that intervals are not wide for safety.
  @Test("parameters lie within their 95 % intervals in as many logs as that says")
  func coverage() throws {
    let scenario = try LoggedScenario(Self.scenario, Self.flows)
    var coverage = Coverage()
    for seed in 1...Self.logs {
      let found = try scenario.calibration(seed: UInt64(seed))
      func activity(_ name: String) throws -> ActivityFit {
        try #require(found.activities.first { $0.name == name })
      }
      let (check, refuse, pack, review) = (
        try activity("check"), try activity("refuse"), try activity("pack"), try activity("review")
      )
      // Resources: who works together, and one thing after the other.
      let teams = found.teams.filter { $0.members[0].name != "bot" }
      let people = Set(teams.map { team in team.members.map(\.name).sorted() })
      #expect(people == [["c1", "c2", "c3"], ["p1", "p2"], ["r1", "r2"]])
      #expect(teams.allSatisfy { $0.limit == 1 })
      // Working times.
      coverage.note("mean of check", check.time.interval, 600)
      coverage.note("mean of refuse", refuse.time.interval, 300)
      coverage.note("mean of review", review.time.interval, 720)
      #expect(try activity("score").time.family == "constant")
      #expect(try activity("score").time.mean == 30)
      // Branching and escalation.
      coverage.note("share refused", refuse.cases, 0.3)
      coverage.note("share escalated", review.cases, 0.25)
      // Drift of the demand, and what holds since then.
      coverage.note("cases a week", found.arrivals.interval, 300)
      coverage.note(
        "day of the change", found.arrivals.changes.last?.span.contains(Self.change) ?? false)
      // Hours: 08:00 is 480 min, 16:00 is 960.
      for team in teams {
        let name = team.members.map(\.name).sorted()[0].prefix(1)
        coverage.note("hours of \(name)", team.hours.lines == ["mon-fri 08:00-16:00"])
        coverage.note("opening of \(name)", team.fit.opening?.contains(480) ?? false)
        coverage.note("closing of \(name)", team.fit.closing?.contains(960) ?? false)
      }
      // Batches: 5 cases or 60 min, 10 min once and 4 min for each.
      let batch = try #require(pack.batch)
      coverage.note("size of batches", batch.size == 5)
      coverage.note("wait of batches", batch.wait.map { abs($0 - 3600) < 60 } ?? false)
      coverage.note("setting up", batch.setupInterval, 600)
      coverage.note("each of a batch", batch.eachInterval, 240)
      // Nothing is found that is not there.
      #expect(found.priority == nil && found.attributes.isEmpty && found.holidays.isEmpty)
      #expect([check, refuse, review].allSatisfy { $0.batch == nil })
      for activity in [check, refuse, review, pack] {
        coverage.note("no delay before \(activity.name)", activity.delay == nil)
      }
    }
    for name in coverage.hits.keys.sorted() {
      let hits = coverage.hits[name] ?? 0
      #expect(
        binomialCDF(hits, trials: Self.logs, probability: 0.95) > 0.001,
        "\(name): \(hits) of \(Self.logs)")
    }
    #expect(Set(coverage.misses.keys).isSubset(of: coverage.hits.keys))
    let exact = [
      "mean of check", "mean of refuse", "mean of review", "share refused", "share escalated",
      "setting up", "each of a batch",
    ]
    let sum = exact.reduce(0) { $0 + (coverage.hits[$1] ?? 0) }
    let all = exact.count * Self.logs
    #expect(binomialCDF(sum, trials: all, probability: 0.95) > 0.001, "\(sum) of \(all)")
    #expect(1 - binomialCDF(sum - 1, trials: all, probability: 0.95) > 0.001, "\(sum) of \(all)")
  }

  @Test("the scenario of a log can be read and simulated, with its batches")
  func readBack() throws {
    let found = try LoggedScenario(Self.scenario, Self.flows).calibration(seed: 1)
    let again = try found.readBack().calibration(seed: 1)
    let batch = try #require(again.activities.first { $0.name == "pack" }?.batch)
    #expect(batch.size == 5)
  }

  /// A quarter of the cases are of kind `a`, which alone are checked.
  ///
  /// Balanced draws put one case of 16 in a row in each sixteenth of the probability, so that four of them are.
  @Test("attributes are spread evenly over cases where branching is")
  func balancedAttributes() throws {
    let scenario = """
      rehearse: 1
      title: Attributes
      bpmn: process.bpmn
      clock: { start: 2026-01-05, time_zone: UTC, horizon: 160 cases, start_state: empty }
      calendars: { office: always }
      demand: { arrivals: { pattern: regular, rate: 1 per hour } }
      attributes: { kind: { categories: { a: 25 %, b: 75 % } } }
      teams: { clerks: { people: 10, cost: 36 EUR/h, calendar: office } }
      activities: { default: { team: clerks, time: 1 min } }
      branching: { gw: { f2: kind = a, f4: otherwise } }
      experiment: { balanced_branching: true }

      """
    let flows = process([
      ("f1", "start", "gw"), ("f2", "gw", "check"), ("f3", "check", "end_1"),
      ("f4", "gw", "leave"), ("f5", "leave", "end_2"),
    ])
    let bytes = try LoggedScenario(scenario, flows).csv(seed: 3)
    let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n").dropFirst()
    var checked: [Int: Int] = [:]
    for row in rows where row.contains(",check,") {
      let ordinal = try #require(row.split(separator: ",").first.flatMap { Int($0) })
      checked[ordinal / 16, default: 0] += 1
    }
    // Cases count from 1: the first group has 15 of 16.
    #expect((1...9).allSatisfy { checked[$0] == 4 })
  }
}
