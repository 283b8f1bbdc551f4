import Inventory

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

/// One drawing of a map, as text of DOT.
private struct MapDrawing {
  let graph: IntegrationGraph
  let options: MapOptions
  let plan: MapPlan
  private let ownerColours: [String: String]
  private var lines: [String] = []

  init(graph: IntegrationGraph, options: MapOptions) {
    self.graph = graph
    self.options = options
    plan = MapPlan(graph, options)
    ownerColours = Dictionary(
      uniqueKeysWithValues: graph.mapOwners.map { (nameKey($0.name), $0.colour) })
  }

  mutating func text() -> String {
    let caption = options.showsLegend ? graph.legendLabel(options, plan) : nil
    let label = caption.map { ", label=\($0), labelloc=b, labeljust=l" } ?? ""
    lines = [
      "digraph \"integration map\" {",
      "  graph [id=\"integration-map\", \(layout), bgcolor=\"\(options.background)\","
        + " fontname=\"DejaVu Sans\", fontsize=12, outputorder=edgesfirst,"
        + " tooltip=\(dotTooltip(graph.mapDescription))\(label)]",
      "  node [fontname=\"DejaVu Sans\", fontsize=11, fontcolor=\"#1A1A1A\", margin=\"0.14,0.07\","
        + " height=0.4]",
      "  edge [fontname=\"DejaVu Sans\", fontsize=10, fontcolor=\"#404040\", arrowsize=0.7]",
    ]
    drawNodes()
    for edge in plan.singles { drawSingle(edge) }
    for bundle in plan.bundles { drawBundle(bundle) }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  /// Layers from left to right, or springs where there is too much for layers to be read.
  private var layout: String {
    if plan.isWideOverview {
      return
        "layout=sfdp, overlap=prism, overlap_scaling=-1.3, K=1.2, splines=true, start=1, sep=\"+12\""
    }
    return plan.isSpread
      ? "layout=sfdp, overlap=prism, overlap_scaling=4, K=0.9, splines=line, start=1, sep=\"+6\""
      : "rankdir=LR, nodesep=0.3, ranksep=0.9, newrank=true"
  }

  // MARK: Nodes

  private mutating func drawNodes() {
    for (number, cluster) in plan.clusters.enumerated() {
      let open = plan.open[number]
      if plan.isClosed[number] { drawClosed(cluster) }
      guard !open.isEmpty else { continue }
      if plan.isBoxed {
        lines.append("  subgraph \"cluster_\(number)\" {")
        lines.append(
          "    graph [id=\(dotIdentifier(cluster.id)), class=\"cluster\","
            + " label=\(dotLabel([cluster.name])), tooltip=\(dotTooltip(cluster.name)),"
            + " style=\"rounded\", color=\"#BFBFBF\", margin=12]")
      }
      for node in open { drawOpen(graph.nodes[node], indent: plan.isBoxed ? "    " : "  ") }
      if plan.isBoxed { lines.append("  }") }
    }
  }

  private mutating func drawOpen(_ node: GraphNode, indent: String) {
    let shape = MapStyle.shape(of: node)
    let group = node.ownerGroup ?? (node.kind == .team ? node.name : nil)
    let colour = group.flatMap { ownerColours[nameKey($0)] } ?? MapStyle.neutralColour
    let isOwned = node.ownerGroup != nil && !node.isGhost
    var styles = shape.style.isEmpty ? [] : [shape.style]
    styles.append(node.isGhost ? "dashed" : "filled")
    let attributes =
      [
        "id=\(dotIdentifier(node.id))",
        "class=\"\(classes(of: node))\"",
        "label=\(options.label(wrappedName(node.name), badges: options.badges[node.id], of: node.id))",
        "shape=\(shape.shape)",
        "style=\"\(styles.joined(separator: ","))\"",
        "color=\"\(node.isGhost ? MapStyle.neutralColour : colour)\"",
        node.isGhost ? "fontcolor=\"#595959\"" : "fillcolor=\"\(shape.fill)\"",
        "penwidth=\(isOwned ? "2" : "1")",
        "tooltip=\(dotTooltip(tooltip(of: node)))",
      ] + link(of: node.id)
    lines.append("\(indent)\(dotIdentifier(node.id)) [\(attributes.joined(separator: ", "))]")
  }

  private mutating func drawClosed(_ cluster: MapCluster) {
    let names = cluster.nodes.map { graph.nodes[$0].name }
    let owner = cluster.nodes.compactMap { graph.nodes[$0].ownerGroup }.first
    let colour = owner.flatMap { ownerColours[nameKey($0)] } ?? MapStyle.neutralColour
    let badges = Set(cluster.nodes.flatMap { options.badges[graph.nodes[$0].id] ?? [] })
    let contents = MapCluster.contents(of: cluster.nodes.map { graph.nodes[$0] })
    let text = wrappedName(cluster.name, width: 24) + contents
    let attributes =
      [
        "id=\(dotIdentifier(cluster.id))",
        "class=\"cluster closed\"",
        "label=\(options.label(text, badges: badges.sorted(), of: cluster.id))",
        "shape=box", "style=\"rounded,filled\"", "color=\"\(colour)\"", "fillcolor=\"#FAFAFA\"",
        "penwidth=2", "peripheries=2",
        "tooltip=\(dotTooltip("\(cluster.name): \(names.joined(separator: ", "))"))",
      ] + link(of: cluster.id)
    lines.append("  \(dotIdentifier(cluster.id)) [\(attributes.joined(separator: ", "))]")
  }

  /// Where a node or cluster leads, as an attribute.
  private func link(of id: String) -> [String] {
    options.links[id].map { ["URL=\(dotIdentifier($0))"] } ?? []
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

  // MARK: Edges

  private mutating func drawSingle(_ edge: GraphEdge) {
    let (source, target) = (graph.nodes[edge.source], graph.nodes[edge.target])
    var text = "\(source.name) \(MapStyle.verb(of: edge.kind)) \(target.name)"
    if edge.channel != .unknown { text += " · \(edge.channel.rawValue)" }
    if let action = edge.action { text += " · \(action)" }
    if !edge.data.isEmpty { text += " · data: \(edge.data.joined(separator: ", "))" }
    let classes = options.sensitive[edge.id] ?? []
    if !classes.isEmpty { text += " · \(classes.joined(separator: ", "))" }
    lines.append(
      "  \(dotIdentifier(source.id)) -> \(dotIdentifier(target.id)) ["
        + "id=\(dotIdentifier(edge.id)), class=\"edge \(edge.kind.rawValue) \(edge.channel.rawValue)"
        + "\(classes.isEmpty ? "" : " sensitive")\", "
        + "\(attributes(of: edge.kind, isSensitive: !classes.isEmpty)), tooltip=\(dotTooltip(text))]"
    )
  }

  private mutating func drawBundle(_ bundle: MapPlan.Bundle) {
    let verbs =
      bundle.kinds.isEmpty
      ? MapStyle.verb(of: bundle.kind)
      : bundle.kinds.map { "\(MapStyle.verb(of: $0.kind)) (\($0.count))" }
        .joined(separator: ", ")
    let text =
      "\(plan.name(of: bundle.from)) \(verbs) \(plan.name(of: bundle.to)):"
      + " \(bundle.count) \(bundle.count == 1 ? "edge" : "edges")"
      + (bundle.sensitive.isEmpty ? "" : " · \(bundle.sensitive.sorted().joined(separator: ", "))")
    let isSensitive = !bundle.sensitive.isEmpty
    let look =
      bundle.kinds.isEmpty
      ? attributes(of: bundle.kind, isSensitive: isSensitive)
        + (bundle.count > 1 ? ", label=\"\(bundle.count)\"" : "")
      : joinedAttributes(bundle.count, isSensitive: isSensitive)
    lines.append(
      "  \(dotIdentifier(plan.id(of: bundle.from))) -> \(dotIdentifier(plan.id(of: bundle.to))) ["
        + "id=\(dotIdentifier(bundle.id(plan))), "
        + "class=\"edge bundle \(bundle.kind.rawValue)\(isSensitive ? " sensitive" : "")\", \(look), "
        + "tooltip=\(dotTooltip(text))]")
  }

  /// A line that stands for edges of several kinds: the wider, the more it stands for.
  private func joinedAttributes(_ count: Int, isSensitive: Bool) -> String {
    let most = plan.bundles.map(\.count).max() ?? 1
    let width = 1 + 3 * (Double(count) / Double(max(1, most))).squareRoot()
    let tenths = Int((width * 10).rounded())
    // On white, so that it can be read where lines cross.
    return
      "color=\"\(isSensitive ? doubleLine : "#6B6B6B")\", penwidth=\(tenths / 10).\(tenths % 10), arrowhead=normal, "
      + "label=<<TABLE BORDER=\"0\" CELLPADDING=\"1\" BGCOLOR=\"#FFFFFF\"><TR><TD>\(count)</TD></TR></TABLE>>"
  }

  /// Two lines with a gap between them, in Graphviz's list of colours.
  private var doubleLine: String {
    "\(MapStyle.sensitiveColour):transparent:\(MapStyle.sensitiveColour)"
  }

  private func attributes(of kind: Connection.Kind, isSensitive: Bool) -> String {
    let line = MapStyle.line(of: kind)
    let end = line.pointsBack ? "dir=back, arrowtail" : "arrowhead"
    return
      "color=\"\(isSensitive ? doubleLine : line.colour)\", style=\(line.style), penwidth=\(line.width), \(end)=\(line.arrow)"
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
  static func contents(of nodes: [GraphNode]) -> [String] {
    EntityKind.allCases.compactMap { kind in
      let count = nodes.count { $0.kind == kind }
      return count > 0 ? counted(count, kind) : nil
    }
  }

  /// A number of things of a kind, in words.
  static func counted(_ count: Int, _ kind: EntityKind) -> String {
    "\(count) \(kind == .data ? "data object" : kind.rawValue)\(count == 1 ? "" : "s")"
  }
}
