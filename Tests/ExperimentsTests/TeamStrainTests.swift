import EventEngine
import Simulation
import SimulationTestSupport
import Testing

@testable import Experiments

@Suite("What the work does to people, and how the choice hangs on what is not known")
struct TeamStrainTests {
  /// One clerk of eight hours a day for 28 days works 7.2 h on each of the first 14, and 4 h on the others.
  ///
  /// The first day is left out, so that 13 of 27 are full.
  @Test("full days, interruptions and overtime are those of the records")
  func strain() throws {
    let model = try twoVariants().variants[0].model
    var record = try runReplication(of: model, seed: 1, replication: 0)
    let days = model.timeline.dayCloses.count
    var done: [Int64] = []
    for day in 0..<days {
      done.append((done.last ?? 0) + (day < 14 ? 72 * hour / 10 : 4 * hour))
    }
    record.teams[0].workDone = done
    record.teams[0].overtime = 3 * hour
    // Four weeks belong to the horizon; what falls due in the fifth does not.
    record.teams[0].ticketsDue = [10, 20, 30, 52, 400]
    let schedule = TeamSchedule(team: 0, stack: model.stack, model: model)
    let strain = TeamStrain(
      team: 0, model: model, schedules: [schedule], records: [record, record])
    #expect(abs((strain.fullDayShare?.mean ?? 0) - 13.0 / 27) < 1e-12)
    #expect(strain.overtimeHours.mean == 3)
    #expect(abs((strain.interruptionsPerHour?.mean ?? 0) - 112.0 / 224) < 1e-12)
    record.teams[0].ticketsDue = []
    let silent = TeamStrain(team: 0, model: model, schedules: [schedule], records: [record])
    #expect(silent.interruptionsPerHour == nil)
  }

  @Test("a comparison has the steps of each variant, a simulation has them once")
  func work() async throws {
    let runner = LocalReplicationRunner(threads: 1)
    let study = try await runStudy(try twoVariants(replications: 3), runner: runner)
    let run = try await runSimulation(try twoVariants(replications: 3), runner: runner).result
    #expect(study.variants[0].work == run.work && run.variant.work == nil)
    let steps = try #require(study.variants[1].work)
    #expect(steps.map(\.id) == ["work"] && steps.map(\.kind) == [.task])
    #expect(study.variants.allSatisfy { $0.teams[0].strain != nil })
  }

  /// With ten sets the variant "b" is the cheapest where the first input is high; the second input is spread evenly.
  @Test("the input that decides which variant is the cheapest stands first")
  func decision() throws {
    let points = (0..<10).map { [Double(($0 * 3) % 10) / 10, Double($0) / 10] }
    let winners = points.map { $0[1] >= 0.3 ? 1 : 0 }
    let decision = try #require(
      UncertaintyResult.Decision(
        ["a", "b"], winners: winners, points: points, inputs: ["idle", "deciding"]))
    #expect(decision.variant == "b")
    #expect(decision.inputs.map(\.input) == ["deciding", "idle"])
    #expect(decision.inputs[0].low.count == 2 && decision.inputs[0].low.n == 5)
    #expect(decision.inputs[0].high.count == 5)
    // Sets 0, 4, 7, 1 and 8 have the idle input low: of them 4, 7 and 8 are won by b.
    #expect(decision.inputs[1].low.count == 3 && decision.inputs[1].high.count == 4)
    #expect(
      UncertaintyResult.Decision(
        ["a"], winners: winners.map { _ in 0 }, points: points, inputs: ["x", "y"]) == nil)
  }
}
