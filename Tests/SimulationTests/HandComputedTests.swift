import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

/// Runs small enough to be worked out on paper; each derivation stands with its test.
@Suite("Hand-computed runs") struct HandComputedTests {
  /// Days of eight hours, one clerk at 60 EUR an hour, work of five hours, a case every three hours from
  /// opening: arrivals in open time at 3 h, 6 h, 9 h (= day 2, 1 h) and so on.
  func fiveHourWork(horizonDays: Int) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1, servers: 1, service: .constant(5 * 3600), runIn: 0,
      horizon: Int64(horizonDays) * day, pattern: .regular)
    let calendar = eightHourDays(40)
    model.calendars = [calendar]
    model.stack.teams[0].people = [.init(calendar: 0, hourlyCost: 60e6)]
    model.demand.calendar = calendar
    model.demand.rate = 1 / Double(3 * hour)
    model.timeline.followUp = 10 * day
    model.timeline.dayCloses = (0..<20).map { Int64($0) * day + 8 * hour }
    model.timeline.horizonDays = horizonDays
    model.timeline.sampledDays = horizonDays
    return model
  }

  /// Case 1 arrives at 3 h, is worked on 3–8 h and is done at the close of day 1.
  ///
  /// Case 2 arrives at 6 h, begins at the opening of day 2 (24 h) and is done at 29 h: 23 h in the
  /// system. At the close of day 1 one case waits with five hours of work; five hours are done.
  @Test(
    "work that ends at the close of a shift is done that day, and what waits begins with the next")
  func shifts() throws {
    let record = try runReplication(of: try fiveHourWork(horizonDays: 1), seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 2)
    #expect(record.cohorts[0].restrictedTime == Int128(5 * hour + 23 * hour))
    #expect(record.teams[0].waitingTasks == [1])
    #expect(record.teams[0].inService == [0])
    #expect(record.teams[0].remainingContent == [5 * hour])
    #expect(record.teams[0].workDone == [5 * hour])
  }

  /// The horizon is one day: case 1 costs 300 EUR within it, case 2 is work owed.
  @Test("what is done after the horizon for cases that had arrived is owed")
  func owed() throws {
    let record = try runReplication(of: try fiveHourWork(horizonDays: 1), seed: 1, replication: 0)
    let cost = record.cohorts[0].cost
    #expect(cost[CostComponent.tasks.rawValue] == 300_000_000)
    #expect(cost[CostComponent.owed.rawValue] == 300_000_000)
    #expect(record.totalCost == 600_000_000)
  }

  /// Followed for one day only, case 2 is in hand from 24 h on, and nothing is done before the run
  /// ends at 48 h but itself (29 h); with work of 50 hours neither case is done.
  ///
  /// Both still cost all they will cost.
  @Test("cases that are not done by their cap count with all the work they still need")
  func unfinished() throws {
    var model = try fiveHourWork(horizonDays: 1)
    model.stack.activities[0].handlingTime = .constant(50 * 3600)
    model.timeline.followUp = day
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.arrived == 2 && cohort.completed == 0)
    #expect(cohort.restrictedTime == Int128(2 * day))
    #expect(cohort.taskTime == 100 * hour)
    #expect(cohort.cost[CostComponent.owed.rawValue] == 6_000_000_000)
    #expect(cohort.cost.reduce(0, +) == 6_000_000_000)
  }

  /// Case 3 arrives on day 2 at 25 h, begins at 29 h, has three hours done when day 2 closes (32 h), is
  /// suspended, and is done at 50 h (day 3, 2 h).
  @Test("work that outlasts a shift is suspended and stays with its person")
  func suspension() throws {
    let record = try runReplication(of: try fiveHourWork(horizonDays: 2), seed: 1, replication: 0)
    #expect(record.teams[0].inService == [0, 1])
    // Day 2 closes with case 3 in hand (2 h left) and cases 4 and 5 waiting (28 h and 31 h): 12 h.
    #expect(record.teams[0].waitingTasks == [1, 2])
    #expect(record.teams[0].remainingContent == [5 * hour, 12 * hour])
    #expect(record.teams[0].workDone == [5 * hour, 13 * hour])
  }

  /// An automation that always fails, tried three times with waits of 10, 20 and 40 s after runs of 1 s:
  /// 4 runs, 74 s, then a person for 60 s.
  @Test("retries double their wait, then people take over")
  func retries() throws {
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(60), runIn: 0, horizon: 1_000 * second,
      pattern: .regular)
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 1, runTime: .constant(1), failureProbability: 1, retries: 3,
        backoff: 10 * second, costPerRun: 1e6)
    ]
    model.stack.activities[0].automation = 0
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 1)
    #expect(record.cohorts[0].restrictedTime == Int128(134 * second))
    #expect(record.automationRuns == [4] && record.automationFailures == [4])
    #expect(record.cohorts[0].tickets == 1)
    #expect(record.cohorts[0].exceptionTime == 60 * second)
    #expect(record.cohorts[0].cost[CostComponent.automation.rawValue] == 4_000_000)
  }

  /// One bot with one runner does both activities, the first in its own 10 s, the second in 3 s: a case
  /// that arrives at 600 s is done at 613 s.
  @Test("an automation takes an activity's own run time where it has one")
  func runTimeOfActivity() throws {
    let flow = try FlowGraph(sequence(of: ["first", "second"]))
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(60), runIn: 0, horizon: 1_000 * second,
      pattern: .regular)
    model.flow = flow
    model.stack.flowProbabilities = Array(repeating: 1, count: flow.flows.count)
    model.stack.automations = [AutomationModel(name: "bot", runners: 1, runTime: .constant(10))]
    model.stack.activities = [
      ActivityModel(team: nil, handlingTime: nil, automation: 0),
      ActivityModel(team: nil, handlingTime: nil, automation: 0, runTime: .constant(3)),
    ]
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].arrived == 1)
    #expect(record.cohorts[0].restrictedTime == Int128(13 * second))
    #expect(record.automationRuns == [2])
  }

  /// Two tickets to two teams, 60 s and 60 s with one reviewer each who is otherwise idle: the case waits
  /// for both at once, not one after the other; the planned task of 600 s falls away.
  @Test("a blocking guardrail for two teams is a fork and a join, and replaces its planned task")
  func forkJoinTickets() throws {
    let flow = try FlowGraph(sequence(of: ["draft", "check"]))
    let person = TeamModel.Person(calendar: 0, hourlyCost: 60e6)
    var model = try queueModel(
      rate: 1 / 600.0, servers: 1, service: .constant(1), runIn: 0, horizon: 1_000 * second,
      pattern: .regular)
    model.flow = flow
    model.stack = StackModel(
      name: "agents", teams: ["aml", "legal"].map { TeamModel(name: $0, people: [person]) },
      automations: [AutomationModel(name: "agent", runners: 1, runTime: .constant(2))],
      activities: [
        ActivityModel(team: nil, handlingTime: nil, automation: 0),
        ActivityModel(team: 0, handlingTime: .constant(600)),
      ],
      guardrails: [
        GuardrailModel(
          name: "compliance", raisedBy: 0, afterActivity: 0, replacesActivity: 1,
          firing: .probability(1), teams: [0, 1], reviewTime: .constant(60))
      ], flowProbabilities: flow.flows.map { _ in 1 })
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].restrictedTime == Int128(62 * second))
    #expect(record.cohorts[0].tickets == 2)
    #expect(record.cohorts[0].reviewTime == 120 * second && record.cohorts[0].taskTime == 0)
    #expect(record.guardrails[0].tickets == 2 && record.guardrails[0].answered == 2)
    // The same case without a blocking guardrail is done when the agent is.
    model.stack.guardrails[0].blocks = false
    let free = try runReplication(of: model, seed: 1, replication: 0)
    #expect(free.cohorts[0].restrictedTime == Int128(2 * second))
    #expect(free.cohorts[0].reviewTime == 120 * second)
  }

  @Test("a layer that can handle one hop at a time makes cases wait for it, and charges each hop")
  func layerSaturates() throws {
    var model = try queueModel(
      rate: 1, servers: 10, service: .constant(0), runIn: 0, horizon: 100 * second,
      pattern: .regular)
    model.stack.layer = LayerModel(
      name: "layer", latency: 2 * second, concurrent: 1, costPerHop: 5e5)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    // Case n arrives at n s and leaves at 1 + 2n s: n + 1 s in the system, for n = 1 … 99.
    #expect(record.cohorts[0].arrived == 99)
    #expect(record.cohorts[0].restrictedTime == Int128((2...100).reduce(0, +)) * Int128(second))
    let cost = record.cohorts[0].cost
    #expect(
      cost[CostComponent.orchestration.rawValue] + cost[CostComponent.owed.rawValue] == 99 * 500_000
    )
  }
}
