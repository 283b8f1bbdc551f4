package import Auditing
public import Facts
import Inventory

/// Findings of an audit, one below the other; their numbers are those of the map's badges.
package func findingsMarkup(
  _ findings: [Finding], startingAt first: Int = 1,
  comparedWith comparison: BaselineComparison? = nil, for medium: PageMedium = .browser
) -> Markup {
  findings.enumerated().map { index, finding in
    let state =
      comparison.map { $0.isNew(finding) } == true
      ? " " + element("span", ["class": "tag"], "new") : Markup.none
    return element(
      "article", ["class": "finding", "id": "finding-\(first + index)"],
      element(
        "h3", [:], severityMarkup(finding.severity), " \(first + index). \(finding.title)", state),
      findingDetails(finding, for: medium),
      element("p", ["class": "small"], element("code", [:], "\(finding.id)")))
  }.joined()
}

private func findingDetails(_ finding: Finding, for medium: PageMedium) -> Markup {
  func line(_ term: Markup, _ content: Markup) -> Markup {
    element("dt", [:], term) + element("dd", [:], content)
  }
  var lines = line(
    "Concerns", "\(namesText(finding.subjects.map { "\($0.name) (\($0.kind.rawValue))" }))")
  lines += line("Why", withCode(finding.why))
  if !finding.matters.isEmpty { lines += line("It matters", "\(finding.matters)") }
  if let cost = finding.cost { lines += line("It costs", "\(costText(cost))") }
  if let example = finding.example { lines += line("Example", "\(example)") }
  lines += line("Remedy", withCode(finding.remedy))
  lines += line("Falls to", "\(actorsText(finding))")
  lines += line("Evidence", evidenceList(finding.evidence, for: medium))
  return element("dl", [:], lines)
}

/// Findings that somebody accepts, with who, why and how long.
package func waivedMarkup(_ waived: [WaivedFinding]) -> Markup {
  tableMarkup(
    heads: [
      .head("Finding"), .head("Reason"), .head("Accepted by"), .head("Until"), .head("Where"),
    ],
    rows: waived.map { waived in
      let cells: [Cell] = [
        .head(
          severityMarkup(waived.finding.severity) + " \(waived.finding.title)"
            + element("div", ["class": "small"], element("code", [:], "\(waived.finding.id)"))),
        .text("\(waived.waiver.reason)"), .text("\(waived.waiver.owner)"),
        .text("\(waived.waiver.expires?.description ?? "without end")"),
        .text(element("span", ["class": "path"], "\(waived.waiver.location.description)")),
      ]
      return (cells: cells, isChosen: false)
    }, caption: "They do not count, and are not among the findings above.")
}

/// What changed since an earlier report.
package func comparisonMarkup(_ comparison: BaselineComparison, of report: AuditReport) -> Markup {
  var markup = element("p", [:], "\(comparisonSentence(report, comparison))")
  markup += comparisonRemarks(comparison).map { element("p", [:], "\($0)") }.joined()
  guard !comparison.fixed.isEmpty else { return markup }
  return markup
    + tableMarkup(
      heads: [.head("No longer there"), .head("Identifier"), .head("What became of it")],
      rows: comparison.fixed.map { entry in
        let state =
          entry.isOutOfSight
          ? "what it was about is no longer in the inventory: that mends nothing"
          : "the check ran and no longer finds it"
        let cells: [Cell] = [
          .head(severityMarkup(entry.severity) + " \(entry.title)"),
          .text(element("code", [:], "\(entry.id)")), .text("\(state)"),
        ]
        return (cells: cells, isChosen: false)
      })
}

/// A severity: a shape, a word and a colour.
package func severityMarkup(_ severity: Severity) -> Markup {
  element(
    "span", ["class": "severity \(severity.rawValue)"],
    "\(severityShape(severity)) \(severity.rawValue)"
  )
}

/// A shape for each severity: filled and pointed where it is grave.
public func severityShape(_ severity: Severity) -> String {
  switch severity {
  case .critical: "◆"
  case .high: "▲"
  case .medium: "■"
  case .low: "●"
  case .info: "○"
  }
}

/// The first places in full, the others folded in; on paper their number.
package func evidenceList(_ evidence: [Evidence], for medium: PageMedium = .browser) -> Markup {
  let most = medium == .paper ? 3 : 5
  let shown = evidence.count <= most + 1 ? evidence.count : most
  let rest = evidence.dropFirst(shown)
  let first = evidence.prefix(shown).map(evidenceMarkup).joined()
  guard !rest.isEmpty else { return first }
  if medium == .paper {
    return first
      + element("div", ["class": "quiet"], "and \(plural(rest.count, "other place"))")
  }
  return first
    + element(
      "details", ["class": "printed"],
      element("summary", [:], "and \(plural(rest.count, "other place"))"),
      rest.map(evidenceMarkup).joined())
}

private func evidenceMarkup(_ evidence: Evidence) -> Markup {
  element(
    "div", [:], element("span", ["class": "path"], "\(evidence.location.description)"),
    element(
      "span", ["class": "quiet"],
      " \(evidence.provenance.rawValue)\(evidence.note.map { ": \($0)" } ?? "")"))
}
