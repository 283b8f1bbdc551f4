public import Auditing
import Facts
import Inventory

/// What is to be done, by whom: a row for each finding and each who is to act, ordered as the findings
/// are; findings that fall to nobody known have a row without a name.
public func workListTable(_ report: AuditReport) -> Table {
  Table("work", columns: workColumns, rows: workItems(report).map(\.cells))
}

/// The same, a table for each who is to act, in the order of names; the last, `nobody-known`, holds what
/// falls to nobody known.
///
/// - Returns: tables whose names are safe as names of files, and no two are the same.
public func workLists(_ report: AuditReport) -> [Table] {
  var rows: [String: [[Table.Cell]]] = [:]
  var names: [String: String] = [:]
  for item in workItems(report) {
    let key = item.actor.map { nameKey($0.name) } ?? ""
    rows[key, default: []].append(item.cells)
    names[key] = names[key] ?? item.actor?.name
  }
  var used: Set<String> = ["index", "nobody-known", "coverage"]
  var lists: [Table] = []
  for key in rows.keys.sorted() {
    let isNobody = names[key] == nil
    var name = isNobody ? "nobody-known" : fileName(names[key] ?? "")
    if !isNobody {
      let stem = name
      var count = 1
      while !used.insert(name).inserted {
        count += 1
        name = "\(stem)-\(count)"
      }
    }
    lists.append(Table(name, columns: workColumns, rows: rows[key] ?? []))
  }
  return lists.filter { $0.name != "nobody-known" } + lists.filter { $0.name == "nobody-known" }
}

/// What the lists are of: a row each, with who it is for and how much it holds.
public func workListIndex(_ lists: [Table]) -> Table {
  Table(
    "index",
    columns: ["file", "for", "findings", "critical", "high", "hours a month"],
    rows: lists.map { list in
      func count(_ severity: Severity) -> Int {
        list.rows.count { $0[3] == .text(severity.rawValue) }
      }
      let hours = list.rows.compactMap { row -> Double? in
        if case .number(let hours) = row[7] { hours } else { nil }
      }
      return [
        .text("\(list.name).csv"), list.rows.first?[0] ?? .empty, Table.Cell(list.rows.count),
        Table.Cell(count(.critical)), Table.Cell(count(.high)),
        hours.isEmpty ? .empty : .number(hours.reduce(0, +)),
      ]
    })
}

private let workColumns = [
  "for", "known as", "their part", "severity", "finding", "state", "what to do", "hours a month",
  "cost a month", "currency", "why", "it matters", "where", "number", "check", "id",
]

private func workItems(
  _ report: AuditReport
) -> [(actor: Finding.Actor?, cells: [Table.Cell])] {
  report.findings.enumerated().flatMap { index, finding in
    let actors: [Finding.Actor?] = finding.actors.isEmpty ? [nil] : finding.actors
    return actors.map { actor in
      let cells: [Table.Cell] = [
        Table.Cell(actor?.name), Table.Cell(actor?.role.rawValue),
        Table.Cell(subjectNames(actor?.subjects ?? finding.subjects)),
        .text(finding.severity.rawValue), .text(finding.title),
        Table.Cell(stateWord(of: finding, in: report)), .text(finding.remedy),
        Table.Cell(finding.cost?.hours), Table.Cell(finding.cost?.money.amount),
        Table.Cell(finding.cost?.money.currency), .text(finding.why), Table.Cell(finding.matters),
        .text(places(finding.evidence)), Table.Cell(index + 1), .text(finding.check),
        .text(finding.id),
      ]
      return (actor, cells)
    }
  }
}

/// A name as a file may be called on any system: small letters, digits and hyphens.
private func fileName(_ name: String) -> String {
  var text = ""
  for character in name.lowercased() {
    if character.isLetter || character.isNumber {
      text.append(character)
    } else if !text.hasSuffix("-"), !text.isEmpty {
      text.append("-")
    }
  }
  while text.hasSuffix("-") { text.removeLast() }
  // Names of devices on Windows cannot be names of files.
  let devices: Set = ["con", "prn", "aux", "nul"]
  let isDevice =
    devices.contains(text)
    || (text.count == 4 && (text.hasPrefix("com") || text.hasPrefix("lpt"))
      && text.last?.isNumber == true)
  let kept = String(text.prefix(60))
  return kept.isEmpty ? "unnamed" : isDevice ? kept + "-" : kept
}
