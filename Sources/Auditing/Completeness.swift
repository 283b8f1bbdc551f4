public import Inventory
import Facts
import IntegrationGraph

/// The seven things to know of every automation.
///
/// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (the audit's record of
/// every automation).
public enum AuditField: String, Hashable, Sendable, Codable, CaseIterable {
  /// What it does.
  case purpose
  /// Product, platform or family of technology.
  case technology
  /// Accountable person.
  case owner
  /// What it integrates with; "nothing" is an answer too.
  case connectedSystems = "connected systems"
  /// How often it fails.
  case failureFrequency = "failure frequency"
  /// How often it runs.
  case volume
  /// Whether and where people step in.
  case humanInvolvement = "human involvement"
}

/// How much is known of the seven audit fields.
///
/// An assumption is not knowledge.
public struct Completeness: Hashable, Sendable, Codable {
  /// For each field, of how many systems it is known.
  public var fields: [FieldCompleteness]
  /// For each system, which fields are unknown, in the order of the estate.
  public var systems: [SystemCompleteness]

  /// Known values of all.
  public var known: Int { fields.reduce(0) { $0 + $1.known } }
  /// Values there are to know: seven for each system.
  public var total: Int { fields.reduce(0) { $0 + $1.total } }
  /// Share of the values that are known, in 0...1; `nil` where there is no system.
  public var share: Double? { total == 0 ? nil : Double(known) / Double(total) }

  /// One field over all systems.
  public struct FieldCompleteness: Hashable, Sendable, Codable {
    /// The field.
    public var field: AuditField
    /// Systems of which it is known.
    public var known: Int
    /// All systems.
    public var total: Int
  }

  /// One system over all fields.
  public struct SystemCompleteness: Hashable, Sendable, Codable {
    /// The system.
    public var system: EntityReference
    /// Its unknown fields, in their order.
    public var missing: [AuditField]
    /// Number of its known fields, 0 to 7.
    public var known: Int { AuditField.allCases.count - missing.count }
  }

  init(of context: AuditContext) {
    let systems = context.estate.systems.enumerated().map { index, system in
      SystemCompleteness(
        system: system.reference, missing: context.missingFields(ofSystem: index))
    }
    self.systems = systems
    fields = AuditField.allCases.map { field in
      FieldCompleteness(
        field: field, known: systems.count { !$0.missing.contains(field) }, total: systems.count)
    }
  }
}

extension AuditContext {
  /// The audit fields of which nothing is known of a system.
  func missingFields(ofSystem index: Int) -> [AuditField] {
    let system = estate.systems[index]
    return AuditField.allCases.filter { field in
      switch field {
      case .purpose: !isKnown(system.purpose)
      case .technology: !isKnown(system.technology) && !isKnown(system.kind)
      case .owner: !isKnown(system.owner)
      case .connectedSystems:
        !isKnown(system.integrations, noneIsAnAnswer: true) && !hasConnections(ofSystem: index)
          && !usesNothing(ofSystem: index)
      case .failureFrequency: !isKnown(system.failureRate)
      case .volume: !isKnown(system.volume)
      case .humanInvolvement:
        !isKnown(system.humanInvolvement, noneIsAnAnswer: true)
          && touchPoints(ofSystemNamed: system.name).isEmpty
          && !meetsPeople(ofSystem: index)
      }
    }
  }

  private func hasConnections(ofSystem index: Int) -> Bool {
    guard let node = node(ofSystem: index) else { return false }
    return edges(at: node).contains { graph.nodes[$0.other].kind != .team }
  }

  private func meetsPeople(ofSystem index: Int) -> Bool {
    guard let node = node(ofSystem: index) else { return false }
    return edges(at: node).contains { $0.edge.isHuman || graph.nodes[$0.other].kind == .team }
  }

  /// The edges that touch a node, outgoing ones first, each with its other end.
  func edges(at node: Int) -> [(edge: GraphEdge, other: Int)] {
    graph.edges(from: node).map { ($0, $0.target) } + graph.edges(to: node).map { ($0, $0.source) }
  }
}

private func isKnown(_ field: Field<String>, noneIsAnAnswer: Bool = false) -> Bool {
  field.facts.contains { fact in
    guard fact.evidence.provenance != .assumed else { return false }
    return !isPlaceholder(fact.value) || (noneIsAnAnswer && nameKey(fact.value) == "none")
  }
}

private func isKnown<Value>(_ field: Field<Value>) -> Bool {
  field.facts.contains { $0.evidence.provenance != .assumed }
}
