import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Oversight by people") struct OversightTests {
  /// A case every 600 s, 59 in 10 h, each done by an agent in 2 s; a guardrail that always fires, and a
  /// review of 60 s at a currency unit that finds every error.
  func run(
    _ oversight: OversightModel?, errors: Double = 0, rate: Double = 1 / 600,
    horizon: Int64 = 36_000, replication: Int = 0,
    change: (inout SimulationModel) -> Void = { _ in }
  ) throws -> ReplicationRecord {
    var model = try ticketModel(nil, rate: rate, horizon: horizon)
    model.stack.automations[0].errorProbability = errors
    model.stack.guardrails[0].oversight = oversight
    change(&model)
    let run = try watchedRun(model, replication: replication)
    #expect(run.violations == [])
    let cost = run.record.cohorts[0].cost.reduce(0, +)
    #expect(cost == run.record.totalCost)
    return run.record
  }

  func fixed(_ share: Double, blocks: Bool = true) -> OversightModel {
    OversightModel(rungs: [OversightRung(share: share, blocks: blocks)])
  }

  let loop = OversightRung(share: 1, blocks: true)

  // MARK: Modes

  @Test(
    "in the loop every case waits, on the loop none does, and nobody looks at a share of nothing")
  func modes() throws {
    let inLoop = try run(fixed(1))
    #expect(inLoop.secondsToCompletion == 59 * 62 && inLoop.guardrails[0].tickets == 59)
    let onLoop = try run(fixed(1, blocks: false))
    #expect(onLoop.secondsToCompletion == 59 * 2 && onLoop.guardrails[0].tickets == 59)
    #expect(onLoop.cohorts[0].reviewTime == inLoop.cohorts[0].reviewTime)
    let nobody = try run(fixed(0))
    #expect(nobody.secondsToCompletion == 59 * 2 && nobody.guardrails[0].tickets == 0)
    #expect(nobody.times(.reviewSpared) == 59 && nobody.guardrails[0].fired == 59)
  }

  @Test("a sample is of its share")
  func sample() throws {
    let shares = try (0..<80).map {
      Double(try run(fixed(0.25), replication: $0).guardrails[0].tickets) / 59
    }
    #expect(interval999(shares).contains(0.25))
  }

  @Test("errors pass where nobody looks, and are found where somebody does")
  func errors() throws {
    let nobody = try run(fixed(0), errors: 1)
    #expect(nobody.times(.errorUnreviewed) == 59 && nobody.cohorts[0].completedRight == 0)
    let all = try run(fixed(1), errors: 1)
    #expect(all.times(.errorUnreviewed) == 0 && all.cohorts[0].completedRight == 59)
    // On the loop the case is over when its error is found.
    #expect(try run(fixed(1, blocks: false), errors: 1).cohorts[0].completedRight == 0)
  }

  /// After the agent a second one works for 200 s, so that the review of 60 s is in time.
  @Test("people on the loop put a case right that is under way")
  func redirection() throws {
    let record = try run(fixed(1, blocks: false), errors: 1) { model in
      model.stack.guardrails[0].oversight = fixed(1, blocks: false)
      if let flow = try? FlowGraph(sequence(of: ["draft", "send"])) { model.flow = flow }
      model.stack.flowProbabilities = model.flow.flows.map { _ in 1 }
      model.stack.automations[1].runTime = .constant(200)
      model.stack.activities.append(ActivityModel(team: nil, handlingTime: nil, automation: 1))
    }
    #expect(record.times(.redirected) == 59 && record.cohorts[0].completedRight == 59)
    #expect(record.secondsToCompletion == 59 * 202)
  }

  @Test("in the lead people take the decisions of a tier, which wait, and audit the rest")
  func tiers() throws {
    for (condition, seconds) in [(CaseCondition.always, 62.0), (.not(.always), 2)] {
      let oversight = OversightModel(
        rungs: [OversightRung(share: 0, blocks: false, usesTiers: true)],
        tiers: [OversightTier(condition: condition)])
      #expect(try run(oversight).secondsToCompletion == 59 * seconds)
    }
  }

  // MARK: Neutral

  @Test(
    "all firings in the loop change no draw and no result", arguments: 0..<60 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    var model = try generatedModel(seed: seed, withOversight: false)
    // A response may wait for a mode of oversight, which is then there.
    model.stack.response?.rules.removeAll {
      if case .oversight = $0.trigger { true } else { false }
    }
    func result() throws -> (record: ReplicationRecord, draws: [DrawLog.Key]) {
      var observer = DrawObserver()
      let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
      return (record, observer.log.keys)
    }
    let plain = try result()
    // What is done again for people it did not wait for is another question.
    for index in model.stack.guardrails.indices where model.stack.guardrails[index].blocks {
      if model.stack.guardrails[index].handling?.rework == nil {
        model.stack.guardrails[index].oversight = fixed(1)
      }
    }
    let overseen = try result()
    #expect(overseen.record == plain.record && overseen.draws == plain.draws)
  }

  // MARK: Promotion and demotion

  /// With no error in n reviews the upper end of Wilson's interval is z²/(n + z²); at 95 % z² = 3.8415, and
  /// that is at most 10 % from n = 35 on, at most 5 % from n = 73 on.
  @Test(
    "what reviews do not find loosens oversight once enough were made",
    arguments: [(0.1, 20, 35), (0.1, 50, 50), (0.05, 20, 73)])
  func promotion(bound: Double, minimum: Int, tickets: Int) throws {
    let oversight = OversightModel(
      rungs: [loop, OversightRung(share: 0, blocks: false)],
      controller: OversightController(
        promoteBelow: bound, demoteAbove: 1, minimum: minimum, window: 1_000))
    let record = try run(oversight, horizon: 60_000)
    #expect(record.guardrails[0].tickets == tickets && record.times(.oversightLoosened) == 1)
    // 99 cases: those before wait for a review, those after do not.
    #expect(record.secondsToCompletion == Double(tickets * 62 + (99 - tickets) * 2))
  }

  /// With an error in each of n reviews the lower end is n/(n + z²): more than 80 % from n = 16 on.
  @Test("what reviews find tightens oversight")
  func demotion() throws {
    let oversight = OversightModel(
      rungs: [loop, OversightRung(share: 1, blocks: false)], start: 1,
      controller: OversightController(
        promoteBelow: 0.1, demoteAbove: 0.8, minimum: 10, window: 1_000))
    let record = try run(oversight, errors: 1)
    #expect(record.times(.oversightTightened) == 1)
    #expect(record.secondsToCompletion == 16 * 2 + 43 * 62)
    #expect(record.cohorts[0].completedRight == 43)
  }

  @Test("the ladder is climbed from every decision to a sample to what is triggered")
  func ladder() throws {
    let oversight = OversightModel(
      rungs: [
        loop, OversightRung(share: 0.5, blocks: true), OversightRung(share: 0, blocks: false),
      ],
      controller: OversightController(
        promoteBelow: 0.1, demoteAbove: 0.5, minimum: 20, window: 1_000))
    let record = try run(oversight, horizon: 120_000)
    // 35 reviews on each of the two lower rungs.
    #expect(record.times(.oversightLoosened) == 2 && record.guardrails[0].tickets == 70)
  }

  /// One error in five: no error in the first ten reviews has the probability 0.8^10, and lets the mode be
  /// promoted to nothing after ten, as the upper end is then 28 %; with one error it is 40 %.
  @Test("luck promotes what should not be, as often as it should")
  func falsePromotion() throws {
    let oversight = OversightModel(
      rungs: [loop, OversightRung(share: 0, blocks: false)],
      controller: OversightController(
        promoteBelow: 0.3, demoteAbove: 1, minimum: 10, window: 1_000))
    let early = try (0..<600).count {
      try run(oversight, errors: 0.2, horizon: 12_000, replication: $0).guardrails[0].tickets == 10
    }
    let bounds = try #require(wilsonInterval(successes: early, of: 600, confidence: 0.999))
    #expect(bounds.contains(0.107_374_182_4))
  }

  /// In the loop twice the cases are twice the reviews; a mode that is triggered needs the same 35.
  @Test("reviews grow with the cases in the loop, and not where they are triggered")
  func scaling() throws {
    let triggered = OversightModel(
      rungs: [loop, OversightRung(share: 0, blocks: false)],
      controller: OversightController(
        promoteBelow: 0.1, demoteAbove: 1, minimum: 20, window: 1_000))
    for (rate, cases) in [(1 / 600.0, 59), (1 / 300.0, 119)] {
      #expect(try run(fixed(1), rate: rate).guardrails[0].tickets == cases)
      #expect(try run(triggered, rate: rate).guardrails[0].tickets == 35)
    }
  }

  // MARK: Design

  /// Every 2 h for half an hour: at 2, 4, 6 and 8 h; what comes up at 10 h is after the horizon.
  @Test("work on the design comes up where cases do not wait for people")
  func design() throws {
    for (blocks, times) in [(false, 4), (true, 0)] {
      var oversight = fixed(0.5, blocks: blocks)
      oversight.design = OversightDesign(team: 1, work: .constant(1_800), every: 2 * hour)
      let record = try run(oversight)
      #expect(record.times(.designWork) == times)
      #expect(record.timeBesideCases == Int64(times) * 1_800 * second)
      #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == Int64(times) * 30_000_000)
    }
  }

  // MARK: Forecast

  @Test("the fluid forecast has the reviews of the mode that it begins with")
  func forecast() throws {
    var model = try ticketModel(nil)
    model.stack.guardrails[0].oversight = fixed(0.25)
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(load.teamSeconds[0] == 15)
  }
}
