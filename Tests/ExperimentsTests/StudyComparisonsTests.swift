import Experiments
import Scenarios
import Simulation
import Testing

@Suite("What pairs of variants show")
struct StudyComparisonsTests {
  /// The same luck scaled by 1.1: correlation 1, so that the ratio is (1.1 − 1)²/(1.1² + 1) and no smaller
  /// one is possible.
  @Test("scaled luck reaches the bound on the ratio of variances")
  func bound() async throws {
    let study = try await runStudy(try twoVariants(), runner: LocalReplicationRunner(threads: 2))
    let row = try #require(
      study.comparisons?.pairs.first { $0.measure == .figure(.humanMinutes) })
    let ratio = try #require(row.varianceRatio)
    #expect((ratio.bound - 0.01 / 2.21).magnitude < 1e-6)
    #expect((ratio.ratio - ratio.bound).magnitude < 1e-6)
    #expect(row.adjustedPValue == row.pValue)
  }

  /// Twelve discordant pairs on one side: twice the tail of a fair coin, 2/2¹².
  @Test("risks are compared in pairs")
  func risks() async throws {
    let study = try await runStudy(
      try twoVariants(slower: 600), runner: LocalReplicationRunner(threads: 2))
    let risk = try #require(study.comparisons?.risks.first)
    #expect(risk.variantOnly == 12 && risk.both + risk.baselineOnly + risk.neither == 0)
    #expect((risk.pValue * 4096 - 2).magnitude < 1e-9)
    #expect(risk.difference == 1 && risk.lower > 0.6)
    // Exhausted after a few days of 28, where the baseline never is.
    let days = try #require(study.comparisons?.pairs.first { $0.measure == .daysToExhaustion })
    #expect((-26.0)...(-20) ~= days.difference.mean)
  }

  @Test("the best variant is chosen where the scenario says what matters")
  func best() async throws {
    var design = try twoVariants(replications: 40)
    design.practicalSignificance = [.humanMinutes: 0.3]
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    let selection = try #require(study.comparisons?.selections.first)
    #expect(selection.figure == .humanMinutes && selection.variant == "as-is")
    let chosen = try await selectVariant(
      design, figure: .humanMinutes, difference: 0.3, maximum: 200,
      runner: LocalReplicationRunner(threads: 2))
    #expect(chosen.variant == "as-is" && chosen.method == .kimNelson)
    #expect(chosen.candidates[1].droppedAt != nil)
    let budget = try await allocateBudget(
      design, figure: .humanMinutes, difference: 0.3, budget: 80,
      runner: LocalReplicationRunner(threads: 2))
    #expect(budget.variant == "as-is" && budget.confidence > 0.95)
    #expect(budget.candidates.reduce(0) { $0 + $1.estimate.n } == 80)
    // Independent luck: the difference is no longer exactly a tenth in every replication.
    let again = try await allocateBudget(
      design, figure: .humanMinutes, difference: 0.3, budget: 80,
      runner: LocalReplicationRunner(threads: 1))
    #expect(again == budget)
  }

  /// The named pair: the agent as it is, escalating 50 % of its cases, against 45 %, all else alike.
  ///
  /// Two reviewers have time for 120 tickets a working day and get 250 or 225: what remains waiting counts
  /// the same cases in both.
  @Test("one parameter that differs takes five times fewer replications for tickets and backlog")
  func namedPair() async throws {
    let checks = ["contract_check", "address_check"]
    let base = try projectDesign("case-studies/ticket-exhaustion")
    let other = try projectDesign(
      "case-studies/ticket-exhaustion",
      changing: checks.map { ("variants.real.guardrails.\($0).fires.share", "45 %") })
    let index = try #require(base.variants.firstIndex { $0.name == "real" })
    var design = base
    var changed = other.variants[index]
    changed.name = "real 45"
    design.variants = [base.variants[index], changed]
    design.baseline = 0
    design.factorial = nil
    design.replications = 100
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    for measure in [StudyMeasure.figure(.ticketsPerHundred), .backlog] {
      let row = try #require(study.comparisons?.pairs.first { $0.measure == measure })
      let ratio = try #require(row.varianceRatio)
      // Not only the estimate: the whole interval of 99.9 %.
      #expect(ratio.upper < 0.2 && ratio.level == 0.999, "\(measure.name): \(ratio)")
    }
  }

  @Test(
    "on the shipped pairs common luck never makes differences less certain",
    arguments: [("loan-approval", 40), ("limit-change", 200)])
  func shippedPairs(scenario: String, replications: Int) async throws {
    var design = try projectDesign(scenario)
    design.replications = replications
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    for row in try #require(study.comparisons).pairs {
      guard let ratio = row.varianceRatio else { continue }
      #expect(ratio.lower <= 1 + 1e-9, "\(row.variant), \(row.measure.name): \(ratio)")
    }
  }
}
