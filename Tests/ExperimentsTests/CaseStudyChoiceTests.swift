import Foundation
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

/// Small studies of one question each: `three-together.yaml`, `handled.yaml`, `on-the-loop.yaml`,
/// `pilot.yaml` and `monolith.yaml`; brief rows 64, 112, 120, 144 and 148.
@Suite("Case studies: one question each", .serialized) struct CaseStudyChoiceTests {
  // MARK: All three together

  /// Minutes of people and share done right by the table at the top of the file.
  @Test(
    "only all three together stay under a minute with 99 % done right",
    arguments: [
      ("weak", 7.25, 0.988), ("weak+layer", 3.2656, 0.98425), ("weak+loop", 5.225, 0.94),
      ("weak+layer+loop", 0.6078, 0.92125), ("capable", 3.85, 0.99848),
      ("capable+layer", 3.0021, 0.9984), ("capable+loop", 1.285, 0.9924),
      ("all-three", 0.3025, 0.992),
    ])
  func together(variant: String, minutes: Double, right: Double) async throws {
    let runs = try await CaseStudyRuns("three-together", variant, replications: 12)
    let human = runs.interval(.humanMinutes)
    #expect(human.holds(minutes), "\(human)")
    let done = runs.interval(.doneRight)
    #expect(done.holds(right), "\(done)")
    #expect((human.upper < 1 && done.lower > 0.99) == (variant == "all-three"))
  }

  // MARK: From 20 to 80 %

  /// Share of decisions stopped with n records, and share right, by the formulas of the file.
  private static func handled(records: Double, errors: Double) -> (stopped: Double, right: Double) {
    let odds = 4 * power(1 + records / 340, -0.8)
    let stopped = odds / (1 + odds)
    let errorOdds = 0.06 / 0.94 * power(1 + records / 340, -errors)
    return (stopped, 1 - errorOdds / (1 + errorOdds) * (1 - 0.95 * stopped))
  }

  @Test("80 % are handled after a year, and quality is kept where errors are learnt too")
  func fourTimesLess() async throws {
    for (variant, exponent) in [("learning", 0.5), ("no-better", 0.0)] {
      let runs = try await CaseStudyRuns("handled", variant, replications: 8)
      // The last four of 52 weekly cohorts.
      func share(_ value: (CohortRecord) -> Int) -> ConfidenceInterval {
        runs.interval { record in
          let last = record.cohorts.dropLast(max(0, record.cohorts.count - 52)).suffix(4)
          return Double(last.reduce(0) { $0 + value($1) })
            / Double(last.reduce(0) { $0 + $1.arrived })
        }
      }
      let byHand = Self.handled(records: 50.0 / 52 * 10_400, errors: exponent)
      let stopped = share { Int($0.tickets) }
      #expect(stopped.holds(byHand.stopped, within: 0.01), "\(variant): \(stopped), \(byHand)")
      let right = share { Int($0.completedRight) }
      #expect(right.holds(byHand.right, within: 0.003), "\(variant): \(right), \(byHand)")
    }
    let careful = try await CaseStudyRuns("handled", "careful", replications: 8)
    #expect(careful.interval(.doneRight).holds(0.9856))
    let decreed = try await CaseStudyRuns("handled", "decreed", replications: 8)
    #expect(decreed.interval(.doneRight).holds(0.9514))
    let learning = try await CaseStudyRuns("handled", "learning", replications: 8)
    // Never worse than the careful one by half a point, and cheaper.
    #expect(learning.interval(.doneRight, less: careful).lower > -0.005)
    #expect(learning.interval(.costPerCase, less: careful).upper < 0)
  }

  // MARK: On the loop

  @Test("looking at some finds more than looking at all where people tire, and less where not")
  func onTheLoop() async throws {
    let tired = try await CaseStudyRuns("on-the-loop", "in-the-loop", replications: 12)
    let some = try await CaseStudyRuns("on-the-loop", "on-the-loop", replications: 12)
    #expect(some.interval(.doneRight, less: tired).lower > 0)
    // Of 40 % nearly none are looked at by a tired reviewer.
    #expect(some.interval(.doneRight).holds(1 - 0.05 * 0.62, within: 0.001))
    let never = try await CaseStudyRuns("on-the-loop", "never-tired", replications: 12)
    #expect(never.interval(.doneRight).holds(1 - 0.05 * 0.05))
    #expect(some.interval(.doneRight, less: never).upper < 0)
    let three = try await CaseStudyRuns("on-the-loop", "three-reviewers", replications: 12)
    #expect(three.interval(.doneRight, less: some).lower > 0)
  }

  // MARK: A pilot

  /// Saving per claim 9.99 EUR; licence 1000 EUR a month for 91 days.
  @Test("the pilot has paid by month 3, and the programme has not")
  func pilot() async throws {
    var design = try projectDesign("case-studies/pilot")
    design.replications = 16
    let study = try await runStudy(
      design,
      runner: LocalReplicationRunner(threads: ProcessInfo.processInfo.activeProcessorCount))
    let money = try #require(study.costsOverTime)
    let licence = 1000 * 91 / 30.4375
    for (variant, share, setUp) in [("pilot", 0.3, 3000.0), ("programme", 1, 60_000)] {
      let benefit = try #require(money.benefits.first { $0.variant == variant })
      let byHand = share * 65 * 40 * (11 * 0.94 - 0.35) - licence - setUp
      // 95 % intervals; the arithmetic must lie within twice as far.
      let found = benefit.netPresentValue
      #expect(abs(found.mean - byHand) <= 2 * found.halfWidth, "\(variant): \(found), \(byHand)")
      let paid = try #require(benefit.brokenEven.last)
      #expect(variant == "pilot" ? paid.share > 0.9 : paid.count == 0, "\(variant): \(paid)")
    }
  }

  // MARK: A monolith

  /// Erlang's C formula for what waits at the instances.
  @Test(
    "parts that are scaled alone wait as Erlang says",
    arguments: [("parts", 53.33), ("more-parts", 10.44)])
  func parts(variant: String, seconds: Double) async throws {
    let runs = try await CaseStudyRuns("monolith", variant, replications: 12)
    let rows = WorkRecordRows(
      activities: runs.model.flow.activities.count, guardrails: runs.model.stack.guardrails.count,
      errands: runs.model.stack.errands.count)
    func waiting(_ element: String) throws -> ConfidenceInterval {
      let row = rows.row(
        activity: try #require(runs.model.flow.activity(ofElement: element)), .run)
      return runs.interval { Double($0.work[row].waitingTime) / 1e6 / Double($0.work[row].count) }
    }
    let reading = try waiting("read")
    #expect(reading.holds(seconds), "\(reading)")
    // One instance, 10 % busy: ρ/(1 − ρ) times 6 s.
    let booking = try waiting("book")
    #expect(booking.holds(6 * 0.1 / 0.9), "\(booking)")
  }

  @Test("parts cost less where an instance of a part does, and more where it does not")
  func costOfParts() async throws {
    let whole = try await CaseStudyRuns("monolith", "monolith", replications: 8)
    let parts = try await CaseStudyRuns("monolith", "parts", replications: 8)
    let dear = try await CaseStudyRuns("monolith", "dear-parts", replications: 8)
    #expect(parts.interval(.costPerCase, less: whole).upper < 0)
    #expect(dear.interval(.costPerCase, less: whole).lower > 0)
  }
}
