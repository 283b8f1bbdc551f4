import Facts

/// The cells of an Excel workbook.
public struct Workbook: Hashable, Sendable {
  /// Sheets in the order of their tabs.
  public var sheets: [Sheet]

  /// Creates a workbook.
  public init(sheets: [Sheet]) { self.sheets = sheets }

  /// The sheet of a name; `nil` where there is none.
  public subscript(_ name: String) -> Sheet? { sheets.first { $0.name == name } }

  /// A sheet of a workbook.
  public struct Sheet: Hashable, Sendable {
    /// Name on the tab.
    public var name: String
    /// Whether the tab is hidden.
    public var isHidden: Bool
    /// Cells by row and column, so that `rows[3][0]` is A4.
    ///
    /// Empty cells before the last one of a row are empty strings. Numbers are written as in the
    /// file, dates in ISO 8601, truth values as `TRUE` and `FALSE`, formulas by the value last
    /// computed.
    public var rows: [[String]]

    /// Creates a sheet.
    public init(name: String, isHidden: Bool = false, rows: [[String]]) {
      self.name = name
      self.isHidden = isHidden
      self.rows = rows
    }

    /// The cell of a row and column, counted from 0; empty where there is none.
    public func cell(_ row: Int, _ column: Int) -> String {
      guard rows.indices.contains(row), rows[row].indices.contains(column) else { return "" }
      return rows[row][column]
    }
  }
}

/// Parses an Excel workbook from an untrusted file.
///
/// The format is Office Open XML, ECMA-376 part 1, section 18.
/// Cells become strings in their own row and column. Charts, macros and external links are ignored.
/// - Throws: what `readArchive` and `parseXML` throw, with locations such as
///   `book.xlsx!/xl/worksheets/sheet1.xml`; `malformed` where a needed part is missing or a cell
///   reference is wrong; `tooLarge` where the cells exceed `limits.nodes`.
public func parseWorkbook(
  _ bytes: [UInt8], path: String, limits: DocumentLimits = .standard
) throws(DocumentError) -> Workbook {
  let members = try readArchive(bytes, path: path, limits: limits)
  var reader = WorkbookReader(members: members, path: path, limits: limits)
  return try reader.workbook()
}

private struct WorkbookReader {
  let members: [ArchiveMember]
  let path: String
  let limits: DocumentLimits
  var sharedStrings: [String] = []
  /// What each cell format shows of a number.
  var formats: [DateFormat] = []
  var daysBefore1904 = 0.0
  var cells = 0

  init(members: [ArchiveMember], path: String, limits: DocumentLimits) {
    self.members = members
    self.path = path
    self.limits = limits
  }

  mutating func workbook() throws(DocumentError) -> Workbook {
    let rootTargets = try relationships(of: "")
    let main =
      rootTargets.first { $0.type.hasSuffix("/officeDocument") }?.target ?? "xl/workbook.xml"
    let book = try part(main)
    let targets = try relationships(of: main)
    if let strings = targets.first(where: { $0.type.hasSuffix("/sharedStrings") }) {
      sharedStrings = try part(strings.target).all("si").map(richText)
    }
    if let styles = targets.first(where: { $0.type.hasSuffix("/styles") }) {
      formats = dateFormats(try part(styles.target))
    }
    if ["1", "true"].contains(book.first("workbookPr")?["date1904"]) { daysBefore1904 = 1462 }
    var sheets: [Workbook.Sheet] = []
    for sheet in book.first("sheets")?.all("sheet") ?? [] {
      let id = sheet.attributes.first { $0.name == "id" && $0.namespace != nil }?.value
      guard let target = targets.first(where: { $0.id == id }) else {
        throw malformed(
          "the sheet has no part of its own; save the workbook again", at: sheet.location)
      }
      // Chart sheets have no cells.
      guard target.type.hasSuffix("/worksheet") else { continue }
      sheets.append(
        Workbook.Sheet(
          name: sheet["name"] ?? "", isHidden: (sheet["state"] ?? "visible") != "visible",
          rows: try rows(of: try part(target.target))))
    }
    return Workbook(sheets: sheets)
  }

