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
  /// The parts of the map: systems by owner's group; a team with the systems it owns; the remaining
  /// teams, the applications, the data and the ghosts on their own.
  ///
  /// Systems without a known owner are parted by kind, and, where there are more than 40 of them, by
  /// the communities of the graph that have at least four of them, named by their best connected
  /// node. Of more than 30 owners the smallest share one cluster, and the applications that most
  /// nodes are joined to, up to ten of them, are clusters of their own where there are more than 20.
  /// The numbers are assumed: what can be read on one page.
  ///
  /// Every node is in exactly one cluster; clusters are ordered by identifier.
  public var mapClusters: [MapCluster] {
    let parts = ClusterParts(self)
    var clusters: [String: (name: String, nodes: [Int])] = [:]
    for position in nodes.indices {
      let (id, name) = parts.cluster(of: position)
      clusters[id, default: (name, [])].nodes.append(position)
    }
    return clusters.sorted { $0.key < $1.key }.map {
      MapCluster(id: $0.key, name: $0.value.name, nodes: $0.value.nodes)
    }
  }
}

/// What decides in which cluster a node lies.
private struct ClusterParts {
  private let graph: IntegrationGraph
  private let owners: Set<String>
  /// Owners that have a cluster of their own.
  private var large: Set<String>
  /// Communities of systems without a known owner, by node.
  private var communities: [Int: (id: String, name: String)] = [:]
  private var hubs: Set<Int> = []

  init(_ graph: IntegrationGraph) {
    self.graph = graph
    let ranked = graph.mapOwners
    owners = Set(ranked.map { nameKey($0.name) })
    large = Set(ranked.prefix(ranked.count > 30 ? 29 : 30).map { nameKey($0.name) })
    let applications = graph.nodes.indices.filter { graph.nodes[$0].kind == .application }
    if applications.count > 20 {
      let ranked = applications.sorted { (graph.degree(of: $1), $0) < (graph.degree(of: $0), $1) }
      hubs = Set(ranked.prefix(10).filter { graph.degree(of: $0) > 4 })
    }
    findCommunities()
  }

  private mutating func findCommunities() {
    let unowned = graph.nodes.indices.filter {
      graph.nodes[$0].kind == .system && !graph.nodes[$0].isGhost
        && graph.nodes[$0].ownerGroup == nil
    }
    guard unowned.count > 40 else { return }
    let found = graph.links.communities()
    let groups = Dictionary(grouping: unowned) { found.community[$0] }
    for (group, systems) in groups where systems.count >= 4 {
      let center = found.members[group].min {
        (graph.degree(of: $1), $0) < (graph.degree(of: $0), $1)
      }
      guard let center else { continue }
      let id = "cluster:around:\(graph.nodes[center].id)"
      for system in systems { communities[system] = (id, "Around \(graph.nodes[center].name)") }
    }
  }

  func cluster(of position: Int) -> (id: String, name: String) {
    let node = graph.nodes[position]
    if node.isGhost { return ("cluster:ghosts", "Not in the inventory") }
    switch node.kind {
    case .system:
      if let owner = node.ownerGroup { return cluster(ofOwner: owner) }
      if let community = communities[position] { return community }
      guard let kind = node.systemKind else {
        return ("cluster:kind:unknown", "Unknown kind, unknown owner")
      }
      return (
        "cluster:kind:\(kind.rawValue)", "\(MapStyle.shape(of: kind).meaning), unknown owner"
      )
    case .team:
      guard owners.contains(node.reference.key) else { return ("cluster:teams", "Other teams") }
      return cluster(ofOwner: node.name)
    case .application:
      guard hubs.contains(position) else {
        return ("cluster:applications", hubs.isEmpty ? "Applications" : "Other applications")
      }
      return ("cluster:\(node.id)", node.name)
    case .data: return ("cluster:data", "Data")
    }
  }

  private func cluster(ofOwner owner: String) -> (id: String, name: String) {
    large.contains(nameKey(owner))
      ? ("cluster:owner:\(identifierPart(owner))", owner) : ("cluster:owners", "Other owners")
  }
}
