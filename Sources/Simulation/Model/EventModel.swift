/// When the event of a catching event, receive task, boundary event or event sub-process comes.
public struct DelayModel: Sendable {
  /// Time until it comes, in seconds.
  public var time: SampledTime
  /// Probability that it comes at all, in 0...1.
  ///
  /// Of error events on activities: that the activity ends in the error when it is done.
  public var probability: Double
  /// Whether it comes from within the case and takes no time of its own: it waits until the case
  /// throws it.
  public var isFromWithin: Bool
  /// How often it comes, at equal laws of distance; counts for what does not interrupt.
  public var occurrences: Int

  /// An event that comes after a time.
  public init(
    _ time: SampledTime, probability: Double = 1, isFromWithin: Bool = false, occurrences: Int = 1
  ) {
    self.time = time
    self.probability = probability
    self.isFromWithin = isFromWithin
    self.occurrences = occurrences
  }

  /// An event that does not come from outside.
  public static let never = DelayModel(.zero, probability: 0)
}

/// How often a loop or multi-instance activity is done.
public struct RepetitionModel: Sendable {
  /// For loops: probability of another time.
  public var again: Double
  /// For loops: most times.
  public var atMost: Int
  /// For multi-instance activities: number of instances, rounded to a whole one.
  public var count: SampledTime
  /// For multi-instance activities: share of the instances that suffices, above 0, at most 1.
  public var enough: Double
  /// Decides instead of `again` and `enough`: a loop is done another time while it holds, and the other
  /// instances of a multi-instance activity end once it holds; `nil` for none.
  public var condition: CaseCondition?
  /// Mean number of times or instances under the condition, for forecasts; `nil` where it is not known.
  public var meanInstances: Double?

  /// Creates a repetition.
  public init(
    again: Double = 0, atMost: Int = 1, count: SampledTime = .zero, enough: Double = 1,
    condition: CaseCondition? = nil
  ) {
    self.again = again
    self.atMost = atMost
    self.count = count
    self.enough = enough
    self.condition = condition
  }
}
