import EventEngine
import Facts
import Foundation
import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

/// What users of other simulators complain about and no other test shows to be otherwise here; the whole
/// list is in `docs/background/peers-complaints.md`.
@Suite("Complaints about other simulators") struct PeersComplaintsTests {
  func person(_ calendar: Int = 0) -> TeamModel.Person {
    TeamModel.Person(calendar: calendar, hourlyCost: 36e6)
  }

  func trace(
    _ tasks: [TimedTask], _ team: TeamModel, calendars: [WorkCalendar] = [.continuous]
  ) throws -> [[String]] {
    var trace = WorkTrace()
    _ = try runReplication(
      of: try timedTasks(tasks, team: team, calendars: calendars), seed: 1, replication: 0,
      observer: &trace)
    return trace.items
  }

  /// Prosimos #64: usual work waited, beside idle people, until the first urgent case had come.
  ///
  /// Usual work comes at 1 s and 2 s, urgent work not before 1,000 s: the usual is done long before.
  @Test("urgent work that is still to come keeps nothing waiting")
  func futureUrgentWork() throws {
    let found = try trace(
      [
        TimedTask(at: 1, work: 10, QueueingModel(priority: 5)),
        TimedTask(at: 2, work: 10, QueueingModel(priority: 5)),
        TimedTask(at: 1_000, work: 10, QueueingModel(priority: 0)),
      ], TeamModel(name: "team", people: [person()]))
    #expect(found.map { $0.last } == ["11 done", "21 done", "1010 done"])
  }

  /// Prosimos #50: the first case arrived at the start of the run, whatever the calendar said.
  ///
  /// The run starts at midnight; the first two days are closed, as for a week-end or holidays.
  @Test(
    "no case arrives out of hours, the first as little as any other",
    arguments: [Demand.Pattern.poisson, .regular, .renewal])
  func firstCase(pattern: Demand.Pattern) throws {
    var model = try queueModel(
      rate: 0, servers: 1, service: .constant(1), runIn: 0, horizon: 20 * day, pattern: pattern)
    model.demand.calendar = WorkCalendar(
      (2..<40).map { (Int64($0) * day + 9 * hour, Int64($0) * day + 17 * hour) })
    model.demand.rate = 100 / Double(8 * hour)
    model.demand.between = .exponential(mean: 288)
    for replication in 0..<20 {
      var arrivals = ArrivalInstants()
      _ = try runReplication(of: model, seed: 3, replication: replication, observer: &arrivals)
      let first = try #require(arrivals.instants.first)
      #expect(first > 2 * day + 9 * hour && first <= 2 * day + 17 * hour)
      // An instant belongs to the interval it ends.
      #expect(arrivals.instants.allSatisfy { model.demand.calendar.isOpen(at: $0 - 1) })
    }
  }

  struct ArrivalInstants: SimulationObserver {
    var instants: [Int64] = []
    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
      if case .arrived = change { instants.append(time) }
    }
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {}
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  /// Ciw #168: batches formed at the first node only.
  ///
  /// Cases come at 0, 10 and 20 s; the first step takes 4 s at a team of its own, so they reach the second
  /// at 4, 14 and 24 s. There two make a batch of 2 · 3 s: done at 20 s; the third waits for its 100 s.
  @Test("batches form at any step, of what comes there")
  func batchAtSecondStep() throws {
    let flow = try FlowGraph(sequence(of: ["first", "second"]))
    var model = try queueModel(
      rate: 0, servers: 1, service: .constant(4), runIn: 0, horizon: 1_000 * second,
      pattern: .replay)
    model.flow = flow
    model.demand.instants = [0, 10 * second, 20 * second]
    model.stack.teams = ["one", "two"].map { TeamModel(name: $0, people: [person()]) }
    model.stack.activities = [
      ActivityModel(team: 0, handlingTime: .constant(4)),
      ActivityModel(
        team: 1, handlingTime: .constant(3), batch: BatchModel(size: 2, wait: 100 * second)),
    ]
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    let record = try runReplication(of: model, seed: 1, replication: 0)
    // 20 − 0, 20 − 10, and 24 + 100 + 3 − 20.
    #expect(record.cohorts[0].restrictedTime == Int128((20 + 10 + 107) * second))
  }

