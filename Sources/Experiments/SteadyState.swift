public import Simulation
internal import Statistics

/// What a variant's teams settle to, where they do: an answer to a question of capacity, not of a rollout.
public struct SteadyStateResult: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications; each counts once, with its mean after the warm-up.
  public var replications: Int
  /// Working days observed.
  public var days: Int
  /// Figures of teams.
  public var rows: [Row]

  /// A figure of a team.
  public struct Row: Sendable, Codable, Equatable {
    /// The team.
    public var team: String
    /// The figure.
    public var figure: SteadyFigure
    /// Unit of the estimate.
    public var unit: String
    /// Working days that MSER-5 leaves out at the beginning, of the mean over replications; `nil` where
    /// there are too few days for it.
    public var warmUpDays: Int?
    /// Mean over replications of the means after the warm-up; `nil` where there is no answer.
    public var estimate: Estimate?
    /// Why there is no answer; `nil` where there is one.
    public var refusal: SteadyStateRefusal?
    /// Welch's moving average over the days, of five days on each side.
    public var welch: [Double]
  }

  /// Figures that are looked at, at the close of each working day.
  public enum SteadyFigure: String, Sendable, Codable, CaseIterable {
    /// Work that remains, in hours.
    case backlogHours = "backlog_hours"
    /// Pieces of work that wait.
    case waiting
  }
}

/// Why a question of the steady state has no answer.
public enum SteadyStateRefusal: Sendable, Codable, Hashable {
  /// A team's work is 98 % of its hours or more: what it settles to, if anything, takes too long to see.
  case tooBusy(team: String, intensity: Double)
  /// Load changes over the horizon: nothing settles.
  case changing(team: String, first: Double, last: Double)
  /// A rollout is a transition.
  case rollout
  /// The warm-up ends in the second half of the run: the horizon is too short.
  case tooShort(team: String, days: Int)
  /// There are too few working days to look for a warm-up: fewer than 50.
  case tooFewDays(Int)
}

extension SteadyStateRefusal {
  /// For people: why, and what to do.
  public var sentence: String {
    func percent(_ share: Double) -> String { "\((1000 * share).rounded() / 10) %" }
    switch self {
    case .tooBusy(let team, let intensity):
      return
        "the team '\(team)' has \(percent(intensity)) of the work it can do, and from 98 % on a "
        + "queue takes too long to settle, if it does; give it more people, or ask for a date instead"
    case .changing(let team, let first, let last):
      return
        "the work of the team '\(team)' changes from \(percent(first)) of its hours in the first "
        + "week to \(percent(last)) in the last; without drift and growth it could settle"
    case .rollout: return "a rollout is a transition; ask for a variant without one"
    case .tooShort(let team, let days):
      return
        "with the team '\(team)' the warm-up ends in the second half of the \(days) working days; "
        + "lengthen clock.horizon"
    case .tooFewDays(let days):
      return
        "\(days) working days are too few to find where the warm-up ends; lengthen clock.horizon "
        + "to 50 or more"
    }
  }
}

/// Load from which on a steady state is not asked for.
let steadyStateLimit = 0.98

/// Runs one variant, the first of the design's, and says what its teams settle to.
///
/// - Throws: `StudyError.noSteadyState` where no figure can have an answer.
public func findSteadyState(
  _ design: StudyDesign, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SteadyStateResult {
  var single = design
  single.variants = Array(design.variants.prefix(1))
  single.baseline = 0
  let model = single.variants[0].model
  if let refusal = SteadyStateRefusal(of: model) { throw StudyError.noSteadyState(refusal) }
  let records = try await runPortion(
    single, replications: 0..<design.replications, runner: runner, control: control)[0]
  return SteadyStateResult(
    variant: single.variants[0].name, seed: design.seed, replications: records.count,
    days: model.timeline.horizonDays,
    rows: model.stack.teams.indices.flatMap { team in
      SteadyStateResult.SteadyFigure.allCases.map {
        SteadyStateResult.Row(team: team, figure: $0, model: model, records: records)
      }
    })
}

extension SteadyStateRefusal {
  /// What stands against any steady state of a model; `nil` for nothing.
  init?(of model: SimulationModel) {
    if model.stack.rollout != nil {
      self = .rollout
      return
    }
    let days = model.timeline.horizonDays
    if days < 10 * WarmUp.batch {
      self = .tooFewDays(days)
      return
    }
    for team in model.stack.teams.indices {
      let fluid = FluidForecast(team: team, model: model)
      let (first, last) = (fluid.firstWeekIntensity, fluid.lastWeekIntensity)
      let name = model.stack.teams[team].name
      if max(first, last) >= steadyStateLimit {
        self = .tooBusy(team: name, intensity: max(first, last))
        return
      }
      // Weeks differ by holidays alone; a trend or drift is more than that.
      if abs(last - first) > 0.05 * max(first, last), !model.hasHolidays {
        self = .changing(team: name, first: first, last: last)
        return
      }
    }
    return nil
  }
}

extension SimulationModel {
  /// Whether some working days of the horizon are missing in a pattern of seven days.
  fileprivate var hasHolidays: Bool {
    let gaps = zip(timeline.dayCloses, timeline.dayCloses.dropFirst()).map { $1 - $0 }
    return gaps.contains { $0 > 4 * 86_400_000_000 }
  }
}

extension SteadyStateResult.Row {
  fileprivate init(
    team index: Int, figure: SteadyStateResult.SteadyFigure, model: SimulationModel,
    records: [ReplicationRecord]
  ) {
    let days = model.timeline.horizonDays
    let series = records.map { record in
      (0..<days).map { day -> Double in
        let team = record.teams[index]
        switch figure {
        case .backlogHours: return Double(team.remainingContent[day]) / 3600e6
        case .waiting: return Double(team.waitingTickets[day] + team.waitingTasks[day])
        }
      }
    }
    team = model.stack.teams[index].name
    self.figure = figure
    unit = figure == .waiting ? "items" : "h of work"
    welch = welchAverage(series, window: 5)
    let mean = (0..<days).map { day in average(series.map { $0[day] }) }
    guard let warmUp = WarmUp(mean) else {
      refusal = .tooFewDays(days)
      return
    }
    warmUpDays = warmUp.truncated
    guard warmUp.isSettled else {
      refusal = .tooShort(team: team, days: days)
      return
    }
    estimate = Estimate(of: series.map { average(Array($0.dropFirst(warmUp.truncated))) })
  }
}
