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
  /// Whether all matching rules act one after the other, as production rules do, so that of several
  /// that set one field the last counts; `nil` as `false`.
  public var actsInTurn: Bool?
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
    id: String, name: String, hitPolicy: HitPolicy, aggregation: String? = nil,
    actsInTurn: Bool? = nil, inputs: [Column], outputs: [Column], rules: [Rule],
    location: SourceLocation
  ) {
    self.id = id
    self.name = name
    self.hitPolicy = hitPolicy
    self.aggregation = aggregation
    self.actsInTurn = actsInTurn
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
    /// Values that it may take, as the file lists them; `nil` where it does not.
    ///
    /// They are `inputValues`, `outputValues`, or the allowed values of its type. The order of output values
    /// is that of `PRIORITY`.
    public var allowed: UnaryTest?
    /// What an output is where no rule matches, as written; `nil` where nothing is stated.
    public var defaultOutput: String?

    /// Creates a column.
    public init(
      name: String, label: String? = nil, type: String? = nil, allowed: UnaryTest? = nil,
      defaultOutput: String? = nil
    ) {
      self.name = name
      self.label = label
      self.type = type
      self.allowed = allowed
      self.defaultOutput = defaultOutput
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
    /// Output columns of which the value is computed by an expression, not written out; `nil` for none.
    public var computed: [Int]?
    /// Rank among production rules, the greatest first; `nil` where none is stated.
    public var salience: Double?
    /// Where the rule stands.
    public var location: SourceLocation

    /// Creates a rule.
    public init(
      id: String, tests: [UnaryTest], outputs: [String], computed: [Int]? = nil,
      salience: Double? = nil, location: SourceLocation
    ) {
      self.id = id
      self.tests = tests
      self.outputs = outputs
      self.computed = computed
      self.salience = salience
      self.location = location
    }
  }
}
