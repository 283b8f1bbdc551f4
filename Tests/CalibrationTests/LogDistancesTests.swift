import EventLogs
import Foundation
import Testing

@testable import Calibration

@Suite("Distances between logs")
struct LogDistancesTests {
  @Test("the Wasserstein distance of two samples is the area between their distribution functions")
  func area() {
    // {0, 1, 3} and {5, 6, 8}: each value moves by 5 (the example of scipy's documentation).
    #expect(wasserstein([0, 1, 3], [5, 6, 8]) == 5)
    // {0} and {0, 1}: half of the mass moves by 1.
    #expect(wasserstein([0], [1, 0]) == 0.5)
    #expect(wasserstein([2, 2, 7], [7, 2, 2]) == 0)
  }

  private func log(_ rows: [(String, String, Int, Int)]) throws -> EventLog {
    let lines = rows.map { caseID, activity, start, end in
      "\(caseID),\(activity),\(1_767_600_000 + start * 60),\(1_767_600_000 + end * 60)"
    }
    let text = "case,activity,start,end\n" + lines.joined(separator: "\n")
    return try readEventLog(Array(text.utf8), path: "log.csv")
  }

  @Test(
    "a log is no distance from itself, and an hour's shift is an hour for the absolute ones only")
  func shift() throws {
    // 1767600000 is Monday 2026-01-05, 08:00 UTC.
    let rows = [("1", "A", 0, 30), ("1", "B", 30, 90), ("2", "A", 60, 70)]
    let real = try log(rows)
    let same = LogDistances(real: real, simulated: real)
    #expect(same.named.allSatisfy { $0.value == 0 })
    let later = LogDistances(
      real: real, simulated: try log(rows.map { ($0.0, $0.1, $0.2 + 60, $0.3 + 60) }))
    #expect(later.nGram == 0 && later.relativeEvent == 0 && later.cycleTime == 0)
    #expect(later.absoluteEvent == 1 && later.caseArrival == 1)
    // One weekday of seven.
    #expect(abs(later.circadianEvent - 1.0 / 7) < 1e-12)
  }

  @Test("n-grams count with the marks before and after a case")
  func grams() throws {
    // A: --A, -A-, A--. AB: --A, -AB, AB-, B--. Common: --A; the other five of seven differ.
    let distances = LogDistances(
      real: try log([("1", "A", 0, 1)]), simulated: try log([("1", "A", 0, 1), ("1", "B", 1, 2)]))
    #expect(abs(distances.nGram - 5.0 / 7) < 1e-12)
  }

  @Test("every distance equals that of log-distance-measures", arguments: 1...4)
  func package(seed: Int) throws {
    guard let python = ProcessInfo.processInfo.environment["REHEARSE_TEST_PYTHON"] else { return }
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "distances-\(seed)-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (a, b) = (random(seed), random(seed + 100))
    try Data(a.utf8).write(to: folder.appending(path: "a.csv"))
    try Data(b.utf8).write(to: folder.appending(path: "b.csv"))
    try Data(script.utf8).write(to: folder.appending(path: "score.py"))
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.currentDirectoryURL = folder
    process.arguments = ["score.py"]
    let output = Pipe()
    let errors = Pipe()
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    let text = try output.fileHandleForReading.readToEnd() ?? Data()
    let complaint = try errors.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    if String(decoding: complaint, as: UTF8.self).contains("No module named") { return }
    let expected = try JSONDecoder().decode(LogDistances.self, from: text)
    let found = LogDistances(
      real: try readEventLog(Array(a.utf8), path: "a"),
      simulated: try readEventLog(Array(b.utf8), path: "b"))
    for (one, other) in zip(found.named, expected.named) {
      #expect(abs(one.value - other.value) < 1e-9, "\(one.name): \(one.value), \(other.value)")
    }
  }

  /// A log by chance: cases over three weeks, of up to nine events that may overlap or take no time.
  private func random(_ seed: Int) -> String {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1
    func below(_ bound: UInt64) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % bound)
    }
    var text = "case_id,activity,resource,start_time,end_time\n"
    for index in 0..<60 {
      var at = 1_767_600_000 + below(21 * 86_400)
      for _ in 0...below(9) {
        let length = below(4) == 0 ? 0 : below(20_000)
        text += "\(index),T\(below(5)),r,\(stamp(at)),\(stamp(at + length))\n"
        at += below(3) == 0 ? 0 : below(40_000)
      }
    }
    return text
  }

  private func stamp(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601)
  }

  private let script = """
    import json, pandas as pd
    from log_distance_measures.config import EventLogIDs, AbsoluteTimestampType as T
    from log_distance_measures.n_gram_distribution import n_gram_distribution_distance as ngd
    from log_distance_measures.absolute_event_distribution import absolute_event_distribution_distance as aedd
    from log_distance_measures.circadian_event_distribution import circadian_event_distribution_distance as cedd
    from log_distance_measures.relative_event_distribution import relative_event_distribution_distance as redd
    from log_distance_measures.cycle_time_distribution import cycle_time_distribution_distance as ctdd
    from log_distance_measures.case_arrival_distribution import case_arrival_distribution_distance as car
    ids = EventLogIDs(case="case_id", activity="activity", start_time="start_time", end_time="end_time", resource="resource")
    def load(path):
        log = pd.read_csv(path)
        for column in ("start_time", "end_time"): log[column] = pd.to_datetime(log[column], utc=True)
        return log
    a, b = load("a.csv"), load("b.csv")
    both = dict(discretize_type=T.BOTH)
    print(json.dumps({k: float(v) for k, v in dict(
        NGD=ngd(a, ids, b, ids, n=3), AEDD=aedd(a, ids, b, ids, **both), CEDD=cedd(a, ids, b, ids, **both),
        REDD=redd(a, ids, b, ids, **both), CTDD=ctdd(a, ids, b, ids, bin_size=pd.Timedelta(hours=1)),
        CAR=car(a, ids, b, ids)).items()}))
    """
}
