import EventEngine
import ProcessModel
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Rollout in stages") struct RolloutTests {
  func run(_ model: SimulationModel, replication: Int = 0) throws -> ReplicationRecord {
    let run = try watchedRun(model, replication: replication)
    #expect(run.violations == [])
    let cost = run.record.cohorts[0].cost.reduce(0, +)
    #expect(cost == run.record.totalCost)
    return run.record
  }

  // MARK: Shares

  /// 3 days of 24 cases by people, 7 days by the automation; on the hour of a change the new stage counts.
  @Test("until the share rises people do the work, then the automation")
  func stages() throws {
    let record = try run(
      try rolloutModel(
        RolloutModel(stages: [stage("wait", share: 0, days: 3), stage("all", share: 1)])))
    #expect(record.automationRuns == [168])
    #expect(record.cohorts[0].taskTime == 72 * minute)
    let rollout = try #require(record.rollout)
    #expect(rollout.began == [0, 3 * day] && rollout.finished == -1 && rollout.cancelled == -1)
    #expect(rollout.oldTime == 3 * day && rollout.newTime == 7 * day)
    #expect(record.times(.stageBegun) == 2)
  }

  @Test("an end that falls back: days 0 to 2 all, then nobody")
  func downwards() throws {
    let record = try run(
      try rolloutModel(
        RolloutModel(stages: [stage("all", share: 1, days: 2), stage("none", share: 0)])))
    #expect(record.automationRuns == [48])
  }

  /// Which cases the automation does.
  struct ByAutomation: SimulationObserver {
    static var takesWorkDone: Bool { true }
    var ordinals: Set<UInt32> = []
    mutating func workDone(_ work: WorkDone) {
      if work.kind == .run { ordinals.insert(work.ordinal) }
    }
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {}
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  func casesByAutomation(share: Double, replication: Int = 0) throws -> Set<UInt32> {
    let model = try rolloutModel(RolloutModel(stages: [stage("some", share: share)]))
    var observer = ByAutomation()
    _ = try runReplication(of: model, seed: 1, replication: replication, observer: &observer)
    return observer.ordinals
  }

  @Test("who is in at a low share is in at every higher one")
  func oneLuck() throws {
    let sets = try [0, 0.2, 0.5, 0.9, 1].map { try casesByAutomation(share: $0) }
    for (low, high) in zip(sets, sets.dropFirst()) { #expect(low.isStrictSubset(of: high)) }
    #expect(sets[0].isEmpty && sets[4].count == 240)
  }

  @Test("the share of cases is the share of the stage")
  func shareIsKept() throws {
    let shares = try (0..<60).map {
      Double(try casesByAutomation(share: 0.3, replication: $0).count) / 240
    }
    #expect(interval999(shares).contains(0.3))
  }

  /// Task 0 moves on day 2, task 1 on day 5.
  @Test("a stage is about its activities, and the others keep their share")
  func activities() throws {
    var stages = [
      stage("none", share: 0, days: 2), stage("first", share: 1, days: 3),
      stage("second", share: 1),
    ]
    stages[1].activities = [0]
    stages[2].activities = [1]
    let record = try run(try rolloutModel(RolloutModel(stages: stages), tasks: 2))
    #expect(record.automationRuns == [192, 120])
  }

  // MARK: Neutral

  @Test(
    "one stage of all cases changes no draw and no result", arguments: 0..<80 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    var model = try generatedModel(seed: seed)
    guard model.runInStack != nil else { return }
    model.stack.rollout = nil
    // Without a rollout there are no stages that leaders could follow.
    model.stack.response?.rules.removeAll { if case .stage = $0.trigger { true } else { false } }
    // With a rollout, what was begun before day 0 keeps the due dates of its own stack.
    for team in model.stack.teams.indices {
      model.stack.teams[team].due = nil
      model.runInStack?.teams[team].due = nil
    }
    func result() throws -> (record: ReplicationRecord, draws: [DrawLog.Key]) {
      var observer = DrawObserver()
      let record = try runReplication(of: model, seed: seed, replication: 0, observer: &observer)
      return (record, observer.log.keys)
    }
    let plain = try result()
    model.stack.rollout = RolloutModel(stages: [RolloutStage(name: "all", share: 1)])
    var staged = try result()
    #expect(staged.record.rollout?.began == [0])
    staged.record.rollout = nil
    staged.record.ledger[MechanismEvent.stageBegun.rawValue] = LedgerEntry()
    #expect(staged.record == plain.record)
    #expect(staged.draws == plain.draws)
  }

  @Test("a share of nothing leaves everything as it was")
  func nothing() throws {
    let record = try run(try rolloutModel(RolloutModel(stages: [stage("none", share: 0)])))
    var today = try rolloutModel(nil)
    today.stack = try #require(today.runInStack)
    var staged = record
    staged.rollout = nil
    staged.ledger[MechanismEvent.stageBegun.rawValue] = LedgerEntry()
    #expect(try run(today) == staged)
  }

  // MARK: Gates

  /// The automation always errs; every run is reviewed, and every review finds the error.
  func reviewed(_ rollout: RolloutModel, errors: Double) throws -> SimulationModel {
    var model = try rolloutModel(rollout, errors: errors)
    for isOld in [true, false] {
      let guardrail = GuardrailModel(
        name: "check", raisedBy: 0, afterActivity: 0, blocks: true, firing: .probability(1),
        teams: [0], reviewTime: .constant(30))
      if isOld {
        model.runInStack?.guardrails = [guardrail]
      } else {
        model.stack.guardrails = [guardrail]
      }
    }
    return model
  }

  func pilot(
    _ gate: RolloutGate, days: Double = 2, givesUpAfter: Int? = nil
  ) -> RolloutModel {
    RolloutModel(
      stages: [stage("pilot", share: 1, days: days, gate: gate), stage("all", share: 1)],
      givesUpAfter: givesUpAfter)
  }

  /// 48 cases come before the end of day 2, and each was reviewed and found wrong: 100 % of 48 checks.
  @Test("a gate that errors fail cancels the rollout, and people do the rest")
  func cancels() throws {
    let gate = RolloutGate(errors: 0.99, minimum: 48, otherwise: .cancel)
    let record = try run(try reviewed(pilot(gate), errors: 1))
    #expect(record.rollout?.cancelled == 2 * day && record.rollout?.began == [0, -1])
    #expect(record.automationRuns == [48])
    #expect(record.times(.gateFailed) == 1 && record.times(.rolloutCancelled) == 1)
    #expect(record.rollout?.newTime == 2 * day)
  }

  @Test("a gate that holds leads on")
  func holds() throws {
    for (bound, errors) in [(1.0, 1.0), (0.0, 0)] {
      let gate = RolloutGate(errors: bound, minimum: 48, otherwise: .cancel)
      let record = try run(try reviewed(pilot(gate), errors: errors))
      #expect(record.rollout?.began == [0, 2 * day] && record.automationRuns == [240])
    }
  }

  /// 49 checks are not there on day 2, but on day 3.
  @Test("with too few checks the stage goes on until there are enough")
  func tooFew() throws {
    let gate = RolloutGate(errors: 0.5, minimum: 49, otherwise: .cancel, again: day)
    let record = try run(try reviewed(pilot(gate), errors: 1))
    #expect(record.times(.stageExtended) == 1 && record.rollout?.cancelled == 3 * day)
  }

  /// Wrong work that nobody checks fails no gate: what is measured counts, not what is true.
  @Test("errors that nobody sees fail no gate")
  func unseen() throws {
    let gate = RolloutGate(errors: 0, minimum: 1, otherwise: .cancel, again: day)
    let record = try run(try rolloutModel(pilot(gate), errors: 1))
    #expect(record.rollout?.cancelled == -1 && record.cohorts[0].completedRight == 0)
    #expect(record.times(.stageExtended) == 8)
  }

  /// Looks at days 2, 3 and 4; the third failure is the end.
  @Test("a gate that is extended is given up after so many failures")
  func givesUp() throws {
    let gate = RolloutGate(errors: 0.5, minimum: 1, otherwise: .extend, again: day)
    let record = try run(try reviewed(pilot(gate, givesUpAfter: 3), errors: 1))
    #expect(record.times(.gateFailed) == 3 && record.rollout?.cancelled == 4 * day)
  }

  /// `low` on day 0, `high` on day 1 fails, `low` on day 2, and so on.
  ///
  /// It falls back after days 1, 3, 5 and 7; what is after the horizon counts no more.
  @Test("a stage that fails falls back to the one before it")
  func rollsBack() throws {
    let gate = RolloutGate(errors: 0.5, minimum: 1, otherwise: .rollBack)
    let rollout = RolloutModel(
      stages: [stage("low", share: 0, days: 1), stage("high", share: 1, days: 1, gate: gate)])
    let record = try run(try reviewed(rollout, errors: 1))
    #expect(record.rollout?.began == [0, day])
    // Days 1, 3, 5, 7 and 9; the look at the end of day 9 is after the horizon's last case.
    #expect(record.automationRuns == [120])
    #expect(record.times(.stageRolledBack) == 4)
  }

  /// A case costs 60 cents in the old way and 50 in the new: a saving of one sixth.
  @Test(
    "cost gates compare closed cases of the new way with a bound and with the old",
    arguments: [
      (RolloutGate(costPerCase: 0.51e6), true), (RolloutGate(costPerCase: 0.49e6), false),
      (RolloutGate(saving: 0.16), true), (RolloutGate(saving: 0.17), false),
    ])
  func cost(gate: RolloutGate, holds: Bool) throws {
    var gate = gate
    // 23 cases of the run-in are closed before day 0.
    gate.minimum = 23
    gate.otherwise = .cancel
    let record = try run(try rolloutModel(pilot(gate), costPerRun: 0.5e6))
    #expect(record.rollout?.cancelled == (holds ? -1 : 2 * day))
  }

  /// Nobody of the change team is there, and one hour of work waits.
  @Test("a gate on backlog looks at the work that waits", arguments: [(59, false), (60, true)])
  func backlog(minutes: Int64, holds: Bool) throws {
    let gate = RolloutGate(
      backlog: RolloutGate.Backlog(team: 1, most: minutes * minute), otherwise: .cancel)
    var rollout = pilot(gate)
    rollout.change = RolloutChange(team: 1, work: .constant(3_600))
    var model = try rolloutModel(rollout)
    model.stack.teams[1].people = []
    model.runInStack?.teams[1].people = []
    let record = try run(model)
    #expect(record.rollout?.cancelled == (holds ? -1 : 2 * day))
    // The activity never moves.
    #expect(record.automationRuns == [0])
  }

  /// A pilot that goes on with probability 0.3, in 400 replications of which each has one draw.
  @Test("a pilot goes on with its probability")
  func scales() throws {
    var rollout = RolloutModel(
      stages: [stage("pilot", share: 1, days: 1), stage("all", share: 1)], scales: 0.3)
    let model = try rolloutModel(rollout)
    let reached = try (0..<400).map {
      try runReplication(of: model, seed: 5, replication: $0).rollout?.began[1] == day
    }
    let bounds = try #require(
      wilsonInterval(successes: reached.count { $0 }, of: reached.count, confidence: 0.999))
    #expect(bounds.contains(0.3))
    rollout.scales = 0
    let never = try run(try rolloutModel(rollout))
    #expect(never.rollout?.cancelled == day && never.times(.pilotStopped) == 1)
  }

  @Test("a last stage with an end and a gate that holds is done")
  func done() throws {
    let record = try run(
      try rolloutModel(RolloutModel(stages: [stage("all", share: 1, days: 4)])))
    #expect(record.rollout?.finished == 4 * day && record.times(.rolloutDone) == 1)
    #expect(record.automationRuns == [240])
  }

  // MARK: Moves and training

  /// Two tasks, a day of work to move each, by a team of two.
  ///
  /// Side by side both move on day 1. With a limit of one, the second moves on day 2. With a strain of one
  /// half the second, begun while the first is under way, takes 1.5 days. A case of 35 h is at the second
  /// task at 35 h 10 s, before the move at 36 h; so is that of 47 h before 48 h.
  @Test(
    "moves are work of a team, with a limit and a strain",
    arguments: [
      (RolloutChange(team: 1, work: .constant(86_400)), [216, 216]),
      (RolloutChange(team: 1, work: .constant(86_400), limit: 1), [216, 192]),
      (RolloutChange(team: 1, work: .constant(86_400), strain: 0.5), [216, 204]),
      (RolloutChange(team: 1, work: .constant(86_400), limit: 1, strain: 0.5), [216, 192]),
    ])
  func moves(change: RolloutChange, runs: [Int]) throws {
    let record = try run(
      try rolloutModel(RolloutModel(stages: [stage("all", share: 1)], change: change), tasks: 2))
    #expect(record.automationRuns == runs)
    let days: Double = change.strain > 0 && change.limit > 1 ? 2.5 : 2
    let upkeep = Double(record.costBesideCases[CostComponent.upkeep.rawValue]) / 1e6
    #expect(upkeep == days * 864)
    #expect(Double(record.timeBesideCases) == days * Double(day))
    #expect(record.times(.activityMoved) == 2)
  }

  /// All 50 clerks learn for 2 h from day 0 on: cases of 0 h, 1 h and 2 h wait until then, and those of
  /// 0 h and 1 h are 2 h and 1 h late.
  @Test("people who are trained are away from other work")
  func training() throws {
    var wait = stage("wait", share: 0)
    wait.training = [RolloutTraining(team: 0, time: .constant(7_200))]
    let record = try run(try rolloutModel(RolloutModel(stages: [wait])))
    #expect(record.timeBesideCases == 100 * hour && record.times(.trainedForStage) == 50)
    #expect(record.secondsToCompletion == 240 * 60 + 7_200 + 3_600)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == 3_600_000_000)
  }

  // MARK: Dual running

  /// One task: the case is done after 10 s, the old way beside it after 60 s: the error is seen, not mended.
  @Test("the old way works and is paid beside the new")
  func beside() throws {
    var all = stage("all", share: 1)
    all.beside = 1
    let record = try run(try rolloutModel(RolloutModel(stages: [all]), errors: 1))
    #expect(record.automationRuns == [240] && record.secondsToCompletion == 2_400)
    #expect(record.cost(.coordination) == 144)
    #expect(record.cohorts[0].errandTime == 240 * minute)
    #expect(record.times(.besideOld) == 240 && record.times(.besideFound) == 240)
    #expect(record.cohorts[0].completedRight == 0)
  }

  /// A second task of 10 min by hand in both stacks: the comparison is there before the case is done.
  @Test("what the old way finds in time is mended", arguments: [(1.0, 240), (0.0, 0)])
  func mends(finds: Double, right: Int) throws {
    var all = stage("all", share: 1)
    all.beside = 1
    all.besideFinds = finds
    var model = try rolloutModel(RolloutModel(stages: [all]), tasks: 2, errors: 1)
    model.stack.activities[1] = ActivityModel(team: 0, handlingTime: .constant(600))
    model.runInStack?.activities[1] = ActivityModel(team: 0, handlingTime: .constant(600))
    let record = try run(model)
    #expect(record.cohorts[0].completedRight == right)
    // Only what the two stacks do differently is done twice.
    #expect(record.times(.besideOld) == 240)
  }

  /// Two instances of a task in each of 240 cases, each with an error: 480 comparisons by lucks of their own.
  ///
  /// With a half they find 240 ± 4.5 standard deviations of √120.
  /// The visit of an instance is a hash, in which no activity can be told.
  @Test("each instance of a task is compared by itself")
  func besideInstances() throws {
    var all = stage("all", share: 1)
    all.beside = 1
    all.besideFinds = 0.5
    let model = try rolloutModel(
      RolloutModel(stages: [all]), loop: .multiInstanceSequential(cardinality: "2"), errors: 1)
    let record = try run(model)
    #expect(record.times(.besideOld) == 480)
    #expect((191...289).contains(record.times(.besideFound)))
    for _ in 0..<5 { #expect(try run(model) == record) }
  }

  /// The old way is bot 1, at 2 EUR a run.
  @Test("an automation that works beside is paid for each run")
  func besideAutomation() throws {
    var all = stage("all", share: 1)
    all.beside = 1
    var model = try rolloutModel(RolloutModel(stages: [all]), tasks: 2)
    for index in 0..<2 {
      model.runInStack?.activities[index].automation = 1
      model.runInStack?.automations[1].costPerRun = 2e6
      model.stack.automations[1].costPerRun = 2e6
    }
    let record = try run(model)
    // Task 1 is done by bot 1 in both ways, and so once.
    #expect(record.cost(.coordination) == 480 && record.cost(.automation) == 480)
    #expect(record.secondsToCompletion == 240 * 20)
  }

  // MARK: Forecast

  /// At a quarter of the cases three quarters of a minute are left to people, and 2.5 s to the automation.
  @Test("the fluid forecast follows the plan")
  func forecast() throws {
    let model = try rolloutModel(
      RolloutModel(stages: [
        stage("quarter", share: 0.25, days: 2), stage("all", share: 1),
      ]))
    let expectation = FlowExpectation(model: model, stack: model.stack)
    func load(_ time: Int64) -> ExpectedLoad {
      ExpectedLoad(model: model, stack: model.stack, expectation: expectation, at: time)
    }
    #expect(load(day).teamSeconds[0] == 45 && load(day).automationSeconds == [2.5])
    #expect(load(3 * day).teamSeconds[0] == 0 && load(3 * day).automationSeconds == [10])
  }
}
