import EventLogs
import Statistics
import Testing

@testable import Calibration

@Suite("Logs without the cases that were under way at their end") struct CutOffLogTests {
  /// Numbers without order, the same in every run.
  private struct Numbers {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed &* 7_919 &+ 17 }

    /// In 0..<1.
    mutating func share() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
    mutating func exponential(mean: Double) -> Double { -mean * naturalLogarithm(1 - share()) }
  }

  /// Five cases a day around the clock for 170 days, which wait for 20 days on average between two pieces of work of
  /// a minute; those that end later are not in the log.
  private func log(seed: UInt64) throws -> EventLog {
    var numbers = Numbers(seed)
    var text = "case,activity,start,end\n"
    let origin = 1_767_571_200.0
    var at = 0.0
    var index = 0
    while true {
      at += numbers.exponential(mean: 17_280)
      let end = at + numbers.exponential(mean: 20 * 86_400)
      if at > 170 * 86_400 { break }
      index += 1
      if end > 170 * 86_400 { continue }
      text += "\(index),Order,\(Int(origin + at)),\(Int(origin + at) + 60)\n"
      text += "\(index),Deliver,\(Int(origin + end) + 60),\(Int(origin + end) + 120)\n"
    }
    return try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// 99 % of the lengths lie below some 80 days, so that the first 90 days have every case: 450 ± 21.
  ///
  /// Ten logs, each of whose intervals misses in one of twenty times: fewer than seven hits come by chance in one of
  /// a thousand.
  @Test(
    "arrivals are those before the log thins out, and waiting has no change where there is none")
  func thinsOut() throws {
    var hits = 0
    for seed: UInt64 in 1...10 {
      let found = calibrate(try log(seed: seed), clock: utc)
      #expect(found.arrivals.changes.isEmpty && found.arrivals.thinsOut != nil)
      #expect(!found.activities.contains { !$0.delayChanges.isEmpty })
      #expect(found.remarks.contains { $0.contains("so few cases begin") })
      if let interval = found.arrivals.interval, interval.lower <= 35, 35 <= interval.upper {
        hits += 1
      }
    }
    #expect(hits >= 7)
  }

  @Test("where nothing is missing arrivals do not thin out")
  func whole() throws {
    var text = "case,activity,start,end\n"
    var numbers = Numbers(3)
    var at = 1_767_571_200.0
    for index in 0..<600 {
      at += numbers.exponential(mean: 3600)
      text += "\(index),Order,\(Int(at)),\(Int(at) + 60)\n"
    }
    let found = calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
    #expect(found.arrivals.thinsOut == nil && found.arrivals.count == 600)
  }

  /// Of 200 samples from a family at most 21 are refused at 5 % but in one of a thousand times; of the table, whose
  /// distances are those of known parameters, hardly any would be.
  @Test("distances of fitted parameters are held against those of fitted parameters")
  func bootstrap() throws {
    var refused = 0
    var sum = 0.0
    for seed: UInt64 in 1...200 {
      var numbers = Numbers(seed)
      let sample = (0..<80).map { _ in 600 * numbers.exponential(mean: 1) + 0.001 }
      let fit = fitTimes(sample) { "\($0) s" }
      if fit.family == "empirical" { refused += 1 }
      sum += fit.pValue ?? 0
    }
    #expect(refused <= 21)
    // By the table the mean would be above 0.8; of the right one it is a half, more where the best of several
    // families is taken.
    #expect(sum / 200 < 0.75)
  }

  /// Forty days among five weekdays, each with six instants: no weekday is left out by chance, once in 10⁴ times at
  /// most; somebody who has a weekday off in 60 days is seen to.
  @Test("a weekday is closed where days are missing, not instants")
  func weekdays() {
    var numbers = Numbers(5)
    var team = HourEvidence()
    let day: Int64 = 86_400_000_000
    let monday: Int64 = 4 * day
    for number in 0..<300 where number % 7 < 5 {
      for hour in 8..<16 {
        let start = monday + Int64(number) * day + Int64(hour) * 3_600_000_000
        team.add(from: start + 60_000_000, to: start + 1_800_000_000)
      }
    }
    let usual = (0..<168).map { $0 / 24 < 5 && 8..<16 ~= $0 % 24 }
    func someone(_ days: Int, weekdays: Int) -> [Bool] {
      var own = HourEvidence()
      for _ in 0..<days {
        let number = Int(numbers.share() * 40) * 7 + Int(numbers.share() * Double(weekdays))
        for _ in 0..<3 {
          let hour = 8 + Int(numbers.share() * 8)
          let start = monday + Int64(number) * day + Int64(hour) * 3_600_000_000
          own.add(from: start + 60_000_000, to: start + 1_200_000_000)
        }
      }
      return own.hours(like: usual, of: team)
    }
    var lost = 0
    for _ in 0..<2_000 {
      let hours = someone(20, weekdays: 5)
      if (0..<5).contains(where: { day in !(0..<24).contains { hours[day * 24 + $0] } }) {
        lost += 1
      }
    }
    // 0.1 % of 2,000 are 2; more than 9 would come once in 10⁴ times.
    #expect(lost <= 9)
    let absent = someone(80, weekdays: 4)
    #expect(!(96..<120).contains { absent[$0] } && (0..<96).contains { absent[$0] })
  }
}
