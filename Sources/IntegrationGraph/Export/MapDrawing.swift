import Inventory

/// What to draw of a map, and what to write on it.
public struct MapOptions: Hashable, Sendable {
  /// How much is drawn.
  public enum Detail: Hashable, Sendable {
    /// The whole map up to `clusterAbove` nodes, else the overview.
    case automatic
    /// Every node; above `clusterAbove` nodes, boxed by cluster.
    case whole
    /// One box per cluster.
    case overview
    /// The nodes of one cluster, by its id, and its neighbours as one box per cluster.
    case cluster(String)
  }

  /// How much is drawn.
  public var detail: Detail
  /// Numbers of the findings about a node, by node id, drawn as badges.
  public var badges: [String: [Int]]
  /// What a badge links to: this, followed by the number of the finding.
  public var badgeLink: String
  /// Number of nodes above which clusters come first.
  ///
  /// Default 80: above it, labels fall below a legible size on one screen (assumed).
  public var clusterAbove: Int

  /// Creates options.
  public init(
    detail: Detail = .automatic, badges: [String: [Int]] = [:], badgeLink: String = "#finding-",
    clusterAbove: Int = 80
  ) {
    self.detail = detail
    self.badges = badges
    self.badgeLink = badgeLink
    self.clusterAbove = clusterAbove
  }
}

extension IntegrationGraph {
  /// The map in Graphviz's DOT language, to be laid out by `dot`.
  ///
  /// Nodes and edges carry their identifiers as `id`, a `class` for style sheets and a `tooltip`;
  /// the same graph and options give the same text.
  public func dot(_ options: MapOptions = MapOptions()) -> String {
    var drawing = MapDrawing(graph: self, options: options)
    return drawing.text()
  }
}

/// One drawing of a map: decides for each node whether it stands for itself or within its cluster.
private struct MapDrawing {
  let graph: IntegrationGraph
  let options: MapOptions
  let clusters: [MapCluster]
  /// Position of each node's cluster.
  private var clusterOf: [Int]
  /// For each node, whether it is drawn on its own.
  private var isOpen: [Bool]
  private let ownerColours: [String: String]
  private var lines: [String] = []

  init(graph: IntegrationGraph, options: MapOptions) {
    self.graph = graph
    self.options = options
    let clusters = graph.mapClusters
    self.clusters = clusters
    clusterOf = Array(repeating: 0, count: graph.nodes.count)
    for (number, cluster) in clusters.enumerated() {
      for node in cluster.nodes { clusterOf[node] = number }
    }
    let isLarge = graph.nodes.count > options.clusterAbove
    isOpen = graph.nodes.indices.map { [clusterOf] node in
      switch options.detail {
      case .whole: true
      case .automatic: !isLarge
      case .overview: false
      case .cluster(let id): clusters[clusterOf[node]].id == id
      }
    }
    ownerColours = Dictionary(
      uniqueKeysWithValues: graph.mapOwners.map { (nameKey($0.name), $0.colour) })
  }

