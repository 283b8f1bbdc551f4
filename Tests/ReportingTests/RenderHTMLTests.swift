import Auditing
import DocumentReading
@testable import Experiments
import Facts
import Foundation
import Inventory
@testable import Reporting
import Scenarios
import Testing

@Suite struct RenderHTMLTests {
  /// A script without `<` and `&`, so that the page with it is XML as well.
  private func bundle() throws -> ChartBundle {
    try #require(ChartBundle(script: "var vegaEmbed = function () { return Promise.resolve(); };"))
  }

  /// Two variants over ten days: small enough to read the golden file.
  private func smallReport() -> StudyReport {
    var sample = SampleStudy()
    sample.days = 10
    sample.variants = [SampleStudy.variants[0], SampleStudy.variants[1]]
    sample.variants[1].middle = 6
    sample.variants[1].drift = 12
    var report = sample.report(map: "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")
    report.study.recommendation.variant = "as-is"
    return report
  }

  @Test("the page of a small study, without charts, is as expected")
  func golden() throws {
    let page = try renderHTML(smallReport(), charts: nil)
    // What can be downloaded repeats what is shown, in a form nobody can read.
    try expectGolden(page.replacing(/base64,[A-Za-z0-9+\/=]+/, with: "base64,…"), "report.html")
  }

  @Test("the page is well-formed, with and without charts")
  func wellFormed() throws {
    for charts in [nil, try bundle()] {
      for report in [smallReport(), SampleStudy().report(), hostileReport()] {
        let page = try renderHTML(report, charts: charts)
        let root = try parseXML(Array(try withoutDoctype(page).utf8), path: "report.html")
        #expect(root.name == "html")
        let ids = allIdentifiers(root)
        #expect(Set(ids).count == ids.count)
        // Every link within the page leads somewhere.
        for link in root.descendants("a").compactMap({ $0["href"] }) where link.hasPrefix("#") {
          #expect(ids.contains(String(link.dropFirst())))
        }
      }
    }
  }

  @Test("the same report gives the same bytes")
  func deterministic() throws {
    let charts = try bundle()
    let first = try renderHTML(SampleStudy().report(), charts: charts)
    let second = try renderHTML(SampleStudy().report(), charts: charts)
    #expect(first == second)
  }

