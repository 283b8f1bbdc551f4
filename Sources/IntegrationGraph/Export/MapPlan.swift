import Inventory

/// What a map draws: which nodes stand for themselves, which within their cluster, and the lines
/// between them.
struct MapPlan {
  /// Several edges of one kind that are drawn as one line.
  struct Bundle {
    /// An end: a node, or the cluster it stands within.
    enum End: Hashable {
      case node(Int)
      case cluster(Int)
    }

    var from: End
    var to: End
    var kind: Connection.Kind
    var count: Int

    func id(_ plan: MapPlan) -> String {
      "edges:\(kind.rawValue):\(plan.id(of: from)):\(plan.id(of: to))"
    }
  }

  let graph: IntegrationGraph
  let clusters: [MapCluster]
  /// Nodes of each cluster that are drawn on their own.
  private(set) var open: [[Int]] = []
  /// Which clusters are drawn as one box.
  private(set) var isClosed: [Bool] = []
  /// Whether open nodes stand in the box of their cluster.
  let isBoxed: Bool
  /// Whether there is too much for a layered drawing: more than 150 boxes or 400 lines, for which
  /// layers are slow and hard to read (the numbers are assumed).
  private(set) var isSpread = false
  /// Edges drawn as they are.
  private(set) var singles: [GraphEdge] = []
  /// Edges drawn together, in edge order.
  private(set) var bundles: [Bundle] = []
  /// Number of bundles left out as the lightest.
  private(set) var omitted = 0
  private var clusterOf: [Int]
  private var isOpen: [Bool]

  init(_ graph: IntegrationGraph, _ options: MapOptions) {
    self.graph = graph
    let clusters = graph.mapClusters
    self.clusters = clusters
    clusterOf = Array(repeating: 0, count: graph.nodes.count)
    for (number, cluster) in clusters.enumerated() {
      for node in cluster.nodes { clusterOf[node] = number }
    }
    let isLarge = graph.nodes.count > options.clusterAbove
    isBoxed = options.detail == .whole && isLarge
    isOpen = graph.nodes.indices.map { [clusterOf] node in
      switch options.detail {
      case .whole: true
      case .automatic: !isLarge
      case .overview: false
      case .cluster(let id): clusters[clusterOf[node]].id == id
      }
    }
    choose(options)
    bundle(options)
    let boxes = isClosed.count { $0 } + open.reduce(0) { $0 + $1.count }
    isSpread = boxes > 150 || singles.count + bundles.count > 400
  }

  private mutating func choose(_ options: MapOptions) {
    let owners = Set(graph.nodes.compactMap { $0.ownerGroup.map(nameKey) })
    var isNeighbour = Array(repeating: true, count: clusters.count)
    if case .cluster = options.detail {
      isNeighbour = Array(repeating: false, count: clusters.count)
      for edge in graph.edges {
        if isOpen[edge.source] { isNeighbour[clusterOf[edge.target]] = true }
        if isOpen[edge.target] { isNeighbour[clusterOf[edge.source]] = true }
      }
    }
    for (number, cluster) in clusters.enumerated() {
      let opened = cluster.nodes.filter { isOpen[$0] }
      // A team that does nothing but own is told by the colour of what it owns.
      let drawn = opened.filter { node in
        let team = graph.nodes[node]
        return team.kind != .team || graph.degree(of: node) > 0 || options.badges[team.id] != nil
          || !owners.contains(team.reference.key)
      }
      open.append(drawn)
      isClosed.append(opened.isEmpty && isNeighbour[number])
    }
  }

  private mutating func bundle(_ options: MapOptions) {
    struct Key: Hashable {
      var from: Bundle.End
      var to: Bundle.End
      var kind: Connection.Kind
    }
    var places: [Key: Int] = [:]
    for edge in graph.edges {
      let (source, target) = (edge.source, edge.target)
      if isOpen[source], isOpen[target] {
        singles.append(edge)
        continue
      }
      if clusterOf[source] == clusterOf[target], !isOpen[source] { continue }
      if case .cluster = options.detail, !isOpen[source], !isOpen[target] { continue }
      let key = Key(from: end(source), to: end(target), kind: edge.kind)
      if let place = places[key] {
        bundles[place].count += 1
      } else {
        places[key] = bundles.count
        bundles.append(Bundle(from: key.from, to: key.to, kind: edge.kind, count: 1))
      }
    }
    guard bundles.count > options.bundleLimit else { return }
    let kept = bundles.indices.sorted { (bundles[$1].count, $0) < (bundles[$0].count, $1) }
      .prefix(options.bundleLimit).sorted()
    omitted = bundles.count - kept.count
    bundles = kept.map { bundles[$0] }
  }

  private func end(_ node: Int) -> Bundle.End {
    isOpen[node] ? .node(node) : .cluster(clusterOf[node])
  }

  /// Identifier of an end.
  func id(of end: Bundle.End) -> String {
    switch end {
    case .node(let node): graph.nodes[node].id
    case .cluster(let cluster): clusters[cluster].id
    }
  }

  /// Name of an end.
  func name(of end: Bundle.End) -> String {
    switch end {
    case .node(let node): graph.nodes[node].name
    case .cluster(let cluster): clusters[cluster].name
    }
  }
}
