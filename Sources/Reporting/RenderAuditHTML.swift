public import Auditing
import Facts
import Inventory

/// The audit of an estate as one HTML file that opens offline.
///
/// The same report gives the same bytes; everything that comes from files is escaped, and the page runs no
/// script at all.
/// - Parameters:
///   - report: What the audit found.
///   - title: Title of the page, such as the name of the estate.
///   - map: The map whose badges are the numbers of the findings; `nil` for none.
///   - programVersion: Version of the program.
public func renderAuditHTML(
  _ report: AuditReport, title: String = "Audit of the estate", map: DrawnMap? = nil,
  programVersion: String
) -> String {
  var sections: [(id: String, title: String, content: Markup)] = Severity.allCases.compactMap {
    severity in
    guard let first = report.findings.firstIndex(where: { $0.severity == severity }) else {
      return nil
    }
    let mine = report.findings.filter { $0.severity == severity }
    return (
      "severity-\(severity.rawValue)", "\(sentenceCase(severity.rawValue)): \(mine.count)",
      findingsMarkup(mine, startingAt: first + 1, comparedWith: report.comparison)
    )
  }
  if let comparison = report.comparison {
    sections.append(
      ("comparison", "What changed", comparisonMarkup(comparison, of: report)))
  }
  if !report.waived.isEmpty {
    sections.append(
      ("waived", "Accepted: \(countText(report.waived.count))", waivedMarkup(report.waived)))
  }
  if !report.assessments.isEmpty {
    sections.append(
      (
        "assessments", "Computed figures",
        assessmentIndex(report.assessments) + report.assessments.map(assessmentMarkup).joined()
      ))
  }
  if let map = map.flatMap({ mapMarkup($0) }) { sections.append(("map", "Map", map)) }
  sections.append(("completeness", "What is known", completenessMarkup(report.completeness)))
  sections.append(("coverage", "What could and could not be seen", coverageMarkup(report)))
  let contents = element(
    "nav", ["aria-label": "Contents"],
    element(
      "ul", [:],
      containing: sections.map {
        element("li", [:], element("a", ["href": "#\($0.id)"], "\($0.title)"))
      }))
  let frame = PageFrame(
    title: title, programVersion: programVersion)
  return frame.page(
    header: auditHeader(report, title: title),
    main: contents
      + sections.map {
        element("section", [:], element("h2", ["id": $0.id], "\($0.title)"), $0.content)
      }.joined(),
    footer: element(
      "p", ["class": "small"],
      "Rehearse \(programVersion); checks that ran: \(report.checks.joined(separator: ", "))."))
}

private func auditHeader(_ report: AuditReport, title: String) -> Markup {
  let counts = Severity.allCases.filter { report.count($0) > 0 }.map { severity in
    element(
      "span", ["class": "n"], "\(report.count(severity)) ", severityMarkup(severity))
  }
  let answer: Markup =
    counts.isEmpty
    ? "\(auditVerdict(report))"
    : "\(plural(report.findings.count, "finding")): \(counts.joined(by: ", "))"
  let visible = report.visibility.share.map { share in
    "\(countText(report.visibility.described)) of \(countText(report.visibility.named)) systems spoken "
      + "of are described (\(shareText(share))). "
  }
  let known = report.completeness.share.map { share in
    "\(countText(report.completeness.known)) of \(countText(report.completeness.total)) audit fields "
      + "are known (\(shareText(share)))."
  }
  let omitted =
    report.omitted > 0
    ? " \(plural(report.omitted, "less severe finding")) not shown." : ""
  let changed = report.comparison.map {
    element("p", ["class": "advice"], "\(comparisonSentence(report, $0))")
  }
  let day = report.day.map { " Made for \($0)." } ?? ""
  return element("h1", [:], "\(title)") + element("p", ["class": "answer"], answer)
    + (changed ?? .none)
    + element("p", ["class": "facts"], "\(visible ?? "")\(known ?? "")\(omitted)\(day)")
    + (report.findings.isEmpty ? .none : element("p", ["class": "facts"], "\(orderingSentence)"))
}

/// How much is known of each field, and what is missing of which system.
private func completenessMarkup(_ completeness: Completeness) -> Markup {
  let fields = completeness.fields.map { field in
    let share = field.total == 0 ? 0 : Double(field.known) / Double(field.total)
    let bar = shareBar(share)
    let cells: [Cell] = [
      .head("\(field.field.rawValue)"), .text(bar),
      .number("\(field.known) of \(field.total)"), .number("\(shareText(share))"),
    ]
    return (cells: cells, isChosen: false)
  }
  let lacking = completeness.systems.filter { !$0.missing.isEmpty }
    .map { system in
      let cells: [Cell] = [
        .head("\(system.system.name)"), .number("\(system.known) of 7"),
        .text("\(listText(system.missing.map(\.rawValue)))"),
      ]
      return (cells: cells, isChosen: false)
    }
  return tableMarkup(
    heads: [.head("Audit field"), .head(""), .number("Known"), .number("Share")], rows: fields,
    caption: "An assumption is not knowledge: assumed values do not count.")
    + (lacking.isEmpty
      ? element(
        "p", [:],
        completeness.systems.isEmpty
          ? "No system is in the inventory, so that nothing is known."
          : "Every field of every system is known.")
      : tableMarkup(
        heads: [.head("System"), .number("Fields known"), .head("Unknown")], rows: lacking))
}
