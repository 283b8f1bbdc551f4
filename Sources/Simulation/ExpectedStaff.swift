public import EventEngine

// What teams of unlike people can do, on average: for forecasts and for work that is still owed.

extension TeamModel {
  /// The people who have all of some skills.
  public func people(withSkills skills: Set<Int>) -> [Person] {
    skills.isEmpty ? people : people.filter { skills.isSubset(of: $0.skills) }
  }

  /// What an hour of work content takes those who have some skills, if all of them work all their
  /// hours.
  ///
  /// With hours hᵢ, speed vᵢ and hourly cost cᵢ: Σ hᵢ / Σ hᵢ vᵢ hours, which cost Σ hᵢ cᵢ / Σ hᵢ vᵢ. So
  /// each counts with the content they get through, which is how a queue that never empties is worked
  /// off. Where nobody is scheduled, all hours count alike; where nobody has the skills, an hour takes
  /// an hour and costs nothing.
  ///
  /// - Parameters:
  ///   - skills: what the work asks for.
  ///   - hours: hours of a calendar, by its index, in any unit.
  public func effort(
    ofSkills skills: Set<Int> = [], hours: (_ calendar: Int) -> Double
  ) -> TeamEffort {
    let able = people(withSkills: skills)
    guard let first = able.first else { return TeamEffort(hours: 1, cost: 0) }
    // People who are alike take and cost exactly what one of them does.
    if able.allSatisfy({ $0.hourlyCost == first.hourlyCost && $0.speed == first.speed }) {
      return TeamEffort(hours: 1 / first.speed, cost: first.hourlyCost / first.speed)
    }
    let scheduled = able.map { max(0, hours($0.calendar)) }
    let weights = scheduled.contains { $0 > 0 } ? scheduled : able.map { _ in 1 }
    var (time, cost, content) = (0.0, 0.0, 0.0)
    for (person, weight) in zip(able, weights) {
      time += weight
      cost += weight * person.hourlyCost
      content += weight * person.speed
    }
    return TeamEffort(hours: time / content, cost: cost / content)
  }

  /// Work content that its people are scheduled to do between two instants, in microseconds at a speed
  /// of 1.
  ///
  /// Hours times speed, one thing after the other; overtime does not count, nor that nothing may begin
  /// shortly before a shift ends.
  public func scheduledContent(
    from start: Int64, to end: Int64, calendars: [WorkCalendar]
  ) -> Int64 {
    people.reduce(0) { sum, person in
      sum + person.content(of: calendars[person.calendar].workTime(from: start, to: end))
    }
  }
}

/// What an hour of work content takes a team.
public struct TeamEffort: Sendable, Equatable {
  /// Hours of its working time.
  public var hours: Double
  /// Their cost, in millionths of the currency unit.
  public var cost: Double
}

extension SimulationModel {
  /// What an hour of work content takes those of a team who have some skills, by their hours within the
  /// horizon.
  func effort(of team: TeamModel, skills: Set<Int>) -> TeamEffort {
    team.effort(ofSkills: skills) { calendar in
      Double(calendars[calendar].workTime(from: 0, to: timeline.horizon))
    }
  }
}

extension TeamModel.Person {
  /// Work content done in some working time, both in microseconds.
  public func content(of workingTime: Int64) -> Int64 {
    speed == 1 ? workingTime : Int64((Double(workingTime) * speed).rounded())
  }
}

extension StackModel {
  /// Mean work content of an activity done by hand, in seconds; `nil` where nobody can do it.
  ///
  /// Of a batch, an item's part and its share of the set-up of a full one. Where members of the team take
  /// times of their own, the mean over those who have the skills.
  func meanContent(ofActivity index: Int) -> Double? {
    let activity = activities[index]
    guard let time = activity.handlingTime, let team = activity.team else { return nil }
    let setup = activity.batch.map { $0.setup.mean / Double($0.size) } ?? 0
    let each = activity.batch?.each ?? time
    let own = activity.queueing.timesByPerson
    if own.isEmpty { return setup + each.mean }
    let able = teams[team].people.enumerated().filter {
      activity.queueing.skills.isSubset(of: $0.element.skills)
    }
    guard !able.isEmpty else { return setup + each.mean }
    return setup + able.reduce(0) { $0 + (own[$1.offset] ?? each).mean } / Double(able.count)
  }
}
