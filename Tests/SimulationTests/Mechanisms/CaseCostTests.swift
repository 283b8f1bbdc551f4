import EventEngine
import Simulation
import SimulationTestSupport
import Testing

@Suite("Costs of lateness, delay and error") struct CaseCostTests {
  /// Regular arrivals at a team that works around the clock, at 10,000 millionths a second.
  func run(
    every distance: Double, service: Double, horizon: Int64, followUp: Int64? = nil,
    calendars: [WorkCalendar] = [.continuous], _ costs: CostModel?, errs: Bool = false
  ) throws -> ReplicationRecord {
    var model = try queueModel(
      rate: 1 / distance, servers: 1, service: .constant(service), runIn: 0, horizon: horizon,
      pattern: .regular)
    model.timeline.followUp = followUp ?? model.timeline.followUp
    model.calendars = calendars
    model.stack.costs = costs
    if errs { model.stack.activities[0].errorProbability = 1 }
    return try runReplication(of: model, seed: 1, replication: 0)
  }

  /// Cases come at 100, 200 and 300 s, and each is worked on for 150 s by one person: they are done at
  /// 250, 400 and 550 s, after 150, 200 and 250 s.
  ///
  /// The horizon of 350 s divides costs into those that were
  /// incurred and those that are owed.
  @Test("are charged when a case is done, by the time it took")
  func byHand() throws {
    let costs = CostModel(
      late: .init(due: DueModel(time: 180 * second, calendar: nil), price: 2e6),
      // One unit a second.
      delay: .init(after: 50 * second, perDay: 86_400e6))
    let record = try run(every: 100, service: 150, horizon: 350 * second, costs)
    #expect(record.count(.caseLate) == 2 && record.count(.caseDelayed) == 3)
    #expect(record.ledger[MechanismEvent.caseLate.rawValue].cost == 4_000_000)
    #expect(record.ledger[MechanismEvent.caseDelayed.rawValue].cost == 450_000_000)
    // The first case: 150 s less 50 s free, within the horizon.
    #expect(record.cost(.penalties) == 100)
    // The others: (150 + 200) s of delay, two penalties, and 300 s of work.
    #expect(record.cost(.owed) == 350 + 4 + 3)
    #expect(record.cohorts[0].cost.reduce(0, +) == record.totalCost)
  }

  /// A case comes at 7 h of a day whose working hours end at 8 h.
  ///
  /// Two working hours later is 1 h of the
  /// next day, at 25 h; two hours of calendar time later is 9 h.
  @Test(
    "lateness counts by its own clock",
    arguments: [
      (17.0, 1, 0), (20.0, 1, 1), (17.0, nil, 1), (1.5, nil, 0),
    ] as [(Double, Int?, Int64)])
  func clocks(hours: Double, calendar: Int?, late: Int64) throws {
    let costs = CostModel(
      late: .init(due: DueModel(time: 2 * hour, calendar: calendar), price: 1e6))
    let record = try run(
      every: 7 * 3600, service: hours * 3600, horizon: 8 * hour, followUp: 3 * day,
      calendars: [.continuous, eightHourDays(10)], costs)
    #expect(record.cohorts[0].arrived == 1)
    #expect(record.count(.caseLate) == late)
  }

  /// The case comes at 7 h and needs 10 h, but is followed for one hour only.
  @Test("a case that is not done counts as long as it is followed")
  func unfinished() throws {
    let costs = CostModel(
      late: .init(due: DueModel(time: 30 * minute, calendar: nil), price: 5e6),
      delay: .init(perDay: 86_400e6), wrongCase: 9e6)
    let record = try run(
      every: 7 * 3600, service: 36_000, horizon: 8 * hour, followUp: hour, costs, errs: true)
    #expect(record.cohorts[0].completed == 0)
    #expect(record.count(.caseLate) == 1 && record.count(.caseWrong) == 0)
    // An hour of delay, the penalty, and 36,000 s of work at 10,000.
    #expect(record.cost(.owed) == 3_600 + 5 + 360)
  }

  @Test("a case completed with an error that nobody noticed brings its loss")
  func wrong() throws {
    let right = try run(
      every: 600, service: 100, horizon: 1_000 * second, CostModel(wrongCase: 5e6))
    #expect(right.count(.caseWrong) == 0 && right.cost(.loss) == 0)
    let wrong = try run(
      every: 600, service: 100, horizon: 1_000 * second, CostModel(wrongCase: 5e6), errs: true)
    #expect(wrong.count(.caseWrong) == 1 && wrong.cost(.loss) == 5)
  }

  /// A case that is never done cannot be in time, however soon it is given up.
  @Test("a case that is given up is late")
  func abandoned() throws {
    var model = try queueModel(
      rate: 1 / 100, servers: 1, service: .constant(1_000), runIn: 0, horizon: 350 * second,
      pattern: .regular)
    model.stack.activities[0].queueing.patience = .init(time: .constant(20), then: .leave)
    model.stack.costs = CostModel(
      late: .init(due: DueModel(time: day, calendar: nil), price: 1e6))
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].abandoned == 2)
    #expect(record.count(.caseLate) == 2)
  }

  @Test("draw nothing and move nothing but money", arguments: 0..<20 as Range<UInt64>)
  func offSwitch(seed: UInt64) throws {
    var model = try generatedModel(seed: seed)
    model.stack.costs = nil
    let without = try runReplication(of: model, seed: seed, replication: 0)
    model.stack.costs = CostModel()
    #expect(try runReplication(of: model, seed: seed, replication: 0) == without)
    model.stack.costs = CostModel(
      late: .init(due: DueModel(time: hour, calendar: nil), price: 1e6),
      delay: .init(perDay: 1e6), wrongCase: 1e6)
    let with = try runReplication(of: model, seed: seed, replication: 0)
    #expect(with.completionTimes == without.completionTimes && with.work == without.work)
    #expect(with.eventCount == without.eventCount)
    #expect(with.cohorts.map(\.restrictedTime) == without.cohorts.map(\.restrictedTime))
    // Whatever ends late, long or wrong costs more.
    #expect(with.totalCost >= without.totalCost)
    let added = [MechanismEvent.caseLate, .caseDelayed, .caseWrong].reduce(Int64(0)) {
      $0 + with.ledger[$1.rawValue].cost
    }
    #expect(with.totalCost == without.totalCost + added)
  }
}
