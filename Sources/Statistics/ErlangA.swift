/// The M/M/n+M queue (Erlang A) in steady state: those who wait leave after an exponential patience.
///
/// Rates are per any one unit of time, and times come in that unit. Solved as a birth–death process,
/// outward from its most likely state until the rest is below 1e-18 of the sum. Source: Garnett,
/// Mandelbaum and Reiman, M&SOM 4(3), 2002, doi:10.1287/msom.4.3.208.7753.
public struct ErlangA: Hashable, Sendable {
  /// Share of arrivals that leave without service.
  public let abandonProbability: Double
  /// Share of arrivals that find all servers busy.
  public let waitProbability: Double
  /// Mean number waiting.
  public let meanQueueLength: Double
  /// Mean wait of all arrivals, until service or leaving.
  public let meanWait: Double
  /// Share of the servers' time spent serving.
  public let utilisation: Double

  /// Solves the queue.
  ///
  /// - Precondition: servers ≥ 1, all three rates > 0 and finite.
  /// - Complexity: proportional to the number of states that matter, some multiples of the larger of
  ///   √(arrivalRate/serviceRate) and √arrivalRate/patienceRate.
  public init(
    servers: Int, arrivalRate: Double, serviceRate: Double, patienceRate: Double
  ) {
    precondition(
      servers >= 1 && arrivalRate > 0 && serviceRate > 0 && patienceRate > 0
        && arrivalRate.isFinite && serviceRate.isFinite && patienceRate.isFinite,
      "Erlang A needs a server and positive rates")
    let capacity = Double(servers) * serviceRate
    func departureRate(_ state: Double) -> Double {
      state <= Double(servers)
        ? state * serviceRate : capacity + (state - Double(servers)) * patienceRate
    }
    // Where births and deaths balance; all weights relative to this one are at most 1.
    let likely =
      arrivalRate <= capacity
      ? (arrivalRate / serviceRate).rounded(.down)
      : (Double(servers) + (arrivalRate - capacity) / patienceRate).rounded(.down)
    var total = 0.0
    var waiting = 0.0
    var queue = 0.0
    var busy = 0.0
    func count(_ state: Double, _ weight: Double) {
      total += weight
      busy += weight * min(state, Double(servers))
      if state >= Double(servers) {
        waiting += weight
        queue += weight * (state - Double(servers))
      }
    }
    var state = likely
    var weight = 1.0
    while weight > 1e-18 * total || state == likely {
      count(state, weight)
      weight *= arrivalRate / departureRate(state + 1)
      state += 1
    }
    state = likely
    weight = 1
    while state > 0 {
      weight *= departureRate(state) / arrivalRate
      state -= 1
      if weight < 1e-18 * total { break }
      count(state, weight)
    }
    waitProbability = waiting / total
    meanQueueLength = queue / total
    meanWait = meanQueueLength / arrivalRate
    abandonProbability = patienceRate * meanWait
    // Rounding must not make more than all of it.
    utilisation = min(1, busy / total / Double(servers))
  }
}
