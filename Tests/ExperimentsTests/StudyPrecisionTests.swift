import Experiments
import Simulation
import Statistics
import Testing

@Suite("Replications until figures are precise")
struct StudyPrecisionTests {
  private func design(
    _ target: PrecisionTarget, maximum: Int = 400, measure: StudyMeasure = .figure(.humanMinutes)
  ) throws -> StudyDesign {
    var design = try twoVariants(replications: maximum)
    design.precision = PrecisionPlan(requests: [.init(measure: measure, target: target)])
    return design
  }

  @Test("it ends at the same replication on one thread and on four, with the same figures")
  func threads() async throws {
    let design = try design(.relative(0.01))
    let one = try await runStudy(design, runner: LocalReplicationRunner(threads: 1))
    let four = try await runStudy(design, runner: LocalReplicationRunner(threads: 4))
    #expect(one == four)
    let precision = try #require(one.precision)
    #expect(precision.outcome == .reached && precision.replications == one.replications)
    #expect(precision.rows.count == 2 && precision.rows.allSatisfy(\.isMet))
    #expect(one.replications >= 15 && one.replications < 400 && one.interruption == nil)
    // What was made beyond the end counts for nothing.
    var fixed = design
    fixed.precision = nil
    fixed.replications = one.replications
    let same = try await runStudy(fixed, runner: LocalReplicationRunner(threads: 2))
    #expect(same.variants == one.variants && same.differences == one.differences)
    for row in precision.rows {
      let figure = try #require(one.variant(row.variant)?.figure(.humanMinutes))
      #expect((figure.halfWidth - row.halfWidth).magnitude < 1e-9)
      #expect(row.halfWidth <= 0.01 / 1.01 * row.estimate)
    }
  }

  @Test("where the most allowed are not enough, it says so")
  func notReached() async throws {
    let study = try await runStudy(
      try design(.absolute(1e-9), maximum: 20), runner: LocalReplicationRunner(threads: 2))
    #expect(study.replications == 20 && study.precision?.outcome == .notReached)
    #expect(study.precision?.rows.contains(where: \.isMet) == false)
    #expect(study.interruption == nil)
  }

  /// None of n: Wilson's half-width is z²/(2(n + z²)), 5 points for the first time at n = 35.
  @Test("a probability is as precise as Wilson's interval is narrow")
  func probability() async throws {
    let study = try await runStudy(
      try design(.absolute(0.05), measure: .exhaustion), runner: LocalReplicationRunner(threads: 2))
    #expect(study.variants.allSatisfy { $0.exhaustion.byHorizon.count == 0 })
    #expect(study.replications == 35 + 5)
  }
}
