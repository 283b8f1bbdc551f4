import Facts
import Simulation
import Testing

@testable import Scenarios

/// Keys of drift, each with a value other than that of the full scenario.
let driftChanges: [(path: String, value: String)] = [
  ("begins", "exponential mean 14 weeks"), ("failure_odds", "3"), ("error_odds", "6"),
  ("over", "5 weeks"), ("detector.sampled", "11 %"), ("detector.by", "aml"),
  ("detector.time", "6 min"), ("detector.expected", "3 %"), ("detector.shifted", "7 %"),
  ("detector.threshold", "5"), ("detector.investigated_by", "aml"),
  ("detector.investigation", "7 h"), ("detector.recalibration", "4 days"),
  ("detector.price", "2001 EUR"),
].map { ("automations.kyc_bot.drift.\($0.0)", $0.1) }

@Suite("Drift in scenarios") struct DriftScenarioTests {
  private func drift(_ text: String) throws -> (BehaviourDriftModel, [String]) {
    let stack = try compile(try read(text)).variants[0].model.stack
    let bot = try #require(stack.automations.first { $0.name == "kyc_bot" })
    return (try #require(bot.drift), stack.teams.map(\.name))
  }

  @Test("becomes what the simulation runs")
  func compiles() throws {
    let (drift, teams) = try drift(fullScenario)
    #expect(drift.onset.mean == 13 * 604_800 && drift.period == 4 * 604_800_000_000)
    #expect(drift.failureOdds == 2 && drift.errorOdds == 5)
    let detector = try #require(drift.detector)
    #expect(detector.sampled == 0.1 && detector.team == teams.firstIndex(of: "it"))
    #expect(detector.time.mean == 300 && detector.investigation.mean == 21_600)
    #expect(detector.test == .cusum(expected: 0.02, shifted: 0.06, threshold: 4))
    #expect(detector.investigators == teams.firstIndex(of: "it"))
    #expect(detector.recalibration.mean == 3 * 86_400 && detector.price == 2_000_000_000)
    let other = fullScenario.replacing(
      "test: cusum, expected: 2 %, shifted: 6 %, threshold: 4",
      with: "test: page_hinkley, tolerance: 1 %, threshold: 8")
    let hinkley = try self.drift(other).0
    #expect(hinkley.detector?.test == .pageHinkley(tolerance: 0.01, threshold: 8))
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("      begins: exponential mean 13 weeks\n", "", "begins' is missing"),
      ("      failure_odds: 2\n      error_odds: 5\n", "", "changes nothing"),
      ("sampled: 10 %, by", "sampled: 110 %, by", "out of range"),
      ("by: it, time: 5 min, test", "by: it, test", "give both or neither"),
      ("by: it, time: 5 min, test", "by: iit, time: 5 min, test", "did you mean 'it'?"),
      ("test: cusum, expected: 2 %, ", "test: cusum, ", "the test 'cusum' needs it"),
      ("test: cusum", "test: page_hinkley", "is of another test"),
      ("test: cusum", "test: cusums", "did you mean 'cusum'?"),
      ("shifted: 6 %", "shifted: 1 %", "is not above 'expected'"),
      ("threshold: 4", "threshold: 0", "out of range"),
    ] as [(String, String, String)])
  func mistakes(found: String, written: String, expected: String) {
    expectMistake(in: fullScenario, found, written, expected)
  }
}
