public import Auditing
import Facts
import Inventory

/// The findings of an audit for a terminal, worst first, with evidence and remedy.
/// - Parameters:
///   - report: What the audit found.
///   - limit: Show only so many of the gravest; `nil` for all.
///   - style: Whether colours may be used.
public func findingsText(
  _ report: AuditReport, limit: Int? = nil, style: TextStyle = .plain
) -> String {
  let shown = limit.map { Array(report.findings.prefix($0)) } ?? report.findings
  var text = ""
  for (index, finding) in shown.enumerated() {
    let severity = "\(severityShape(finding.severity)) \(finding.severity.rawValue)"
    let dressed = finding.severity <= .high ? style.accent(severity) : severity
    text += "\(index + 1). \(dressed)  \(style.strong(oneLine(finding.title)))\n"
    text += wrapped("why: \(finding.why)", indent: "   ", next: "        ")
    if let example = finding.example {
      text += wrapped("example: \(example)", indent: "   ", next: "            ")
    }
    text += wrapped("remedy: \(finding.remedy)", indent: "   ", next: "           ")
    for evidence in finding.evidence.prefix(limit == nil ? Int.max : 3) {
      let note = evidence.note.map { " (\($0))" } ?? ""
      text += style.quiet("   \(oneLine(evidence.location.description + note))") + "\n"
    }
    text += "\n"
  }
  if shown.count < report.findings.count {
    text += style.quiet("… and \(countText(report.findings.count - shown.count)) more.") + "\n"
  }
  return text + auditSummaryText(report)
}

/// One line with what was found in all, and what is known of the estate.
func auditSummaryText(_ report: AuditReport) -> String {
  let counts = Severity.allCases.compactMap { severity -> String? in
    let count = report.count(severity)
    return count == 0 ? nil : "\(countText(count)) \(severity.rawValue)"
  }
  var text = report.findings.isEmpty ? "No findings" : "Findings: \(counts.joined(separator: ", "))"
  if report.omitted > 0 { text += "; \(countText(report.omitted)) less severe ones not shown" }
  text += ". "
  if let share = report.completeness.share {
    text +=
      "\(countText(report.completeness.known)) of \(countText(report.completeness.total)) audit "
      + "fields known (\(shareText(share)))."
  }
  return text + "\n"
}
