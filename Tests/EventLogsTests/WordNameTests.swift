import EventLogs
import Testing

/// Columns that no list of names has, by the words of their names and by what they hold.
@Suite("Columns by the words of their names") struct WordNameTests {
  private func read(_ text: String) throws -> EventLog {
    try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// Two cases of two steps; what stands in other columns is the same in all records.
  private func text(_ header: String, _ parts: [Character]) -> String {
    let records: [(name: String, step: String, who: String, start: String, end: String)] = [
      ("S1", "Pick", "Ann", "08:00", "08:30"), ("S1", "Pack", "Bob", "09:00", "09:30"),
      ("S2", "Pick", "Ann", "10:00", "10:30"), ("S2", "Pack", "Bob", "11:00", "11:30"),
    ]
    let rows = records.map { record in
      parts.map { part in
        switch part {
        case "c": record.name
        case "a": record.step
        case "r": record.who
        case "s": "2026-01-26 \(record.start)"
        case "e": "2026-01-26 \(record.end)"
        // A time of the case, the same in all its records, and one that was only planned.
        case "k": "2026-01-20 07:00"
        case "p": "2026-01-25 \(record.start)"
        default: "x"
        }
      }.joined(separator: ",")
    }
    return ([header] + rows).joined(separator: "\n") + "\n"
  }

  @Test(
    "cases, activities, people and times are known by words where no name is",
    arguments: [
      ("EntityName,TaskName,ResourceName,TaskStartTime,TaskFinishTime", "carse"),
      ("PROC_INST_ID_,ACT_TYPE_,ACT_NAME_,ASSIGNEE_,START_TIME_,END_TIME_", "cxarse"),
      ("Sales Order No,Line,Milestone,Performed By,Actual Start,Actual Finish", "cxarse"),
      ("WorkOrder,Operation,Planned Start,Planned End,Begun,Ended,Work Center", "cappser"),
      ("Bestellnr.,Arbeitsgang,Kollege,Beginn am,Erledigt am", "carse"),
      ("Claim Ref,Stage,Handler,Case start time,Stage started,Stage closed", "carkse"),
      ("CaseKey,ActivityDE,EventTime,EndTime,User", "caser"),
    ])
  func words(header: String, parts: String) throws {
    let log = try read(text(header, Array(parts)))
    let names = header.split(separator: ",").map(String.init)
    func column(_ part: Character) -> String? {
      Array(parts).lastIndex(of: part).map { names[$0] }
    }
    #expect(log.source.column(.caseID) == column("c"))
    #expect(log.source.column(.activity) == column("a"))
    #expect(log.source.column(.resource) == column("r"))
    #expect(log.source.column(.start) == column("s"))
    #expect(log.source.column(.end) == column("e"))
    #expect(log.events.count == 4 && log.events.allSatisfy { $0.end - $0.start == 1_800_000_000 })
  }

  @Test(
    "when a record was closed is an end, when it was entered no start, and who entered it did not do it"
  )
  func recorded() throws {
    let log = try read(
      text(
        "Case,Activity Code,Activity Description,Created At,Closed At,Created By,Closed By",
        Array("cxaperx")
      )
      .replacing(",x\n", with: ",Zoe\n"))
    #expect(log.source.column(.activity) == "Activity Description")
    #expect(log.source.column(.end) == "Closed At" && !log.source.hasStartTimes)
    #expect(log.source.column(.resource) == "Closed By")
  }

  @Test("what was done goes before what a case became, and words for start and end before both")
  func status() throws {
    let log = try read(
      """
      Fallnummer;Aktivität;Status;Zeitpunkt;Bearbeiter
      1;Prüfen;begonnen;26.01.2026 08:00;Ann
      1;Prüfen;abgeschlossen;26.01.2026 08:30;Ann

      """)
    #expect(log.activities == ["Prüfen"] && log.events.count == 1)
    #expect(log.events[0].end - log.events[0].start == 1_800_000_000)
    #expect(log.source.column(.lifecycle) == "Status")
  }

  @Test("a header may stand below lines of a title")
  func title() throws {
    let log = try read(
      "Report: orders;;;\nCreated 2026-02-01;;;\n\nCase;Activity;Start;End\n"
        + "1;A;2026-01-26 08:00;2026-01-26 08:30\n")
    #expect(log.events.count == 1 && log.source.header == ["Case", "Activity", "Start", "End"])
    #expect(log.source.skipped == 0)
  }

  @Test("records that are cases are refused with what a log needs")
  func cases() {
    let wide =
      "Order No,Created,Checked,Shipped\n1,2026-01-26 08:00,2026-01-27 08:00,2026-01-28 08:00\n"
    #expect {
      try read(wide)
    } throws: { error in
      "\(error)".contains("times of several steps (Created, Checked, Shipped)")
    }
  }

  @Test("a column of numbers is no time because numbers of days look like it")
  func numbers() throws {
    // 46000 is a day of a spreadsheet in 2025, and a number of an order.
    let log = try read(
      "Order,Step,Time on\n46000,A,2026-01-26 08:00\n46000,B,2026-01-26 09:00\n46001,A,2026-01-27 08:00\n"
    )
    #expect(log.cases == ["46000", "46001"] && log.source.column(.end) == "Time on")
  }

  @Test("a log of starts says so, and names the column of lengths that it has")
  func starts() throws {
    let log = try read("Case ID,Activity,Start Time,Duration (min)\n1,A,2026-01-26 08:00,30\n")
    #expect(!log.source.hasEndTimes)
    let problem = log.problems.first { $0.kind == .noEndTimes }
    #expect(problem?.text.contains("'Duration (min)' is not read") == true)
  }
}
