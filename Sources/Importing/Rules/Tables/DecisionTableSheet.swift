import DocumentReading
import Facts
import Inventory
import ProcessModel

extension ImportFormat {
  /// Decision tables that somebody keeps in a spreadsheet, as CSV or Excel.
  static let decisionTable = ImportFormat(
    id: "decision-table", title: "Decision table",
    isFormat: { file in decisionSheets(in: file).contains { $0.header != nil } },
    readFile: { file throws(DocumentError) in
      var reading = FileReading(path: file.path)
      let sheets = decisionSheets(in: file).filter { $0.header != nil }
      for sheet in sheets {
        let name = sheets.count > 1 && !sheet.name.isEmpty ? sheet.name : stem(of: file.name)
        sheet.read(named: name, path: file.path, into: &reading)
      }
      return reading
    })
}

/// A sheet whose header says which columns are conditions and which are results.
///
/// Either each header begins with a word such as `if:`, `input` or `condition`, or `then:`, `output` or
/// `action`; or a row of such words alone stands above the headers. The first cell may name the hit
/// policy of the table by its letter, as in DMN (chapter 8.2.8).
private struct DecisionSheet {
  enum Role: Hashable {
    case condition
    case result
    case remark
  }

  struct Header {
    /// Index of the first row below the header.
    var firstRule: Int
    var roles: [Int: Role]
    var names: [Int: String]
    var hitPolicy: DecisionTable.HitPolicy?
  }

  var name: String
  var rows: [[String]]
  var lines: [Int]
  private(set) var header: Header?

  init(name: String, rows: [[String]], lines: [Int]) {
    self.name = name
    self.rows = rows
    self.lines = lines
    header = Self.header(rows)
  }

  private static let marks: [(Role, [String])] = [
    (.condition, ["input", "in", "if", "when", "condition", "wenn", "bedingung"]),
    (.result, ["output", "out", "then", "action", "result", "dann", "ergebnis"]),
    (
      .remark,
      ["annotation", "comment", "remark", "description", "bemerkung", "rule", "#", "no", "nr"]
    ),
  ]

  /// The role that a header's first word gives it, and the rest of the header.
  private static func role(_ cell: String) -> (role: Role, rest: String)? {
    guard let text = cell.trimmedOrNil else { return nil }
    let word = text.prefix { $0.isLetter || $0 == "#" }.lowercased()
    for (role, words) in marks where words.contains(word) {
      let rest = text.dropFirst(word.count).drop { " :-_.)(".contains($0) || $0.isNumber }
      // `inventory` and `input costs` without a colon are plain headers, as `input` alone is not.
      let next = text.dropFirst(word.count).first
      guard role == .remark || next == nil || next == ":" || rest.isEmpty || next == "(" else {
        return nil
      }
      return (role, String(rest).filter { $0 != ")" }.trimmedOrNil ?? "")
    }
    return nil
  }

  private static func header(_ rows: [[String]]) -> Header? {
    var index = 0
    var policy: DecisionTable.HitPolicy?
    // A line `Hit policy, First` may stand above.
    while index < min(rows.count, 5) {
      let cells = rows[index].compactMap(\.trimmedOrNil)
      if cells.isEmpty {
        index += 1
      } else if cells.count <= 2, cells[0].lowercased().hasPrefix("hit policy") {
        let written = cells.count > 1 ? cells[1] : String(cells[0].dropFirst(10))
        policy = hitPolicy(written.filter { $0 != ":" }.trimmedOrNil ?? "")
        index += 1
      } else {
        break
      }
    }
    guard index < rows.count else { return nil }
    var roles: [Int: Role] = [:]
    var names: [Int: String] = [:]
    for (column, cell) in rows[index].enumerated() where cell.trimmedOrNil != nil {
      if column == 0, policy == nil, let letter = hitPolicy(cell.trimmedOrNil ?? ""),
        cell.count < 12
      {
        policy = letter
        roles[column] = .remark
        continue
      }
      guard let (role, rest) = role(cell) else { return nil }
      roles[column] = role
      names[column] = rest
    }
    guard Set(roles.values).isSuperset(of: [.condition, .result]) else { return nil }
    let isUnnamed = roles.allSatisfy { $0.value == .remark || names[$0.key] == "" }
    guard isUnnamed else {
      return Header(firstRule: index + 1, roles: roles, names: names, hitPolicy: policy)
    }
    // Marks alone: the names stand in the next row.
    guard index + 1 < rows.count else { return nil }
    for column in roles.keys where rows[index + 1].indices.contains(column) {
      names[column] = rows[index + 1][column].trimmedOrNil ?? ""
    }
    let isNamed = roles.allSatisfy { $0.value == .remark || names[$0.key]?.isEmpty == false }
    return isNamed
      ? Header(firstRule: index + 2, roles: roles, names: names, hitPolicy: policy) : nil
  }

