import EventLogs
import Testing

@testable import Calibration

/// Logs with something odd: it is reported under its name, and calibrated as docs/background/calibration.md says.
@Suite("Odd logs") struct OddLogCalibrationTests {
  struct Odd: Sendable, CustomTestStringConvertible {
    var kind: LogProblem.Kind
    var rows: String
    var check: @Sendable (LogCalibration) -> Bool
    var testDescription: String { kind.rawValue }
  }

  /// Each log with what must hold of its calibration.
  static let logs: [Odd] = [
    Odd(
      kind: .unreadable,
      rows: (10..<20).map { "\($0),A,Ann,2026-01-\($0)T08:00Z,2026-01-\($0)T09:00Z\n" }.joined()
        + "1,A,Ann,soon,later",
      check: { $0.eventCount == 10 }),
    // From 08:00 to 09:00, whichever stands first.
    Odd(
      kind: .endsBeforeStart,
      rows:
        "1,A,Ann,2026-01-05T09:00Z,2026-01-05T08:00Z\n2,A,Ann,2026-01-06T08:00Z,2026-01-06T09:00Z",
      check: { $0.activities[0].time.mean == 3600 }),
    Odd(
      kind: .oneCase,
      rows:
        "1,A,Ann,2026-01-05T08:00Z,2026-01-05T09:00Z\n1,B,Ann,2026-01-05T09:00Z,2026-01-05T10:00Z",
      check: { $0.arrivals.interval == nil && $0.arrivals.count == 1 && $0.branches.isEmpty }),
    Odd(
      kind: .oneActivity,
      rows:
        "1,A,Ann,2026-01-05T08:00Z,2026-01-05T09:00Z\n2,A,Ann,2026-01-06T08:00Z,2026-01-06T09:00Z",
      check: { $0.activities.count == 1 && $0.branches.isEmpty }),
    // The order is that of the file.
    Odd(
      kind: .equalTimes,
      rows:
        "1,B,Ann,2026-01-05T08:00Z,2026-01-05T08:00Z\n1,A,Ann,2026-01-05T08:00Z,2026-01-05T08:00Z",
      check: {
        $0.activities.map(\.name) == ["B", "A"] && $0.activities.allSatisfy { $0.time.mean == 0 }
      }),
    Odd(
      kind: .missingResources,
      rows: "1,A,,2026-01-05T08:00Z,2026-01-05T09:00Z\n2,A,,2026-01-05T08:30Z,2026-01-05T09:30Z",
      check: { found in
        found.teams.allSatisfy(\.isUnnamed)
          && found.remarks.contains { $0.hasPrefix("how many people") }
      }),
    // One hour by the clocks, which go forward in between.
    Odd(
      kind: .clockChanges,
      rows:
        "1,A,Ann,2026-03-29T01:30:00+01:00,2026-03-29T03:30:00+02:00\n2,A,Ann,2026-03-28T01:30:00+01:00,2026-03-28T02:30:00+01:00",
      check: { $0.activities[0].time.mean == 3600 }),
    Odd(
      kind: .noTimeZone, rows: "1,A,Ann,2026-01-05T08:00,2026-01-05T09:00",
      check: { $0.zone == "UTC" && $0.activities[0].time.mean == 3600 }),
    // Each begins while the other is in hand.
    Odd(
      kind: .overlappingWork,
      rows: (0..<20).map { index in
        "\(index),A,Ann,2026-01-\(10 + index)T08:00Z,2026-01-\(10 + index)T10:00Z\n"
          + "\(index)b,A,Ann,2026-01-\(10 + index)T09:00Z,2026-01-\(10 + index)T11:00Z"
      }.joined(separator: "\n"),
      check: { $0.teams[0].limit == 2 && $0.activities[0].time.mean == 7200 }),
  ]

