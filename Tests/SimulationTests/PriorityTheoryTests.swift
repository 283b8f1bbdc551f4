import EventEngine
import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Urgency, ageing and pre-emption against theory; formulas: Cobham 1954 and Gross et al.,
/// *Fundamentals of Queueing Theory*, chapter 3.
@Suite("Priorities against theory") struct PriorityTheoryTests {
  /// Cases of two kinds, drawn at a gateway, come to one team; the first kind is more urgent.
  static func model(
    rates: (Double, Double), servers: Int, horizon: Int64 = 60_000 * second,
    service: SampledTime = .exponential(mean: 1), change: (inout StackModel) -> Void = { _ in }
  ) throws -> SimulationModel {
    let process = process(
      [
        ("start", .startEvent(.none)), ("kind", .gateway(.exclusive)), ("urgent", .task(.user)),
        ("usual", .task(.user)), ("end", .endEvent(.none)),
      ],
      [
        ("start", "kind"), ("kind", "urgent"), ("kind", "usual"), ("urgent", "end"),
        ("usual", "end"),
      ])
    var model = try queueModel(
      rate: rates.0 + rates.1, servers: servers, service: service, runIn: 1_000 * second,
      horizon: horizon)
    model.flow = try FlowGraph(process)
    let share = rates.0 / (rates.0 + rates.1)
    model.stack.activities = [0, 1].map { priority in
      ActivityModel(
        team: 0, handlingTime: service, queueing: QueueingModel(priority: Int32(priority)))
    }
    model.stack.flowProbabilities = model.flow.flowIDs.map { id in
      switch id {
      case "kind-urgent": share
      case "kind-usual": 1 - share
      default: 1
      }
    }
    change(&model.stack)
    model.runInStack = model.stack
    return model
  }

  /// Times of cases by the kind of their only piece of work: what happens to an item is told by its
  /// slot, and which kind it is by its case, whose kind is drawn from the branching stream.
  struct ClassTimes: SimulationObserver {
    var waits: [Double] = [0, 0]
    var sojourns: [Double] = [0, 0]
    var counts: [Int] = [0, 0]
    private let random: KeyedRandom
    private let share: Double
    private let until: Int64
    private var lastCase: UInt32 = 0
    private var items: [Int32: (kind: Int, came: Int64, waitedUntil: Int64)] = [:]

    init(model: SimulationModel, seed: UInt64, replication: Int) {
      random = KeyedRandom(seed: seed, replication: replication)
      share = model.stack.flowProbabilities[model.flow.flowIDs.firstIndex(of: "kind-urgent") ?? 0]
      until = model.timeline.horizon
    }

    mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {
      if case .arrived = change { lastCase = ordinal }
    }
    mutating func workChanged(
      item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
    ) {
      if let known = items[item] {
        if state == .inService, known.waitedUntil < 0 { items[item]?.waitedUntil = time }
        if state == nil {
          items[item] = nil
          guard 0 <= known.came, known.came < until else { return }
          counts[known.kind] += 1
          waits[known.kind] += Double(known.waitedUntil - known.came) / 1e6
          sojourns[known.kind] += Double(time - known.came) / 1e6
        }
      } else {
        // Work is queued at the instant its case arrives, before the next case does.
        let uniform = random.uniform(RandomStream("kind", "branch"), ordinal: lastCase)
        items[item] = (uniform < share ? 0 : 1, time, -1)
      }
    }
    mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
    mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
    mutating func ended(at time: Int64, casesInside: Int) {}
  }

  /// Mean times of each kind in each replication, in seconds.
  func times(
    _ model: SimulationModel, replications: Int = 20
  ) throws -> (waits: [[Double]], sojourns: [[Double]]) {
    var result: (waits: [[Double]], sojourns: [[Double]]) = ([[], []], [[], []])
    for replication in 0..<replications {
      var observer = ClassTimes(model: model, seed: 21, replication: replication)
      _ = try runReplication(of: model, seed: 21, replication: replication, observer: &observer)
      for kind in 0...1 {
        result.waits[kind].append(observer.waits[kind] / Double(observer.counts[kind]))
        result.sojourns[kind].append(observer.sojourns[kind] / Double(observer.counts[kind]))
      }
    }
    return result
  }

