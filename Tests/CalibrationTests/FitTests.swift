import EventLogs
import Statistics
import Testing

@testable import Calibration

@Suite("Fits of times, hours and people")
struct FitTests {
  private func quantiles(_ family: Distribution.Family, _ count: Int) throws -> [Double] {
    let distribution = try Distribution(family)
    return (0..<count).map { distribution.quantile((Double($0) + 0.5) / Double(count)) }
  }

  @Test(
    "a sample that lies as a family does is taken for it",
    arguments: [
      ("exponential", Distribution.Family.exponential(mean: 600)),
      ("lognormal", .lognormal(logMean: 6, logStandardDeviation: 0.5)),
      ("weibull", .weibull(shape: 3, scale: 900)),
      ("gamma", .gamma(shape: 4, scale: 200)),
      ("uniform", .uniform(minimum: 100, maximum: 500)),
    ])
  func families(name: String, family: Distribution.Family) throws {
    let sample = try quantiles(family, 400)
    let fit = fitTimes(sample) { "\($0) s" }
    #expect(fit.family == name)
    #expect(abs(fit.mean - (try Distribution(family)).mean) < 0.02 * fit.mean)
    #expect((fit.pValue ?? 0) > 0.9)
  }

  @Test("what no family fits is drawn from what was seen, with its mean")
  func empirical() {
    let sample = (0..<1000).map { (number: Int) -> Double in
      let value = Double(number)
      return number.isMultiple(of: 2) ? 60 + value / 1e3 : 3600 + value
    }
    let fit = fitTimes(sample) { "\($0) s" }
    #expect(fit.family == "empirical" && fit.bestFamily != nil)
    let values = groups(sample.sorted())
    #expect(values.count == 200)
    let mean = values.reduce(0, +) / 200
    #expect(abs(mean - fit.mean) < 1e-9 * fit.mean)
    #expect(fitTimes([Double](repeating: 300, count: 50)) { "\($0) s" }.family == "constant")
  }

  @Test("Kruskal and Wallis: H of {1, 2, 3} and {4, 5, 6} is 27/7, of which χ² gives 4.95 %")
  func ranks() {
    #expect(abs(kruskalWallis([[1, 2, 3], [4, 5, 6]]) - 0.049_534_6) < 1e-6)
    #expect(kruskalWallis([[1, 1], [1, 1]]) == 1)
  }

  @Test("Anderson and Darling's statistic of evenly spread uniform values")
  func andersonDarlingStatistic() {
    // n = 1, F = ½: −1 − 2 ln ½ = 0.386294.
    #expect(abs(andersonDarling([0.5]) { $0 } - 0.386_294_361_1) < 1e-9)
  }

  /// Two people at one activity: Ann on all weekdays, Bob not on Fridays; 08:00 to 16:00, for ten weeks.
  private func log() throws -> EventLog {
    var text = "case,activity,resource,start,end\n"
    var index = 0
    for day in 0..<70 where day % 7 < 5 {
      for slot in 0..<16 {
        for person in ["Ann", "Bob"] where person == "Ann" || day % 7 != 4 {
          // 1767571200 is Monday 2026-01-05, 00:00 UTC.
          let start = 1_767_571_200 + day * 86_400 + 28_800 + slot * 1800
          text += "\(index),Check,\(person),\(start),\(start + 1799)\n"
          index += 1
        }
      }
    }
    return try readEventLog(Array(text.utf8), path: "log.csv")
  }

  @Test("hours come back, and who is away on a weekday")
  func hours() throws {
    let found = calibrate(try log(), clock: LogClock(zone: "UTC") { _ in 0 })
    let team = try #require(found.teams.first)
    #expect(found.teams.count == 1 && team.members.map(\.name) == ["Ann", "Bob"])
    #expect(team.hours.lines == ["mon-fri 08:00-16:00"])
    #expect(team.members[1].hours.lines == ["mon-thu 08:00-16:00"])
    #expect(team.limit == 1 && !team.isUnnamed)
  }

  @Test("hours outside of the log are not known and left open")
  func unknownHours() throws {
    // One Monday morning.
    var text = "case,activity,resource,start,end\n"
    for index in 0..<60 {
      let start = 1_767_571_200 + 32_400 + index * 120
      text += "\(index),Check,Ann,\(start),\(start + 100)\n"
    }
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    let found = calibrate(log, clock: LogClock(zone: "UTC") { _ in 0 })
    #expect(found.teams[0].hours.isOpen(at: (1_767_571_200 + 80_000) * 1_000_000))
  }
}
