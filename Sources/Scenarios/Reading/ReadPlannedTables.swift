internal import DocumentReading
internal import Facts

// Planners' tables: CSV files or workbooks beside the scenario.

extension ScenarioAssembly {
  /// The volumes that arrivals name; `nil` where there are none or they are wrong, which is then reported.
  func readVolumes(_ arrivals: Section) -> ArrivalVolumes? {
    for key in ["file", "date", "hour", "cases"] {
      _ = reading.key("demand.arrivals.volumes.\(key)")
    }
    let group = reading.group(arrivals, "volumes")
    guard group.isPresent else { return nil }
    let names = (
      date: reading.text(group, "date") ?? "date", hour: reading.text(group, "hour"),
      cases: reading.text(group, "cases") ?? "cases"
    )
    guard let table = plannedTable(group) else { return nil }
    guard let date = table.column(names.date, "date", reading),
      let cases = table.column(names.cases, "cases", reading)
    else { return nil }
    var hour: Int?
    if let name = names.hour {
      guard let column = table.column(name, "hour", reading) else { return nil }
      hour = column
    }
    var volumes = ArrivalVolumes(file: table.file, rows: [])
    var problems = RowProblems(table: table, reading: reading)
    for row in table.rows {
      guard let day = table.date(row, date) else {
        problems.report(row, date, "has no date here; write it as 2026-01-05")
        continue
      }
      var begins: Int?
      if let hour {
        guard let value = hourOfDay(row[hour] ?? "") else {
          problems.report(row, hour, "has no hour here; write 0 to 23, or 08:00")
          continue
        }
        begins = value
      }
      guard let count = Double(row[cases] ?? ""), count.isFinite, 0...1e7 ~= count else {
        problems.report(row, cases, "has no number of cases here; write one from 0 to 10000000")
        continue
      }
      volumes.rows.append(.init(date: day, hour: begins, cases: count, line: row.line))
    }
    volumes.rows.sort { ($0.date, $0.hour ?? 0, $0.line) < ($1.date, $1.hour ?? 0, $1.line) }
    for (row, next) in zip(volumes.rows, volumes.rows.dropFirst())
    where row.date == next.date && row.hour == next.hour {
      problems.report(
        CSVRow(fields: [], line: max(row.line, next.line)), date,
        "has \(next.date)\(next.hour.map { " \($0):00" } ?? "") twice; keep one row")
    }
    if problems.count == 0, volumes.rows.isEmpty { problems.reportEmpty() }
    return problems.count == 0 ? volumes : nil
  }

  /// The people that a team's table plans, in groups of those who are there on the same dates; empty where
  /// it has no table or it is wrong, which is then reported.
  ///
  /// - Parameter calendar: when they work on the dates on which they are there.
  func readStaffing(_ team: Section, calendar: ScenarioCalendar) -> [StaffingLevel] {
    for key in ["file", "date", "people"] { _ = reading.key("teams.*.staffing.\(key)") }
    let group = reading.group(team, "staffing")
    guard group.isPresent else { return [] }
    let names = (
      date: reading.text(group, "date") ?? "date", people: reading.text(group, "people") ?? "people"
    )
    guard let table = plannedTable(group), let date = table.column(names.date, "date", reading),
      let people = table.column(names.people, "people", reading)
    else { return [] }
    var plan: [(date: CivilDate, people: Int)] = []
    var problems = RowProblems(table: table, reading: reading)
    for row in table.rows {
      guard let day = table.date(row, date) else {
        problems.report(row, date, "has no date here; write it as 2026-01-05")
        continue
      }
      guard let count = Double(row[people] ?? "").flatMap({ Int(exactly: $0) }), 0...10_000 ~= count
      else {
        problems.report(
          row, people, "has no whole number of people here; write one from 0 to 10000")
        continue
      }
      if plan.contains(where: { $0.date == day }) {
        problems.report(row, date, "has \(day) twice; keep one row")
      }
      plan.append((day, count))
    }
    guard problems.count == 0 else { return [] }
    guard plan.contains(where: { $0.people > 0 }) else {
      problems.reportEmpty()
      return []
    }
    return levels(of: plan.sorted { $0.date < $1.date }, in: calendar, file: table.file)
  }

  /// For each number that is planned, the people who are there when at least so many are.
  private func levels(
    of plan: [(date: CivilDate, people: Int)], in calendar: ScenarioCalendar, file: String
  ) -> [StaffingLevel] {
    // Further than any run comes.
    let (start, end) = (
      plan[0].date.dayNumber - 8_000, plan[plan.count - 1].date.dayNumber + 15_000
    )
    var below = 0
    return Set(plan.map(\.people)).subtracting([0]).sorted().map { level in
      let closed = plan.indices.compactMap { index -> (from: Int, to: Int)? in
        guard plan[index].people < level else { return nil }
        let from = index == 0 ? start : plan[index].date.dayNumber
        let to = index + 1 < plan.count ? plan[index + 1].date.dayNumber : end
        return (from * 1440, to * 1440)
      }
      var own = calendar
      own.name = "\(calendar.name), at least \(level) by \(file)"
      if !closed.isEmpty {
        if own.isAlways {
          own.isAlways = false
          own.shifts = ScenarioCalendar.everyDay
        }
        own.closedHours = joined(own.closedHours.map { ($0.from, $0.to) } + closed)
          .map { LocalSpan(from: $0.from, to: $0.to) }
        // Extra hours outweigh closed ones, but not of people who are not there.
        own.extraHours.removeAll { span in
          closed.contains { $0.from <= span.from && span.from < $0.to }
        }
      }
      defer { below = level }
      return StaffingLevel(calendar: own, count: level - below)
    }
  }