  // MARK: Cells

  private mutating func rows(of sheet: XMLElement) throws(DocumentError) -> [[String]] {
    var rows: [[String]] = []
    for row in sheet.first("sheetData")?.all("row") ?? [] {
      // Row and column numbers may be left out and then count on.
      let number = row["r"].flatMap(Int.init) ?? rows.count + 1
      guard number > rows.count, number <= 1_048_576 else {
        throw malformed("the row number is out of order or beyond 1048576", at: row.location)
      }
      try count(number - rows.count, at: row.location)
      while rows.count < number { rows.append([]) }
      var cells: [String] = []
      for cell in row.all("c") {
        let column = try cell["r"].map { text throws(DocumentError) in
          try columnIndex(text, at: cell.location)
        }
        guard (column ?? cells.count) >= cells.count else {
          throw malformed("the cells of the row are out of order", at: cell.location)
        }
        let padding = (column ?? cells.count) - cells.count
        try count(padding + 1, at: cell.location)
        cells += Array(repeating: "", count: padding)
        cells.append(value(of: cell))
      }
      while cells.last == "" { cells.removeLast() }
      rows[number - 1] = cells
    }
    while rows.last == [] { rows.removeLast() }
    return rows
  }

  private mutating func count(_ number: Int, at location: SourceLocation) throws(DocumentError) {
    cells += number
    if cells > limits.nodes { throw limits.tooManyNodes(at: location) }
  }

  private func value(of cell: XMLElement) -> String {
    let raw = cell.first("v")?.text ?? ""
    switch cell["t"] ?? "n" {
    case "s":
      guard let index = Int(raw), sharedStrings.indices.contains(index) else { return "" }
      return sharedStrings[index]
    case "inlineStr": return cell.first("is").map(richText) ?? ""
    case "b": return raw == "1" ? "TRUE" : raw.isEmpty ? "" : "FALSE"
    case "n":
      let style = cell["s"].flatMap(Int.init) ?? 0
      guard formats.indices.contains(style), let serial = Double(raw) else { return raw }
      return formats[style].text(serial: serial + daysBefore1904) ?? raw
    default: return raw
    }
  }

  /// `B12` is column 1.
  private func columnIndex(
    _ reference: String, at location: SourceLocation
  ) throws(DocumentError) -> Int {
    var column = 0
    for letter in reference.utf8.prefix(while: { (0x41...0x5A).contains($0) }) {
      column = column * 26 + Int(letter) - 0x40
      if column > 16384 { break }
    }
    guard (1...16384).contains(column) else {
      throw malformed("a cell reference is not a column of Excel (A to XFD)", at: location)
    }
    return column - 1
  }

  /// Text of a string item: plain, or runs of rich text; phonetic hints are left out.
  private func richText(_ item: XMLElement) -> String {
    item.children.reduce("") { text, child in
      switch child.name {
      case "t": text + child.text
      case "r": text + (child.first("t")?.text ?? "")
      default: text
      }
    }
  }

  // MARK: Parts

  private struct Relationship {
    var id: String
    var type: String
    var target: String
  }

  private func part(_ name: String) throws(DocumentError) -> XMLElement {
    guard let member = member(name) else {
      throw malformed(
        "the workbook has no part '\(name)'; save it again in Excel format",
        at: SourceLocation(path: path))
    }
    return try parseXML(member.bytes, path: "\(path)!/\(member.path)", limits: limits)
  }

  /// Some writers spell part names in another case than the relationship.
  private func member(_ name: String) -> ArchiveMember? {
    members.first { $0.path == name }
      ?? members.first { $0.path.lowercased() == name.lowercased() }
  }

