public import Auditing
import Facts
import Inventory

/// Everything an audit found, accepted, computed and could not see, as tables for a workbook: `findings`,
/// `work`, `accepted`, `fixed`, one for each assessment, `legend`, `completeness`, `coverage`.
public func auditTables(_ report: AuditReport) -> [Table] {
  var tables = [findingsTable(report), workListTable(report)]
  if !report.waived.isEmpty { tables.append(waivedTable(report)) }
  if let comparison = report.comparison { tables.append(fixedTable(comparison)) }
  tables += report.assessments.map(assessmentTable)
  if !report.assessments.isEmpty { tables.append(legendTable(report.assessments)) }
  return tables + [completenessTable(report), coverageTable(report)]
}

/// One row for each finding, numbered as on the map.
private func findingsTable(_ report: AuditReport) -> Table {
  Table(
    "findings",
    columns: [
      "number", "severity", "title", "state", "hours a month", "cost a month", "currency",
      "falls to", "concerns", "why", "it matters", "example", "remedy", "where", "check", "id",
    ],
    rows: report.findings.enumerated().map { index, finding in
      [
        Table.Cell(index + 1), .text(finding.severity.rawValue), .text(finding.title),
        Table.Cell(stateWord(of: finding, in: report)), Table.Cell(finding.cost?.hours),
        Table.Cell(finding.cost?.money.amount), Table.Cell(finding.cost?.money.currency),
        .text(actorsText(finding)), .text(subjectNames(finding.subjects)), .text(finding.why),
        Table.Cell(finding.matters), Table.Cell(finding.example), .text(finding.remedy),
        .text(places(finding.evidence)), .text(finding.check), .text(finding.id),
      ]
    })
}

private func waivedTable(_ report: AuditReport) -> Table {
  Table(
    "accepted",
    columns: ["severity", "title", "reason", "accepted by", "until", "where", "check", "id"],
    rows: report.waived.map { waived in
      [
        .text(waived.finding.severity.rawValue), .text(waived.finding.title),
        .text(waived.waiver.reason), .text(waived.waiver.owner),
        Table.Cell(waived.waiver.expires?.description),
        .text(waived.waiver.location.description), .text(waived.finding.check),
        .text(waived.finding.id),
      ]
    })
}

private func fixedTable(_ comparison: BaselineComparison) -> Table {
  Table(
    "fixed", columns: ["severity", "title", "what became of it", "check", "id"],
    rows: comparison.fixed.map { entry in
      [
        .text(entry.severity.rawValue), .text(entry.title),
        .text(entry.isOutOfSight ? "its subject is no longer in the inventory" : "no longer found"),
        .text(entry.check), .text(entry.id),
      ]
    })
}

/// The rows of an assessment; what is unknown says why.
private func assessmentTable(_ table: AssessmentTable) -> Table {
  Table(
    table.id, columns: table.columns.map(headText) + ["where"],
    rows: table.rows.map { row in
      row.cells.map(tableCell) + [Table.Cell(places(row.evidence))]
    })
}

private func tableCell(_ cell: AssessmentTable.Cell) -> Table.Cell {
  switch cell {
  case .text(let text): Table.Cell(text)
  case .number(let number): Table.Cell(number)
  case .share(let share): Table.Cell(share)
  case .unknown(let reason): .text("unknown: \(reason)")
  }
}

/// What the tables of the assessments say, and what their columns mean.
private func legendTable(_ tables: [AssessmentTable]) -> Table {
  var rows: [[Table.Cell]] = []
  for table in tables {
    rows.append([.text(table.id), .text("summary"), .empty, .text(table.summary)])
    rows.append([.text(table.id), .text("formula"), .empty, .text(table.formula)])
    for column in table.columns {
      rows.append([
        .text(table.id), .text(headText(column)), Table.Cell(column.unit), .text(column.meaning),
      ])
    }
    for note in table.notes {
      rows.append([.text(table.id), .text("note"), .empty, .text(note)])
    }
  }
  return Table("legend", columns: ["table", "column", "unit", "meaning"], rows: rows)
}

private func completenessTable(_ report: AuditReport) -> Table {
  let fields = AuditField.allCases
  return Table(
    "completeness", columns: ["system", "known of seven"] + fields.map(\.rawValue),
    rows: report.completeness.systems.map { system in
      [.text(system.system.name), Table.Cell(system.known)]
        + fields.map { system.missing.contains($0) ? .gap : .text("known") }
    })
}

/// What the audit could and could not see: statements, what was not concluded, files not read whole, and
/// what formats cannot tell.
public func coverageTable(_ report: AuditReport) -> Table {
  var rows: [[Table.Cell]] = coverageSentences(report).map {
    [.text("statement"), .empty, .text($0)]
  }
  rows += report.remarks.map { [.text("not concluded"), .text($0.check), .text($0.text)] }
  rows += (report.coverage.files?.others ?? []).map { file in
    [
      .text(statusText(file.status)), .text(file.path),
      Table.Cell(file.reasons.joined(separator: "; ")),
    ]
  }
  rows += report.coverage.limits.map { limit in
    [
      .text("format cannot tell"), .text(subjectNames(limit.systems)), .text(limit.text),
    ]
  }
  return Table("coverage", columns: ["kind", "what", "in words"], rows: rows)
}

// MARK: Words

/// Whether a finding was there at an earlier audit; `nil` where none was given.
func stateWord(of finding: Finding, in report: AuditReport) -> String? {
  report.comparison.map { $0.isNew(finding) ? "new" : "still there" }
}

/// Names of subjects, the first twenty.
func subjectNames(_ subjects: [EntityReference]) -> String {
  let names = subjects.prefix(20).map(\.name)
  let rest = subjects.count > 20 ? ["and \(subjects.count - 20) more"] : []
  return (names + rest).joined(separator: "; ")
}

/// Places of evidence, the first ten.
func places(_ evidence: [Evidence]) -> String {
  let places = evidence.prefix(10).map(\.location.description)
  let rest = evidence.count > 10 ? ["and \(evidence.count - 10) more"] : []
  return (places + rest).joined(separator: "; ")
}
