public import Simulation
public import Statistics

/// When an event of the process comes.
public struct EventSettings: Sendable, Hashable {
  /// Time until it comes, in seconds; `nil` where it takes none.
  public var time: Distribution?
  /// Probability that it comes.
  public var probability: Double
  /// How often it comes at most.
  public var occurrences: Int
  /// Whether the process itself throws it, and nothing else is said.
  public var isFromWithin: Bool

  init(
    time: Distribution? = nil, probability: Double = 1, occurrences: Int = 1,
    isFromWithin: Bool = false
  ) {
    self.time = time
    self.probability = probability
    self.occurrences = occurrences
    self.isFromWithin = isFromWithin
  }
}

/// How often a loop or multi-instance activity is done.
public struct RepetitionSettings: Sendable, Hashable {
  /// For loops: probability of another time.
  public var again: Double
  /// For loops: most times.
  public var atMost: Int
  /// For multi-instance activities: number of instances.
  public var count: Distribution?
  /// For multi-instance activities: share that suffices.
  public var enough: Double
  /// Condition of the BPMN file that decides instead: for loops, that it is done another time; for
  /// multi-instance activities, that the other instances end.
  public var condition: CaseCondition?

  init(
    again: Double = 0, atMost: Int = 1, count: Distribution? = nil, enough: Double = 1,
    condition: CaseCondition? = nil
  ) {
    self.again = again
    self.atMost = atMost
    self.count = count
    self.enough = enough
    self.condition = condition
  }
}
