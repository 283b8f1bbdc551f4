import EventLogs
import Testing

/// What columns are called in other languages and programs, and how times are written there.
@Suite("Columns and times of other languages and programs") struct ColumnNameTests {
  private func read(_ text: String) throws -> EventLog {
    try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// 2026-01-25 08:30 UTC.
  private let instant: Int64 = 1_769_329_800_000_000

  @Test(
    "columns are known in six languages and by the names of ticket systems",
    arguments: [
      "Fall-ID;Aktivität;Bearbeiter;Startzeit;Endzeit",
      "Vorgang;Tätigkeit;Sachbearbeiter;Beginn;Ende",
      "Vorgangsnummer;Vorgang;Mitarbeiter;Startzeitpunkt;Endzeitpunkt",
      "N° dossier;Activité;Intervenant;Date de début;Date de fin",
      "Identifiant du cas;Étape;Ressource;Début;Fin",
      "Id del caso;Actividad;Recurso;Fecha de inicio;Fecha de fin",
      "Zaaknummer;Activiteit;Medewerker;Starttijd;Eindtijd",
      "ID caso;Attività;Risorsa;Data inizio;Data fine",
      "ID do caso;Atividade;Recurso;Data de início;Data de término",
      "_CASE_KEY;ACTIVITY_EN;USER_NAME;EVENTTIME_START;EVENTTIME",
      "Case ID;Activity;Resource;Start Timestamp;Complete Timestamp",
    ])
  func languages(header: String) throws {
    let log = try read("\(header)\n7;A;Ann;2026-01-25 08:00;2026-01-25 08:30\n")
    let names = header.split(separator: ";").map(String.init)
    #expect(
      [LogPart.caseID, .activity, .resource, .start, .end].map { log.source.column($0) }
        == names.map(Optional.some))
    #expect(log.cases == ["7"] && log.events[0].end == instant)
  }

  /// Where a record has one time only.
  @Test(
    "one time is the end, whatever it is called",
    arguments: [
      "Vorgangsnummer;Vorgang;Mitarbeiter;Zeitstempel",
      "Expediente;Actividad;Usuario;Marca de tiempo",
      "Dossier;Handeling;Behandelaar;Tijdstip", "N° dossier;Étape;Utilisateur;Horodatage",
      "number;state;assigned_to;sys_updated_on", "Issue key;Status;Assignee;Changed",
    ])
  func oneTime(header: String) throws {
    let log = try read("\(header)\n7;A;Ann;25.01.2026 08:30\n")
    #expect(log.cases == ["7"] && log.activities == ["A"] && log.resources == ["Ann"])
    #expect(!log.source.hasStartTimes && log.events[0].end == instant)
  }

  @Test(
    "times are read as programs and people write them",
    arguments: [
      ("25.01.26 08:30", "day/month/year"), ("25.01.2026, 08:30 Uhr", "day/month/year"),
      ("25/01/2026 08h30", "day/month/year"), ("25-01-2026 8.30.00", "day/month/year"),
      ("20260125083000", "year, month, day without marks"),
      ("20260125T083000Z", "year, month, day without marks"),
      ("202601250830", "year, month, day without marks"),
      ("1769329800000000", "microseconds since 1970"),
      ("1769329800000000123", "nanoseconds since 1970"),
      ("1769329800.0", "seconds since 1970"),
      ("25-Jan-2026 08:30:00", "day, name of the month, year"),
      ("25-JAN-26 08.30.00.000000 AM", "day, name of the month, year"),
      ("25. Januar 2026 08:30", "day, name of the month, year"),
      ("25 janvier 2026 08h30", "day, name of the month, year"),
      ("25/ene/2026 08:30", "day, name of the month, year"),
      ("\"Jan 25, 2026 8:30 AM\"", "name of the month, day, year"),
      ("46047.3541666667", "days of a spreadsheet"),
      ("2026-01-25 09:30 CET", "ISO 8601"), ("2026-01-25T03:30:00-0500", "ISO 8601"),
    ])
  func times(text: String, format: String) throws {
    let log = try read("case;activity;time\n1;A;\(text)\n")
    #expect(log.source.timeFormat == format)
    #expect(log.events[0].end == instant)
  }

