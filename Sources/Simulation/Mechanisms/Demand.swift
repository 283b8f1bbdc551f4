internal import EventEngine
internal import Statistics

// Mechanism *demand*: cases arrive. A non-homogeneous Poisson process by thinning: candidates come at
// the majorant rate in open time, and each is accepted with the ratio of the rate there to the majorant.
// Source: Lewis, Shedler, *Simulation of nonhomogeneous Poisson processes by thinning*, Naval Research
// Logistics Quarterly 26 (1979). Renewal processes, equal distances and lists of instants beside it.

/// State of the arrivals.
struct ArrivalState: ~Copyable {
  let pattern: Demand.Pattern
  let gapStream: RandomStream
  let thinningStream: RandomStream
  let batchStream: RandomStream
  /// Candidates per microsecond of open time.
  let majorant: Double
  /// Distances of a renewal process, in seconds of open time.
  let between: CompiledSampler
  let hasBatches: Bool
  let batch: BatchSize
  /// Instants of a replay from the start of the run on.
  let instants: FlatArray<Int64>
  /// Candidates so far.
  var candidates: UInt32 = 0
  /// Distances drawn ahead, in microseconds of open time, and the next of them to be used.
  var gaps = FlatArray(repeating: 0.0, count: gapsAhead)
  var nextGap = gapsAhead
  static let gapsAhead = 8
  /// Open time of the last candidate, in microseconds from the calendar's start.
  var openTime: Double
  /// Whether the distances of a renewal process run by the calendar, to the next opening.
  let comesAtOpening: Bool
  /// Instant of the last arrival of such a process; its start before the first.
  var lastArrival: Int64
  /// Instant after which nothing that arrives can matter.
  let lastInstant: Int64
  /// Whether candidates come around the clock.
  let isContinuous: Bool
  /// Whether every candidate becomes a case, because the rate never changes.
  let acceptsAll: Bool

  static func streams(of name: String) -> [RandomStream] {
    ["gap", "thinning", "batch size"].map { RandomStream(name, $0) }
  }

  init(model: SimulationModel) {
    let demand = model.demand
    let streams = Self.streams(of: demand.name)
    gapStream = streams[0]
    thinningStream = streams[1]
    batchStream = streams[2]
    pattern = demand.pattern
    lastInstant =
      model.timeline.caseLimit == nil ? model.timeline.horizon + model.timeline.followUp : .max
    let peak = demand.intensity.max() ?? 1
    let growth = demand.growth > 0 ? max(1, demand.growthFactor(at: lastInstant)) : 1
    hasBatches = demand.batch != nil
    batch = demand.batch ?? BatchSize(1)
    majorant = demand.rate * peak * growth / batch.mean
    between = (demand.between ?? .zero).sampler
    let start = model.timeline.runInStart
    comesAtOpening = demand.comesAtOpening
    lastArrival = start
    instants = FlatArray(
      demand.pattern == .replay ? Array(demand.instants.drop { $0 < start }) : [])
    openTime = Double(demand.calendar.workTime(at: start))
    isContinuous = demand.calendar.isContinuous
    acceptsAll =
      demand.pattern != .poisson || (demand.intensity.isEmpty && demand.growth == 0)
  }
}

extension Demand {
  /// Expected arrivals per second at an instant, in or out of hours; not for `replay`.
  public func arrivalsPerSecond(at time: Int64) -> Double {
    guard calendar.isOpen(at: time) else { return 0 }
    switch pattern {
    case .poisson: return intensity(at: time) * 1e6
    case .regular: return rate * 1e6
    case .renewal where comesAtOpening: return rate * 1e6
    case .renewal: return (batch?.mean ?? 1) / (between?.mean ?? .infinity)
    case .replay: return 0
    }
  }

  /// Arrivals per second to be expected between two instants among which the calendar neither opens
  /// nor closes.
  public func arrivalsPerSecond(from start: Int64, to end: Int64) -> Double {
    guard pattern == .replay else { return arrivalsPerSecond(at: start + (end - start) / 2) }
    let count = firstInstant(notBefore: end) - firstInstant(notBefore: start)
    return Double(count) / Double(end - start) * 1e6
  }

  /// Cases to be expected from day 0 on in all, if arrivals end some time; `nil` where they go on for
  /// ever or grow.
  public var expectedCases: Double? {
    if pattern == .replay { return Double(instants.count - firstInstant(notBefore: 0)) }
    guard !calendar.isContinuous, calendar.repetition == nil, growth == 0 else { return nil }
    return calendar.intervals.reduce(0) { sum, interval in
      let open = max(0, interval.open)
      guard interval.close > open else { return sum }
      return sum + arrivalsPerSecond(at: open) * Double(interval.close - open) / 1e6
    }
  }

