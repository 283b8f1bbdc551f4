import EventLogs
import Testing

/// Logs as products export them.
@Suite("Logs as products export them") struct ProductExportTests {
  private func read(_ text: String) throws -> EventLog {
    try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// 2026-01-25 08:00 and 08:30 UTC.
  private let start: Int64 = 1_769_328_000_000_000
  private let end: Int64 = 1_769_329_800_000_000

  @Test(
    "names of columns of process mining programs are known",
    arguments: [
      "Case ID,Activity,User,Event start,Event end",
      "Case_ID,Activity,User,Event_start,Event_end",
      "CaseID,ActivityType,ActivityUser,ActivityStartTimestamp,ActivityEndTimestamp",
      "CASE_KEY,ACTIVITY_DE,USER_NAME,EVENTTIME_START,EVENTTIME",
      "Timeline ID,Event Type Name,Executor,Start Time,End Time",
    ])
  func names(header: String) throws {
    let log = try read("\(header)\n7,A,Ann,2026-01-25 08:00,2026-01-25 08:30\n")
    #expect(log.cases == ["7"] && log.activities == ["A"] && log.resources == ["Ann"])
    #expect(log.events[0].start == start && log.events[0].end == end)
  }

  @Test(
    "a time at which a record was written says when it happened where no other does",
    arguments: [
      "Issue key,Status,Author,Updated", "number,incident_state,assigned_to,sys_created_on",
      "documentkey,newvalue,user,sys_created_on",
    ])
  func recording(header: String) throws {
    let log = try read("\(header)\n7,A,Ann,2026-01-25 08:30\n")
    #expect(log.events[0].end == end && !log.source.hasStartTimes)
    // With a start it is a column like others.
    let other = try read("\(header),start\n7,A,Ann,2026-01-26 08:30,2026-01-25 08:00\n")
    #expect(other.events[0].start == start && other.events[0].end == start)
  }

  @Test(
    "date and time of day in two columns are one time",
    arguments: [
      ("Date;Time", "25.01.2026;08:30:00"), ("Datum;Uhrzeit", "25.01.2026;08:30"),
      ("UTIME;UDATE", "083000;20260125"), ("Completion Date;Completion Time", "01/25/2026;8:30 AM"),
    ])
  func halves(names: String, values: String) throws {
    let log = try read("Case ID;Activity;User;\(names)\n7;A;Ann;\(values)\n")
    #expect(log.events[0].end == end)
    #expect(log.attributes.isEmpty && log.source.unused.isEmpty)
    #expect(log.source.mapping.filter { $0.part == .end }.count == 2)
  }

  @Test("so are those of start and end, each with its own")
  func fourHalves() throws {
    let log = try read(
      """
      Case ID,Activity,Start Date,Start Time,End Date,End Time
      7,A,2026-01-25,08:00,2026-01-25,08:30
      7,B,2026-01-25,09:00,,
      """)
    #expect(log.events[0].start == start && log.events[0].end == end)
    #expect(log.events[1].isUnfinished && log.events[1].end == log.events[1].start)
  }

  @Test(
    "a day that stands for none is no time",
    arguments: [
      "", "0000-00-00 00:00:00", "1900-01-01 00:00", "9999-12-31 23:59", "0001-01-01T00:00:00",
    ])
  func noTime(text: String) throws {
    let log = try read(
      "case,activity,start,end\n1,A,2026-01-25 08:00,2026-01-25 08:30\n1,B,2026-01-25 08:30,\(text)\n"
    )
    #expect(log.events.map(\.isUnfinished) == [false, true])
    #expect(log.events[1].start == end && log.events[1].end == end)
    #expect(log.problems.contains { $0.kind == .neverEnds && $0.count == 1 })
    #expect(!log.problems.contains { $0.kind == .unreadable || $0.kind == .endsBeforeStart })
  }

  @Test("a column of words for starts and ends says which a record is, whatever it is called")
  func lifecycleByWords() throws {
    let log = try read(
      """
      Case ID,Activity,Timestamp,Event type,Kind
      7,A,2026-01-25 08:00,Started,x
      7,A,2026-01-25 08:30,Finished,x
      """)
    #expect(log.events.count == 1 && log.source.hasStartTimes)
    #expect(log.events[0].start == start && log.events[0].end == end)
    // Words that say nothing of starts are an attribute.
    let other = try read(
      """
      Case ID,Activity,Timestamp,Event type
      7,A,2026-01-25 08:00,completed
      7,B,2026-01-25 08:30,completed
      """)
    #expect(other.events.count == 2 && other.attributes.map(\.name) == ["Event type"])
  }

  @Test("XES in UTF-16 is read", arguments: [true, false])
  func wideXES(isLittle: Bool) throws {
    let text = """
      <?xml version="1.0" encoding="UTF-16"?>
      <log><trace><string key="concept:name" value="7"/><event><string key="concept:name" value="Prüfen"/>\
      <date key="time:timestamp" value="2026-01-25T08:30:00Z"/></event></trace></log>
      """
    var bytes: [UInt8] = isLittle ? [0xFF, 0xFE] : [0xFE, 0xFF]
    for unit in text.utf16 {
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
      bytes += isLittle ? [low, high] : [high, low]
    }
    let log = try readEventLog(bytes, path: "log.xes")
    #expect(log.activities == ["Prüfen"] && log.events[0].end == end)
  }
}
