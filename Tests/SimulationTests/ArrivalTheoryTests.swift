import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Arrivals other than one at a time at random, against exact results; sources: Gross et al.,
/// *Fundamentals of Queueing Theory*, and Eick, Massey and Whitt, *The physics of the M_t/G/∞ queue*,
/// Operations Research 41 (1993).
@Suite("Arrivals against theory") struct ArrivalTheoryTests {
  /// Mean time in system, in seconds, of each of 20 replications of a single server.
  func sojourns(
    rate: Double, pattern: Demand.Pattern = .poisson, between: SampledTime? = nil,
    batch: BatchSize? = nil, table: SamplerTable = SamplerTable()
  ) throws -> [Double] {
    var model = try queueModel(
      rate: rate, servers: 1, service: .exponential(mean: 1), runIn: 2_000 * second,
      horizon: 100_000 * second, pattern: pattern)
    model.demand.between = between
    model.demand.batch = batch
    model.samplerTable = table
    return try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 31, replication: replication).cohorts[0]
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
  }

  /// M^[X]/M/1: L = ρ (1 + E X²/E X) / (2 (1 − ρ)), and W = L/λ with λ cases per second.
  ///
  /// At ρ = ½ that is (1 + E X²/E X)/2, and W twice as much. Batches of 5: E X²/E X = 5, L = 3. Geometric
  /// with mean 3 (p = ⅓): E X² = (2 − p)/p² = 15, 15/3 = 5, again L = 3. One to five alike: 11/3, L = 7/3.
  @Test(
    "batches that arrive together wait as M^[X]/M/1 says",
    arguments: [
      ("five", BatchSize(5), 6.0), ("geometric", BatchSize(geometricMean: 3), 6),
      ("one to five", BatchSize(1...5), 14.0 / 3), ("one", BatchSize(1), 2),
    ])
  func batches(name: String, batch: BatchSize, time: Double) throws {
    let interval = interval999(try sojourns(rate: 0.5, batch: batch))
    #expect(interval.contains(time), "\(name): \(interval)")
  }

  /// GI/M/1: W = 1/(μ (1 − σ)), where σ in (0, 1) is the root of σ = A(μ (1 − σ)), A the Laplace
  /// transform of the time between arrivals: e^(−s/λ) for regular arrivals, (2λ/(2λ + s))² for
  /// Erlang-2.
  ///
  /// λ = 0.8, μ = 1.
  @Test("renewal and regular arrivals wait as GI/M/1 says")
  func renewal() throws {
    func root(_ transform: (Double) -> Double) -> Double {
      var sigma = 0.5
      for _ in 0..<500 { sigma = transform(1 - sigma) }
      return sigma
    }
    let regular = 1 / (1 - root { exponential(-$0 / 0.8) })
    let erlang = 1 / (1 - root { power(1.6 / (1.6 + $0), 2) })
    var table = SamplerTable()
    let phases = SampledTime(try Distribution(.erlang(phases: 2, mean: 1.25)), table: &table)
    let rows: [(String, [Double], Double)] = [
      ("D/M/1", try sojourns(rate: 0.8, pattern: .regular), regular),
      (
        "constant distances",
        try sojourns(rate: 0, pattern: .renewal, between: .constant(1.25)), regular
      ),
      (
        "E2/M/1", try sojourns(rate: 0, pattern: .renewal, between: phases, table: table), erlang
      ),
      // Exponential distances make the Poisson process: W = 1/(μ − λ) = 5.
      (
        "M/M/1",
        try sojourns(rate: 0, pattern: .renewal, between: .exponential(mean: 1.25)), 5
      ),
    ]
    for (name, times, expected) in rows {
      let interval = interval999(times)
      #expect(interval.contains(expected), "\(name): \(expected) \(interval)")
    }
  }

  /// λ(t) = 100 + 40 sin(2πt/24) an hour, work of mean 2 h (μ = ½), as many servers as cases.
  ///
  /// The number present has mean 200 + A sin(ω (t − lag)) with A = 40/√(μ² + ω²) = 70.8727 and
  /// tan(ω · lag) = ω/μ, lag 1.84243 h. Its sine and cosine parts are A cos(ω·lag) and −A sin(ω·lag); with
  /// φ = arctan(ω/μ), cos φ = μ/√(μ² + ω²) and sin φ = ω/√(μ² + ω²).
  @Test("a rate that swings with the day makes M_t/M/∞ swing by as much and as late as theory says")
  func swingingRate() throws {
    var model = try queueModel(
      rate: 0, servers: 600, service: .exponential(mean: 7_200), runIn: 2 * day,
      horizon: 20 * day)
    let step = 6 * minute
    var spans: [(open: Int64, close: Int64)] = []
    var weights: [Double] = []
    for index in (-2 * 240)..<(42 * 240) as Range<Int64> {
      // A calendar joins intervals that touch: a microsecond is left between them.
      spans.append((open: index * step, close: (index + 1) * step - 1))
      let hours = (Double(index) + 0.5) / 10
      weights.append(1 + 0.4 * sine(turns: hours / 24))
    }
    model.demand = Demand(
      pattern: .poisson, calendar: WorkCalendar(spans), intensity: weights,
      rate: 100 / Double(hour))
    model.timeline.dayCloses = (1...(20 * 24)).map { Int64($0) * hour }
    model.timeline.sampledDays = 20 * 24
    model.timeline.horizonDays = 20 * 24
    let omega = 2 * Double.pi / 24
    let frequency = 0.25 + omega * omega
    var parts: (mean: [Double], sine: [Double], cosine: [Double]) = ([], [], [])
    for replication in 0..<30 {
      let present = try runReplication(of: model, seed: 8, replication: replication)
        .teams[0].inService.map(Double.init)
      #expect(present.count == 480)
      func projected(_ turns: (Double) -> Double) -> Double {
        present.enumerated().reduce(0) { $0 + $1.element * turns(Double($1.offset + 1) / 24) }
          / Double(present.count)
      }
      parts.mean.append(projected { _ in 1 })
      parts.sine.append(2 * projected { sine(turns: $0) })
      parts.cosine.append(2 * projected { sine(turns: $0 + 0.25) })
    }
    let amplitude = 40 / frequency.squareRoot()
    #expect(abs(amplitude - 70.8727) < 0.5001e-4)
    for (values, expected) in [
      (parts.mean, 200.0), (parts.sine, 40 * 0.5 / frequency),
      (parts.cosine, -40 * omega / frequency),
    ] {
      let interval = interval999(values)
      #expect(interval.contains(expected), "\(expected) \(interval)")
    }
  }

  /// The sine of a number of turns, by its series: within 1e-12, which is all this test needs.
  private func sine(turns: Double) -> Double {
    let x = (turns - turns.rounded()) * 2 * .pi
    var (term, sum) = (x, x)
    for k in 1...16 {
      term *= -x * x / Double(2 * k * (2 * k + 1))
      sum += term
    }
    return sum
  }
}
