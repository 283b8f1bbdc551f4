import Experiments
import Facts

/// The report of a comparison as one HTML file that opens offline.
///
/// The same report and bundle give the same bytes. Everything that comes from a scenario or an inventory
/// is escaped; a Content-Security-Policy forbids loading anything and running any script but ours.
/// - Parameters:
///   - report: What is shown.
///   - charts: What draws the charts; `nil` shows their tables and says how to get the charts.
/// - Throws: what encoding a chart's data throws.
public func renderHTML(_ report: StudyReport, charts: ChartBundle?) throws -> String {
  try renderHTML(ReportDocument(report), charts: charts)
}

/// A report as one HTML file that opens offline.
public func renderHTML(_ document: ReportDocument, charts: ChartBundle?) throws -> String {
  try page(document, for: charts == nil ? .withoutCharts : .browser, charts: charts)
}

/// A report as HTML for paper: charts are places for drawings, named `chart-` and their identifier, and
/// nothing is folded away.
func printHTML(_ document: ReportDocument) throws -> String {
  try page(document, for: .paper, charts: nil)
}

private func page(
  _ document: ReportDocument, for medium: PageMedium, charts: ChartBundle?
) throws -> String {
  let opening = try document.opening.map { try $0.markup(for: medium) }.joined()
  let sections = try document.sections.map { section in
    element(
      "section", [:], element("h2", ["id": section.id], "\(section.title)"),
      try section.blocks.map { try $0.markup(for: medium) }.joined())
  }.joined()
  let contents = element(
    "nav", ["aria-label": "Contents"],
    element(
      "ul", [:],
      containing: document.sections.map {
        element("li", [:], element("a", ["href": "#\($0.id)"], "\($0.title)"))
      }))
  let provenance = document.provenance
  let frame = PageFrame(
    title: document.title, programVersion: provenance.programVersion, charts: charts,
    contentDigest: provenance.scenarioDigest)
  return frame.page(
    header: headerMarkup(document),
    main: (medium == .withoutCharts ? bundleHint : .none) + opening + contents + sections,
    footer: element(
      "p", ["class": "small"],
      "Rehearse \(provenance.programVersion). Nothing in this page is loaded from elsewhere."))
}

/// Title, question and the two sentences.
private func headerMarkup(_ document: ReportDocument) -> Markup {
  element("h1", [:], "\(document.title)")
    + (document.question.map { element("p", ["class": "question"], "\($0)") } ?? .none)
    + element("p", ["class": "answer"], "\(kept(document.answer))")
    + element("p", ["class": "advice"], "\(kept(document.advice))")
    + document.facts.map { element("p", ["class": "facts"], "\($0)") }.joined()
}

/// A sentence whose numbers stay beside their units where lines break.
private func kept(_ sentence: String) -> String {
  var text = ""
  let words = sentence.split(separator: " ", omittingEmptySubsequences: false)
  for (index, word) in words.enumerated() {
    let isUnit = word.hasPrefix("%") || isCurrencyCode(String(word.prefix(3)))
    if index > 0 {
      let followsNumber = words[index - 1].last?.isNumber == true
      text += isUnit && followsNumber ? "\u{A0}" : " "
    }
    text += word
  }
  return text
}

/// Says how to get the charts where there is no bundle.
let bundleHint = element(
  "p", ["class": "notes"],
  "The charts are missing because the chart bundle was not found: run ",
  element("code", [:], "make setup"),
  ", then make this report again. Their data stand in the tables.")
