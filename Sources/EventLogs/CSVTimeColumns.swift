internal import DocumentReading
internal import Facts

/// The column of a time, and the one that has its time of day where date and time of day stand apart.
struct CSVTimeColumn {
  /// The time, or its date.
  var column: Int
  /// Its time of day.
  var clock: Int?

  /// Its text in a record; `nil` where the record has none, or a date that stands for none.
  func text(_ row: CSVRow) -> String? {
    guard let text = row[column]?.trimmed, !standsForNothing(text), !standsForNoTime(text) else {
      return nil
    }
    guard let clock, let time = row[clock]?.trimmed, !standsForNothing(time) else { return text }
    // 20260105 and 083000 are one number as they are in other programs.
    return time.utf8.allSatisfy { 48...57 ~= $0 } ? text + time : "\(text) \(time)"
  }
}

/// For each time its column, and where it has the date or the time of day only the column of the other half.
///
/// That is one of a name that says the same but for the word for date or time, such as `Start Date` and `Start Time`,
/// and of which the first records have the other half only.
func timeColumns(
  _ columns: [LogPart: Int], _ header: [String], rows: [CSVRow]
) -> [LogPart: CSVTimeColumn] {
  var taken = Set(columns.values)
  var found: [LogPart: CSVTimeColumn] = [:]
  func values(_ column: Int) -> [String] {
    rows.compactMap { $0[column]?.trimmed }.filter { !standsForNothing($0) }
  }
  func areClocks(_ values: [String]) -> Bool {
    !values.isEmpty && values.allSatisfy(isTimeOfDay)
  }
  func areDates(_ values: [String]) -> Bool {
    !values.isEmpty && values.allSatisfy { 6...12 ~= $0.utf8.count && !$0.contains(":") }
      && LogTimeFormat.common(of: values) != nil
  }
  for part in [LogPart.start, .end, .enabled] {
    guard let column = columns[part] else { continue }
    found[part] = CSVTimeColumn(column: column)
    let own = values(column)
    let isClock = areClocks(own)
    guard isClock || areDates(own) else { continue }
    let name = nameWithoutTime(header[column])
    let other = header.indices.first { index in
      !taken.contains(index) && nameWithoutTime(header[index]) == name
        && (isClock ? areDates(values(index)) : areClocks(values(index)))
    }
    guard let other else { continue }
    taken.insert(other)
    found[part] = CSVTimeColumn(column: isClock ? other : column, clock: isClock ? column : other)
  }
  return found
}

/// Whether a text is a time of day without a date: `8:30`, `08:30:12.5`, `8:30 PM` or `083012`.
private func isTimeOfDay(_ text: String) -> Bool {
  let bytes = Array(text.utf8)
  if bytes.count == 6, bytes.allSatisfy({ 48...57 ~= $0 }) {
    return bytes[0] < 51 && bytes[2] < 54 && bytes[4] < 54
  }
  guard 4...15 ~= bytes.count, let mark = bytes.firstIndex(of: UInt8(ascii: ":")), 1...2 ~= mark
  else { return false }
  return bytes.allSatisfy {
    48...58 ~= $0 || [0x20, 0x2C, 0x2E, 0x41, 0x4D, 0x50, 0x61, 0x6D, 0x70].contains($0)
  }
}

/// A plain name without words for date and time.
private func nameWithoutTime(_ name: String) -> String {
  var plain = plainName(name)
  for word in [
    "datum", "uhrzeit", "zeit", "time", "date", "heure", "fecha", "hora", "tijd", "data", "ora",
  ] {
    plain = plain.replacing(word, with: "")
  }
  return plain
}

/// Whether a field is empty, or has one of the words that programs write into empty fields.
func standsForNothing(_ text: String) -> Bool {
  guard text.utf8.count <= 9 else { return false }
  if text.isEmpty { return true }
  return ["null", "(null)", "nan", "nat", "n/a", "none", "nil", "undefined", "-"].contains(
    text.lowercased())
}

/// Years of days that stand for none.
private let noYears: Set = [0, 1, 1753, 1899, 1900, 9999]

/// Whether a time is one of those that programs write where there is none: the first and the last day of databases,
/// spreadsheets and SAP.
func standsForNoTime(_ text: String) -> Bool {
  // Almost all times are of other years, as their first or seventh to tenth place shows.
  var (first, last) = (0, 0)
  for (place, byte) in text.utf8.prefix(10).enumerated() where 48...57 ~= byte {
    if place < 4 { first = first * 10 + Int(byte) - 48 }
    if place > 5 { last = last * 10 + Int(byte) - 48 }
  }
  guard noYears.contains(first) || noYears.contains(last) else { return false }
  let head = text.prefix(10)
  return [
    "0000-00-00", "0001-01-01", "1753-01-01", "1899-12-30", "1899-12-31", "1900-01-01",
    "9999-12-31", "00.00.0000", "01.01.0001", "01.01.1753", "30.12.1899", "31.12.1899",
    "01.01.1900", "31.12.9999", "01/01/0001", "01/01/1753", "12/30/1899", "30/12/1899",
    "01/01/1900", "12/31/9999", "31/12/9999",
  ].contains(String(head)) || ["00000000", "99991231"].contains(String(text.prefix(8)))
}

/// The column that says which step of its life a record is of, where none is known by its name: each of its words is
/// known, and there are such for the start and for the end.
func lifecycleColumn(_ rows: [CSVRow], leavingOut used: Set<Int>, columns: Int) -> Int? {
  (0..<columns).first { column in
    guard !used.contains(column) else { return false }
    var steps: Set<LifecycleStep> = []
    for row in rows {
      guard let text = row[column]?.trimmed, !standsForNothing(text) else { continue }
      let step = lifecycleStep(text.lowercased())
      if step == .other { return false }
      steps.insert(step)
    }
    return steps.contains(.start) && steps.contains(.end)
  }
}
