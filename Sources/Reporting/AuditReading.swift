import Auditing
import Facts
import Inventory

// What all outputs of an audit say in words.

/// What the audit says in one sentence, and what that is worth: that nothing was found never reads as
/// if nothing were wrong.
func auditVerdict(_ report: AuditReport) -> String {
  guard !report.completeness.systems.isEmpty || !report.findings.isEmpty else {
    return "Nothing can be said: no system is in the inventory."
  }
  guard report.findings.isEmpty else {
    let counts = Severity.allCases.compactMap { severity -> String? in
      let count = report.count(severity)
      return count == 0 ? nil : "\(countText(count)) \(severity.rawValue)"
    }
    return "\(plural(report.findings.count, "finding")): \(listText(counts))."
  }
  let reservations = auditReservations(report)
  let checks = plural(report.checks.count, "check")
  return reservations.isEmpty
    ? "Nothing was found by \(checks); every audit field is known, every file was read whole and no "
      + "conclusion was left open."
    : "Nothing was found by \(checks), which is no clean bill of health: \(listText(reservations))."
}

/// Why that nothing was found says less than it seems to; empty where everything was seen.
private func auditReservations(_ report: AuditReport) -> [String] {
  var reservations: [String] = []
  let unknown = report.completeness.total - report.completeness.known
  if unknown > 0 {
    reservations.append(
      "\(countText(unknown)) of \(plural(report.completeness.total, "audit field")) "
        + "\(unknown == 1 ? "is" : "are") unknown")
  }
  if let files = report.coverage.files {
    if !files.others.isEmpty {
      reservations.append("\(plural(files.others.count, "file")) not read whole")
    }
  } else {
    reservations.append("it is not known which files were read")
  }
  if !report.remarks.isEmpty {
    reservations.append("\(plural(report.remarks.count, "conclusion")) left open")
  }
  if report.visibility.named > report.visibility.described {
    reservations.append(
      "\(plural(report.visibility.named - report.visibility.described, "system")) named and nowhere "
        + "described")
  }
  if report.omitted > 0 {
    reservations.append("\(plural(report.omitted, "less severe finding")) not shown")
  }
  if !report.waived.isEmpty {
    reservations.append("\(plural(report.waived.count, "finding")) accepted by a waiver")
  }
  return reservations
}

/// In which order findings stand.
let orderingSentence =
  "Findings stand by severity, then by what they cost a month, the dearest first; what has no "
  + "computed cost comes last, which does not mean that it costs nothing."

/// What a finding costs, such as `12 h of work, 540 EUR a month`.
func costText(_ cost: Finding.Cost) -> String {
  "\(figureText(cost.hours)) h of work, \(moneyText(cost.money.amount, cost.money.currency)) a month"
}

/// Who is to act, such as `Ada Lovelace (owner)`.
func actorText(_ actor: Finding.Actor) -> String { "\(actor.name) (\(actor.role.rawValue))" }

/// Whom a finding falls to.
func actorsText(_ finding: Finding) -> String {
  if finding.actors.isEmpty { return "nobody known" }
  // A name that stands for few of many must not look as if it answered for all.
  let reached = Set(finding.actors.flatMap(\.subjects)).count
  guard finding.chiefSubjects == 0, reached < finding.subjects.count else {
    return listText(finding.actors.map(actorText))
  }
  let names = finding.actors.map { actor in
    "\(actor.name) (\(actor.role.rawValue) of \(countText(actor.subjects.count)))"
  }
  return "\(listText(names)); of \(countText(finding.subjects.count - reached)) nobody is known"
}

/// How a waiver reads: why, by whom, until when.
func waiverText(_ waiver: Waiver) -> String {
  let end = waiver.expires.map { "until \($0)" } ?? "without end"
  return "“\(waiver.reason)”, \(waiver.owner), \(end) (\(waiver.location.description))"
}

/// What changed since the earlier report, in one sentence.
func comparisonSentence(_ report: AuditReport, _ comparison: BaselineComparison) -> String {
  let new = report.findings.count(where: comparison.isNew)
  let gone = comparison.fixed.count(where: \.isOutOfSight)
  var text =
    "Since \(comparison.baseline): \(countText(new)) new, \(countText(report.findings.count - new)) "
    + "still there, \(countText(comparison.fixed.count)) no longer there"
  if gone > 0 {
    text +=
      ", of which \(countText(gone)) because what \(gone == 1 ? "it was" : "they were") about is no "
      + "longer in the inventory, which mends nothing"
  }
  return text + "."
}

/// What limits the comparison with the earlier report.
func comparisonRemarks(_ comparison: BaselineComparison) -> [String] {
  var remarks: [String] = []
  if !comparison.newChecks.isEmpty {
    remarks.append(
      "\(listText(comparison.newChecks)) did not run then: their findings count as new.")
  }
  if !comparison.missingChecks.isEmpty {
    remarks.append(
      "\(listText(comparison.missingChecks)) ran then and not now: nothing is said of their findings."
    )
  }
  return remarks
}

