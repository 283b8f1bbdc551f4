import Statistics
import Testing

@Suite("Queueing formulas")
struct QueueingFormulaTests {
  /// Servers, offered load, Erlang B, Erlang C, Wq in service times, Lq.
  static let delayTable: [[Double]] = [
    [1, 0.5, 0.333333, 0.500000, 1.000000, 0.500000],
    [1, 0.9, 0.473684, 0.900000, 9.000000, 8.100000],
    [2, 1, 0.200000, 0.333333, 0.333333, 0.333333],
    [2, 1.8, 0.366516, 0.852632, 4.263158, 7.673684],
    [3, 2, 0.210526, 0.444444, 0.444444, 0.888889],
    [5, 4, 0.199067, 0.554113, 0.554113, 2.216450],
    [10, 8, 0.121661, 0.409180, 0.204590, 1.636721],
    [10, 9, 0.167963, 0.668732, 0.668732, 6.018584],
    [12, 10, 0.119739, 0.449388, 0.224694, 2.246941],
    [14, 10, 0.056819, 0.174132, 0.043533, 0.435330],
    [50, 45, 0.054104, 0.363864, 0.072773, 3.274780],
    [55, 48, 0.038374, 0.238701, 0.034100, 1.636806],
    [100, 95, 0.048804, 0.506457, 0.101291, 9.622680],
  ]

  @Test("M/M/c has the values of the reference table", arguments: delayTable)
  func delayTableIsMet(row: [Double]) {
    let queue = MMCQueue(arrivalRate: row[1] * 3, serviceRate: 3, servers: Int(row[0]))
    let blocking = erlangB(servers: Int(row[0]), offeredLoad: row[1])
    #expect((blocking - row[2]).magnitude <= 0.5001e-6)
    #expect((queue.waitProbability - row[3]).magnitude <= 0.5001e-6)
    #expect((queue.meanWait * 3 - row[4]).magnitude <= 0.5001e-6)
    #expect((queue.meanQueueLength - row[5]).magnitude <= 0.5001e-6)
  }

  /// Bronson 1982, problem 24.6: 3 servers, 300 arrivals and 182.5 services a year.
  @Test("Bronson's problems 24.6 and 23.14 come out as printed")
  func bronson() {
    let queue = MMCQueue(arrivalRate: 300 / 365.0, serviceRate: 0.5, servers: 3)
    #expect((queue.emptyProbability - 0.177537).magnitude <= 0.5001e-6)
    #expect((queue.meanQueueLength - 0.352426).magnitude <= 0.5001e-6)
    #expect((queue.meanNumberInSystem - 1.996262).magnitude <= 0.5001e-6)
    #expect((queue.meanWait - 0.43).magnitude <= 0.005)
    #expect((queue.meanTimeInSystem - 2.429).magnitude <= 0.0005)
    // 30 an hour, 1.5 minutes each.
    let single = MMCQueue(arrivalRate: 0.5, serviceRate: 1 / 1.5, servers: 1)
    #expect(relativeError(single.meanQueueLength, 2.25) < 1e-14)
    #expect(relativeError(single.meanWait, 4.5) < 1e-14)
    #expect(relativeError(single.emptyProbability, 0.25) < 1e-14)
    // M/M/3 with λ = 2, μ = 1.
    let three = MMCQueue(arrivalRate: 2, serviceRate: 1, servers: 3)
    #expect(relativeError(three.emptyProbability, 1 / 9.0) < 1e-14)
    #expect((three.meanNumberInSystem - 2.888889).magnitude <= 0.5001e-6)
  }

  /// 360 calls in half an hour of 240 s each: servers, Erlang C, mean wait in seconds.
  static let staffing: [(Int, Double, Double)] = [
    (49, 0.8368, 200.8), (50, 0.6945, 83.3), (51, 0.5714, 45.7), (52, 0.4660, 28.0),
    (53, 0.3765, 18.1), (54, 0.3013, 12.1), (55, 0.2387, 8.2), (56, 0.1872, 5.6),
  ]

