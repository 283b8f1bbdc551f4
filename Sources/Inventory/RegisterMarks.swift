import Facts

/// What a register that we wrote says of its own cells: which stood there when it was written.
///
/// Owners fill in the gaps of such a register; what stands there as we wrote it is no statement of
/// theirs, and must not outrank the file that it came from.
public struct RegisterMarks: Hashable, Sendable {
  /// Head of the column that holds the marks.
  public static let header = "Known before"
  /// Head of the column that names the gaps.
  public static let missingHeader = "Missing"

  private var marks: [String: String]

  /// The marks of cells, by the heads of their columns; empty cells have none.
  public init(cells: [(header: String, text: String)]) {
    marks = Dictionary(
      cells.filter { !$0.text.isEmpty }.map { (nameKey($0.header), Self.mark($0.text)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Reads marks; what is none is passed over.
  public init(_ text: String) {
    let pairs = text.split(separator: " ").compactMap { word -> (String, String)? in
      let parts = word.split(separator: ":")
      return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
    }
    marks = Dictionary(pairs, uniquingKeysWith: { first, _ in first })
  }

  /// Whether a cell is as it was written.
  public func isUnchanged(_ text: String, under header: String) -> Bool {
    marks[nameKey(header)] == Self.mark(text)
  }

  /// The marks as one cell.
  public var text: String {
    marks.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: " ")
  }

  private static func mark(_ text: String) -> String {
    var hash = StableHash()
    // Spreadsheet programs change white space.
    hash.add(text.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    let digits = String(hash.value >> 32, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// Names as one cell of a register: semicolons between them, quotation marks where a name holds
/// something that parts names.
public func registerList(_ names: [String]) -> String {
  names.map { name in
    name.contains { ";,|\n\"".contains($0) } || name.hasSuffix(")")
      ? "\"" + name.replacing("\"", with: "'") + "\"" : name
  }.joined(separator: "; ")
}

/// The names in such a cell, and whether each stood in quotation marks.
public func registerItems(_ text: String) -> [(name: String, isQuoted: Bool)] {
  var items: [(name: String, isQuoted: Bool)] = []
  var current = ""
  var isQuoted = false
  var isInside = false
  func finish() {
    let trimmed = current.trimmed
    if !trimmed.isEmpty { items.append((trimmed, isQuoted)) }
    current = ""
    isQuoted = false
  }
  // A mark that is never closed is a letter like any other.
  var open = text.count { $0 == "\"" }
  for character in text {
    if character == "\"" {
      open -= 1
      if isInside {
        isInside = false
        continue
      }
      if open > 0, current.trimmed.isEmpty {
        isInside = true
        isQuoted = true
        continue
      }
    }
    if !isInside, ";,|\n".contains(character) { finish() } else { current.append(character) }
  }
  finish()
  return items
}

/// A text as a cell of CSV or of a worksheet, led by an apostrophe where a spreadsheet program would take
/// it for a formula.
///
/// Source: OWASP, CSV Injection.
public func cellText(_ text: String) -> String {
  text.first.map { "=+-@\t\r".contains($0) } ?? false ? "'" + text : text
}

/// The text of a cell without the apostrophe that `cellText` put there.
public func text(ofCell cell: String) -> String {
  let rest = cell.dropFirst()
  guard cell.first == "'", let next = rest.first, "=+-@\t\r".contains(next) else { return cell }
  return String(rest)
}
