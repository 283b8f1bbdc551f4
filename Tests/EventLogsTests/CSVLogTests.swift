import DocumentReading
@testable import EventLogs
import Facts
import Testing

@Suite("Event logs in CSV")
struct CSVLogTests {
  private func read(_ text: String, _ columns: [LogPart: String] = [:]) throws -> EventLog {
    try readEventLog(
      Array(text.utf8), path: "log.csv", options: EventLogOptions(columns: columns))
  }

  @Test("events of a case stand by start, whatever the order of the file; times count in UTC")
  func order() throws {
    let log = try read(
      """
      Case_ID,Activity,Resource,start_time,end_time
      1,B,Ann,2026-01-05T10:00:00+01:00,2026-01-05T11:00:00+01:00
      2,A,Bob,2026-01-05T08:00:00Z,2026-01-05T08:30:00.5Z
      1,A,Ann,2026-01-05 07:00:00+00:00,2026-01-05 07:15:00+00:00
      """)
    #expect(log.cases == ["1", "2"] && log.resources == ["Ann", "Bob"])
    #expect(log.events(ofCase: 0).map { log.activities[Int($0.activity)] } == ["A", "B"])
    // 2026-01-05 is day 20458 after 1970-01-01.
    let midnight = Int64(20_458) * 86_400_000_000
    #expect(
      log.events(ofCase: 0).map(\.start) == [midnight + 25_200_000_000, midnight + 32_400_000_000])
    #expect(log.events(ofCase: 1).map(\.end) == [midnight + 30_600_500_000])
    #expect(log.problems.map(\.kind) == [.clockChanges])
  }

  @Test("what is odd is mended, counted and said")
  func oddities() throws {
    let log = try read(
      """
      case,activity,start,end,resource
      1,A,2026-01-05 09:00,2026-01-05 08:00,Ann
      1,B,2026-01-05 08:30,2026-01-05 09:30,Ann
      1,,2026-01-05 08:30,2026-01-05 09:30,Ann
      2,A,2026-01-05 10:00,2026-01-05 10:00,
      2,B,2026-01-05 10:00,2026-01-05 10:00,
      3,A,yesterday,2026-01-05 10:00,
      """)
    #expect(
      log.problems.map(\.kind) == [
        .unreadable, .endsBeforeStart, .equalTimes, .missingResources, .noTimeZone,
        .overlappingWork,
      ])
    #expect(log.problems.map(\.count) == [2, 1, 1, 2, 8, 1])
    #expect(log.problems[0].location?.line == 4)
    #expect(log.events(ofCase: 0).allSatisfy { $0.start <= $0.end })
  }

  @Test("start and complete records become one event, each complete ending the earliest start")
  func lifecycles() throws {
    let log = try read(
      """
      case:concept:name;concept:name;time:timestamp;lifecycle:transition
      1;A;2026-01-05T08:00:00;start
      1;A;2026-01-05T08:10:00;start
      1;A;2026-01-05T08:20:00;complete
      1;A;2026-01-05T08:40:00;complete
      1;B;2026-01-05T09:00:00;start
      """)
    #expect(log.source.hasStartTimes)
    #expect(log.events.map { ($0.end - $0.start) / 60_000_000 } == [20, 30, 0])
    #expect(log.problems.contains { $0.kind == .neverEnds && $0.count == 1 })
  }

  @Test(
    "dates are read as they are written",
    arguments: [
      ("2026/01/25 08:30", "year/month/day"), ("25.01.2026 08:30:00", "day/month/year"),
      ("01/25/2026 8:30 AM", "month/day/year"), ("1769329800", "seconds since 1970"),
      ("1769329800000", "milliseconds since 1970"),
    ])
  func dates(text: String, format: String) throws {
    let log = try read("case,activity,time\n1,A,\(text)\n")
    #expect(log.source.timeFormat == format)
    // 2026-01-25 08:30 UTC.
    #expect(log.events[0].end == 1_769_329_800_000_000)
  }

  @Test("columns can be named; a wrong name and a missing column are refused with what there is")
  func columns() throws {
    let text = "who,what,when,order\nAnn,A,2026-01-05 08:00,7\n"
    let log = try read(
      text, [.caseID: "order", .activity: "what", .end: "when", .resource: "who"])
    #expect(log.cases == ["7"] && log.resources == ["Ann"])
    #expect(throws: DocumentError.self) { try read(text) }
    #expect {
      try read(text, [.caseID: "ordre"])
    } throws: {
      "\($0)".contains("no column 'ordre'") && "\($0)".contains("who, what, when, order")
    }
  }

  @Test(
    "neither an empty file nor one without a usable event crashes",
    arguments: [
      "", "case,activity,time\n", "case,activity,time\n1,A,soon\n", "{}", "<a/>", "\u{0}\u{1}",
    ])
  func hostile(text: String) {
    #expect(throws: DocumentError.self) { try read(text) }
  }

  /// 30,000 amounts with cents have too many values; to three digits each lies within a half of a hundredth.
  @Test("numbers of too many values are kept to three digits, texts are left out")
  func manyValues() throws {
    var text = "case,activity,start,end,amount,note\n"
    for index in 0..<30_000 {
      text += "\(index),A,2026-01-05T08:00Z,2026-01-05T08:00Z,\(1_000 + index).37,n\(index)\n"
    }
    let log = try read(text)
    #expect(log.attributes.map(\.name) == ["amount"])
    let amount = try #require(log.attributes.first)
    // From 1,000 to 9,990 by tens, from 10,000 to 31,000 by hundreds.
    #expect(amount.values.count == 900 + 211)
    for (event, code) in zip(log.events, amount.codes) {
      let real = Double(1_000 + Int(event.row)) + 0.37
      let kept = Double(amount.values[Int(code)]) ?? 0
      #expect(abs(kept - real) <= 0.0051 * real)
    }
    #expect(roundedNumber("0.000123456", digits: 3) == "0.000123")
    #expect(roundedNumber("-98765", digits: 2) == "-99000.0")
    #expect(roundedNumber("none", digits: 3) == nil)
  }
}