  mutating func text() -> String {
    lines = [
      "digraph \"integration map\" {",
      "  graph [id=\"integration-map\", rankdir=LR, bgcolor=\"transparent\","
        + " fontname=\"DejaVu Sans\", fontsize=12, nodesep=0.3, ranksep=0.9, newrank=true,"
        + " outputorder=edgesfirst, tooltip=\"Integration map\"]",
      "  node [fontname=\"DejaVu Sans\", fontsize=11, fontcolor=\"#1A1A1A\", margin=\"0.14,0.07\","
        + " height=0.4]",
      "  edge [fontname=\"DejaVu Sans\", fontsize=10, fontcolor=\"#404040\", arrowsize=0.7]",
    ]
    drawNodes()
    drawEdges()
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  // MARK: Nodes

  private mutating func drawNodes() {
    let isBoxed = options.detail == .whole && graph.nodes.count > options.clusterAbove
    for (number, cluster) in clusters.enumerated() {
      let open = cluster.nodes.filter { isOpen[$0] && !isShownByColour($0) }
      if open.isEmpty {
        if cluster.nodes.contains(where: { isOpen[$0] }) { continue }
        if isDrawnClosed(number) { drawClosed(cluster) }
        continue
      }
      if isBoxed {
        lines.append("  subgraph \"cluster_\(number)\" {")
        lines.append(
          "    graph [id=\(dotIdentifier(cluster.id)), class=\"cluster\","
            + " label=\(dotLabel([cluster.name])), tooltip=\(dotTooltip(cluster.name)),"
            + " style=\"rounded\", color=\"#BFBFBF\", margin=12]")
      }
      for node in open { drawOpen(graph.nodes[node], indent: isBoxed ? "    " : "  ") }
      if isBoxed { lines.append("  }") }
    }
  }

  /// A team that does nothing but own is told by the colour of what it owns.
  private func isShownByColour(_ node: Int) -> Bool {
    let team = graph.nodes[node]
    return team.kind == .team && graph.degree(of: node) == 0 && options.badges[team.id] == nil
      && ownerColours[team.reference.key] != nil
  }

  /// In the drawing of one cluster, the others are drawn where they are its neighbours.
  private func isDrawnClosed(_ cluster: Int) -> Bool {
    guard case .cluster = options.detail else { return true }
    return graph.edges.contains { edge in
      (isOpen[edge.source] && clusterOf[edge.target] == cluster)
        || (isOpen[edge.target] && clusterOf[edge.source] == cluster)
    }
  }

  private mutating func drawOpen(_ node: GraphNode, indent: String) {
    let shape = MapStyle.shape(of: node)
    let group = node.ownerGroup ?? (node.kind == .team ? node.name : nil)
    let colour = group.flatMap { ownerColours[nameKey($0)] } ?? MapStyle.neutralColour
    let isOwned = node.ownerGroup != nil && !node.isGhost
    var styles = shape.style.isEmpty ? [] : [shape.style]
    styles.append(node.isGhost ? "dashed" : "filled")
    let attributes = [
      "id=\(dotIdentifier(node.id))",
      "class=\"\(classes(of: node))\"",
      "label=\(label(wrappedName(node.name), badges: options.badges[node.id], of: node.id))",
      "shape=\(shape.shape)",
      "style=\"\(styles.joined(separator: ","))\"",
      "color=\"\(node.isGhost ? MapStyle.neutralColour : colour)\"",
      node.isGhost ? "fontcolor=\"#595959\"" : "fillcolor=\"\(shape.fill)\"",
      "penwidth=\(isOwned ? "2" : "1")",
      "tooltip=\(dotTooltip(tooltip(of: node)))",
    ]
    lines.append("\(indent)\(dotIdentifier(node.id)) [\(attributes.joined(separator: ", "))]")
  }

  private mutating func drawClosed(_ cluster: MapCluster) {
    let names = cluster.nodes.map { graph.nodes[$0].name }
    let owner = cluster.nodes.compactMap { graph.nodes[$0].ownerGroup }.first
    let colour = owner.flatMap { ownerColours[nameKey($0)] } ?? MapStyle.neutralColour
    let badges = Set(cluster.nodes.flatMap { options.badges[graph.nodes[$0].id] ?? [] })
    let contents = MapCluster.contents(of: cluster.nodes.map { graph.nodes[$0] })
    let text = wrappedName(cluster.name, width: 24) + contents
    let attributes = [
      "id=\(dotIdentifier(cluster.id))",
      "class=\"cluster closed\"",
      "label=\(label(text, badges: badges.sorted(), of: cluster.id))",
      "shape=box", "style=\"rounded,filled\"", "color=\"\(colour)\"", "fillcolor=\"#FAFAFA\"",
      "penwidth=2", "peripheries=2",
      "tooltip=\(dotTooltip("\(cluster.name): \(names.joined(separator: ", "))"))",
    ]
    lines.append("  \(dotIdentifier(cluster.id)) [\(attributes.joined(separator: ", "))]")
  }

  private func classes(of node: GraphNode) -> String {
    ["node", node.kind.rawValue, node.systemKind?.rawValue, node.isGhost ? "ghost" : nil]
      .compactMap { $0 }.joined(separator: " ")
  }

  private func tooltip(of node: GraphNode) -> String {
    if node.isGhost { return "\(node.name): named by others, not in the inventory" }
    var parts = [node.name, MapStyle.shape(of: node).meaning]
    if node.kind == .system {
      if let technology = node.technology { parts.append(technology) }
      parts.append("owner: \(node.ownerGroup ?? "unknown")")
      parts.append("status: \(node.status?.rawValue ?? "unknown")")
    }
    return parts.joined(separator: " · ")
  }

  // MARK: Labels and badges

  /// A plain label, or, with badges, a small table whose cells link to the findings.
  ///
  /// Sizes are fixed, in points, since Graphviz would stretch the badges to the width of the name.
  private func label(_ name: [String], badges: [Int]?, of id: String) -> String {
    guard let badges, !badges.isEmpty else { return dotLabel(name) }
    let shown = badges.count <= 6 ? badges : Array(badges.prefix(5))
    var cells = shown.map { number in
      BadgeCell(
        text: "\(number)", title: "Finding \(number)", link: "\(options.badgeLink)\(number)",
        id: "badge:\(id):\(number)")
    }
    let rest = badges.dropFirst(shown.count)
    if let next = rest.first {
      let list = rest.map(String.init).joined(separator: ", ")
      cells.append(
        BadgeCell(
          text: "+\(rest.count)", title: "Findings \(list)", link: "\(options.badgeLink)\(next)"))
    }
    let width = cells.reduce(2) { $0 + $1.width + 2 }
    let text = name.map(dotTableText).joined(separator: "<BR/>")
    return
      "<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"1\">"
      + "<TR><TD>\(text)</TD></TR><TR><TD><TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"2\""
      + " CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"\(width)\" HEIGHT=\"20\">"
      + "<TR>\(cells.map(\.markup).joined())</TR></TABLE></TD></TR></TABLE>>"
  }

  private struct BadgeCell {
    var text: String
    var title: String
    var link: String
    var id: String?

    /// Width in points: a figure of the font is about five points wide at this size.
    var width: Int { 8 + 6 * text.count }

    var markup: String {
      let id = id.map { " ID=\"\(xmlText($0))\"" } ?? ""
      return
        "<TD FIXEDSIZE=\"TRUE\" WIDTH=\"\(width)\" HEIGHT=\"16\" BGCOLOR=\"#404040\""
        + " STYLE=\"ROUNDED\" HREF=\"\(xmlText(link))\" TITLE=\"\(xmlText(title))\"\(id)>"
        + "<FONT POINT-SIZE=\"8\" COLOR=\"#FFFFFF\">\(text)</FONT></TD>"
    }
  }

  // MARK: Edges

  private struct Bundle: Hashable {
    var from: String
    var to: String
    var kind: Connection.Kind
  }

  private mutating func drawEdges() {
    var bundles: [Bundle: Int] = [:]
    var order: [Bundle] = []
    for edge in graph.edges {
      let (source, target) = (edge.source, edge.target)
      if isOpen[source], isOpen[target] {
        drawSingle(edge)
        continue
      }
      if clusterOf[source] == clusterOf[target], !isOpen[source] { continue }
      if case .cluster = options.detail, !isOpen[source], !isOpen[target] { continue }
      let bundle = Bundle(from: drawnID(of: source), to: drawnID(of: target), kind: edge.kind)
      if bundles[bundle] == nil { order.append(bundle) }
      bundles[bundle, default: 0] += 1
    }
    for bundle in order { drawBundle(bundle, count: bundles[bundle] ?? 0) }
  }

  private func drawnID(of node: Int) -> String {
    isOpen[node] ? graph.nodes[node].id : clusters[clusterOf[node]].id
  }

  private mutating func drawSingle(_ edge: GraphEdge) {
    let (source, target) = (graph.nodes[edge.source], graph.nodes[edge.target])
    var text = "\(source.name) \(MapStyle.verb(of: edge.kind)) \(target.name)"
    if edge.channel != .unknown { text += " · \(edge.channel.rawValue)" }
    if let action = edge.action { text += " · \(action)" }
    if !edge.data.isEmpty { text += " · data: \(edge.data.joined(separator: ", "))" }
    lines.append(
      "  \(dotIdentifier(source.id)) -> \(dotIdentifier(target.id)) ["
        + "id=\(dotIdentifier(edge.id)), class=\"edge \(edge.kind.rawValue) \(edge.channel.rawValue)\", "
        + "\(attributes(of: edge.kind)), tooltip=\(dotTooltip(text))]")
  }

  private mutating func drawBundle(_ bundle: Bundle, count: Int) {
    let text = "\(count) × \(MapStyle.verb(of: bundle.kind))"
    lines.append(
      "  \(dotIdentifier(bundle.from)) -> \(dotIdentifier(bundle.to)) ["
        + "id=\(dotIdentifier("edges:\(bundle.kind.rawValue):\(bundle.from):\(bundle.to)")), "
        + "class=\"edge bundle \(bundle.kind.rawValue)\", \(attributes(of: bundle.kind)), "
        + (count > 1 ? "label=\"\(count)\", " : "")
        + "tooltip=\(dotTooltip(text))]")
  }

  private func attributes(of kind: Connection.Kind) -> String {
    let line = MapStyle.line(of: kind)
    let end = line.pointsBack ? "dir=back, arrowtail" : "arrowhead"
    return
      "color=\"\(line.colour)\", style=\(line.style), penwidth=\(line.width), \(end)=\(line.arrow)"
  }
}

extension MapStyle {
  /// What an edge does, as a verb between its ends.
  static func verb(of kind: Connection.Kind) -> String {
    switch kind {
    case .handsOver: "hands over to"
    case .escalates: "escalates to"
    case .invokes, .reads, .writes, .triggers, .governs: kind.rawValue
    }
  }
}

extension MapCluster {
  /// What a closed cluster holds, one line a kind: "12 systems", "1 team".
  fileprivate static func contents(of nodes: [GraphNode]) -> [String] {
    EntityKind.allCases.compactMap { kind in
      let count = nodes.count { $0.kind == kind }
      guard count > 0 else { return nil }
      let noun = kind == .data ? "data objects" : "\(kind.rawValue)s"
      return count == 1 ? "1 \(kind == .data ? "data object" : kind.rawValue)" : "\(count) \(noun)"
    }
  }
}
