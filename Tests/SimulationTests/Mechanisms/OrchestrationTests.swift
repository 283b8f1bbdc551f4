import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Orchestration that recovers and watches") struct OrchestrationTests {
  func run(_ model: SimulationModel) throws -> ReplicationRecord {
    let run = try watchedRun(model)
    #expect(run.violations == [])
    #expect(run.record.totalCost == run.record.cohorts.reduce(0) { $0 + $1.cost.reduce(0, +) })
    return run.record
  }

  // MARK: Level 1

  /// A run of 1 s that fails, 30 s until somebody has handled the alert, a second run of 1 s that fails,
  /// and a person for 60 s.
  @Test("people decide on an alert: they let it try again, or do it by hand")
  func alert() throws {
    for (share, attempts, seconds, runs) in [(1.0, 1, 92.0, 2), (0, 1, 91, 1), (1, 2, 123, 3)] {
      var model = try agentChain([agent("a", seconds: 1, failure: 1)])
      model.stack.monitor = MonitorModel(
        name: "watch", alert: ErrandWork(team: 0, time: .constant(30)), triesAgain: share,
        attempts: attempts)
      let record = try run(model)
      #expect(record.secondsToCompletion == seconds)
      #expect(record.automationRuns == [runs])
      #expect(record.times(.alert) == attempts)
      // Each alert is a ticket, and the exception.
      #expect(record.cohorts[0].tickets == attempts + 1)
      #expect(record.cost(.coordination) == 0.3 * Double(attempts))
    }
  }

  @Test("what it does not see goes to people at once")
  func unseen() throws {
    var model = try agentChain([agent("a", seconds: 1, failure: 1)])
    model.stack.monitor = MonitorModel(
      name: "watch", alert: ErrandWork(team: 0, time: .constant(30)), detects: 0, triesAgain: 1)
    let record = try run(model)
    #expect(record.secondsToCompletion == 61 && record.times(.alert) == 0)
  }

  /// Level 1 is a new bottleneck: one person at 30 s an alert handles 2 a minute; every run raises one.
  @Test("false alarms are work that nobody waits for")
  func falseAlarms() throws {
    var model = try agentChain([agent("a", seconds: 1)])
    model.stack.monitor = MonitorModel(
      name: "watch", alert: ErrandWork(team: 0, time: .constant(30)), falseAlarms: 1)
    let record = try run(model)
    #expect(record.secondsToCompletion == 1 && record.times(.falseAlarm) == 1)
    #expect(record.cohorts[0].errandTime == 30 * second && record.cohorts[0].tickets == 1)
    #expect(record.cost(.coordination) == 0.3)
  }

  /// Without it the failure at 30 s is noticed after 10^6 s, and the case is not done right; with it a
  /// second of reconciliation is done long before the third task, of 500 s, ends.
  @Test("a silent failure that is watched comes to light at once")
  func seesSilentFailures() throws {
    for (isWatched, right) in [(false, 0), (true, 1)] {
      var model = try agentChain([
        agent("a", seconds: 10), agent("b", seconds: 20), agent("c", seconds: 1),
      ])
      model.stack.activities[2] = ActivityModel(team: 0, handlingTime: .constant(500))
      var coordination = CoordinationModel(islands: [0, 1, 2])
      coordination.partialFailure = 1
      coordination.detection = .constant(1e6)
      coordination.reconciliation = ErrandWork(team: 0, time: .constant(1))
      model.stack.coordination = coordination
      if isWatched {
        model.stack.monitor = MonitorModel(
          name: "watch", alert: ErrandWork(team: 0, time: .constant(30)))
      }
      let record = try run(model)
      #expect(record.cohorts[0].completedRight == right)
      #expect(record.times(.alert) == (isWatched ? 1 : 0))
    }
  }

  // MARK: Retries

  /// With hops of 2 s: hop 0–2, run 2–6 fails; hop 6–8, wait 8–18, run of half the time 18–20; hop 20–22,
  /// wait 22–42, run 42–44; a person 44–104; three hops at 10 cents.
  @Test(
    "a layer adds attempts, each through a hop, with waits that double, and keeps what was done")
  func retries() throws {
    var model = try agentChain([agent("a", seconds: 4, failure: 1)])
    var layer = LayerModel(name: "central", latency: 2 * second, concurrent: 1, costPerHop: 1e5)
    layer.recovery = RecoveryModel(retries: 2, backoff: 10 * second, keeps: 0.5)
    model.stack.layer = layer
    let record = try run(model)
    #expect(record.secondsToCompletion == 104)
    #expect(record.automationRuns == [3] && record.times(.layerRetry) == 2)
    #expect(abs(record.cost(.orchestration) - 0.3) < 1e-12)
    layer.recovery?.keeps = 0
    model.stack.layer = layer
    #expect(try run(model).secondsToCompletion == 108)
  }

  /// The automation's own two attempts come first, at once; the layer's follow.
  @Test("the layer begins where the automation's own attempts end")
  func afterOwn() throws {
    var model = try agentChain([agent("a", seconds: 4, failure: 1, retries: 1)])
    var layer = LayerModel(name: "central", latency: 0, concurrent: 1)
    layer.recovery = RecoveryModel(retries: 1, backoff: 10 * second)
    model.stack.layer = layer
    let record = try run(model)
    #expect(record.automationRuns == [3] && record.times(.layerRetry) == 1)
    #expect(record.secondsToCompletion == 4 * 3 + 10 + 60)
  }

  /// Waits of 10 s ± 50 % are uniform on 5…15 s.
  @Test("jitter spreads the waits evenly")
  func jitter() throws {
    var model = try agentChain([agent("a", seconds: 1, failure: 1)], cases: 50)
    var layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    layer.recovery = RecoveryModel(retries: 1, backoff: 10 * second, jitter: 0.5)
    model.stack.layer = layer
    let waits = try (0..<20).map { replication in
      try watchedRun(model, replication: replication).record.secondsToCompletion / 50 - 62
    }
    let interval = interval999(waits)
    #expect(interval.lower <= 10 && 10 <= interval.upper)
    // The mean of 50 waits has a standard deviation of 10/√(12 · 50) = .41 s.
    #expect(waits.allSatisfy { $0 > 7 && $0 < 13 } && Set(waits).count == 20)
  }

  /// Row 87 of the brief: at a probability of .7 three tries succeed with 1 − .3³ = .973, and take
  /// 1 + .3 + .09 = 1.39 tries on average.
  @Test("three tries at .7 succeed in 97.3 % of cases and take 1.39 on average")
  func durable() throws {
    var model = try agentChain([agent("a", seconds: 1, failure: 0.3)], cases: 400)
    var layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    layer.recovery = RecoveryModel(retries: 2)
    model.stack.layer = layer
    let records = try (0..<20).map { try watchedRun(model, replication: $0).record }
    let tries = interval999(records.map { Double($0.automationRuns[0]) / 400 })
    let success = interval999(records.map { 1 - Double($0.cohorts[0].tickets) / 400 })
    #expect(tries.lower <= 1.39 && 1.39 <= tries.upper)
    #expect(success.lower <= 0.973 && 0.973 <= success.upper)
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.automationSeconds[0] - 1.39) < 1e-9)
    #expect(abs(load.teamSeconds[0] - 0.027 * 60) < 1e-9)
    #expect(abs(load.hops - 1.39) < 1e-9)
  }

  /// By alerts that people answer with one more attempt half the time: .3 · .5 = .15 more runs, .15 + .15
  /// · .3 = .195 by hand, .3 alerts of 30 s.
  @Test("what alerts come to is expected as it is simulated")
  func expectedAlerts() throws {
    var model = try agentChain([agent("a", seconds: 1, failure: 0.3)], cases: 400)
    model.stack.monitor = MonitorModel(
      name: "watch", alert: ErrandWork(team: 0, time: .constant(30)), triesAgain: 0.5)
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(abs(load.automationSeconds[0] - 1.15) < 1e-9)
    #expect(abs(load.teamSeconds[0] - (0.195 * 60 + 0.3 * 30)) < 1e-9)
    let seconds = try (0..<20).map { replication -> Double in
      let cohort = try watchedRun(model, replication: replication).record.cohorts[0]
      return Double(cohort.exceptionTime + cohort.errandTime) / 400e6
    }
    let interval = interval999(seconds)
    #expect(interval.lower <= 20.7 && 20.7 <= interval.upper)
  }

  // MARK: Compensation

  /// A by hand 0–10 s; B's automation fails at 11 s; A is undone 11–16 s; a person does B 16–76 s, or the
  /// case is given up.
  @Test(
    "when nothing helps the layer undoes what was done, and people take over or the case is given up"
  )
  func compensation() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B")
    game.add("compensateA", .boundary(.compensation, attachedTo: "A", interrupting: true)) {
      $0.compensatedBy = "undoA"
    }
    game.add("undoA", .task(.service)) { $0.isForCompensation = true }
    game.add("end", .endEvent(.none))
    game.draw("start A B end")
    game.seconds = ["A": 10, "B": 60, "undoA": 5]
    game.failing = ["B": 1]
    var model = try game.model()
    var layer = LayerModel(name: "central", latency: 0, concurrent: 1)
    #expect(try run(model).secondsToCompletion == 71)
    layer.recovery = RecoveryModel(compensates: true)
    model.stack.layer = layer
    let record = try run(model)
    #expect(record.secondsToCompletion == 76 && record.times(.rolledBack) == 1)
    #expect(record.cohorts[0].taskTime == 15 * second)
    layer.recovery?.givesUp = true
    model.stack.layer = layer
    let given = try run(model)
    #expect(given.cohorts[0].abandoned == 1 && given.cohorts[0].completed == 0)
    #expect(given.cohorts[0].taskTime == 15 * second && given.cohorts[0].exceptionTime == 0)
    layer.recovery?.compensates = false
    model.stack.layer = layer
    #expect(try run(model).cohorts[0].taskTime == 10 * second)
  }

  // MARK: Routing

  /// The automation is down from 100 s on, for longer than the run.
  @Test("work is led around an automation that is down, where anybody can take over")
  func reroute() throws {
    for (performer, seconds) in [(Performer.automation(1), 7.0), (.people, 60)] {
      var model = try agentChain([agent("a", seconds: 5), agent("b", seconds: 7)], order: [0])
      model.stack.automations[0].outages = OutageModel(
        every: .constant(100), repair: .constant(1e6))
      model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 1)
      #expect(try run(model).cohorts[0].completed == 0)
      model.stack.layer?.reroutes = [0: performer]
      let record = try run(model)
      #expect(record.secondsToCompletion == seconds)
      #expect(record.times(.reroutedAroundOutage) == 1)
    }
  }

  /// Each takes over for the other, and both are down: the case waits for its own.
  @Test("where all who could take over are down the case waits")
  func rerouteInCircles() throws {
    var model = try agentChain([agent("a", seconds: 5), agent("b", seconds: 7)], order: [0])
    for index in 0...1 {
      model.stack.automations[index].outages = OutageModel(
        every: .constant(100), repair: .constant(600))
    }
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 1)
    model.stack.layer?.reroutes = [0: .automation(1), 1: .automation(0)]
    let record = try run(model)
    // Up again at 700 s, 100 s after the case came.
    #expect(record.secondsToCompletion == 105)
    #expect(record.automationRuns == [1, 0])
  }

  /// a always fails at hard cases, b never does: after five failures hard cases go to b.
  ///
  /// The attribute comes out hard about every other time; all else is certain.
  @Test("the layer learns what an automation fails at, and sends it elsewhere")
  func reliability() throws {
    var model = try agentChain(
      [agent("a", seconds: 1), agent("b", seconds: 2)], order: [0], cases: 200)
    model.attributes = [
      AttributeModel(
        name: "type", domain: .categories(["easy", "hard"]),
        value: .drawn(.position(shares: [0.5, 0.5])))
    ]
    let isHard = CaseCondition.compares(attribute: 0, .equal, 1)
    model.stack.automations[0].weaknesses = [
      WeaknessModel(condition: isHard, failureProbability: 1)
    ]
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    let hard = try run(model).automationFailures[0]
    #expect((60...140).contains(hard))
    model.stack.layer?.routing = RoutingModel(
      caseTypes: [isHard], alternatives: [0: [1]], threshold: 0.7, minimumRuns: 5, explores: 0)
    let routed = try run(model)
    #expect(
      routed.automationFailures == [5, 0] && routed.automationRuns == [205 - hard, hard - 5])
    #expect(routed.times(.routedByReliability) == hard - 5)
    // Without types of cases it gives up the easy ones with the hard.
    model.stack.layer?.routing?.caseTypes = []
    #expect(try run(model).automationRuns[0] < 20)
    // With nobody else, people do them.
    model.stack.layer?.routing = RoutingModel(
      caseTypes: [isHard], threshold: 0.7, minimumRuns: 5, explores: 0)
    let byHand = try run(model)
    #expect(byHand.automationRuns == [205 - hard, 0])
    #expect(byHand.cohorts[0].taskTime == Int64(hard - 5) * 60 * second)
  }

  /// An alternative that is worse is not taken: b fails always, too.
  @Test("where nobody is better people get the work, unless it is explored")
  func noBetter() throws {
    var model = try agentChain(
      [agent("a", seconds: 1, failure: 1), agent("b", seconds: 2, failure: 1)], order: [0],
      cases: 100)
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50)
    model.stack.layer?.routing = RoutingModel(
      alternatives: [0: [1]], threshold: 0.5, minimumRuns: 3, explores: 0)
    #expect(try run(model).automationRuns == [3, 3])
    model.stack.layer?.routing?.explores = 1
    #expect(try run(model).automationRuns == [100, 0])
  }

  // MARK: Price

  @Test("a layer may cost by the case")
  func costPerCase() throws {
    var model = try agentChain([agent("a", seconds: 1), agent("b", seconds: 1)])
    model.stack.layer = LayerModel(name: "central", latency: 0, concurrent: 50, costPerHop: 1e5)
    #expect(abs(try run(model).cost(.orchestration) - 0.2) < 1e-12)
    model.stack.layer?.costPerCase = 5e5
    #expect(abs(try run(model).cost(.orchestration) - 0.7) < 1e-12)
  }
}