  func firstInstant(notBefore time: Int64) -> Int {
    var (low, high) = (0, instants.count)
    while low < high {
      let middle = (low + high) / 2
      if instants[middle] < time { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Arrivals per second to be expected between two instants far apart, closed hours included.
  public func averageArrivalsPerSecond(from start: Int64, to end: Int64) -> Double {
    let open =
      Double(calendar.workTime(from: start, to: end)) / Double(end - start)
    return switch pattern {
    case .poisson, .regular:
      rate * meanIntensity(from: start, to: end) * growthFactor(at: start + (end - start) / 2) * 1e6
        * open
    case .renewal: (batch?.mean ?? 1) / (between?.mean ?? .infinity) * open
    case .replay: arrivalsPerSecond(from: start, to: end)
    }
  }

  /// Mean of the relative intensities over the open time between two instants.
  private func meanIntensity(from start: Int64, to end: Int64) -> Double {
    var (sum, time) = (0.0, 0.0)
    var row = calendar.firstInterval(closingAfter: start)
    while row < intensity.count, calendar.intervals[row].open < end {
      let interval = calendar.intervals[row]
      let open = Double(min(interval.close, end) - max(interval.open, start))
      sum += intensity[row] * max(0, open)
      time += max(0, open)
      row += 1
    }
    return time > 0 ? sum / time : 1
  }

  /// Factor by which the rate has grown at an instant; 1 until day 0.
  func growthFactor(at time: Int64) -> Double {
    guard growth != 0, time > 0 else { return 1 }
    return power(1 + growth, Double(time) / Double(growthPeriod))
  }

  /// Cases per microsecond of open time at an instant within an interval of the calendar.
  func intensity(at time: Int64) -> Double {
    guard !intensity.isEmpty else { return rate * growthFactor(at: time) }
    // The closing instant still belongs to the interval that ends there.
    let interval = calendar.firstInterval(closingAfter: time - 1)
    let weight = interval < intensity.count ? intensity[interval] : 0
    return rate * weight * growthFactor(at: time)
  }
}

extension Replication {
  /// Schedules the next arrival, or candidate for one.
  mutating func scheduleNextArrival() {
    guard casesToCount > 0 else { return }
    arrivals.candidates &+= 1
    switch arrivals.pattern {
    case .regular:
      guard arrivals.majorant > 0 else { return endArrivals() }
      let origin = Double(model.demand.calendar.workTime(at: model.timeline.runInStart))
      arrivals.openTime = origin + Double(arrivals.candidates) / arrivals.majorant
    case .poisson:
      guard arrivals.majorant > 0 else { return endArrivals() }
      arrivals.openTime += drawnGap()
    case .renewal where arrivals.comesAtOpening:
      // The first case comes as soon as cases may.
      if arrivals.candidates > 1 {
        arrivals.lastArrival += Int64(drawnGap())
      }
      arrivals.lastArrival = model.demand.calendar.opening(atOrAfter: arrivals.lastArrival)
      scheduleArrival(at: arrivals.lastArrival)
      return
    case .renewal:
      arrivals.openTime += drawnGap()
    case .replay:
      let position = Int(arrivals.candidates) - 1
      guard position < arrivals.instants.count else { return endArrivals() }
      scheduleArrival(at: arrivals.instants[position])
      return
    }
    let openTime = roundedToInteger(arrivals.openTime)
    scheduleArrival(
      at: arrivals.isContinuous ? openTime : model.demand.calendar.instant(atWork: openTime))
  }

  /// The drawn distance between the last candidate and the present one.
  @inline(__always)
  private mutating func drawnGap() -> Double {
    if arrivals.nextGap == ArrivalState.gapsAhead { drawGaps() }
    random.note(arrivals.gapStream, ordinal: arrivals.candidates)
    let gap = arrivals.gaps[arrivals.nextGap]
    arrivals.nextGap += 1
    return gap
  }

  /// Draws distances from the present candidate on.
  ///
  /// Several at a time: a random number and its logarithm are a long chain of steps that wait for one
  /// another, and a processor can work on several chains at once.
  private mutating func drawGaps() {
    let gaps = arrivals.gaps.block
    random.uniformsAhead(gaps, arrivals.gapStream, from: arrivals.candidates)
    if arrivals.pattern == .poisson {
      replaceByLogarithms(gaps)
      for position in gaps.indices { gaps[position] = -(gaps[position] / arrivals.majorant) }
    } else {
      arrivals.between.replace(uniforms: gaps, in: samplerTable)
      for position in gaps.indices { gaps[position] = Double(microseconds(gaps[position])) }
    }
    arrivals.nextGap = 0
  }

  @inline(__always)
  private mutating func scheduleArrival(at instant: Int64) {
    if instant < arrivals.lastInstant {
      schedule(.arrival, at: instant, .arrive)
    } else {
      endArrivals()
    }
  }

  /// Nothing arrives any more: where further cases were to be counted, counting ends with those that
  /// came, and the record says how many are missing.
  @inline(never)
  private mutating func endArrivals() {
    guard model.timeline.caseLimit != nil, casesToCount > 0 else { return }
    record.missingCases = casesToCount
    casesToCount = 0
    endCounting()
    endRunIfSettled()
  }

  /// A candidate comes: it becomes a case, or a batch of them, unless it is thinned out.
  mutating func admitCandidate() {
    let accepted =
      arrivals.acceptsAll
      || random.uniform(arrivals.thinningStream, ordinal: arrivals.candidates)
        * arrivals.majorant * arrivals.batch.mean < model.demand.intensity(at: now)
    if accepted {
      if arrivals.hasBatches { admitBatch() } else { admitCase() }
    }
    scheduleNextArrival()
  }

  /// Cases that arrive together, one after the other within the instant.
  private mutating func admitBatch() {
    let uniform = random.uniform(arrivals.batchStream, ordinal: arrivals.candidates)
    for _ in 0..<arrivals.batch.size(forUniform: uniform, in: samplerTable)
    where failure == nil && casesToCount > 0 { admitCase() }
  }
}
