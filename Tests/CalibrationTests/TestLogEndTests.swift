import EventLogs
import Statistics
import Testing

@testable import Calibration

@Suite("How a test log ends") struct TestLogEndTests {
  private static let origin = 1_767_571_200

  /// A case: its start in hours, its length in hours, and its activities, the last of which ends it.
  private struct Course {
    var start: Double
    var hours: Double
    var activities: [String]
  }

  private func log(_ courses: [Course]) throws -> EventLog {
    var text = "case,activity,start,end\n"
    for (index, course) in courses.enumerated() {
      let first = Self.origin + Int(course.start * 3600)
      let last = first + Int(course.hours * 3600)
      for (place, activity) in course.activities.enumerated() {
        let at = place == 0 ? first : last
        let end = place == course.activities.count - 1 ? last : at
        text += "\(index),\(activity),\(at),\(end)\n"
      }
    }
    return try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// A hundred cases, half of which take an hour and half 99; ninety end with Close, ten with the second Ask.
  private func training() throws -> EventLog {
    try log(
      (0..<100).map { index in
        Course(
          start: Double(index), hours: index % 2 == 0 ? 1 : 99,
          activities: index < 90 ? ["Order", "Close"] : ["Order", "Ask", "Ask"])
      })
  }

  /// Cases that come within the 10 h before the end of the log, and are done after an hour but for the last, with which
  /// the log ends.
  private func late(_ activities: [String], from first: Double = 1000) -> [Course] {
    (0..<21).map { index in
      Course(
        start: first + Double(index) / 3, hours: index < 20 ? 1 : 10 - 20.0 / 3,
        activities: activities)
    }
  }

  /// Each of the 21 cases ends by then with (50 + 1) of (100 + 1).
  @Test("cases that are whole, though the log ends too early for it, are what was not left out")
  func leavesOut() throws {
    let end = TestLogEnd(of: try log(late(["Order", "Close"])), training: try training())
    #expect(end.kind == .leavesOutCases)
    #expect(abs(end.expectedUnderWay - 21 * 50.0 / 101) < 1e-9)
    let expected = exponential(21 * naturalLogarithm(51.0 / 101))
    #expect(abs(end.pValue / expected - 1) < 1e-9)
    #expect(end.remark(runs: 1)?.contains("10 cases would be under way") == true)
  }

  @Test("cases that end with what no training case ends with are cut off")
  func cuts() throws {
    let end = TestLogEnd(of: try log(late(["Order"])), training: try training())
    #expect(end.kind == .cutsCases)
    #expect(end.remark(runs: 1)?.contains("cuts them off") == true)
  }

  @Test("a log whose cases had time to end is whole")
  func whole() throws {
    let cases = (0..<21).map {
      Course(start: Double($0), hours: $0 < 20 ? 1 : 99, activities: ["Order", "Close"])
    }
    let end = TestLogEnd(of: try log(cases), training: try training())
    #expect(end.kind == .whole && end.expectedUnderWay == 0 && end.pValue == 1)
    #expect(end.remark(runs: 1) == nil)
  }

  @Test("where cases have become faster, those of the test log say how long they take")
  func faster() throws {
    let early = (0..<30).map {
      Course(start: 500 + Double($0), hours: 1, activities: ["Order", "Close"])
    }
    let end = TestLogEnd(
      of: try log(early + late(["Order", "Close"])), training: try training())
    #expect(end.kind == .whole && end.pValue == 1)
    let few = TestLogEnd(
      of: try log(early.dropLast() + late(["Order", "Close"])), training: try training())
    #expect(few.kind == .leavesOutCases)
  }

  /// Logs that end with the last of 200 cases: the sum is exponential with mean 1, so that of 100 logs hardly any is
  /// taken for one whose end lies too early, and the mean of the sums lies within 4 standard errors of 1.
  @Test("the sum of whole logs is exponential with mean 1")
  func level() throws {
    var state: UInt64 = 5
    func exponentialHours() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return -20 * naturalLogarithm(1 - Double(state >> 33) / Double(1 << 31))
    }
    var sum = 0.0
    var flagged = 0
    for _ in 0..<100 {
      let before = (0..<1000).map {
        Course(start: Double($0), hours: exponentialHours(), activities: ["Order", "Close"])
      }
      // Cases of 20 h on average within 60 h, so that none came early enough to say how long cases take.
      let now = (0..<200).map {
        Course(start: Double($0) * 0.3, hours: exponentialHours(), activities: ["Order", "Close"])
      }
      let end = TestLogEnd(of: try log(now), training: try log(before))
      sum -= naturalLogarithm(end.pValue)
      if end.kind != .whole { flagged += 1 }
    }
    #expect(flagged <= 2)
    #expect(abs(sum / 100 - 1) < 0.4)
  }
}
