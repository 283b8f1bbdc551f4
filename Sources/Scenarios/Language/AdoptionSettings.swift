public import Simulation
public import Statistics

/// How much of their work people hand to agents.
public struct AdoptionSettings: Sendable, Hashable {
  /// Names of the automations that people may use or not.
  public var automations: [String]
  /// Share of cases at the start.
  public var start: Double
  /// Least share.
  public var least: Double
  /// Largest share.
  public var most: Double
  /// What a good experience makes.
  public var gain: Double
  /// What bad surprises cost.
  public var losses: AdoptionLosses
  /// Probability that errors of cases that are done are noticed.
  public var noticed: Double
  /// Time until then, in seconds.
  public var noticedAfter: Distribution
  /// Probability that people can follow what happened.
  public var transparency: Double
  /// Share of a loss that is left where they can.
  public var explainedLoss: Double
  /// What a good experience costs where they cannot.
  public var opaqueLoss: Double
  /// What the training of a person makes.
  public var trained: Double
  /// Work that tells people what agents do; `nil` for none.
  public var communication: Communication?

  /// Work that tells people what agents do.
  public struct Communication: Sendable, Hashable {
    /// Whose work, and how much each time.
    public var work: TeamWorkSettings
    /// How often, in seconds.
    public var every: Double
    /// What it makes.
    public var gain: Double
  }
}
