import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Rules of Drools: the rule language, and decision tables in spreadsheets.
  static let drools = ImportFormat(
    id: "drools", title: "Drools rules",
    isFormat: { file in DroolsFormat.kind(of: file) != nil },
    readFile: { file throws(DocumentError) in
      switch DroolsFormat.kind(of: file) {
      case .workbook:
        let sheets = try file.workbook().sheets.map {
          DroolsSheet(name: $0.name, rows: $0.rows, lines: nil)
        }
        return readDroolsSpreadsheet(sheets, path: file.path)
      case .commaSeparated:
        return readDroolsSpreadsheet(
          [try DroolsFormat.sheet(of: file)], path: file.path)
      case .binary: return DroolsFormat.binary(file)
      case .language, nil:
        let text = try decodeText(file.bytes, path: file.path)
        return DroolsRules(DroolsFile(text), path: file.path).reading()
      }
    })
}

private enum DroolsFormat {
  case language
  case workbook
  case commaSeparated
  case binary

  static func kind(of file: CandidateFile) -> DroolsFormat? {
    let bytes = file.bytes
    // Compound files of Microsoft begin so ([MS-CFB] 2.2); their texts are one byte a character.
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      return file.contains("RuleTable") ? .binary : nil
    }
    if isZipArchive(bytes) {
      guard isOfficeDocument(bytes), let workbook = try? file.workbook() else { return nil }
      let isTable = workbook.sheets.contains { sheet in
        sheet.rows.contains { $0.contains(where: DroolsSheet.isTableMark) }
      }
      return isTable ? .workbook : nil
    }
    guard file.firstByte != UInt8(ascii: "<"), file.firstByte != UInt8(ascii: "{") else {
      return nil
    }
    if file.contains("RuleTable"), let sheet = try? sheet(of: file) {
      return sheet.rows.contains { $0.contains(where: DroolsSheet.isTableMark) }
        ? .commaSeparated : nil
    }
    let hasRules =
      (file.contains("rule") && file.contains("then") || file.contains("query")
        || file.contains("declare")) && file.contains("end") || file.contains("global ")
    guard hasRules, bytes.count < 64 << 20 else { return nil }
    // Texts of other kinds have these words too: their beginning shows that they are no rules.
    let beginning = 32 << 10
    guard let start = rules(Array(bytes.prefix(beginning)), file.path) else { return nil }
    if saysSomething(start) { return .language }
    guard bytes.count > beginning, let whole = rules(bytes, file.path) else { return nil }
    return saysSomething(whole) ? .language : nil
  }

  private static func rules(_ bytes: [UInt8], _ path: String) -> DroolsFile? {
    guard let text = try? decodeText(bytes, path: path) else { return nil }
    let file = DroolsFile(text)
    return file.isForeign ? nil : file
  }

  private static func saysSomething(_ file: DroolsFile) -> Bool {
    let isNamed = file.package != nil || file.unit != nil
    return !file.rules.isEmpty || !file.globals.isEmpty
      || isNamed && !(file.queries.isEmpty && file.types.isEmpty && file.functions.isEmpty)
  }

  static func sheet(of file: CandidateFile) throws(DocumentError) -> DroolsSheet {
    var reader = try CSVReader(file.bytes, path: file.path, limits: file.limits)
    var sheet = DroolsSheet(name: "", rows: [], lines: [])
    while let row = try reader.next() {
      sheet.rows.append(row.fields)
      sheet.lines?.append(row.line)
    }
    return sheet
  }

  static func binary(_ file: CandidateFile) -> FileReading {
    var reading = FileReading(path: file.path)
    let evidence = Evidence(
      .inferred, file.location, note: "named after its file, whose content is not read")
    var system = AutomationSystem(name: nameOfDroolsFile(file.path), source: evidence)
    system.kind.state(.rules, Evidence(.imported, file.location))
    system.technology.state("Drools", Evidence(.imported, file.location))
    system.unknowns = ["Its rules are in a binary workbook, which is not read."]
    reading.fragment.systems = [system]
    reading.isPartial = true
    reading.note(
      .medium,
      "the decision table is a binary workbook (.xls), which is not read; save it as .xlsx or .csv and"
        + " import that", at: file.location)
    return reading
  }
}

/// A name for rules from their file: `visa-rules.drl.xls` is `visa-rules`.
func nameOfDroolsFile(_ path: String) -> String {
  let file = stem(of: lastComponent(of: path))
  return file.lowercased().hasSuffix(".drl") ? stem(of: file) : file
}