  @Test("the staffing curve of the call centre is the published one", arguments: staffing)
  func staffingCurve(servers: Int, waiting: Double, seconds: Double) {
    let queue = MMCQueue(arrivalRate: 0.2, serviceRate: 1 / 240.0, servers: servers)
    #expect((queue.waitProbability - waiting).magnitude <= 0.5001e-4)
    #expect((queue.meanWait - seconds).magnitude <= 0.05001)
  }

  @Test("service levels and waiting times are those of the published examples")
  func serviceLevels() {
    let centre = MMCQueue(arrivalRate: 0.2, serviceRate: 1 / 240.0, servers: 55)
    #expect((centre.utilisation - 0.8727).magnitude <= 0.5001e-4)
    #expect((centre.meanWait - 8.184).magnitude <= 0.5001e-3)
    #expect((centre.serviceLevel(within: 15) - 0.846).magnitude <= 0.5001e-3)
    #expect((centre.serviceLevel(within: 20) - 0.867).magnitude <= 0.5001e-3)
    let fewest = (49...60).first {
      MMCQueue(arrivalRate: 0.2, serviceRate: 1 / 240.0, servers: $0).serviceLevel(within: 20)
        >= 0.8
    }
    #expect(fewest == 54)
    // 100 in 30 minutes of 3 minutes each, 14 positions, within 20 seconds.
    let positions = MMCQueue(arrivalRate: 100 / 30.0, serviceRate: 1 / 3.0, servers: 14)
    #expect((positions.serviceLevel(within: 1 / 3.0) - 0.888350).magnitude <= 0.5001e-6)
    #expect((positions.utilisation - 0.714286).magnitude <= 0.5001e-6)
    // Erlang C for the call centre of Mandelbaum and Zeltyn, per minute: seconds are 60ths.
    let impatient = MMCQueue(arrivalRate: 48, serviceRate: 1, servers: 50)
    #expect((impatient.meanWait * 60 - 20.83).magnitude <= 0.005001)
    #expect((impatient.waitQuantile(0.9) * 60 - 58.14).magnitude <= 0.005001)
    #expect((impatient.meanQueueLength - 16.67).magnitude <= 0.005001)
  }

  @Test("Erlang B has the values of printed tables")
  func printedBlocking() {
    for (servers, load, value) in [(5, 2.0, 0.0367), (14, 10, 0.0568), (10, 5, 0.0184)] {
      #expect((erlangB(servers: servers, offeredLoad: load) - value).magnitude <= 0.5001e-4)
    }
  }

  /// R, β, servers and exact Erlang C, square-root staffing after Halfin and Whitt 1981.
  @Test("Erlang C is stable at a thousand servers")
  func manyServers() {
    let table: [(Int, Double, Double)] = [
      (105, 100, 0.5157), (110, 100, 0.2370), (120, 100, 0.0332), (1016, 1000, 0.5037),
      (1032, 1000, 0.2231), (1064, 1000, 0.0272),
    ]
    for (servers, load, value) in table {
      #expect((erlangC(servers: servers, offeredLoad: load) - value).magnitude <= 0.5001e-4)
    }
    #expect(erlangC(servers: 1_000_000, offeredLoad: 10) == 0)
  }

  @Test("without a steady state waits are infinite and all must wait")
  func overload() {
    let queue = MMCQueue(arrivalRate: 4, serviceRate: 1, servers: 3)
    #expect(queue.waitProbability == 1 && queue.meanWait == .infinity)
    #expect(queue.meanNumberInSystem == .infinity && queue.serviceLevel(within: 5) == 0)
    #expect(queue.waitQuantile(0.5) == .infinity && queue.emptyProbability == 0)
    #expect(!MMCQueue(arrivalRate: 3, serviceRate: 1, servers: 3).isStable)
    let idle = MMCQueue(arrivalRate: 0, serviceRate: 1, servers: 3)
    #expect(idle.meanWait == 0 && idle.emptyProbability == 1 && idle.waitQuantile(0.99) == 0)
    #expect(erlangB(servers: 0, offeredLoad: 3) == 1)
  }

