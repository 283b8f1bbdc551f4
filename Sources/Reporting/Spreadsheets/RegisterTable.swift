import Facts
public import Inventory

/// The systems of an estate as a register for their owners to complete: one row each with the fields that
/// the register reader knows, gaps marked.
///
/// `rehearse import` reads it back. The last two columns say what is missing in the row and which cells
/// stood there when it was written, so that only what somebody filled in or changed is a statement of
/// theirs.
/// - Parameters:
///   - estate: The estate.
///   - isWanted: Which systems get a row.
public func registerTable(
  _ estate: Estate, for isWanted: (AutomationSystem) -> Bool = { _ in true }
) -> Table {
  let plain = registerRows(estate, for: isWanted)
  return Table(
    "register", columns: plain.columns + [RegisterMarks.missingHeader, RegisterMarks.header],
    rows: plain.rows.map { row in
      let gaps = zip(plain.columns, row).filter { $0.1 == .gap }.map { $0.0.lowercased() }
      let marks = RegisterMarks(
        cells: zip(plain.columns, row).map { (header: $0.0, text: $0.1.text) })
      return row + [Table.Cell(gaps.joined(separator: ", ")), .text(marks.text)]
    })
}

/// The systems of an estate as CSV: one row each, with the columns of a register and unknown fields empty.
public func inventoryCSV(_ estate: Estate) -> String {
  registerRows(estate) { _ in true }.csv
}

private func registerRows(_ estate: Estate, for isWanted: (AutomationSystem) -> Bool) -> Table {
  let shared = sharedAliases(estate)
  let targets = Dictionary(
    grouping: estate.connections.filter {
      $0.source.kind == .system && [.system, .application].contains($0.target.kind)
        && $0.target != $0.source
    }
  ) { $0.source.key }
  return Table(
    "register",
    columns: [
      "System", "ID", "Aliases", "Kind", "Technology", "Purpose", "Owner", "Team",
      "Integrates with", "Failure rate", "Volume", "Human involvement", "Run time", "Status",
      "Criticality", "Created by", "Version", "Models",
    ],
    rows: estate.systems.filter(isWanted).map { system in
      var aliases = system.aliases.filter { !shared.contains(nameKey($0)) }
      let identifier = aliases.firstIndex(where: isGUID).map { aliases.remove(at: $0) }
      var seen: Set<String> = []
      let names = (targets[system.key] ?? []).map(\.target.name).filter {
        seen.insert($0).inserted
      }
      let integrations = names.isEmpty ? system.integrations.value : registerList(names)
      return [
        .text(system.name), Table.Cell(identifier), Table.Cell(registerList(aliases)),
        audited(system.kind.value?.rawValue), audited(system.technology.value),
        audited(system.purpose.value), audited(system.owner.value),
        Table.Cell(system.team.value), audited(integrations),
        audited(system.failureRate.value.map(writtenShare)),
        audited(system.volume.value.map(writtenFrequency)),
        audited(system.humanInvolvement.value),
        Table.Cell(system.runTime.value.map(writtenDuration)),
        Table.Cell(system.status.value?.rawValue), Table.Cell(system.criticality.value?.rawValue),
        Table.Cell(system.creator.value), Table.Cell(system.version.value),
        Table.Cell(registerList(system.models)),
      ]
    })
}

/// A field that every system should have.
private func audited(_ text: String?) -> Table.Cell {
  let cell = Table.Cell(text)
  return cell == .empty ? .gap : cell
}

/// Keys of names that more than one system goes by, which would tell a reader that those are one.
private func sharedAliases(_ estate: Estate) -> Set<String> {
  var owner: [String: String] = [:]
  var shared: Set<String> = []
  for system in estate.systems {
    for key in Set(([system.name] + system.aliases).map(nameKey)) {
      if owner.updateValue(system.key, forKey: key) != nil { shared.insert(key) }
    }
  }
  // A name in brackets tells systems apart that share the rest: it is that rest which they share.
  for system in estate.systems where system.name.hasSuffix(")") {
    guard let bracket = system.name.lastIndex(of: "(") else { continue }
    shared.insert(nameKey(String(system.name[..<bracket])))
  }
  return shared
}
