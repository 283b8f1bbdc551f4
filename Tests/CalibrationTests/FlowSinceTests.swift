import EventLogs
import Testing

@testable import Calibration

@Suite("From when on the flow is learned") struct FlowSinceTests {
  private struct Numbers {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 7_919 &+ 17 }

    /// In 0..<1.
    mutating func share() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
  }

  /// 400 cases, one an hour, of which a share is checked before it is paid.
  private func log(seed: Int, checked: (Int) -> Double) throws -> EventLog {
    var numbers = Numbers(seed)
    var text = "case,activity,start,end\n"
    for index in 0..<400 {
      let at = 1_767_571_200 + index * 3600
      text += "\(index),Order,\(at),\(at + 60)\n"
      if numbers.share() < checked(index) { text += "\(index),Check,\(at + 60),\(at + 120)\n" }
      text += "\(index),Pay,\(at + 120),\(at + 180)\n"
    }
    return try readEventLog(Array(text.utf8), path: "log.csv")
  }

  /// The last quarter of the 320 cases before those that are left out begins with the 241st: 160 are like it.
  ///
  /// The last half has as many of either kind, which foretells worse by 0.37 nats a case; an eighth would have fewer
  /// than 50. Of the cases since then a tenth is checked, within 3.5 standard errors of 100 cases.
  @Test("where cases go other ways since a day, those since then are the flow", arguments: 1...5)
  func changed(seed: Int) throws {
    let found = calibrate(try log(seed: seed) { $0 < 240 ? 0.9 : 0.1 }, clock: utc)
    let since = try #require(found.flow.since)
    #expect(since >= Int64(1_767_571_200 + 240 * 3600) * 1_000_000)
    #expect((100...160).contains(found.flow.cases))
    let check = try #require(found.branches.first { $0.leadsTo == "Check" })
    #expect(check.total == found.flow.cases)
    let share = Double(check.count) / Double(check.total)
    #expect(abs(share - 0.1) < 3.5 * (0.09 / 100).squareRoot())
    #expect(found.remarks.contains { $0.contains("the flow is that of the cases since 2026-01-1") })
  }

  @Test("where nothing changed the flow is that of all cases", arguments: 1...20)
  func same(seed: Int) throws {
    let found = calibrate(try log(seed: seed) { _ in 0.4 }, clock: utc)
    #expect(found.flow.since == nil && found.flow.cases == 400)
  }

  @Test(
    "activities that are done no more are not in the process, and the scenario runs without them")
  func gone() throws {
    var text = "case,activity,resource,start,end\n"
    for index in 0..<400 {
      let at = 1_767_571_200 + index * 3600
      let middle = index < 240 ? "Stamp" : index % 3 == 0 ? "Scan" : "Sign"
      text += "\(index),Order,Ann,\(at),\(at + 60)\n"
      text += "\(index),\(middle),Bob,\(at + 60),\(at + 120)\n"
      text += "\(index),Pay,Cy,\(at + 120),\(at + 180)\n"
    }
    let found = calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc)
    #expect(found.flow.since != nil)
    let scenario = found.bpmn
    #expect(!scenario.contains("Stamp") && scenario.contains("Scan") && scenario.contains("Sign"))
  }
}
