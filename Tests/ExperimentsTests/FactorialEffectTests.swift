import Foundation
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

@Suite("Factorial effects") struct FactorialEffectTests {
  /// y = 10 + 4 a − 2 b + 6 a b with a, b in 0 and 1: 10, 14, 8, 18 for none, a, b, ab.
  ///
  /// Effect of a: (14 + 18)/2 − (10 + 8)/2 = 7. Of b: (8 + 18)/2 − (10 + 14)/2 = 1. Of both together, half of
  /// (18 − 8) − (14 − 10) = 3.
  @Test("effects of a 2² design are those of the arithmetic")
  func byHand() {
    let values: [[Double?]] = [[10, 11], [14, 15], [8, 9], [18, 19]]
    #expect(FactorialEffects.contrasts(of: 0b01, values) == [7, 7])
    #expect(FactorialEffects.contrasts(of: 0b10, values) == [1, 1])
    #expect(FactorialEffects.contrasts(of: 0b11, values) == [3, 3])
  }

  @Test("effects that only add up do not interact, in any number of factors", arguments: 2...4)
  func additive(factors: Int) {
    let combinations = 1 << factors
    var values: [[Double?]] = []
    for combination in 0..<combinations {
      var sum = 5.0
      for factor in 0..<factors where combination & (1 << factor) != 0 { sum += Double(factor + 1) }
      values.append([sum])
    }
    for subset in 1..<combinations {
      let effect = FactorialEffects.contrasts(of: subset, values)[0]
      let expected =
        subset.nonzeroBitCount == 1 ? Double(subset.trailingZeroBitCount + 1) : 0
      #expect(abs(effect - expected) < 1e-12)
    }
  }

  @Test("a replication in which a variant has no value counts for none")
  func missing() {
    let values: [[Double?]] = [[1, 1], [2, nil], [3, 3], [4, 4]]
    #expect(FactorialEffects.contrasts(of: 1, values) == [1])
  }

  /// What `three-together.yaml` says at its top.
  @Test("the layer and capable agents leave one another less to do")
  func threeTogether() async throws {
    var design = try projectDesign("case-studies/three-together")
    design.replications = 12
    let study = try await runStudy(
      design,
      runner: LocalReplicationRunner(threads: ProcessInfo.processInfo.activeProcessorCount))
    let found = try #require(study.factorialEffects)
    #expect(found.factors == ["orchestration", "on_the_loop", "capable_agents"])
    #expect(found.effects.count == Figure.allCases.count * 7)
    func effect(_ factors: [String], _ figure: Figure) throws -> Estimate {
      try #require(found.effects.first { $0.factors == factors && $0.figure == figure }).estimate
    }
    // 95 % intervals; the arithmetic must lie within twice as far.
    func agrees(_ estimate: Estimate, _ value: Double) -> Bool {
      abs(estimate.mean - value) <= 2 * estimate.halfWidth + 1e-9
    }
    let minutes = try effect(["orchestration", "capable_agents"], .humanMinutes)
    #expect(agrees(minutes, 1.693), "\(minutes)")
    #expect(minutes.lower > 0)
    let right = try effect(["on_the_loop", "capable_agents"], .doneRight)
    #expect(agrees(right, 0.0246), "\(right)")
    #expect(right.lower > 0)
  }

  @Test("a study without factors has no effects")
  func none() async throws {
    var design = try projectDesign("case-studies/cascade")
    design.replications = 2
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 1))
    #expect(study.factorialEffects == nil)
  }
}
