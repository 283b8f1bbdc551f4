import Facts
import Inventory
import ProcessModel

/// A sheet of cells in which rules may stand.
struct DroolsSheet {
  var name: String
  var rows: [[String]]
  /// Line of each row, where rows may go over several lines.
  var lines: [Int]?

  static func isTableMark(_ cell: String) -> Bool {
    cell.lowercased().hasPrefix("ruletable") && (cell.count == 9 || cell.dropFirst(9).first == " ")
  }

  func cell(_ row: Int, _ column: Int) -> String {
    guard rows.indices.contains(row), rows[row].indices.contains(column) else { return "" }
    return rows[row][column].trimmedOrNil ?? ""
  }

  func location(_ row: Int, path: String) -> SourceLocation {
    SourceLocation(
      path: path, line: lines.flatMap { $0.indices.contains(row) ? $0[row] : nil } ?? row + 1,
      element: name.isEmpty ? nil : name)
  }
}

/// Reads rules from a spreadsheet (Drools documentation, "Spreadsheet decision tables").
func readDroolsSpreadsheet(_ sheets: [DroolsSheet], path: String) -> FileReading {
  var reading = FileReading(path: path)
  var name: String?
  var isSequential = false
  // Without a second sheet that says otherwise, rules stand in the first that has a table.
  for sheet in sheets {
    for (index, row) in sheet.rows.enumerated() {
      for (column, cell) in row.enumerated() {
        switch cell.trimmedOrNil?.lowercased() {
        case "ruleset": name = name ?? sheet.cell(index, column + 1).trimmedOrNil
        case "sequential": isSequential = sheet.cell(index, column + 1).lowercased() == "true"
        default: break
        }
      }
    }
  }
  let whole = Evidence(.imported, SourceLocation(path: path))
  let system = name ?? nameOfDroolsFile(path)
  var rules = AutomationSystem(
    name: system,
    source: name == nil
      ? Evidence(.inferred, whole.location, note: "named after its file, which states no RuleSet")
      : whole)
  rules.kind.state(.rules, whole)
  rules.technology.state("Drools", whole)
  reading.fragment.systems = [rules]
  for sheet in sheets {
    for index in sheet.rows.indices {
      for column in sheet.rows[index].indices
      where DroolsSheet.isTableMark(sheet.rows[index][column].trimmedOrNil ?? "") {
        readTable(
          sheet, index, column, of: system, isSequential: isSequential, path: path, &reading)
      }
    }
  }
  return reading
}

private struct DroolsColumn {
  enum Kind {
    case condition
    case action
    case name
    case attribute
  }
  var index: Int
  var kind: Kind
  /// Type of fact that a condition is asked of.
  var object: String
  var template: String
  var label: String

  /// Sources: Drools documentation, "RuleTable entries": keywords, and their first letters.
  static func kind(_ keyword: String) -> Kind? {
    switch keyword.uppercased() {
    case "CONDITION", "C": .condition
    case "ACTION", "A": .action
    case "NAME", "N": .name
    case "PRIORITY", "P", "DURATION", "D", "TIMER", "T", "NO-LOOP", "U", "ACTIVATION-GROUP", "X",
      "AGENDA-GROUP", "G", "RULEFLOW-GROUP", "R", "AUTO-FOCUS", "F", "LOCK-ON-ACTIVE", "L",
      "METADATA", "@", "CALENDARS", "E", "DATE-EFFECTIVE", "V", "DATE-EXPIRES", "Z", "ENABLED", "B",
      "DESCRIPTION", "I", "SALIENCE":
      .attribute
    default: nil
    }
  }
}

