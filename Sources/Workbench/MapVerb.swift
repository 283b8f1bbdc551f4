public import Auditing
import IntegrationGraph
public import Inventory
public import Reporting

/// Formats of the integration map.
public enum MapFormat: String, Sendable, CaseIterable {
  /// Drawn by Graphviz.
  case svg
  /// Graphviz's own language.
  case dot
  /// For graph tools.
  case graphml
  /// For programs.
  case json
}

/// How much of a large estate is drawn.
public enum MapDetail: String, Sendable, CaseIterable {
  /// Everything up to 80 nodes, else clusters.
  case automatic
  /// Every node.
  case whole
  /// One box for each cluster.
  case overview
}

/// The integration map of an estate as text.
///
/// - Parameters:
///   - detail: how much is drawn (svg and dot).
///   - showsFindings: whether the findings of the audit are numbered on it (svg and dot).
/// - Throws: `WorkbenchError.missingPart` where Graphviz is needed and missing.
public func map(
  of estate: Estate, format: MapFormat, detail: MapDetail = .automatic, showsFindings: Bool
) async throws(WorkbenchError) -> String {
  let graph = IntegrationGraph(estate)
  switch format {
  case .graphml: return graph.graphML()
  case .json: return graph.json()
  case .dot, .svg:
    let badges = showsFindings ? auditReport(of: estate, minimumSeverity: nil).badges : [:]
    let dot = graph.dot(MapOptions(detail: detail.option, badges: badges))
    if format == .dot { return dot }
    do { return try await renderSVG(dot: dot) } catch { throw WorkbenchError(error) }
  }
}

/// The map with its legend, the findings of a report numbered on it.
///
/// - Throws: `WorkbenchError.missingPart` where Graphviz is missing.
public func drawnMap(
  of estate: Estate, numbering report: AuditReport
) async throws(WorkbenchError) -> DrawnMap {
  let graph = IntegrationGraph(estate)
  do {
    let drawing = try await renderSVG(dot: graph.dot(MapOptions(badges: report.badges)))
    return DrawnMap(svg: drawing, legend: graph.mapLegend)
  } catch {
    throw WorkbenchError(error)
  }
}

extension MapDetail {
  fileprivate var option: MapOptions.Detail {
    switch self {
    case .automatic: .automatic
    case .whole: .whole
    case .overview: .overview
    }
  }
}
