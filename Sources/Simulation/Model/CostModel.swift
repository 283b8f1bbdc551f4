/// A cost of a stack that runs by the week, whatever is done.
public struct FixedCost: Sendable, Hashable {
  /// What it is paid for: an automation, a layer, monitoring, upkeep.
  public var name: String
  /// What it counts as.
  public var kind: Kind
  /// Cost of a week, in millionths of the currency unit.
  public var perWeek: Double
  /// Whether it is paid for the orchestration layer: for as long as that works.
  public var isOfLayer: Bool

  /// Kinds of fixed costs.
  public enum Kind: Sendable, Hashable {
    /// The right to use something.
    case licence
    /// Keeping something as good as it is.
    case upkeep
  }

  /// Creates a fixed cost.
  public init(
    _ name: String, kind: Kind = .licence, perWeek: Double, isOfLayer: Bool = false
  ) {
    self.name = name
    self.isOfLayer = isOfLayer
    self.kind = kind
    self.perWeek = perWeek
  }
}

/// What a stack costs beside work, runs and fixed costs.
public struct CostModel: Sendable, Hashable {
  /// Price of a case that is done too late, or not at all; `nil` for none.
  public var late: Late?
  /// Price of the time that a case takes; `nil` for none.
  public var delay: Delay?
  /// Loss by a case completed with an error that nobody noticed, in millionths of the currency unit.
  public var wrongCase: Double
  /// What it takes once to have the stack.
  public var investments: [Investment]

  /// Price of lateness.
  public struct Late: Sendable, Hashable {
    /// When a case has to be done, from its arrival.
    public var due: DueModel
    /// In millionths of the currency unit per case.
    public var price: Double

    /// Creates a price.
    public init(due: DueModel, price: Double) {
      self.due = due
      self.price = price
    }
  }

  /// Price of time.
  public struct Delay: Sendable, Hashable {
    /// Time from the arrival that costs nothing, in microseconds of calendar time.
    public var after: Int64
    /// In millionths of the currency unit per day of calendar time.
    public var perDay: Double

    /// Creates a price.
    public init(after: Int64 = 0, perDay: Double) {
      self.after = after
      self.perDay = perDay
    }
  }

  /// A line of a plan of implementation.
  public struct Investment: Sendable, Hashable {
    /// What it is for, such as `platform`.
    public var line: String
    /// In millionths of the currency unit.
    public var amount: Double
    /// When it begins to be spent, in microseconds from day 0.
    public var start: Int64
    /// How long it is spent evenly, in microseconds; 0 for at once.
    public var length: Int64

    /// Creates a line.
    public init(line: String, amount: Double, start: Int64 = 0, length: Int64 = 0) {
      self.line = line
      self.amount = amount
      self.start = start
      self.length = length
    }

    /// What is spent until an instant, that instant included, in millionths of the currency unit.
    public func spent(by time: Int64) -> Double {
      guard time >= start else { return 0 }
      guard length > 0 else { return amount }
      return amount * min(1, Double(time - start) / Double(length))
    }
  }

  /// Creates costs.
  public init(
    late: Late? = nil, delay: Delay? = nil, wrongCase: Double = 0, investments: [Investment] = []
  ) {
    self.late = late
    self.delay = delay
    self.wrongCase = wrongCase
    self.investments = investments
  }
}

extension StackModel {
  /// Fixed cost of a week of one kind or of all, in the currency's main unit.
  public func weeklyFixedCost(_ kind: FixedCost.Kind? = nil) -> Double {
    fixedCosts.reduce(0) { $0 + (kind == nil || $1.kind == kind ? $1.perWeek : 0) } / 1e6
  }

  /// Whether its costs contradict nothing; see `SimulationModel.requireConsistency`.
  func requireConsistentCosts(calendars: Range<Int>) {
    precondition(fixedCosts.allSatisfy { $0.perWeek >= 0 }, "nobody is paid for a licence")
    guard let costs else { return }
    precondition(costs.wrongCase >= 0, "a loss is no gain")
    precondition(
      costs.investments.allSatisfy { $0.start >= 0 && $0.length >= 0 && $0.amount >= 0 },
      "an investment is made after day 0")
    if let late = costs.late {
      precondition(late.due.time > 0 && late.price >= 0, "a case has time")
      precondition(late.due.calendar.map(calendars.contains) ?? true, "its calendar exists")
    }
    if let delay = costs.delay { precondition(delay.after >= 0 && delay.perDay >= 0, "time costs") }
  }
}
