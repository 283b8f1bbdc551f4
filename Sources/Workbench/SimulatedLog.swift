import DocumentReading
import EventLogs
import Facts
import Simulation

/// The logs of runs, each as CSV.
struct SplitLogs {
  var texts: [String]
  /// Cases of all runs that were under way at the end and have the course of another run.
  var replaced = 0
  /// Cases of all runs that were under way at the end and are left out.
  var leftOut = 0
}

/// The logs of the runs of an evaluation, in the columns of another log.
struct SimulatedLogs {
  /// What is done with what happens after a local time.
  enum End {
    /// Work that is done after it is left out.
    case cutting(at: String)
    /// Cases that go on after it are left out; one that is known in several runs has the course of the next one in
    /// which it does not.
    case leavingOut(at: String)
  }

  /// A case of a run.
  private struct Place: Hashable {
    var run: Int
    var ordinal: Int
  }

  /// The columns that are written, and the part of an event that each is; `nil` for one we know nothing of.
  let header: [String]
  private let parts: [LogPart?]
  private let hasOffsets: Bool
  /// Whether start and end are two records.
  private let writesSteps: Bool
  /// What the log calls activities that the process calls otherwise.
  private let names: [String: String]

  init(like log: EventLog, names: [String: String] = [:]) {
    self.names = names
    let source = log.source
    if source.format == "csv" {
      header = source.header
      parts = source.header.map { name in source.mapping.first { $0.column == name }?.part }
    } else {
      header = ["case_id", "activity", "resource", "start_time", "end_time"]
      parts = [.caseID, .activity, .resource, .start, .end]
    }
    hasOffsets = source.hasOffsets
    writesSteps = parts.contains(.lifecycle) && source.hasStartTimes && !parts.contains(.start)
  }

  /// Splits the log of a simulation by replications, each as CSV.
  ///
  /// - Parameters:
  ///   - cases: for each counted case by its order of arrival its id in the new log; `nil` for one that is
  ///     left out.
  ///   - period: cases that come outside of this period of local times are left out; `nil` for none.
  ///   - end: what is done with what happens after the end of the other log; `nil` where nothing is left out.
  ///   - left: teams whose work is no work of the process.
  func split(
    _ bytes: [UInt8], path: String, runs: Int, cases: [String?]?,
    within period: ClosedRange<String>?,
    until end: End?, leavingOut left: Set<String>
  ) throws(DocumentError) -> SplitLogs {
    var reader = try CSVReader(bytes, path: path, limits: eventLogLimits)
    guard let head = try reader.next() else { return SplitLogs(texts: []) }
    func position(_ name: String) -> Int { head.fields.firstIndex(of: name) ?? 0 }
    let replication = head.fields.firstIndex(of: "replication")
    let columns = ["case_id", "activity", "resource", "team", "enabled", "started", "finished"]
      .map(position)
    func place(_ row: CSVRow) -> Place {
      Place(
        run: replication.flatMap { row[$0] }.flatMap { Int($0) } ?? 1,
        ordinal: row[columns[0]]?.split(separator: "-").last.flatMap { Int($0) } ?? 0)
    }
    var logs = SplitLogs(
      texts: [String](
        repeating: header.map(quotedCSVField).joined(separator: ",") + "\n", count: runs))
    // Cases that go on after the end, and which of them may stand for each other.
    var goOn: Set<Place> = []
    if case .leavingOut(let time) = end {
      var ahead = try CSVReader(bytes, path: path, limits: eventLogLimits)
      _ = try ahead.next()
      while let row = try ahead.next() {
        let place = place(row)
        guard 1...runs ~= place.run, !left.contains(row[columns[3]] ?? ""),
          isAfter(row[columns[6]] ?? "", time)
        else { continue }
        if let cases, !cases.indices.contains(place.ordinal) || cases[place.ordinal] == nil {
          continue
        }
        goOn.insert(place)
      }
    }
    let wanted = cases == nil ? [] : Set(goOn.map(\.ordinal))
    var courses: [Place: String] = [:]
    // Work stands in the order in which it was done, so that what a case waits for first may come late.
    var came: [String: String] = [:]
    if period != nil {
      var ahead = try CSVReader(bytes, path: path, limits: eventLogLimits)
      _ = try ahead.next()
      while let row = try ahead.next() {
        guard let id = row[columns[0]], let enabled = row[columns[4]] else { continue }
        came[id] = min(came[id] ?? enabled, enabled)
      }
    }
    while let row = try reader.next() {
      if let period, let first = came[row[columns[0]] ?? ""], !period.contains(first) { continue }
      let values = columns.map { row[$0] ?? "" }
      if left.contains(values[3]) { continue }
      if case .cutting(let time) = end, isAfter(values[6], time) { continue }
      let place = place(row)
      guard 1...runs ~= place.run else { continue }
      var id = "\(place.ordinal)"
      if let cases {
        guard cases.indices.contains(place.ordinal), let known = cases[place.ordinal] else {
          continue
        }
        id = known
      }
      if goOn.contains(place) { continue }
      for step in writesSteps ? ["start", "complete"] : ["complete"] {
        let line = line(values, id: id, step: step)
        logs.texts[place.run - 1] += line
        if wanted.contains(place.ordinal) { courses[place, default: ""] += line }
      }
    }
    for place in goOn.sorted(by: { ($0.run, $0.ordinal) < ($1.run, $1.ordinal) }) {
      if let course = other(of: place, runs: runs, courses) {
        logs.texts[place.run - 1] += course
        logs.replaced += 1
      } else {
        logs.leftOut += 1
      }
    }
    return logs
  }

  /// The course of a case in the next run that has one.
  private func other(of place: Place, runs: Int, _ courses: [Place: String]) -> String? {
    for step in 1..<max(2, runs) {
      let run = (place.run - 1 + step) % runs + 1
      if let course = courses[Place(run: run, ordinal: place.ordinal)] { return course }
    }
    return nil
  }

  /// Whether a time of a simulated log, with its distance from UTC, is after a local time.
  private func isAfter(_ time: String, _ end: String) -> Bool { time.prefix(end.count) > end }

  private func line(_ values: [String], id: String, step: String) -> String {
    parts.map { part in
      switch part {
      case .caseID: quotedCSVField(id)
      case .activity: quotedCSVField(names[values[1]] ?? values[1])
      case .resource: values[3].hasPrefix("unnamed ") ? "" : quotedCSVField(values[2])
      case .enabled: time(values[4])
      case .start: time(values[5])
      case .end: time(writesSteps && step == "start" ? values[5] : values[6])
      case .lifecycle: step
      case .instance, nil: ""
      }
    }.joined(separator: ",") + "\n"
  }

  private func time(_ text: String) -> String { hasOffsets ? text : String(text.dropLast(6)) }
}
