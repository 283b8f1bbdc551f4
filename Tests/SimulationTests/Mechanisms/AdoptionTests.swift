import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Adoption by trust") struct AdoptionTests {
  /// A case every second from 1 s to 200 s; a run takes half a second, so that what it teaches is known
  /// before the next case comes.
  func model(
    start: Double, least: Double = 0, most: Double = 1, seconds: Int64 = 201,
    _ change: (inout AdoptionModel) -> Void = { _ in },
    automation: (inout AutomationModel) -> Void = { _ in }
  ) throws -> SimulationModel {
    var model = try automationModel(seconds: seconds) {
      $0.runTime = .constant(0.5)
      automation(&$0)
    }
    var adoption = AdoptionModel(automations: [0], start: start, least: least, most: most)
    change(&adoption)
    model.stack.adoption = adoption
    return model
  }

  /// Expected number of cases handed over, of so many one after the other.
  ///
  /// A case is with the share that is left after k events, and brings another event with a probability. By the
  /// distribution of k.
  func expectedHandedOver(
    of cases: Int, chance: Double = 1, share: (Int) -> Double
  ) -> Double {
    var distribution = [1.0] + [Double](repeating: 0, count: cases)
    var handedOver = 0.0
    for _ in 0..<cases {
      var next = [Double](repeating: 0, count: cases + 1)
      for events in 0..<cases where distribution[events] > 0 {
        let moves = share(events)
        handedOver += distribution[events] * moves
        next[events] += distribution[events] * (1 - moves * chance)
        next[events + 1] += distribution[events] * moves * chance
      }
      distribution = next
    }
    return handedOver
  }

  func handedOver(_ record: ReplicationRecord) -> Double { Double(record.count(.handedToAgents)) }

  // MARK: Neutral

  @Test("where nothing moves the share, it stays where it began", arguments: [0, 0.3, 1])
  func neutral(start: Double) throws {
    let model = try model(start: start)
    let counts = try interval(model, handedOver)
    #expect(start * 200 >= counts.lower - 1e-9 && start * 200 <= counts.upper + 1e-9)
    let record = try observedRun(model)
    #expect(record.count(.handedToAgents) + record.count(.keptByPeople) == 200)
    #expect(Int64(record.automationRuns[0]) == record.count(.handedToAgents))
    // People take 10 s, the agent half a second.
    #expect(record.humanSeconds == 10 * Double(record.count(.keptByPeople)))
  }

  @Test(
    "all handed over for ever changes no result and no draw of others",
    arguments: 0..<60 as Range<UInt64>)
  func off(seed: UInt64) throws {
    var model = try generatedModel(seed: seed, withAdoption: false)
    func result() throws -> (ReplicationRecord, Set<DrawLog.Key>) {
      var observer = DrawObserver()
      let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
      return (record, Set(observer.log.keys))
    }
    let (plain, draws) = try result()
    let all = AdoptionModel(automations: Array(model.stack.automations.indices), start: 1)
    model.stack.adoption = all
    model.runInStack?.adoption = all
    let (adopted, more) = try result()
    #expect(adopted.cohorts == plain.cohorts && adopted.totalCost == plain.totalCost)
    #expect(adopted.work == plain.work && adopted.eventCount == plain.eventCount)
    #expect(draws.isSubset(of: more))
  }

  // MARK: By hand

  /// After k good experiences the share is 1 − (1 − a)(1 − g)^k.
  @Test("good experience raises it towards its upper bound")
  func gain() throws {
    let counts = try interval(model(start: 0.1) { $0.gain = 0.05 }, handedOver)
    #expect(
      counts.contains(expectedHandedOver(of: 200) { 1 - 0.9 * power(0.95, Double($0)) }))
  }

  /// After k surprises it is a(1 − λ)^k, above a lower bound b it is b + (a − b)(1 − λ)^k.
  @Test("runs that give up lower it towards its lower bound", arguments: [0, 0.2])
  func failures(least: Double) throws {
    let model = try model(start: 0.9, least: least) {
      $0.losses.failure = 0.1
    } automation: {
      $0.failureProbability = 1
    }
    let counts = try interval(model, handedOver)
    #expect(
      counts.contains(
        expectedHandedOver(of: 200) { least + (0.9 - least) * power(0.9, Double($0)) }))
    let record = try observedRun(model)
    #expect(record.count(.trustSurprise) == record.count(.handedToAgents))
    #expect(record.count(.trustGained) == 0)
  }

  @Test("errors in cases that are done lower it as far as they are noticed", arguments: [1, 0.4])
  func released(noticed: Double) throws {
    let model = try model(start: 0.9) {
      $0.losses.released = 0.2
      $0.noticed = noticed
      $0.noticedAfter = .constant(0.25)
    } automation: {
      $0.errorProbability = 1
    }
    let counts = try interval(model, handedOver)
    #expect(
      counts.contains(
        expectedHandedOver(of: 200, chance: noticed) { 0.9 * power(0.8, Double($0)) }))
    // Until somebody notices, nothing speaks against them.
    let record = try observedRun(model)
    #expect(record.count(.trustGained) == record.count(.handedToAgents))
  }

  @Test("an error that is noticed after the run has no effect in it")
  func late() throws {
    let model = try model(start: 0.5) {
      $0.losses.released = 1
      $0.noticedAfter = .constant(1_000)
    } automation: {
      $0.errorProbability = 1
    }
    #expect(try interval(model, handedOver).contains(100))
  }

  /// What can be followed costs the share e of the loss; of λ = .2 and e = .25, .05 is left.
  @Test("what people can follow costs less trust")
  func explained() throws {
    func counts(_ transparency: Double) throws -> ConfidenceInterval {
      try interval(
        model(start: 0.9) {
          $0.losses.failure = 0.2
          $0.transparency = transparency
          $0.explainedLoss = 0.25
        } automation: {
          $0.failureProbability = 1
        }, handedOver)
    }
    let (black, half, clear) = (try counts(0), try counts(0.5), try counts(1))
    #expect(black.contains(expectedHandedOver(of: 200) { 0.9 * power(0.8, Double($0)) }))
    #expect(clear.contains(expectedHandedOver(of: 200) { 0.9 * power(0.95, Double($0)) }))
    #expect(black.upper < half.lower && half.upper < clear.lower)
  }

  /// The other way round: nothing goes wrong, and yet the share falls, as nobody can follow.
  @Test("a black box erodes confidence even when it is right")
  func opaque() throws {
    func counts(_ transparency: Double) throws -> ConfidenceInterval {
      try interval(
        model(start: 0.6) {
          $0.gain = 0.05
          $0.opaqueLoss = 0.05
          $0.transparency = transparency
        }, handedOver)
    }
    let (black, clear) = (try counts(0), try counts(1))
    #expect(black.contains(expectedHandedOver(of: 200) { 0.6 * power(0.95, Double($0)) }))
    #expect(clear.contains(expectedHandedOver(of: 200) { 1 - 0.4 * power(0.95, Double($0)) }))
  }

  // MARK: Reviews

  /// 59 cases, each with a ticket that is approved as it was after a minute; the next comes after ten.
  @Test("needless tickets and errors that reviews find each cost their own")
  func reviews() throws {
    func counts(errors: Double, _ losses: AdoptionLosses) throws -> ConfidenceInterval {
      var model = try ticketModel(nil, horizon: 36_000)
      model.stack.automations[0].errorProbability = errors
      model.stack.activities[0].team = 1
      model.stack.activities[0].handlingTime = .constant(60)
      var adoption = AdoptionModel(automations: [0], start: 0.8)
      adoption.losses = losses
      model.stack.adoption = adoption
      return try interval(model, handedOver)
    }
    let expected = expectedHandedOver(of: 59) { 0.8 * power(0.7, Double($0)) }
    #expect(try counts(errors: 0, AdoptionLosses(needless: 0.3)).contains(expected))
    #expect(try counts(errors: 1, AdoptionLosses(found: 0.3)).contains(expected))
    // What is found is not needless, and is not released.
    let other = AdoptionLosses(released: 0.3, needless: 0.3)
    #expect(try counts(errors: 1, other).contains(0.8 * 59))
    #expect(try counts(errors: 0, AdoptionLosses(released: 1, found: 1)).contains(0.8 * 59))
  }

  // MARK: Training and communication

  /// At 100 s half a second of work; from then on all are handed over.
  @Test("communication is work of a team, and raises the share when it is done")
  func communication() throws {
    let model = try model(start: 0, seconds: 300) {
      $0.communication = AdoptionCommunication(
        team: 0, work: .constant(0.5), every: 100 * second, gain: 1)
    }
    let record = try observedRun(model)
    #expect(record.count(.keptByPeople) == 100 && record.count(.handedToAgents) == 199)
    // Twice half a second at a cent a second.
    #expect(record.count(.trustCommunicated) == 2)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == 10_000)
  }

  /// Somebody is trained after an hour and a half: the cases of 0 h and 1 h have begun by then.
  @Test("training for a stage of the rollout raises it")
  func training() throws {
    var first = stage("all", share: 1)
    first.training = [RolloutTraining(team: 1, time: .constant(5_400))]
    var model = try rolloutModel(RolloutModel(stages: [first]))
    model.stack.adoption = AdoptionModel(automations: [0], start: 0)
    #expect(try observedRun(model).count(.handedToAgents) == 0)
    model.stack.adoption?.trained = 1
    let record = try observedRun(model)
    #expect(record.count(.keptByPeople) == 2 && record.count(.handedToAgents) == 238)
  }

  // MARK: Cases and stacks

  @Test("a case is handed over as a whole")
  func wholeCases() throws {
    var model = try rolloutModel(nil, tasks: 3)
    model.stack.adoption = AdoptionModel(automations: [0, 1, 2], start: 0.5)
    let record = try observedRun(model)
    #expect(Set(record.automationRuns).count == 1)
    #expect(record.automationRuns[0] > 60 && record.automationRuns[0] < 180)
    // What only one of the two could do asks nobody.
    model.stack.adoption = AdoptionModel(automations: [1], start: 0)
    #expect(try observedRun(model).automationRuns == [240, 0, 240])
  }

  /// One failure takes all trust: of the same stack before day 0 for good, of another one only its own.
  @Test("trust in the stack before day 0 goes on where it is the same")
  func runIn() throws {
    var model = try rolloutModel(nil)
    model.stack.automations[0].failureProbability = 1
    var adoption = AdoptionModel(automations: [0], start: 1)
    adoption.losses.failure = 1
    model.stack.adoption = adoption
    var before = model.stack
    model.runInStack = before
    #expect(try observedRun(model).count(.handedToAgents) == 0)
    before.name = "as-is"
    model.runInStack = before
    #expect(try observedRun(model).count(.handedToAgents) == 1)
  }

  @Test("forecasts go by the share at the start")
  func forecast() throws {
    let model = try model(start: 0.25)
    // Of a case, a quarter of half a second of runs and three quarters of 10 s of work.
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.teamSeconds[0] - 7.5) < 1e-9)
    #expect(abs(load.automationSeconds[0] - 0.125) < 1e-9)
  }
}
