import Auditing
import IntegrationGraph
public import Inventory
import Reporting

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

/// The integration map of an estate as text.
///
/// - Parameter showsFindings: whether the findings of the audit are numbered on it (svg and dot).
/// - Throws: `WorkbenchError.missingPart` where Graphviz is needed and missing.
public func map(
  of estate: Estate, format: MapFormat, showsFindings: Bool
) async throws(WorkbenchError) -> String {
  let graph = IntegrationGraph(estate)
  switch format {
  case .graphml: return graph.graphML()
  case .json: return graph.json()
  case .dot, .svg:
    let badges =
      showsFindings ? auditReport(of: estate, minimumSeverity: nil).badges : [:]
    let dot = graph.dot(MapOptions(badges: badges))
    if format == .dot { return dot }
    do {
      return try await renderSVG(dot: dot)
    } catch {
      throw WorkbenchError(error)
    }
  }
}
