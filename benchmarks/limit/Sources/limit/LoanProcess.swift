import Glibc

/// W3: the loan process of 17 steps, as a state machine for this one model.
///
/// Steps 1–5 and 7–10 by 50 agents, step 6 and all tickets by 8 people, 11–14 by team A, 15–17 by team
/// B. See `../models/w3.yaml` for the process itself.
struct LoanProcess: ~Copyable {
  /// A case or a ticket, wherever it is.
  private struct Item {
    var arrival = 0.0
    var step: UInt8 = 1
    var failures: UInt8 = 0
    var kind = Kind.step
    var pool = Pool.agents
  }

  private enum Kind: UInt8 {
    case step
    /// A ticket that nobody waits for.
    case ticket
    /// People do what the agent could not.
    case exception
  }

  private enum Pool: UInt8 {
    case agents
    case humans
    case teamA
    case teamB
  }

  /// Slots of the event tree: arrivals, servers by pool, back-offs by length.
  private static let firstServer = [1, 51, 59, 64, 69]
  private static let firstBackoff = 69
  private static let retries = 3

  private var variates: Variates
  private let events = EventTree(slots: 128)
  private var outcome = Outcome()

  private var items: UnsafeMutablePointer<Item>
  private var freeItems: UnsafeMutablePointer<UInt32>
  private var capacity = 256
  private var freeItemCount = 0

  /// Free servers of each pool, 64 places for each.
  private let freeServers: UnsafeMutablePointer<UInt8>
  private let freeServerCount: UnsafeMutablePointer<Int>
  /// The item that each server has in hand.
  private let inHand: UnsafeMutablePointer<UInt32>
  /// Items waiting, by pool.
  private let lines: UnsafeMutablePointer<WaitingLine<UInt32>>
  /// Items that wait for their first, second and third retry.
  private let backoffs: UnsafeMutablePointer<WaitingLine<Delayed>>

  private struct Delayed {
    var time: Double
    var item: UInt32
  }

  /// Means, logarithmic means and families by step; 0 for tickets and exceptions.
  private let mean: UnsafeMutablePointer<Double>
  private let logMean: UnsafeMutablePointer<Double>
  private let isLognormal: UnsafeMutablePointer<Bool>
  private let poolOfStep: UnsafeMutablePointer<Pool>
  private let logDeviation = log(1.25).squareRoot()

  init(seed: UInt64) {
    variates = Variates(seed: seed)
    items = .allocate(capacity: capacity)
    freeItems = .allocate(capacity: capacity)
    freeServers = .allocate(capacity: 4 * 64)
    freeServerCount = .allocate(capacity: 4)
    inHand = .allocate(capacity: 128)
    lines = .allocate(capacity: 4)
    backoffs = .allocate(capacity: Self.retries)
    mean = .allocate(capacity: 18)
    logMean = .allocate(capacity: 18)
    isLognormal = .allocate(capacity: 18)
    poolOfStep = .allocate(capacity: 18)
    for item in (0..<capacity).reversed() {
      items[item] = Item()
      freeItems[freeItemCount] = UInt32(item)
      freeItemCount += 1
    }
    for pool in 0..<4 {
      (lines + pool).initialize(to: WaitingLine())
      freeServerCount[pool] = 0
      for server in (Self.firstServer[pool]..<Self.firstServer[pool + 1]).reversed() {
        freeServers[pool * 64 + freeServerCount[pool]] = UInt8(server)
        freeServerCount[pool] += 1
      }
    }
    for retry in 0..<Self.retries { (backoffs + retry).initialize(to: WaitingLine()) }
    for step in 0..<18 {
      switch step {
      case 0, 6: (mean[step], isLognormal[step], poolOfStep[step]) = (10, true, .humans)
      case 1...10: (mean[step], isLognormal[step], poolOfStep[step]) = (15, step % 2 == 0, .agents)
      case 11...14: (mean[step], isLognormal[step], poolOfStep[step]) = (4, true, .teamA)
      default: (mean[step], isLognormal[step], poolOfStep[step]) = (5, true, .teamB)
      }
      logMean[step] = log(mean[step]) - logDeviation * logDeviation / 2
    }
  }

  deinit {
    items.deallocate()
    freeItems.deallocate()
    freeServers.deallocate()
    freeServerCount.deallocate()
    inHand.deallocate()
    lines.deinitialize(count: 4)
    lines.deallocate()
    backoffs.deinitialize(count: Self.retries)
    backoffs.deallocate()
    mean.deallocate()
    logMean.deallocate()
    isLognormal.deallocate()
    poolOfStep.deallocate()
  }

