import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Flows of several stations against exact results.
@Suite("Networks of queues against theory") struct NetworkTheoryTests {
  /// A flow whose activities are done by one team each, of so many people and such a service time.
  func model(
    _ process: BusinessProcess, rate: Double, stations: [(servers: Int, service: SampledTime)],
    shares: [String: Double] = [:], runIn: Int64 = 2_000 * second,
    horizon: Int64 = 100_000 * second
  ) throws -> SimulationModel {
    var model = try queueModel(
      rate: rate, servers: 1, service: .constant(0), runIn: runIn, horizon: horizon)
    let flow = try FlowGraph(process)
    let stack = StackModel(
      name: "network",
      teams: stations.enumerated().map { index, station in
        TeamModel(
          name: "station \(index)",
          people: Array(
            repeating: .init(calendar: 0, hourlyCost: 36e6), count: station.servers))
      },
      activities: stations.enumerated().map { index, station in
        ActivityModel(team: index, handlingTime: station.service)
      },
      flowProbabilities: flow.flowIDs.map { shares[$0] ?? 1 })
    model.flow = flow
    model.stack = stack
    model.runInStack = runIn > 0 ? stack : nil
    return model
  }

  /// Mean time in system, in seconds, of each replication.
  func sojourns(_ model: SimulationModel, replications: Int = 20) throws -> [Double] {
    try (0..<replications).map { replication in
      let cohort = try runReplication(of: model, seed: 77, replication: replication).cohorts[0]
      #expect(cohort.completed == cohort.arrived)
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
  }

  /// Cases come to station 1 (M/M/1, μ = 2) at rate 1; 80 % go on to station 2 (M/M/3, μ = ½ each);
  /// 30 % of those come back.
  ///
  /// λ1 = 1/(1 − 0.24) = 1.315789, λ2 = 0.8 λ1 = 1.052632; by Jackson's theorem L1 = ρ/(1 − ρ) =
  /// 1.923077 and L2 = 3.269779, and a case takes L1 + L2 = 5.192856 at rate 1.
  @Test("a network with a way back is Jackson's, station by station and in all")
  func jackson() throws {
    let process = process(
      [
        ("start", .startEvent(.none)), ("again", .gateway(.exclusive)), ("one", .task(.user)),
        ("on", .gateway(.exclusive)), ("two", .task(.user)), ("back", .gateway(.exclusive)),
        ("end", .endEvent(.none)),
      ],
      [
        ("start", "again"), ("again", "one"), ("one", "on"), ("on", "two"), ("on", "end"),
        ("two", "back"), ("back", "again"), ("back", "end"),
      ])
    let model = try model(
      process, rate: 1,
      stations: [(1, .exponential(mean: 0.5)), (3, .exponential(mean: 2))],
      shares: ["on-two": 0.8, "on-end": 0.2, "back-again": 0.3, "back-end": 0.7])
    let interval = interval999(try sojourns(model))
    #expect(interval.contains(5.192856), "\(interval)")
    var numbers: (one: [Double], two: [Double]) = ([], [])
    for replication in 0..<12 {
      var measurement = QueueMeasurement(stations: 2, until: model.timeline.horizon)
      _ = try runReplication(
        of: model, seed: 78, replication: replication, observer: &measurement)
      // By Little's law the number present is the time spent there, over all that came, per second.
      func number(_ station: Int) -> Double {
        let seen = measurement.stations[station]
        return Double(seen.waiting + seen.serving) / Double(model.timeline.horizon)
      }
      numbers.one.append(number(0))
      numbers.two.append(number(1))
    }
    for (values, expected) in [(numbers.one, 1.923077), (numbers.two, 3.269779)] {
      let interval = interval999(values)
      #expect(interval.contains(expected), "\(expected) \(interval)")
    }
  }

  /// A case that has to be done again with probability p comes 1/(1 − p) times: λ = 0.6, p = ¼ load
  /// the server like λ/(1 − p) = 0.8.
  ///
  /// By Jackson's theorem L = 4, and W = L/λ = 6.666667.
  @Test("work that has to be done again loads its server by 1/(1 − p)")
  func feedback() throws {
    let process = process(
      [
        ("start", .startEvent(.none)), ("again", .gateway(.exclusive)), ("work", .task(.user)),
        ("check", .gateway(.exclusive)), ("end", .endEvent(.none)),
      ],
      [
        ("start", "again"), ("again", "work"), ("work", "check"), ("check", "again"),
        ("check", "end"),
      ])
    let model = try model(
      process, rate: 0.6, stations: [(1, .exponential(mean: 1))],
      shares: ["check-again": 0.25, "check-end": 0.75])
    let interval = interval999(try sojourns(model))
    #expect(interval.contains(20.0 / 3), "\(interval)")
  }

  /// Runs that fail with p = 0.4 and are tried until they succeed: 1/(1 − p) = 5/3 runs a case.
  ///
  /// The automation has one runner, λ = 0.4 and runs of mean 1 s. With a back-off of nothing a failed run
  /// goes to the end of the queue, which is feedback again: ρ = 2/3, L = 2, W = 5.
  @Test(
    "an automation that tries again until it succeeds runs 1/(1 − p) times and waits as feedback")
  func retries() throws {
    var model = try queueModel(
      rate: 0.4, servers: 1, service: .constant(1), runIn: 2_000 * second,
      horizon: 100_000 * second)
    model.stack.automations = [
      AutomationModel(
        name: "bot", runners: 1, runTime: .exponential(mean: 1), failureProbability: 0.4,
        retries: 100)
    ]
    model.stack.activities[0].automation = 0
    model.runInStack = model.stack
    var runs: [Double] = []
    var times: [Double] = []
    for replication in 0..<20 {
      let record = try runReplication(of: model, seed: 5, replication: replication)
      let arrived = Double(record.cohorts[0].arrived)
      runs.append(Double(record.automationRuns[0]) / arrived)
      times.append(Double(record.cohorts[0].restrictedTime) / arrived / 1e6)
    }
    #expect(interval999(runs).contains(5.0 / 3), "\(interval999(runs))")
    #expect(interval999(times).contains(5), "\(interval999(times))")
  }

  private func forkJoin(branches: Int) -> BusinessProcess {
    let tasks = (0..<branches).map { "branch\($0)" }
    return process(
      [("start", .startEvent(.none)), ("fork", .gateway(.parallel))]
        + tasks.map { ($0, .task(.user)) }
        + [("join", .gateway(.parallel)), ("end", .endEvent(.none))],
      [("start", "fork"), ("join", "end")] + tasks.map { ("fork", $0) }
        + tasks.map { ($0, "join") })
  }

  /// The largest of n independent exponential times has mean 1 + 1/2 + … + 1/n.
  @Test("a join waits for the last: the mean of the largest of n times", arguments: [3, 5])
  func largestOfSeveral(branches: Int) throws {
    // A case every two minutes finds everybody free: of n cases about n · e^−120 meet another.
    var model = try model(
      forkJoin(branches: branches), rate: 1 / 120.0,
      stations: Array(repeating: (1, .exponential(mean: 1)), count: branches), runIn: 0,
      horizon: 600_000 * second)
    model.demand.pattern = .regular
    let harmonic = (1...branches).reduce(0.0) { $0 + 1 / Double($1) }
    let interval = interval999(try sojourns(model))
    #expect(interval.contains(harmonic), "\(harmonic) \(interval)")
  }

  /// Two M/M/1 queues fed by the same arrivals, μ = 1: (12 − ρ)/8 · 1/(μ − λ).
  ///
  /// Flatto and Hahn 1984; Nelson and Tantawi, IEEE Transactions on Computers 37 (1988).
  @Test(
    "a fork to two queues and a join take as long as Flatto and Hahn say",
    arguments: [(0.5, 2.875), (0.8, 7.0)])
  func parallelQueues(load: Double, time: Double) throws {
    let model = try model(
      forkJoin(branches: 2), rate: load,
      stations: Array(repeating: (1, .exponential(mean: 1)), count: 2))
    let interval = interval999(try sojourns(model))
    #expect(interval.contains(time), "\(interval)")
  }
}