  private static func hitPolicy(_ text: String) -> DecisionTable.HitPolicy? {
    switch text.uppercased() {
    case "U", "UNIQUE": .unique
    case "A", "ANY": .any
    case "P", "PRIORITY": .priority
    case "F", "FIRST": .first
    case "R", "RULE ORDER": .ruleOrder
    case "O", "OUTPUT ORDER": .outputOrder
    case "C", "COLLECT", "C+", "C<", "C>", "C#": .collect
    default: nil
    }
  }

  func read(named name: String, path: String, into reading: inout FileReading) {
    guard let header else { return }
    func place(_ row: Int) -> SourceLocation {
      SourceLocation(
        path: path, line: lines.indices.contains(row) ? lines[row] : row + 1,
        element: self.name.isEmpty ? nil : self.name)
    }
    let top = place(header.firstRule - 1)
    let inputs = header.roles.filter { $0.value == .condition }.map(\.key).sorted()
    let outputs = header.roles.filter { $0.value == .result }.map(\.key).sorted()
    var system = AutomationSystem(
      name: name, source: Evidence(.inferred, top, note: "named after its file or sheet"))
    system.kind.state(.rules, Evidence(.imported, top))
    system.unknowns = ["What decides by this table is not in a spreadsheet."]
    var rules: [DecisionTable.Rule] = []
    for row in rows.indices.dropFirst(header.firstRule) {
      func cell(_ column: Int) -> String {
        rows[row].indices.contains(column) ? rows[row][column].trimmedOrNil ?? "" : ""
      }
      guard (inputs + outputs).contains(where: { !cell($0).isEmpty }) else { continue }
      let id = "rule \(rules.count + 1)"
      reading.fragment.steps.append(
        Step(
          system: name, id: id, name: "\(name): \(id)", kind: .decision,
          evidence: Evidence(.imported, place(row))))
      rules.append(
        DecisionTable.Rule(
          id: id, tests: inputs.map { test(cell($0)) }, outputs: outputs.map(cell),
          location: place(row)))
    }
    if rules.isEmpty {
      reading.note(.medium, "the table '\(name)' has a header and no rules", at: top)
    }
    if header.hitPolicy == nil {
      reading.note(
        .low,
        "the table '\(name)' states no hit policy, so that it is taken for one in which one rule"
          + " applies; write its letter into the first cell of the header", at: top)
    }
    reading.fragment.systems.append(system)
    reading.fragment.decisions.append(
      EstateDecision(
        system: name,
        table: DecisionTable(
          id: name, name: name, hitPolicy: header.hitPolicy ?? .unique,
          inputs: inputs.map { DecisionTable.Column(name: header.names[$0] ?? "") },
          outputs: outputs.map { DecisionTable.Column(name: header.names[$0] ?? "") }, rules: rules,
          location: top)))
  }

  /// The test that a cell means: FEEL where it is written so, else a text to be equal to.
  private func test(_ cell: String) -> UnaryTest {
    if cell.isEmpty || ["-", "*", "any", "beliebig"].contains(cell.lowercased()) { return .any }
    let isFEEL =
      Double(cell) != nil || ["true", "false", "null"].contains(cell.lowercased())
      || ["<", ">", "=", "!", "[", "(", "]", "\""].contains(String(cell.prefix(1)))
      || cell.contains("..") || cell.hasPrefix("not(")
    return UnaryTest(feel: isFEEL ? cell : "\"\(cell)\"")
  }
}

/// The sheets of a file that may be decision tables: the first lines decide, so that large tables of
/// other kinds are not read whole.
private func decisionSheets(in file: CandidateFile) -> [DecisionSheet] {
  if isWorkbook(file.bytes) {
    return ((try? file.workbook())?.sheets ?? []).map {
      DecisionSheet(name: $0.name, rows: $0.rows, lines: [])
    }
  }
  guard let row = csvHeader(file) ?? firstRow(file), !row.fields.isEmpty,
    let start = try? rows(Array(file.bytes.prefix(16 << 10)), file, limit: 6),
    DecisionSheet(name: "", rows: start.map(\.fields), lines: []).header != nil,
    let all = try? rows(file.bytes, file, limit: 100_000)
  else { return [] }
  return [DecisionSheet(name: "", rows: all.map(\.fields), lines: all.map(\.line))]
}

/// The first record of a text with two columns or more.
private func firstRow(_ file: CandidateFile) -> CSVRow? {
  guard pathExtension(of: file.name) == "csv",
    var reader = try? CSVReader(Array(file.bytes.prefix(16 << 10)), path: file.path),
    let row = try? reader.next(), row.fields.count >= 2
  else { return nil }
  return row
}

private func rows(
  _ bytes: [UInt8], _ file: CandidateFile, limit: Int
) throws(DocumentError) -> [CSVRow] {
  var reader = try CSVReader(bytes, path: file.path, limits: file.limits)
  var found: [CSVRow] = []
  while found.count < limit, let row = try reader.next() { found.append(row) }
  return found
}
