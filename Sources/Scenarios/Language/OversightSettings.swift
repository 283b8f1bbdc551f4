public import Simulation

/// How people oversee what a guardrail stops.
public struct OversightSettings: Sendable, Hashable {
  /// Modes, the strictest first.
  public var modes: [Mode]
  /// Index of the one that it begins with.
  public var start: Int
  /// Share that people look at when they sample.
  public var sample: Double
  /// Share that they look at beside what is triggered, or theirs.
  public var audit: Double
  /// What moves it; `nil` where it stays.
  public var controller: OversightController?
  /// Kinds of decisions that people take in the lead.
  public var tiers: [Tier]
  /// Work on design; `nil` for none.
  public var design: Design?

  /// Modes, the strictest first.
  public enum Mode: String, Sendable, Hashable, CaseIterable {
    /// People look at all, and cases wait.
    case inTheLoop = "in_the_loop"
    /// People look at a sample, and its cases wait.
    case sampled
    /// People look at a sample of what has gone on.
    case onTheLoop = "on_the_loop"
    /// People take certain kinds of decisions, and audit the rest.
    case inTheLead = "in_the_lead"
    /// People audit, and come back when quality falls.
    case triggered
  }

  /// A kind of decision.
  public struct Tier: Sendable, Hashable {
    /// Which cases.
    public var condition: CaseCondition
    /// Share of its firings that people look at.
    public var share: Double
  }

  /// Work on design.
  public struct Design: Sendable, Hashable {
    /// Who does it, and how long it takes.
    public var work: TeamWorkSettings
    /// Time from one to the next, in seconds.
    public var every: Double
  }
}
