/// One statement about a field and where it was made.
public struct Fact<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  /// What is stated.
  public var value: Value
  /// Where, and how it is known.
  public var evidence: Evidence

  /// Creates a fact.
  public init(_ value: Value, _ evidence: Evidence) {
    self.value = value
    self.evidence = evidence
  }
}

/// Everything that was stated about one field of a thing; nothing stated is lost.
///
/// The winner is the fact of strongest provenance, ties by place. Losing facts are kept, so that a
/// disagreement can be shown. An empty field is *unknown*, which is never zero.
public struct Field<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
  /// All facts, strongest first; no two are equal.
  public private(set) var facts: [Fact<Value>]

  /// A field nothing is known of.
  public init() { facts = [] }

  /// A field with one fact.
  public init(_ value: Value, _ evidence: Evidence) { facts = [Fact(value, evidence)] }

  /// The winning fact; `nil` where unknown.
  public var winner: Fact<Value>? { facts.first }

  /// The winning value; `nil` where unknown.
  public var value: Value? { facts.first?.value }

  /// Whether anything is known.
  public var isKnown: Bool { !facts.isEmpty }

  /// Facts whose value differs from the winner's.
  public var dissent: [Fact<Value>] { facts.filter { $0.value != value } }

  /// Adds a statement; one that is already there changes nothing.
  ///
  /// - Complexity: O(number of facts).
  public mutating func state(_ value: Value, _ evidence: Evidence) {
    let fact = Fact(value, evidence)
    guard !facts.contains(fact) else { return }
    let position = facts.firstIndex { evidence < $0.evidence } ?? facts.endIndex
    facts.insert(fact, at: position)
  }

  /// The field with each statement changed.
  public func mapped(_ change: (Fact<Value>) -> Fact<Value>) -> Field<Value> {
    var field = Field()
    for fact in facts.map(change) { field.state(fact.value, fact.evidence) }
    return field
  }

  /// Adds all statements of another field.
  public mutating func merge(_ other: Field<Value>) {
    for fact in other.facts { state(fact.value, fact.evidence) }
  }
}
