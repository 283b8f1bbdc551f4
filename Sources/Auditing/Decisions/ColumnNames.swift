import Facts
import Inventory
import ProcessModel

extension DecisionTable.Column {
  /// The keys under which the column is found again in another table: those of its expression, of
  /// the last part of a dotted expression, and of its label without unit.
  var keys: Set<String> {
    let last = name.split(separator: ".").last.map(String.init) ?? name
    let spellings = [name, last, label.map { splitUnit($0).name } ?? ""]
    return Set(spellings.map(nameKey).filter { !$0.isEmpty })
  }

  /// What it is called, for people: its label, else its expression, in small letters, without unit.
  var shownName: String {
    let text = label.map { splitUnit($0).name } ?? ""
    if text.isEmpty { return name }
    guard let first = text.first, text.dropFirst().first?.isUppercase != true else { return text }
    return first.lowercased() + text.dropFirst()
  }

  /// The unit its label or name ends with, in brackets or after "in"; empty for none.
  var unit: String {
    let fromLabel = label.map { splitUnit($0).unit } ?? ""
    return fromLabel.isEmpty ? splitUnit(name).unit : fromLabel
  }
}

/// A label and the unit it ends with: `Amount (EUR)`, `Amount [EUR]`, `Amount in EUR`.
func splitUnit(_ label: String) -> (name: String, unit: String) {
  let text = label.trimmed
  for (opening, closing) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
    guard text.last == closing, let start = text.lastIndex(of: opening) else { continue }
    let unit = text[text.index(after: start)...].dropLast().trimmed
    // What stands in brackets is a unit only where it is as short as one.
    if !unit.isEmpty, unit.count <= 8 { return (text[..<start].trimmed, unit) }
  }
  let parts = text.split(separator: " ")
  if parts.count >= 3, parts[parts.count - 2].lowercased() == "in", let last = parts.last,
    last.count == 3, last.allSatisfy({ $0.isUppercase })
  {
    return (parts.dropLast(2).joined(separator: " "), String(last))
  }
  return (text, "")
}
