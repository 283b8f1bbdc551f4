import Auditing
import DocumentReading
import Facts
import IntegrationGraph
import Inventory
@testable import Reporting
import Testing

@Suite struct RenderAuditHTMLTests {
  private func root(_ page: String) throws -> DocumentReading.XMLElement {
    try parseXML(Array(try withoutDoctype(page).utf8), path: "audit.html")
  }

  @Test("findings stand by severity, worst first, numbered as the badges of the map")
  func findings() throws {
    let report = SampleEstate.audit()
    let graph = IntegrationGraph(SampleEstate.estate)
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><g id=\"node\"></g></svg>"
    let page = renderAuditHTML(
      report, map: DrawnMap(svg: svg, legend: graph.mapLegend()), programVersion: "0.1.0")
    let root = try root(page)
    let articles = root.descendants("article")
    #expect(articles.map { $0["id"] } == report.findings.indices.map { "finding-\($0 + 1)" })
    let headings = root.descendants("h2").compactMap { $0["id"] }.filter {
      $0.hasPrefix("severity")
    }
    let expected = Severity.allCases.filter { report.count($0) > 0 }.map {
      "severity-\($0.rawValue)"
    }
    #expect(headings == expected)
    let ids = allIdentifiers(root)
    #expect(Set(ids).count == ids.count)
    #expect(page.contains("rounded box") || page.contains("hexagon"))
  }

  @Test("a severity is told by word and shape, not by colour alone")
  func severities() {
    let shapes = Set(Severity.allCases.map(severityShape))
    #expect(shapes.count == Severity.allCases.count)
    for severity in Severity.allCases {
      #expect(
        severityMarkup(severity).source.contains("\(severityShape(severity)) \(severity.rawValue)"))
    }
  }

  @Test("no script runs, nothing is loaded, and hostile names stay text")
  func hostile() throws {
    let name = "</style><script>alert(1)</script>"
    var fragment = EstateFragment()
    fragment.systems.append(
      AutomationSystem(
        name: name, source: Evidence(.imported, SourceLocation(path: name, line: 1))))
    let estate = Estate(merging: [
      SourceDocument(path: name, format: "x", status: .imported, digest: "", fragment: fragment)
    ])
    let report = Auditing.audit(estate: estate, graph: IntegrationGraph(estate))
    #expect(!report.findings.isEmpty)
    let page = renderAuditHTML(report, title: name, programVersion: "0.1.0")
    let root = try root(page)
    #expect(root.descendants("script").isEmpty)
    let policy = root.descendants("meta").compactMap { $0["content"] }
    #expect(policy.contains { $0.contains("script-src 'none'") })
    #expect(root.descendants("h1").first?.deepText == name)
  }

  @Test("an estate without findings says so")
  func nothing() throws {
    let estate = Estate()
    let report = Auditing.audit(estate: estate, graph: IntegrationGraph(estate))
    let page = renderAuditHTML(report, programVersion: "0.1.0")
    #expect(report.findings.isEmpty && page.contains("Nothing can be said"))
    _ = try root(page)
  }
}
