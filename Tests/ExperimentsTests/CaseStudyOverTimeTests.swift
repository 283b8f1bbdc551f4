import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// What happens over months: `rollout.yaml` and `flywheel.yaml`, and what can go badly wrong, `risk.yaml`.
@Suite("Case studies: rollout, flywheel, risk", .serialized) struct CaseStudyOverTimeTests {
  private static let hour: Double = 3600e6

  // MARK: Rollout

  /// Four moves of 60 h, one at a time; or at once, of which each begins with one more under way: 60 · (1 +
  /// 1.6 + 2.2 + 2.8) h.
  @Test(
    "moving all at once takes the developers nearly twice the work",
    arguments: [("staged", 240.0), ("at-once", 456.0)])
  func moves(variant: String, hours: Double) async throws {
    let runs = try await CaseStudyRuns("rollout", variant, replications: 2)
    for record in runs.records {
      let moved = record.ledger[MechanismEvent.activityMoved.rawValue]
      #expect(moved.count == 4)
      #expect(abs(Double(moved.time) / Self.hour - hours) < 1e-6)
    }
  }

  /// Template: 4, 10, 18 and 18 weeks, prolonged by 4 where a gate cannot be judged yet.
  @Test("five stages begin with the weeks of the template, and none falls back")
  func stages() async throws {
    let runs = try await CaseStudyRuns("rollout", "staged", replications: 6)
    let week: Int64 = 604_800_000_000
    for record in runs.records {
      let began = try #require(record.rollout?.began)
      #expect(Array(began.prefix(2)) == [0, 4 * week])
      let extended = Int64(record.ledger[MechanismEvent.stageExtended.rawValue].count)
      #expect(began[4] == (50 + 4 * extended) * week)
      #expect(record.rollout?.cancelled == -1)
    }
  }

  /// Four connections of 30 h, one at a time.
  ///
  /// They are 15 days of work of 8 h from a Monday on, which end on a Friday
  /// at 16:30, an hour earlier or later where summer time begins or ends. The moves take as long as ever.
  @Test("a layer that comes last has to be connected to what is there")
  func layerLast() async throws {
    let last = try await CaseStudyRuns("rollout", "layer-last", replications: 6)
    let day: Int64 = 86_400_000_000
    for record in last.records {
      let rollout = try #require(record.rollout)
      #expect(record.ledger[MechanismEvent.activityConnected.rawValue].count == 4)
      let moved = record.ledger[MechanismEvent.activityMoved.rawValue]
      #expect(abs(Double(moved.time) / Self.hour - (240 + 120)) < 1e-6)
      let connected = 18 * day + 33 * day / 48
      let took = rollout.layerBegan - rollout.began[4]
      #expect(abs(took - connected) <= day / 24)
      #expect(rollout.layerTime == 728 * day - rollout.layerBegan)
    }
  }

  /// Of an agent that errs in 19 % of cases a review finds more than 8 %: four gates, each 4 weeks after
  /// the one before, and the rollout is over 14 + 3 · 4 weeks after it began, if luck lets none pass.
  @Test("an agent that errs ten times as often is given up, and loses money")
  func symmetry() async throws {
    let weak = try await CaseStudyRuns("rollout", "weak-agent", replications: 6)
    let week: Int64 = 604_800_000_000
    for record in weak.records {
      #expect(try #require(record.rollout?.cancelled) >= 26 * week)
      #expect(record.ledger[MechanismEvent.gateFailed.rawValue].count == 4)
    }
    let asIs = try await CaseStudyRuns("rollout", "as-is", replications: 6)
    let staged = try await CaseStudyRuns("rollout", "staged", replications: 6)
    #expect(weak.interval(.costPerCase, less: asIs).lower > 0)
    #expect(staged.interval(.costPerCase, less: asIs).upper < 0)
  }

  /// 73 reviews without an error are the least that loosens anything; it is measured quality that does.
  @Test("people stop looking at everything once few reviews have found errors")
  func oversight() async throws {
    let staged = try await CaseStudyRuns("rollout", "staged", replications: 6)
    for record in staged.records {
      #expect(record.ledger[MechanismEvent.oversightLoosened.rawValue].count >= 1)
      #expect(record.guardrails[0].answered >= 73)
    }
  }

