import EventEngine
import Simulation
import Statistics

// How generated teams work: skills, urgency, pre-emption, ends of shifts, several items in hand, patience
// and batches, each in some of the models.

extension SeededGenerator {
  /// A time of a mean in seconds.
  mutating func time(_ mean: Double) -> SampledTime {
    chance(0.5) ? .exponential(mean: mean) : .constant(mean)
  }

  /// A team by its index in a model of so many teams, with people on calendars 0...2.
  ///
  /// The first person has both skills, so that there is nothing that nobody can do.
  mutating func team(_ index: Int, of teamCount: Int, isPlain: Bool) -> TeamModel {
    var team = TeamModel(
      name: "team \(index)",
      people: (0..<int(1...70 / teamCount)).map { _ in
        .init(calendar: int(0...2), hourlyCost: real(10e6...90e6))
      })
    if isPlain { return team }
    for person in team.people.indices {
      if chance(0.3) { team.people[person].speed = real(0.5...2) }
      team.people[person].skills =
        person == 0 ? [0, 1] : Set([0, 1].filter { _ in chance(0.6) })
    }
    if chance(0.3) { team.ageing = Int64(int(1...600)) * minute }
    team.preemption =
      chance(0.5) ? .none : chance(0.5) ? .resume : .restart
    switch int(0...3) {
    case 0: team.shiftEnd = .handOver
    case 1: team.shiftEnd = .overtime(limit: Int64(int(1...180)) * minute)
    default: team.shiftEnd = .suspend
    }
    if chance(0.3) { team.lastStart = Int64(int(0...90)) * minute }
    if chance(0.3) {
      team.multitasking = .init(limit: int(2...4), slowdown: chance(0.3) ? 0 : real(0...1.5))
    }
    if chance(0.3) { team.overtimeSurcharge = real(0...1) }
    return team
  }

  /// How an activity queues at a team of so many people, or how tickets do: without patience and times
  /// of single people.
  mutating func queueing(people: Int?, isPlain: Bool) -> QueueingModel {
    var queueing = QueueingModel()
    if isPlain { return queueing }
    if chance(0.6) { queueing.priority = Int32(int(-2...3)) }
    if chance(0.4) { queueing.skills = chance(0.3) ? [0, 1] : [int(0...1)] }
    if chance(0.2) {
      queueing.expedite = .init(
        after: Int64(int(1...300)) * minute, priority: Int32(int(-3...3)))
    }
    guard let people else { return queueing }
    if chance(0.25) {
      queueing.patience = .init(
        time: time(real(600...90_000)), then: chance(0.5) ? .leave : .skip)
    }
    if chance(0.2) { queueing.timesByPerson = [int(0...(people - 1)): time(real(0...900))] }
    return queueing
  }

  /// A rule by which work goes in batches; `nil` for most work.
  mutating func batch() -> BatchModel? {
    guard chance(0.2) else { return nil }
    let size = int(2...6)
    return BatchModel(
      size: size, wait: chance(0.8) ? Int64(int(1...600)) * minute : nil,
      minimum: chance(0.3) ? int(1...size) : 1, setup: time(real(0...300)),
      each: chance(0.5) ? time(real(10...200)) : nil)
  }

  /// Arrivals of some pattern, with calendars of the model.
  mutating func demand(_ calendars: [WorkCalendar]) -> Demand {
    let calendar = calendars[int(0...2)]
    var demand = Demand(
      pattern: chance(0.5) ? .poisson : .regular, calendar: calendar,
      rate: real(20...200) / Double(day), growth: real(-0.2...0.3), growthPeriod: 10 * day)
    switch int(0...5) {
    case 0:
      demand.pattern = .renewal
      demand.between = time(real(300...3_000))
    case 1:
      demand.pattern = .replay
      demand.instants = (0..<int(400...1_500)).map { _ in
        Int64(int(-6 * 24 * 60...17 * 24 * 60)) * minute
      }.sorted()
    default: break
    }
    if demand.pattern != .replay, chance(0.25) {
      demand.batch =
        chance(0.5) ? BatchSize(geometricMean: real(1...6)) : BatchSize(1...int(1...8))
    }
    return demand
  }
}
