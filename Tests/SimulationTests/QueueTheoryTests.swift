import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Single queues against exact results of queueing theory; values from any textbook, such as Gross
/// et al., *Fundamentals of Queueing Theory*.
///
/// The theory value must lie in the 99.9 % interval of the replications. The run-in serves as
/// warm-up: replications start from a queue long at work.
@Suite("Queues against theory") struct QueueTheoryTests {
  struct Row: CustomTestStringConvertible, Sendable {
    var name: String
    var arrivalsPerSecond: Double
    var servers: Int
    var family: Distribution.Family
    /// Mean wait in queue, in seconds, service mean 1 s.
    var wait: Double
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "M/M/1 at 0.5", arrivalsPerSecond: 0.5, servers: 1, family: .exponential(mean: 1),
      wait: 1),
    Row(
      name: "M/M/1 at 0.9", arrivalsPerSecond: 0.9, servers: 1, family: .exponential(mean: 1),
      wait: 9),
    Row(
      name: "M/M/2 at 1", arrivalsPerSecond: 1, servers: 2, family: .exponential(mean: 1),
      wait: 0.333333),
    Row(
      name: "M/M/2 at 1.8", arrivalsPerSecond: 1.8, servers: 2, family: .exponential(mean: 1),
      wait: 4.263158),
    Row(
      name: "M/M/3 at 2", arrivalsPerSecond: 2, servers: 3, family: .exponential(mean: 1),
      wait: 0.444444),
    Row(
      name: "M/M/5 at 4", arrivalsPerSecond: 4, servers: 5, family: .exponential(mean: 1),
      wait: 0.554113),
    Row(
      name: "M/M/10 at 8", arrivalsPerSecond: 8, servers: 10, family: .exponential(mean: 1),
      wait: 0.204590),
    Row(
      name: "M/M/12 at 10", arrivalsPerSecond: 10, servers: 12, family: .exponential(mean: 1),
      wait: 0.224694),
    Row(
      name: "M/M/55 at 48", arrivalsPerSecond: 48, servers: 55, family: .exponential(mean: 1),
      wait: 0.034100),
    Row(
      name: "M/M/10 at 9", arrivalsPerSecond: 9, servers: 10, family: .exponential(mean: 1),
      wait: 0.668732),
    Row(
      name: "M/M/14 at 10", arrivalsPerSecond: 10, servers: 14, family: .exponential(mean: 1),
      wait: 0.043533),
    Row(
      name: "M/M/50 at 45", arrivalsPerSecond: 45, servers: 50, family: .exponential(mean: 1),
      wait: 0.072773),
    Row(
      name: "M/M/100 at 95", arrivalsPerSecond: 95, servers: 100, family: .exponential(mean: 1),
      wait: 0.101291),
    Row(
      name: "M/D/1 at 0.8", arrivalsPerSecond: 0.8, servers: 1, family: .constant(value: 1), wait: 2
    ),
    Row(
      name: "M/E2/1 at 0.8", arrivalsPerSecond: 0.8, servers: 1,
      family: .erlang(phases: 2, mean: 1), wait: 3),
    Row(
      name: "M/M/1 at 0.8", arrivalsPerSecond: 0.8, servers: 1, family: .exponential(mean: 1),
      wait: 4),
    // Squared coefficients of variation of 2 and 4: σ² = ln 3 and mean e^(μ + σ²/2) = 1; 1/shape = 4.
    Row(
      name: "M/lognormal/1 at 0.8", arrivalsPerSecond: 0.8, servers: 1,
      family: .lognormal(
        logMean: -naturalLogarithm(3) / 2, logStandardDeviation: naturalLogarithm(3).squareRoot()),
      wait: 6),
    Row(
      name: "M/gamma/1 at 0.8", arrivalsPerSecond: 0.8, servers: 1,
      family: .gamma(shape: 0.25, scale: 4), wait: 10),
  ]

  @Test("the mean wait of theory lies in the 99.9 % interval", arguments: rows)
  func meanWait(_ row: Row) throws {
    let horizon = Int64(200_000 / row.arrivalsPerSecond) * second
    var table = SamplerTable()
    let service = SampledTime(try Distribution(row.family), table: &table)
    var model = try queueModel(
      rate: row.arrivalsPerSecond, servers: row.servers, service: service, runIn: 4_000 * second,
      horizon: horizon)
    model.samplerTable = table
    let waits = try (0..<20).map { replication in
      let record = try runReplication(of: model, seed: 20_261_121, replication: replication)
      let cohort = record.cohorts[0]
      #expect(cohort.completed == cohort.arrived)
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6 - 1
    }
    let interval = interval999(waits)
    #expect(interval.lower <= row.wait + 1e-6 && row.wait - 1e-6 <= interval.upper, "\(interval)")
  }
}