  /// Relationships of a part, targets as paths within the archive; none where it has no such list.
  private func relationships(of part: String) throws(DocumentError) -> [Relationship] {
    var folder = part.split(separator: "/").map(String.init)
    let file = folder.popLast() ?? ""
    let name = (folder + ["_rels", "\(file).rels"]).joined(separator: "/")
    guard member(name) != nil else { return [] }
    return try self.part(name).all("Relationship").compactMap { relationship in
      guard relationship["TargetMode"] != "External", let target = relationship["Target"] else {
        return nil
      }
      var steps = target.hasPrefix("/") ? [] : folder
      for step in target.split(separator: "/") {
        switch step {
        case ".": break
        case "..": _ = steps.popLast()
        default: steps.append(String(step))
        }
      }
      return Relationship(
        id: relationship["Id"] ?? "", type: relationship["Type"] ?? "",
        target: steps.joined(separator: "/"))
    }
  }

  private func malformed(_ message: String, at location: SourceLocation) -> DocumentError {
    DocumentError(.malformed, message, at: location)
  }
}

// MARK: - Dates

/// What a cell format shows of a serial day number.
private enum DateFormat {
  case number
  case date
  case time
  case dateAndTime

  /// ISO 8601 text; `nil` where the number is to be shown as it is.
  ///
  /// Day 1 is 1 January 1900; Excel counts a 29 February 1900 that never was, so that days before
  /// 61 are one off (ECMA-376 part 1, sec. 18.17.4.1).
  func text(serial: Double) -> String? {
    guard self != .number, (0..<2_958_466).contains(serial) else { return nil }
    let seconds = Int((serial * 86400).rounded())
    let (days, second) = (seconds / 86400, seconds % 86400)
    let time = [second / 3600, second / 60 % 60, second % 60].map(twoDigits).joined(separator: ":")
    let date = civilDate(daysSince1970: days - (days < 61 ? 25568 : 25569))
    switch self {
    case .number: return nil
    case .date: return second == 0 ? date : "\(date)T\(time)"
    case .time: return days == 0 ? time : "\(date)T\(time)"
    case .dateAndTime: return "\(date)T\(time)"
    }
  }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

/// Gregorian date of a day number; Hinnant, "chrono-compatible low-level date algorithms".
private func civilDate(daysSince1970 days: Int) -> String {
  let shifted = days + 719_468
  let era = shifted / 146_097
  let dayOfEra = shifted % 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let shiftedMonth = (5 * dayOfYear + 2) / 153
  let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
  let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
}

/// The date formats of `styles.xml`, by cell format.
private func dateFormats(_ styles: XMLElement) -> [DateFormat] {
  var codes: [Int: String] = [:]
  for format in styles.first("numFmts")?.all("numFmt") ?? [] {
    if let id = format["numFmtId"].flatMap(Int.init) { codes[id] = format["formatCode"] }
  }
  return (styles.first("cellXfs")?.all("xf") ?? []).map { format in
    let id = format["numFmtId"].flatMap(Int.init) ?? 0
    if let code = codes[id] { return dateFormat(code: code) }
    // Built-in formats, ECMA-376 part 1, sec. 18.8.30.
    return switch id {
    case 14...17: .date
    case 18...21, 45...47: .time
    case 22: .dateAndTime
    default: .number
    }
  }
}

/// Judges a format code by the letters outside quotes, brackets and escapes.
private func dateFormat(code: String) -> DateFormat {
  var letters: Set<Character> = []
  var isQuoted = false
  var isBracketed = false
  var isEscaped = false
  for character in code.lowercased() {
    if isEscaped {
      isEscaped = false
      continue
    }
    switch character {
    case "\\", "_", "*": isEscaped = true
    case "\"": isQuoted.toggle()
    case "[" where !isQuoted: isBracketed = true
    case "]" where !isQuoted: isBracketed = false
    case ";" where !isQuoted:
      // Only the section for positive numbers counts.
      return dateFormat(letters)
    default: if !isQuoted, !isBracketed { letters.insert(character) }
    }
  }
  return dateFormat(letters)
}

private func dateFormat(_ letters: Set<Character>) -> DateFormat {
  let hasDate = letters.contains("y") || letters.contains("d")
  let hasTime = letters.contains("h") || letters.contains("s")
  if hasDate { return hasTime ? .dateAndTime : .date }
  return hasTime ? .time : .number
}