  // MARK: Flywheel

  /// Odds (1 + n/500)^−0.4 with n records, averaged over a year in which they grow evenly.
  @Test("who captures decisions is asked less and less, and who does not, as ever")
  func flywheel() async throws {
    let silent = try await CaseStudyRuns("flywheel", "silent", replications: 10)
    let fired: (ReplicationRecord) -> Double = {
      Double($0.guardrails[0].fired) / Double($0.guardrails[0].evaluated)
    }
    #expect(silent.interval(fired).contains(0.5))
    let learning = try await CaseStudyRuns("flywheel", "learning", replications: 10)
    for record in learning.records {
      let decisions = Double(record.ledger[MechanismEvent.decisionLogged.rawValue].count)
      let changes = Double(record.ledger[MechanismEvent.overrideLogged.rawValue].count)
      let records = decisions + 10 * changes
      // The mean over the year of p = o/(1 + o), o = (1 + n/500)^−0.4, as n grows evenly.
      let steps = 2_000
      let mean =
        (0..<steps).reduce(0.0) { sum, step in
          let odds = power(1 + records * (Double(step) + 0.5) / Double(steps) / 500, -0.4)
          return sum + odds / (1 + odds)
        } / Double(steps)
      #expect(abs(fired(record) - mean) < 0.02, "\(fired(record)), by hand \(mean)")
    }
    let difference = learning.interval(.costPerCase, less: silent)
    #expect(difference.upper < 0)
    // The advantage turned round turns the verdict round.
    let misled = try await CaseStudyRuns("flywheel", "misled", replications: 10)
    #expect(misled.interval(.costPerCase, less: silent).lower > 0)
  }

  // MARK: Risk

  @Test("errors escape, and leaks come, as often as their probabilities say")
  func errors() async throws {
    let tainted = 1 - 0.98 * 0.97 * 0.98
    for (variant, escaped) in [("agents", tainted), ("hub", tainted), ("checked", tainted * 0.15)] {
      let runs = try await CaseStudyRuns("risk", variant, replications: 10)
      // What a cascade leaves inconsistent is rare: one run in 10,000.
      #expect(runs.interval(.errorEscaped).holds(escaped, within: 0.000_3), "\(variant)")
      // The decider, and people who write by hand.
      let leaks = runs.interval(.dataLeaked)
      #expect(leaks.holds(1 - 0.995 * 0.999, within: 0.000_05), "\(variant): \(leaks)")
    }
    let peer = try await CaseStudyRuns("risk", "peer", replications: 10)
    let blind = peer.interval(.errorEscaped)
    #expect(blind.lower > tainted * 0.15 && blind.upper < tainted)
  }

  /// Each attack on the triage reaches the assessor with ½; a layer adds 0.2 from each to each.
  ///
  /// An automation that is compromised when it is attacked again counts once: at most 10 days of 180.
  @Test(
    "a compromise reaches more agents through a layer",
    arguments: [("agents", 3.5 / 3), ("hub", 4.904 / 3)])
  func compromise(variant: String, radius: Double) async throws {
    let runs = try await CaseStudyRuns("risk", variant, replications: 60)
    let excess = runs.interval { record in
      let reached = Double(record.ledger[MechanismEvent.agentCompromised.rawValue].count)
      return reached - radius * Double(record.ledger[MechanismEvent.compromise.rawValue].count)
    }
    // About six attacks a replication.
    #expect(excess.holds(0, within: 6 * 0.06 * radius), "\(excess)")
  }

  @Test("each outage of the register takes down the two agents that are coupled to it")
  func cascade() async throws {
    let runs = try await CaseStudyRuns("risk", "agents", replications: 4)
    for record in runs.records {
      let down = Int(record.ledger[MechanismEvent.takenDown.rawValue].count)
      // One at the very end may be counted on one side of the horizon only.
      #expect(abs(down - 2 * record.outages[0].outages) <= 2)
    }
    // Nobody has agents in today's process, so nothing is taken down.
    let asIs = try await CaseStudyRuns("risk", "as-is", replications: 2)
    #expect(asIs.records.allSatisfy { $0.ledger[MechanismEvent.takenDown.rawValue].count == 0 })
  }
}