  /// Months by their first letters in seven languages: March, May, June, July, August and December differ most.
  @Test(
    "months have names in several languages",
    arguments: [
      ("März", 3), ("mars", 3), ("maart", 3), ("marzo", 3), ("Mai", 5), ("mei", 5), ("maggio", 5),
      ("juin", 6), ("giugno", 6), ("Juni", 6), ("juillet", 7), ("luglio", 7), ("août", 8),
      ("agosto", 8), ("Dez", 12), ("décembre", 12), ("dic", 12), ("févr.", 2), ("abr", 4),
    ])
  func months(name: String, month: Int) throws {
    let log = try read("case;activity;time\n1;A;5 \(name) 2026 00:00\n")
    let numeric = try read("case;activity;time\n1;A;2026-\(month < 10 ? "0" : "")\(month)-05\n")
    #expect(log.events[0].end == numeric.events[0].end)
  }

  @Test("a later record decides between day and month; a number of no time of ours is refused")
  func dayOrMonth() throws {
    // 600 records of the first twelve days, then one of the 13th of January, as Americans write it.
    let early = (0..<600).map { "\($0),A,01/0\($0 % 9 + 1)/2026 08:00" }
    let american = try read(
      "case,activity,time\n" + (early + ["x,A,01/13/2026 08:00"]).joined(separator: "\n"))
    #expect(american.source.timeFormat == "month/day/year" && american.source.skipped == 0)
    let european = try read(
      "case,activity,time\n" + (early + ["x,A,13/01/2026 08:00"]).joined(separator: "\n"))
    #expect(european.source.timeFormat == "day/month/year" && european.source.skipped == 0)
    // Nine days of one month, or one day of nine months: the shorter time is likelier.
    let open = try read("case,activity,time\n" + early.joined(separator: "\n"))
    #expect(open.source.timeFormat == "month/day/year")
    #expect(throws: (any Error).self) { try read("case,activity,time\n1,A,9999999999999999999\n") }
  }

  @Test("what programs write into empty fields is no person and no time")
  func nothing() throws {
    let words = ["NULL", "NaN", "n/a", "None", "-", ""]
    let log = try read(
      "case,activity,start,end,resource\n"
        + words.map { "1,A,\($0),2026-01-25 08:30,\($0)" }.joined(separator: "\n"))
    #expect(log.resources.isEmpty && log.events.count == words.count)
    #expect(log.events.allSatisfy { $0.resource == -1 && $0.start == instant })
  }

  // MARK: Steps of an event's life

  private let life =
    "case,activity,resource,time,lifecycle:transition,concept:instance\n"

  @Test("instances say which start an end belongs to, else who did it does, else the first")
  func instances() throws {
    let withInstances = try read(
      life + """
        1,A,Ann,2026-01-25T08:00Z,START,x
        1,A,Ann,2026-01-25T08:10Z,Start,y
        1,A,Ann,2026-01-25T08:15Z,assign,y
        1,A,Ann,2026-01-25T08:20Z,COMPLETE,y
        1,A,Ann,2026-01-25T08:40Z,complete,x
        """)
    #expect(withInstances.events.map { ($0.end - $0.start) / 60_000_000 } == [40, 10])
    let byPerson = try read(
      life + """
        1,A,Ann,2026-01-25T08:00Z,started,
        1,A,Bob,2026-01-25T08:10Z,started,
        1,A,Bob,2026-01-25T08:20Z,completed,
        1,A,Ann,2026-01-25T08:40Z,completed,
        """)
    #expect(byPerson.events.map { ($0.end - $0.start) / 60_000_000 } == [40, 10])
    #expect(byPerson.source.hasStartTimes)
  }

  @Test("XES has instances, too")
  func xes() throws {
    func event(_ minute: Int, _ step: String, _ instance: String) -> String {
      """
      <event><string key="concept:name" value="A"/>
      <date key="time:timestamp" value="2026-01-25T08:\(minute):00Z"/>
      <string key="lifecycle:transition" value="\(step)"/>
      <string key="concept:instance" value="\(instance)"/></event>
      """
    }
    let log = try read(
      "<log><trace><string key=\"concept:name\" value=\"1\"/>"
        + event(10, "start", "x") + event(20, "start", "y") + event(30, "complete", "y")
        + event(50, "complete", "x") + "</trace></log>")
    #expect(log.events.map { ($0.end - $0.start) / 60_000_000 } == [40, 10])
  }
}