private func readTable(
  _ sheet: DroolsSheet, _ start: Int, _ first: Int, of system: String, isSequential: Bool,
  path: String, _ reading: inout FileReading
) {
  let mark = sheet.cell(start, first)
  let shown = String(mark.dropFirst(9)).trimmedOrNil ?? "RuleTable"
  var columns: [DroolsColumn] = []
  let width = min(sheet.rows.indices.contains(start + 1) ? sheet.rows[start + 1].count : 0, 1000)
  var object = ""
  for index in first..<max(first, width) {
    let keyword = sheet.cell(start + 1, index)
    guard let kind = DroolsColumn.kind(keyword) else {
      if !keyword.isEmpty {
        reading.note(
          .medium,
          "the column '\(keyword.prefix(40))' of table '\(shown)' is neither CONDITION nor ACTION nor"
            + " an attribute, and was left out", at: sheet.location(start + 1, path: path))
      }
      continue
    }
    // One cell over several columns names the fact of all of them.
    let own = sheet.cell(start + 2, index)
    if kind == .condition, !own.isEmpty { object = own }
    columns.append(
      DroolsColumn(
        index: index, kind: kind, object: kind == .condition ? object : own,
        template: sheet.cell(start + 3, index), label: sheet.cell(start + 4, index)))
  }
  let conditions = columns.filter { $0.kind == .condition }
  let actions = columns.filter { $0.kind == .action }
  guard !conditions.isEmpty || !actions.isEmpty else {
    reading.note(
      .medium,
      "the table '\(shown)' has no row of CONDITION and ACTION under its name, so that it is not read",
      at: sheet.location(start, path: path))
    return
  }
  // Where a column ranks the rules, or lets only one of a group act, their order is not concluded.
  let ranking: Set<String> = ["PRIORITY", "P", "SALIENCE", "ACTIVATION-GROUP", "X", "TIMER", "T"]
  let isRanked = columns.contains {
    $0.kind == .attribute && ranking.contains(sheet.cell(start + 1, $0.index).uppercased())
  }
  var rules: [DecisionTable.Rule] = []
  var steps: Set<String> = Set(reading.fragment.steps.map(\.id))
  var row = start + 5
  while row < sheet.rows.count {
    // The first empty row ends a table, and so does the next one's mark.
    let cells = columns.map { sheet.cell(row, $0.index) }
    if cells.allSatisfy(\.isEmpty) || sheet.rows[row].contains(where: DroolsSheet.isTableMark) {
      break
    }
    let named = columns.first { $0.kind == .name }.map { sheet.cell(row, $0.index) }
    var id = named?.trimmedOrNil ?? "\(shown)_\(row + 1)"
    if !steps.insert(id).inserted {
      id = "\(id) (row \(row + 1))"
      steps.insert(id)
    }
    let location = sheet.location(row, path: path)
    reading.fragment.steps.append(
      Step(
        system: system, id: id, name: id, kind: .decision, evidence: Evidence(.imported, location)))
    rules.append(
      DecisionTable.Rule(
        id: id, tests: conditions.map { test(sheet.cell(row, $0.index), $0.template) },
        outputs: actions.map { sheet.cell(row, $0.index) }, salience: isRanked ? nil : 0,
        location: location))
    row += 1
  }
  addFacts(conditions, of: system, at: sheet.location(start + 2, path: path), &reading)
  reading.fragment.decisions.append(
    EstateDecision(
      system: system,
      table: DecisionTable(
        id: shown, name: shown, hitPolicy: isSequential ? .ruleOrder : .collect,
        actsInTurn: isSequential ? nil : true,
        inputs: conditions.map {
          DecisionTable.Column(
            name: field($0.template) ?? ($0.template.isEmpty ? $0.object : $0.template),
            label: $0.label.trimmedOrNil)
        },
        outputs: actions.map {
          DecisionTable.Column(
            name: $0.template.isEmpty ? $0.label : $0.template, label: $0.label.trimmedOrNil)
        }, rules: rules, location: sheet.location(start, path: path))))
}

private func addFacts(
  _ conditions: [DroolsColumn], of system: String, at location: SourceLocation,
  _ reading: inout FileReading
) {
  for column in conditions {
    // `$p : Person` or `Person()`.
    let written = column.object.split(separator: ":").last.map(String.init) ?? ""
    let type = written.drop(while: \.isWhitespace).prefix {
      $0.isLetter || $0.isNumber || $0 == "_"
    }
    guard type.first?.isUppercase == true else { continue }
    let isKnown = reading.fragment.connections.contains { $0.target.name == type }
    guard !isKnown else { continue }
    reading.fragment.connections.append(
      Connection(
        .reads, from: EntityReference(.system, system), to: EntityReference(.data, String(type)),
        channel: .internalCall, action: "match", data: [String(type)],
        evidence: Evidence(.imported, location)))
  }
}

/// The field that a template asks for.
private func field(_ template: String) -> String? {
  let name = template.prefix { $0.isLetter || $0.isNumber || "_.".contains($0) }
  return name.isEmpty ? nil : String(name)
}

/// The test that a cell means, once its template is filled.
private func test(_ cell: String, _ template: String) -> UnaryTest {
  guard !cell.isEmpty else { return .any }
  let name = field(template) ?? ""
  let rest = template.dropFirst(name.count).trimmed
  if !name.isEmpty, rest.isEmpty { return UnaryTest(feel: literal(cell)) }
  let parameters = ["$param", "$1"]
  for sign in ["==", "!=", "<=", ">=", "<", ">"] where rest.hasPrefix(sign) {
    let value = rest.dropFirst(sign.count).trimmed
    if value.isEmpty || parameters.contains(value) {
      return UnaryTest(feel: "\(sign) \(literal(cell))")
    }
    if parameters.contains(where: { value == "\"\($0)\"" || value == "'\($0)'" }) {
      return UnaryTest(feel: "\(sign) \"\(cell)\"")
    }
    break
  }
  var filled = template
  for (index, value) in cell.split(separator: ",").enumerated() {
    filled = filled.replacing("$\(index + 1)", with: value.drop(while: \.isWhitespace))
  }
  return .opaque(filled.replacing("$param", with: cell))
}

/// A cell as a literal: numbers, truth values and quoted texts stay, all else is a text.
private func literal(_ cell: String) -> String {
  if Double(cell) != nil || ["true", "false", "null"].contains(cell.lowercased()) {
    return cell.lowercased()
  }
  return cell.hasPrefix("\"") || cell.contains("(") || cell.contains(".") ? cell : "\"\(cell)\""
}
