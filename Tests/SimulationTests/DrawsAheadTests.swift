import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Draws ahead") struct DrawsAheadTests {
  /// Work done on cases, with the times it took.
  struct Times: SimulationObserver {
    static var takesWorkDone: Bool { true }
    var work: [WorkDone] = []
    mutating func workDone(_ work: WorkDone) { self.work.append(work) }
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {}
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  /// A share of the cases is the automation's, the others are people's: with a small share most of what is
  /// drawn ahead for one of them is for cases that never come to it.
  @Test(
    "each time is the one that its own name draws, whoever else comes", arguments: [1, 0.5, 0.02])
  func timesByName(share: Double) throws {
    let handling = SampledTime.of(.lognormal(logMean: 3, logStandardDeviation: 1))
    let running = SampledTime.exponential(mean: 30)
    var model = try queueModel(
      rate: 1, servers: 3_000, service: handling, runIn: 0, horizon: 3_000 * second)
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 3_000, runTime: running, failureProbability: 0.2, retries: 1,
        exceptionTeam: 0)
    ]
    model.stack.activities[0].automation = 0
    model.stack.activities[0].automationShare = share
    var times = Times()
    _ = try runReplication(of: model, seed: 5, replication: 2, observer: &times)
    #expect(times.work.count > 2_500)
    #expect(times.work.contains { $0.kind == .run } && times.work.contains { $0.kind != .run })
    let random = KeyedRandom(seed: 5, replication: 2)
    for work in times.work {
      let isRun = work.kind == .run
      let attempt = isRun ? work.attempt - 1 : 0
      let uniform = random.uniform(
        RandomStream("serve", isRun ? "run time" : "handling time"), ordinal: work.ordinal,
        attempt: attempt)
      let seconds = (isRun ? running : handling).sampler.value(forUniform: uniform)
      #expect(work.finished - work.started == Int64((seconds * 1e6).rounded()))
    }
    // Whoever fails tries again, or leaves the case to people: by the number of the attempt's own name.
    let failed = Set(
      times.work.filter { $0.kind == .run && $0.attempt == 1 }.map(\.ordinal)
        .filter { random.uniform(RandomStream("serve", "failure"), ordinal: $0) < 0.2 })
    let repeated = Set(times.work.filter { $0.kind == .run && $0.attempt == 2 }.map(\.ordinal))
    #expect(repeated.isSubset(of: failed))
    // All but those that the end of the run has cut off.
    #expect(repeated.count > failed.count * 9 / 10)
  }

  @Test("rounding is that of the standard library", arguments: 0..<20 as Range<UInt64>)
  func rounding(seed: UInt64) {
    let random = KeyedRandom(seed: seed, replication: 0)
    var values = [0, 0.5, 0.5.nextDown, 0.5.nextUp, 1.5, 2.5, 0x1p52 - 0.5, 0x1p52 + 1, 0x1p61]
    for ordinal in 0..<500 as Range<UInt32> {
      let uniform = random.uniform(RandomStream("values", "rounding"), ordinal: ordinal)
      let scaled = uniform * Double(1 << (ordinal % 60))
      values += [scaled, scaled.rounded(.down) + 0.5, (scaled.rounded(.down) + 0.5).nextDown]
    }
    for value in values {
      #expect(roundedToInteger(value) == Int64(value.rounded(.toNearestOrAwayFromZero)))
      #expect(roundedToInteger(-value) == Int64((-value).rounded(.toNearestOrAwayFromZero)))
    }
  }
}
