internal import EventEngine
public import Simulation
internal import Statistics

/// The reflected fluid queue of a team under a stack: what arithmetic alone says about its backlog.
public struct FluidForecast: Sendable, Hashable, Codable {
  /// Backlog at the close of each working day of the horizon, in hours of work.
  public var backlogHours: [Double]
  /// Definition *saturation*: the first working day (from 1) of the first four weeks whose inflow
  /// reaches what is scheduled, where those that begin on each day of the week after it do so too, as
  /// far as they lie within the horizon; `nil` where none do.
  ///
  /// Without a band: replications do not differ.
  public var saturationDay: Int?
  /// Inflow of the first week as a share of the scheduled work.
  public var firstWeekIntensity: Double
  /// Inflow of the last week as a share of the scheduled work.
  public var lastWeekIntensity: Double

  /// Works out the forecast of a team from an empty queue on day 0.
  ///
  /// Inflow is the arrival rate times the expected work of a case at that time, as if every case brought
  /// all its work at once, see `ExpectedLoad`; and the repairs that are the team's work.
  public init(team: Int, model: SimulationModel) {
    let days = Self.days(team: team, model: model)
    let queue = ReflectedFluidQueue(
      segments: days.flatMap(\.segments).map {
        FluidSegment(duration: $0.seconds, rate: $0.inflow, capacity: $0.people)
      })
    var close = 0.0
    backlogHours = days.map { day in
      close += day.segments.reduce(0) { $0 + $1.seconds }
      return (queue.level(at: min(close, queue.end)) ?? 0) / 3600
    }
    let inflow = days.map { $0.segments.reduce(0) { $0 + $1.seconds * $1.inflow } }
    let scheduled = days.map { $0.segments.reduce(0) { $0 + $1.seconds * $1.people } }
    let weekDays = max(
      1, Int((7 * Double(days.count) * 86_400e6 / Double(model.timeline.horizon)).rounded()))
    firstWeekIntensity = Self.intensity(inflow.prefix(weekDays), scheduled.prefix(weekDays))
    lastWeekIntensity = Self.intensity(inflow.suffix(weekDays), scheduled.suffix(weekDays))
    let window = 4 * weekDays
    // Windows that lie within the horizon, by their first day.
    let isFull = (0..<max(0, days.count - window + 1)).map { first in
      Self.intensity(inflow[first..<(first + window)], scheduled[first..<(first + window)])
        >= 1
    }
    saturationDay = isFull.indices.first { first in
      isFull[first..<min(isFull.count, first + weekDays + 1)].allSatisfy(\.self)
    }.map { $0 * model.timeline.daysPerSample + 1 }
  }

  private static func intensity(_ inflow: ArraySlice<Double>, _ scheduled: ArraySlice<Double>)
    -> Double
  {
    let capacity = scheduled.reduce(0, +)
    let work = inflow.reduce(0, +)
    return capacity > 0 ? work / capacity : (work > 0 ? .infinity : 0)
  }

  /// A stretch of time in which nothing changes: its length, work that arrives and people at work, both in
  /// seconds per second; whoever works at twice the speed counts as two people.
  private struct Segment {
    var seconds: Double
    var inflow: Double
    var people: Double
  }

  private struct Day { var segments: [Segment] }

  /// The working days of the horizon as stretches between all openings and closings.
  private static func days(team: Int, model: SimulationModel) -> [Day] {
    let closes = Array(model.timeline.dayCloses.prefix(model.timeline.horizonDays))
    guard let end = closes.last else { return [] }
    let people = hours(ofTeam: team, model)
    let repairs = model.stack.repairWork(ofTeam: team)
    let expectation = FlowExpectation(model: model, stack: model.stack)
    func seconds(at time: Int64) -> Double {
      ExpectedLoad(model: model, stack: model.stack, expectation: expectation, at: time)
        .teamSeconds[team]
    }
    let constant = model.stack.bringsTheSameAlways ? seconds(at: 0) : nil
    func load(at time: Int64) -> Double { constant ?? seconds(at: time) }
    guard model.timeline.daysPerSample == 1 else {
      return coarseDays(closes: closes, people: people, model: model, repairs: repairs, load: load)
    }
    var instants = Set(closes).union([0])
    for calendar in [model.demand.calendar] + people.map(\.calendar) {
      for interval in calendar.intervals {
        instants.formUnion([interval.open, interval.close].filter { 0 < $0 && $0 < end })
      }
    }
    let boundaries = instants.sorted()
    var days: [Day] = [Day(segments: [])]
    for (from, to) in zip(boundaries, boundaries.dropFirst()) {
      let middle = from + (to - from) / 2
      days[days.count - 1].segments.append(
        Segment(
          seconds: Double(to - from) / 1e6,
          inflow: model.demand.arrivalsPerSecond(from: from, to: to) * load(at: middle) + repairs,
          people: people.reduce(0) { $0 + ($1.calendar.isOpen(at: middle) ? $1.speed : 0) }))
      if closes.contains(to), to != end { days.append(Day(segments: [])) }
    }
    return days
  }

  /// The calendars that a team works by, each with the speeds of those who do.
  private static func hours(
    ofTeam team: Int, _ model: SimulationModel
  ) -> [(calendar: WorkCalendar, speed: Double)] {
    var speeds = [Double](repeating: 0, count: model.calendars.count)
    let staff = model.stack.teams[team]
    for person in staff.people { speeds[person.calendar] += person.speed * staff.presence }
    return speeds.indices.filter { speeds[$0] > 0 }.map { (model.calendars[$0], speeds[$0]) }
  }

  /// One stretch from sample to sample, for runs so long that not every day is sampled: arrivals and
  /// people by their averages.
  private static func coarseDays(
    closes: [Int64], people: [(calendar: WorkCalendar, speed: Double)], model: SimulationModel,
    repairs: Double, load: (Int64) -> Double
  ) -> [Day] {
    zip([0] + closes, closes).map { from, to in
      let middle = from + (to - from) / 2
      let work = people.reduce(0) {
        $0 + Double($1.calendar.workTime(from: from, to: to)) * $1.speed
      }
      return Day(segments: [
        Segment(
          seconds: Double(to - from) / 1e6,
          inflow: model.demand.averageArrivalsPerSecond(from: from, to: to) * load(middle)
            + repairs,
          people: work / Double(to - from))
      ])
    }
  }
}

extension StackModel {
  /// Whether what a case is expected to bring is the same at all times: where people do everything, and nothing is
  /// rolled out.
  fileprivate var bringsTheSameAlways: Bool {
    automations.isEmpty && guardrails.isEmpty && rollout == nil && adoption == nil
  }
}