  func expect(
    _ values: [[Double]], _ expected: (Double, Double),
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    for (kind, value) in [expected.0, expected.1].enumerated() {
      let interval = interval999(values[kind])
      #expect(
        interval.contains(value), "kind \(kind): \(value) \(interval)",
        sourceLocation: sourceLocation)
    }
  }

  /// M/M/1 with λ = (0.3, 0.4), μ = 1: W1 = ρ/(1 − ρ1) = 0.7/0.7 and W2 = W1/(1 − ρ) = 1/0.3.
  ///
  /// First come, first served it would be 0.7/0.3 for both; work is conserved:
  /// 0.3 · 1 + 0.4 · 3.33333 = 0.7 · 2.33333.
  @Test("without interruption two classes at one server wait as Cobham says, and work is conserved")
  func nonPreemptive() throws {
    let times = try times(Self.model(rates: (0.3, 0.4), servers: 1))
    expect(times.waits, (1, 10.0 / 3))
    let weighted = zip(times.waits[0], times.waits[1]).map { 0.3 * $0 + 0.4 * $1 }
    #expect(interval999(weighted).contains(0.7 * 7 / 3), "\(interval999(weighted))")
    // The same class for both: first come, first served.
    let equal = try self.times(
      Self.model(rates: (0.3, 0.4), servers: 1) { stack in
        for index in 0...1 { stack.activities[index].queueing.priority = 5 }
      })
    expect(equal.waits, (7.0 / 3, 7.0 / 3))
  }

  /// λ = (0.9, 1.2), μ = 1: the chance to wait is Erlang's C(3, 2.1) = 0.492344; W1 = C/(3 − 0.9) =
  /// 0.234450, W2 = W1/(1 − 0.7) = 0.781499.
  @Test("three servers with two classes")
  func severalServers() throws {
    let times = try times(Self.model(rates: (0.9, 1.2), servers: 3, horizon: 30_000 * second))
    expect(times.waits, (0.234450, 0.781499))
  }

  /// T1 = 1/(μ − λ1) = 1.428571, as if there were no others; T2 = 1/((1 − ρ1)(1 − ρ)) = 4.761905.
  @Test("pre-emption lets urgent work see only its like, and what is interrupted goes on")
  func preemptiveResume() throws {
    let model = try Self.model(rates: (0.3, 0.4), servers: 1) { $0.teams[0].preemption = .resume }
    expect(try times(model).sojourns, (1 / 0.7, 1 / 0.7 / 0.3))
  }

  /// Constant work of 1 s under resume: T_i = S/(1 − σ_{i−1}) + λ-weighted rest R_i/((1 − σ_{i−1})(1 − σ_i))
  /// with R_i = Σ_{j ≤ i} λ_j S²/2.
  ///
  /// T1 = 1 + 0.15/0.7; T2 = 1/0.7 + 0.35/(0.7 · 0.3).
  @Test("pre-emption with constant times")
  func preemptiveConstant() throws {
    let model = try Self.model(rates: (0.3, 0.4), servers: 1, service: .constant(1)) {
      $0.teams[0].preemption = .resume
    }
    expect(try times(model).sojourns, (1 + 0.15 / 0.7, 1 / 0.7 + 0.35 / 0.21))
  }

  /// Exponential work of which the urgent interrupts the usual among several servers: the number present
  /// of both kinds is that of an M/M/3 queue without classes, and of the urgent that of their own.
  @Test("pre-emption at three servers: the urgent see an M/M/3 of their own")
  func preemptiveSeveral() throws {
    let model = try Self.model(rates: (0.9, 1.2), servers: 3, horizon: 30_000 * second) {
      $0.teams[0].preemption = .resume
    }
    let all = MMCQueue(arrivalRate: 2.1, serviceRate: 1, servers: 3)
    let urgent = MMCQueue(arrivalRate: 0.9, serviceRate: 1, servers: 3)
    let usual = (all.meanNumberInSystem - urgent.meanNumberInSystem) / 1.2
    expect(try times(model).sojourns, (urgent.meanTimeInSystem, usual))
  }

  @Test("ageing lies between first come, first served and strict urgency, and reaches both")
  func ageing() throws {
    func aged(_ time: Int64) throws -> [[Double]] {
      try times(
        Self.model(rates: (0.3, 0.4), servers: 1) { $0.teams[0].ageing = time }
      ).waits
    }
    expect(try aged(1), (7.0 / 3, 7.0 / 3))
    expect(try aged(100_000 * second), (1, 10.0 / 3))
    let between = try aged(5 * second)
    let urgent = interval999(between[0])
    #expect(urgent.lower > 1 && urgent.upper < 7.0 / 3, "\(urgent)")
    // Whatever the order, work is conserved.
    let weighted = interval999(zip(between[0], between[1]).map { 0.3 * $0 + 0.4 * $1 })
    #expect(weighted.contains(0.7 * 7 / 3), "\(weighted)")
  }
}
