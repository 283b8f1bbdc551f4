import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// Customer service by four agents, and with a checker of replies: brief rows 109, 138, 139, 143, 151, 161
/// and 162.
@Suite("Case studies: customer service", .serialized) struct CaseStudyServiceTests {
  private static let study = "customer-service"

  private func minutes(_ variant: String) async throws -> ConfidenceInterval {
    let hours = try await CaseStudyRuns(Self.study, variant, replications: 10)
      .interval(.timeToCompletion)
    return ConfidenceInterval(
      estimate: hours.estimate * 60, lower: hours.lower * 60, upper: hours.upper * 60,
      confidence: hours.confidence)
  }

  /// The sums of the file's top; of 18 people 8 are busy, so that waits are seconds.
  @Test("one agent takes 20 % off, four 30 %, and four with a layer are three times as fast")
  func times() async throws {
    let asIs = try await minutes("as-is")
    #expect(asIs.holds(20, within: 0.1), "\(asIs)")
    let first = try await minutes("first-agent")
    #expect(first.holds(20 - 5 + 0.7 + 0.06 * 5, within: 0.1), "\(first)")
    let runs = 0.7 + 0.7 + 0.4 * 3.6 + 2.7
    let byHand = 0.03 * 3 + 0.06 * 5 + 0.4 * 0.15 * 10 + 0.08 * 8
    let handOver = 0.4 * (0.2 + 0.13 * 45)
    let agents = try await minutes("agents")
    #expect(
      agents.holds(runs + byHand + 2.37 * handOver + 2.17 * 0.06 * 8, within: 0.15), "\(agents)")
    let retried = 0.03 * 0.7 + 0.06 * 0.7 + 0.4 * 0.15 * 3.6 + 0.08 * 2.7
    let orchestrated = try await minutes("orchestrated")
    // Attempts after the second add 0.06 min, back-offs and hops 0.04.
    #expect(
      orchestrated.holds(runs + retried + 2.4 * 0.012 * 8 + 0.1, within: 0.1), "\(orchestrated)")
    #expect(first.upper < 0.85 * asIs.lower)
    #expect(agents.upper < 0.75 * asIs.lower && agents.lower > 0.55 * asIs.upper)
    #expect(asIs.lower > 2.8 * orchestrated.upper)
  }

  /// Exceptions, and misread hand-overs of work that the agent itself does.
  @Test("people see 36 steps of 100 requests without a layer and 3 with one")
  func firstLevel() async throws {
    let (triage, data, billing, answer) = (0.97, 0.94, 0.85, 0.92)
    // The last agent to work on the case is there unless all before it have failed.
    let beforeBilling = 1 - (1 - triage) * (1 - data)
    let beforeAnswer = 1 - (1 - triage) * (1 - data) * (0.6 + 0.4 * (1 - billing))
    let handOvers = triage * data + 0.4 * beforeBilling * billing + beforeAnswer * answer
    let exceptions = (1 - triage) + (1 - data) + 0.4 * (1 - billing) + (1 - answer)
    let agents = try await CaseStudyRuns(Self.study, "agents", replications: 10)
      .interval(.ticketsPerHundred)
    // Whether billing and answering meet the same earlier agent changes the fourth digit.
    #expect(agents.holds(100 * (exceptions + 0.06 * handOvers), within: 0.05), "\(agents)")
    let left = [0.03, 0.06, 0.08].reduce(0.4 * 0.15 * 0.15 * 0.15) { $0 + $1 * $1 * $1 }
    let orchestrated = try await CaseStudyRuns(Self.study, "orchestrated", replications: 10)
      .interval(.ticketsPerHundred)
    #expect(orchestrated.holds(100 * (left + 0.012 * 2.4), within: 0.02), "\(orchestrated)")
  }

  /// Rows 138 and 139: 15 % fewer errors by one agent; 95 % fewer only where agents hardly err.
  @Test("errors fall by 15 % and by half, and by 95 % only with agents that hardly err")
  func errors() async throws {
    func right(
      _ variant: String, _ changes: [(path: String, value: String)] = []
    ) async throws -> ConfidenceInterval {
      try await CaseStudyRuns(Self.study, variant, replications: 10, changing: changes)
        .interval(.doneRight)
    }
    let asIs = try await right("as-is")
    #expect(asIs.holds(0.985 * 0.96), "\(asIs)")
    let first = try await right("first-agent")
    #expect(first.holds((1 - 0.94 * 0.006 - 0.06 * 0.015) * 0.96), "\(first)")
    let orchestrated = try await right("orchestrated")
    // Of answers .08³, of data .06³ are people's.
    #expect(orchestrated.holds(0.994 * 0.98, within: 0.000_05), "\(orchestrated)")
    #expect(1 - orchestrated.upper > 0.05 * (1 - asIs.lower))
    let careful = try await right(
      "orchestrated",
      [
        ("automations.data_agent.errors", "0.1 %"),
        ("automations.answering_agent.errors", "0.17 %"),
      ])
    #expect(careful.holds(0.999 * 0.9983, within: 0.000_05), "\(careful)")
    #expect(careful.holds(1 - 0.05 * (1 - 0.985 * 0.96), within: 0.0005), "\(careful)")
  }

  // MARK: A checker

  /// Wrong replies that stay, and reviews, in a hundred; `settles` and `finds` are the checker's, which
  /// answers in 98 %.
  @Test(
    "a checker leaves as many wrong replies and reviews as its probabilities say",
    arguments: [
      ("unchecked", 0.08, 0.0), ("reviewed", 0.08 * 0.05, 1.0),
      ("checked", 0.08 * (0.98 * 0.2 * (0.85 + 0.15 * 0.05) + 0.02 * 0.05), 0.98 * 0.15 + 0.02),
      ("same-model", 0.08 * (0.98 * 0.8 * (0.85 + 0.15 * 0.05) + 0.02 * 0.05), 0.98 * 0.15 + 0.02),
    ])
  func checker(variant: String, wrong: Double, reviews: Double) async throws {
    let runs = try await CaseStudyRuns(
      "customer-service-checked", variant, replications: 10)
    let right = runs.interval(.doneRight)
    #expect(right.holds(1 - wrong, within: 0.000_01), "\(right), not \(1 - wrong)")
    let read = runs.interval { Double($0.guardrails[0].tickets) / Double($0.arrived) }
    #expect(read.holds(reviews, within: 0.000_01), "\(read), not \(reviews)")
  }
}
