public import Facts

/// A decision table, DMN's or a spreadsheet's, with its tests in the FEEL subset of `UnaryTest`.
public struct DecisionTable: Hashable, Sendable, Codable {
  /// Id of the decision in its file.
  public var id: String
  /// Name of the decision.
  public var name: String
  /// How many rules may match, and which of them counts.
  public var hitPolicy: HitPolicy
  /// `SUM`, `MIN`, `MAX` or `COUNT` of a collecting table.
  public var aggregation: String?
  /// Input columns.
  public var inputs: [Column]
  /// Output columns.
  public var outputs: [Column]
  /// Rules from top to bottom.
  public var rules: [Rule]
  /// Where the table stands.
  public var location: SourceLocation

  /// Creates a table.
  public init(
    id: String, name: String, hitPolicy: HitPolicy, aggregation: String? = nil, inputs: [Column],
    outputs: [Column], rules: [Rule], location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.hitPolicy = hitPolicy
    self.aggregation = aggregation
    self.inputs = inputs
    self.outputs = outputs
    self.rules = rules
    self.location = location
  }

  /// DMN hit policies.
  public enum HitPolicy: String, Hashable, Sendable, Codable, CaseIterable {
    /// At most one rule matches.
    case unique = "UNIQUE"
    /// Several may match, with equal outputs.
    case any = "ANY"
    /// The output listed first among the output values.
    case priority = "PRIORITY"
    /// The first matching rule.
    case first = "FIRST"
    /// All matching rules, in rule order.
    case ruleOrder = "RULE ORDER"
    /// All matching rules, in order of the output values.
    case outputOrder = "OUTPUT ORDER"
    /// All matching rules, in any order, perhaps aggregated.
    case collect = "COLLECT"
  }

  /// An input or output column.
  public struct Column: Hashable, Sendable, Codable {
    /// Expression (inputs) or name (outputs).
    public var name: String
    /// Label shown to people; `nil` where none.
    public var label: String?
    /// FEEL type reference (`number`, `string`, `boolean`, …); `nil` where not stated.
    public var type: String?

    /// Creates a column.
    public init(name: String, label: String? = nil, type: String? = nil) {
      self.name = name
      self.label = label
      self.type = type
    }
  }

  /// One row.
  public struct Rule: Hashable, Sendable, Codable {
    /// Rule id in its file.
    public var id: String
    /// One test per input column.
    public var tests: [UnaryTest]
    /// One output expression per output column, as written, quotes of strings removed.
    public var outputs: [String]
    /// Where the rule stands.
    public var location: SourceLocation

    /// Creates a rule.
    public init(id: String, tests: [UnaryTest], outputs: [String], location: SourceLocation) {
      self.id = id
      self.tests = tests
      self.outputs = outputs
      self.location = location
    }
  }
}

/// A condition on one input: the part of FEEL's unary tests that the audit can reason about.
public indirect enum UnaryTest: Hashable, Sendable, Codable {
  /// `-`: anything.
  case any
  /// Numbers within an interval.
  case interval(Interval)
  /// Exactly this string.
  case string(String)
  /// Exactly this truth value.
  case boolean(Bool)
  /// `null`.
  case null
  /// One of several tests.
  case anyOf([UnaryTest])
  /// None of the tests.
  case not(UnaryTest)
  /// Beyond the subset, kept as written; nothing is concluded from it.
  case opaque(String)

  /// A range of numbers; a missing bound is infinite.
  public struct Interval: Hashable, Sendable, Codable {
    /// Lower bound; `nil` for −∞.
    public var lower: Double?
    /// Whether the lower bound itself belongs to it.
    public var includesLower: Bool
    /// Upper bound; `nil` for +∞.
    public var upper: Double?
    /// Whether the upper bound itself belongs to it.
    public var includesUpper: Bool

    /// Creates an interval.
    public init(
      lower: Double? = nil, includesLower: Bool = true, upper: Double? = nil,
      includesUpper: Bool = true
    ) {
      self.lower = lower
      self.includesLower = includesLower
      self.upper = upper
      self.includesUpper = includesUpper
    }

    /// Whether a number lies within.
    public func contains(_ x: Double) -> Bool {
      if let lower, x < lower || (x == lower && !includesLower) { return false }
      if let upper, x > upper || (x == upper && !includesUpper) { return false }
      return true
    }
  }
}
