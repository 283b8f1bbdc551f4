import EventLogs
import Testing

@testable import Calibration

/// Logs that do not show hours of the day.
@Suite("Hours that a log does not show") struct UnseenHoursTests {
  private func calibrated(_ rows: [String]) throws -> LogCalibration {
    let text = "case,activity,resource,start,end\n" + rows.joined(separator: "\n") + "\n"
    return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
  }

  /// 300 pieces of work between 08:00 and 13:00 of one day: what comes after 13:00 nobody knows.
  @Test("a log of one day closes no hour")
  func oneDay() throws {
    let found = try calibrated(
      (0..<300).map { index in
        let start = 1_767_600_000 + index * 60
        return "\(index),A,r\(index % 3),\(start),\(start + 50)"
      })
    #expect(found.teams.allSatisfy { $0.hours.isAlways && $0.members.allSatisfy(\.hours.isAlways) })
    #expect(found.arrivals.hours.isAlways)
    #expect(found.remarks.contains { $0.contains("shorter than two days") })
    _ = try found.readBack()
  }

  /// Twelve weeks from Monday, 2026-01-05, on, three cases on each weekday, of which each takes a day.
  @Test("dates without a time of day show weekdays and no hours")
  func dates() throws {
    let day = 86_400
    let monday = 20_458 * day
    let rows = (0..<84).filter { $0 % 7 < 4 }.flatMap { index in
      (0..<3).map { item in
        let start = monday + index * day
        return "\(index)-\(item),A,Ann,\(start),\(start + day)"
      }
    }
    let found = try calibrated(rows)
    // Work begins from Monday to Thursday and ends from Tuesday to Friday.
    #expect(found.teams[0].hours.lines == ["mon-fri 00:00-24:00"])
    #expect(found.arrivals.hours.lines == ["mon-thu 00:00-24:00"])
    #expect(found.activities[0].time.mean == Double(day))
    #expect(found.remarks.contains { $0.contains("dates without a time of day") })
    _ = try found.readBack()
  }
}
