import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// What people hand to agents as far as they trust them: `adoption.yaml`, brief rows 122, 123 and 181.
@Suite("Case study: adoption by trust", .serialized) struct CaseStudyAdoptionTests {
  /// What a case that is handed over may bring: a good experience, or surprises.
  private struct Experience {
    var wrong: Double
    /// Probability that somebody looks at a wrong, and at a right decision.
    var askedWhenWrong = 0.0
    var askedWhenRight = 0.0
    var released = 0.16

    /// P(Beta(8, 2) < ½): 9/2⁸ − 8/2⁹.
    static let needless = 9 * power(0.5, 8) - 8 * power(0.5, 9)

    /// The share of cases that are handed over, of so many: the distribution of the share a, on a grid, from
    /// case to case.
    func handedOver(of cases: Int) -> Double {
      let cells = 4_000
      let found = wrong * askedWhenWrong * 0.95
      let outcomes: [(chance: Double, gain: Double, loss: Double)] = [
        (found, 0, 0.002), ((1 - wrong) * askedWhenRight, 0, 0.001),
        // Good until somebody notices.
        ((wrong - found) * 0.8, 0.002, released),
        (1 - found - (1 - wrong) * askedWhenRight - (wrong - found) * 0.8, 0.002, 0),
      ]
      // Where a cell goes by each outcome: linear operators, spread over the two cells beside the point.
      var distribution = [Double](repeating: 0, count: cells + 2)
      distribution[cells / 5] = 1
      var sum = 0.0
      for _ in 0..<cases {
        var next = [Double](repeating: 0, count: cells + 2)
        for cell in 0...cells where distribution[cell] > 1e-12 {
          let share = Double(cell) / Double(cells)
          sum += distribution[cell] * share
          next[cell] += distribution[cell] * (1 - share)
          for outcome in outcomes {
            var moved = share + outcome.gain * (0.9 - share)
            moved -= outcome.loss * (moved - 0.02)
            let place = moved * Double(cells)
            let below = Int(place)
            let mass = distribution[cell] * share * outcome.chance
            next[below] += mass * (1 - (place - Double(below)))
            next[below + 1] += mass * (place - Double(below))
          }
        }
        distribution = next
      }
      return sum / Double(cases)
    }
  }

  private func share(
    _ variant: String, replications: Int = 12,
    changing changes: [(path: String, value: String)] = []
  ) async throws -> ConfidenceInterval {
    try await CaseStudyRuns("adoption", variant, replications: replications, changing: changes)
      .interval(.handedToAgents)
  }

  /// A case a working hour and some takes hours from hand-over to experience, which the grid has at once: a
  /// hundredth is left for that.
  @Test("full automation and well-designed escalation come to what their surprises say")
  func levels() async throws {
    let full = try await share("full")
    #expect(full.holds(Experience(wrong: 0.08).handedOver(of: 10_400), within: 0.01), "\(full)")
    let asking = Experience(
      wrong: 0.08, askedWhenWrong: 1 - Experience.needless, askedWhenRight: Experience.needless)
    let escalating = try await share("escalating")
    #expect(escalating.holds(asking.handedOver(of: 10_400), within: 0.01), "\(escalating)")
  }

  /// Row 122: three times, from a mistake that weighs as 80 good cases; not where it weighs as ten.
  @Test("three times the adoption is reached where mistakes weigh heavily, and not else")
  func threeTimes() async throws {
    let (full, escalating) = (try await share("full"), try await share("escalating"))
    #expect(escalating.lower >= 3 * full.upper, "\(full) \(escalating)")
    let light = (
      try await share("forgiving-full"), try await share("forgiving-escalating")
    )
    #expect(light.1.lower > light.0.upper && light.1.upper < 2 * light.0.lower, "\(light)")
  }

  @Test("escalation at random is worse than none, the more so where there is little to find")
  func atRandom() async throws {
    let (full, random) = (try await share("full"), try await share("at-random"))
    #expect(random.upper < full.upper, "\(full) \(random)")
    let (sure, stopped) = (try await share("sure-full"), try await share("sure-at-random"))
    #expect(stopped.upper < sure.lower && full.upper < sure.lower, "\(sure) \(stopped)")
  }

  /// Row 123; and row 181: telling people what the agent does helps, at a price.
  @Test("a black box costs trust, and communication wins it")
  func transparency() async throws {
    let (escalating, box) = (try await share("escalating"), try await share("black-box"))
    #expect(box.upper < escalating.lower)
    let (full, told) = (try await share("full"), try await share("told"))
    #expect(told.lower > full.upper)
    let runs = try await CaseStudyRuns("adoption", "told", replications: 2)
    for record in runs.records {
      // Every two weeks for a year: 26 times, of which the last falls on the end of the horizon.
      let talk = record.ledger[MechanismEvent.trustCommunicated.rawValue]
      #expect(talk.count == 25 && abs(Double(talk.time) - 25 * 4 * 3600e6) < 1)
    }
  }

  @Test("a lighter surprise is handed over more, whatever the escalation")
  func sign() async throws {
    let heavy = try await share(
      "full", replications: 6, changing: [("adoption.surprises.released", "30 %")])
    let light = try await share(
      "full", replications: 6, changing: [("adoption.surprises.released", "4 %")])
    #expect(heavy.upper < light.lower)
  }
}

/// A clerk becomes an analyst: the variant `analysts` of `rollout.yaml`, brief rows 135 and 188.
@Suite("Case study: from review to design", .serialized) struct CaseStudyPeopleTests {
  @Test("with the stage on the loop somebody moves from review to design, and learns")
  func analysts() async throws {
    let runs = try await CaseStudyRuns("rollout", "analysts", replications: 4)
    let staged = try await CaseStudyRuns("rollout", "staged", replications: 4)
    let stack = runs.model.stack
    let designers = try #require(stack.teams.firstIndex { $0.name == "designers" })
    for (record, other) in zip(runs.records, staged.records) {
      let moved = record.ledger[MechanismEvent.personMoved.rawValue]
      // The stage is reached in every run; a day's training of three days of eight hours.
      #expect(moved.count == 1 && moved.time == 24 * 3_600_000_000)
      #expect(other.ledger[MechanismEvent.personMoved.rawValue].count == 0)
      // What the one designer is scheduled to do, and a clerk more from then on.
      let extra = try #require(record.teams[designers].extraScheduled.last)
      #expect(extra > 0)
    }
  }
}