  /// Plays `cases` cases to their ends, tickets included.
  mutating func run(cases: Int) -> Outcome {
    var arrived = 0
    events.set(0, variates.exponential() / 0.28)
    while true {
      let slot = events.next
      let now = events.time(of: slot)
      if now == .infinity { break }
      outcome.events &+= 1
      if slot == 0 {
        arrived &+= 1
        let item = newItem()
        items[item] = Item(arrival: now)
        events.set(0, arrived < cases ? now + variates.exponential() / 0.28 : .infinity)
        beginStep(item, now)
      } else if slot >= Self.firstBackoff {
        endBackoff(slot, now)
      } else {
        endService(slot, now)
      }
    }
    outcome.meanTime /= Double(cases)
    return outcome
  }

  @inline(__always)
  private mutating func endService(_ slot: Int, _ now: Double) {
    let item = Int(inHand[slot])
    let (pool, kind) = (items[item].pool, items[item].kind)
    let row = Int(pool.rawValue)
    freeServers[row &* 64 &+ freeServerCount[row]] = UInt8(truncatingIfNeeded: slot)
    freeServerCount[row] &+= 1
    if lines[row].isEmpty {
      events.set(slot, .infinity)
    } else {
      startService(Int(lines[row].removeFirst()), now)
    }
    switch kind {
    case .ticket: free(item)
    case .exception:
      items[item].step &+= 1
      beginStep(item, now)
    case .step:
      if pool == .agents, variates.random.uniform() < 0.05 {
        fail(item, now)
      } else {
        items[item].step &+= 1
        beginStep(item, now)
      }
    }
  }

  @inline(__always)
  private mutating func beginStep(_ item: Int, _ now: Double) {
    items[item].failures = 0
    items[item].kind = .step
    let step = Int(items[item].step)
    if step == 18 {
      outcome.meanTime += now - items[item].arrival
      free(item)
      return
    }
    if step == 11, variates.random.bits() &>> 63 == 1 {
      let ticket = newItem()
      items[ticket] = Item(arrival: now, step: 11, kind: .ticket, pool: .humans)
      outcome.tickets &+= 1
      request(ticket, now)
    }
    items[item].pool = poolOfStep[step]
    request(item, now)
  }

  @inline(__always)
  private mutating func fail(_ item: Int, _ now: Double) {
    let failures = Int(items[item].failures)
    if failures == Self.retries {
      items[item].kind = .exception
      items[item].pool = .humans
      request(item, now)
      return
    }
    items[item].failures &+= 1
    let time = now + Double(2 &<< failures)
    if backoffs[failures].isEmpty { events.set(Self.firstBackoff &+ failures, time) }
    backoffs[failures].append(Delayed(time: time, item: UInt32(truncatingIfNeeded: item)))
  }

  /// Delays of one length end in the order in which they began: only the first is in the tree.
  @inline(__always)
  private mutating func endBackoff(_ slot: Int, _ now: Double) {
    let row = slot &- Self.firstBackoff
    let item = backoffs[row].removeFirst().item
    events.set(slot, backoffs[row].isEmpty ? .infinity : backoffs[row].front.time)
    request(Int(item), now)
  }

  // MARK: Servers

  @inline(__always)
  private mutating func request(_ item: Int, _ now: Double) {
    let row = Int(items[item].pool.rawValue)
    if freeServerCount[row] > 0 {
      startService(item, now)
    } else {
      lines[row].append(UInt32(truncatingIfNeeded: item))
    }
  }

  @inline(__always)
  private mutating func startService(_ item: Int, _ now: Double) {
    let row = Int(items[item].pool.rawValue)
    freeServerCount[row] &-= 1
    let server = Int(freeServers[row &* 64 &+ freeServerCount[row]])
    let step = items[item].kind == .step ? Int(items[item].step) : 0
    inHand[server] = UInt32(truncatingIfNeeded: item)
    events.set(server, now + serviceTime(step))
  }

  @inline(__always)
  private mutating func serviceTime(_ step: Int) -> Double {
    isLognormal[step]
      ? exp(logMean[step] + logDeviation * variates.normal()) : mean[step] * variates.exponential()
  }

  // MARK: Items

  @inline(__always)
  private mutating func newItem() -> Int {
    if freeItemCount == 0 { grow() }
    freeItemCount &-= 1
    return Int(freeItems[freeItemCount])
  }

  @inline(__always)
  private mutating func free(_ item: Int) {
    freeItems[freeItemCount] = UInt32(truncatingIfNeeded: item)
    freeItemCount &+= 1
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Item>.allocate(capacity: 2 * capacity)
    larger.moveInitialize(from: items, count: capacity)
    (larger + capacity).initialize(repeating: Item(), count: capacity)
    items.deallocate()
    items = larger
    freeItems.deallocate()
    freeItems = .allocate(capacity: 2 * capacity)
    for item in (capacity..<(2 * capacity)).reversed() {
      freeItems[freeItemCount] = UInt32(item)
      freeItemCount += 1
    }
    capacity *= 2
  }
}
