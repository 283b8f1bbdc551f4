/// The teams of each variant for a terminal: people, hours, skills and expected utilisation.
///
/// Variants whose teams have the same figures share a table.
public func staffText(_ document: StaffDocument, style: TextStyle = .plain) -> String {
  var groups: [(names: [String], rows: [[String]])] = []
  for variant in document.variants {
    let rows = variant.teams.map(\.row)
    if let position = groups.firstIndex(where: { $0.rows == rows }) {
      groups[position].names.append(variant.name)
    } else {
      groups.append(([variant.name], rows))
    }
  }
  var text = ""
  for group in groups {
    text += style.strong("Teams of \(oneLine(group.names.joined(separator: ", ")))") + "\n"
    var table = TextTable(
      heads: ["team", "people", "hours a week", "capacity", "first week", "last week", "skills"],
      numbers: [1, 2, 3, 4, 5])
    for row in group.rows { table.add(row) }
    text += table.text(style)
  }
  text += style.quiet(
    "  capacity: hours times speed, overtime not counted; weeks: expected work over capacity\n")
  return text
}

extension StaffDocument.Team {
  fileprivate var row: [String] {
    let list = skills.prefix(6).map { "\($0.name) \($0.people)" }.joined(separator: ", ")
    return [
      name, "\(people)", numberText(hoursPerWeek, decimals: 1),
      numberText(capacityPerWeek, decimals: 1), share(firstWeekUtilisation),
      share(lastWeekUtilisation), list + (skills.count > 6 ? " …" : ""),
    ]
  }

  private func share(_ value: Double) -> String {
    value.isFinite ? "\(numberText(100 * value, decimals: 0)) %" : "no hours"
  }
}
