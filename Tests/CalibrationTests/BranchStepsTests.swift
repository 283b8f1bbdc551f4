import EventLogs
import Testing

@testable import Calibration

@Suite("Steps of branches")
struct BranchStepsTests {
  /// A and B go on side by side, then C and D; A ends first in the even ones of 80 cases.
  ///
  /// - Parameter isCFirst: whether C begins before D, by the number of the case.
  private func flow(_ isCFirst: (Int) -> Bool, repeating again: (Int) -> Bool = { _ in false })
    throws -> FlowFit
  {
    var text = "case,activity,resource,start,end\n"
    for index in 0..<80 {
      let at = 1_767_600_000 + index * 36_000
      let isAFirst = index % 2 == 0
      text += "\(index),A,a,\(at + (isAFirst ? 0 : 10)),\(at + (isAFirst ? 600 : 1200))\n"
      text += "\(index),B,b,\(at + (isAFirst ? 10 : 0)),\(at + (isAFirst ? 1200 : 600))\n"
      let (c, d) = isCFirst(index) ? (2000, 2100) : (2100, 2000)
      text += "\(index),C,c,\(at + c),\(at + c + 600)\n"
      text += "\(index),D,d,\(at + d),\(at + d + 600)\n"
      if again(index) { text += "\(index),C,c,\(at + 5000),\(at + 5600)\n" }
    }
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    return calibrate(log, clock: LogClock(zone: "UTC") { _ in 0 }).flow
  }

  @Test("what begins in the order in which others end follows one of them each")
  func kept() throws {
    let straight = try flow { $0 % 2 == 0 }
    #expect(
      Set(straight.concurrent.map { "\($0.0)\($0.1)" }) == ["AB", "AD", "BC", "CD"])
    #expect(straight.blocks == 1)
    // The other way round A goes with D.
    let across = try flow { $0 % 2 == 1 }
    #expect(Set(across.concurrent.map { "\($0.0)\($0.1)" }) == ["AB", "AC", "BD", "CD"])
    #expect(across.blocks == 1)
  }

  @Test("what begins in an order of its own waits for both")
  func own() throws {
    // In half of either kind C begins first.
    let own = try flow { $0 / 2 % 2 == 0 }
    #expect(Set(own.concurrent.map { "\($0.0)\($0.1)" }) == ["AB", "CD"])
    #expect(own.blocks == 2)
    // In 72 of 80 the order is kept, which is fewer than 19 of 20.
    let loose = try flow { ($0 % 2 == 0) != ($0 % 10 == 3) }
    #expect(Set(loose.concurrent.map { "\($0.0)\($0.1)" }) == ["AB", "CD"])
  }

  @Test("what is done again in its case is left waiting for both")
  func repeated() throws {
    let again = try flow({ $0 % 2 == 0 }, repeating: { $0 % 40 == 0 })
    #expect(Set(again.concurrent.map { "\($0.0)\($0.1)" }) == ["AB", "CD"])
  }
}
