import Experiments
import Foundation
import Scenarios
import Simulation
import Synchronization

/// Where a log of work is written, and how.
public struct EventLogFile: Sendable, Hashable {
  /// The file.
  public var path: String
  /// What it looks like.
  public var format: LogFormat

  /// Names a file.
  ///
  /// - Parameter format: `nil` for what the name ends in: XES for `.xes`, OCEL 2.0 for `.jsonocel` and
  ///   `.json`, else CSV.
  public init(path: String, format: LogFormat? = nil) {
    self.path = path
    let name = path.lowercased()
    self.format =
      format
      ?? (name.hasSuffix(".xes")
        ? .xes : name.hasSuffix(".jsonocel") || name.hasSuffix(".json") ? .ocel : .csv)
  }
}

/// What a log of work looks like.
public enum LogFormat: String, Sendable, Hashable, CaseIterable {
  /// A row for each piece of work (RFC 4180).
  case csv
  /// A trace for each case (IEEE 1849).
  case xes
  /// Events and objects with their relations, as JSON (OCEL 2.0).
  case ocel
}

/// A log of all replications of a run, written beside its place and moved there when it is whole.
///
/// Each replication writes a part of its own, on whatever thread it runs; at the end the parts are joined
/// in the order of replications.
final class ReplicationLogs: Sendable {
  private let path: String
  /// What the parts look like.
  private let format: EventLogFormat
  /// What makes an object-centric log of them; `nil` where they are the log themselves.
  private let objects: ObjectCentricLog?
  private let title: String
  private let currency: String
  private let zone: LogZone
  private let hasSeveral: Bool
  /// What went wrong first.
  private let failure = Mutex<String?>(nil)

  /// A log that replaces the file at a path.
  ///
  /// - Parameter replications: how many the run is asked for.
  init(
    _ file: EventLogFile, of scenario: CompiledScenario, model: SimulationModel, replications: Int
  ) throws(WorkbenchError) {
    let path = file.path
    try checkWritable(path, option: "--log")
    self.path = path
    format = file.format == .xes ? .xes : .csv
    objects = file.format == .ocel ? ObjectCentricLog(of: model) : nil
    title = scenario.title
    currency = scenario.currency
    hasSeveral = replications > 1
    zone = try logZone(of: scenario)
    do {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .badInput([
        "\(path): cannot be written (\(error.localizedDescription)); name another place with --log"
      ])
    }
  }

  /// Runs a replication and writes its part.
  func run(
    _ model: SimulationModel, _ seed: UInt64, _ job: ReplicationJob, _ control: RunControl
  ) throws(SimulationError) -> ReplicationRecord {
    let part = partPath(job.replication)
    let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    defer { if file >= 0 { close(file) } }
    if file < 0 { fail(control) }
    // The first part becomes the log: it begins with the head.
    if job.replication == 0 {
      let head = Array(format.head(title: title, hasSeveral: hasSeveral).utf8)
      head.withUnsafeBytes { write($0, to: file, control) }
    }
    var log = EventLogObserver(
      of: model, format: format, replication: hasSeveral ? job.replication + 1 : nil,
      currency: currency, zone: zone
    ) { self.write($0, to: file, control) }
    return try runReplication(
      of: model, seed: seed, replication: job.replication, control: control, log: &log)
  }

  private func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, _ control: RunControl) {
    var rest = bytes
    while !rest.isEmpty, file >= 0 {
      let written = Foundation.write(file, rest.baseAddress, rest.count)
      if written < 0, errno == EINTR { continue }
      guard written > 0 else { return fail(control) }
      rest = UnsafeRawBufferPointer(rebasing: rest[written...])
    }
  }

  /// Notes why the log cannot be written, and ends the run: without its log it is not what was asked for.
  private func fail(_ control: RunControl) {
    let reason = String(cString: strerror(errno))
    failure.withLock { if $0 == nil { $0 = reason } }
    control.stop(.interrupted)
  }

  private func partPath(_ replication: Int) -> String {
    let url = URL(fileURLWithPath: path)
    return url.deletingLastPathComponent()
      .appending(path: ".\(url.lastPathComponent).part-\(replication + 1)").path
  }

  /// Makes the object-centric log of the parts of the replications done, and puts it in its place.
  private func finish(_ objects: ObjectCentricLog, replications: Int) throws(WorkbenchError) {
    let whole = partPath(-1)
    defer {
      unlink(whole)
      removeParts(from: 0, upTo: replications)
    }
    do {
      _ = FileManager.default.createFile(atPath: whole, contents: nil)
      let file = try FileHandle(forWritingTo: URL(fileURLWithPath: whole))
      try objects.write(
        parts: (0..<replications).map { URL(fileURLWithPath: partPath($0)) },
        hasSeveral: hasSeveral
      ) { try file.write(contentsOf: $0) }
      try file.close()
      guard rename(whole, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    } catch {
      throw cannotBeWritten(error)
    }
  }

  private func cannotBeWritten(_ error: any Error) -> WorkbenchError {
    .badInput([
      "\(path): cannot be written (\(error.localizedDescription)); name another place with --log"
    ])
  }

  /// Joins the parts of the replications done and puts the log in its place.
  func finish(replications: Int) throws(WorkbenchError) {
    if let objects { return try finish(objects, replications: replications) }
    do {
      let first = partPath(0)
      let whole = try FileHandle(forWritingTo: URL(fileURLWithPath: first))
      try whole.seekToEnd()
      for replication in 1..<max(1, replications) {
        let part = URL(fileURLWithPath: partPath(replication))
        let source = try FileHandle(forReadingFrom: part)
        while let bytes = try source.read(upToCount: 1 << 20), !bytes.isEmpty {
          try whole.write(contentsOf: bytes)
        }
        try source.close()
        try FileManager.default.removeItem(at: part)
      }
      try whole.write(contentsOf: Data(format.foot.utf8))
      try whole.close()
      guard rename(first, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    } catch {
      throw cannotBeWritten(error)
    }
  }

  /// Why the log could not be written; `nil` where it could.
  var problem: WorkbenchError? {
    failure.withLock { $0 }.map {
      .badInput(["\(path): cannot be written (\($0)); name another place with --log"])
    }
  }

  /// Removes all parts: those of replications that do not count, or of a run that failed.
  func removeParts(from first: Int, upTo count: Int) {
    for replication in first..<max(first, count) { unlink(partPath(replication)) }
  }
}

/// The time zone of a scenario, as its log needs it.
private func logZone(of scenario: CompiledScenario) throws(WorkbenchError) -> LogZone {
  guard let zone = TimeZone(identifier: scenario.timeZone) else {
    throw .badInput(["this system does not know the time zone '\(scenario.timeZone)'"])
  }
  return LogZone(origin: scenario.origin) { seconds in
    let date = Date(timeIntervalSince1970: Double(seconds))
    let offset = zone.secondsFromGMT(for: date)
    // Looked up anew from week to week at least, so that no change of the clock is missed.
    let week: Int64 = 604_800
    let next = zone.nextDaylightSavingTimeTransition(after: date).map {
      Int64($0.timeIntervalSince1970)
    }
    return (offset, seconds, min(next ?? .max, seconds + week))
  }
}
