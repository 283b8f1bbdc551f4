package import Facts
public import Inventory

/// The systems of an estate for a terminal, one line each; what is not known reads `?`.
public func inventoryText(_ estate: Estate, style: TextStyle = .plain) -> String {
  var table = TextTable(
    heads: [
      "system", "kind", "technology", "owner", "team", "volume", "fails", "run time", "status",
    ],
    indent: "")
  for system in estate.systems {
    table.add([
      system.name, system.kind.value?.rawValue ?? "?", system.technology.value ?? "?",
      system.owner.value ?? "?", system.team.value ?? "?",
      system.volume.value.map(frequencyText) ?? "?",
      system.failureRate.value.map { precisePercent($0.value) } ?? "?",
      system.runTime.value.map(writtenDuration) ?? "?",
      system.status.value?.rawValue ?? "?",
    ])
  }
  let ghosts = estate.ghosts
  var text = estate.systems.isEmpty ? "" : table.text(style) + "\n"
  text +=
    "\(plural(estate.systems.count, "system")), "
    + "\(plural(estate.applications.count, "application")), \(plural(estate.teams.count, "team")), "
    + "\(plural(estate.connections.count, "connection"))."
  if !ghosts.isEmpty {
    text +=
      " Named but nowhere described: \(ghosts.map { oneLine($0.name) }.joined(separator: ", "))."
  }
  return text + "\n"
}

/// One system with the evidence of every fact; facts that lost a disagreement stand below the winner.
public func systemText(
  _ system: AutomationSystem, of estate: Estate, style: TextStyle = .plain
) -> String {
  var text = style.strong(oneLine(system.name)) + "\n"
  if !system.aliases.isEmpty {
    text += wrapped("also: \(system.aliases.joined(separator: ", "))", indent: "  ")
  }
  var table = TextTable(heads: [])
  func add<Value>(_ name: String, _ field: Field<Value>, _ shown: (Value) -> String) {
    guard !field.facts.isEmpty else {
      table.add([name, "?", "not known", ""], dress: style.quiet)
      return
    }
    for (index, fact) in field.facts.enumerated() {
      let differs = index > 0 && fact.value != field.value
      let note = fact.evidence.note.map { " (\($0))" } ?? ""
      let dress: (String) -> String =
        if differs { style.accent } else if index > 0 { style.quiet } else { { $0 } }
      table.add(
        [
          index == 0 ? name : "", (differs ? "≠ " : "") + shown(fact.value),
          fact.evidence.provenance.rawValue, fact.evidence.location.description + note,
        ], dress: dress)
    }
  }
  add("kind", system.kind) { $0.rawValue }
  add("technology", system.technology) { $0 }
  add("purpose", system.purpose) { $0 }
  add("owner", system.owner) { $0 }
  add("team", system.team) { $0 }
  add("integrates with", system.integrations) { $0 }
  add("fails", system.failureRate) { precisePercent($0.value) }
  add("volume", system.volume, frequencyText)
  add("run time", system.runTime, writtenDuration)
  add("people step in", system.humanInvolvement) { $0 }
  add("status", system.status) { $0.rawValue }
  add("criticality", system.criticality) { $0.rawValue }
  add("version", system.version) { $0 }
  text += table.text(style)
  let connections = estate.connections.filter {
    $0.source.key == system.key && $0.source.kind == .system
      || $0.target.key == system.key && $0.target.kind == .system
  }
  if !connections.isEmpty {
    text += "\n" + style.strong("Connections") + "\n"
    var lines = TextTable(heads: [])
    for connection in connections {
      lines.add([
        connection.source.name, connection.kind.rawValue, connection.target.name,
        connection.action ?? "", connection.evidence.first?.location.description ?? "",
      ])
    }
    text += lines.text(style)
  }
  for unknown in system.unknowns { text += wrapped("not read: \(unknown)", indent: "  ") }
  return text
}

package func frequencyText(_ frequency: Frequency) -> String {
  "\(plainText(frequency.count)) a \(frequency.period.rawValue)"
}

/// A stated share in per cent, with as many decimals as it needs, at most two.
package func precisePercent(_ share: Double) -> String {
  let value = 100 * share
  let decimals =
    [(0, 1.0), (1, 10)].first { (value * $0.1 - (value * $0.1).rounded()).magnitude < 1e-6 }?.0 ?? 2
  return "\(numberText(value, decimals: decimals)) %"
}
