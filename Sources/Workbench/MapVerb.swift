public import Auditing
import Facts
public import IntegrationGraph
public import Inventory
public import Reporting

/// Formats of the integration map.
public enum MapFormat: String, Sendable, CaseIterable {
  /// Drawn by Graphviz.
  case svg
  /// Graphviz's own language.
  case dot
  /// Mermaid's language, which many wikis and repositories draw.
  case mermaid
  /// For graph tools.
  case graphml
  /// For programs.
  case json
  /// Two tables, of nodes and of edges.
  case csv

  /// Whether the map is drawn, so that detail and findings are of use.
  public var isDrawing: Bool { isStyled || self == .mermaid }

  /// Whether lines of edges can be told apart in it, so that sensitive data can be marked.
  public var isStyled: Bool { self == .svg || self == .dot }
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

/// A map as text, and what its reader should know.
public struct MapText: Sendable, Hashable {
  /// The texts, each with the name of its file: one, or the tables of CSV.
  public var files: [(name: String, text: String)] { zip(names, texts).map { ($0, $1) } }
  /// What is shown of how much, in a sentence; `nil` where all is shown.
  public var part: String?
  /// What a reader of the format may refuse; `nil` for nothing.
  public var warning: String?

  private var names: [String]
  private var texts: [String]

  init(_ text: String, _ format: MapFormat) {
    names = ["map.\(format.rawValue)"]
    texts = [text]
  }

  init(_ tables: [Table]) {
    names = tables.map { "\($0.name).csv" }
    texts = tables.map(\.csv)
  }
}

/// The integration map of an estate, or of a part of it, as text.
///
/// - Parameters:
///   - view: which part is shown.
///   - detail: how much of it is drawn (svg, dot and mermaid).
///   - showsFindings: whether the findings of the audit are numbered on it (svg, dot and mermaid).
///   - showsSensitiveData: whether what carries sensitive data is marked (svg and dot).
/// - Throws: `WorkbenchError.badInput` where the part is not there; `.missingPart` where Graphviz is
///   needed and missing.
public func map(
  of estate: Estate, view: MapView = MapView(), format: MapFormat,
  detail: MapDetail = .automatic, showsFindings: Bool, showsSensitiveData: Bool = false
) async throws(WorkbenchError) -> MapText {
  let whole = IntegrationGraph(estate)
  let graph: IntegrationGraph
  do { graph = try whole.view(view, of: estate) } catch { throw .badInput([error.description]) }
  var options = MapOptions(
    detail: detail.option, badgeLink: nil, showsLegend: true, background: "white")
  if showsFindings, format.isDrawing {
    let report = auditReport(of: estate, minimumSeverity: nil)
    options.badges = report.badges
    options.notes = mapNotes(report)
  }
  if showsSensitiveData, format.isStyled { options.sensitive = sensitiveData(in: graph) }
  var result: MapText
  switch format {
  case .graphml: result = MapText(graph.graphML(), format)
  case .json: result = MapText(graph.json(), format)
  case .csv: result = MapText(graphTables(graph))
  case .dot: result = MapText(graph.dot(options), format)
  case .svg:
    do {
      result = MapText(try await renderSVG(dot: graph.dot(options)), format)
    } catch {
      throw WorkbenchError(error)
    }
  case .mermaid:
    let map = graph.mermaid(options)
    result = MapText(map.text, format)
    result.warning = map.limitExceeded
  }
  if graph.nodes.count < whole.nodes.count || graph.edges.count < whole.edges.count {
    result.part =
      "\(graph.nodes.count) of \(whole.nodes.count) nodes and \(graph.edges.count) of "
      + "\(whole.edges.count) edges"
  }
  return result
}

/// The map with its legend, the findings of a report numbered on it.
///
/// - Throws: `WorkbenchError.missingPart` where Graphviz is missing.
public func drawnMap(
  of estate: Estate, numbering report: AuditReport
) async throws(WorkbenchError) -> DrawnMap {
  let graph = IntegrationGraph(estate)
  do {
    var options = MapOptions(badges: report.badges, notes: mapNotes(report))
    options.sensitive = sensitiveData(in: graph)
    return DrawnMap(
      svg: try await renderSVG(dot: graph.dot(options)),
      legend: graph.mapLegend(sensitive: options.sensitive))
  } catch {
    throw WorkbenchError(error)
  }
}

/// What the numbers of the findings mean, for the badges of a map.
func mapNotes(_ report: AuditReport) -> [Int: MapOptions.BadgeNote] {
  Dictionary(
    uniqueKeysWithValues: report.findings.enumerated().map { index, finding in
      let severity = finding.severity
      return (
        index + 1,
        MapOptions.BadgeNote(
          shape: severityShape(severity), word: severity.rawValue, text: finding.title)
      )
    })
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
