/// How much of a graph hangs on its most central nodes, directions left aside.
public struct HubConcentration: Hashable, Sendable {
  /// One of the most central nodes.
  public struct Hub: Hashable, Sendable {
    /// Number of the node.
    public let node: Int
    /// Nodes it is joined to directly.
    public let neighbours: Int
    /// Share of all relations that it takes part in, 0…1.
    public let shareOfRelations: Double
    /// Its share of the betweenness of all nodes, 0…1; 0 where no shortest path has a node between
    /// its ends.
    public let shareOfPaths: Double
  }

  /// The most central nodes, by betweenness, then number of neighbours, then number.
  public let hubs: [Hub]
  /// Share of all relations that touch at least one hub, 0…1; `nil` without relations.
  public let shareOfRelations: Double?
  /// Share of the betweenness of all nodes that the hubs hold, 0…1; `nil` where there is none.
  public let shareOfPaths: Double?
  /// Freeman's centralisation by degree: 0 where all nodes have as many neighbours, 1 for a star;
  /// `nil` under three nodes.
  public let degreeCentralisation: Double?
  /// Freeman's centralisation by betweenness, in the same way.
  public let betweennessCentralisation: Double?
}

extension DirectedGraph {
  /// How much hangs on the most central nodes of the undirected projection.
  ///
  /// Centralisation = Σ (largest − each) ÷ the largest that sum can be, which a star has: for degrees
  /// (n − 1)(n − 2), for betweenness over ordered pairs (n − 1)²(n − 2). Source: Freeman,
  /// *Centrality in social networks: conceptual clarification*, doi:10.1016/0378-8733(78)90021-7.
  ///
  /// - Parameter count: how many nodes are hubs, at most; nodes without neighbours never are.
  /// - Complexity: O(n · m).
  public func hubConcentration(top count: Int = 5) -> HubConcentration {
    let graph = undirected
    let betweenness = graph.betweenness()
    let degrees = (0..<nodeCount).map { graph.successors(of: $0).count }
    let relations = graph.edgeCount / 2
    let paths = betweenness.reduce(0, +)
    let ranked = (0..<nodeCount).filter { degrees[$0] > 0 }.sorted {
      (betweenness[$1], degrees[$1], $0) < (betweenness[$0], degrees[$0], $1)
    }
    let top = ranked.prefix(count)
    let isHub = Set(top)
    let touching = graph.edges.count { edge in
      edge.from < edge.to && (isHub.contains(edge.from) || isHub.contains(edge.to))
    }
    let n = Double(nodeCount)
    return HubConcentration(
      hubs: top.map { node in
        HubConcentration.Hub(
          node: node, neighbours: degrees[node],
          shareOfRelations: Double(degrees[node]) / Double(relations),
          shareOfPaths: paths > 0 ? betweenness[node] / paths : 0)
      },
      shareOfRelations: relations > 0 ? Double(touching) / Double(relations) : nil,
      shareOfPaths: paths > 0 ? top.reduce(0) { $0 + betweenness[$1] } / paths : nil,
      degreeCentralisation: centralisation(degrees.map(Double.init), most: (n - 1) * (n - 2)),
      betweennessCentralisation: centralisation(betweenness, most: (n - 1) * (n - 1) * (n - 2)))
  }

  private func centralisation(_ values: [Double], most: Double) -> Double? {
    guard nodeCount > 2, let largest = values.max() else { return nil }
    return values.reduce(0) { $0 + largest - $1 } / most
  }
}