  @Test("is reported and handled", arguments: logs)
  func odd(log odd: Odd) throws {
    let text = "case,activity,resource,start,end\n\(odd.rows)\n"
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    #expect(log.problems.contains { $0.kind == odd.kind && $0.count >= 1 && !$0.text.isEmpty })
    let found = calibrate(log, clock: utc)
    #expect(odd.check(found))
    _ = try found.readBack()
  }

  /// The case is free from 08:00 on and the person from 08:30, so that B cannot have begun before 08:30.
  @Test("without start times work begins when case and person are free")
  func noStarts() throws {
    let text = """
      case,activity,resource,end
      1,A,Ann,2026-01-05T08:00Z
      2,A,Bob,2026-01-05T08:30Z
      1,B,Bob,2026-01-05T09:00Z

      """
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    #expect(log.problems.contains { $0.kind == .noStartTimes && $0.count == 3 })
    let found = calibrate(log, clock: utc)
    #expect(found.activities.first { $0.name == "B" }?.time.mean == 1800)
    #expect(found.remarks.contains { $0.contains("upper bounds") })
  }

  /// Each piece of half an hour begins 0.4 s before the one before it ends, as programs round; an hour with 40 s of it
  /// in common is side by side.
  @Test("what overlaps by less than times are rounded is one after the other")
  func rounded() throws {
    func log(_ overlap: String) throws -> EventLog {
      let rows = (0..<20).map { index in
        let day = index < 9 ? "0\(index + 1)" : "\(index + 1)"
        return "\(index),A,Ann,2026-01-\(day)T08:00:00Z,2026-01-\(day)T08:30:00.400Z\n"
          + "\(index),B,Ann,2026-01-\(day)T08:\(overlap)Z,2026-01-\(day)T09:00:00.400Z\n"
      }
      return try readEventLog(
        Array(("case,activity,resource,start,end\n" + rows.joined()).utf8), path: "log.csv")
    }
    let rounded = try log("30:00.000")
    #expect(!rounded.problems.contains { $0.kind == .overlappingWork })
    #expect(calibrate(rounded, clock: utc).teams.allSatisfy { $0.limit == 1 })
    let beside = try log("29:20.000")
    #expect(beside.problems.contains { $0.kind == .overlappingWork && $0.count == 20 })
    #expect(calibrate(beside, clock: utc).teams.contains { $0.limit == 2 })
  }

  @Test("work that begins and never ends says nothing of working times")
  func neverEnds() throws {
    let text = """
      case,activity,resource,time,lifecycle
      1,A,Ann,2026-01-05T08:00Z,start
      1,A,Ann,2026-01-05T09:00Z,complete
      2,A,Ann,2026-01-05T10:00Z,start

      """
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    #expect(log.problems.contains { $0.kind == .neverEnds && $0.count == 1 })
    // The hour of the one that ends.
    #expect(calibrate(log, clock: utc).activities[0].time.mean == 3600)
  }

  /// Ann goes on to another case at 08:20, before case 1 goes on at 08:30; after the other three neither goes on.
  @Test("without end times work ends when case or person goes on")
  func noEnds() throws {
    let text = """
      case,activity,resource,start
      1,A,Ann,2026-01-05T08:00Z
      2,A,Ann,2026-01-05T08:20Z
      1,B,Bob,2026-01-05T08:30Z
      2,B,Cid,2026-01-05T09:00Z

      """
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    #expect(log.problems.contains { $0.kind == .noEndTimes && $0.count == 4 })
    let found = calibrate(log, clock: utc)
    // 20 min until Ann goes on, and 40 min until case 2 does.
    #expect(found.activities.first { $0.name == "A" }?.time.mean == 1800)
    #expect(found.remarks.contains { $0.contains("without end times") })
    _ = try found.readBack()
  }

  @Test("every kind of oddity has its log here")
  func all() {
    let kinds = Set(Self.logs.map(\.kind) + [.noStartTimes, .noEndTimes, .neverEnds])
    #expect(kinds == Set(LogProblem.Kind.allCases))
  }
}
