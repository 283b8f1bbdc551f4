import EventEngine
import SimulationTestSupport
import Statistics
import Testing

@testable import Simulation

/// Rules that look every 100 s.
///
/// Cases come every 30 s from 30 s on, to one person who takes 60 s for each, until 600 s: 19 of them. At
/// 100 s the second has 50 s left and the third waits, so that 110 s of work remain.
@Suite("Management response, by hand") struct ResponseTests {
  let reviews = (1...40).map { Int64($0) * 100 * second }
  let person = TeamModel.Person(calendar: 0, hourlyCost: 3_600e6)

  func overloaded(
    _ action: ResponseRule.Action?, _ change: (inout ResponseRule) -> Void = { _ in }
  ) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1.0 / 30, servers: 1, service: .constant(60), runIn: 0, horizon: 600 * second,
      pattern: .regular)
    if let action {
      var rule = ResponseRule(name: "rule", team: 0, trigger: .backlog(days: 0.5), action: action)
      change(&rule)
      model.stack.response = ResponseModel(reviews: reviews, calendar: 0, rules: [rule])
    }
    return model
  }

  func hire(_ change: (inout HireModel) -> Void = { _ in }) -> ResponseRule.Action {
    var hire = HireModel(team: 0, people: 1, person: person)
    change(&hire)
    return .hire(hire)
  }

  func run(_ model: SimulationModel) throws -> ReplicationRecord {
    var observer = InvariantObserver()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
    #expect(observer.violations == [])
    let cost = record.cohorts.reduce(0) { $0 + $1.cost.reduce(0, +) }
    #expect(cost == record.totalCost)
    return record
  }

  /// Without response the i-th case is done at 30 + 60 i s, 30 + 30 i after it came: 6,270 s in all.
  ///
  /// Somebody is hired at 100 s and comes at 150 s, when the third and the fourth begin together. From then
  /// on they begin in pairs, every minute: odd ones take 120 s, even ones 90 s, the first 60 s; that is
  /// 60 + 9 · 90 + 9 · 120 s. The price is 5, and each of the 450 s until the end of the horizon costs 1.
  @Test("a hire comes after the lead time, and stays")
  func hiring() throws {
    #expect(try run(overloaded(nil)).cohorts[0].restrictedTime == Int128(6_270 * second))
    let record = try run(
      overloaded(
        hire {
          $0.price = 5e6
          $0.weeklyCost = 604_800e6
        }
      ) { $0.delay = .constant(50) })
    #expect(record.cohorts[0].restrictedTime == Int128(1_950 * second))
    #expect(record.costBesideCases[CostComponent.staffing.rawValue] == 455_000_000)
    #expect(record.count(.responseDecided) == 1 && record.count(.hired) == 1)
    #expect(record.ledger[MechanismEvent.hired.rawValue].cost == 450_000_000)
  }

  /// 420 s of work come in 200 s: known at the third review, held at the fourth, at 400 s.
  @Test("an inflow beyond the schedule is a sign, once it has held")
  func inflow() throws {
    let record = try run(
      overloaded(hire { $0.weeklyCost = 604_800e6 }) {
        $0.trigger = .inflow(share: 1, reviews: 2)
        $0.holds = 2
      })
    #expect(record.costBesideCases[CostComponent.staffing.rawValue] == 200_000_000)
  }

  @Test("a rule acts as often as it may, and rests in between")
  func again() throws {
    // At 100, 200 and 300 s; with a pause at 100 and 400 s, and not before 650 s again.
    for (times, pause, hired) in [(1, 0, 1), (3, 0, 3), (3, 250, 2)] {
      let record = try run(
        overloaded(hire()) {
          $0.trigger = .tickets(0.5)
          $0.atMost = times
          $0.pause = Int64(pause) * second
        }.withTickets())
      #expect(record.count(.hired) == Int64(hired), "\(times) \(pause)")
    }
  }

  // MARK: People

  func team(_ people: Int) -> TeamModel {
    TeamModel(name: "team", people: Array(repeating: person, count: people))
  }

  func watched(
    _ tasks: [TimedTask], teams: [TeamModel], ofSecondTeam: [Int] = [],
    calendars: [WorkCalendar] = [.continuous], reviews: [Int64]? = nil,
    _ rule: ResponseRule?
  ) throws -> (trace: [[String]], record: ReplicationRecord) {
    var model = try timedTasks(tasks, team: teams[0], calendars: calendars)
    model.stack.teams = teams
    for task in ofSecondTeam { model.stack.activities[task].team = 1 }
    if let rule {
      model.stack.response = ResponseModel(
        reviews: reviews ?? self.reviews, calendar: 0, rules: [rule])
    }
    model.timeline.dayCloses = [8 * hour, 32 * hour]
    (model.timeline.horizonDays, model.timeline.sampledDays) = (2, 2)
    var trace = WorkTrace()
    let record = try runReplication(of: model, seed: 1, replication: 0, observer: &trace)
    return (trace.items, record)
  }

  func rule(_ action: ResponseRule.Action, above days: Double = 1) -> ResponseRule {
    ResponseRule(name: "rule", team: 0, trigger: .backlog(days: days), action: action)
  }

  /// Half the speed from 100 s on, three quarters from 200 s: 50 s and 75 s of content, done at 300 s.
  ///
  /// Then the training, which came after it, is begun: 60 s by somebody who is trained by then.
  @Test("new people become faster step by step, and their training is work")
  func ramp() throws {
    let tasks = [TimedTask(at: 0, work: 1_000), TimedTask(at: 1, work: 125)]
    let act = hire {
      $0.ramp = RampModel(start: 0.5, period: 200 * second)
      $0.training = .constant(60)
    }
    let (trace, record) = try watched(tasks, teams: [team(1)], rule(act))
    #expect(trace[1] == ["1 waiting", "100 inService", "300 done"])
    #expect(trace[2] == ["100 waiting", "300 inService", "360 done"])
    #expect(record.ledger[MechanismEvent.hired.rawValue].time == 60 * second)
    #expect(record.costBesideCases[CostComponent.staffing.rawValue] == 60_000_000)
  }

  /// The second of the lending team leaves at 100 s with half of its work done, which the first takes up at
  /// 150 s; in the other team 50 s of content take 100 s at half the speed.
  ///
  /// What comes to the lending team
  /// at 210 s waits for its one person; at 1,000 s all work is done and the help goes back.
  @Test("borrowed people are missing where they come from, and go back")
  func borrowing() throws {
    let tasks = [
      TimedTask(at: 0, work: 1_000), TimedTask(at: 1, work: 50), TimedTask(at: 50, work: 100),
      TimedTask(at: 50, work: 100), TimedTask(at: 210, work: 100), TimedTask(at: 210, work: 100),
      TimedTask(at: 1_010, work: 100), TimedTask(at: 1_010, work: 100),
    ]
    let lent = [2, 3, 4, 5, 6, 7]
    let act = ResponseRule.Action.borrow(BorrowModel(from: 1, to: 0, people: 1, speed: 0.5))
    let (trace, record) = try watched(
      tasks, teams: [team(1), team(2)], ofSecondTeam: lent, rule(act))
    #expect(trace[1] == ["1 waiting", "100 inService", "200 done"])
    #expect(
      trace[3] == ["50 waiting", "50 inService", "100 waiting", "150 inService", "200 done"])
    #expect(trace[4].last == "310 done" && trace[5].last == "410 done")
    #expect(trace[6].last == "1110 done" && trace[7].last == "1110 done")
    #expect(record.count(.peopleBorrowed) == 1 && record.count(.responseEnded) == 1)
    // 900 s of one person at half the speed here, and as many less there.
    #expect(record.teams[0].extraScheduled == [450 * second, 450 * second])
    #expect(record.teams[1].extraScheduled == [-900 * second, -900 * second])
    let without = try watched(
      tasks, teams: [team(1), team(2)], ofSecondTeam: lent, nil)
    #expect(without.trace[5].last == "310 done" && without.trace[1].last == "1050 done")
    #expect(without.record.teams[0].extraScheduled == [])
  }

  @Test("one always stays in the team that lends")
  func lastOneStays() throws {
    let act = ResponseRule.Action.borrow(BorrowModel(from: 1, to: 0, people: 3))
    let tasks = [TimedTask(at: 0, work: 1_000), TimedTask(at: 110, work: 10)]
    let (trace, record) = try watched(
      tasks, teams: [team(1), team(2)], ofSecondTeam: [1], rule(act))
    #expect(trace[1].last == "120 done")
    #expect(record.teams[1].extraScheduled[0] == -900 * second)
  }

  /// 8 of 12 hours are done when the shift ends; 2 more hours follow at one and a half times the cost, the
  /// last two on the next day: 13 hours' pay.
  @Test("longer shifts cost the surcharge for their hours, and end with the backlog")
  func overtime() throws {
    let act = ResponseRule.Action.overtime(
      OvertimeModel(team: 0, longer: 2 * hour, surcharge: 0.5))
    let tasks = [TimedTask(at: 0, work: 12 * 3_600)]
    let calendar = eightHourDays(5)
    func run(_ act: ResponseRule.Action?) throws -> (trace: [[String]], record: ReplicationRecord) {
      try watched(
        tasks, teams: [team(1)], calendars: [calendar],
        reviews: (0..<5).map { Int64($0) * day + 8 * hour }, act.map { rule($0, above: 0.25) })
    }
    let (trace, record) = try run(act)
    #expect(
      trace[0] == [
        "0 waiting", "0 inService", "28800 suspended", "28800 inService", "36000 suspended",
        "86400 inService", "93600 done",
      ])
    #expect(record.totalCost == 13 * 3_600_000_000)
    #expect(record.teams[0].extraScheduled == [0, 2 * hour])
    #expect(record.count(.shiftsLengthened) == 1 && record.count(.responseEnded) == 1)
    let without = try run(nil)
    #expect(without.trace[0].last == "100800 done")
    #expect(without.record.totalCost == 12 * 3_600_000_000)
  }

  // MARK: Cases

  /// One case a minute from 100 s on: those that come at 120, 180, … 540 s are let in, the eight between
  /// them and the one at 570 s are not.
  @Test("cases beyond the limit are turned away at a loss")
  func turnedAway() throws {
    let record = try run(
      overloaded(
        .intake(IntakeModel(interval: 60 * second, turnsAway: true, loss: 1e6))))
    #expect(record.cohorts[0].abandoned == 8 && record.count(.caseTurnedAway) == 8)
    #expect(record.cost(.loss) == 8)
  }

  /// The case at 120 s is let in, the 15 that come later wait; nobody is done sooner or later for it, since
  /// one a minute is what one person can do.
  @Test("cases that wait before the process wait less within it")
  func intake() throws {
    let record = try run(overloaded(.intake(IntakeModel(interval: 60 * second))))
    #expect(record.count(.caseKeptWaiting) == 15)
    #expect(record.cohorts[0].restrictedTime == Int128(6_270 * second))
    let work = record.work[WorkRecordRows(activities: 1, guardrails: 0).row(activity: 0, .task)]
    // From the fifth on the i-th case enters at 180 + 60 (i − 5) s and begins at 30 + 60 (i − 1) s: 90 s
    // later; the first four wait for 0, 30, 60 and 90 s.
    #expect(work.waitingTime == Int128(15 * 90 + 180) * Int128(second))
  }

  /// A limit that lets in fewer than can be done keeps everybody waiting longer.
  @Test("a limit below what people can do makes it worse")
  func tooTight() throws {
    let record = try run(
      overloaded(.intake(IntakeModel(interval: 120 * second))) { $0.endsBelow = 0 })
    #expect(record.cohorts[0].restrictedTime > Int128(6_270 * second))
  }

  // MARK: Assignments

  /// An automation that fails leaves everything to one person, 100 s for each; nine cases have come to them
  /// at 100 s, and the tenth is under way.
  @Test("an automation that is switched off gets no more cases; one that gets all goes on")
  func switchedOff() throws {
    for (share, runs) in [(0.0, 10), (1, 59)] {
      var model = try overloaded(.share(automation: 0, share: share)) { $0.trigger = .tickets(2) }
      model.demand.rate = 0.1 / 1e6
      model.stack.automations = [
        AutomationModel(
          name: "bot", runners: 100, runTime: .constant(1), failureProbability: 1,
          exceptionTeam: 0, exceptionTime: .constant(100))
      ]
      model.stack.activities[0].automation = 0
      let record = try run(model)
      #expect(record.automationRuns == [runs] && record.count(.shareChanged) == 1)
      #expect(record.cohorts[0].tickets == runs)
    }
  }

  // MARK: Off

  @Test(
    "a rule that never acts changes nothing, and draws nothing", arguments: 0..<20 as Range<UInt64>)
  func never(seed: UInt64) throws {
    let model = try generatedModel(seed: seed, withResponse: false, withAbsence: false)
    var other = model
    other.stack.response = ResponseModel(
      reviews: reviews, calendar: 0,
      rules: [
        ResponseRule(
          name: "never", team: 0, trigger: .tickets(1e12), action: hire { $0.people = 3 })
      ])
    #expect(try draws(of: model) == draws(of: other))
    let one = try runReplication(of: model, seed: seed, replication: 0)
    var two = try runReplication(of: other, seed: seed, replication: 0)
    #expect(two.eventCount > one.eventCount || model.flow.activities.isEmpty)
    two.eventCount = one.eventCount
    for team in two.teams.indices {
      #expect(two.teams[team].extraScheduled.allSatisfy { $0 == 0 })
      two.teams[team].extraScheduled = []
    }
    #expect(one == two)
  }
}

extension SimulationModel {
  /// The same with exceptions instead of tasks: they count as tickets.
  fileprivate func withTickets() -> SimulationModel {
    var model = self
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 100, runTime: .constant(0), failureProbability: 1, exceptionTeam: 0,
        exceptionTime: .constant(600))
    ]
    model.stack.activities[0].automation = 0
    return model
  }
}
