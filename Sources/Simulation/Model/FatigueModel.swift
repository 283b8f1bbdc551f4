/// How load changes the reviews of a team: errors missed, time taken, and approvals without looking.
///
/// Load is read when a review is begun. Below `from` it changes nothing, from `full` on everything, in
/// between in proportion.
public struct FatigueModel: Sendable, Hashable {
  /// What is read.
  public var measure: Measure
  /// Load from which on it has an effect.
  public var from: Double
  /// Load at which the effect is whole, > `from`.
  public var full: Double
  /// Share of a review's probability to find errors that is lost at full load.
  public var missed: Double
  /// Relative change of the working time at full load, > −1: positive where tired people are slower,
  /// negative where they hurry.
  public var slower: Double
  /// Share of what would be modified or rejected that is approved unchanged at full load.
  public var waved: Double
  /// Approval without looking; `nil` for none.
  public var rubberStamp: RubberStamp?

  /// What is read as load.
  public enum Measure: Sendable, Hashable {
    /// Tickets and exceptions that wait, per person of the team.
    case waiting
    /// Share of a person's working time at work, with weights that fall off exponentially with a
    /// time constant in microseconds of working time.
    case busy(over: Int64)
  }

  /// Approval without looking where too many tickets wait.
  public struct RubberStamp: Sendable, Hashable {
    /// Tickets and exceptions that wait, per person of the team, above which it is done.
    public var beyond: Double
    /// Working time of such a review, in microseconds; one that takes less anyway stays.
    public var time: Int64
    /// Probability that it finds the errors of a case.
    public var catches: Double

    /// Creates a rule.
    public init(beyond: Double, time: Int64, catches: Double) {
      self.beyond = beyond
      self.time = time
      self.catches = catches
    }
  }

  /// Creates a model.
  public init(
    measure: Measure, from: Double, full: Double, missed: Double = 0, slower: Double = 0,
    waved: Double = 0, rubberStamp: RubberStamp? = nil
  ) {
    self.measure = measure
    self.from = from
    self.full = full
    self.missed = missed
    self.slower = slower
    self.waved = waved
    self.rubberStamp = rubberStamp
  }
}
