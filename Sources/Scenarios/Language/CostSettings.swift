/// What a stack costs beside work, runs and licences.
public struct CostSettings: Sendable, Hashable {
  /// What it takes once to have it.
  public var implementation: [Line]
  /// Fixed cost of a week of upkeep, in the currency's main unit.
  public var weeklyUpkeep: Double
  /// Penalty for lateness; `nil` for none.
  public var late: Late?
  /// Cost of time; `nil` for none.
  public var delay: Delay?
  /// Loss by a case completed with an error nobody noticed, in the currency's main unit.
  public var wrong: Double

  /// A line of the plan of implementation.
  public struct Line: Sendable, Hashable {
    /// Its name, one of `implementationLines`.
    public var name: String
    /// In the currency's main unit.
    public var amount: Double
    /// When it begins to be spent, in seconds from day 0.
    public var after: Double
    /// How long it is spent, in seconds.
    public var over: Double
  }

  /// Penalty for a case that is done too late.
  public struct Late: Sendable, Hashable {
    /// When a case has to be done.
    public var within: DueSettings
    /// In the currency's main unit per case.
    public var price: Double
  }

  /// Cost of the time that a case takes.
  public struct Delay: Sendable, Hashable {
    /// In the currency's main unit per day.
    public var perDay: Double
    /// Time that costs nothing, in seconds.
    public var after: Double
  }
}
