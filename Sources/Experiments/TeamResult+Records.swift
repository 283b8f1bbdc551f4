internal import Simulation

extension TeamResult {
  init(
    team: Int, model: SimulationModel, records: [ReplicationRecord], isWatched: Bool,
    backlogDays: Int
  ) {
    let schedule = TeamSchedule(team: team, stack: model.stack, model: model)
    let days = model.timeline.horizonDays
    name = model.stack.teams[team].name
    people = model.stack.teams[team].people.count
    self.isWatched = isWatched
    backlogHours = (0..<days).map { day in
      Band(of: records.map { Double($0.teams[team].remainingContent[day]) / 3600e6 })
    }
    waitingTickets = (0..<days).map { day in
      Band(of: records.map { Double($0.teams[team].waitingTickets[day]) })
    }
    // Where nothing changes the schedule, it is one for all replications.
    let changed = records.contains { !$0.teams[team].extraScheduled.isEmpty }
    let schedules =
      changed ? records.map { schedule.adding($0.teams[team].extraScheduled) } : [schedule]
    scheduledHoursAhead = (0..<days).map { day in
      average(schedules.map { Double($0.ahead(of: day, days: backlogDays)) / 3600e6 })
    }
    occupancy = weeklyOccupancy(team: team, model: model, schedules: schedules, records: records)
    fluid = FluidForecast(team: team, model: model)
    strain = TeamStrain(team: team, model: model, schedules: schedules, records: records)
  }
}

/// Work done over work scheduled, week by week of the horizon.
private func weeklyOccupancy(
  team: Int, model: SimulationModel, schedules: [TeamSchedule], records: [ReplicationRecord]
) -> [Band] {
  let closes = model.timeline.dayCloses.prefix(model.timeline.horizonDays)
  var weeks: [(first: Int, last: Int)] = []
  for (day, close) in closes.enumerated() {
    // A week, unless the run is too long for weekly cohorts.
    let week = Int(close / model.timeline.cohortLength)
    while weeks.count <= week { weeks.append((day, day)) }
    weeks[week].last = day
  }
  return weeks.compactMap { week in
    // Work done before the first close of the first week includes the run-in, so that day is left out.
    let from = max(week.first - 1, 0)
    let scheduled = schedules.map { $0.cumulative[week.last] - $0.cumulative[from] }
    guard scheduled.allSatisfy({ $0 > 0 }) else { return nil }
    return Band(
      of: records.enumerated().map { index, record in
        let done = record.teams[team].workDone
        return Double(done[week.last] - done[from])
          / Double(scheduled[scheduled.count == 1 ? 0 : index])
      })
  }
}

extension Band {
  /// Mean and quantiles of values over replications; quantiles interpolate between order statistics.
  init(of values: [Double]) {
    mean = average(values)
    let sorted = values.sorted()
    quantiles = Band.probabilities.map { sorted.interpolated(at: $0) }
  }
}

extension [Double] {
  /// The quantile of sorted values, type 7 of Hyndman and Fan (1996).
  func interpolated(at probability: Double) -> Double {
    guard let last else { return 0 }
    let position = probability * Double(count - 1)
    let index = Int(position)
    guard index + 1 < count else { return last }
    return self[index] + (position - Double(index)) * (self[index + 1] - self[index])
  }
}
