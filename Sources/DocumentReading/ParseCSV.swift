import Facts

/// A table read from CSV, with its first record as header.
public struct CSVTable: Hashable, Sendable {
  /// Column names as written, outer white space removed.
  public var header: [String]
  /// Records after the header; blank lines are left out.
  public var rows: [CSVRow]
  /// The delimiter that was found: comma, semicolon, tab or vertical bar.
  public var delimiter: Character

  /// Creates a table.
  public init(header: [String], rows: [CSVRow], delimiter: Character) {
    self.header = header
    self.rows = rows
    self.delimiter = delimiter
  }
}

/// One record of a CSV file.
public struct CSVRow: Hashable, Sendable {
  /// Fields, unquoted; may be more or fewer than the header has.
  public var fields: [String]
  /// Line on which the record begins, counted from 1.
  public var line: Int

  /// Creates a row.
  public init(fields: [String], line: Int) {
    self.fields = fields
    self.line = line
  }

  /// The field of an index; `nil` where the record is shorter.
  public subscript(_ index: Int) -> String? {
    fields.indices.contains(index) ? fields[index] : nil
  }
}

/// Parses a CSV file whole; see `CSVReader`.
/// - Throws: what `CSVReader` throws; `truncated` for a file without a header.
public func parseCSV(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> CSVTable {
  var reader = try CSVReader(bytes, path: path, limits: limits)
  guard let header = try reader.next() else {
    throw DocumentError(
      .truncated, "the file is empty where a header line was expected",
      at: SourceLocation(path: path))
  }
  var rows: [CSVRow] = []
  while let row = try reader.next() { rows.append(row) }
  return CSVTable(
    header: header.fields.map(\.trimmed), rows: rows, delimiter: reader.delimiter)
}

/// Reads CSV record by record, as RFC 4180 defines it.
///
/// Lines may end in LF, CR LF or CR. The delimiter is the one of comma, semicolon, tab and vertical
/// bar that stands most often, outside quotes, in the first record; an Excel line `sep=;` decides by
/// itself. Encodings are those of `decodeText`.
public struct CSVReader: Sendable {
  /// The delimiter.
  public let delimiter: Character
  private let bytes: [UInt8]
  private let separator: UInt8
  private let path: String
  private let limits: DocumentLimits
  private var position = 0
  private var line = 1
  private var nodes = 0
  /// Records that were looked at and are still to come.
  private var ahead: ArraySlice<CSVRow> = []

  /// Starts at the beginning of a file.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Path shown in errors.
  ///   - delimiter: ASCII delimiter to use; found out where `nil`.
  ///   - limits: Bytes and fields (`nodes`) allowed.
  /// - Throws: `tooLarge`, `wrongEncoding`.
  public init(
    _ bytes: [UInt8], path: String, delimiter: Character? = nil,
    limits: DocumentLimits = .standard
  ) throws(DocumentError) {
    try limits.checkSize(bytes.count, path: path)
    self.bytes = try utf8Bytes(bytes, path: path)
    self.path = path
    self.limits = limits
    if self.bytes.starts(with: Array("sep=".utf8)), self.bytes.count > 4,
      [nil, 0x0A, 0x0D].contains(self.bytes.dropFirst(5).first)
    {
      separator = self.bytes[4]
      position = 5
    } else {
      separator = delimiter?.asciiValue ?? mostFrequentDelimiter(in: self.bytes)
    }
    self.delimiter = Character(Unicode.Scalar(separator))
  }

  /// The next record that is not a blank line; `nil` at the end.
  ///
  /// - Throws: `truncated` for a quote that is never closed, with the line where it opens;
  ///   `malformed` for text between a closing quote and the next delimiter; `tooLarge`.
  public mutating func next() throws(DocumentError) -> CSVRow? {
    if let row = ahead.popFirst() { return row }
    return try record()
  }

  /// The records to come, at most so many; `next` gives them all the same.
  ///
  /// - Throws: what `next` throws.
  public mutating func lookAhead(_ count: Int) throws(DocumentError) -> [CSVRow] {
    while ahead.count < count, let row = try record() { ahead.append(row) }
    return Array(ahead.prefix(count))
  }

  private mutating func record() throws(DocumentError) -> CSVRow? {
    while position < bytes.count, isLineEnd(bytes[position]) { endLine() }
    guard position < bytes.count else { return nil }
    var row = CSVRow(fields: [], line: line)
    while true {
      row.fields.append(try field())
      nodes += 1
      if nodes > limits.nodes {
        throw limits.tooManyNodes(at: SourceLocation(path: path, line: line))
      }
      if position < bytes.count, bytes[position] == separator {
        position += 1
      } else {
        endLine()
        return row
      }
    }
  }

  /// Passes what is left of a record that could not be read, up to the next line.
  public mutating func skipLine() {
    while position < bytes.count, !isLineEnd(bytes[position]) { position += 1 }
    endLine()
  }

  private mutating func field() throws(DocumentError) -> String {
    if position < bytes.count, bytes[position] == UInt8(ascii: "\"") { return try quotedField() }
    let start = position
    while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) {
      position += 1
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func quotedField() throws(DocumentError) -> String {
    let opening = SourceLocation(path: path, line: line)
    position += 1
    var text: [UInt8] = []
    var start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        text.append(contentsOf: bytes[start..<position])
        position += 1
        if position < bytes.count, bytes[position] == UInt8(ascii: "\"") {
          start = position
          position += 1
          continue
        }
        try endQuotes()
        return String(decoding: text, as: UTF8.self)
      case 0x0A, 0x0D: endLine()
      default: position += 1
      }
    }
    throw DocumentError(
      .truncated, "a quote is opened here and never closed; close it or copy the file again",
      at: opening)
  }

  /// Passes blanks after a closing quote.
  private mutating func endQuotes() throws(DocumentError) {
    while position < bytes.count, bytes[position] == 0x20 { position += 1 }
    guard position == bytes.count || bytes[position] == separator || isLineEnd(bytes[position])
    else {
      throw DocumentError(
        .malformed,
        "text follows a closing quote; double the quotes inside a quoted field (RFC 4180)",
        at: SourceLocation(path: path, line: line))
    }
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// Passes one line end, if there is one here.
  private mutating func endLine() {
    guard position < bytes.count else { return }
    if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A {
      position += 1
    }
    position += 1
    line += 1
  }
}

private func mostFrequentDelimiter(in bytes: [UInt8]) -> UInt8 {
  let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }
  var counts = [0, 0, 0, 0]
  var isQuoted = false
  var hasContent = false
  for byte in bytes {
    if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
    if isQuoted { continue }
    if byte == 0x0A || byte == 0x0D {
      if hasContent { break }
      continue
    }
    hasContent = true
    if let index = candidates.firstIndex(of: byte) { counts[index] += 1 }
  }
  let most = counts.max() ?? 0
  return candidates[counts.firstIndex(of: most) ?? 0]
}
