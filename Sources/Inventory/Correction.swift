internal import Facts

/// A fact about one system that somebody corrected by hand; it outranks what any file says.
public struct Correction: Hashable, Sendable, Codable {
  /// Name or alias of the system.
  public var system: String
  /// The field that is corrected.
  public let field: Field
  /// What it truly is, as written; it fits the field.
  public let value: String
  /// Who corrected it.
  public var author: String
  /// When, as text, by preference ISO 8601.
  public var date: String

  /// Creates a correction.
  /// - Throws: `CorrectionError` where the value does not fit the field.
  public init(
    system: String, field: Field, value: String, author: String, date: String
  ) throws(CorrectionError) {
    self.system = system
    self.field = field
    self.value = value
    self.author = author
    self.date = date
    guard fits else { throw CorrectionError(field: field, expected: field.expectation) }
  }

  /// Reads a correction that was stored; one whose value does not fit its field is refused.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    try self.init(
      system: stored.decode(String.self, forKey: .system),
      field: stored.decode(Field.self, forKey: .field),
      value: stored.decode(String.self, forKey: .value),
      author: stored.decode(String.self, forKey: .author),
      date: stored.decode(String.self, forKey: .date))
  }

  /// Fields of a system that can be corrected.
  public enum Field: String, Hashable, Sendable, Codable, CaseIterable {
    /// `AutomationSystem.kind`.
    case kind
    /// `AutomationSystem.technology`.
    case technology
    /// `AutomationSystem.purpose`.
    case purpose
    /// `AutomationSystem.owner`.
    case owner
    /// `AutomationSystem.creator`.
    case creator
    /// `AutomationSystem.team`.
    case team
    /// `AutomationSystem.failureRate`.
    case failureRate = "failure-rate"
    /// `AutomationSystem.volume`.
    case volume
    /// `AutomationSystem.humanInvolvement`.
    case humanInvolvement = "human-involvement"
    /// `AutomationSystem.integrations`.
    case integrations
    /// `AutomationSystem.status`.
    case status
    /// `AutomationSystem.criticality`.
    case criticality
    /// `AutomationSystem.version`.
    case version

    /// What a value of the field looks like, for messages.
    public var expectation: String {
      switch self {
      case .kind: "one of " + SystemKind.allCases.map(\.rawValue).joined(separator: ", ")
      case .status: "one of " + LifecycleStatus.allCases.map(\.rawValue).joined(separator: ", ")
      case .criticality: "one of " + Criticality.allCases.map(\.rawValue).joined(separator: ", ")
      case .failureRate: "a share such as 3 %"
      case .volume: "a number and a period, such as 1200 per day"
      default: "a text"
      }
    }
  }

  /// States the corrected value in the field it belongs to.
  func apply(to target: inout AutomationSystem) {
    let evidence = Evidence(
      .corrected, SourceLocation(path: "corrections", element: "\(system).\(field.rawValue)"),
      note: "by \(author), \(date)")
    switch field {
    case .kind: state(SystemKind(rawValue: value), in: &target.kind, evidence)
    case .technology: state(value, in: &target.technology, evidence)
    case .purpose: state(value, in: &target.purpose, evidence)
    case .owner: state(value, in: &target.owner, evidence)
    case .creator: state(value, in: &target.creator, evidence)
    case .team: state(value, in: &target.team, evidence)
    case .failureRate: state(share(inText: value)?.value, in: &target.failureRate, evidence)
    case .volume: state(frequency(inText: value)?.value, in: &target.volume, evidence)
    case .humanInvolvement: state(value, in: &target.humanInvolvement, evidence)
    case .integrations: state(value, in: &target.integrations, evidence)
    case .status: state(LifecycleStatus(rawValue: value), in: &target.status, evidence)
    case .criticality: state(Criticality(rawValue: value), in: &target.criticality, evidence)
    case .version: state(value, in: &target.version, evidence)
    }
  }

  private var fits: Bool {
    switch field {
    case .kind: SystemKind(rawValue: value) != nil
    case .status: LifecycleStatus(rawValue: value) != nil
    case .criticality: Criticality(rawValue: value) != nil
    case .failureRate: share(inText: value) != nil
    case .volume: frequency(inText: value) != nil
    default: value.contains { !$0.isWhitespace }
    }
  }

  private func state<Value>(
    _ value: Value?, in field: inout Facts.Field<Value>, _ evidence: Evidence
  ) {
    if let value { field.state(value, evidence) }
  }
}

/// A correction whose value does not fit its field.
public struct CorrectionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The field that was to be corrected.
  public var field: Correction.Field
  /// What its values look like.
  public var expected: String

  /// One sentence: what was found, what was expected.
  public var description: String { "The value given for \(field.rawValue) is not \(expected)." }
}
