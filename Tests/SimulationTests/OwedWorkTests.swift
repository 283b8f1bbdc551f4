import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

/// What work that is left at the end of a run is worth.
@Suite("Work owed") struct OwedWorkTests {
  /// One person at 1 EUR a second and speed 1 around the clock, one at 4 EUR and speed 2 for the first half
  /// of the horizon of two days.
  private let team = TeamModel(
    name: "team",
    people: [
      .init(calendar: 0, hourlyCost: 3_600e6),
      .init(calendar: 1, hourlyCost: 4 * 3_600e6, speed: 2, skills: [1]),
    ])
  private let calendars = [WorkCalendar([(0, 20 * day)]), WorkCalendar([(0, day)])]

  /// Both have work of 10⁷ s in hand, which takes them 10⁷ s at 1 EUR and 5 · 10⁶ s at 4 EUR.
  ///
  /// For each second that the second is there, the first is there for two: in three seconds of work they
  /// do 2 · 1 + 1 · 2 = 4 s of content for 2 · 1 + 1 · 4 = 6 EUR. So 40 s of content that wait take 30 s and
  /// 60 EUR. Where they ask for the second's skill, they take 20 s and 80 EUR.
  @Test("what waits is worth the time and cost of those who can do it, by their hours")
  func waiting() throws {
    for (skills, seconds, cost) in [(Set<Int>(), 30.0, 60.0), ([1], 20, 80)] {
      let tasks = [
        TimedTask(at: 0, work: 1e7), TimedTask(at: 0, work: 1e7),
        TimedTask(at: 1, work: 40, QueueingModel(skills: skills)),
      ]
      let model = try timedTasks(tasks, team: team, calendars: calendars)
      let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
      #expect(cohort.completed == 0)
      #expect(
        cohort.cost[CostComponent.owed.rawValue] == Int64((1e7 + 4 * 5e6 + cost) * 1e6))
      #expect(cohort.taskTime == Int64((1.5e7 + seconds) * 1e6))
    }
  }

  /// The first task is in hand as above; the second, of 40 s of content, is still to come.
  @Test("what is still to come is worth the same")
  func expected() throws {
    var model = try timedTasks(
      [TimedTask(at: 0, work: 1e7)], team: team, calendars: calendars)
    model.flow = try FlowGraph(sequence(of: ["one", "two"]))
    model.stack.activities = [1e7, 40].map { ActivityModel(team: 0, handlingTime: .constant($0)) }
    model.stack.flowProbabilities = Array(repeating: 1, count: model.flow.flows.count)
    model.stack.delays = []
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.cost[CostComponent.owed.rawValue] == Int64((1e7 + 60) * 1e6))
    #expect(cohort.taskTime == Int64((1e7 + 30) * 1e6))
  }

  /// A batch of two that waits for its second: 40 s of its own and half of the set-up of 20 s to be shared,
  /// or all where nobody comes any more; here nobody does.
  @Test("of a batch that is forming its set-up is owed too")
  func forming() throws {
    var tasks = [TimedTask(at: 0, work: 40)]
    tasks[0].batch = BatchModel(size: 2, wait: nil, setup: .constant(20))
    let model = try timedTasks(tasks, team: team, calendars: calendars)
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.completed == 0)
    #expect(cohort.cost[CostComponent.owed.rawValue] == 90_000_000)
    #expect(cohort.taskTime == 45 * second)
  }
}
