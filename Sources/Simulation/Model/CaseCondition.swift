/// A condition on the attributes of a case, which it names by index.
///
/// That of a loop or multi-instance activity can also name counts of its instances, by the indexes below 0
/// of `RepetitionCount`.
public indirect enum CaseCondition: Sendable, Hashable {
  /// Holds for every case.
  case always
  /// An attribute against a value.
  case compares(attribute: Int, Comparison, Double)
  /// An attribute against another.
  case comparesAttributes(Int, Comparison, Int)
  /// All of them hold.
  case all([CaseCondition])
  /// One of them holds, or several.
  case any([CaseCondition])
  /// It does not hold.
  case not(CaseCondition)

  /// Comparisons of two values.
  public enum Comparison: UInt8, Sendable, Hashable, BitwiseCopyable, CaseIterable {
    case equal, unequal, less, atMost, more, atLeast

    /// Whether it holds for two values.
    @inline(__always)
    public func holds(_ left: Double, _ right: Double) -> Bool {
      switch self {
      case .equal: left == right
      case .unequal: left != right
      case .less: left < right
      case .atMost: left <= right
      case .more: left > right
      case .atLeast: left >= right
      }
    }
  }

  /// Whether it holds for a case with these values; one that names no counts.
  public func holds(for values: [Double]) -> Bool {
    switch self {
    case .always: true
    case .compares(let attribute, let comparison, let value):
      comparison.holds(values[attribute], value)
    case .comparesAttributes(let left, let comparison, let right):
      comparison.holds(values[left], values[right])
    case .all(let conditions): conditions.allSatisfy { $0.holds(for: values) }
    case .any(let conditions): conditions.contains { $0.holds(for: values) }
    case .not(let condition): !condition.holds(for: values)
    }
  }

  /// Indexes of the attributes that it reads, and of the counts.
  public var attributes: Set<Int> {
    switch self {
    case .always: []
    case .compares(let attribute, _, _): [attribute]
    case .comparesAttributes(let left, _, let right): [left, right]
    case .all(let conditions), .any(let conditions):
      conditions.reduce(into: []) { $0.formUnion($1.attributes) }
    case .not(let condition): condition.attributes
    }
  }
}

/// What a condition of a loop or multi-instance activity can name beside attributes; the raw value stands
/// for an attribute's index.
public enum RepetitionCount: Int, Sendable, Hashable, CaseIterable {
  /// Instances of a multi-instance activity in all.
  case instances = -1
  /// Instances that are complete; of a loop, times that it has been done.
  case completed = -2
  /// Instances that have begun and are not complete.
  case active = -3
}

/// How many rules of a list may hold, and which of them counts; the hit policies of DMN that give one
/// answer.
public enum RuleHits: UInt8, Sendable, Hashable, BitwiseCopyable {
  /// The first that holds.
  case first
  /// Only one may hold; several are an error of the run.
  case unique
  /// Several may hold where they say the same, else it is an error of the run.
  case any
}

/// Which way cases go at a gateway, or at an activity with conditional flows, by their attributes.
public struct BranchingRule: Sendable, Hashable {
  /// Index of the gateway among `FlowGraph.nodes`.
  public var node: Int
  /// Conditions in the order in which they are looked at; a flow may stand in several.
  public var choices: [Choice]
  /// Flow that is taken where no condition holds; `nil` where that is an error of the run.
  public var otherwise: Int?
  /// How many may hold; looked at where one flow is chosen.
  public var hits: RuleHits
  /// Whether all flows of which a condition holds are taken, where several can be; else one is.
  public var takesAll: Bool

  /// A condition and the flow that is taken where it holds.
  public struct Choice: Sendable, Hashable {
    /// The condition.
    public var condition: CaseCondition
    /// Index of the flow among `FlowGraph.flows`.
    public var flow: Int

    /// Creates a choice.
    public init(_ condition: CaseCondition, flow: Int) {
      self.condition = condition
      self.flow = flow
    }
  }

  /// Creates a rule.
  public init(
    node: Int, choices: [Choice], otherwise: Int? = nil, hits: RuleHits = .first,
    takesAll: Bool = false
  ) {
    self.node = node
    self.choices = choices
    self.otherwise = otherwise
    self.hits = hits
    self.takesAll = takesAll
  }
}

/// A decision table that an activity evaluates when it is done: it writes attributes.
public struct DecisionModel: Sendable, Hashable {
  /// Name, for messages.
  public var name: String
  /// Indexes of the attributes that it writes, one for each output.
  public var attributes: [Int]
  /// Rules in the order in which they are looked at.
  public var rules: [Rule]
  /// What it writes where no rule holds; `nil` where that is an error of the run.
  public var otherwise: [Double]?
  /// How many rules may hold.
  public var hits: RuleHits

  /// A rule.
  public struct Rule: Sendable, Hashable {
    /// When it holds.
    public var condition: CaseCondition
    /// What it writes, one value for each of `attributes`.
    public var values: [Double]

    /// Creates a rule.
    public init(_ condition: CaseCondition, values: [Double]) {
      self.condition = condition
      self.values = values
    }
  }

  /// Creates a decision.
  public init(
    name: String, attributes: [Int], rules: [Rule], otherwise: [Double]? = nil,
    hits: RuleHits = .first
  ) {
    self.name = name
    self.attributes = attributes
    self.rules = rules
    self.otherwise = otherwise
    self.hits = hits
  }
}

/// A rule of urgency: the class of cases for which its condition holds.
public struct PriorityRule: Sendable, Hashable {
  /// The condition.
  public var condition: CaseCondition
  /// Class of urgency; lower goes first.
  public var priority: Int32

  /// Creates a rule.
  public init(_ condition: CaseCondition, priority: Int32) {
    self.condition = condition
    self.priority = priority
  }
}
