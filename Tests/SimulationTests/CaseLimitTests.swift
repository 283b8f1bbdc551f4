import EventEngine
import SimulationTestSupport
import Testing

@testable import Simulation

@Suite("Runs that count so many cases") struct CaseLimitTests {
  /// One clerk at 60 EUR an hour around the clock, a case every ten minutes from 10 min on, work of
  /// `minutes`; counts so many cases.
  func model(cases: Int, minutes: Double, servers: Int = 1) throws -> SimulationModel {
    var model = try queueModel(
      rate: 1 / 600.0, servers: servers, service: .constant(minutes * 60), runIn: 0,
      horizon: Int64(cases) * 10 * minute, pattern: .regular)
    model.stack.teams[0].people = Array(
      repeating: .init(calendar: 0, hourlyCost: 60e6), count: servers)
    model.timeline.caseLimit = cases
    model.timeline.followUp = Timeline.endless
    return model
  }

  /// Cases arrive at 10, 20, 30 and 40 min and take 15 min each: they begin at 10, 25, 40 and 55 min, so
  /// that they wait 0 + 5 + 10 + 15 = 30 min, and are done at 25, 40, 55 and 70 min.
  ///
  /// By the fourth
  /// arrival, at 40 min, one is done, and another in the same instant; the clerk has worked 30 min.
  @Test("the first four are counted, arrivals stop, and the run ends when all are done")
  func four() throws {
    let record = try runReplication(of: try model(cases: 4, minutes: 15), seed: 1, replication: 0)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } == 4)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 4)
    #expect(record.countedUntil == 40 * minute)
    let times = record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }
    #expect(times == Int128((15 + 20 + 25 + 30) * minute))
    #expect(record.teams[0].workWhileCounting == 30 * minute)
    // Four arrivals, four ends of work, and nothing after them.
    #expect(record.eventCount == 8)
  }

  @Test("no cost is owed for being late: every case is done")
  func nothingOwed() throws {
    let record = try runReplication(of: try model(cases: 4, minutes: 15), seed: 1, replication: 0)
    let cost = record.cohorts.reduce(
      into: [Int64](repeating: 0, count: CostComponent.allCases.count)
    ) { sums, cohort in
      for index in sums.indices { sums[index] += cohort.cost[index] }
    }
    #expect(cost[CostComponent.tasks.rawValue] == 60_000_000)
    #expect(cost[CostComponent.owed.rawValue] == 0)
  }

  /// With a cap of 22 min the third and fourth, which take 25 and 30 min, are not completed within it; the
  /// run ends 22 min after the last arrival, at 62 min, with the fourth in hand.
  @Test("a cap on following cases holds from each arrival")
  func capped() throws {
    var model = try model(cases: 4, minutes: 15)
    model.timeline.followUp = 22 * minute
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 2)
    let times = record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }
    #expect(times == Int128((15 + 20 + 22 + 22) * minute))
    #expect(record.cohorts.reduce(Int64(0)) { $0 + $1.taskTime } == 60 * minute)
  }

  /// Arrivals end at 45 min: of ten cases four come, at 10, 20, 30 and 40 min, as in `four`.
  ///
  /// The clerk's hours go on for ever, so that nothing else ends the run.
  @Test("where arrivals end too early the run ends, and says how many cases are missing")
  func arrivalsEnd() throws {
    var model = try model(cases: 10, minutes: 15)
    model.demand.calendar = WorkCalendar([(0, 45 * minute)])
    let staff = WorkCalendar([(0, 23 * hour), (24 * hour, 47 * hour)], repeating: day)
    #expect(staff.repetition != nil)
    model.calendars = [staff]
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.missingCases == 6)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } == 4)
    #expect(record.cohorts.reduce(0) { $0 + $1.completed } == 4)
    #expect(record.countedUntil == 40 * minute)
    #expect(record.teams[0].workWhileCounting == 30 * minute)
    let four = try runReplication(
      of: try self.model(cases: 4, minutes: 15), seed: 1, replication: 0)
    #expect(four.missingCases == 0)
  }

  @Test("a list of fewer arrivals, and none at all, leave cases missing as well")
  func listEnds() throws {
    var model = try model(cases: 10, minutes: 15)
    model.demand.pattern = .replay
    model.demand.instants = [5 * minute, 6 * minute, 7 * minute]
    #expect(model.demand.expectedCases == 3)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.missingCases == 7 && record.countedUntil == 7 * minute)
    model.demand.instants = []
    let empty = try runReplication(of: model, seed: 1, replication: 0)
    #expect(empty.missingCases == 10 && empty.countedUntil == 0)
    #expect(empty.cohorts.reduce(0) { $0 + $1.arrived } == 0)
  }

  /// Six an hour in 45 minutes, from day 0 on.
  @Test("what is to be expected before arrivals end is known")
  func expected() throws {
    var model = try model(cases: 10, minutes: 15)
    #expect(model.demand.expectedCases == nil)
    model.demand.calendar = WorkCalendar([(-2 * hour, -hour), (0, 45 * minute)])
    #expect(abs((model.demand.expectedCases ?? 0) - 4.5) < 1e-9)
  }

  /// Cases that come later than the last cohort of the expected horizon belong to that cohort.
  @Test("cases that come later than expected are counted with the last cohort")
  func late() throws {
    var model = try model(cases: 6, minutes: 5)
    model.timeline.horizon = 30 * minute
    model.timeline.cohortLength = 15 * minute
    let record = try runReplication(of: model, seed: 1, replication: 0)
    // 10 | 20, 30, 40, 50, 60
    #expect(record.cohorts.map(\.arrived) == [1, 5])
  }

  @Test("samples after the end of the run say what is then")
  func outstandingSamples() throws {
    var model = try model(cases: 2, minutes: 5)
    model.timeline.dayCloses = [12 * minute, 22 * minute, day]
    model.timeline.horizonDays = 3
    model.timeline.sampledDays = 3
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.teams[0].inService == [1, 1, 0])
    #expect(record.teams[0].workDone == [2 * minute, 7 * minute, 10 * minute])
  }

  /// Two cases at 10 and 20 min, 15 min of work each, one clerk who takes two at a time, each then at half
  /// the pace.
  ///
  /// The first has 5 min left at 20 min and takes ten for them; the second has done five by 30 min and
  /// takes ten more. Nobody waits; each is in hand for 20 min and takes 15 of work.
  @Test("work on several items counts from when each was first begun")
  func multitasking() throws {
    var model = try model(cases: 2, minutes: 15)
    model.stack.teams[0].multitasking = .init(limit: 2, slowdown: 1)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let rows = WorkRecordRows(activities: 1, guardrails: 0)
    let work = record.work[rows.row(activity: 0, .task)]
    #expect(work.count == 2)
    #expect(work.waitingTime == 0)
    #expect(work.serviceTime == Int128(40 * minute))
    #expect(work.workTime == 30 * minute)
    #expect(work.cost == 30_000_000)
  }

  /// Three cases at 10, 20 and 30 min, 15 min of work, and the clerk is away from 20 to 60 min: the first
  /// is in hand from 10 to 65 min, the second waits 45 min and is in hand for 15, the third waits 50.
  @Test("waiting and being in hand are in calendar time, the work itself in working time")
  func pauses() throws {
    var model = try model(cases: 3, minutes: 15)
    model.calendars = [WorkCalendar([(0, 20 * minute), (60 * minute, day)])]
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let work = record.work[0]
    #expect(work.count == 3)
    #expect(work.waitingTime == Int128((45 + 50) * minute))
    #expect(work.serviceTime == Int128((55 + 15 + 15) * minute))
    #expect(work.workTime == 45 * minute)
  }

  /// In a steady state of two clerks at three quarters of their time, the same number is inside however
  /// long it lasts.
  @Test("memory does not grow with the number of cases")
  func memory() throws {
    func places(_ cases: Int) throws -> [Int] {
      var run = Replication(
        model: try model(cases: cases, minutes: 15, servers: 2), seed: 1, replication: 0,
        observer: NoObserver())
      try run.run(nil)
      #expect(run.record.cohorts.reduce(0) { $0 + $1.completed } == cases)
      return [
        run.cases.highWater, run.scopes.highWater, run.tokens.highWater, run.items.highWater,
        run.firstStarts.highWater, run.record.cohorts.count, run.record.completionTimes.count,
      ]
    }
    let (short, long) = (try places(1_000), try places(1_000_000))
    #expect(short == long)
  }
}

