import Inventory

/// How many links join systems pair by pair, against how many there could be and against those that
/// go through a hub or a standard.
public struct PointToPointCount: Hashable, Sendable {
  /// Two nodes that are linked.
  public struct Pair: Hashable, Sendable {
    /// Position of the first node in `IntegrationGraph.nodes`.
    public let lower: Int
    /// Position of the other one.
    public let upper: Int
    /// Positions of the edges that link them in `IntegrationGraph.edges`, ascending.
    public let edges: [Int]
  }

  /// Positions of the systems and applications that take part in at least one link, orchestrators
  /// left out, ascending: n.
  public let members: [Int]
  /// Pairs joined directly, by means made for the two: n members can have n·(n − 1)/2.
  public let direct: [Pair]
  /// Pairs one end of which is an orchestrator.
  public let throughHub: [Pair]
  /// Other pairs all of whose edges follow a standard that serves many: MCP, A2A or a queue.
  public let byStandard: [Pair]
  /// Number of direct pairs all of whose edges have the channel `unknown`: whether they follow a
  /// standard no file says.
  public let directOfUnknownChannel: Int

  /// How many pairs n members can make: n·(n − 1)/2.
  public var possible: Int { members.count * max(0, members.count - 1) / 2 }
  /// Direct pairs as a share of the possible ones, 0…1; `nil` under two members.
  public var density: Double? { possible > 0 ? Double(direct.count) / Double(possible) : nil }
  /// Direct pairs as a share of all linked pairs, 0…1; `nil` where none is linked.
  public var share: Double? {
    let all = direct.count + throughHub.count + byStandard.count
    return all > 0 ? Double(direct.count) / Double(all) : nil
  }
}

extension IntegrationGraph {
  /// Counts links between pairs of systems and applications.
  ///
  /// Links of people and links of governance do not count; parallel links and both directions are one
  /// pair.
  ///
  /// Source: *Building the Agentic Enterprise, Part 5: The Orchestration Layer* (point-to-point links,
  /// of which n systems can have n·(n − 1)/2, against a hub or a standard).
  /// - Parameter isCounted: which nodes count, such as those in use.
  /// - Complexity: O(n + m log m).
  public func pointToPoint(
    where isCounted: (Int) -> Bool = { _ in true }
  ) -> PointToPointCount {
    let counts = nodes.indices.map { node in
      (nodes[node].kind == .system || nodes[node].kind == .application) && isCounted(node)
    }
    var ends: [(lower: Int, upper: Int, edge: Int)] = []
    for (number, edge) in edges.enumerated() where edge.kind != .governs && !edge.isHuman {
      guard edge.source != edge.target, counts[edge.source], counts[edge.target] else { continue }
      ends.append((min(edge.source, edge.target), max(edge.source, edge.target), number))
    }
    ends.sort { $0 < $1 }
    var pairs: [PointToPointCount.Pair] = []
    for end in ends {
      if let last = pairs.last, last.lower == end.lower, last.upper == end.upper {
        pairs[pairs.count - 1] = PointToPointCount.Pair(
          lower: end.lower, upper: end.upper, edges: last.edges + [end.edge])
      } else {
        pairs.append(
          PointToPointCount.Pair(lower: end.lower, upper: end.upper, edges: [end.edge]))
      }
    }
    let standards: Set<Connection.Channel> = [.mcp, .a2a, .queue]
    var direct: [PointToPointCount.Pair] = []
    var throughHub: [PointToPointCount.Pair] = []
    var byStandard: [PointToPointCount.Pair] = []
    for pair in pairs {
      if isOrchestrator(pair.lower) || isOrchestrator(pair.upper) {
        throughHub.append(pair)
      } else if pair.edges.allSatisfy({ standards.contains(edges[$0].channel) }) {
        byStandard.append(pair)
      } else {
        direct.append(pair)
      }
    }
    let members = Set(pairs.flatMap { [$0.lower, $0.upper] }).filter { !isOrchestrator($0) }
    return PointToPointCount(
      members: members.sorted(), direct: direct, throughHub: throughHub, byStandard: byStandard,
      directOfUnknownChannel: direct.count { pair in
        pair.edges.allSatisfy { edges[$0].channel == .unknown }
      })
  }

  /// Which node reaches which over the edges of a choice; for the algorithms of `DirectedGraph`.
  public func links(where isUsed: (GraphEdge) -> Bool) -> DirectedGraph {
    DirectedGraph(
      nodeCount: nodes.count,
      edges: edges.filter(isUsed).map { (from: $0.source, to: $0.target) })
  }
}
