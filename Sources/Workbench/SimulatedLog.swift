import DocumentReading
import EventLogs
import Facts
import Simulation

/// The logs of the runs of an evaluation, in the columns of another log.
struct SimulatedLogs {
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
  ///   - end: work that is done after this local time is left out; `nil` for none.
  ///   - left: teams whose work is no work of the process.
  func split(
    _ bytes: [UInt8], path: String, runs: Int, cases: [String?]?,
    within period: ClosedRange<String>?,
    until end: String?, leavingOut left: Set<String>
  ) throws(DocumentError) -> [String] {
    var reader = try CSVReader(bytes, path: path, limits: eventLogLimits)
    guard let head = try reader.next() else { return [] }
    func position(_ name: String) -> Int { head.fields.firstIndex(of: name) ?? 0 }
    let replication = head.fields.firstIndex(of: "replication")
    let columns = ["case_id", "activity", "resource", "team", "enabled", "started", "finished"]
      .map(position)
    var texts = [String](
      repeating: header.map(quotedCSVField).joined(separator: ",") + "\n", count: runs)
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
      if let end, values[6] > end { continue }
      let run = replication.flatMap { row[$0] }.flatMap { Int($0) } ?? 1
      guard 1...runs ~= run else { continue }
      let ordinal = values[0].split(separator: "-").last.flatMap { Int($0) } ?? 0
      var id = "\(ordinal)"
      if let cases {
        guard cases.indices.contains(ordinal), let known = cases[ordinal] else { continue }
        id = known
      }
      for step in writesSteps ? ["start", "complete"] : ["complete"] {
        texts[run - 1] += line(values, id: id, step: step)
      }
    }
    return texts
  }

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