@Suite("Control of runs") struct RunControlTests {
  private func model() throws -> SimulationModel {
    try CaseLimitTests().model(cases: 10_000, minutes: 5)
  }

  @Test("a run that is stopped yields nothing")
  func stopped() throws {
    let control = RunControl()
    control.stop(.timeLimit)
    #expect(throws: SimulationError.stopped) {
      try runReplication(of: model(), seed: 1, replication: 0, control: control)
    }
    control.stop(.interrupted)
    #expect(control.stopReason == .timeLimit)
  }

  /// 10,000 arrivals and as many ends of work.
  @Test("a run that needs more events than allowed fails, one that needs as many does not")
  func events() throws {
    let whole = try runReplication(of: try model(), seed: 1, replication: 0)
    #expect(whole.eventCount == 20_000)
    let bounded = try runReplication(
      of: try model(), seed: 1, replication: 0, control: RunControl(eventLimit: 20_000))
    #expect(bounded == whole)
    // Case 5,001 arrives at 50,010 min, five minutes before event 10,002; case 5,000 was done before.
    #expect(
      throws: SimulationError.tooManyEvents(limit: 10_001, at: 50_010 * minute, casesInside: 1)
    ) {
      try runReplication(
        of: model(), seed: 1, replication: 0, control: RunControl(eventLimit: 10_001))
    }
  }

  @Test("progress goes up to the number of replications")
  func progress() throws {
    let reported = Reported()
    let control = RunControl { reported.add($0) }
    for replication in 0..<2 {
      _ = try runReplication(of: try model(), seed: 1, replication: replication, control: control)
    }
    let values = reported.values
    #expect(values == values.sorted())
    #expect(values.count >= 8)
    #expect(abs((values.last ?? 0) - 2) < 1e-9)
  }
}

/// What a control has reported, from one thread.
private final class Reported: @unchecked Sendable {
  private(set) var values: [Double] = []
  func add(_ value: Double) { values.append(value) }
}
