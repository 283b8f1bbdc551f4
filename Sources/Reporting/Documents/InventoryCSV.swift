import Facts
public import Inventory

/// The systems of an estate as a register in CSV (RFC 4180): one line each, unknown fields empty.
///
/// The columns are those that `rehearse import` reads from a register.
public func inventoryCSV(_ estate: Estate) -> String {
  var lines = [
    [
      "System", "Kind", "Technology", "Purpose", "Owner", "Team", "Status", "Criticality",
      "Integrates with", "Failure rate", "Volume", "Human involvement",
    ]
  ]
  for system in estate.systems {
    let targets = estate.connections
      .filter { $0.source == EntityReference(.system, system.name) }
      .map(\.target.name)
    var seen: Set<String> = []
    let integrations = targets.filter { seen.insert($0).inserted }.joined(separator: "; ")
    lines.append([
      system.name, system.kind.value?.rawValue ?? "", system.technology.value ?? "",
      system.purpose.value ?? "", system.owner.value ?? "", system.team.value ?? "",
      system.status.value?.rawValue ?? "", system.criticality.value?.rawValue ?? "",
      integrations.isEmpty ? system.integrations.value ?? "" : integrations,
      system.failureRate.value.map { "\($0.value * 100) %" } ?? "",
      system.volume.value.map { "\($0.count) per \($0.period.rawValue)" } ?? "",
      system.humanInvolvement.value ?? "",
    ])
  }
  return lines.map { $0.map(csvField).joined(separator: ",") + "\r\n" }.joined()
}

/// A field as RFC 4180 wants it; one that a spreadsheet would take for a formula is led by an apostrophe.
private func csvField(_ text: String) -> String {
  let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
  let safe = isFormula ? "'" + text : text
  guard safe.contains(where: { ",\"\r\n;".contains($0) }) else { return safe }
  return "\"" + safe.replacing("\"", with: "\"\"") + "\""
}
