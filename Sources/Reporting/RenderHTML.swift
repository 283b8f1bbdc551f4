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

/// A report as a part of another page, which brings the style, the scripts and its own title.
///
/// - Parameter drawn: Whether the page has `charts.js` and `drawingScript`; else the tables stand open.
/// - Returns: Question, answer and advice, then everything else.
package func reportMarkup(_ document: ReportDocument, drawn: Bool) throws -> Markup {
  let medium: PageMedium = drawn ? .browser : .withoutCharts
  let head = sentencesMarkup(document)
  let content = try contentMarkup(document, for: medium)
  return owedHatch + head + content
}

private func page(
  _ document: ReportDocument, for medium: PageMedium, charts: ChartBundle?
) throws -> String {
  let provenance = document.provenance
  let frame = PageFrame(
    title: document.title, programVersion: provenance.programVersion, charts: charts,
    contentDigest: provenance.scenarioDigest)
  return frame.page(
    header: element("h1", [:], "\(document.title)") + sentencesMarkup(document),
    main: try contentMarkup(document, for: medium),
    footer: element(
      "p", ["class": "small"],
      "Rehearse \(provenance.programVersion). Nothing in this page is loaded from elsewhere."))
}

/// First screen, table of contents and sections.
private func contentMarkup(_ document: ReportDocument, for medium: PageMedium) throws -> Markup {
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
  let hint: Markup = medium == .withoutCharts ? bundleHint : .none
  return hint + opening + contents + sections
}

/// The question, the two sentences that answer it, and what to know of all figures.
private func sentencesMarkup(_ document: ReportDocument) -> Markup {
  var sentences: [(text: String, style: String)] = []
  if let question = document.question { sentences.append((question, "question")) }
  sentences.append((kept(document.answer), "answer"))
  sentences.append((kept(document.advice), "advice"))
  for fact in document.facts { sentences.append((fact, "facts")) }
  return sentences.map { element("p", ["class": $0.style], Markup($0.text)) }.joined()
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
