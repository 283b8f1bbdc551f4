import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@testable import Experiments

@Suite("Studies at many points") struct SampleStudyTests {
  /// A queue whose mean handling time is an input, in seconds; others do nothing.
  private func space(inputs: Int, rounding: Double = 1) -> StudySpace {
    @Sendable func value(_ coordinate: Double) -> Double {
      ((300 + 300 * coordinate) / rounding).rounded() * rounding
    }
    return StudySpace(
      inputs: (0..<inputs).map { number in
        StudyInput(
          name: "input \(number)", title: "Input \(number)", value: { "\(value($0))" })
      },
      design: { point in
        try twoVariants(handling: value(point[0]), slower: 2 * value(point[0]), replications: 3)
      })
  }

  /// All points have the same luck, which scales with the mean.
  @Test("one input is tried evenly, and its figures are proportional to it")
  func line() async throws {
    let result = try await sampleStudy(
      space(inputs: 1), count: 4, replications: 3, measures: [.figure(.humanMinutes)], seed: 7,
      runner: LocalReplicationRunner(threads: 2))
    #expect(result.design == .steps)
    #expect(result.points.map(\.values) == [["300.0"], ["400.0"], ["500.0"], ["600.0"]])
    let means = result.points.map { $0.variants[0].estimates[0]?.mean ?? .nan }
    for (mean, factor) in zip(means, [1, 4 / 3.0, 5 / 3.0, 2]) {
      #expect((mean / means[0] / factor - 1).magnitude < 1e-6)
    }
    // The slower one doubles the lowest, which alone nothing beats.
    #expect(result.points.flatMap(\.variants).count(where: \.isUnbeaten) == 1)
    #expect(result.points[0].variants[0].isUnbeaten)
    #expect(result.points[0].variants[0].estimates[0]?.n == 3)
  }

  @Test("several inputs are spread so that each takes each part of its range once")
  func spread() async throws {
    let measures: [StudyMeasure] = [.figure(.humanMinutes)]
    let one = try await sampleStudy(
      space(inputs: 2, rounding: 0.001), count: 6, replications: 1, measures: measures, seed: 7,
      runner: LocalReplicationRunner(threads: 1))
    let two = try await sampleStudy(
      space(inputs: 2, rounding: 0.001), count: 6, replications: 1, measures: measures, seed: 7,
      runner: LocalReplicationRunner(threads: 2))
    #expect(one == two && one.design == .latinHypercube && one.points.count == 6)
    for input in 0..<2 {
      let parts = one.points.map { Int(((Double($0.values[input]) ?? -1) - 300) / 50) }
      #expect(parts.sorted() == Array(0..<6))
    }
    // Two inputs are two permutations, not one.
    #expect(one.points.contains { $0.values[0] != $0.values[1] })
  }

  @Test("values that are rounded to the same are tried once")
  func rounding() async throws {
    let result = try await sampleStudy(
      space(inputs: 1, rounding: 100), count: 9, replications: 1,
      measures: [.figure(.humanMinutes)], seed: 7, runner: LocalReplicationRunner(threads: 1))
    #expect(result.points.map { $0.values[0] } == ["300.0", "400.0", "500.0", "600.0"])
  }

  /// Of cost and share done right: (1, 5), (2, 6) and (5, 9) trade; (2, 5) is dearer than the first and no
  /// better, (6, 9) dearer than the third; the twin of the first is as good.
  @Test("an entry is unbeaten where none is as good in all and better in one")
  func unbeaten() {
    let goals: [(Double, Double?)] = [(1, 5), (2, 6), (2, 5), (5, 9), (6, 9), (1, 5), (0, nil)]
    var result = SampleResult(
      design: .steps, inputs: [],
      measures: [
        .init(measure: .figure(.costPerCase), unit: "EUR", lessIsBetter: true),
        .init(measure: .figure(.doneRight), unit: "share", lessIsBetter: false),
      ], seed: 1, replications: 1,
      points: goals.map { cost, right in
        SampleResult.Point(
          values: [],
          variants: [
            .init(
              variant: "a", estimates: [Estimate(of: [cost]), right.map { Estimate(of: [$0]) }],
              isUnbeaten: false)
          ])
      })
    result.markUnbeaten()
    #expect(
      result.points.map { $0.variants[0].isUnbeaten }
        == [true, true, false, true, false, true, false])
  }
}
