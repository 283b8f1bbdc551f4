/// Erlang's loss formula: the share of arrivals that find all `servers` busy where none waits.
///
/// `offeredLoad` is arrival rate over service rate, ≥ 0. By the recursion that neither over- nor
/// underflows. Source: Cooper, *Introduction to Queueing Theory*, 2nd ed., sec. 3.3.
/// - Precondition: servers ≥ 0, offeredLoad ≥ 0.
public func erlangB(servers: Int, offeredLoad: Double) -> Double {
  precondition(servers >= 0 && offeredLoad >= 0, "Servers and load are not negative")
  if offeredLoad == 0 { return servers == 0 ? 1 : 0 }
  // The inverse of the blocking probability grows without limit in a lightly loaded system.
  var inverse = 1.0
  for k in 0..<servers { inverse = 1 + inverse * Double(k + 1) / offeredLoad }
  return 1 / inverse
}

/// Erlang's delay formula: the share of arrivals that must wait; 1 where load reaches servers.
///
/// Source: Cooper, *Introduction to Queueing Theory*, 2nd ed., sec. 3.4.
/// - Precondition: servers ≥ 0, offeredLoad ≥ 0.
public func erlangC(servers: Int, offeredLoad: Double) -> Double {
  let blocking = erlangB(servers: servers, offeredLoad: offeredLoad)
  let load = servers == 0 ? .infinity : offeredLoad / Double(servers)
  return load >= 1 ? 1 : blocking / (1 - load * (1 - blocking))
}

/// The M/M/c queue in steady state: Poisson arrivals, exponential service, c equal servers.
///
/// Rates are per any one unit of time, and times come in that unit. Where the servers cannot keep up
/// lengths and waits are infinite.
public struct MMCQueue: Hashable, Sendable {
  /// Arrivals per unit of time, ≥ 0.
  public var arrivalRate: Double
  /// Services that one busy server ends per unit of time, > 0.
  public var serviceRate: Double
  /// Number of servers, ≥ 1.
  public var servers: Int

  /// Creates a queue.
  ///
  /// - Precondition: arrivalRate ≥ 0, serviceRate > 0, servers ≥ 1.
  public init(arrivalRate: Double, serviceRate: Double, servers: Int) {
    precondition(
      arrivalRate >= 0 && serviceRate > 0 && servers >= 1,
      "A queue needs a rate of arrivals, a rate of service and a server")
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
  }

  /// Arrival rate over service rate: the mean number of busy servers where all is served.
  public var offeredLoad: Double { arrivalRate / serviceRate }

  /// Offered load per server; 1 or more means no steady state.
  public var utilisation: Double { offeredLoad / Double(servers) }

  /// Whether a steady state exists.
  public var isStable: Bool { utilisation < 1 }

  /// Rate at which a waiting queue shrinks: spare capacity.
  private var spareRate: Double { Double(servers) * serviceRate - arrivalRate }

  /// Share of arrivals that must wait.
  public var waitProbability: Double { erlangC(servers: servers, offeredLoad: offeredLoad) }

  /// Share of time with nobody in the system; 0 without a steady state.
  public var emptyProbability: Double {
    if !isStable { return 0 }
    // p(0) = p(c) c!/a^c, and p(c) = C (1 − ρ); the quotient by steps, as c! overflows.
    var probability = waitProbability * (1 - utilisation)
    if arrivalRate == 0 { return 1 }
    for k in 0..<servers { probability *= Double(k + 1) / offeredLoad }
    return probability
  }

  /// Mean wait in the queue, Wq.
  public var meanWait: Double { isStable ? waitProbability / spareRate : .infinity }

  /// Mean number waiting, Lq.
  public var meanQueueLength: Double { isStable ? arrivalRate * meanWait : .infinity }

  /// Mean time in the system, W.
  public var meanTimeInSystem: Double { meanWait + 1 / serviceRate }

  /// Mean number in the system, L.
  public var meanNumberInSystem: Double { meanQueueLength + offeredLoad }

  /// Share of arrivals that wait no longer than `time` ≥ 0; 0 without a steady state.
  public func serviceLevel(within time: Double) -> Double {
    isStable ? 1 - waitProbability * exponential(-spareRate * time) : 0
  }

  /// The wait that a share `probability` of arrivals do not exceed.
  ///
  /// - Precondition: 0 ≤ probability < 1.
  public func waitQuantile(_ probability: Double) -> Double {
    precondition(probability >= 0 && probability < 1, "A share lies in 0..<1")
    if !isStable { return .infinity }
    let ratio = waitProbability / (1 - probability)
    return ratio <= 1 ? 0 : naturalLogarithm(ratio) / spareRate
  }
}

/// Mean wait in the M/G/1 queue by the formula of Pollaczek and Khinchine; infinite where utilisation
/// reaches 1.
///
/// `squaredVariation` is the squared coefficient of variation of service times: 0 constant, 1
/// exponential. Source: Gross et al., *Fundamentals of Queueing Theory*, 4th ed., sec. 5.1.
/// - Precondition: arrivalRate ≥ 0, meanService > 0, squaredVariation ≥ 0.
public func pollaczekKhinchineWait(
  arrivalRate: Double, meanService: Double, squaredVariation: Double
) -> Double {
  precondition(
    arrivalRate >= 0 && meanService > 0 && squaredVariation >= 0,
    "Rates, service times and variation are not negative")
  let utilisation = arrivalRate * meanService
  if utilisation >= 1 { return .infinity }
  return utilisation / (1 - utilisation) * meanService * (1 + squaredVariation) / 2
}
