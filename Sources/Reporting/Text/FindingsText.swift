public import Auditing
import Facts
import Inventory

/// What of an audit a terminal shows.
public struct FindingsTextOptions: Sendable, Hashable {
  /// Only so many of the gravest findings; `nil` for all.
  public var limit: Int?
  /// Whether the tables of the assessments are shown, and everything that was not seen.
  public var isFull = false

  /// Creates options.
  public init(limit: Int? = nil, isFull: Bool = false) {
    self.limit = limit
    self.isFull = isFull
  }
}

/// The findings of an audit for a terminal, worst first, with evidence and remedy; then what was
/// accepted, what changed, what was computed, what could not be seen.
/// - Parameters:
///   - report: What the audit found.
///   - options: How much of it is shown.
///   - style: Whether colours may be used.
public func findingsText(
  _ report: AuditReport, _ options: FindingsTextOptions = FindingsTextOptions(),
  style: TextStyle = .plain
) -> String {
  let shown = options.limit.map { Array(report.findings.prefix($0)) } ?? report.findings
  var text = ""
  for (index, finding) in shown.enumerated() {
    text += findingText(
      finding, number: index + 1, in: report, isShort: options.limit != nil, style)
  }
  if shown.count < report.findings.count {
    text += style.quiet("… and \(countText(report.findings.count - shown.count)) more.") + "\n\n"
  }
  text += waivedText(report, style)
  text += comparisonText(report, style)
  text += assessmentsText(report.assessments, isFull: options.isFull, style)
  text += coverageText(report, isFull: options.isFull, style)
  return text + auditSummaryText(report)
}

private func findingText(
  _ finding: Finding, number: Int, in report: AuditReport, isShort: Bool, _ style: TextStyle
) -> String {
  let severity = "\(severityShape(finding.severity)) \(finding.severity.rawValue)"
  let dressed = finding.severity <= .high ? style.accent(severity) : severity
  let state = report.comparison.map { $0.isNew(finding) ? "  [new]" : "" } ?? ""
  var text = "\(number). \(dressed)  \(style.strong(oneLine(finding.title)))\(state)\n"
  func add(_ word: String, _ sentence: String) {
    let indent = String(repeating: " ", count: 3 + word.count + 2)
    text += wrapped("\(word): \(sentence)", indent: "   ", next: indent)
  }
  add("why", finding.why)
  if !finding.matters.isEmpty { add("matters", finding.matters) }
  if let cost = finding.cost { add("costs", costText(cost)) }
  if let example = finding.example { add("example", example) }
  add("remedy", finding.remedy)
  add("falls to", actorsText(finding))
  let shown = isShort ? 3 : 25
  for evidence in finding.evidence.prefix(shown) {
    let note = evidence.note.map { " (\($0))" } ?? ""
    text += style.quiet("   \(oneLine(evidence.location.description + note))") + "\n"
  }
  if finding.evidence.count > shown {
    let rest = countText(finding.evidence.count - shown)
    text += style.quiet("   … and \(rest) more places, all of them in json, html and csv") + "\n"
  }
  return text + style.quiet("   \(oneLine(finding.id))") + "\n\n"
}

private func waivedText(_ report: AuditReport, _ style: TextStyle) -> String {
  guard !report.waived.isEmpty else { return "" }
  var text = style.strong("Accepted by waivers: \(countText(report.waived.count))") + "\n"
  for waived in report.waived {
    text += wrapped(
      "\(severityShape(waived.finding.severity)) \(waived.finding.severity.rawValue)  "
        + "\(waived.finding.title) – \(waiverText(waived.waiver))", indent: "  ", next: "    ")
  }
  return text + "\n"
}

private func comparisonText(_ report: AuditReport, _ style: TextStyle) -> String {
  guard let comparison = report.comparison else { return "" }
  var text = wrapped(comparisonSentence(report, comparison))
  for entry in comparison.fixed {
    let state = entry.isOutOfSight ? "out of sight" : "no longer there"
    text += wrapped("\(state): \(entry.title) (\(entry.id))", indent: "  ", next: "    ")
  }
  for remark in comparisonRemarks(comparison) {
    text += wrapped(remark, indent: "  ", next: "    ")
  }
  return text + "\n"
}

private func coverageText(_ report: AuditReport, isFull: Bool, _ style: TextStyle) -> String {
  var text = style.strong("What the audit could and could not see") + "\n"
  func add(_ sentence: String) { text += wrapped("– \(sentence)", indent: "  ", next: "    ") }
  for sentence in coverageSentences(report) { add(sentence) }
  for remark in report.remarks { add("\(remark.check): \(remark.text)") }
  guard isFull else { return text + "\n" }
  for file in report.coverage.files?.others ?? [] {
    let reasons = file.reasons.isEmpty ? "" : ": \(file.reasons.joined(separator: "; "))"
    add("\(file.path) (\(statusText(file.status)))\(reasons)")
  }
  for limit in report.coverage.limits {
    add("\(limit.text) (\(namesText(limit.systems.map(\.name))))")
  }
  return text + "\n"
}

/// Names in a sentence, of many the first few.
func namesText(_ names: [String]) -> String {
  names.count <= 4
    ? listText(names)
    : names.prefix(3).joined(separator: ", ") + " and \(countText(names.count - 3)) more"
}

/// One line with what was found in all, and what is known of the estate.
func auditSummaryText(_ report: AuditReport) -> String {
  let counts = Severity.allCases.compactMap { severity -> String? in
    let count = report.count(severity)
    return count == 0 ? nil : "\(countText(count)) \(severity.rawValue)"
  }
  var text =
    report.findings.isEmpty
    ? auditVerdict(report) : "Findings: \(counts.joined(separator: ", "))"
  if !report.findings.isEmpty {
    if report.omitted > 0 { text += "; \(countText(report.omitted)) less severe ones not shown" }
    text += "."
  }
  if let share = report.completeness.share {
    text +=
      " \(countText(report.completeness.known)) of \(countText(report.completeness.total)) audit "
      + "fields known (\(shareText(share)))."
  }
  return text + "\n"
}
