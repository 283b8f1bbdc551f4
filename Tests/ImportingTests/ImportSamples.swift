import DocumentReading
import Facts
import Inventory
import Testing

@testable import Importing

/// Imports files that exist in memory only, as if they lay in one folder.
func imported(
  _ files: [String: [UInt8]], options: ImportOptions = ImportOptions()
) -> [SourceDocument] {
  importFiles(inMemory: files.map { (path: $0.key, bytes: $0.value) }, options: options)
}

/// Imports texts that exist in memory only.
func imported(_ files: [String: String]) -> [SourceDocument] {
  imported(files.mapValues { Array($0.utf8) })
}

/// The estate of files that exist in memory only.
func estate(_ files: [String: String]) -> Estate { Estate(merging: imported(files)) }

/// A text in which 1️⃣, 2️⃣ and so on mark places; they are no part of it.
struct MarkedText {
  private(set) var text = ""
  private(set) var places: [(line: Int, column: Int)] = []

  init(_ marked: String) {
    var line = 1
    var column = 1
    for character in marked {
      if ["1️⃣", "2️⃣", "3️⃣", "4️⃣"].contains(character) {
        places.append((line, column))
        continue
      }
      text.append(character)
      column += 1
      if character.isNewline {
        line += 1
        column = 1
      }
    }
  }
}

/// Checks that importing a file notes a problem at each mark, in their order, and no other.
///
/// - Parameters:
///   - path: Path of the file.
///   - marked: The file, with marks where problems are expected.
///   - expected: Severity and a part of the message, one for each mark.
///   - others: Files beside it.
func expectProblems(
  _ path: String, _ marked: String, _ expected: [(Severity, String)],
  besides others: [String: String] = [:], sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let marked = MarkedText(marked)
  var files = others
  files[path] = marked.text
  let problems = imported(files).first { $0.path == path }?.problems ?? []
  #expect(problems.count == expected.count, "\(problems)", sourceLocation: sourceLocation)
  #expect(marked.places.count == expected.count, sourceLocation: sourceLocation)
  for (problem, (place, expected)) in zip(problems, zip(marked.places, expected)) {
    #expect(problem.severity == expected.0, sourceLocation: sourceLocation)
    #expect(
      problem.message.contains(expected.1), "\(problem.message)", sourceLocation: sourceLocation)
    #expect(problem.location.line == place.line, "\(problem)", sourceLocation: sourceLocation)
    if let column = problem.location.column {
      #expect(column == place.column, "\(problem)", sourceLocation: sourceLocation)
    }
  }
}

/// `bot writes application SAP by ui` and the like, for whole lists.
func shown(_ connections: [Connection]) -> [String] {
  connections.map { connection in
    var text = "\(connection.source.name) \(connection.kind.rawValue)"
    text += " \(connection.target.kind.rawValue) \(connection.target.name)"
    text += " by \(connection.channel.rawValue)"
    return connection.action.map { "\(text): \($0)" } ?? text
  }
}

/// A ZIP archive of unpacked members (APPNOTE 6.3.10).
func archive(_ members: [(String, [UInt8])]) -> [UInt8] {
  func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
  func checksum(_ bytes: [UInt8]) -> Int {
    var sum: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      sum ^= UInt32(byte)
      for _ in 0..<8 { sum = sum & 1 == 1 ? (sum >> 1) ^ 0xEDB8_8320 : sum >> 1 }
    }
    return Int(~sum)
  }
  var file: [UInt8] = []
  var directory: [UInt8] = []
  for (name, content) in members {
    let common =
      little(20, 2) + little(0, 6) + little(0x21, 2) + little(checksum(content), 4)
      + little(content.count, 4) + little(content.count, 4) + little(name.utf8.count, 2)
      + little(0, 2)
    directory += [0x50, 0x4B, 0x01, 0x02] + little(20, 2) + common + little(0, 10)
    directory += little(file.count, 4) + Array(name.utf8)
    file += [0x50, 0x4B, 0x03, 0x04] + common + Array(name.utf8) + content
  }
  return file + directory + [0x50, 0x4B, 0x05, 0x06] + little(0, 4) + little(members.count, 2)
    + little(members.count, 2) + little(directory.count, 4) + little(file.count, 4) + little(0, 2)
}

/// A ZIP archive of texts.
func archive(_ members: [String: String]) -> [UInt8] {
  archive(members.sorted { $0.key < $1.key }.map { ($0.key, Array($0.value.utf8)) })
}

/// An Excel workbook of sheets of texts.
func workbook(_ sheets: [(String, [[String]])]) -> [UInt8] {
  let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  let relations = "http://schemas.openxmlformats.org/package/2006/relationships"
  let types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  var members = [
    "[Content_Types].xml": "<Types/>",
    "_rels/.rels": """
    <Relationships xmlns="\(relations)"><Relationship Id="r" Type="\(types)/officeDocument"
    Target="xl/workbook.xml"/></Relationships>
    """,
  ]
  var list = ""
  var targets = ""
  for (index, (name, rows)) in sheets.enumerated() {
    list += "<sheet name=\"\(name)\" sheetId=\"\(index + 1)\" r:id=\"s\(index)\"/>"
    targets += """
      <Relationship Id="s\(index)" Type="\(types)/worksheet" Target="worksheets/s\(index).xml"/>
      """
    var data = ""
    for (row, cells) in rows.enumerated() {
      data += "<row r=\"\(row + 1)\">"
      for (column, cell) in cells.enumerated() {
        let letter = Character(Unicode.Scalar(UInt8(65 + column)))
        data += "<c r=\"\(letter)\(row + 1)\" t=\"inlineStr\"><is><t>\(cell)</t></is></c>"
      }
      data += "</row>"
    }
    members["xl/worksheets/s\(index).xml"] =
      "<worksheet xmlns=\"\(main)\"><sheetData>\(data)</sheetData></worksheet>"
  }
  members["xl/workbook.xml"] =
    "<workbook xmlns=\"\(main)\" xmlns:r=\"\(types)\"><sheets>\(list)</sheets></workbook>"
  members["xl/_rels/workbook.xml.rels"] =
    "<Relationships xmlns=\"\(relations)\">\(targets)</Relationships>"
  return archive(members)
}
