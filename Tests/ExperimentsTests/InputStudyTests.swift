import EventEngine
import Experiments
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Studies of inputs")
struct InputStudyTests {
  /// Two inputs of one queue: the mean of the handling time, in seconds, and one that does nothing.
  private func space(
    _ low: Double, _ high: Double, replications: Int = 12, slower: Double = 1.1
  ) -> StudySpace {
    @Sendable func value(_ coordinate: Double) -> Double { low + coordinate * (high - low) }
    return StudySpace(
      inputs: [
        StudyInput(name: "handling", title: "Handling", value: { "\(value($0))" }),
        StudyInput(name: "nothing", title: "Nothing", sample: 40, value: { "\($0)" }),
      ],
      design: { point in
        try twoVariants(
          handling: value(point[0]), slower: slower * value(point[0]), replications: replications)
      })
  }

  /// The luck scales with the handling time, so that an hour of work is where 360 s are: 6 minutes a case
  /// on average.
  @Test("a tipping point lies where theory has it")
  func tipping() async throws {
    var one = space(180, 720)
    one.inputs.removeLast()
    let result = try await findTippingPoint(
      one, question: .measure(.figure(.humanMinutes), variant: "as-is", level: 6),
      effort: TippingEffort(replications: 20, maximum: 80, halvings: 5), seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    #expect(result.outcome == .tips && result.between.count == 2)
    let ends = result.between.compactMap(Double.init)
    try #require(ends.count == 2)
    #expect(ends[0] <= 360 && 360 <= ends[1] && ends[1] - ends[0] < 60)
    let estimate = try #require(result.estimate.flatMap(Double.init))
    #expect((estimate - 360).magnitude < 10)
    let below = try await findTippingPoint(
      one, question: .measure(.figure(.humanMinutes), variant: "as-is", level: 600),
      effort: TippingEffort(replications: 10, maximum: 20, halvings: 3), seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    #expect(below.outcome == .below && below.between.isEmpty && below.points.count == 2)
    await #expect(throws: StudyError.noSuchVariant("nobody", known: ["as-is", "slower"])) {
      try await findTippingPoint(
        one, question: .risk(variant: "nobody", level: 0.5), seed: 42,
        runner: LocalReplicationRunner(threads: 2))
    }
  }

  /// 80 cases of 10 minutes a day are 1.67 of one clerk's hours and 0.83 of two.
  @Test("the smallest staffing that is enough comes with its proof")
  func smallest() async throws {
    let staffing = StudySpace(
      inputs: [
        StudyInput(name: "people", title: "People", value: { "\(1 + Int(($0 * 3).rounded()))" })
      ],
      design: { point in
        var design = try twoVariants(handling: 600, slower: 600)
        for index in design.variants.indices {
          let people = design.variants[index].model.stack.teams[0].people
          design.variants[index].model.stack.teams[0].people =
            (0..<(1 + Int((point[0] * 3).rounded()))).map { _ in people[0] }
        }
        return design
      })
    let result = try await findSafeValue(
      staffing, variant: "slower", bound: 0.2, steps: 3, replications: 25, seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    #expect(result.direction == .smallest && result.value?.value == "2")
    // None of 25: Wilson's upper end is 13.3 %.
    #expect(result.value?.risk.count == 0 && (result.value?.risk.upper ?? 1) < 0.14)
    #expect(result.value?.isFresh == true)
    #expect(result.next?.value == "1" && result.next?.risk.count == 25)
    #expect((result.next?.riskyDay ?? 0) > 1)
  }

  /// Uniform from 4.5 to 5.5 minutes: a standard deviation of 1/√12.
  ///
  /// About 2,240 exponential times of 5
  /// minutes average with one of 5/√2240.
  @Test("ignorance and chance come out apart, as theory has them")
  func uncertainty() async throws {
    let result = try await studyUncertainty(
      space(270, 330), draws: 30, replications: 6, measures: [.figure(.humanMinutes)], seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    let output = try #require(result.outputs.first { $0.output.variant == "as-is" })
    #expect((output.ignorance / (1 / 12.0.squareRoot()) - 1).magnitude < 0.15)
    #expect((output.noise / (5 / 2240.0.squareRoot()) - 1).magnitude < 0.2)
    let share = try #require(output.ignoranceShare)
    #expect(share.lower < 0.882 && 0.882 < share.upper)
    #expect(output.contributions[0].share > 0.9 && output.contributions[1].share < 0.2)
    #expect(output.contributions[0].withTwiceTheData == nil)
    // In the lowest fifth of 4.5 to 5.5 minutes the mean is 4.6, in the highest 5.4.
    let low = try #require(output.contributions[0].low)
    let high = try #require(output.contributions[0].high)
    #expect((low.mean.mean - 4.6).magnitude < 0.1 && low.mean.n == 6)
    #expect((high.mean.mean - 5.4).magnitude < 0.1)
    #expect(result.cheapest.first { $0.variant == "as-is" }?.sets.count == 30)
  }

  @Test("screening and indices find the input that matters, and what does nothing does nothing")
  func sensitivity() async throws {
    let screened = try await screenInputs(
      space(270, 330), paths: 4, replications: 2, measures: [.figure(.humanMinutes)], seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    let effects = try #require(screened.outputs.first { $0.output.variant == "as-is" }?.effects)
    // The whole range is one minute, and all points have the same luck: a straight line.
    #expect((effects[0].mean - 1).magnitude < 0.05 && effects[0].deviation < 0.01)
    #expect(effects[1].size.estimate == 0)
    let sobol = try await sobolIndices(
      space(270, 330), rows: 24, replications: 2, measures: [.figure(.humanMinutes)], seed: 42,
      runner: LocalReplicationRunner(threads: 2))
    let indices = try #require(sobol.outputs.first { $0.output.variant == "as-is" }?.indices)
    #expect(indices[0].total.contains(1) && indices[1].total.estimate == 0)
    #expect(sobol.points == 24 * 4)
    let again = try await sobolIndices(
      space(270, 330), rows: 24, replications: 2, measures: [.figure(.humanMinutes)], seed: 42,
      runner: LocalReplicationRunner(threads: 1))
    #expect(again == sobol)
  }
}

@Suite("Causes of exhaustion, and what settles")
struct CausesAndSteadyStateTests {
  /// By the scenario's own arithmetic the agents need 96 % of underwriting without drift, 116 % with it, and
  /// nothing of it where the guardrail never fires.
  @Test("the loan's guardrail and its drift are found as what drowns underwriting")
  func causes() async throws {
    var design = try projectDesign("loan-approval")
    design.replications = 8
    let causes = try await attributeExhaustion(
      design, variant: nil, runner: LocalReplicationRunner(threads: 2))
    #expect(causes.variant == "agents" && causes.exhaustion.byHorizon.count > 0)
    let guardrail = try #require(
      causes.causes.first { $0.kind == .guardrail && $0.name == "creditworthiness" })
    let drift = try #require(causes.causes.first { $0.kind == .drift })
    #expect(guardrail.without.byHorizon.count == 0 && guardrail.backlogGained.mean > 10)
    #expect(drift.daysGained.mean > 0 && drift.daysGained.mean <= guardrail.daysGained.mean)
    let underwriting = try #require(causes.arithmetic.first { $0.team == "underwriting" })
    #expect((underwriting.lastWeekIntensity - 1.16).magnitude < 0.02)
    // 2880 min are reached on day 56.2, by hand.
    #expect(underwriting.fluidBacklogDay.map { 55...58 ~= $0 } == true)
    #expect(underwriting.erlangWaitingFirstWeek != nil && underwriting.erlangWaitingLastWeek == nil)
    #expect(Set(causes.byDefinition.map(\.definition)).count == 4)
  }

  @Test("a queue that cannot settle, or of which too little is seen, has no steady state")
  func refusals() async throws {
    let runner = LocalReplicationRunner(threads: 2)
    let short = try twoVariants()
    await #expect(throws: StudyError.noSteadyState(.tooFewDays(28))) {
      try await findSteadyState(short, runner: runner)
    }
    var busy = try twoVariants(handling: 355)
    lengthen(&busy)
    await #expect {
      try await findSteadyState(busy, runner: runner)
    } throws: { error in
      guard case .noSteadyState(.tooBusy(let team, let load))? = error as? StudyError else {
        return false
      }
      // 80 times 355 s of 8 h.
      return team == "clerks" && (load - 0.98611).magnitude < 1e-4
    }
  }

  /// Half loaded, M/M/1: at a random instant ρ²/(1 − ρ) = 0.5 cases wait.
  ///
  /// An empty start is over after
  /// a few cases, of which 48 come in a day.
  @Test("a queue that settles is seen to settle at what theory says")
  func settles() async throws {
    var design = try twoVariants(handling: 180, replications: 60)
    lengthen(&design)
    let result = try await findSteadyState(design, runner: LocalReplicationRunner(threads: 2))
    let row = try #require(result.rows.first { $0.figure == .waiting })
    let estimate = try #require(row.estimate)
    #expect(0.4...0.6 ~= estimate.mean && estimate.lower < 0.5 + 0.05)
    #expect(row.welch.count == 95 && (row.warmUpDays ?? 100) <= 50)
  }

  private func lengthen(_ design: inout StudyDesign) {
    for index in design.variants.indices {
      design.variants[index].model.timeline = Timeline(
        runInStart: 0, horizon: 100 * day, followUp: 7 * day,
        dayCloses: (0..<112).map { Int64($0) * day + 8 * hour }, horizonDays: 100,
        sampledDays: 107)
    }
  }
}
