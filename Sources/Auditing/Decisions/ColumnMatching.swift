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
  let text = trimmed(label)
  for (opening, closing) in [("(", ")"), ("[", "]")] as [(Character, Character)] {
    guard text.last == closing, let start = text.lastIndex(of: opening) else { continue }
    let unit = trimmed(String(text[text.index(after: start)...].dropLast()))
    // What stands in brackets is a unit only where it is as short as one.
    if !unit.isEmpty, unit.count <= 8 { return (trimmed(String(text[..<start])), unit) }
  }
  let parts = text.split(separator: " ")
  if parts.count >= 3, parts[parts.count - 2].lowercased() == "in", let last = parts.last,
    last.count == 3, last.allSatisfy({ $0.isUppercase })
  {
    return (parts.dropLast(2).joined(separator: " "), String(last))
  }
  return (text, "")
}

private func trimmed(_ text: String) -> String {
  var text = Substring(text)
  while let first = text.first, first.isWhitespace { text.removeFirst() }
  while let last = text.last, last.isWhitespace { text.removeLast() }
  return String(text)
}

/// Pairs of columns, one of each table, that mean the same input.
///
/// They share a key, and their units do not differ. Each column has at most one partner.
func matchingInputs(_ a: DecisionTable, _ b: DecisionTable) -> [(Int, Int)] {
  var pairs: [(Int, Int)] = []
  var taken: Set<Int> = []
  for (i, first) in a.inputs.enumerated() {
    let partner = b.inputs.indices.first { j in
      !taken.contains(j) && !first.keys.isDisjoint(with: b.inputs[j].keys)
        && unitsAgree(first.unit, b.inputs[j].unit)
    }
    if let partner {
      taken.insert(partner)
      pairs.append((i, partner))
    }
  }
  return pairs
}

private func unitsAgree(_ a: String, _ b: String) -> Bool {
  a.isEmpty || b.isEmpty || nameKey(a) == nameKey(b)
}

/// Output columns of two tables whose values can contradict each other.
struct OutputMatch {
  /// Column of the first table.
  let first: Int
  /// Column of the second table.
  let second: Int
  private let firstValues: Set<String>
  private let secondValues: Set<String>

  /// The pairs of output columns of two tables that can be compared: columns of one name, or columns
  /// that have a word in common among their values.
  static func all(_ a: DecisionTable, _ b: DecisionTable) -> [OutputMatch] {
    a.outputs.indices.flatMap { i in
      b.outputs.indices.compactMap { j in
        let match = OutputMatch(
          first: i, second: j, firstValues: values(of: a, i), secondValues: values(of: b, j))
        let shareName = !a.outputs[i].keys.isDisjoint(with: b.outputs[j].keys)
        let shareWord = !match.firstValues.isDisjoint(with: match.secondValues)
        let areWords = (match.firstValues.union(match.secondValues)).contains { Double($0) == nil }
        return shareName || (shareWord && areWords) ? match : nil
      }
    }
  }

  private static func values(of table: DecisionTable, _ column: Int) -> Set<String> {
    Set(table.rules.compactMap { $0.outputs.count > column ? folded($0.outputs[column]) : nil })
  }

  /// Whether two values contradict each other.
  ///
  /// Numbers and truth values do where they differ. Words do where they differ and one vocabulary
  /// has both, or where one of them approves, the other refuses or refers; else nothing is concluded.
  func contradict(_ a: String, _ b: String) -> Bool {
    let (a, b) = (folded(a), folded(b))
    if a == b || a.isEmpty || b.isEmpty { return false }
    if let first = Double(a), let second = Double(b) { return first != second }
    if Double(a) != nil || Double(b) != nil { return false }
    if firstValues.contains(b) || secondValues.contains(a) { return true }
    guard let first = Stance(a), let second = Stance(b) else { return false }
    return first != second
  }
}

/// What a word of a decision means for the case.
private enum Stance {
  case approves
  case refuses
  case refers

  init?(_ word: String) {
    let parts = Set(words(of: word))
    func has(_ stems: [String]) -> Bool {
      parts.contains { part in stems.contains { part.hasPrefix($0) } }
    }
    let negated = !parts.isDisjoint(with: ["not", "no", "non"])
    if has(["reject", "declin", "den", "refus", "ineligib", "block", "fail"]) || parts == ["no"]
      || parts == ["false"]
    {
      self = .refuses
    } else if has(["refer", "review", "manual", "escalat", "committee", "pending", "hold"]) {
      self = .refers
    } else if has(["approv", "accept", "grant", "automatic", "auto", "eligib", "pass", "allow"])
      || parts == ["yes"] || parts == ["true"] || parts == ["ok"]
    {
      self = negated ? .refuses : .approves
    } else {
      return nil
    }
  }
}
