/// Why a variant is exhausted: what each guardrail, each drift and each team has to do with it.
///
/// Each cause is switched off in turn and the variant is run again with the same luck, so that what changes
/// is that cause's doing. Causes act together, so that their parts need not sum to the whole.
public struct ExhaustionCauses: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// Title of it.
  public var title: String
  /// The definition that decides.
  public var definition: ExhaustionRule.Definition
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications, with each cause on and off.
  public var replications: Int
  /// Working days of the horizon.
  public var horizonDays: Int
  /// Exhaustion as it is, by each definition and team.
  public var byDefinition: [ExhaustionResult]
  /// The same by the definition that decides.
  public var exhaustion: ExhaustionResult
  /// What arithmetic says of each watched team.
  public var arithmetic: [QueueArithmetic]
  /// The causes, in the order of their effect, the strongest first.
  public var causes: [Cause]

  /// A cause and what becomes of the variant without it.
  public struct Cause: Sendable, Codable, Equatable {
    /// Kind of cause.
    public var kind: Kind
    /// Name of the guardrail, automation or team.
    public var name: String
    /// Exhaustion without it.
    public var without: ExhaustionResult
    /// Working days by which exhaustion comes later without it, of those within the horizon; paired.
    public var daysGained: Estimate
    /// Hours of work less at the close of the horizon without it, with the watched teams; paired.
    public var backlogGained: Estimate
    /// Probability of exhaustion that goes with it.
    public var riskGained: Double
  }

  /// Kinds of causes.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A guardrail never fires.
    case guardrail
    /// A guardrail's firing probability stays as on day 0.
    case drift
    /// An automation never fails.
    case automation
    /// A team has one person more.
    case person
  }
}

/// What arithmetic says of a team's queue, beside what the simulation shows.
public struct QueueArithmetic: Sendable, Codable, Equatable {
  /// The team.
  public var team: String
  /// People.
  public var people: Int
  /// Work of the first week as a share of the team's hours.
  public var firstWeekIntensity: Double
  /// The same of the last week.
  public var lastWeekIntensity: Double
  /// Working day (from 1) from which on four weeks' work reaches the hours; `nil` where it never does.
  public var saturationDay: Int?
  /// Working day (from 1) on which the fluid backlog first exceeds the hours ahead that the definition
  /// *backlog* compares with, and stays there for the days it names; `nil` where it never does.
  public var fluidBacklogDay: Int?
  /// Fluid backlog at the close of the horizon, in hours of work.
  public var fluidBacklogHours: Double
  /// Probability that a piece of work waits, by Erlang's formula with the first week's load; `nil` where
  /// the load is too much for any steady state.
  public var erlangWaitingFirstWeek: Double?
  /// The same with the last week's load.
  public var erlangWaitingLastWeek: Double?
}
