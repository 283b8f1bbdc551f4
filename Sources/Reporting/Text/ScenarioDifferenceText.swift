internal import Facts
public import Scenarios

/// What the inventory changed against a scenario, and what the scenario keeps, for a terminal.
public func scenarioDifferenceText(_ merge: ScenarioMerge, style: TextStyle = .plain) -> String {
  var text = ""
  for kind in ScenarioDifference.Kind.allCases {
    let members = (merge.differences + merge.kept).filter { $0.kind == kind }
    guard !members.isEmpty else { continue }
    text += style.strong("\(heading(kind)): \(members.count)") + "\n"
    for member in members { text += lines(of: member) }
  }
  return text
}

private func heading(_ kind: ScenarioDifference.Kind) -> String {
  switch kind {
  case .changed: "The inventory says something else"
  case .added: "The inventory says something new"
  case .removed: "The inventory no longer says it"
  case .contested: "The inventory says something else, and so do you; yours stays"
  case .evidence: "The same value on other evidence"
  case .yours: "Yours, kept"
  }
}

private func lines(of difference: ScenarioDifference) -> String {
  let place = difference.location.map { " (\($0.path):\($0.line ?? 0))" } ?? ""
  var text = "  \(oneLine(difference.path))\(place)\n"
  func add(_ label: String, _ value: String) {
    text += wrapped(
      value.isEmpty ? "nothing" : value, width: 110, indent: "    \(label)",
      next: String(repeating: " ", count: 4 + label.count))
  }
  switch difference.kind {
  case .evidence: break
  case .yours:
    add("made: ", difference.before ?? "")
    add("yours: ", difference.yours ?? "")
    return text
  case .contested:
    add("made: ", difference.before ?? "")
    add("yours: ", difference.yours ?? "")
    add("now: ", difference.now ?? "")
  case .changed, .added, .removed:
    add("was: ", difference.yours ?? "")
    add("now: ", difference.now ?? "")
  }
  if let evidence = difference.evidence { add("evidence: ", evidence) }
  return text
}
