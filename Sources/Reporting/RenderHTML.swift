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
  let reading = StudyReading(report.study)
  let palette = VariantPalette(report.study)
  let screen = FirstScreen(report: report, reading: reading, palette: palette)
  let drawn = charts != nil
  func figure(_ figure: ChartFigure?) throws -> Markup {
    try figure.map { try $0.markup(drawn: drawn) } ?? .none
  }
  func section(_ id: String, _ title: String, _ content: Markup) -> Markup {
    element("section", [:], element("h2", ["id": id], "\(title)"), content)
  }
  let backlogs = try report.study.watchedTeams.map {
    try figure(.backlog(ofTeam: $0, reading, palette: palette))
  }.joined()
  let flips = reading.flips.map { element("li", [:], "\($0)") }
  var sections: [(id: String, title: String, content: Markup)] = [
    (
      "flips", "Hiring, and when the advice flips",
      flips.isEmpty ? .none : element("ul", [:], containing: flips)
    ),
    ("backlog", "Work waiting", backlogs),
    (
      "cost-section", "Cost",
      try figure(.cost(reading, palette: palette)) + costSplitTable(reading, palette: palette)
    ),
    (
      "money", "Costs over time",
      try figure(.netBenefit(reading, palette: palette)) + paybackTables(reading, palette: palette)
    ),
    ("time", "Time to completion", try figure(.completion(reading, palette: palette))),
    ("against", "Against the baseline", try figure(.differences(reading, palette: palette))),
    ("factors", "Alone and together", factorialTable(reading)),
    ("axes", "Five axes", try figure(.axes(reading, palette: palette))),
    ("people", "Occupancy", try figure(.occupancy(reading, palette: palette))),
    ("guardrails", "Guardrails", guardrailLedger(reading, palette: palette)),
    (
      "applications", "Applications and outages", applicationTables(reading, palette: palette)
    ),
    ("mechanisms", "What mechanisms did", mechanismTable(reading, palette: palette)),
    ("rollout", "Rollout", rolloutTable(reading, palette: palette)),
  ]
  if !report.findings.isEmpty {
    let more = report.findingCount - report.findings.count
    let note =
      more > 0
      ? element(
        "p", ["class": "quiet"],
        "The gravest of \(report.findingCount) findings of the audit; ",
        element("code", [:], "rehearse audit"), " shows all.")
      : .none
    sections.append(("findings", "Findings of the audit", note + findingsMarkup(report.findings)))
  }
  if let map = report.map.flatMap({ mapMarkup(DrawnMap(svg: $0, legend: report.mapLegend)) }) {
    sections.append(("map", "Map of the estate", map))
  }
  sections += [
    (
      "assumptions", "Assumption sheet",
      assumptionSheet(report.parameters, scenarioPath: report.provenance.scenarioPath)
    ),
    ("methods", "How the numbers were made", methodNotes(report, reading, palette: palette)),
    ("notes", "Footnotes", footnotes(report)), ("rerun", "To run this again", rerun(report)),
  ]
  let shown = sections.filter { $0.content != .none }
  let contents = element(
    "nav", ["aria-label": "Contents"],
    element(
      "ul", [:],
      containing: shown.map {
        element("li", [:], element("a", ["href": "#\($0.id)"], "\($0.title)"))
      }))
  let main =
    (drawn ? .none : bundleHint) + (try figure(.exhaustion(reading, palette: palette)))
    + screen.tiles() + screen.standingQuestions() + contents
    + element(
      "section", [:], element("h2", ["id": "variants"], "All variants"), screen.comparison())
    + shown.map { section($0.id, $0.title, $0.content) }.joined()
  let frame = PageFrame(
    title: report.title, programVersion: report.provenance.programVersion, charts: charts,
    contentDigest: report.provenance.scenarioDigest)
  return frame.page(
    header: screen.header(), main: main,
    footer: element(
      "p", ["class": "small"],
      "Rehearse \(report.provenance.programVersion). Nothing in this page is loaded from elsewhere."
    ))
}

/// Says how to get the charts where there is no bundle.
let bundleHint = element(
  "p", ["class": "notes"],
  "The charts are missing because the chart bundle was not found: run ",
  element("code", [:], "make setup"),
  ", then make this report again. Their data stand in the tables.")

private func footnotes(_ report: StudyReport) -> Markup {
  let remarks = BriefRemark.all.filter {
    $0.topic == .always || report.scenario.topics.contains($0.topic)
  }.map(\.text)
  let items = report.notes + remarks
  return element(
    "p", ["class": "quiet"],
    "What was remarked on in this run, and where the essays that this tool answers to contradict "
      + "themselves or one another.")
    + element("ol", [:], containing: items.map { element("li", [:], "\($0)") })
}

private func rerun(_ report: StudyReport) -> Markup {
  let provenance = report.provenance
  let facts: [(String, Markup)] = [
    ("Scenario", element("span", ["class": "path"], "\(provenance.scenarioPath)")),
    ("SHA-256", element("code", [:], "\(provenance.scenarioDigest)")),
    ("Process", "\(report.scenario.process ?? "–")"),
    ("Demand", "\(report.scenario.demand)"),
    ("Start", "\(report.scenario.startDate), \(report.scenario.timeZone)"),
    ("Before day 0", "\(report.scenario.startState ?? "empty")"),
    ("Seed", "\(Markup(String(report.study.seed)))"),
    ("Rehearsals", "\(report.study.replications) of each variant"),
    ("Program", "Rehearse \(provenance.programVersion)"),
  ]
  return element(
    "p", [:],
    "The same scenario, seed, number of rehearsals and version give this page again, byte for byte:"
  )
    + element("pre", [:], element("code", [:], "\(provenance.command)"))
    + element(
      "dl", ["class": "provenance"],
      containing: facts.flatMap { [element("dt", [:], "\($0.0)"), element("dd", [:], $0.1)] })
}
