public import Auditing
public import IntegrationGraph
public import Inventory
public import Reporting

/// A part of the integration map, drawn, with what is on it.
public struct MapOfView: Sendable {
  /// The drawing and its legend.
  public var drawing: DrawnMap
  /// Everything that is in the part, in the order of the graph.
  public var nodes: [GraphNode]
  /// How many connections are in the part.
  public var edgeCount: Int
  /// How many nodes the whole map has.
  public var wholeCount: Int
}

/// How a part of the map is drawn for a page.
public struct MapDrawingRequest: Sendable {
  /// The part.
  public var view = MapView()
  /// How much of it.
  public var detail = MapOptions.Detail.automatic
  /// The audit whose findings are numbered on it; `nil` for none.
  public var report: AuditReport?
  /// Whether what carries sensitive data is marked.
  public var showsSensitiveData = false
  /// What the numbers link to: this, followed by the number.
  public var badgeLink: String?
  /// What a node links to.
  public var nodeLink: @Sendable (GraphNode) -> String? = { _ in nil }
  /// What a closed cluster of an identifier links to.
  public var clusterLink: @Sendable (String) -> String? = { _ in nil }

  /// A request for the whole map.
  public init() {}
}

/// Draws a part of the integration map with links.
///
/// - Parameter whole: the graph of the estate; `nil` to make it.
/// - Throws: `WorkbenchError.badInput` where the part is not there; `.missingPart` where Graphviz is
///   missing.
public func draw(
  _ request: MapDrawingRequest, of estate: Estate, whole: IntegrationGraph? = nil
) async throws(WorkbenchError) -> MapOfView {
  let whole = whole ?? IntegrationGraph(estate)
  let graph: IntegrationGraph
  do {
    graph = try whole.view(request.view, of: estate)
  } catch {
    throw .badInput([error.description])
  }
  let clusters = graph.mapClusters
  if case .cluster(let id) = request.detail, !clusters.contains(where: { $0.id == id }) {
    throw .badInput(["the map has no cluster '\(id)'; begin with the whole map"])
  }
  var options = MapOptions(detail: request.detail, badgeLink: request.badgeLink)
  if let report = request.report {
    options.badges = report.badges
    options.notes = mapNotes(report)
  }
  if request.showsSensitiveData { options.sensitive = sensitiveData(in: graph) }
  for node in graph.nodes { options.links[node.id] = request.nodeLink(node) }
  for cluster in clusters { options.links[cluster.id] = request.clusterLink(cluster.id) }
  do {
    return MapOfView(
      drawing: DrawnMap(
        svg: try await renderSVG(dot: graph.dot(options)),
        legend: graph.mapLegend(sensitive: options.sensitive)),
      nodes: graph.nodes, edgeCount: graph.edges.count, wholeCount: whole.nodes.count)
  } catch {
    throw WorkbenchError(error)
  }
}
