import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Patterns of coordination") struct PatternTests {
  func run(_ model: SimulationModel) throws -> ReplicationRecord {
    let run = try watchedRun(model)
    #expect(run.violations == [])
    #expect(run.record.totalCost == run.record.cohorts.reduce(0) { $0 + $1.cost.reduce(0, +) })
    return run.record
  }

  // MARK: Supervisor

  func supervised() throws -> SimulationModel {
    var model = try agentChain(
      [
        agent("a", seconds: 10), agent("b", seconds: 20),
        agent("chief", seconds: 0, cost: 1e6, runners: 1),
      ], order: [0, 1])
    var supervisor = SupervisorModel(automation: 2, leads: [0, 1])
    supervisor.delegation = .constant(2)
    supervisor.conflict = 1
    supervisor.resolution = .constant(3)
    supervisor.synthesisAfter = [1]
    supervisor.synthesis = .constant(4)
    model.stack.supervisor = supervisor
    return model
  }

  /// 2 + 10 + 3, 2 + 20 + 3, and 4 s: 44 s, five runs of the supervisor at 1 EUR.
  @Test("a supervisor delegates, settles conflicts and puts results together, in time of its own")
  func supervisor() throws {
    let record = try run(try supervised())
    #expect(record.secondsToCompletion == 44)
    #expect(record.cost(.coordination) == 5)
    #expect(record.times(.delegated) == 2 && record.times(.conflictSettled) == 2)
    #expect(record.times(.synthesised) == 1)
    // The runs of activities are those of whom it leads.
    #expect(record.automationRuns == [1, 1, 0])
  }

  @Test("whom it does not lead it leaves alone")
  func notLed() throws {
    var model = try supervised()
    model.stack.supervisor?.leads = [1]
    #expect(try run(model).secondsToCompletion == 39)
    model.stack.supervisor?.leads = []
    model.stack.supervisor?.synthesisAfter = []
    #expect(try run(model).secondsToCompletion == 30)
  }

  /// Two parallel instances of the process want it at once: the second waits for each of its acts.
  ///
  /// Cases come in pairs; with delegation alone, of 2 s, and one runner the second begins 2 s later.
  @Test("it is a finite server")
  func saturates() throws {
    var model = try agentChain(
      [agent("a", seconds: 10), agent("chief", seconds: 0, runners: 1)], order: [0])
    var supervisor = SupervisorModel(automation: 1, leads: [0])
    supervisor.delegation = .constant(2)
    model.stack.supervisor = supervisor
    model.demand = Demand(
      pattern: .replay, calendar: .continuous, rate: 0, instants: [second, second, second])
    #expect(try run(model).secondsToCompletion == 12 + 14 + 16)
    model.stack.automations[1].runners = 3
    #expect(try run(model).secondsToCompletion == 36)
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    #expect(load.automationSeconds == [10, 2])
  }

  // MARK: Storms

  /// Triggers at given seconds, each a task of a minute.
  func storm(
    _ instants: [Int64], _ control: StormModel?, change: (inout SimulationModel) -> Void = { _ in }
  ) throws -> ReplicationRecord {
    var model = try agentChain([agent("a", seconds: 60)])
    model.demand = Demand(
      pattern: .replay, calendar: .continuous, rate: 0, instants: instants.map { $0 * second })
    model.stack.storm = control
    change(&model)
    return try run(model)
  }

  /// Those of 1 s and 2 s are done with the first, at 60 s; that of 10 s is too late for it.
  @Test("triggers that come soon after another are done with it")
  func coalescing() throws {
    let record = try storm([0, 1, 2, 10], StormModel(window: 5 * second))
    #expect(record.secondsToCompletion == 60 + 59 + 58 + 60)
    #expect(record.automationRuns == [2] && record.times(.triggerCoalesced) == 2)
    #expect(record.cohorts[0].completed == 4 && record.stuckCases == 0)
    #expect(try storm([0, 1, 2, 10], nil).automationRuns == [4])
  }

  /// A minute is over at 60 s, well within the window.
  @Test("a case that is done takes in no more")
  func afterwards() throws {
    let record = try storm([0, 61], StormModel(window: 1_000 * second))
    #expect(record.automationRuns == [2])
  }

  @Test("triggers of different kinds are told apart")
  func kinds() throws {
    let record = try storm(
      Array(repeating: 5, count: 40), StormModel(window: second, sameAttribute: 0)
    ) { model in
      model.attributes = [
        AttributeModel(
          name: "route", domain: .categories(["north", "south", "east"]),
          value: .drawn(.position(shares: [0.4, 0.3, 0.3])))
      ]
    }
    // Each of three kinds is missing from 40 with a probability below 1e-6.
    #expect(record.automationRuns == [3] && record.times(.triggerCoalesced) == 37)
  }

  /// One every 10 s: those of 1 s and 2 s begin at 10 and 20 s.
  @Test("a limit lets triggers wait their turn, or drops them")
  func limit() throws {
    let interval = 10 * second
    let waiting = try storm([0, 1, 2], StormModel(limit: .init(interval: interval)))
    #expect(waiting.secondsToCompletion == 60 + 69 + 78)
    #expect(waiting.times(.triggerHeldBack) == 2)
    let burst = try storm([0, 1, 2], StormModel(limit: .init(interval: interval, burst: 2)))
    #expect(burst.secondsToCompletion == 60 + 60 + 68)
    let dropped = try storm(
      [0, 1, 2, 10], StormModel(limit: .init(interval: interval, drops: true)))
    #expect(dropped.cohorts[0].abandoned == 2 && dropped.cohorts[0].completed == 2)
    #expect(dropped.times(.triggerDropped) == 2)
  }

  /// The second begins 10^6 s later, long after the end: a person's minute, 60 cents, is owed.
  @Test("a trigger that has not begun at the end owes all that it needs")
  func owed() throws {
    let record = try storm(
      [0, 1], StormModel(limit: .init(interval: 1_000_000 * second))
    ) { model in
      model.stack.activities[0] = ActivityModel(team: 0, handlingTime: .constant(60))
    }
    #expect(record.cost(.tasks) == 0.6 && record.cost(.owed) == 0.6)
  }

  // MARK: Sprawl

  /// Agents share 64 s of work a case and each takes an equal part, so that more of them are no more work;
  /// what grows is what lies between them (rows 23, 24 and 192 of the brief).
  ///
  /// Per case n − 1 hand-overs lose context with a probability of .5, at 60 cents, and n(n − 1)/2 pairs
  /// have .02 conflicts each, at 10 EUR.
  func costPerCase(agents: Int, factor: Double?) throws -> Double {
    var model = try agentChain(
      (0..<agents).map { agent("agent \($0)", seconds: 64 / Double(agents)) }, cases: 400)
    var coordination = CoordinationModel(islands: Array(0..<agents))
    coordination.contextLost = 0.5
    coordination.repeatedPull = 1
    coordination.pullCost = 6e5
    coordination.conflictRate = 0.02
    coordination.reconciliation = ErrandWork(team: 0, time: .constant(1_000))
    model.stack.coordination = coordination
    if let factor {
      var layer = LayerModel(name: "central", latency: 0, concurrent: 50, costPerHop: 2e4)
      layer.factors.contextLost = factor
      layer.factors.conflicts = factor
      model.stack.layer = layer
    }
    let records = try (0..<6).map { try runReplication(of: model, seed: 3, replication: $0) }
    return records.reduce(0) { $0 + Double($1.totalCost) / 1e6 / 400 } / 6
  }

  @Test(
    "the cost of one more agent grows without orchestration, stays with it, and can grow faster")
  func sprawl() throws {
    func second(_ factor: Double?) throws -> (first: Double, last: Double) {
      let costs = try [2, 8, 14].map { try costPerCase(agents: $0, factor: factor) }
      return (costs[1] - costs[0], costs[2] - costs[1])
    }
    // Without: 6 · .3 + 27 · .2 = 7.2, then 6 · .3 + 63 · .2 = 14.4.
    let alone = try second(nil)
    #expect(alone.last > 1.5 * alone.first)
    // A layer that removes it: six hops at 2 cents, both times.
    let orchestrated = try second(0)
    #expect(abs(orchestrated.first - 0.12) < 1e-6 && abs(orchestrated.last - 0.12) < 1e-6)
    // One that makes it worse bends the curve more than none.
    let worse = try second(2)
    #expect(worse.last - worse.first > alone.last - alone.first)
  }
}