  @Test("the policy forbids loading anything, and only our scripts carry its nonce")
  func policy() throws {
    let report = smallReport()
    let root = try parseXML(
      Array(try withoutDoctype(try renderHTML(report, charts: try bundle())).utf8), path: "r")
    let metas = root.descendants("meta")
    let policy = try #require(
      metas.first { $0["http-equiv"] == "Content-Security-Policy" }?["content"])
    #expect(policy.hasPrefix("default-src 'none'; script-src 'nonce-9f2b61a4c1d03e55"))
    #expect(!policy.contains("unsafe-eval"))
    #expect(!policy.contains("script-src 'unsafe-inline'"))
    let scripts = root.descendants("script")
    #expect(scripts.filter { $0["nonce"] != nil }.count == 2)
    #expect(scripts.allSatisfy { $0["nonce"] != nil || $0["type"] == "application/json" })
  }

  @Test("nothing is loaded from anywhere")
  func offline() throws {
    let page = try renderHTML(SampleStudy().report(), charts: try bundle())
    let root = try parseXML(Array(try withoutDoctype(page).utf8), path: "report.html")
    for name in ["link", "img", "iframe", "object", "embed", "base", "source"] {
      #expect(root.descendants(name).isEmpty)
    }
    #expect(root.descendants("script").allSatisfy { $0["src"] == nil })
    for link in root.descendants("a").compactMap({ $0["href"] }) {
      #expect(link.hasPrefix("#") || link.hasPrefix("data:"))
    }
    let style = try #require(root.descendants("style").first).text
    #expect(!style.contains("url("))
    #expect(!style.contains("@import"))
    // What is left are names: of the XML vocabularies, and of Vega-Lite's schema.
    let names = ["http://www.w3.org/", "https://vega.github.io/schema/"]
    for range in page.ranges(of: "http") {
      let rest = page[range.lowerBound...].prefix(40)
      #expect(names.contains { rest.hasPrefix($0) } || rest.hasPrefix("http-equiv"))
    }
  }

  @Test("hostile names stay text")
  func hostileNames() throws {
    let page = try renderHTML(hostileReport(), charts: try bundle())
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<img"))
    let root = try parseXML(Array(try withoutDoctype(page).utf8), path: "report.html")
    #expect(
      root.descendants("script").count == root.descendants("div").count { div in
        div["class"] == "chart"
      } + 2)
    #expect(root.descendants("h1").first?.deepText == hostile)
    // The data of the charts still say the name as it is.
    let data = try #require(root.descendants("script").first { $0["id"] == "exhaustion-1" })
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(data.text.utf8)) as? [String: Any])
    #expect("\(object)".contains("alert(1)"))
  }

  @Test("without a bundle the tables are open, and one line says how to get the charts")
  func withoutBundle() throws {
    let root = try parseXML(
      Array(try withoutDoctype(try renderHTML(smallReport(), charts: nil)).utf8), path: "r")
    #expect(root.descendants("script").isEmpty)
    #expect(root.deepText.contains("make setup"))
    let figures = root.descendants("figure")
    #expect(figures.count >= 5)
    for figure in figures {
      #expect(figure.first("details")?["open"] == "open")
      #expect(!figure.descendants("td").isEmpty)
    }
  }

  @Test("every figure has a title, a description and its data to download")
  func figures() throws {
    let root = try parseXML(
      Array(try withoutDoctype(try renderHTML(SampleStudy().report(), charts: try bundle())).utf8),
      path: "r")
    let ids = Set(allIdentifiers(root))
    for figure in root.descendants("figure") {
      #expect(ids.contains(figure["aria-labelledby"] ?? "-"))
      #expect(ids.contains(figure["aria-describedby"] ?? "-"))
      let links = figure.descendants("a")
      #expect(links.contains { $0["download"]?.hasSuffix(".csv") == true })
      let panels = figure.descendants("script").count
      #expect(links.count { $0["download"]?.hasSuffix(".vl.json") == true } == panels)
    }
  }

  @Test(
    "the first screen holds answer, advice, one picture, five tiles and five questions, in that order"
  )
  func firstScreen() throws {
    let page = try renderHTML(SampleStudy().report(), charts: try bundle())
    let order = [
      "class=\"answer\"", "class=\"advice\"", "<figure", "class=\"tiles\"", "class=\"questions\"",
      "<nav",
    ]
    let places = order.compactMap { page.firstRange(of: $0)?.lowerBound }
    #expect(places.count == order.count)
    #expect(places == places.sorted())
    let root = try parseXML(Array(try withoutDoctype(page).utf8), path: "r")
    let divisions = root.descendants("div")
    #expect(divisions.count { $0["class"] == "tile" } == 5)
    let questions = try #require(divisions.first { $0["class"] == "questions" })
    #expect(questions.all("div").count == 5)
  }

  @Test("contradictions of the brief are footnotes where the scenario touches them")
  func footnotes() throws {
    var report = SampleStudy().report()
    #expect(try renderHTML(report, charts: nil).contains("2.5 times the tickets"))
    report.scenario.topics = [.always]
    #expect(!(try renderHTML(report, charts: nil).contains("2.5 times the tickets")))
  }

  @Test("few replications are marked as a preview")
  func preview() throws {
    var sample = SampleStudy()
    #expect(!(try renderHTML(sample.report(), charts: nil).contains("a preview")))
    sample.replications = 50
    for index in sample.variants.indices { sample.variants[index].exhausted /= 4 }
    #expect(try renderHTML(sample.report(), charts: nil).contains("a preview"))
  }

  @Test("what is no drawing is not shown as a map")
  func noMap() throws {
    var report = smallReport()
    report.map = "<p>no map</p>"
    #expect(!(try renderHTML(report, charts: nil).contains("no map")))
  }

  // MARK: Support

  private let hostile = "</script><script>alert(1)</script><img src=x onerror='a()'> ]]> \"&amp;"

  private func hostileReport() -> StudyReport {
    var sample = SampleStudy()
    sample.days = 10
    sample.variants[1].title = hostile
    sample.variants[3].name = hostile
    var report = sample.report(title: hostile)
    report.question = hostile
    report.study.watchedTeams = [hostile]
    for index in report.study.variants.indices {
      report.study.variants[index].mix = hostile
      report.study.variants[index].teams[0].name = hostile
      report.study.variants[index].guardrails[0].name = hostile
      report.study.variants[index].automations[0].name = hostile
    }
    report.parameters[0].path = hostile
    report.parameters[1].note = hostile
    report.parameters[2].text = hostile
    report.findings[0].title = hostile
    report.findings[0].evidence = [
      Evidence(.imported, SourceLocation(path: hostile), note: hostile)
    ]
    report.notes = [hostile]
    report.provenance.scenarioPath = hostile
    report.provenance.command = hostile
    return report
  }
}

/// The page without its first line, which our reader of XML refuses like any document type.
func withoutDoctype(_ page: String) throws -> String {
  let start = "<!DOCTYPE html>\n"
  try #require(page.hasPrefix(start))
  return String(page.dropFirst(start.count))
}

func allIdentifiers(_ element: DocumentReading.XMLElement) -> [String] {
  [element["id"]].compactMap(\.self) + element.children.flatMap(allIdentifiers)
}