  /// simmer #116: a request for less overtook one for more.
  ///
  /// Short work never overtakes long work, and what somebody else could do does not wait behind what only a
  /// busy colleague can.
  @Test("the queue is first come, first served, whatever the size of the work")
  func fifoOrder() throws {
    let works: [Double] = [50, 40, 1, 30, 2, 20]
    let tasks = works.enumerated().map { TimedTask(at: Double($0.offset), work: $0.element) }
    let found = try trace(tasks, TeamModel(name: "team", people: [person()]))
    let begun = found.compactMap {
      $0.first { $0.hasSuffix("inService") }?.split(separator: " ")[0]
    }
    #expect(begun == ["0", "50", "90", "91", "121", "123"])
    var specialists = TeamModel(name: "team", people: [person(), person()])
    specialists.people[0].skills = [1]
    let mixed = try trace(
      [
        TimedTask(at: 0, work: 50, QueueingModel(skills: [1])),
        TimedTask(at: 1, work: 50, QueueingModel(skills: [1])), TimedTask(at: 2, work: 5),
      ], specialists)
    #expect(mixed.map { $0.last } == ["50 done", "100 done", "7 done"])
  }

  /// simmer #114: urgent work interrupted some although a server was free.
  @Test("nothing is interrupted while somebody is free for the urgent")
  func unsaturatedPreemption() throws {
    var team = TeamModel(name: "team", people: [person(), person()])
    team.preemption = .resume
    let found = try trace(
      [
        TimedTask(at: 0, work: 100, QueueingModel(priority: 9)),
        TimedTask(at: 5, work: 10, QueueingModel(priority: 0)),
      ], team)
    #expect(
      found == [
        ["0 waiting", "0 inService", "100 done"], ["5 waiting", "5 inService", "15 done"],
      ])
  }

  /// simmer #246: when the capacity dropped an arbitrary job was interrupted.
  ///
  /// Of two people one leaves at 100 s: their own work rests (or is handed over), the other's goes on.
  @Test("the end of one person's shift touches that person's work alone")
  func endOfOneShift() throws {
    let calendars = [
      WorkCalendar([(0, 200 * second)]),
      WorkCalendar([(0, 100 * second), (20_000 * second, 20_100 * second)]),
    ]
    let tasks = [TimedTask(at: 50, work: 80), TimedTask(at: 60, work: 80)]
    var team = TeamModel(name: "team", people: [person(0), person(1)])
    let resting = try trace(tasks, team, calendars: calendars)
    #expect(resting[0] == ["50 waiting", "50 inService", "130 done"])
    #expect(
      resting[1] == [
        "60 waiting", "60 inService", "100 suspended", "20000 inService", "20040 done",
      ])
    team.shiftEnd = .handOver
    let handed = try trace(tasks, team, calendars: calendars)
    #expect(handed[0] == ["50 waiting", "50 inService", "130 done"])
    #expect(
      handed[1] == ["60 waiting", "60 inService", "100 waiting", "130 inService", "170 done"])
  }

  /// simmer #156: a policy of choice gave work to a resource that was closed.
  @Test("work goes to whoever is there, not to the first of the team who is at home")
  func closedPeople() throws {
    let calendars = [
      WorkCalendar([(1_000 * second, 2_000 * second)]), WorkCalendar([(0, 2_000 * second)]),
    ]
    let team = TeamModel(name: "team", people: [person(0), person(1)])
    let found = try trace(
      [TimedTask(at: 0, work: 10), TimedTask(at: 1, work: 10)], team, calendars: calendars)
    #expect(found.map { $0.last } == ["10 done", "20 done"])
  }

  /// simmer #156 and #213: each team's queue is counted apart.
  @Test("who waits where is counted for each team")
  func waitsByTeam() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("fork", .gateway(.parallel)), ("a", .task(.user)),
          ("b", .task(.user)), ("enda", .endEvent(.none)), ("endb", .endEvent(.none)),
        ], [("start", "fork"), ("fork", "a"), ("fork", "b"), ("a", "enda"), ("b", "endb")]))
    var model = try queueModel(
      rate: 0, servers: 1, service: .constant(1), runIn: 0, horizon: day, pattern: .replay)
    model.flow = flow
    model.demand.instants = [0, 0, 0]
    model.stack.teams = ["one", "two"].map { TeamModel(name: $0, people: [person()]) }
    model.stack.activities = [
      ActivityModel(team: 0, handlingTime: .constant(3_600)),
      ActivityModel(team: 1, handlingTime: .constant(60)),
    ]
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    model.timeline.dayCloses = [minute + second, hour + second]
    model.timeline.sampledDays = 2
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.teams[0].waitingTasks == [2, 1])
    #expect(record.teams[1].waitingTasks == [1, 0])
  }

  /// JaamSim #28: a run without a window never ended.
  @Test("a loop that takes no time is an error that names an element of it")
  func endlessLoop() throws {
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("again", .gateway(.exclusive)),
          ("check", .gateway(.exclusive)), ("end", .endEvent(.none)),
        ], [("start", "again"), ("again", "check"), ("check", "again"), ("check", "end")]))
    let element = try #require(
      try elementOfEndlessLoop(in: flow) { $0 == "check-end" ? 0 : 1 })
    #expect(["again", "check"].contains(element))
  }

  /// JaamSim #28 again: a queue that only grows.
  ///
  /// 1,000 cases an hour come, 60 can be done.
  @Test("a run whose cases only grow in number stops at its limit, with the instant")
  func diverging() throws {
    var model = try queueModel(
      rate: 1_000 / 3_600.0, servers: 1, service: .constant(60), runIn: 0, horizon: 100 * day,
      pattern: .regular)
    model.limits.liveCases = 5_000
    let error = #expect(throws: SimulationError.self) {
      try runReplication(of: model, seed: 1, replication: 0)
    }
    guard case .tooManyLiveCases(let limit, let instant)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    // 940 more an hour: 5,000 are inside after 5,000/940 hours, 5.32.
    #expect(limit == 5_000)
    #expect(abs(Double(instant) / Double(hour) - 5_000 / 940.0) < 0.01)
  }

  /// jBPM PR#807: nested forks gave wrong times.
  ///
  /// Two branches, of which the second forks again into 3 s and 7 s and joins before 2 s more; the first takes
  /// 8 s: max(8, max(3, 7) + 2) = 9 s, then 1 s.
  @Test("a fork within a fork joins where it should")
  func nestedForks() throws {
    let names = ["a", "b", "c", "d", "last"]
    let flow = try FlowGraph(
      process(
        [
          ("start", .startEvent(.none)), ("fork", .gateway(.parallel)),
          ("inner", .gateway(.parallel)), ("innerJoin", .gateway(.parallel)),
          ("join", .gateway(.parallel)), ("end", .endEvent(.none)),
        ]
          + names.map { ($0, .task(.user)) },
        [
          ("start", "fork"), ("fork", "a"), ("fork", "inner"), ("inner", "b"), ("inner", "c"),
          ("b", "innerJoin"), ("c", "innerJoin"), ("innerJoin", "d"), ("a", "join"),
          ("d", "join"), ("join", "last"), ("last", "end"),
        ]))
    let times = ["a": 8.0, "b": 3, "c": 7, "d": 2, "last": 1]
    var model = try queueModel(
      rate: 0, servers: 3, service: .constant(1), runIn: 0, horizon: hour, pattern: .replay)
    model.flow = flow
    model.demand.instants = [0]
    model.stack.activities = flow.activities.indices.map {
      ActivityModel(team: 0, handlingTime: .constant(times[flow.activityID($0)] ?? 0))
    }
    model.stack.flowProbabilities = flow.flows.map { _ in 1 }
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts[0].restrictedTime == Int128(10 * second))
  }

  // MARK: The page

  /// Every `Suite.test` named on the page is a function in the file of that suite.
  @Test("every test that the page of complaints names exists")
  func pageNamesTests() throws {
    let root = URL(filePath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let page = try String(
      contentsOf: root.appending(path: "docs/background/peers-complaints.md"), encoding: .utf8)
    let names = page.matches(of: /`([A-Za-z]+Tests)\.([A-Za-z]+)`/)
    #expect(names.count >= 40)
    let files = try #require(
      FileManager.default.enumerator(
        at: root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    )
    var sources: [String: String] = [:]
    for case let url as URL in files where url.pathExtension == "swift" {
      // Two modules may have suites of one name.
      sources[url.deletingPathExtension().lastPathComponent, default: ""] += try String(
        contentsOf: url, encoding: .utf8)
    }
    for name in names {
      let source = sources[String(name.output.1)]
      #expect(source != nil, "there is no file \(name.output.1).swift")
      #expect(source?.contains("func \(name.output.2)(") == true, "\(name.output.0)")
    }
    // Each row of the table says where it is tested, or why it does not apply.
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("#") }
    #expect(rows.count >= 24)
    for row in rows {
      #expect(
        row.contains("Tests.") || row.contains("Does not apply") || row.contains("`make bench`"),
        "\(row)")
    }
  }
}

/// The element that the error of a run of a flow names as part of a loop that takes no time; any other end
/// of the run is recorded as an issue.
///
/// - Parameter probability: of a flow, by id.
func elementOfEndlessLoop(
  in flow: FlowGraph, probability: (String) -> Double
) throws -> String? {
  var model = try queueModel(
    rate: 1, servers: 1, service: .constant(1), runIn: 0, horizon: hour)
  model.flow = flow
  model.stack.activities = []
  model.stack.flowProbabilities = flow.flowIDs.map(probability)
  model.limits.movesPerInstant = 10_000
  let error = #expect(throws: SimulationError.self) {
    try runReplication(of: model, seed: 1, replication: 0)
  }
  guard case .endlessLoop(let element, _)? = error else {
    Issue.record("\(String(describing: error))")
    return nil
  }
  return element
}
