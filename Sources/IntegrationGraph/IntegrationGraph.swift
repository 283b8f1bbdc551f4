import Facts
public import Inventory

/// How the estate hangs together: a typed directed multigraph over its systems, applications, teams
/// and data.
///
/// A pure function of the estate. Nodes are ordered by kind and key, edges by their ends, kind,
/// channel and action; nothing depends on the order in which files were read.
public struct IntegrationGraph: Hashable, Sendable {
  /// Nodes, ordered by kind, then key.
  public let nodes: [GraphNode]
  /// Edges, ordered by source, target, kind, channel and action.
  public let edges: [GraphEdge]
  /// Which node reaches which over edges of any kind.
  public let links: DirectedGraph
  /// Who depends on whom: an edge from each dependent to what it needs; see `GraphEdge.isHuman` for
  /// people and `blastRadius(of:)` for the use of it.
  public let dependencies: DirectedGraph

  private let positions: [String: Int]
  private let outgoing: [[Int]]
  private let incoming: [[Int]]
  private let dependents: DirectedGraph

  /// Draws the graph of an estate.
  ///
  /// - Complexity: O(n log n + m log m).
  public init(_ estate: Estate) {
    var drawing = GraphDrawing(estate)
    drawing.addConnections(estate.connections)
    drawing.addTouchPoints(estate.touchPoints)
    let nodes = drawing.sortedNodes()
    self.init(nodes: nodes, edges: drawing.sortedEdges(positions: Self.positions(of: nodes)))
  }

  private static func positions(of nodes: [GraphNode]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: nodes.enumerated().map { ($0.element.id, $0.offset) })
  }

  /// Creates a graph of nodes and edges in their order.
  init(nodes: [GraphNode], edges: [GraphEdge]) {
    self.nodes = nodes
    self.edges = edges
    positions = Self.positions(of: nodes)

    var outgoing: [[Int]] = Array(repeating: [], count: nodes.count)
    var incoming: [[Int]] = Array(repeating: [], count: nodes.count)
    for (number, edge) in edges.enumerated() {
      outgoing[edge.source].append(number)
      incoming[edge.target].append(number)
    }
    self.outgoing = outgoing
    self.incoming = incoming
    links = DirectedGraph(
      nodeCount: nodes.count, edges: edges.map { (from: $0.source, to: $0.target) })
    dependencies = DirectedGraph(
      nodeCount: nodes.count,
      edges: edges.map { edge in
        let need = edge.dependency(targetIsData: nodes[edge.target].kind == .data)
        return (from: need.dependent, to: need.dependedOn)
      })
    dependents = dependencies.reversed
  }

  /// Position of the node of an identifier; `nil` where there is none.
  public func position(ofID id: String) -> Int? { positions[id] }

  /// Position of the node of a reference; `nil` where there is none.
  public func position(of reference: EntityReference) -> Int? { positions[reference.nodeID] }

  /// Edges that start at a node, in edge order.
  public func edges(from node: Int) -> [GraphEdge] { outgoing[node].map { edges[$0] } }

  /// Edges that end at a node, in edge order.
  public func edges(to node: Int) -> [GraphEdge] { incoming[node].map { edges[$0] } }

  /// Number of edges that end at a node, parallel ones each.
  public func inDegree(of node: Int) -> Int { incoming[node].count }

  /// Number of edges that start at a node, parallel ones each.
  public func outDegree(of node: Int) -> Int { outgoing[node].count }

  /// Number of edges that touch a node; one that starts and ends there counts twice.
  public func degree(of node: Int) -> Int { incoming[node].count + outgoing[node].count }

  /// The nodes that need a node directly, ascending.
  public func dependents(of node: Int) -> [Int] { Array(dependents.successors(of: node)) }

  /// The nodes that stand still or work on wrong data when a node fails: all that depend on it,
  /// through however many others, ascending, itself left out.
  ///
  /// Source: *AI Agent Orchestration: Making Multi-Agent Systems Work Together* (cascading failure).
  /// - Complexity: O(n + m).
  public func blastRadius(of node: Int) -> [Int] { dependents.reachable(from: node) }

  /// Nodes that are spoken of and nowhere described, as positions, ascending.
  public var ghosts: [Int] { nodes.indices.filter { nodes[$0].isGhost } }
}
