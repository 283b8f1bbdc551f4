import EventEngine
import Simulation
import SimulationTestSupport
import Testing

/// What teams do with their queues and shifts, in runs of a few tasks worked out on paper.
///
/// Times are seconds; a trace says when each task came, was begun, and was done.
@Suite("Teams by hand") struct TeamRunTests {
  func team(
    _ people: Int = 1, calendar: Int = 0, change: (inout TeamModel) -> Void = { _ in }
  ) -> TeamModel {
    var team = TeamModel(
      name: "team",
      people: Array(repeating: .init(calendar: calendar, hourlyCost: 3_600e6), count: people))
    change(&team)
    return team
  }

  func run(
    _ tasks: [TimedTask], _ team: TeamModel, calendars: [WorkCalendar] = [.continuous]
  ) throws -> (trace: [[String]], record: ReplicationRecord) {
    var trace = WorkTrace()
    let record = try runReplication(
      of: try timedTasks(tasks, team: team, calendars: calendars), seed: 1, replication: 0,
      observer: &trace)
    return (trace.items, record)
  }

  // MARK: Urgency

  /// The first is under way when the others come; of those that wait at 10 s the class decides, then the
  /// order of coming.
  @Test("whoever is free takes the most urgent, and the oldest of those")
  func urgency() throws {
    let tasks = [
      TimedTask(at: 0, work: 10, QueueingModel(priority: 3)),
      TimedTask(at: 1, work: 10, QueueingModel(priority: 2)),
      TimedTask(at: 2, work: 10, QueueingModel(priority: 1)),
      TimedTask(at: 3, work: 10, QueueingModel(priority: 2)),
      TimedTask(at: 4, work: 10, QueueingModel(priority: 1)),
    ]
    let trace = try run(tasks, team()).trace
    #expect(
      trace == [
        ["0 waiting", "0 inService", "10 done"], ["1 waiting", "30 inService", "40 done"],
        ["2 waiting", "10 inService", "20 done"], ["3 waiting", "40 inService", "50 done"],
        ["4 waiting", "20 inService", "30 done"],
      ])
  }

  /// A class is worth 20 s of waiting.
  ///
  /// At 30 s the task of class 1 has waited 29 s since 1 s, that of class 0 one since 29 s: 1 + 20
  /// < 29, so the older goes first; the one that came at 25 s (25 + 0 > 21) too.
  @Test("waiting makes work as urgent as the next class up")
  func ageing() throws {
    let tasks = [
      TimedTask(at: 0, work: 30, QueueingModel(priority: 0)),
      TimedTask(at: 1, work: 10, QueueingModel(priority: 1)),
      TimedTask(at: 20, work: 10, QueueingModel(priority: 0)),
      TimedTask(at: 25, work: 10, QueueingModel(priority: 0)),
    ]
    let aged = try run(tasks, team { $0.ageing = 20 * second }).trace
    #expect(aged.map { $0[1] } == ["0 inService", "40 inService", "30 inService", "50 inService"])
    let strict = try run(tasks, team()).trace
    #expect(
      strict.map { $0[1] } == ["0 inService", "50 inService", "30 inService", "40 inService"])
  }

  /// The second task is moved from class 2 to class 0 after 5 s, at 6 s, before the third of class 1 is
  /// begun at 10 s.
  @Test("a change of class while work waits takes effect")
  func expedite() throws {
    let tasks = [
      TimedTask(at: 0, work: 10),
      TimedTask(
        at: 1, work: 10, QueueingModel(priority: 2, expedite: .init(after: 5 * second, priority: 0))
      ),
      TimedTask(at: 2, work: 10, QueueingModel(priority: 1)),
    ]
    let trace = try run(tasks, team()).trace
    #expect(trace.map { $0[1] } == ["0 inService", "10 inService", "20 inService"])
  }

  // MARK: Pre-emption

  /// Usual work of 10 s is interrupted at 4 s for urgent work of 3 s: it goes on for 6 s, or for all 10.
  ///
  /// At a price of 1 EUR a second both cost what they took: 13 or 17 EUR.
  @Test("interrupted work goes on where it stopped, or begins anew, and costs what it took")
  func preemption() throws {
    let tasks = [
      TimedTask(at: 0, work: 10, QueueingModel(priority: 1)),
      TimedTask(at: 4, work: 3, QueueingModel(priority: 0)),
    ]
    for (preemption, done, cost) in [
      (TeamModel.Preemption.resume, "13 done", 13.0), (.restart, "17 done", 17),
    ] {
      let (trace, record) = try run(tasks, team { $0.preemption = preemption })
      #expect(
        trace == [
          ["0 waiting", "0 inService", "4 waiting", "7 inService", done],
          ["4 waiting", "4 inService", "7 done"],
        ])
      #expect(record.totalCost == Int64(cost * 1e6))
      #expect(record.cohorts[0].taskTime == Int64(cost) * second)
    }
    let patient = try run(tasks, team()).trace
    #expect(patient.map { $0[1] } == ["0 inService", "10 inService"])
  }

  /// Three people at work on classes 1, 2 and 2, the last begun at 2 s: of the lowest class the
  /// last begun gives way, whoever has it.
  ///
  /// A task of class 2 interrupts nothing of its own class.
  @Test("of what is in hand the least urgent gives way, and of that the last begun")
  func whoIsInterrupted() throws {
    let tasks = [
      TimedTask(at: 0, work: 100, QueueingModel(priority: 2)),
      TimedTask(at: 1, work: 100, QueueingModel(priority: 1)),
      TimedTask(at: 2, work: 100, QueueingModel(priority: 2)),
      TimedTask(at: 3, work: 100, QueueingModel(priority: 2)),
      TimedTask(at: 4, work: 10, QueueingModel(priority: 0)),
    ]
    let trace = try run(tasks, team(3) { $0.preemption = .resume }).trace
    #expect(trace[2] == ["2 waiting", "2 inService", "4 waiting", "14 inService", "112 done"])
    #expect(trace[0] == ["0 waiting", "0 inService", "100 done"])
    #expect(trace[1] == ["1 waiting", "1 inService", "101 done"])
    #expect(trace[3][1] == "100 inService")
  }

  /// The first person, who alone has the skill, is at work on what anybody can do; the second is
  /// idle.
  ///
  /// Urgent work for the first interrupts it, and the second takes it over at once: 4 s done, 6 s
  /// left.
  @Test("interrupted work goes to whoever is idle and can do it")
  func interruptedForSkill() throws {
    let tasks = [
      TimedTask(at: 0, work: 10, QueueingModel(priority: 1)),
      TimedTask(at: 4, work: 30, QueueingModel(priority: 0, skills: [7])),
    ]
    let team = team(2) {
      $0.preemption = .resume
      $0.people[0].skills = [7]
    }
    let trace = try run(tasks, team).trace
    #expect(trace[0] == ["0 waiting", "0 inService", "4 waiting", "4 inService", "10 done"])
  }

  /// A class is worth 20 s of waiting.
  ///
  /// Usual work that came at 0 s is as urgent as urgent work of 20 s: what comes at 19 s interrupts
  /// it, what comes at 21 s does not.
  @Test("with ageing, old work in hand does not give way to new work that would wait behind it")
  func interruptionAndAgeing() throws {
    for (at, isInterrupted) in [(19.0, true), (21, false)] {
      let tasks = [
        TimedTask(at: 0, work: 100, QueueingModel(priority: 1)),
        TimedTask(at: at, work: 10, QueueingModel(priority: 0)),
      ]
      let team = team {
        $0.preemption = .resume
        $0.ageing = 20 * second
      }
      let trace = try run(tasks, team).trace
      #expect(trace[0].contains { $0.hasSuffix("110 done") } == isInterrupted)
      #expect(trace[1].last == (isInterrupted ? "29 done" : "110 done"))
    }
  }

  /// A shift of 100 s in whose last 40 s nothing is begun.
  ///
  /// Urgent work that comes at 70 s has to wait for the next shift, at 20,000 s, and so interrupts
  /// nothing.
  @Test("nothing is interrupted for work that may not be begun any more")
  func noInterruptionBeforeTheEnd() throws {
    let tasks = [
      TimedTask(at: 50, work: 30, QueueingModel(priority: 1)),
      TimedTask(at: 70, work: 10, QueueingModel(priority: 0)),
    ]
    let team = team {
      $0.preemption = .resume
      $0.lastStart = 40 * second
    }
    let calendar = WorkCalendar([(0, 100 * second), (20_000 * second, 20_100 * second)])
    let trace = try run(tasks, team, calendars: [calendar]).trace
    #expect(trace[0] == ["50 waiting", "50 inService", "80 done"])
    #expect(trace[1] == ["70 waiting", "20000 inService", "20010 done"])
  }

  // MARK: Ends of shifts

  /// A shift from 0 to 100 s and one from 20,000 s on (up to two hours would be a break); work of 30 s
  /// comes at 90 s, which leaves 20 s.
  @Test(
    "work that outlasts a shift rests with its person, or is finished in overtime where that is short"
  )
  func endOfShift() throws {
    let calendar = WorkCalendar([(0, 100 * second), (20_000 * second, 20_100 * second)])
    let tasks = [TimedTask(at: 90, work: 30)]
    let suspended = try run(tasks, team(), calendars: [calendar]).trace
    #expect(
      suspended == [
        ["90 waiting", "90 inService", "100 suspended", "20000 inService", "20020 done"]
      ])
    for (limit, done) in [(20 * second, "120 done"), (19 * second, "20020 done")] {
      let team = team {
        $0.shiftEnd = .overtime(limit: limit)
        $0.overtimeSurcharge = 0.5
      }
      let (trace, record) = try run(tasks, team, calendars: [calendar])
      #expect(trace[0].last == done)
      let overtime: Int64 = done == "120 done" ? 20 : 0
      #expect(record.teams[0].overtime == overtime * second)
      // 30 s at 1 EUR, and half as much again for overtime.
      #expect(record.totalCost == Int64((30 + 0.5 * Double(overtime)) * 1e6))
    }
  }

  /// Two people, one from 0 to 100 s, one from 50 to 150 s.
  ///
  /// The first begins at 60 s; handed over at 100 s with 10 s of 50 left; the other takes it at
  /// once.
  @Test("work is handed over to whoever is there")
  func handOver() throws {
    let calendars = [
      WorkCalendar([(0, 100 * second)]), WorkCalendar([(50 * second, 150 * second)]),
    ]
    let team = team(2) {
      $0.people[1].calendar = 1
      $0.people[1].speed = 2
      $0.shiftEnd = .handOver
    }
    let trace = try run([TimedTask(at: 60, work: 50)], team, calendars: calendars).trace
    #expect(
      trace == [["60 waiting", "60 inService", "100 waiting", "100 inService", "105 done"]])
  }

  // MARK: People

  @Test("a person of double speed takes half the time, and one with a time of their own that one")
  func speedAndOwnTime() throws {
    let fast = team { $0.people[0].speed = 2 }
    #expect(try run([TimedTask(at: 0, work: 10)], fast).trace[0].last == "5 done")
    let own = QueueingModel(timesByPerson: [0: .constant(7)])
    #expect(try run([TimedTask(at: 0, work: 10, own)], team()).trace[0].last == "7 done")
    // Speed applies to both.
    #expect(try run([TimedTask(at: 0, work: 10, own)], fast).trace[0].last == "3.5 done")
  }

  /// Skills {1}, {2}, {1, 2}: the third task finds nobody but the third person, the fourth nobody.
  @Test("only who has all skills takes the work, in the order of the team")
  func skills() throws {
    let team = team(3) {
      $0.people[0].skills = [1]
      $0.people[1].skills = [2]
      $0.people[2].skills = [1, 2]
    }
    let tasks = [
      TimedTask(at: 0, work: 10, QueueingModel(skills: [2])),
      TimedTask(at: 1, work: 20, QueueingModel(skills: [1])),
      TimedTask(at: 2, work: 10, QueueingModel(skills: [1, 2])),
      TimedTask(at: 3, work: 10, QueueingModel(skills: [1])),
      TimedTask(at: 4, work: 10, QueueingModel()),
    ]
    let trace = try run(tasks, team).trace
    // The last comes when all are busy; the second person is free at 10 s and can do it.
    #expect(
      trace.map { $0[1] }
        == ["0 inService", "1 inService", "2 inService", "12 inService", "10 inService"])
  }

  /// Two items in hand share the person's time (slowdown 1): alone from 0 to 4 s, 4 of 10 s done; then each at
  /// half speed, the second's 3 s take until 10 s, by when the first has 7 of 10 s; alone again, done at 13 s.
  @Test("items in hand share their person's time")
  func multitasking() throws {
    let tasks = [TimedTask(at: 0, work: 10), TimedTask(at: 4, work: 3)]
    let shared = try run(tasks, team { $0.multitasking = .init(limit: 2) })
    #expect(
      shared.trace == [
        ["0 waiting", "0 inService", "13 done"], ["4 waiting", "4 inService", "10 done"],
      ])
    // One person was at work for 13 s in all.
    #expect(shared.record.totalCost == 13_000_000)
    // A slowdown of a half: at 2/3 of the speed with two; the second's 3 s take until 8.5 s, by when the
    // first has 4 + 3 s; alone again it is done at 11.5 s.
    let slowed = try run(tasks, team { $0.multitasking = .init(limit: 2, slowdown: 0.5) })
    #expect(slowed.trace[1].last == "8.5 done" && slowed.trace[0].last == "11.5 done")
  }

  // MARK: Batches

  /// Like tasks of one activity come at 0, 10 and 50 s; see `sameActivity`.
  ///
  /// The batch of two is full at 10 s: set-up of 5 s and 2 · 3 s. The third waits for its longest
  /// time, 30 s, and goes alone.
  @Test("a batch goes when it is full, or when its first item has waited long enough")
  func batches() throws {
    let trace = try sameActivity(
      at: [0, 10, 50], BatchModel(size: 2, wait: 30 * second, setup: .constant(5)), work: 3)
    #expect(
      trace == [
        ["0 forming", "10 waiting", "10 inService", "21 done"],
        ["10 forming", "10 waiting", "10 inService", "21 done"],
        ["50 forming", "80 waiting", "80 inService", "88 done"],
      ])
  }

  /// At 30 s one has come where at least two are asked for: the batch goes when the second comes, at 50 s.
  @Test("a batch whose wait is over goes as soon as enough have come")
  func partialRelease() throws {
    let trace = try sameActivity(
      at: [0, 50, 60], BatchModel(size: 3, wait: 30 * second, minimum: 2), work: 3)
    #expect(trace[0] == ["0 forming", "50 waiting", "50 inService", "56 done"])
    #expect(trace[1] == ["50 forming", "50 waiting", "50 inService", "56 done"])
    // The third begins a batch of its own, which never has two.
    #expect(trace[2] == ["60 forming"])
  }

  /// Without a longest wait an incomplete batch waits for ever.
  @Test("a batch without a longest wait goes only when it is full")
  func endlessWait() throws {
    let trace = try sameActivity(at: [0, 10], BatchModel(size: 3, wait: nil), work: 3)
    #expect(trace == [["0 forming"], ["10 forming"]])
  }

  /// Cases at instants of their own that all bring the same task.
  func sameActivity(
    at instants: [Int64], _ batch: BatchModel, work: Double
  ) throws -> [[String]] {
    var model = try queueModel(
      rate: 0, servers: 1, service: .constant(work), runIn: 0, horizon: 1_000 * second,
      pattern: .replay)
    model.demand.instants = instants.map { $0 * second }
    model.stack.activities[0].batch = batch
    var trace = WorkTrace()
    _ = try runReplication(of: model, seed: 1, replication: 0, observer: &trace)
    return trace.items
  }
}
