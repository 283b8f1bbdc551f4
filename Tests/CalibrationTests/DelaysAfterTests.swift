import EventLogs
import Testing

@testable import Calibration

/// Waiting that depends on what was done before.
@Suite("Waiting by what came before") struct DelaysAfterTests {
  /// Numbers without order, the same in every run.
  private struct Numbers {
    var state: UInt64

    /// Exponential with a mean.
    mutating func exponential(_ mean: Double) -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      var share = (Double(state >> 33) + 1) / 2_147_483_649
      // −ln by halves: share = 2^−k · rest.
      var sum = 0.0
      while share < 0.5 {
        share *= 2
        sum += 0.693_147_180_559_945
      }
      let x = 1 - share
      var power = x
      for k in 1...60 {
        sum += power / Double(k)
        power *= x
      }
      return mean * sum
    }
  }

  /// 400 cases: A or B, then C after a wait of the given means in seconds; everybody has time.
  private func calibrated(afterA: Double, afterB: Double) throws -> LogCalibration {
    var numbers = Numbers(state: 5)
    var text = "case,activity,resource,start,end\n"
    for index in 0..<400 {
      // Steps of 50,000 s come at all hours of the day alike.
      let at = 1_767_600_000 + index * 50_000
      let first = index % 2 == 0 ? "A" : "B"
      text += "\(index),\(first),r\(index % 7),\(at),\(at + 60)\n"
      let start = at + 60 + Int(numbers.exponential(first == "A" ? afterA : afterB))
      text += "\(index),C,s\(index % 5),\(start),\(start + 60)\n"
    }
    return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
  }

  /// The mean of 200 exponential waits has a standard error of a fourteenth: three of them are a fifth.
  @Test("waits of their own are found after each activity, and stand in the scenario")
  func differ() throws {
    let found = try calibrated(afterA: 1800, afterB: 14_400)
    let activity = try #require(found.activities.first { $0.name == "C" })
    #expect(activity.delaysAfter.map(\.after) == [["A"], ["B"], []])
    #expect(activity.delaysAfter.prefix(2).map(\.time.count) == [200, 200])
    for (delay, mean) in zip(activity.delaysAfter, [1800.0, 14_400]) {
      #expect(abs(delay.time.mean / mean - 1) < 0.22)
    }
    let text = found.scenarioText()
    #expect(text.contains("waiting before C after A") && text.contains("waiting before C after B"))
    #expect(!text.contains("after anything else"))
    _ = try found.readBack()
  }

  @Test("where all wait alike there is one wait")
  func alike() throws {
    let found = try calibrated(afterA: 7200, afterB: 7200)
    let activity = try #require(found.activities.first { $0.name == "C" })
    #expect(activity.delay != nil && activity.delaysAfter.isEmpty)
    _ = try found.readBack()
  }

  /// Ten waits after B are no group of their own.
  @Test("what is rare has the waiting of all")
  func rare() {
    var numbers = Numbers(state: 9)
    let waits = (0..<210).map { index in
      (
        symbol: index < 100 ? 0 : index < 200 ? 1 : 2, caseIndex: index,
        seconds: numbers.exponential(index < 100 ? 60 : 3600)
      )
    }
    let groups = waitsByContext(waits)
    #expect(groups.map(\.symbols) == [[0], [1], []])
    #expect(groups.map(\.seconds.count) == [100, 100, 210])
  }
}
