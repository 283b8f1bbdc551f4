import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

@Suite("Coordination between automations") struct CoordinationTests {
  /// Two automations, of 10 s and 20 s, on islands of their own unless said otherwise.
  func run(
    islands: [Int] = [0, 1], followUp: Int64 = 1_000 * second,
    _ change: (inout SimulationModel, inout CoordinationModel) -> Void
  ) throws -> ReplicationRecord {
    var model = try agentChain(
      [agent("a", seconds: 10), agent("b", seconds: 20)], followUp: followUp)
    var coordination = CoordinationModel(islands: islands)
    change(&model, &coordination)
    model.stack.coordination = coordination
    let run = try watchedRun(model)
    #expect(run.violations == [])
    #expect(run.record.cohorts[0].arrived == 1)
    let cost = run.record.cohorts[0].cost.reduce(0, +)
    #expect(cost == run.record.totalCost)
    return run.record
  }

  func loseEverything(_ coordination: inout CoordinationModel) {
    coordination.contextLost = 1
    coordination.repeatedPull = 1
    coordination.pullTime = .constant(5)
    coordination.pullCost = 1e6
    coordination.repeatedRequest = 1
    coordination.answerTime = .constant(100)
    coordination.misread = 1
    coordination.rework = ErrandWork(team: 0, time: .constant(60))
  }

  /// a 0–10 s, the pull of b 10–15 s, the customer 15–115 s, b 115–135 s, the rework 135–195 s.
  ///
  /// The pull costs 1 EUR, a minute of rework 60 cents.
  @Test("a hand-over that goes wrong costs a pull, a wait for the customer and rework")
  func handOver() throws {
    let record = try run { loseEverything(&$1) }
    #expect(record.secondsToCompletion == 195)
    #expect(record.cost(.coordination) == 1.6)
    #expect(record.cohorts[0].errandTime == 60 * second && record.cohorts[0].tickets == 1)
    #expect(record.automationRuns == [1, 1])
    let events: [MechanismEvent] = [
      .handOver, .contextLost, .dataPulledAgain, .customerAskedAgain, .customerIrritated,
      .handOverMisread,
    ]
    for event in events { #expect(record.times(event) == 1, "\(event.name)") }
    #expect(record.ledger[MechanismEvent.handOverMisread.rawValue].time == 60 * second)
  }

  @Test("a pull asks the applications of the activity again")
  func pullTouches() throws {
    for (lost, uses) in [(0.0, 1), (1, 2)] {
      let record = try run { model, coordination in
        loseEverything(&coordination)
        coordination.contextLost = lost
        model.stack.applications = [ApplicationModel(name: "core", concurrent: 1)]
        model.stack.activities[1].touches = [TouchModel(application: 0)]
      }
      #expect(record.applications[0].uses == uses)
    }
  }

  @Test("automations of one island hand over without loss")
  func oneIsland() throws {
    let record = try run(islands: [3, 3]) { loseEverything(&$1) }
    #expect(record.secondsToCompletion == 30 && record.times(.handOver) == 0)
  }

  /// Six tasks by two automations in turn: five hand-overs, but one irritated customer.
  @Test("each hand-over counts, also back to an automation that met the case before")
  func backAndForth() throws {
    var model = try agentChain(
      [agent("a", seconds: 10), agent("b", seconds: 20)], order: [0, 1, 0, 1, 0, 1])
    var coordination = CoordinationModel(islands: [0, 1])
    loseEverything(&coordination)
    coordination.misread = 0
    model.stack.coordination = coordination
    let record = try watchedRun(model).record
    #expect(record.times(.handOver) == 5 && record.times(.customerAskedAgain) == 5)
    #expect(record.times(.customerIrritated) == 1)
    #expect(record.secondsToCompletion == 90 + 5 * 105)
  }

  /// A layer takes a factor to each probability: 0 removes what is certain without it, and 2 makes certain
  /// what has a probability of one half.
  @Test("a layer removes what is lost, or makes it worse")
  func layerFactors() throws {
    func counts(_ probability: Double, factor: Double) throws -> [Int] {
      let record = try run { model, coordination in
        loseEverything(&coordination)
        coordination.contextLost = probability
        coordination.misread = probability
        model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 1)
        model.stack.layer?.factors.contextLost = factor
        model.stack.layer?.factors.misread = factor
      }
      return [record.times(.contextLost), record.times(.handOverMisread)]
    }
    #expect(try counts(1, factor: 0) == [0, 0])
    #expect(try counts(0.5, factor: 2) == [1, 1])
    #expect(try counts(1, factor: 1) == [1, 1])
  }

  @Test("a change of technology takes its factor to the losses of a hand-over")
  func technologies() throws {
    for (technologies, lost) in [([0, 1], 1), ([1, 1], 0)] {
      let record = try run { _, coordination in
        loseEverything(&coordination)
        coordination.technologies = technologies
        // Half of 1e-9 is next to never.
        coordination.contextLost = 1e-9
        coordination.technologyFactor = 1e9
      }
      #expect(record.times(.contextLost) == lost)
    }
  }

