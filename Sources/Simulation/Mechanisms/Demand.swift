internal import EventEngine
internal import Statistics

// Mechanism *demand*: cases arrive. A non-homogeneous Poisson process by thinning: candidates come at
// the majorant rate in open time, and each is accepted with the ratio of the rate there to the majorant.
// Source: Lewis, Shedler, *Simulation of nonhomogeneous Poisson processes by thinning*, Naval Research
// Logistics Quarterly 26 (1979). Or a renewal process: gaps drawn from any distribution run by the
// calendar, and a case that would come out of hours comes when they begin.

/// State of the arrivals.
struct ArrivalState {
  let gapStream: RandomStream
  let thinningStream: RandomStream
  /// Candidates per microsecond of open time.
  let majorant: Double
  /// Candidates so far.
  var candidates: UInt32 = 0
  /// Open time of the last candidate, in microseconds from the calendar's start.
  var openTime: Double
  /// Instant of the last arrival of a renewal process; its start before the first.
  var lastArrival: Int64
  /// Draws the gaps of a renewal process, in seconds.
  let gap: CompiledSampler
  /// Instant after which nothing that arrives can matter.
  let lastInstant: Int64

  static func streams(of name: String) -> [RandomStream] {
    [RandomStream(name, "gap"), RandomStream(name, "thinning")]
  }

  init(model: SimulationModel) {
    let demand = model.demand
    gapStream = Self.streams(of: demand.name)[0]
    thinningStream = Self.streams(of: demand.name)[1]
    lastInstant =
      model.timeline.caseLimit == nil ? model.timeline.horizon + model.timeline.followUp : .max
    let peak = demand.intensity.max() ?? 1
    let growth = demand.growth > 0 ? max(1, demand.growthFactor(at: lastInstant)) : 1
    majorant = demand.rate * peak * growth
    openTime = Double(demand.calendar.workTime(at: model.timeline.runInStart))
    lastArrival = model.timeline.runInStart
    gap = (demand.gap ?? .zero).sampler
  }
}

extension Demand {
  /// Expected arrivals per second at an instant, in or out of hours.
  public func arrivalsPerSecond(at time: Int64) -> Double {
    guard calendar.isOpen(at: time) else { return 0 }
    return (pattern == .poisson ? intensity(at: time) : rate) * 1e6
  }

  /// Expected arrivals per second of open time around an instant, over all hours of an ordinary week.
  public func averageArrivalsPerSecond(at time: Int64) -> Double {
    rate * growthFactor(at: time) * 1e6
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
    guard arrivals.majorant > 0, casesToCount > 0 else { return }
    arrivals.candidates &+= 1
    let instant: Int64
    switch model.demand.pattern {
    case .renewal:
      // The first case comes as soon as cases may.
      if arrivals.candidates > 1 {
        let uniform = random.uniform(arrivals.gapStream, ordinal: arrivals.candidates)
        arrivals.lastArrival += microseconds(arrivals.gap, uniform)
      }
      arrivals.lastArrival = model.demand.calendar.opening(atOrAfter: arrivals.lastArrival)
      instant = arrivals.lastArrival
    case .regular:
      let origin = Double(model.demand.calendar.workTime(at: model.timeline.runInStart))
      arrivals.openTime = origin + Double(arrivals.candidates) / arrivals.majorant
      instant = model.demand.calendar.instant(atWork: Int64(arrivals.openTime.rounded()))
    case .poisson:
      let uniform = random.uniform(arrivals.gapStream, ordinal: arrivals.candidates)
      arrivals.openTime -= naturalLogarithm(uniform) / arrivals.majorant
      instant = model.demand.calendar.instant(atWork: Int64(arrivals.openTime.rounded()))
    }
    if instant < arrivals.lastInstant { schedule(.arrival, at: instant, .arrive) }
  }

  /// A candidate comes: it becomes a case unless it is thinned out.
  mutating func admitCandidate() {
    let accepted =
      model.demand.pattern != .poisson
      || random.uniform(arrivals.thinningStream, ordinal: arrivals.candidates)
        * arrivals.majorant < model.demand.intensity(at: now)
    if accepted { admitCase() }
    scheduleNextArrival()
  }
}
