import EventLogs
import Testing

@testable import Calibration

@Suite("Flow of a log")
struct FlowChainTests {
  private func shapes(_ count: Int) -> [BlockShape] { (0..<count).map { .activity($0) } }

  @Test("what comes next depends on as much of the past as tells")
  func memory() {
    // After C comes D where A came first, E where B did.
    let sequences = (0..<200).map { $0 % 2 == 0 ? [0, 2, 3] : [1, 2, 4] }
    let chain = FlowChain(sequences, shapes: shapes(5))
    let afterAC = chain.states.firstIndex(of: [0, 2])
    let afterBC = chain.states.firstIndex(of: [1, 2])
    #expect(afterAC.map { chain.next[$0].map(\.symbol) } == [3])
    #expect(afterBC.map { chain.next[$0].map(\.symbol) } == [4])
  }

  @Test("where the past says nothing, no state is made for it")
  func noMemory() {
    // After C comes D or E, whatever came before: 25 times each of the four ways.
    let sequences = (0..<100).map { [$0 % 2, 2, 3 + $0 / 2 % 2] }
    let chain = FlowChain(sequences, shapes: shapes(5))
    #expect(!chain.states.contains { $0.count > 1 })
    let afterC = chain.states.firstIndex(of: [2])
    #expect(afterC.map { chain.next[$0].map(\.count) } == [50, 50])
  }

  @Test("states follow one another without a gap, and every state can end")
  func closed() {
    var state: UInt64 = 7
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let sequences = (0..<300).map { _ in (0..<(1 + below(12))).map { _ in below(4) } }
    let chain = FlowChain(sequences, shapes: shapes(4))
    for (index, steps) in chain.next.enumerated() {
      for step in steps where step.state >= 0 {
        // The state that follows ends with the block that was done.
        #expect(chain.states[step.state].last == step.symbol, "\(chain.states[index])")
      }
    }
    // Each step of each case was counted once.
    let counted = chain.next.joined().reduce(0) { $0 + $1.count }
    #expect(counted == sequences.reduce(0) { $0 + $1.count + 1 })
  }

  /// B begins before A is done in one case of four, and never before A.
  @Test("work that overlaps now and then but always begins in one order is no work side by side")
  func ordered() throws {
    func flow(_ second: (Int) -> Int) throws -> FlowFit {
      var text = "case,activity,resource,start,end\n"
      for index in 0..<100 {
        let at = 1_767_600_000 + index * 36_000
        text += "\(index),A,r,\(at),\(at + 600)\n"
        text += "\(index),B,s,\(at + second(index)),\(at + second(index) + 600)\n"
      }
      return calibrate(try readEventLog(Array(text.utf8), path: "log.csv"), clock: utc).flow
    }
    #expect(try flow { $0 % 4 == 0 ? 500 : 700 }.concurrent.isEmpty)
    // Before A in every fifth case, after it in the others: there is no order.
    #expect(try flow { $0 % 5 == 0 ? -100 : 500 }.concurrent.count == 1)
    // In order, but hardly ever apart.
    #expect(try flow { $0 % 20 == 0 ? 700 : 500 }.concurrent.count == 1)
    // Begun together.
    #expect(try flow { $0 % 2 == 0 ? 0 : 700 }.concurrent.count == 1)
  }

  @Test("work that overlaps is side by side, and what follows waits for the last of it")
  func concurrency() throws {
    var text = "case,activity,resource,start,end\n"
    for index in 0..<50 {
      let at = 1_767_600_000 + index * 36_000
      text += "\(index),A,r,\(at),\(at + 600)\n"
      // B and C overlap in every case; C ends last in the even ones.
      text += "\(index),B,s,\(at + 600),\(at + (index % 2 == 0 ? 1200 : 4000))\n"
      text += "\(index),C,t,\(at + 700),\(at + 2000)\n"
      text += "\(index),D,r,\(at + 5000),\(at + 5600)\n"
    }
    let log = try readEventLog(Array(text.utf8), path: "log.csv")
    let found = calibrate(log, clock: LogClock(zone: "UTC") { _ in 0 })
    #expect(found.flow.concurrent.map { [$0.0, $0.1] } == [["B", "C"]])
    #expect(found.flow.blocks == 3)
    #expect(found.bpmn.contains("parallelGateway"))
    // D can begin at 2000 or 4000 and begins at 5000; r is free all that time.
    let waiting = try #require(found.activities.first { $0.name == "D" }?.delay)
    #expect(abs(waiting.mean - (3000 + 1000) / 2) < 1)
  }
}
