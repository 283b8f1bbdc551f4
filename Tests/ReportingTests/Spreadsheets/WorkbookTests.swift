import Facts
import Foundation
import Inventory
import Testing

@testable import Reporting

@Suite("Tables of the inventory") struct WorkbookTests {
  private let names = [
    "systems", "steps", "connections", "applications", "teams", "touch_points", "triggers",
    "permissions", "credentials", "problems",
  ]

  private var tables: [Table] {
    inventoryTables(
      SampleEstate.estate, problems: SampleEstate.documents.flatMap(\.problems))
  }

  @Test("every table has its heads, and rows as wide as they are")
  func shape() {
    #expect(tables.map(\.name) == names)
    for table in tables {
      #expect(Set(table.columns).count == table.columns.count)
      #expect(table.rows.allSatisfy { $0.count == table.columns.count }, "\(table.name)")
    }
    #expect(tables[0].rows.count == SampleEstate.estate.systems.count)
    #expect(tables[9].rows.count == SampleEstate.documents.flatMap(\.problems).count)
  }

  @Test("an unknown value is no zero in CSV and null in JSON")
  func unknown() throws {
    let json = try JSONSerialization.jsonObject(with: Data(try tablesJSON(tables).utf8))
    let systems = try #require((json as? [String: Any])?["systems"] as? [[String: Any]])
    let rules = try #require(systems.first { $0["name"] as? String == "Credit Limits" })
    #expect(rules["owner"] is NSNull && rules["volume"] is NSNull)
    let bot = try #require(systems.first { $0["name"] as? String == "KYC Bot" })
    #expect(bot["volume"] as? Double == 2400 && bot["volume_period"] as? String == "month")
    let line = try #require(
      tables[0].csv.split(separator: "\r\n").first { $0.hasPrefix("Credit Limits") })
    #expect(line.contains(",,"))
  }

  @Test("the same tables give the same bytes")
  func sameBytes() throws {
    #expect(try workbookFile(tables) == workbookFile(tables))
  }

  @Test("a chart that has nothing to draw is left out, and the table stays")
  func emptyChart() throws {
    var table = Table("costs", columns: ["variant"], rows: [[.text("as-is")]])
    table.chart = Table.Chart(
      kind: .stackedBars, title: "Cost", categoryTitle: "", valueTitle: "EUR", series: [])
    #expect(try workbookFile([table]).count > 1_000)
  }

  @Test(
    "what could be a formula is none, in CSV and in a workbook", .enabled(if: Spreadsheet.canOpen))
  func formulas() throws {
    let evil = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(\"http://x\")"]
    let table = Table("systems", columns: ["name"], rows: evil.map { [.text($0)] })
    for line in table.csv.split(separator: "\r\n").dropFirst() {
      #expect(line.drop { $0 == "\"" }.hasPrefix("'"))
    }
    let cells = try Spreadsheet.cells(of: try workbookFile([table]))
    let rows = try #require(cells["systems"])
    #expect(rows.count == evil.count + 1)
    for (cell, text) in zip(rows.dropFirst().map { $0[0] }, evil) {
      #expect(cell.type == "s")
      #expect(cell.value.hasPrefix("'"), "\(text)")
      #expect(Inventory.text(ofCell: cellText(text)) == text)
    }
    #expect(Inventory.text(ofCell: "'tis") == "'tis")
  }

  @Test(
    "other programs open the workbook and find the sheets, texts and numbers",
    .enabled(if: Spreadsheet.canOpen))
  func opened() throws {
    let sheets = try Spreadsheet.cells(of: try workbookFile(tables))
    #expect(Set(sheets.keys) == Set(names))
    for table in tables {
      let rows = try #require(sheets[table.name])
      #expect(rows.first?.map(\.value) == table.columns)
      #expect(rows.count == table.rows.count + 1, "\(table.name)")
    }
    let systems = try #require(sheets["systems"])
    let volume = try #require(tables[0].columns.firstIndex(of: "volume"))
    let bot = try #require(systems.first { $0[0].value == "KYC Bot" })
    #expect(bot[volume].type == "n" && bot[volume].value == "2400")
  }

  @Test(
    "a text longer than a cell holds is cut and says so; gaps are coloured",
    .enabled(if: Spreadsheet.canOpen))
  func limits() throws {
    let long = String(repeating: "ä", count: 40_000)
    let table = Table(
      "t", columns: ["a", "b"], rows: [[.text(long), .gap], [.empty, .number(0.5)]])
    let rows = try #require(try Spreadsheet.cells(of: try workbookFile([table]))["t"])
    #expect(rows[1][0].value.hasSuffix("…") && rows[1][0].value.hasPrefix("ää"))
    #expect(rows[1][1].fill == "FFFFF2CC")
    #expect(rows[2][1].value == "0.5" && rows[2][1].fill != rows[1][1].fill)
  }
}

/// A workbook as openpyxl sees it, a spreadsheet library that is not ours.
private enum Spreadsheet {
  struct Cell: Decodable {
    var value: String
    var type: String
    var fill: String
  }

  static let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] ?? "python3"
  static let canOpen = (try? run("import openpyxl", "")) != nil

  static func cells(of workbook: Data) throws -> [String: [[Cell]]] {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: file) }
    try workbook.write(to: file)
    let script = """
      import json, openpyxl, sys
      book = openpyxl.load_workbook(sys.argv[1])
      json.dump({sheet.title: [[{"value": "" if cell.value is None else str(cell.value),
          "type": cell.data_type, "fill": str(cell.fill.fgColor.rgb)} for cell in row]
          for row in sheet.iter_rows()] for sheet in book}, sys.stdout)
      """
    return try JSONDecoder().decode([String: [[Cell]]].self, from: try run(script, file.path))
  }

  private struct Failure: Error {}

  private static func run(_ script: String, _ argument: String) throws -> Data {
    let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data().write(to: output)
    defer { try? FileManager.default.removeItem(at: output) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [python, "-c", script, argument]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure() }
    return try Data(contentsOf: output)
  }
}
