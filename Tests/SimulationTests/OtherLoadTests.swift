import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Load of others on applications") struct OtherLoadTests {
  /// Rare cases of our own, which hold the one session for no time, among calls of others of 1 s
  /// (exponential): what they wait is the wait in M/M/1.
  private func model(
    callsPerSecond: Double, limit: Int = 1, calendar: Int? = nil
  ) throws -> SimulationModel {
    var application = ApplicationModel(name: "core", concurrent: limit)
    application.others = OtherLoadModel(
      perSecond: callsPerSecond, time: .exponential(mean: 1), calendar: calendar)
    return try applicationModel(
      application, people: 50, service: 0, horizon: 20_000 * second, arrivalsPerSecond: 0.01)
  }

  private func meanWaits(_ model: SimulationModel) throws -> [Double] {
    try (0..<30).map { replication in
      let used = try runReplication(of: model, seed: 3, replication: replication).applications[0]
      return Double(used.waitingTime) / Double(used.uses) / 1e6
    }
  }

  /// ρ/(μ (1 − ρ)): 1 s at half load, 3 s at three quarters.
  @Test(
    "the process's own work waits as in the queue of all", arguments: [(0.5, 1.0), (0.75, 3.0)])
  func waits(load: Double, expected: Double) throws {
    let interval = interval999(try meanWaits(model(callsPerSecond: load)))
    #expect(interval.contains(expected), "\(interval)")
    #expect(interval.halfWidth < 0.5)
  }

  /// One call in 2 s, of 1 s, among at most one session: half of it is in use.
  @Test("what others hold counts as in use, their calls not as uses of the process")
  func counted() throws {
    let shares = try (0..<30).map { replication in
      let record = try runReplication(
        of: model(callsPerSecond: 0.5), seed: 3, replication: replication)
      #expect(record.applications[0].uses == 199)
      return Double(record.applications[0].timeInUse) / 20_000e6
    }
    #expect(interval999(shares).contains(0.5))
  }

  /// Two requests a second, of which others take one on average: those of the process, which come each
  /// second, leave the bucket no slack, so that it empties.
  @Test("they take requests from a rate limit")
  func requests() throws {
    func waited(_ calls: Double) throws -> Int128 {
      var application = ApplicationModel(
        name: "core", rateLimit: .init(requests: 2, period: second, burst: 1))
      application.others = OtherLoadModel(perSecond: calls, time: .constant(0))
      let model = try applicationModel(
        application, people: 500, service: 0, horizon: 1_000 * second)
      return try runReplication(of: model, seed: 1, replication: 0).applications[0].waitingTime
    }
    #expect(try waited(0) == 0)
    #expect(try waited(0.5) > 0)
    #expect(try waited(0.9) > waited(0.5))
  }

  @Test("they come in their hours only")
  func hours() throws {
    var model = try model(callsPerSecond: 0.9, calendar: 1)
    model.calendars.append(WorkCalendar([(30_000 * second, 40_000 * second)]))
    let closed = try runReplication(of: model, seed: 1, replication: 0).applications[0]
    #expect(closed.waited == 0 && closed.timeInUse == 0)
    model.calendars[1] = WorkCalendar([(0, 10_000 * second)])
    let half = try runReplication(of: model, seed: 1, replication: 0).applications[0]
    #expect(half.waited > 0)
  }

  @Test("where nothing is limited they change nothing, and no draw of others ever")
  func neutral() throws {
    func run(_ model: SimulationModel) throws -> (ReplicationRecord, [DrawLog.Key]) {
      var observer = DrawObserver()
      let record = try runReplication(of: model, seed: 1, replication: 0, observer: &observer)
      return (record, observer.log.keys)
    }
    var unlimited = try model(callsPerSecond: 0.9, limit: 0)
    let with = try run(unlimited)
    unlimited.stack.applications[0].others = nil
    let without = try run(unlimited)
    #expect(with.0 == without.0 && with.1 == without.1)
  }

  @Test("they count in what an application must bear")
  func intensity() throws {
    let intensities = try model(callsPerSecond: 0.75).resourceIntensities()
    #expect(intensities.map(\.intensity).contains { abs($0 - 0.75) < 1e-9 })
  }
}
