/// How text for a terminal is dressed; plain where it goes to a file or pipe.
public struct TextStyle: Sendable, Hashable {
  /// Whether escape sequences for colour and weight may be written.
  public var isColoured: Bool

  /// Creates a style.
  public init(isColoured: Bool) { self.isColoured = isColoured }

  /// No colours.
  public static let plain = TextStyle(isColoured: false)

  /// Heads of tables and sections.
  func strong(_ text: String) -> String { isColoured ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// The one accent: what is advised, what is grave.
  func accent(_ text: String) -> String { isColoured ? "\u{1B}[36m\(text)\u{1B}[0m" : text }

  /// What matters less.
  func quiet(_ text: String) -> String { isColoured ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}

/// A table in aligned columns, two spaces between them.
struct TextTable {
  /// A cell; `dress` is applied after it has been padded, so that it does not disturb the columns.
  struct Cell {
    var text: String
    var dress: (String) -> String = { $0 }
  }

  var heads: [String]
  /// Columns that stand at the right.
  var numbers: Set<Int> = []
  var rows: [[Cell]] = []
  var indent = "  "

  mutating func add(_ cells: [String], dress: @escaping (String) -> String = { $0 }) {
    rows.append(cells.map { Cell(text: oneLine($0), dress: dress) })
  }

  func text(_ style: TextStyle) -> String {
    let headCells = heads.map { Cell(text: $0, dress: style.strong) }
    let all = (heads.isEmpty ? [] : [headCells]) + rows
    let count = all.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      all.compactMap { $0.indices.contains(column) ? $0[column].text.count : nil }.max() ?? 0
    }
    return all.map { row in
      let filled = (row.lastIndex { !$0.text.isEmpty } ?? -1) + 1
      let cells = row.prefix(filled).enumerated().map { column, cell in
        let padding = String(repeating: " ", count: widths[column] - cell.text.count)
        if numbers.contains(column) { return padding + cell.dress(cell.text) }
        // Nothing is padded at the end of a line.
        return cell.dress(cell.text) + (column == filled - 1 ? "" : padding)
      }
      return indent + cells.joined(separator: "  ") + "\n"
    }.joined()
  }
}

/// Text broken into lines of at most so many characters at its spaces, each led by an indent.
func wrapped(_ text: String, width: Int = 96, indent: String = "", next: String? = nil) -> String {
  var lines: [String] = []
  var line = ""
  for word in oneLine(text).split(separator: " ", omittingEmptySubsequences: true) {
    let lead = lines.isEmpty ? indent : (next ?? indent)
    if !line.isEmpty, lead.count + line.count + 1 + word.count > width {
      lines.append(lead + line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  lines.append((lines.isEmpty ? indent : (next ?? indent)) + line)
  return lines.joined(separator: "\n") + "\n"
}
