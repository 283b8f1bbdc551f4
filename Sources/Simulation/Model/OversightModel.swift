/// How people oversee what a guardrail stops: which of its firings they look at, and whether cases wait.
///
/// A ladder of modes, the strictest first; a controller may go up and down it by what reviews have found.
public struct OversightModel: Sendable {
  /// Modes, the strictest first; at least one.
  public var rungs: [OversightRung]
  /// Index of the mode that it begins with.
  public var start: Int
  /// What moves it; `nil` where it stays.
  public var controller: OversightController?
  /// Kinds of decisions that people take in the mode *in the lead*: the first that holds counts.
  public var tiers: [OversightTier]
  /// Work on the design of what is overseen; `nil` for none.
  public var design: OversightDesign?

  /// Creates an oversight.
  public init(
    rungs: [OversightRung], start: Int = 0, controller: OversightController? = nil,
    tiers: [OversightTier] = [], design: OversightDesign? = nil
  ) {
    self.rungs = rungs
    self.start = start
    self.controller = controller
    self.tiers = tiers
    self.design = design
  }
}

/// A mode of oversight.
public struct OversightRung: Sendable, Hashable, BitwiseCopyable {
  /// Share of firings that people look at; in the lead, of those of no tier.
  public var share: Double
  /// Whether cases wait for it, where the guardrail blocks at all.
  public var blocks: Bool
  /// Whether tiers decide first; those that hold make cases wait.
  public var usesTiers: Bool

  /// Creates a mode.
  public init(share: Double, blocks: Bool, usesTiers: Bool = false) {
    self.share = share
    self.blocks = blocks
    self.usesTiers = usesTiers
  }
}

/// A kind of decision that people take.
public struct OversightTier: Sendable {
  /// Which cases; `nil` for all.
  public var condition: CaseCondition?
  /// Share of its firings that people look at.
  public var share: Double

  /// Creates a tier.
  public init(condition: CaseCondition?, share: Double = 1) {
    self.condition = condition
    self.share = share
  }
}

/// Promotion and demotion by measured quality: the share of reviews that found an error.
public struct OversightController: Sendable, Hashable, BitwiseCopyable {
  /// Goes to the next, looser mode where the upper end of the interval of that share is at most this.
  public var promoteBelow: Double
  /// Goes back to the stricter mode where its lower end is more than this.
  public var demoteAbove: Double
  /// Reviews in a mode before it is judged.
  public var minimum: Int
  /// Reviews after which what was seen counts half.
  public var window: Int
  /// Confidence level of the interval (Wilson).
  public var confidence: Double

  /// Creates a controller.
  public init(
    promoteBelow: Double, demoteAbove: Double, minimum: Int = 50, window: Int = 200,
    confidence: Double = 0.95
  ) {
    self.promoteBelow = promoteBelow
    self.demoteAbove = demoteAbove
    self.minimum = minimum
    self.window = window
    self.confidence = confidence
  }
}

/// Work on design that comes up again and again while cases do not wait for people.
public struct OversightDesign: Sendable {
  /// Index of the team.
  public var team: Int
  /// Working time, in seconds.
  public var work: SampledTime
  /// Time from one to the next, in microseconds.
  public var every: Int64

  /// Creates design work.
  public init(team: Int, work: SampledTime, every: Int64) {
    self.team = team
    self.work = work
    self.every = every
  }
}

extension OversightModel {
  /// Share of firings that make tickets, for forecasts: that of the mode it begins with.
  ///
  /// Of tiers the largest share, as how many cases each has is not known beforehand.
  var expectedShare: Double {
    let rung = rungs[start]
    guard rung.usesTiers else { return rung.share }
    return tiers.reduce(rung.share) { max($0, $1.share) }
  }
}

extension SimulationModel {
  /// Stops on oversight that names what is not there.
  func requireConsistentOversight(of stack: StackModel) {
    for oversight in stack.guardrails.compactMap(\.oversight) {
      precondition(oversight.rungs.indices.contains(oversight.start), "a mode to begin with")
      precondition(
        oversight.rungs.allSatisfy { (0...1).contains($0.share) }
          && oversight.tiers.allSatisfy { (0...1).contains($0.share) },
        "shares lie between 0 and 1")
      if let controller = oversight.controller {
        precondition(
          controller.minimum >= 1 && controller.window >= 2 * controller.minimum
            && controller.promoteBelow <= controller.demoteAbove
            && controller.confidence > 0 && controller.confidence < 1,
          "a controller that can judge")
      }
      if let design = oversight.design {
        precondition(
          stack.teams.indices.contains(design.team) && design.every > 0,
          "design is some team's work, now and then")
      }
    }
  }

  /// The conditions of tiers.
  var oversightConditions: [CaseCondition] {
    [runInStack, stack].compactMap(\.self).flatMap(\.guardrails)
      .flatMap { $0.oversight?.tiers ?? [] }.compactMap(\.condition)
  }
}
