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
    /// The kind of the edges; of several kinds, that of most of them.
    var kind: Connection.Kind
    var count: Int
    /// Edges of each kind, in the order of kinds, where the line stands for several kinds; else empty.
    var kinds: [(kind: Connection.Kind, count: Int)] = []
    /// Classes of sensitive data that its edges carry.
    var sensitive: Set<String> = []

    func id(_ plan: MapPlan) -> String {
      "edges:\(kinds.isEmpty ? kind.rawValue : "all"):\(plan.id(of: from)):\(plan.id(of: to))"
    }
  }

  /// What is left out of the lines between clusters.
  struct Omission {
    var lines: Int
    var edges: Int
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
  /// Whether it is an overview of more than 20 clusters, which layers would pile up in one column (the
  /// number is assumed).
  private(set) var isWideOverview = false
  /// Edges drawn as they are.
  private(set) var singles: [GraphEdge] = []
  /// Edges drawn together, in edge order.
  private(set) var bundles: [Bundle] = []
  /// What is left out as the weakest; `nil` where all is drawn.
  private(set) var omission: Omission?
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
    let closed = isClosed.count { $0 }
    isWideOverview = closed > 20 && open.allSatisfy(\.isEmpty)
    if isWideOverview { joinKinds() }
    // Of a wide overview about two lines for each cluster can be told apart (assumed).
    keepStrongest(isWideOverview ? min(options.bundleLimit, 2 * closed) : options.bundleLimit)
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
    let isOneCluster = open.contains { !$0.isEmpty }
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
      if isOneCluster, !isOpen[source], !isOpen[target] { continue }
      let key = Key(from: end(source), to: end(target), kind: edge.kind)
      let place = places[key] ?? bundles.count
      if place == bundles.count {
        places[key] = place
        bundles.append(Bundle(from: key.from, to: key.to, kind: edge.kind, count: 0))
      }
      bundles[place].count += 1
      bundles[place].sensitive.formUnion(options.sensitive[edge.id] ?? [])
    }
  }

  /// Makes one line of all edges from one end to another, whatever their kinds.
  private mutating func joinKinds() {
    struct Pair: Hashable {
      var from: Bundle.End
      var to: Bundle.End
    }
    var order: [Pair] = []
    var members: [Pair: [Bundle]] = [:]
    for bundle in bundles {
      let pair = Pair(from: bundle.from, to: bundle.to)
      if members[pair] == nil { order.append(pair) }
      members[pair, default: []].append(bundle)
    }
    bundles = order.compactMap { pair in
      let parts = members[pair] ?? []
      guard let first = parts.max(by: { $0.count < $1.count }) else { return nil }
      let kinds = Connection.Kind.allCases.compactMap { kind in
        parts.first { $0.kind == kind }.map { (kind: kind, count: $0.count) }
      }
      return Bundle(
        from: pair.from, to: pair.to, kind: first.kind,
        count: parts.reduce(0) { $0 + $1.count }, kinds: kinds,
        sensitive: parts.reduce(into: []) { $0.formUnion($1.sensitive) })
    }
  }

  /// Keeps the strongest lines, and of each end at least its own strongest one.
  ///
  /// Strength is the number of edges over the square root of the product of the edges at either end
  /// (cosine, Salton and McGill 1983, *Introduction to Modern Information Retrieval*), so that what
  /// everything is joined to does not fill the map.
  private mutating func keepStrongest(_ limit: Int) {
    guard bundles.count > limit else { return }
    var totals: [Bundle.End: Int] = [:]
    for bundle in bundles {
      totals[bundle.from, default: 0] += bundle.count
      totals[bundle.to, default: 0] += bundle.count
    }
    let strengths = bundles.map { bundle in
      let product = Double(totals[bundle.from] ?? 1) * Double(totals[bundle.to] ?? 1)
      return Double(bundle.count) / product.squareRoot()
    }
    let ranked = bundles.indices.sorted { (strengths[$1], $0) < (strengths[$0], $1) }
    var kept = Set(ranked.prefix(limit))
    var reached = Set(kept.flatMap { [bundles[$0].from, bundles[$0].to] })
    for number in ranked.dropFirst(limit) {
      let ends = [bundles[number].from, bundles[number].to]
      guard !ends.allSatisfy(reached.contains) else { continue }
      kept.insert(number)
      reached.formUnion(ends)
    }
    let left = bundles.indices.filter { !kept.contains($0) }
    guard !left.isEmpty else { return }
    omission = Omission(lines: left.count, edges: left.reduce(0) { $0 + bundles[$1].count })
    bundles = kept.sorted().map { bundles[$0] }
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
