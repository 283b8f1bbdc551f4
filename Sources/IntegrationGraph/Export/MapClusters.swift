import Inventory

/// A part of a large map that is drawn as one box until it is opened.
public struct MapCluster: Hashable, Sendable, Codable {
  /// Stable identifier, such as `cluster:owner:creditoperations`.
  public let id: String
  /// Name shown.
  public let name: String
  /// Positions of its nodes, ascending.
  public let nodes: [Int]
}

extension IntegrationGraph {
  /// The parts of the map: systems by owner's group, else by kind; a team with the systems it owns;
  /// the remaining teams, the applications, the data and the ghosts on their own.
  ///
  /// Every node is in exactly one cluster; clusters are ordered by identifier.
  public var mapClusters: [MapCluster] {
    let owners = Set(nodes.compactMap { $0.ownerGroup.map(nameKey) })
    var clusters: [String: (name: String, nodes: [Int])] = [:]
    for (position, node) in nodes.enumerated() {
      let (id, name) = cluster(of: node, owners: owners)
      clusters[id, default: (name, [])].nodes.append(position)
    }
    return clusters.sorted { $0.key < $1.key }.map {
      MapCluster(id: $0.key, name: $0.value.name, nodes: $0.value.nodes)
    }
  }

  private func cluster(of node: GraphNode, owners: Set<String>) -> (id: String, name: String) {
    if node.isGhost { return ("cluster:ghosts", "Not in the inventory") }
    switch node.kind {
    case .system:
      if let owner = node.ownerGroup { return ("cluster:owner:\(identifierPart(owner))", owner) }
      guard let kind = node.systemKind else {
        return ("cluster:kind:unknown", "Unknown kind, unknown owner")
      }
      return (
        "cluster:kind:\(kind.rawValue)", "\(MapStyle.shape(of: kind).meaning), unknown owner"
      )
    case .team:
      guard owners.contains(node.reference.key) else { return ("cluster:teams", "Other teams") }
      return ("cluster:owner:\(identifierPart(node.name))", node.name)
    case .application: return ("cluster:applications", "Applications")
    case .data: return ("cluster:data", "Data")
    }
  }
}
