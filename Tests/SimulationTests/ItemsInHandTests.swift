import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

/// People with several things in hand, at the end of a shift and while applications keep them waiting,
/// worked out on paper; a person costs 1 EUR a second, times are seconds.
@Suite("Several things in hand") struct ItemsInHandTests {
  private let hands = TeamRunTests()

  /// One person until 100 s and from 20,000 s on, who finishes in overtime what takes no longer than
  /// a limit, at half as much again.
  private func shift(
    _ tasks: [TimedTask], limit: Int64, items: Int? = 2
  ) throws -> (trace: [[String]], record: ReplicationRecord) {
    let team = hands.team {
      $0.multitasking = items.map { .init(limit: $0) }
      $0.shiftEnd = .overtime(limit: limit * second)
      $0.overtimeSurcharge = 0.5
    }
    let calendar = WorkCalendar([(0, 100 * second), (20_000 * second, 30_000 * second)])
    return try hands.run(tasks, team, calendars: [calendar])
  }

  /// Alone the first would be done 10 s after the shift's end, within the limit of 20 s.
  ///
  /// At 95 s it has 15 s left and gets company; at 100 s both have done 2.5 s of what was left, and at
  /// half the pace 12.5 s take 25 s: too long. From 20,000 s on it takes 25 s, by when the second has
  /// 200 − 2.5 − 12.5 s = 185 s left. The person has worked for 10 + 25 + 185 s, none in overtime.
  @Test("company that comes later can make work too long for overtime, and then none is paid")
  func overtimeForgotten() throws {
    let (trace, record) = try shift(
      [TimedTask(at: 90, work: 20), TimedTask(at: 95, work: 200)], limit: 20)
    #expect(
      trace == [
        ["90 waiting", "90 inService", "100 suspended", "20000 inService", "20025 done"],
        ["95 waiting", "95 inService", "100 suspended", "20000 inService", "20210 done"],
      ])
    #expect(record.teams[0].overtime == 0)
    #expect(record.totalCost == 220_000_000)
  }

  /// As above with a limit of 40 s.
  ///
  /// At the shift's end the first would take 25 s at half the pace, and the
  /// second 395 s, so the first stays in hand, alone: 12.5 s. The second has 197.5 s left at 20,000 s.
  @Test("what is short enough is finished in overtime at its surcharge, while the rest rests")
  func overtimeOfOne() throws {
    let (trace, record) = try shift(
      [TimedTask(at: 90, work: 20), TimedTask(at: 95, work: 200)], limit: 40)
    #expect(
      trace == [
        ["90 waiting", "90 inService", "112.5 done"],
        ["95 waiting", "95 inService", "100 suspended", "20000 inService", "20197.5 done"],
      ])
    #expect(record.teams[0].overtime == 12_500_000)
    #expect(record.totalCost == Int64((10 + 197.5 + 12.5 * 1.5) * 1e6))
    #expect(record.cohorts[0].taskTime == 220 * second)
  }

  /// At 100 s there are 3 and 9 s left.
  ///
  /// Of these each takes twice as long: 6 and 18 s, both within the
  /// limit. The first is done at 106 s, the second has 6 s left then and is done at 112 s.
  @Test("things finished together in overtime share the person's time")
  func overtimeOfTwo() throws {
    let (trace, record) = try shift(
      [TimedTask(at: 90, work: 8), TimedTask(at: 90, work: 14)], limit: 20)
    #expect(trace.map { $0.last } == ["106 done", "112 done"])
    #expect(trace.allSatisfy { !$0.contains("100 suspended") })
    #expect(record.teams[0].overtime == 12 * second)
    #expect(record.totalCost == Int64((22 + 6) * 1e6))
  }

  /// Shifts of 100 s, a break of 50 s, 100 s: of 120 s begun at 90 s, 10 s are done before the break,
  /// 100 s after it, and 10 s in overtime from 250 s on.
  @Test("a break interrupts work that overtime awaits like any other")
  func overtimeAfterBreak() throws {
    let team = hands.team { $0.shiftEnd = .overtime(limit: 20 * second) }
    let calendar = WorkCalendar([
      (0, 100 * second), (150 * second, 250 * second), (20_000 * second, 30_000 * second),
    ])
    let (trace, record) = try hands.run(
      [TimedTask(at: 90, work: 120)], team, calendars: [calendar])
    #expect(
      trace == [["90 waiting", "90 inService", "100 suspended", "150 inService", "260 done"]])
    #expect(record.teams[0].overtime == 10 * second)
  }

  /// Ends at 100 s with 30 s left, and goes on for ten of them, until the event.
  @Test("work that is called off in overtime has cost its surcharge", arguments: [nil, 2])
  func calledOffInOvertime(items: Int?) throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A")
    game.add("end", .endEvent(.none))
    game.add("late", .boundary(.timer(.duration, "PT1S"), attachedTo: "A", interrupting: true))
    game.draw("start A end, late end")
    game.seconds = ["A": 50]
    game.events = ["late": DelayModel(.constant(30))]
    var model = try game.model()
    // The case comes at 600 s.
    model.calendars = [WorkCalendar([(0, 620 * second), (20_000 * second, 30_000 * second)])]
    model.demand.calendar = .continuous
    model.timeline.caseLimit = 1
    model.stack.teams[0].people = [.init(calendar: 0, hourlyCost: 3_600e6)]
    model.stack.teams[0].multitasking = items.map { .init(limit: $0) }
    model.stack.teams[0].shiftEnd = .overtime(limit: 40 * second)
    model.stack.teams[0].overtimeSurcharge = 0.5
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].completed == 1)
    #expect(record.totalCost == 35_000_000)
    #expect(record.teams[0].overtime == 10 * second)
  }

  // MARK: Applications

  /// All three in the hands of one person, the first two of them for one application that only one may
  /// use.
  ///
  /// The first is alone at work until 2 s, shares with the third until 8 s, and has 10 − 2 − 3 s left then.
  /// The second is not worked on before 13 s.
  @Test("a thing that waits for an application slows nothing else in hand, and costs nothing")
  func waitingInHand() throws {
    let team = hands.team { $0.multitasking = .init(limit: 3) }
    var model = try timedTasks(
      [TimedTask(at: 0, work: 10), TimedTask(at: 0, work: 5), TimedTask(at: 2, work: 3)],
      team: team)
    model.stack.applications = [ApplicationModel(name: "core", concurrent: 1)]
    for index in 0..<2 { model.stack.activities[index].touches = [TouchModel(application: 0)] }
    var trace = WorkTrace()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &trace)
    #expect(trace.items[0] == ["0 waiting", "0 inService", "13 done"])
    #expect(trace.items[1].suffix(3) == ["0 awaitingApplication", "13 inService", "18 done"])
    #expect(trace.items[2] == ["2 waiting", "2 inService", "8 done"])
    #expect(record.totalCost == 18_000_000)
    // All the work, and no wait of the person's beside it.
    let rows = WorkRecordRows(activities: 3, guardrails: 0)
    #expect(record.work[rows.row(activity: 1, .task)].workTime == 5 * second)
  }

  // MARK: Batches and times of one's own

  /// Set-up of 5 s, then 7 s for each of the person's own instead of 3 s of everybody.
  @Test("a person's own time stands for each item of a batch, beside the set-up")
  func ownTimesInBatches() throws {
    var model = try queueModel(
      rate: 0, servers: 1, service: .constant(3), runIn: 0, horizon: 1_000 * second,
      pattern: .replay)
    model.demand.instants = [0, 10 * second, 50 * second]
    model.stack.activities[0].batch = BatchModel(
      size: 2, wait: 30 * second, setup: .constant(5))
    model.stack.activities[0].queueing.timesByPerson = [0: .constant(7)]
    var trace = WorkTrace()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &trace)
    #expect(trace.items.map { $0.last } == ["29 done", "29 done", "92 done"])
    #expect(record.cohorts[0].taskTime == (19 + 12) * second)
    // The same where the items of a batch take a time of their own.
    model.stack.activities[0].batch?.each = .constant(1)
    var each = WorkTrace()
    _ = try runReplication(of: model, seed: 1, replication: 0, observer: &each)
    #expect(each.items == trace.items)
  }
}