  /// λ = 0.8, mean service 1: squared variation and mean wait.
  @Test(
    "Pollaczek and Khinchine's formula has the textbook values",
    arguments: [(0.0, 2.0), (0.5, 3), (1, 4), (2, 6), (4, 10)])
  func pollaczekKhinchine(variation: Double, wait: Double) {
    let value = pollaczekKhinchineWait(
      arrivalRate: 0.8, meanService: 1, squaredVariation: variation)
    #expect(relativeError(value, wait) < 1e-14)
    #expect(
      pollaczekKhinchineWait(arrivalRate: 1, meanService: 1, squaredVariation: variation)
        == .infinity)
  }
}

@Suite("Erlang A")
struct ErlangATests {
  /// n, λ, μ, θ, P(Ab), P(W>0), E[Q], E[W], utilisation.
  static let table: [[Double]] = [
    [50, 48, 1, 0.5, 0.030912, 0.467774, 2.96758, 0.061824, 0.93032],
    [100, 100, 1, 1, 0.039861, 0.513299, 3.98610, 0.039861, 0.96014],
    [100, 102, 1, 1, 0.049918, 0.591719, 5.09163, 0.049918, 0.96908],
    [100, 110, 1, 1, 0.099192, 0.841721, 10.91107, 0.099192, 0.99089],
    [100, 120, 1, 1, 0.167693, 0.972136, 20.12315, 0.167693, 0.99877],
    [100, 120, 1, 0.25, 0.166669, 0.999931, 80.00123, 0.666677, 1.0000],
    [100, 120, 1, 4, 0.173995, 0.801043, 5.21984, 0.043499, 0.99121],
    [10, 12, 1, 0.5, 0.195656, 0.850385, 4.69574, 0.391312, 0.96521],
    [5, 6, 1, 0.2, 0.196102, 0.902821, 5.88306, 0.980510, 0.96468],
    [20, 24, 1, 1, 0.188605, 0.819739, 4.52652, 0.188605, 0.97367],
  ]

  @Test("Erlang A has the values of the reference table", arguments: table)
  func referenceTable(row: [Double]) {
    let queue = ErlangA(
      servers: Int(row[0]), arrivalRate: row[1], serviceRate: row[2], patienceRate: row[3])
    #expect((queue.abandonProbability - row[4]).magnitude <= 0.5001e-6)
    #expect((queue.waitProbability - row[5]).magnitude <= 0.5001e-6)
    #expect((queue.meanQueueLength - row[6]).magnitude <= 0.5001e-5)
    #expect((queue.meanWait - row[7]).magnitude <= 0.5001e-6)
    #expect((queue.utilisation - row[8]).magnitude <= 0.5001e-5)
  }

  /// Where patience equals service the head-count is Poisson: E(N − n)⁺ from its probabilities.
  @Test("with patience as long as service the number present is Poisson")
  func poisson() {
    let queue = ErlangA(servers: 100, arrivalRate: 120, serviceRate: 1, patienceRate: 1)
    var (mass, excess) = (exponential(-120), 0.0)
    for k in 1...400 {
      mass *= 120 / Double(k)
      excess += mass * max(0, Double(k) - 100)
    }
    #expect(relativeError(queue.meanQueueLength, excess) < 1e-12)
  }

  @Test("what arrives is served or leaves", arguments: 0..<60 as Range<UInt64>)
  func conservation(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let servers = random.integer(1...80)
    let (arrival, service) = (
      exponential(random.uniform(-3, 6)), exponential(random.uniform(-2, 2))
    )
    let patience = exponential(random.uniform(-4, 3))
    let queue = ErlangA(
      servers: servers, arrivalRate: arrival, serviceRate: service, patienceRate: patience)
    let served = queue.utilisation * Double(servers) * service
    #expect((served + queue.abandonProbability * arrival - arrival).magnitude < 1e-11 * arrival)
    #expect(queue.utilisation <= 1 && queue.waitProbability <= 1)
  }

  @Test("with endless patience it becomes Erlang C")
  func patienceLimit() {
    let patient = ErlangA(servers: 10, arrivalRate: 8, serviceRate: 1, patienceRate: 1e-9)
    let endless = MMCQueue(arrivalRate: 8, serviceRate: 1, servers: 10)
    #expect(relativeError(patient.waitProbability, endless.waitProbability) < 1e-6)
    #expect(relativeError(patient.meanWait, endless.meanWait) < 1e-6)
  }
}
