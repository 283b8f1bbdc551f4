public import Simulation

/// A team that has more work than hours, by arithmetic: why a run has no end.
public struct Overload: Sendable, Equatable, Codable {
  /// Name of the team.
  public var team: String
  /// Its work in the last week of the horizon as a share of its hours, ≥ 1.
  public var intensity: Double
  /// First working day (from 1) of the four weeks in which its work reaches its hours; `nil` where no four
  /// weeks of the horizon are such.
  public var sinceDay: Int?

  /// The team of a model with the most work for its hours at the end of the horizon; `nil` where all
  /// have more hours than work.
  public init?(worstOf model: SimulationModel) {
    guard model.timeline.horizonDays > 0 else { return nil }
    let forecasts = model.stack.teams.indices.map { FluidForecast(team: $0, model: model) }
    let worst = forecasts.indices.max {
      forecasts[$0].lastWeekIntensity < forecasts[$1].lastWeekIntensity
    }
    guard let worst, forecasts[worst].lastWeekIntensity >= 1 else { return nil }
    team = model.stack.teams[worst].name
    intensity = forecasts[worst].lastWeekIntensity
    sinceDay = forecasts[worst].saturationDay
  }
}
