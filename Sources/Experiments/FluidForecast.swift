public import Simulation
internal import EventEngine
internal import Statistics

/// The reflected fluid queue of a team under a stack: what arithmetic alone says about its backlog.
public struct FluidForecast: Sendable, Hashable, Codable {
  /// Backlog at the close of each working day of the horizon, in hours of work.
  public var backlogHours: [Double]
  /// First working day from which on the inflow of a window of weeks reaches what is scheduled; `nil`
  /// where it never does within the horizon. This is definition *saturation*.
  public var saturationDay: Int?
  /// Inflow of the first week as a share of the scheduled work.
  public var firstWeekIntensity: Double
  /// Inflow of the last week as a share of the scheduled work.
  public var lastWeekIntensity: Double

  /// Works out the forecast of a team from an empty queue on day 0.
  ///
  /// Inflow is the arrival rate times the expected work of a case at that time, as if every case brought
  /// its work at once; see `ExpectedLoad`.
  public init(team: Int, model: SimulationModel) {
    let days = model.timeline.horizonDays
    let closes = model.timeline.dayCloses
    let schedule = TeamSchedule(team: team, stack: model.stack, model: model)
    let inflow = Self.dailyInflow(team: team, model: model)
    var queue = ReflectedFluidQueue(start: 0)
    backlogHours = []
    for day in 0..<days {
      let segments = Self.segments(
        from: day > 0 ? closes[day - 1] : 0, to: closes[day], team: team, model: model)
      for segment in segments { queue.advance(segment) }
      backlogHours.append(queue.level / 3600)
    }
    (saturationDay, firstWeekIntensity, lastWeekIntensity) = Self.saturation(
      inflow: inflow, schedule: schedule, days: days)
  }
}
