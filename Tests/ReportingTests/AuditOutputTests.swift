import Auditing
import Facts
import Foundation
import IntegrationGraph
import Inventory
@testable import Reporting
import Testing

@Suite("what all outputs of an audit say")
struct AuditOutputTests {
  private func finding(
    _ check: String = "orphan", _ severity: Severity = .high, about name: String = "Nightly Export",
    place: Facts.SourceLocation = SourceLocation(path: "a.csv", line: 2), cost: Double? = nil
  ) -> Finding {
    var finding = Finding(
      check: check, severity, "\(name) is {odd}", subjects: [EntityReference(.system, name)],
      evidence: [Evidence(.declared, place)], why: "Because 1 ≥ 1.", matters: "It matters.",
      cost: cost.map { Finding.Cost(hours: $0, at: Money(45, "EUR")) }, remedy: "Mend \(name).")
    finding.actors = [.init(name: "Ada Lovelace", role: .owner, subjects: finding.subjects)]
    return finding
  }

  private func report(_ findings: [Finding]) -> AuditReport {
    var report = Auditing.audit(estate: Estate(), graph: IntegrationGraph(Estate()))
    report.findings = findings
    return report
  }

  private func object(_ value: some Encodable) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(try jsonText(value).utf8)) as? [String: Any])
  }

  // MARK: The verdict

  @Test("an empty estate is no clean one: nothing can be said, in every output")
  func nothingKnown() throws {
    let empty = report([])
    let words = "Nothing can be said"
    #expect(findingsText(empty).contains(words))
    #expect(renderAuditHTML(empty, programVersion: "1").contains(words))
    #expect(try jsonText(AuditDocument(empty)).contains(words))
    #expect(try jsonText(SARIFDocument(empty, programVersion: "1")).contains(words))
    #expect(auditTables(empty).contains { $0.name == "coverage" })
  }

  @Test("that nothing was found is said with what is not known")
  func reservations() {
    var sample = SampleEstate.audit()
    sample.findings = []
    let verdict = auditVerdict(sample)
    #expect(verdict.contains("no clean bill of health"))
    #expect(verdict.contains("5 of 14 audit fields are unknown"))
    #expect(verdict.contains("not known which files"))
  }

  @Test("files that were not read whole are named, with the reason")
  func files() throws {
    let estate = SampleEstate.estate
    let report = Auditing.audit(
      estate: estate, graph: IntegrationGraph(estate),
      documents: SampleEstate.documents.map(DocumentHead.init))
    let text = findingsText(report, FindingsTextOptions(isFull: true))
    #expect(text.contains("4 files: 1 read whole, 1 read in part, 1 of no known format"))
    #expect(text.contains("old.zip (not readable): the archive ends"))
    let page = renderAuditHTML(report, programVersion: "1")
    #expect(page.contains("old.zip") && page.contains("the archive ends"))
  }

  // MARK: Work lists

  @Test("each who is to act has a list; names that cannot be files are made safe and kept apart")
  func workLists() throws {
    var first = finding(about: "A", cost: 2)
    var second = finding(about: "B")
    var third = finding(about: "C")
    first.actors = [
      .init(name: "Ada/../Lovelace", role: .owner, subjects: first.subjects),
      .init(name: "CON", role: .team, subjects: first.subjects),
    ]
    second.actors = [.init(name: "ada lovelace!", role: .owner, subjects: second.subjects)]
    third.actors = []
    let lists = Reporting.workLists(report([first, second, third]))
    #expect(lists.map(\.name) == ["ada-lovelace", "con-", "nobody-known"])
    #expect(lists[0].rows.count == 2)
    let index = workListIndex(lists)
    #expect(index.rows.map { $0[0] } == lists.map { .text("\($0.name).csv") })
    #expect(index.rows[0][5] == .number(2))
    #expect(index.rows[2][1] == .empty)
  }

  @Test("no cell of a work list can become a formula")
  func injection() {
    for name in ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"] {
      var odd = finding(about: name)
      odd.actors = [.init(name: name, role: .owner, subjects: odd.subjects)]
      odd.remedy = name
      let csv = workListTable(report([odd])).csv
      for line in csv.split(separator: "\r\n").dropFirst() {
        for field in line.split(separator: ",") {
          let text = field.drop { $0 == "\"" }
          #expect(!["=", "+", "-", "@"].contains { text.hasPrefix($0) }, "\(line)")
        }
      }
    }
  }

  @Test("every finding has a row in the workbook, and every table a name of its own")
  func workbookTables() throws {
    let tables = auditTables(SampleEstate.audit())
    #expect(Set(tables.map { $0.name.prefix(31) }).count == tables.count)
    #expect(tables[0].rows.count == SampleEstate.audit().findings.count)
    for table in tables {
      for row in table.rows { #expect(row.count == table.columns.count, "\(table.name)") }
    }
    let assessments = SampleEstate.audit().assessments.map(\.id)
    #expect(Set(assessments).isSubset(of: tables.map(\.name)))
  }

  // MARK: Assessments

  private let table: AssessmentTable = {
    var table = AssessmentTable(
      summary: "Two of three cost 1,200 h.",
      columns: [
        .init("system", "Which system."), .init("hours", unit: "h/month", "Hours of work."),
        .init("share", "Share of all."),
      ],
      rows: [
        .init([.text("<b>A</b>"), .number(1200), .share(0.25)]),
        .init([.text("B"), .unknown("nobody says how often it runs"), .share(0)]),
      ], notes: ["An hour costs 45 EUR (assumed)."])
    table.id = "made-up"
    table.title = "A made-up table"
    table.formula = "hours = runs × minutes / 60"
    return table
  }()

  @Test("a table says what its columns mean, why cells are unknown, and how it was computed")
  func assessment() throws {
    var report = report([])
    report.assessments = [table]
    let short = findingsText(report)
    #expect(short.contains("made-up: Two of three"))
    #expect(!short.contains("runs × minutes"))
    let outputs = [
      findingsText(report, FindingsTextOptions(isFull: true)),
      renderAuditHTML(report, programVersion: "1"), try jsonText(AuditDocument(report)),
    ]
    for text in outputs {
      #expect(text.contains("nobody says how often it runs"))
      #expect(text.contains("runs × minutes / 60"))
      #expect(text.contains("Hours of work.") && text.contains("45 EUR (assumed)"))
    }
    #expect(outputs[1].contains("&lt;b&gt;A&lt;/b&gt;"))
    let document = try object(AuditDocument(report))
    let rows = (document["assessments"] as? [[String: Any]])?.first?["rows"] as? [[String: Any]]
    let cells = rows?[1]["cells"] as? [[String: Any]]
    #expect(cells?[1]["unknown"] is String)
    #expect(cells?[2]["share"] as? Double == 0)
    let sheet = try #require(auditTables(report).first { $0.name == "made-up" })
    #expect(sheet.columns[1] == "hours (h/month)")
    #expect(sheet.rows[1][1] == .text("unknown: nobody says how often it runs"))
  }

  // MARK: SARIF

  private func result(_ report: AuditReport, _ index: Int = 0) throws -> [String: Any] {
    let document = try object(SARIFDocument(report, programVersion: "1", prefix: "x"))
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    return try #require((run["results"] as? [[String: Any]]))[index]
  }

  @Test("a member of an archive lies below its archive, in archives, too")
  func archives() throws {
    let place = SourceLocation(path: "all.zip!/b ö.nupkg!/lib/Main.xaml", line: 7, column: 3)
    let document = try object(
      SARIFDocument(report([finding(place: place)]), programVersion: "1"))
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    let artifacts = try #require(run["artifacts"] as? [[String: Any]])
    let uris = artifacts.compactMap { ($0["location"] as? [String: Any])?["uri"] as? String }
    #expect(uris == ["all.zip", "/b%20%C3%B6.nupkg", "/lib/Main.xaml"])
    #expect(artifacts.map { $0["parentIndex"] as? Int } == [nil, 0, 1])
    let location = (try result(report([finding(place: place)]))["locations"] as? [[String: Any]])?[
      0]
    let physical = try #require(location?["physicalLocation"] as? [String: Any])
    #expect((physical["region"] as? [String: Any])?["startLine"] as? Int == 7)
    #expect((physical["artifactLocation"] as? [String: Any])?["index"] as? Int == 2)
  }

  @Test("a file without lines has no region; braces are literal; severities become levels")
  func results() throws {
    let place = SourceLocation(path: "a.xlsx")
    let found = try result(report([finding(place: place, cost: 2)]))
    let location = try #require((found["locations"] as? [[String: Any]])?.first)
    let physical = try #require(location["physicalLocation"] as? [String: Any])
    #expect(physical["region"] == nil)
    let uri = (physical["artifactLocation"] as? [String: Any])?["uri"] as? String
    #expect(uri == "x/a.xlsx")
    let message = (found["message"] as? [String: Any])?["text"] as? String
    #expect(message?.contains("{{odd}}") == true)
    #expect((found["properties"] as? [String: Any])?["costPerMonth"] as? Double == 90)
    for (severity, level) in [
      (Severity.critical, "error"), (.high, "error"), (.medium, "warning"), (.low, "note"),
      (.info, "note"),
    ] {
      #expect(try result(report([finding("orphan", severity)]))["level"] as? String == level)
    }
  }

  @Test("fingerprints are the identifiers of findings, without lines")
  func fingerprints() throws {
    let print = ["findingId/v1": "orphan/system:nightlyexport"]
    for line in [1, 99] {
      let found = try result(
        report([finding(place: SourceLocation(path: "a.csv", line: line))]))
      #expect(found["partialFingerprints"] as? [String: String] == print)
    }
  }

  @Test("names that stand for few of many say for how many")
  func fewOfMany() {
    let systems = (1...5).map { EntityReference(.system, "S\($0)") }
    var group = Finding(
      check: "owner-gap", .medium, "No owner for 5 systems", subjects: [], others: systems,
      topic: "all", evidence: [], why: "Because.", remedy: "Mend it.")
    group.actors = [
      .init(name: "Ada Lovelace", role: .creator, subjects: Array(systems.prefix(2))),
      .init(name: "Bea", role: .team, subjects: [systems[2]]),
    ]
    let text = findingsText(report([group]))
    #expect(
      text.contains(
        "falls to: Ada Lovelace (creator of 2) and Bea (team of 1); of 2 "
          + "nobody is known"))
  }

  @Test("costs, whom it falls to and what is new stand with a finding")
  func details() throws {
    let report = report([finding(cost: 2)])
    let text = findingsText(report)
    #expect(text.contains("costs: 2 h of work, 90.00 EUR a month"))
    #expect(text.contains("falls to: Ada Lovelace (owner)"))
    #expect(text.contains("matters: It matters."))
    let page = renderAuditHTML(report, programVersion: "1")
    #expect(page.contains("90.00 EUR a month") && page.contains("It matters."))
    let first = (try object(AuditDocument(report))["findings"] as? [[String: Any]])?.first
    #expect((first?["cost"] as? [String: Any])?["money"] as? Double == 90)
    #expect((first?["actors"] as? [[String: Any]])?.first?["role"] as? String == "owner")
    #expect(first?["isNew"] == nil)
  }
}