  /// The table that a section's `file` names; `nil` where it cannot be read, which is then reported.
  private func plannedTable(_ group: Section) -> PlannedTable? {
    guard let file = reading.text(group, "file"), let node = group.node?["file"] else {
      if group.node?["file"] == nil {
        reading.reportMissing(reading.key(group.pattern(of: "file")), group, "file")
      }
      return nil
    }
    guard isBelow(file) else {
      reading.report(
        key: node.path,
        "'\(node.path)' is `\(shown(file))`, which lies outside of the scenario's folder; put the file "
          + "beside the scenario and name it without '..'", at: node.location)
      return nil
    }
    do {
      return try PlannedTable(file: file, group: group, bytes: try files(file))
    } catch {
      reading.report(
        key: node.path, "'\(node.path)' cannot be read: \(error)", at: node.location)
      return nil
    }
  }
}

/// `8`, `08`, `08:00`: the hour of a day.
private func hourOfDay(_ text: String) -> Int? {
  let parts = text.split(separator: ":")
  guard (1...3).contains(parts.count), parts.dropFirst().allSatisfy({ Int($0) == 0 }),
    let first = parts.first, let hour = Double(first).flatMap({ Int(exactly: $0) }),
    0...23 ~= hour
  else { return nil }
  return hour
}

/// A table that a planner keeps.
private struct PlannedTable {
  var file: String
  var group: ScenarioReading.Section
  var header: [String]
  var rows: [CSVRow]

  init(file: String, group: ScenarioReading.Section, bytes: [UInt8]) throws(DocumentError) {
    self.file = file
    self.group = group
    guard file.lowercased().hasSuffix(".xlsx") else {
      let table = try parseCSV(bytes, path: file)
      (header, rows) = (table.header, table.rows)
      return
    }
    let book = try parseWorkbook(bytes, path: file)
    let cells = (book.sheets.first { !$0.isHidden } ?? book.sheets.first)?.rows ?? []
    let filled = cells.enumerated().filter { row in row.element.contains { !$0.isEmpty } }
    header = filled.first?.element.map { $0.trimmed } ?? []
    rows = filled.dropFirst().map { CSVRow(fields: $0.element, line: $0.offset + 1) }
  }

  /// The position of a column; `nil` where it is not there once, which is then reported.
  func column(_ name: String, _ key: String, _ reading: ScenarioReading) -> Int? {
    let found = header.indices.filter { header[$0] == name }
    if found.count == 1 { return found[0] }
    let hint =
      nearestName(to: name, among: header).map { "did you mean '\(shown($0))'?" }
      ?? "it has \(header.prefix(8).map { shown($0) }.joined(separator: ", "))"
    reading.report(
      key: group.path(of: key),
      found.isEmpty
        ? "'\(group.path(of: key))': the table \(shown(file)) has no column '\(shown(name))'; \(hint)"
        : "'\(group.path(of: key))': the table \(shown(file)) has \(found.count) columns "
          + "'\(shown(name))'; rename all but one",
      at: group.node?[key]?.location ?? group.location)
    return nil
  }

  /// The date in a row; a time of day that is midnight may follow.
  func date(_ row: CSVRow, _ column: Int) -> CivilDate? {
    let text = (row[column] ?? "").trimmed
    let rest = text.dropFirst(10)
    guard rest.allSatisfy({ "T 0:Z.".contains($0) }) else { return nil }
    return CivilDate(String(text.prefix(10)))
  }
}

/// Reports what is wrong in rows of a table; the first few say it.
private struct RowProblems {
  let table: PlannedTable
  let reading: ScenarioReading
  private(set) var count = 0

  init(table: PlannedTable, reading: ScenarioReading) {
    self.table = table
    self.reading = reading
  }

  mutating func report(_ row: CSVRow, _ column: Int, _ reason: String) {
    count += 1
    guard count <= 5 else { return }
    reading.report(
      key: table.group.path(of: "file"),
      "the column '\(shown(table.header[column]))' of the table \(reason)",
      at: SourceLocation(path: table.file, line: row.line))
  }

  mutating func reportEmpty() {
    count += 1
    reading.report(
      key: table.group.path(of: "file"),
      "the table \(shown(table.file)) plans nothing; give it a row with a number above 0",
      at: table.group.location)
  }
}