/// What the audit could see and what it could not, one sentence each.
func coverageSentences(_ report: AuditReport) -> [String] {
  let coverage = report.coverage
  var sentences: [String] = []
  sentences.append(filesSentence(coverage.files))
  if let share = report.visibility.share {
    sentences.append(
      "\(countText(report.visibility.described)) of \(plural(report.visibility.named, "system")) "
        + "spoken of are described (\(shareText(share))).")
  }
  if let share = report.completeness.share {
    let gaps = report.completeness.fields.filter { $0.known < $0.total }
      .sorted {
        ($1.total - $1.known, $0.field.rawValue) < ($0.total - $0.known, $1.field.rawValue)
      }
      .prefix(3).map { "\($0.field.rawValue) of \(plural($0.total - $0.known, "system"))" }
    sentences.append(
      "\(countText(report.completeness.known)) of \(plural(report.completeness.total, "audit field")) "
        + "are known (\(shareText(share)))"
        + (gaps.isEmpty ? "." : "; unknown most often: \(listText(gaps))."))
  }
  for figure in coverage.figures where coverage.systems > 0 {
    sentences.append(
      "\(sentenceCase(figure.field.rawValue)) is measured or counted of "
        + "\(plural(figure.measured, "system")), only stated of \(countText(figure.stated)), unknown of "
        + "\(countText(coverage.systems - figure.measured - figure.stated)).")
  }
  if coverage.systems > 0, !coverage.absentKinds.isEmpty {
    let kinds = listText(coverage.absentKinds.map(\.rawValue))
    sentences.append(
      "No system of kind \(kinds) is in the inventory: there is none, or nobody exported one.")
  }
  if coverage.kindless > 0 {
    sentences.append(
      "Of \(plural(coverage.kindless, "system")) nobody says what kind of technology it is.")
  }
  if !coverage.limits.isEmpty {
    let systems = Set(coverage.limits.flatMap(\.systems)).count
    sentences.append(
      "Of \(plural(systems, "system")) the files cannot tell everything "
        + "(\(plural(coverage.limits.count, "kind")) of gap).")
  }
  if !report.remarks.isEmpty {
    sentences.append("\(plural(report.remarks.count, "conclusion")) could not be drawn; see below.")
  }
  if coverage.idleCorrections > 0 {
    sentences.append(
      "\(plural(coverage.idleCorrections, "correction")) made by hand name nothing of the estate.")
  }
  sentences.append(outsideSentence)
  return sentences
}

private let outsideSentence =
  "Not in any export and so not looked at: what nobody gave, what people do by hand where no process is "
  + "drawn, spreadsheets and personal accounts, and what happens at run time where no log or list of "
  + "jobs was given. That a finding is absent proves nothing."

private func filesSentence(_ files: AuditCoverage.Files?) -> String {
  guard let files else { return "Which files were read, and how well, is not known here." }
  var parts = ["\(countText(files.whole)) read whole"]
  let words: [(SourceDocument.Status, String)] = [
    (.partial, "read in part"), (.notInventory, "of no known format or without an inventory"),
    (.failed, "not readable"),
  ]
  for (status, word) in words {
    let count = files.others.count { $0.status == status }
    if count > 0 { parts.append("\(countText(count)) \(word)") }
  }
  return "\(plural(files.count, "file")): \(listText(parts))."
}

/// What became of a file, in words.
func statusText(_ status: SourceDocument.Status) -> String {
  switch status {
  case .imported: "read whole"
  case .partial: "read in part"
  case .notInventory: "no inventory"
  case .failed: "not readable"
  }
}

/// A word with its first letter in upper case.
func sentenceCase(_ word: String) -> String { word.prefix(1).uppercased() + word.dropFirst() }

// MARK: Assessments

/// A cell as people read it.
func cellText(_ cell: AssessmentTable.Cell) -> String {
  switch cell {
  case .text(let text): text
  case .number(let number): figureText(number)
  case .share(let share): shareText(share)
  case .unknown: "unknown"
  }
}

/// A number of an assessment: whole ones in full, others to three significant digits.
func figureText(_ number: Double) -> String {
  number == number.rounded() && number.magnitude < 1e15
    ? numberText(number, decimals: 0) : plainText(number)
}

/// The heading of a column with its unit.
func headText(_ column: AssessmentTable.Column) -> String {
  column.unit.map { "\(column.name) (\($0))" } ?? column.name
}

/// Whether a column holds figures, and so stands at the right.
func holdsFigures(_ table: AssessmentTable, column: Int) -> Bool {
  table.rows.contains { row in
    guard row.cells.indices.contains(column) else { return false }
    switch row.cells[column] {
    case .number, .share: return true
    case .text, .unknown: return false
    }
  }
}

/// Why cells of a table are unknown, each reason once with how many cells it holds of.
func unknownReasons(_ table: AssessmentTable) -> [(reason: String, count: Int)] {
  var counts: [String: Int] = [:]
  var order: [String] = []
  for case .unknown(let reason) in table.rows.flatMap(\.cells) {
    if counts[reason] == nil { order.append(reason) }
    counts[reason, default: 0] += 1
  }
  return order.map { ($0, counts[$0] ?? 0) }
}
