import EventLogs
import Testing

@testable import Calibration

@Suite("Hours of those who are seldom seen") struct HoursTests {
  /// Monday 2026-01-05, 00:00 UTC.
  private static let monday = 1_767_571_200

  private func calibrated(_ rows: [String]) throws -> LogCalibration {
    let text = "case,activity,resource,start,end\n" + rows.joined(separator: "\n") + "\n"
    return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
  }

  /// Ann works around the clock for three weeks, Bob twice a working day between 08:00 and 16:00: of his 60 instants
  /// 40 would come at night, and each hour for itself would have too few to tell.
  @Test("the nights of somebody who is seldom there are closed as a row of hours")
  func nights() throws {
    var rows: [String] = []
    for hour in 0..<504 {
      let start = Self.monday + hour * 3600
      rows.append("a\(hour),Check,Ann,\(start + 60),\(start + 3000)")
    }
    for day in 0..<21 where day % 7 < 5 {
      for (slot, hour) in [8, 14].enumerated() {
        let start = Self.monday + day * 86_400 + hour * 3600 + day % 5 * 600 + 60
        rows.append("b\(day)-\(slot),Check,Bob,\(start),\(start + 3000)")
      }
    }
    let team = try #require(try calibrated(rows).teams.first)
    #expect(team.hours.isAlways)
    let bob = try #require(team.members.first { $0.name == "Bob" })
    #expect(!bob.hours.isOpen(at: (Int64(Self.monday) + 3 * 3600) * 1_000_000))
    #expect(bob.hours.isOpen(at: (Int64(Self.monday) + 9 * 3600) * 1_000_000))
  }

  /// Forty pieces a day by Ann, from 08:00 to 16:00; Cid's last is over at 15:41, when with six instants an hour in
  /// all not much was to be expected in the 19 min that are left.
  @Test("hours end with those of everybody where little was to be expected between")
  func edges() throws {
    var rows: [String] = []
    for day in 0..<70 where day % 7 < 5 {
      for slot in 0..<40 {
        let start = Self.monday + day * 86_400 + 28_800 + slot * 720
        rows.append("\(day)-\(slot),Check,Ann,\(start),\(start + 719)")
      }
      guard day.isMultiple(of: 2) else { continue }
      let start = Self.monday + day * 86_400 + 28_800 + day * 37 % 24 * 1100
      rows.append("c\(day),Audit,Cid,\(start),\(start + 2400)")
    }
    let found = try calibrated(rows)
    for team in found.teams { #expect(team.hours.lines == ["mon-fri 08:00-16:00"]) }
    let fit = try #require(found.teams.first { $0.members[0].name == "Ann" }?.fit)
    #expect(fit.count == 4000 && fit.within == 4000)
    #expect(fit.opening?.contains(480) == true && fit.closing?.contains(960) == true)
  }

  /// Hours from 08:00 to 16:00; work from 15:59 to 16:10 took 11 min, from 07:50 to 08:10 20 min, and from 15:00 on a
  /// Friday to 10:00 on a Monday three hours.
  @Test("work that begins before or ends after the hours is overtime")
  func overtime() {
    let hours = WeeklyHours((0..<5).map { .init(open: $0 * 1440 + 480, close: $0 * 1440 + 960) })
    let minute: Int64 = 60_000_000
    // 1970-01-05 was a Monday.
    let monday = 4 * 1440 * minute
    func worked(_ from: Int64, _ to: Int64) -> Int64 {
      hours.workWithOvertime(from: monday + from * minute, to: monday + to * minute) / minute
    }
    #expect(worked(959, 970) == 11)
    #expect(worked(470, 490) == 20)
    #expect(worked(4 * 1440 + 900, 7 * 1440 + 600) == 180)
    // Two hours after closing nobody is taken to be there.
    #expect(worked(900, 1080) == 60)
  }

  /// Ann is there all week and works 70 h of 120; Bob is there 8 h a day and works 30 of 40.
  @Test("who is busy for more of their hours is asked first")
  func order() throws {
    var rows: [String] = []
    for day in 0..<35 where day % 7 < 5 {
      for hour in 0..<24 {
        let start = Self.monday + day * 86_400 + hour * 3600
        rows.append("a\(day)-\(hour),Check,Ann,\(start),\(start + 2100)")
        guard 8..<16 ~= hour else { continue }
        rows.append("b\(day)-\(hour),Check,Bob,\(start),\(start + 2700)")
      }
    }
    let team = try #require(try calibrated(rows).teams.first)
    #expect(team.members.map(\.name) == ["Bob", "Ann"])
  }

  /// One case with A of 1 h and B of 2 h, one with A alone of 3 h; in the run A takes 1 h and there is no B.
  @Test("residuals compare activities of two logs")
  func residuals() throws {
    func log(_ rows: String) throws -> EventLog {
      try readEventLog(Array("case,activity,start,end\n\(rows)\n".utf8), path: "log.csv")
    }
    let real = try log(
      """
      1,A,2026-01-05T08:00Z,2026-01-05T09:00Z
      1,B,2026-01-05T10:00Z,2026-01-05T12:00Z
      2,A,2026-01-06T08:00Z,2026-01-06T11:00Z
      """)
    let run = try log("1,A,2026-01-05T08:00Z,2026-01-05T09:00Z")
    let found = ActivityResidual.all(real: real, simulated: [ActivityFigures(run)])
    #expect(found.map(\.activity) == ["A", "B"])
    #expect(found[0].perCase == .init(real: 1, simulated: 1, least: 1, most: 1))
    #expect(found[0].hours == .init(real: 2, simulated: 1, least: 1, most: 1))
    #expect(found[1].perCase == .init(real: 0.5, simulated: 0, least: 0, most: 0))
    #expect(found[1].sinceStart == .init(real: 2))
    #expect(found[1].hours == .init(real: 2))
  }
}
