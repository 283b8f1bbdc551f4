public import Facts
public import Inventory

/// A node of the integration graph: a system, an application, a team or a data object.
public struct GraphNode: Hashable, Sendable, Codable {
  /// Stable identifier: kind and `nameKey`, such as `system:kycscreeningbot`.
  public let id: String
  /// The thing itself, in the inventory's spelling.
  public let reference: EntityReference
  /// Technology family, for systems; `nil` where unknown.
  public let systemKind: SystemKind?
  /// Product or platform, for systems; `nil` where unknown.
  public let technology: String?
  /// Team that owns it, else the accountable person, for systems; `nil` where unknown.
  public let ownerGroup: String?
  /// Where a system is in its life; `nil` where unknown.
  public let status: LifecycleStatus?
  /// How much depends on a system; `nil` where unknown.
  public let criticality: Criticality?
  /// Whether it is a system that is spoken of and nowhere described.
  public let isGhost: Bool
  /// Every place that describes it; empty for what is only named at the end of a connection.
  public let evidence: [Evidence]

  /// Kind of the thing.
  public var kind: EntityKind { reference.kind }
  /// Name under which it is shown.
  public var name: String { reference.name }

  init(named reference: EntityReference) {
    id = reference.nodeID
    self.reference = reference
    systemKind = nil
    technology = nil
    ownerGroup = nil
    status = nil
    criticality = nil
    isGhost = reference.kind == .system
    evidence = []
  }

  init(_ system: AutomationSystem) {
    let reference = EntityReference(.system, system.name)
    id = reference.nodeID
    self.reference = reference
    systemKind = system.kind.value
    technology = system.technology.value
    ownerGroup = system.ownerGroup
    status = system.status.value
    criticality = system.criticality.value
    isGhost = false
    evidence = system.sources.sorted()
  }

  init(_ reference: EntityReference, sources: [Evidence]) {
    id = reference.nodeID
    self.reference = reference
    systemKind = nil
    technology = nil
    ownerGroup = nil
    status = nil
    criticality = nil
    isGhost = false
    evidence = sources.sorted()
  }
}

extension EntityReference {
  /// Identifier of its node in the integration graph: kind and `nameKey`; see `identifierPart`.
  public var nodeID: String { "\(kind.rawValue):\(identifierPart(name))" }
}

extension AutomationSystem {
  /// Who it belongs to on the map: its team, else its accountable person; `nil` where unknown.
  public var ownerGroup: String? {
    [team.value, owner.value].compactMap { $0 }.first { !nameKey($0).isEmpty }
  }
}
