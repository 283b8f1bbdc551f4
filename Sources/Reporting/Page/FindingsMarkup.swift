import Auditing
public import Facts
import Inventory

/// Findings of an audit, one below the other; their numbers are those of the map's badges.
func findingsMarkup(_ findings: [Finding], startingAt first: Int = 1) -> Markup {
  findings.enumerated().map { index, finding in
    element(
      "article", ["class": "finding", "id": "finding-\(first + index)"],
      element(
        "h3", [:], severityMarkup(finding.severity), " \(first + index). \(finding.title)"),
      element(
        "dl", [:], element("dt", [:], "Concerns"),
        element(
          "dd", [:], "\(listText(finding.subjects.map { "\($0.name) (\($0.kind.rawValue))" }))"),
        element("dt", [:], "Why"), element("dd", [:], "\(finding.why)"),
        finding.example.map { element("dt", [:], "Example") + element("dd", [:], "\($0)") }
          ?? .none,
        element("dt", [:], "Remedy"), element("dd", [:], "\(finding.remedy)"),
        element("dt", [:], "Evidence"),
        element("dd", [:], evidenceList(finding.evidence))),
      element("p", ["class": "small"], "\(finding.check)"))
  }.joined()
}

/// A severity: a shape, a word and a colour.
func severityMarkup(_ severity: Severity) -> Markup {
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

/// The first places in full, the others folded in.
private func evidenceList(_ evidence: [Evidence]) -> Markup {
  let shown = evidence.count <= 6 ? evidence.count : 5
  let rest = evidence.dropFirst(shown)
  let first = evidence.prefix(shown).map(evidenceMarkup).joined()
  guard !rest.isEmpty else { return first }
  return first
    + element(
      "details", [:], element("summary", [:], "and \(plural(rest.count, "other place"))"),
      rest.map(evidenceMarkup).joined())
}

private func evidenceMarkup(_ evidence: Evidence) -> Markup {
  element(
    "div", [:], element("span", ["class": "path"], "\(evidence.location.description)"),
    element(
      "span", ["class": "quiet"],
      " \(evidence.provenance.rawValue)\(evidence.note.map { ": \($0)" } ?? "")"))
}
