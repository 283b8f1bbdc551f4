import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Five cases come at 1, 2, … 5 s; the agent takes no time, one reviewer 60 s each.
///
/// What waits when a review is begun: nothing at the first, then 3, 2, 1, 0.
@Suite("Fatigue, by hand") struct FatigueTests {
  func model(_ fatigue: FatigueModel, cases: Int64 = 5) throws -> SimulationModel {
    var model = try ticketModel(nil, rate: 1, horizon: cases + 1, run: 0)
    // Nobody comes after them.
    model.timeline.caseLimit = Int(cases)
    model.stack.teams[0].fatigue = fatigue
    model.stack.automations[0].errorProbability = 1
    return model
  }

  /// Done at 61, then stamped until 81 and 101, then 161 and 221 s: 60 + 79 + 98 + 157 + 216 s.
  @Test("beyond its threshold a review takes the shortest time, approves, and finds what it finds")
  func rubberStamp() throws {
    var model = try model(
      FatigueModel(
        measure: .waiting, from: 1e6, full: 2e6,
        rubberStamp: .init(beyond: 1.5, time: 20 * second, catches: 0)))
    model.stack.guardrails[0].approvedUnchanged = 0
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].restrictedTime == Int128(610 * second))
    #expect(record.count(.reviewStamped) == 2 && record.count(.wronglyApproved) == 2)
    #expect(record.guardrails[0].approvedUnchanged == 2)
    #expect(record.count(.errorMissed) == 2 && record.cohorts[0].completedRight == 3)
  }

  /// +100 % at four waiting: 60, 105, 90, 75 and 60 s, done at 61, 166, 256, 331 and 391 s; less the
  /// arrivals 60 + 164 + 253 + 327 + 386 s.
  @Test("what waits per person makes reviews slower in proportion")
  func slower() throws {
    let record = try runReplication(
      of: model(FatigueModel(measure: .waiting, from: 0, full: 4, slower: 1)), seed: 1,
      replication: 0)
    #expect(record.cohorts[0].restrictedTime == Int128(1_190 * second))
    #expect(record.cohorts[0].reviewTime == 390 * second)
    #expect(record.count(.reviewTired) == 3)
  }

  /// −50 % at one waiting: 60, 30, 30, 30, 60 s, so that those who hurry are done sooner.
  @Test("those who hurry take less time, and find less")
  func hurry() throws {
    let record = try runReplication(
      of: model(FatigueModel(measure: .waiting, from: 0, full: 1, missed: 1, slower: -0.5)),
      seed: 1, replication: 0)
    #expect(record.cohorts[0].reviewTime == 210 * second)
    #expect(record.count(.errorMissed) == 3 && record.cohorts[0].completedRight == 2)
  }

  @Test("under load rejections become approvals")
  func waved() throws {
    var model = try model(FatigueModel(measure: .waiting, from: 0, full: 1, waved: 1))
    model.stack.guardrails[0].approvedUnchanged = 0
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.count(.wronglyApproved) == 3 && record.guardrails[0].approvedUnchanged == 3)
  }

  /// Idle for 1 s, then at work for 60 s: with a time constant of 100 s the share at work is
  /// 1 − exp(−0.6), and the second review takes 60 s · (2 − exp(−0.6)).
  @Test("a share of time at work is weighted exponentially")
  func busy() throws {
    let record = try runReplication(
      of: model(
        FatigueModel(measure: .busy(over: 100 * second), from: 0, full: 1, slower: 1), cases: 2),
      seed: 1, replication: 0)
    let expected = 60e6 * (2 - exponential(-0.6))
    #expect(record.cohorts[0].reviewTime == 60 * second + Int64(expected.rounded()))
  }

  @Test("it needs load: reviewers who are never busy are as good as without it")
  func withoutLoad() throws {
    let tired = FatigueModel(measure: .waiting, from: 0, full: 1, missed: 1, slower: 1, waved: 1)
    let record = try runReplication(of: model(tired, cases: 1), seed: 1, replication: 0)
    #expect(record.count(.reviewTired) == 0 && record.cohorts[0].reviewTime == 60 * second)
  }
}
