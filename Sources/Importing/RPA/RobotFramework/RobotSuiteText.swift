import DocumentReading

/// The text of a suite or resource file, in its sections, lines split into cells.
///
/// Source: Robot Framework User Guide, test data syntax. Cells are parted by two or more blanks, by tabs
/// or by vertical strokes; `...` continues the line above.
struct RobotSuiteText {
  /// A line with its cells; the first is empty where the line is indented.
  struct Line {
    var cells: [String]
    var number: Int
    var isIndented: Bool
  }

  /// Lines by section, keyed by the first word of the section's name in lower case.
  private(set) var sections: [String: [Line]] = [:]

  private static let names = [
    "settings", "setting", "variables", "variable", "tasks", "task", "test cases", "test case",
    "keywords", "keyword", "comments",
  ]

  /// Whether a file has a section of one of these names and is text.
  static func isSuite(_ file: CandidateFile) -> Bool {
    guard file.bytes.count < 8 << 20, let text = try? decodeText(file.bytes, path: file.path)
    else { return false }
    let found = Set(
      text.split(whereSeparator: \.isNewline).compactMap { sectionName(String($0)) })
    return !found.isDisjoint(with: [
      "settings", "setting", "tasks", "task", "test cases", "test case", "keywords", "keyword",
    ])
  }

  /// The name of the section that a line opens; `nil` where it opens none.
  private static func sectionName(_ line: String) -> String? {
    guard line.hasPrefix("*") || line.hasPrefix("| *") else { return nil }
    let words = line.filter { $0 != "*" && $0 != "|" }.split(separator: "  ").first
    guard let name = words.map(String.init)?.trimmedOrNil?.lowercased(), names.contains(name) else {
      return nil
    }
    return name
  }

  init(_ text: String) {
    var section: String?
    for (index, raw) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let line = String(raw)
      if let name = Self.sectionName(line) {
        section =
          name.hasPrefix("test") ? "test" : name.hasSuffix("s") ? String(name.dropLast()) : name
        continue
      }
      guard let section else { continue }
      var cells = Self.cells(line)
      let isIndented =
        line.first?.isWhitespace == true || line.hasPrefix("| |") || line.hasPrefix("|  ")
      if isIndented, cells.first?.isEmpty == true { cells.removeFirst() }
      if let comment = cells.firstIndex(where: { $0.hasPrefix("#") }) {
        cells.removeSubrange(comment...)
      }
      guard let first = cells.first, !(cells.count == 1 && first.isEmpty) else { continue }
      if first == "...", let last = sections[section]?.indices.last {
        sections[section]?[last].cells += cells.dropFirst()
        continue
      }
      sections[section, default: []].append(
        Line(cells: cells, number: index + 1, isIndented: isIndented))
    }
  }

  private static func cells(_ line: String) -> [String] {
    if line.hasPrefix("| ") {
      return line.dropFirst(1).split(separator: " |", omittingEmptySubsequences: false)
        .map { String($0).trimmedOrNil ?? "" }
    }
    var cells: [String] = []
    var cell = ""
    var blanks = 0
    for character in line {
      if character == "\t" {
        blanks = 2
      } else if character.isWhitespace {
        blanks += 1
      } else {
        if blanks >= 2 {
          cells.append(cell)
          cell = ""
        } else if blanks == 1, !cell.isEmpty {
          cell.append(" ")
        }
        blanks = 0
        cell.append(character)
      }
    }
    cells.append(cell)
    if cells.first?.isEmpty == true, cells.count > 1 { cells.removeFirst() }
    return cells
  }
}