  /// b takes 100 s, but may take 30 s from the hand-over at 10 s on: at 40 s a person takes over, for
  /// 60 s.
  @Test("an automation that waits too long for another leaves the case to people")
  func timeLimit() throws {
    let record = try run { model, coordination in
      model.stack.automations[1].runTime = .constant(100)
      coordination.timeLimit = 30 * second
    }
    #expect(record.secondsToCompletion == 100)
    #expect(record.times(.waitTimedOut) == 1 && record.cohorts[0].tickets == 1)
    #expect(record.cohorts[0].exceptionTime == 60 * second)
    // The run that was ended has begun and is paid for.
    #expect(record.automationRuns == [1, 1])
  }

  /// The limit is not reached where b takes 20 s of 30 s.
  @Test("an answer in time is no time-out")
  func inTime() throws {
    let record = try run { _, coordination in coordination.timeLimit = 30 * second }
    #expect(record.secondsToCompletion == 30 && record.times(.waitTimedOut) == 0)
  }

  /// b never begins: 10 s, the limit of 30 s, and a person for 60 s.
  @Test("an answer that never comes is waited for up to the limit")
  func noAnswer() throws {
    let record = try run { _, coordination in
      coordination.timeLimit = 30 * second
      coordination.noAnswer = 1
    }
    #expect(record.secondsToCompletion == 100)
    #expect(record.automationRuns == [1, 0] && record.times(.waitTimedOut) == 1)
  }

  /// Done at 30 s, but not right; noticed at 80 s and put right for a minute's work, 60 cents.
  @Test("what is done in part is not right, and costs when it comes to light")
  func partialFailure() throws {
    let record = try run { _, coordination in
      coordination.partialFailure = 1
      coordination.detection = .constant(50)
      coordination.reconciliation = ErrandWork(team: 0, time: .constant(60))
    }
    #expect(record.secondsToCompletion == 30)
    #expect(record.cohorts[0].completed == 1 && record.cohorts[0].completedRight == 0)
    #expect(record.cost(.coordination) == 0.6 && record.cohorts[0].errandTime == 60 * second)
  }

  /// A third task by hand takes 500 s, so that the errand of 80–140 s ends before the case does.
  @Test("a case that was put right before it is done is right")
  func reconciledInTime() throws {
    let record = try run { model, coordination in
      model = (try? agentChain(model.stack.automations + [agent("c", seconds: 1)])) ?? model
      model.stack.activities[2] = ActivityModel(team: 0, handlingTime: .constant(500))
      coordination = CoordinationModel(islands: [0, 1, 2])
      coordination.partialFailure = 1
      coordination.detection = .constant(50)
      coordination.reconciliation = ErrandWork(team: 0, time: .constant(60))
    }
    #expect(record.secondsToCompletion == 530 && record.cohorts[0].completedRight == 1)
  }

  @Test("what has not come to light at the end of the run is owed")
  func owed() throws {
    let record = try run { _, coordination in
      coordination.partialFailure = 1
      coordination.detection = .constant(1e9)
      coordination.reconciliation = ErrandWork(team: 0, time: .constant(60))
    }
    #expect(record.cost(.coordination) == 0 && record.cost(.owed) == 0.6)
    #expect(record.cohorts[0].errandTime == 60 * second)
  }

