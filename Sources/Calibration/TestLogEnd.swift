public import EventLogs
internal import Statistics

/// How a test log ends, as the times that cases take tell it.
///
/// Where each case is in the log with its end, the log ends with the last of them. With F the share of cases that take
/// no longer, and rᵢ the time from the arrival of case i to the end of the log, −Σ ln F(rᵢ) is then that of the largest
/// of independent values: exponential with mean 1. It is larger where cases were under way at the end: they stand in
/// the log with what was done until then, or not at all.
public struct TestLogEnd: Sendable, Hashable {
  /// What became of cases that were under way.
  public enum Kind: String, Sendable, Hashable, Codable {
    /// There were none to speak of.
    case whole
    /// They are in the log with what was done until its end.
    case cutsCases = "cuts-cases"
    /// They are not in the log.
    case leavesOutCases = "leaves-out-cases"
  }

  /// What became of them.
  public var kind: Kind
  /// Cases that were to be expected under way at the end.
  public var expectedUnderWay: Double
  /// Probability of so early an end where no case was under way.
  public var pValue: Double
  /// Simulated cases of all runs that were under way at the end and have the course of another run in which they were
  /// not.
  public var replaced = 0
  /// Simulated cases of all runs that were under way in every one, and are left out.
  public var leftOut = 0

  /// Measures a log.
  ///
  /// - Parameter training: the log of an earlier time that says how long cases take, and with what they end. Where 30
  ///   cases of the test log or more came so early that 99 of 100 of the training log would have ended, these say how
  ///   long.
  public init(of test: EventLog, training: EventLog) {
    let (before, now) = (Self.courses(training), Self.courses(test))
    kind = .whole
    expectedUnderWay = 0
    pValue = 1
    guard let end = now.map(\.end).max(), !before.isEmpty else { return }
    var lengths = before.map { $0.end - $0.start }.sorted()
    let longest = lengths[min(lengths.count - 1, lengths.count * 99 / 100)]
    let early = now.filter { $0.start <= end - longest }
    if early.count >= 30 { lengths = early.map { $0.end - $0.start }.sorted() }
    var exponent = 0.0
    var atRisk: [Course] = []
    for course in now {
      let share =
        Double(Self.count(of: lengths, upTo: end - course.start) + 1) / Double(lengths.count + 1)
      exponent -= naturalLogarithm(share)
      expectedUnderWay += 1 - share
      if share < 0.99 { atRisk.append(course) }
    }
    pValue = exponential(-exponent)
    guard pValue < 0.001 else { return }
    kind = Self.endUnusually(atRisk, before, training) ? .cutsCases : .leavesOutCases
  }

  /// A case from its first start to its last end.
  private struct Course {
    var start: Int64
    var end: Int64
    /// Its last activity.
    var last: String
  }

  private static func courses(_ log: EventLog) -> [Course] {
    log.cases.indices.compactMap { index in
      let events = log.events(ofCase: index)
      guard let start = events.map(\.start).min(), let end = events.map(\.end).max(),
        let last = events.last
      else { return nil }
      return Course(start: start, end: end, last: log.activities[Int(last.activity)])
    }
  }

  /// How many of ascending values are not above a bound.
  private static func count(of sorted: [Int64], upTo bound: Int64) -> Int {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle] <= bound { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Whether cases end with activities that are less often the last ones than those that training cases end with.
  ///
  /// Each case has the probability that its last activity is the last where it is done, from the other cases of the
  /// training log; the means are compared (0.1 %).
  private static func endUnusually(
    _ atRisk: [Course], _ before: [Course], _ training: EventLog
  ) -> Bool {
    var done: [String: Int] = [:]
    for event in training.events {
      done[training.activities[Int(event.activity)], default: 0] += 1
    }
    var ends: [String: Int] = [:]
    for course in before { ends[course.last, default: 0] += 1 }
    func goesOn(_ course: Course, others: Bool) -> Double {
      let (all, last) = (done[course.last] ?? 0, ends[course.last] ?? 0)
      return others
        ? 1 - (Double(last) - 0.5) / Double(all) : 1 - (Double(last) + 0.5) / Double(all + 1)
    }
    return areLarger(
      atRisk.map { goesOn($0, others: false) }, than: before.map { goesOn($0, others: true) })
  }

  /// What was done about it, in a sentence or two; `nil` where nothing was.
  ///
  /// - Parameter runs: runs of the evaluation.
  public func remark(runs: Int) -> String? {
    let expected =
      "By the times that cases take, \(max(1, Int(expectedUnderWay.rounded()))) cases would be under way at the end of "
      + "the test log"
    switch kind {
    case .whole: return nil
    case .cutsCases:
      return expected
        + ", and its last cases end with what cases seldom end with: its end cuts them off. What is simulated beyond "
        + "it is left out, too."
    case .leavesOutCases:
      let each = Double(replaced + leftOut) / Double(max(1, runs))
      return expected
        + ", but its cases are whole: the others are not in it. Simulated cases that are under way then "
        + "(\((each * 10).rounded() / 10) of a run) have the course of another run in which they are not"
        + (leftOut > 0 ? "; \(leftOut) that are under way in every run are left out." : ".")
    }
  }
}
