import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// The exhaustion reference scenario: 1,000 cases in an eight-hour day, reviews of six minutes,
/// three reviewers.
///
/// An agent does the only activity in no time and escalates a share of the cases.
@Suite("Exhaustion reference scenario") struct ExhaustionReferenceTests {
  static func model(
    days: Int, pattern: Demand.Pattern, firing: GuardrailModel.Firing, drift: DriftModel? = nil,
    review: SampledTime = .constant(360)
  ) throws -> SimulationModel {
    let flow = try FlowGraph(
      process(
        [("start", .startEvent(.none)), ("decide", .task(.service)), ("end", .endEvent(.none))],
        [("start", "decide"), ("decide", "end")]))
    let calendar = eightHourDays(days + 80)
    let stack = StackModel(
      name: "agents",
      teams: [
        TeamModel(
          name: "reviewers",
          people: Array(repeating: .init(calendar: 0, hourlyCost: 60e6), count: 3))
      ],
      automations: [AutomationModel(name: "agent", runners: 1_000, runTime: .constant(0))],
      activities: [ActivityModel(team: nil, handlingTime: nil, automation: 0)],
      guardrails: [
        GuardrailModel(
          name: "escalation", raisedBy: 0, afterActivity: 0, firing: firing, drift: drift,
          teams: [0], reviewTime: review)
      ], flowProbabilities: [1, 1])
    return SimulationModel(
      timeline: Timeline(
        runInStart: 0, horizon: Int64(days) * day, followUp: 70 * day,
        dayCloses: (0..<(days + 10)).map { Int64($0) * day + 8 * hour }, horizonDays: days,
        sampledDays: days, cohortLength: Int64(days) * day),
      calendars: [calendar], flow: flow,
      demand: Demand(
        pattern: pattern, calendar: calendar, rate: 1_000 / Double(8 * hour)),
      runInStack: nil, stack: stack)
  }

  /// Derivation: 65,000 cases, every second escalated: 32,500 tickets.
  ///
  /// The first reviewer starts at 57.6 s and each then works without a break; each finishes 5,199
  /// reviews in 65 · 480 min and has one in hand. 32,500 − 3 · 5,199 − 3 = 16,900.
  @Test(
    "regular arrivals, every second case escalated: 16,900 waiting and 3 in service after 65 days")
  func regularArrivals() throws {
    let record = try runReplication(
      of: Self.model(days: 65, pattern: .regular, firing: .everyNthCase(2)), seed: 1,
      replication: 0)
    #expect(record.teams[0].waitingTickets.last == 16_900)
    #expect(record.teams[0].inService.last == 3)
    #expect(record.cohorts[0].arrived == 65_000)
  }

  @Test("Poisson arrivals at 50 %: 16,900 lies in the 99.9 % interval of what waits after 65 days")
  func poissonArrivals() throws {
    let model = try Self.model(days: 65, pattern: .poisson, firing: .probability(0.5))
    let waiting = try (0..<60).map {
      Double(
        try runReplication(of: model, seed: 3, replication: $0).teams[0].waitingTickets.last ?? 0)
    }
    let interval = interval999(waiting)
    #expect(interval.lower <= 16_900 && 16_900 <= interval.upper, "\(interval)")
  }

  /// Independent simulation of the same queue (30,000 runs, standard error 1): 1,304, 2,309, 3,398
  /// waiting at the close of day 126 with a constant review of six minutes.
  @Test(
    "under drift the backlog lies above fluid and agrees with an independent simulation",
    arguments: [(0.4, 1_260.0, 1_304.0), (0.5, 2_268, 2_309), (0.6, 3_360, 3_398)])
  func drift(rise: Double, fluid: Double, independent: Double) throws {
    let model = try Self.model(
      days: 126, pattern: .poisson, firing: .probability(0.2),
      drift: DriftModel(rise: rise, period: 126 * 8 * hour, calendar: 0))
    let waiting = try (0..<100).map {
      Double(
        try runReplication(of: model, seed: 11, replication: $0).teams[0].waitingTickets.last ?? 0)
    }
    let interval = interval999(waiting)
    #expect(interval.estimate > fluid)
    #expect(
      interval.lower - 3.3 <= independent && independent <= interval.upper + 3.3, "\(interval)")
  }

  /// 100 tickets at once, one reviewer: the work of a batch of five is set-up + 5 · each.
  @Test(
    "bulk review of 100 ready tickets in fives takes 280 of 600 minutes with a set-up part, 600 without",
    arguments: [(240.0, 120.0, 280.0), (0, 360, 600)])
  func bulkReview(setup: Double, each: Double, minutes: Double) throws {
    var model = try Self.model(days: 1, pattern: .regular, firing: .everyNthCase(1))
    model.demand.rate = 100 / Double(second)
    model.demand.calendar = WorkCalendar([(0, second)])
    model.stack.guardrails[0].bulkReview = BatchModel(
      size: 5, wait: hour, setup: .constant(setup), each: .constant(each))
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.guardrails[0].tickets == 100)
    #expect(record.guardrails[0].reviewTime == Int64(minutes) * minute)
    model.stack.guardrails[0].bulkReview = nil
    let single = try runReplication(of: model, seed: 1, replication: 0)
    #expect(single.guardrails[0].reviewTime == 600 * minute)
  }

  @Test("no headline figure of the 50 % case looks better than in the 20 % case")
  func drowningNeverLooksBetter() throws {
    let calm = try runReplication(
      of: Self.model(days: 65, pattern: .poisson, firing: .probability(0.2)), seed: 5,
      replication: 0
    ).cohorts[0]
    let drowning = try runReplication(
      of: Self.model(days: 65, pattern: .poisson, firing: .probability(0.5)), seed: 5,
      replication: 0
    ).cohorts[0]
    #expect(calm.arrived == drowning.arrived)
    #expect(drowning.cost.reduce(0, +) > calm.cost.reduce(0, +))
    #expect(drowning.restrictedTime > calm.restrictedTime)
    #expect(drowning.completedRight <= calm.completedRight)
  }
}
