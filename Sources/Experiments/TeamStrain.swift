internal import Simulation

/// What the work does to the people of a team: how often it breaks in on them, how long they stay, and how
/// much of their time leaves no room.
public struct TeamStrain: Sendable, Codable, Equatable {
  /// Share of the time at work above which a day leaves no room for anything else.
  public static let fullDay = 0.85

  /// Tickets and exceptions of the team whose due date fell within the horizon, per scheduled hour of one
  /// person; `nil` where due dates are not counted or nothing is scheduled.
  public var interruptionsPerHour: Estimate?
  /// Overtime worked over the whole run, in hours of all its people.
  public var overtimeHours: Estimate
  /// Share of the scheduled hours that lie in working days on which the team was at work for more than
  /// `fullDay` of them; `nil` where nothing is scheduled.
  public var fullDayShare: Estimate?
}

extension TeamStrain {
  /// - Parameter schedules: one for each replication, or one for all.
  init(
    team: Int, model: SimulationModel, schedules: [TeamSchedule], records: [ReplicationRecord]
  ) {
    let days = model.timeline.horizonDays
    let weeks = model.timeline.cohortCount
    func schedule(_ index: Int) -> TeamSchedule { schedules[schedules.count == 1 ? 0 : index] }
    var interruptions: [Double] = []
    var full: [Double] = []
    for (index, record) in records.enumerated() {
      let series = record.teams[team]
      let scheduled = schedule(index).cumulative
      guard days > 0, scheduled.count >= days, scheduled[days - 1] > 0 else { continue }
      if !series.ticketsDue.isEmpty {
        let due = series.ticketsDue.prefix(weeks).reduce(0) { $0 + Int($1) }
        interruptions.append(Double(due) / (Double(scheduled[days - 1]) / 3600e6))
      }
      guard series.workDone.count >= days else { continue }
      // Work done before the first close includes the run-in, so that day is left out.
      var (all, busy) = (Int64(0), Int64(0))
      for day in 1..<max(1, days) {
        let hours = scheduled[day] - scheduled[day - 1]
        guard hours > 0 else { continue }
        all += hours
        let done = series.workDone[day] - series.workDone[day - 1]
        if Double(done) > Self.fullDay * Double(hours) { busy += hours }
      }
      if all > 0 { full.append(Double(busy) / Double(all)) }
    }
    func estimate(_ values: [Double]) -> Estimate? {
      values.isEmpty || values.count < records.count ? nil : Estimate(of: values)
    }
    interruptionsPerHour = estimate(interruptions)
    overtimeHours = Estimate(of: records.map { Double($0.teams[team].overtime) / 3600e6 })
    fullDayShare = estimate(full)
  }
}
