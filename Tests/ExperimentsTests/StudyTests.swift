import EventEngine
import Experiments
import ProcessModel
import Scenarios
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Two variants of one queue: people as today, and the same people with more work per case.
func twoVariants(handling: Double = 300, slower: Double = 330, replications: Int = 12) throws
  -> StudyDesign
{
  func model(_ name: String, _ seconds: Double) throws -> SimulationModel {
    let flow = try FlowGraph(sequence(of: ["work"]))
    let stack = StackModel(
      name: name,
      teams: [TeamModel(name: "clerks", people: [.init(calendar: 0, hourlyCost: 60e6)])],
      activities: [ActivityModel(team: 0, handlingTime: .exponential(mean: seconds))],
      flowProbabilities: [1, 1])
    let calendar = eightHourDays(120)
    return SimulationModel(
      timeline: Timeline(
        runInStart: 0, horizon: 28 * day, followUp: 28 * day,
        dayCloses: (0..<40).map { Int64($0) * day + 8 * hour }, horizonDays: 28, sampledDays: 33),
      calendars: [calendar], flow: flow,
      demand: Demand(pattern: .poisson, calendar: calendar, rate: 80 / Double(8 * hour)),
      runInStack: nil, stack: stack)
  }
  return StudyDesign(
    variants: [
      StudyVariant(
        name: "as-is", title: "As is", mix: "people", orchestrationLevel: 0,
        model: try model("as-is", handling)),
      StudyVariant(
        name: "slower", title: "Slower", mix: "people", orchestrationLevel: 0,
        model: try model("slower", slower)),
    ], baseline: 0, seed: 42, replications: replications,
    exhaustion: ExhaustionRule(watchedTeams: [0], backlogDays: 2, confirmedDays: 3),
    practicalSignificance: [.humanMinutes: 0.1], currency: "EUR")
}

@Suite("Studies") struct StudyTests {
  @Test("the result is the same on one thread and on four, and again")
  func threads() async throws {
    let design = try twoVariants()
    let one = try await runStudy(design, runner: LocalReplicationRunner(threads: 1))
    let four = try await runStudy(design, runner: LocalReplicationRunner(threads: 4))
    let again = try await runStudy(design, runner: LocalReplicationRunner(threads: 4))
    #expect(one == four)
    #expect(four == again)
  }

  @Test("another seed gives other figures")
  func seeds() async throws {
    var design = try twoVariants()
    let first = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    design.seed += 1
    let second = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    #expect(first.variants != second.variants)
  }

  /// Common random numbers: the same exponential luck, scaled by 330/300, so the paired difference of
  /// human work is exactly a tenth of the baseline's.
  @Test("with common random numbers a scaled time gives an exactly scaled difference")
  func pairedDifference() async throws {
    let study = try await runStudy(try twoVariants(), runner: LocalReplicationRunner(threads: 2))
    let baseline = try #require(study.variants[0].figure(.humanMinutes))
    let difference = try #require(study.differences.first { $0.figure == .humanMinutes })
    #expect(abs(difference.estimate.mean - baseline.mean / 10) < 1e-6)
    #expect((difference.correlation ?? 0) > 0.999_999)
    #expect(difference.verdict == .worse)
    #expect(difference.estimate.lower > 0.1)
  }

  @Test("cost per case is the sum of its components")
  func costStack() async throws {
    let study = try await runStudy(try twoVariants(), runner: LocalReplicationRunner(threads: 2))
    for variant in study.variants {
      let cost = try #require(variant.figure(.costPerCase))
      #expect(abs(variant.costStack.reduce(0) { $0 + $1.perCase } - cost.mean) < 1e-9)
      // 60 EUR an hour: a minute of human work costs one euro.
      let minutes = try #require(variant.figure(.humanMinutes))
      #expect(abs(cost.mean - minutes.mean) < 0.2)
    }
  }

  @Test("a start state from a stack that saturates is refused, with the team's name")
  func saturatedRunIn() async throws {
    var design = try twoVariants()
    for index in design.variants.indices {
      design.variants[index].model.timeline.runInStart = -7 * day
      design.variants[index].model.runInStack = design.variants[index].model.stack
      design.variants[index].model.demand.rate *= 1.3
    }
    await #expect {
      try await runStudy(design, runner: LocalReplicationRunner(threads: 1))
    } throws: { error in
      guard case .runInSaturates(let team, let intensity)? = error as? StudyError else {
        return false
      }
      return team == "clerks" && abs(intensity - 1.0833) < 0.001
    }
  }

  @Test("a queue that overflows is exhausted in all replications, with the day it began")
  func exhaustion() async throws {
    let study = try await runStudy(
      try twoVariants(slower: 600), runner: LocalReplicationRunner(threads: 2))
    let slower = study.variants[1].exhaustion
    #expect(slower.byHorizon.count == 12 && slower.byHorizon.lower > 0.7)
    // 400 scheduled of 800 minutes a day remain undone: two days' work waits after about 5 days.
    let median = try #require(slower.medianDay)
    #expect((3...8).contains(median))
    #expect(slower.byDay.map(\.count) == slower.byDay.map(\.count).sorted())
    #expect(study.variants[1].teams[0].fluid.saturationDay == 1)
    #expect(study.variants[0].teams[0].fluid.saturationDay == nil)
    // All four definitions are reported; what is computed without chance has no band.
    let definitions = study.variants[1].exhaustionByDefinition
    #expect(Set(definitions.map(\.definition)) == Set(ExhaustionRule.Definition.allCases))
    let saturation = definitions.filter { $0.definition == .saturation }
    #expect(saturation.count == 2 && saturation.allSatisfy { $0.byHorizon.lower == 1 })
    #expect(saturation.allSatisfy { $0.medianDay == 1 })
    let before = study.variants[0].exhaustionByDefinition.first { $0.definition == .saturation }
    #expect(before?.byHorizon.upper == 0 && before?.medianDay == nil)
    #expect(study.recommendation.admissible.contains("slower") == false)
  }

  @Test(
    "any definition may decide", arguments: ExhaustionRule.Definition.allCases)
  func decides(definition: ExhaustionRule.Definition) async throws {
    var design = try twoVariants(slower: 600, replications: 3)
    design.exhaustion.decides = definition
    let study = try await runStudy(design, runner: LocalReplicationRunner(threads: 2))
    let slower = study.variants[1].exhaustion
    #expect(slower.definition == definition && slower.team == nil)
    // There are no tickets in it, so service is not bad.
    #expect(slower.byHorizon.count == (definition == .service ? 0 : 3))
  }
}
