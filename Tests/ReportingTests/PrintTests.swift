import Auditing
import DocumentReading
@testable import Experiments
import Facts
@testable import Reporting
import Scenarios
import Testing

@Suite("The page for paper") struct PrintTests {
  private func page(_ report: StudyReport) throws -> String {
    try printHTML(ReportDocument(report))
  }

  @Test("it is well-formed, and holds what people read and not what only programs need")
  func content() throws {
    let report = SampleStudy().report()
    let page = try page(report)
    let xml = page.replacing("<!DOCTYPE html>\n", with: "")
    #expect(try parseXML(Array(xml.utf8), path: "print.html").name == "html")
    // The meanings of columns take little room, and ends of intervals explain themselves.
    #expect(page.contains("class=\"dictionary\"") && !page.contains("data-table=\"columns\""))
    #expect(page.contains("<code>cost_per_case</code>"))
    #expect(!page.contains("<code>cost_per_case_lower</code>"))
    // Each value of the sheet of assumptions stands once.
    #expect(!page.contains("data-table=\"assumptions\""))
    for parameter in report.parameters {
      #expect(page.ranges(of: "<code>\(parameter.path)</code>").count == 1, "\(parameter.path)")
    }
    // A chart with 65 days of five variants needs no table of them on paper.
    #expect(!page.contains("data-table=\"exhaustion\"") && !page.contains("<summary>and "))
  }

  @Test("figures of many small charts may break between them, others are kept in one piece")
  func figures() throws {
    let document = ReportDocument(SampleStudy().report())
    let page = try printHTML(document)
    for figure in document.figures {
      let start = try #require(page.firstRange(of: " id=\"\(figure.id)\""))
      let before = page[..<start.lowerBound].suffix(40)
      let after = page[start.upperBound...].prefix { $0 != ">" }
      let isLong = (before + after).contains("class=\"several\"")
      #expect(isLong == (figure.panels.count > 3), "\(figure.id)")
    }
  }

  @Test("exhaustion by each definition has a row for each team, so that no column is cut off")
  func narrow() throws {
    let document = ReportDocument(SampleStudy().report())
    let table = try #require(document.tables.first { $0.id == "exhaustion-definitions" })
    #expect(table.columns.map(\.id) == ["variant", "team", "backlog", "net_work"])
    // Five variants, each with any team, underwriting and legal.
    #expect(table.rows.count == 15)
    #expect(
      table.rows.prefix(3).map { $0.cells[1] }
        == [.text("any watched team"), .text("underwriting"), .text("legal")])
    #expect(table.rows[1].cells[3] == .missing)
  }

  @Test("of much evidence the first places are printed, and the number of the others")
  func evidence() {
    let places = (1...9).map { line in
      Evidence(.imported, SourceLocation(path: "flow.bpmn", line: line))
    }
    let paper = evidenceList(places, for: .paper).source
    #expect(paper.ranges(of: "class=\"path\"").count == 3)
    #expect(paper.contains("and 6 other places") && !paper.contains("<details"))
    #expect(evidenceList(places).source.ranges(of: "class=\"path\"").count == 9)
    #expect(
      evidenceList(Array(places.prefix(4)), for: .paper).source.ranges(of: "class=\"path\"").count
        == 4)
  }
}