  /// With retries enough every attempt but the last fails, and each of them had its effect.
  @Test("each failed attempt that had its effect all the same is a double effect")
  func doubleEffects() throws {
    var model = try agentChain([agent("a", seconds: 1, failure: 0.5, retries: 60)], cases: 200)
    var coordination = CoordinationModel(islands: [0])
    coordination.doubleEffect = 1
    coordination.reconciliation = ErrandWork(team: 0, time: .constant(60))
    model.stack.coordination = coordination
    let record = try watchedRun(model).record
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 200)
    #expect(record.automationFailures[0] > 100)
    #expect(record.times(.doubleEffect) == record.automationFailures[0])
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    model.stack.layer?.factors.doubleEffect = 0
    #expect(try watchedRun(model).record.times(.doubleEffect) == 0)
  }

  // MARK: Conflicts

  /// Conflicts per case in 24 replications of 100 cases.
  func conflicts(
    automations: Int, rate: Double, exponent: Double = 1, factor: Double? = nil,
    islands: (Int) -> Int = { $0 }
  ) throws -> ConfidenceInterval {
    var model = try agentChain(
      (0..<automations).map { agent("agent \($0)", seconds: 1) }, cases: 100)
    var coordination = CoordinationModel(islands: (0..<automations).map(islands))
    coordination.conflictRate = rate
    coordination.conflictExponent = exponent
    coordination.reconciliation = ErrandWork(team: 0, time: .constant(10))
    model.stack.coordination = coordination
    if let factor {
      model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50)
      model.stack.layer?.factors.conflicts = factor
    }
    return interval999(
      try (0..<24).map { replication in
        let record = try runReplication(of: model, seed: 9, replication: replication)
        return Double(record.times(.agentConflict)) / 100
      })
  }

  @Test("n automations have rate · n(n − 1)/2 conflicts a case", arguments: [2, 4, 8])
  func pairs(automations: Int) throws {
    let expected = 0.05 * Double(automations * (automations - 1)) / 2
    let interval = try conflicts(automations: automations, rate: 0.05)
    #expect(interval.lower <= expected && expected <= interval.upper)
  }

  /// Eight automations make 28 pairs: √28 = 5.29 at an exponent of one half, 784 at 2.
  @Test("the exponent bends the curve either way")
  func exponents() throws {
    let half = try conflicts(automations: 8, rate: 0.1, exponent: 0.5)
    #expect(half.lower <= 0.529 && 0.529 <= half.upper)
    let two = try conflicts(automations: 8, rate: 0.002, exponent: 2)
    #expect(two.lower <= 1.568 && 1.568 <= two.upper)
  }

  /// Two islands of four: 4 · 4 pairs across.
  @Test("automations of one island are in no conflict")
  func islandsAgree() throws {
    let interval = try conflicts(automations: 8, rate: 0.05) { $0 / 4 }
    #expect(interval.lower <= 0.8 && 0.8 <= interval.upper)
  }

  /// Row 24 of the brief: with orchestration the curve does not bend; it must be able to.
  @Test("a layer takes conflicts away, or brings more")
  func layerOnConflicts() throws {
    #expect(try conflicts(automations: 8, rate: 0.05, factor: 0).upper == 0)
    let worse = try conflicts(automations: 8, rate: 0.05, factor: 2)
    #expect(worse.lower <= 2.8 && 2.8 <= worse.upper)
  }

  /// a and b touch the core, c does not: one pair of three.
  @Test("where a shared application is needed only such pairs count")
  func sharedApplication() throws {
    var model = try agentChain((0..<3).map { agent("agent \($0)", seconds: 1) })
    var coordination = CoordinationModel(islands: [0, 1, 2])
    coordination.conflictRate = 1_000
    coordination.conflictsNeedSharedApplication = true
    model.stack.coordination = coordination
    model.stack.applications = [ApplicationModel(name: "core")]
    model.stack.activities[0].touches = [TouchModel(application: 0)]
    // The mean of 1,000 is met to within 200 with a probability of nearly 1; three pairs were 3,000.
    model.stack.automations[1].touches = [TouchModel(application: 0)]
    let count = try watchedRun(model).record.times(.agentConflict)
    #expect((800...1_000).contains(count))
  }

  /// With a rate of 1,000 there is a conflict: at 30 s the case waits for somebody for as many times 1 s as
  /// there are conflicts, or does not wait.
  @Test("a conflict holds the case unless it need not be settled first")
  func blocks() throws {
    for blocks in [true, false] {
      let record = try run { _, coordination in
        coordination.conflictRate = 10
        coordination.conflictsBlock = blocks
        coordination.reconciliation = ErrandWork(team: 0, time: .constant(1))
      }
      let count = record.times(.agentConflict)
      #expect(count > 0 && record.cohorts[0].tickets == count)
      #expect(record.secondsToCompletion == (blocks ? 30 + Double(count) : 30))
      #expect(record.cohorts[0].errandTime == Int64(count) * second)
    }
  }

  /// e^−2 = .1353, 3 e^−2 = .4060, 5 e^−2 = .6767.
  @Test("Poisson numbers come by inversion")
  func poisson() {
    #expect(poissonCount(mean: 2, uniform: 0.1353) == 0)
    #expect(poissonCount(mean: 2, uniform: 0.1354) == 1)
    #expect(poissonCount(mean: 2, uniform: 0.4061) == 2)
    #expect(poissonCount(mean: 2, uniform: 0.6768) == 3)
    #expect(poissonCount(mean: 0, uniform: 0.999) == 0)
  }

  // MARK: Off

  @Test("coordination that costs nothing changes nothing", arguments: 0..<40 as Range<UInt64>)
  func neutral(seed: UInt64) throws {
    let plain = try generatedModel(seed: seed, withOrchestration: false)
    var model = plain
    model.stack.coordination = CoordinationModel(islands: Array(model.stack.automations.indices))
    model.runInStack?.coordination = model.stack.coordination
    var record = try runReplication(of: model, seed: seed, replication: 0)
    var expected = try runReplication(of: plain, seed: seed, replication: 0)
    // Hand-overs are counted, and that is all; its list of work has a row for none.
    record.ledger[MechanismEvent.handOver.rawValue] = LedgerEntry()
    expected.ledger[MechanismEvent.handOver.rawValue] = LedgerEntry()
    #expect(record == expected)
  }
}
