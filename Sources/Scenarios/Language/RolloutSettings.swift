public import Simulation
public import Statistics

/// How a variant takes over from the stack before day 0, stage by stage.
public struct RolloutSettings: Sendable, Hashable {
  /// Stages in order.
  public var stages: [Stage]
  /// Work before an activity moves; `nil` for none.
  public var change: Change?
  /// Probability that it goes on after the first stage.
  public var goesOn: Double
  /// Failed gates after which it is cancelled; `nil` for never.
  public var givesUpAfter: Int?
  /// The stage with which the orchestration layer comes; `nil` where it is there from day 0 on.
  public var layerStage: String?

  /// A stage.
  public struct Stage: Sendable, Hashable {
    /// Name.
    public var name: String
    /// Share of cases.
    public var share: Double
    /// Element ids of the activities that it is about; `nil` for all.
    public var activities: [String]?
    /// How long it lasts, in seconds; `nil` for the rest of the run.
    public var lasts: Distribution?
    /// Share that the old way does as well.
    public var beside: Double
    /// Probability that it finds an error.
    public var besideFinds: Double
    /// Teams that are trained; empty for none.
    public var trained: [String]
    /// Working time of each person's training, in seconds; `nil` for none.
    public var training: Distribution?
    /// What must hold at its end; `nil` for nothing.
    public var gate: Gate?
  }

  /// What must hold at the end of a stage.
  public struct Gate: Sendable, Hashable {
    /// Most errors found per check.
    public var errors: Double?
    /// Highest cost of a case, in the currency's main unit.
    public var costPerCase: Double?
    /// Smallest saving against the old way.
    public var saving: Double?
    /// The team whose waiting work is bounded; `nil` for none.
    public var backlogTeam: String?
    /// Most work that waits there, in seconds.
    public var backlog: Double
    /// Checks and cases needed to judge.
    public var minimum: Int
    /// What follows where it does not hold.
    public var otherwise: RolloutGate.Otherwise
    /// Time until it is looked at again, in seconds.
    public var again: Double
  }

  /// Work before an activity moves.
  public struct Change: Sendable, Hashable {
    /// Who does it, and how long it takes.
    public var work: TeamWorkSettings
    /// Most moves at once; `nil` for any number.
    public var atOnce: Int?
    /// Work that each other move under way adds.
    public var strain: Double
    /// By how much the work falls with each doubling of moves, with a layer and without.
    public var learning: Double
    /// The same without a layer.
    public var learningWithoutLayer: Double
    /// Share of the work of a move that connects an activity to a layer that comes later.
    public var connecting: Double
  }
}

/// A stage of the five that the template has.
struct TemplateStage {
  var name: String
  var share: Double
  /// In weeks; `nil` for the rest of the run.
  var weeks: Double?
  /// What the values rest on.
  var source: String

  /// The five stages of a phased rollout; durations are the brief's, shares are assumed.
  static let five = [
    TemplateStage(
      name: "pick", share: 0, weeks: 4,
      source: "brief row 132: the process is picked; share and length assumed"),
    TemplateStage(
      name: "launch", share: 0.1, weeks: 10,
      source: "brief rows 133 and 145: a pilot of 2 to 3 months under oversight; share assumed"),
    TemplateStage(
      name: "cut-escalations", share: 0.3, weeks: 18,
      source: "brief rows 134 and 146: half of the 6 to 12 months after it; share assumed"),
    TemplateStage(
      name: "on-the-loop", share: 0.6, weeks: 18,
      source: "brief rows 135 and 146: the other half; share assumed"),
    TemplateStage(
      name: "expand", share: 1, weeks: nil,
      source: "brief rows 136 and 147: everywhere within 18 to 24 months"),
  ]
}
