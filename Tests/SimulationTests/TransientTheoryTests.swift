import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// The first customers of a queue that opens empty (Law, *Simulation Modeling and Analysis*): ρ = 0.9,
/// λ = 1, mean service 0.9 for one server and 1.8 for two.
///
/// The means of the delay in queue are those of 2 million runs of an independent program, with their
/// standard errors; Law's book has 2.12, 4.13 and 3.70.
@Suite("Transients against theory") struct TransientTheoryTests {
  func model(servers: Int, customers: Int) throws -> SimulationModel {
    // Long enough for all of them to come: the mean and seven standard deviations.
    let horizon = Int64(Double(customers) + 7 * Double(customers).squareRoot()) * second
    var model = try queueModel(
      rate: 1, servers: servers, service: .exponential(mean: 0.9 * Double(servers)), runIn: 0,
      horizon: horizon)
    model.timeline.followUp = 3_600 * second
    return model
  }

  /// Mean delay in queue of the first customers, in seconds.
  func meanDelay(
    _ model: SimulationModel, customers: Int, seed: UInt64, replication: Int
  ) throws -> Double {
    var measurement = QueueMeasurement(until: model.timeline.horizon, keepsWaits: true)
    _ = try runReplication(of: model, seed: seed, replication: replication, observer: &measurement)
    let waits = measurement.stations[0].waits.prefix(customers)
    #expect(waits.count == customers)
    return waits.reduce(0, +) / Double(customers)
  }

  @Test(
    "the mean delay of the first customers is that of an independent program",
    arguments: [
      (1, 25, 2.124, 0.002), (1, 100, 4.139, 0.006), (2, 100, 3.704, 0.006),
    ])
  func firstCustomers(servers: Int, customers: Int, delay: Double, error: Double) throws {
    let model = try model(servers: servers, customers: customers)
    let delays = try (0..<8_000).map {
      try meanDelay(model, customers: customers, seed: 1, replication: $0)
    }
    let interval = interval999(delays)
    // The expected value is itself an estimate: 3.29 of its standard errors at 99.9 %.
    #expect(
      interval.lower - 3.29 * error <= delay && delay <= interval.upper + 3.29 * error,
      "\(interval)")
  }

  /// How often a 90 % interval of n replications covers the mean, which is 2.124: less often than it
  /// says, because the delays are skewed.
  ///
  /// The coverages are those of 100,000 intervals of an independent program.
  @Test("a 90 % interval covers the mean as often as an independent program found")
  func coverage() throws {
    let model = try model(servers: 1, customers: 25)
    let sizes = [(5, 0.836), (10, 0.860), (20, 0.878), (40, 0.886)]
    let repeats = 1_500
    var covered = [Int](repeating: 0, count: sizes.count)
    for index in 0..<repeats {
      var moments = RunningMoments()
      for replication in 0..<40 {
        moments.add(
          try meanDelay(model, customers: 25, seed: UInt64(index), replication: replication))
        guard let size = sizes.firstIndex(where: { $0.0 == replication + 1 }),
          let interval = meanInterval(moments, confidence: 0.9)
        else { continue }
        if interval.contains(2.124) { covered[size] += 1 }
      }
    }
    for ((size, expected), count) in zip(sizes, covered) {
      let interval = try #require(wilsonInterval(successes: count, of: repeats, confidence: 0.999))
      #expect(interval.contains(expected), "n = \(size): \(interval)")
    }
  }
}
