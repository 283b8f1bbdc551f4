import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Histories of Temporal workflows, as its command line, its web pages and its interface write them.
  static let temporal = ImportFormat(
    id: "temporal", title: "Temporal workflow history",
    sniff: { file in temporalHistories(of: file) == nil ? nil : .part },
    read: { group in
      let files = group.files.map { file in (file, temporalHistories(of: file) ?? []) }
      var runs: [String: TemporalRuns] = [:]
      for history in files.flatMap(\.1) {
        if let type = history.type { runs[nameKey(type), default: TemporalRuns()].add(history) }
      }
      return files.map { file, histories in
        var statements = TemporalStatements(path: file.path, runs: runs)
        for history in histories { statements.add(history) }
        return statements.reading
      }
    })
}

/// The histories that a file holds; `nil` where it holds none.
func temporalHistories(of file: CandidateFile) -> [TemporalHistory]? {
  guard let first = file.firstByte, first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
    file.contains("EventAttributes\"") || file.contains("event_attributes\""),
    file.contains("\"eventTime\"") || file.contains("\"event_time\""),
    let root = try? file.json()
  else { return nil }
  let histories = TemporalHistory.histories(in: root, path: file.path)
  return histories.isEmpty ? nil : histories
}

/// What all runs of one workflow say together.
struct TemporalRuns {
  private(set) var count = 0
  private(set) var closed = 0
  private(set) var failed = 0
  private(set) var timed = 0
  private(set) var seconds = 0.0
  private(set) var first: Double?
  private(set) var last: Double?
  private(set) var place: SourceLocation?

  /// Counts a run.
  mutating func add(_ run: TemporalHistory) {
    count += 1
    place = place ?? run.location
    if let start = run.start {
      first = min(first ?? start, start)
      last = max(last ?? start, start)
    }
    switch run.ending {
    case .completed: closed += 1
    case .failed, .timedOut:
      closed += 1
      failed += 1
    case .stopped, .continued, nil: return
    }
    if let start = run.start, let end = run.end, end >= start {
      timed += 1
      seconds += end - start
    }
  }

  /// States what the runs measure.
  func state(in system: inout AutomationSystem) {
    guard let place else { return }
    var window = ""
    if let first, let last {
      window =
        ", \(Timestamp(seconds: first).date) to \(Timestamp(seconds: last).date)"
    }
    if let first, let last, last - first >= 86_400 {
      system.volume.state(
        Frequency(count: Double(count) / ((last - first) / 86_400), per: .day),
        Evidence(
          .measured, place,
          note: "n = \(count) runs\(window); runs whose history was not exported are missing"))
    } else {
      system.unknowns.append(
        "How often it runs: the histories that were exported cover less than a day.")
    }
    if timed > 0, let mean = TimeSpan(seconds: seconds / Double(timed)) {
      system.runTime.state(
        mean, Evidence(.measured, place, note: "n = \(timed) runs that ended\(window)"))
    }
    // One run tells nothing of how often runs fail.
    if closed > 1, let rate = Probability(Double(failed) / Double(closed)) {
      system.failureRate.state(
        rate, Evidence(.measured, place, note: "n = \(closed) runs that ended\(window)"))
    }
  }
}
