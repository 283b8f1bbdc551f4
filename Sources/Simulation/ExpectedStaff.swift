public import EventEngine

// What teams of unlike people can do, on average: for forecasts and for work that is still owed.

extension TeamModel {
  /// The people who have all of some skills.
  public func people(withSkills skills: Set<Int>) -> [Person] {
    skills.isEmpty ? people : people.filter { skills.isSubset(of: $0.skills) }
  }

  /// Cost of an hour of work content, in millionths of the currency unit: the mean over those who
  /// have some skills, each with their own cost and speed; 0 where nobody has.
  public func meanHourlyCost(ofSkills skills: Set<Int> = []) -> Double {
    let able = people(withSkills: skills)
    guard let first = able.first else { return 0 }
    // People who are alike cost exactly what one of them costs.
    if able.allSatisfy({ $0.hourlyCost == first.hourlyCost && $0.speed == first.speed }) {
      return first.hourlyCost / first.speed
    }
    return able.reduce(0) { $0 + $1.hourlyCost / $1.speed } / Double(able.count)
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
    if let batch = activity.batch {
      return batch.setup.mean / Double(batch.size) + (batch.each ?? time).mean
    }
    let own = activity.queueing.timesByPerson
    if own.isEmpty { return time.mean }
    let able = teams[team].people.enumerated().filter {
      activity.queueing.skills.isSubset(of: $0.element.skills)
    }
    guard !able.isEmpty else { return time.mean }
    return able.reduce(0) { $0 + (own[$1.offset] ?? time).mean } / Double(able.count)
  }
}
