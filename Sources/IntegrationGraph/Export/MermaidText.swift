import Inventory

/// A map in Mermaid's language, and whether Mermaid draws it as it is set up by default.
public struct MermaidMap: Hashable, Sendable {
  /// The diagram, a `flowchart`.
  public let text: String
  /// Number of lines between boxes.
  public let lineCount: Int

  /// Most lines that Mermaid draws by default (`maxEdges`; Mermaid 11, configuration reference).
  public static let lineLimit = 500
  /// Most characters that Mermaid reads by default (`maxTextSize`; there).
  public static let textLimit = 50_000

  /// What Mermaid would refuse by default, in a sentence; `nil` where it draws the map.
  public var limitExceeded: String? {
    if lineCount > Self.lineLimit {
      return "\(lineCount) lines; Mermaid draws \(Self.lineLimit) unless its maxEdges is raised"
    }
    if text.unicodeScalars.count > Self.textLimit {
      return
        "\(text.unicodeScalars.count) characters; Mermaid reads \(Self.textLimit) unless its "
        + "maxTextSize is raised"
    }
    return nil
  }
}

extension IntegrationGraph {
  /// The map as a flowchart in Mermaid's language.
  ///
  /// Edges of one kind between the same two nodes are one line. The detail `automatic` draws clusters
  /// above `clusterAbove` nodes and also where Mermaid would refuse the whole. Badges are the
  /// numbers of findings in brackets behind the name.
  ///
  /// Source: https://mermaid.js.org/syntax/flowchart.html; docs/reference/integration-graph.md.
  public func mermaid(_ options: MapOptions = MapOptions()) -> MermaidMap {
    let map = MermaidDrawing(self, options).map
    guard options.detail == .automatic, map.limitExceeded != nil else { return map }
    var clustered = options
    clustered.detail = .overview
    return MermaidDrawing(self, clustered).map
  }
}

/// One map as text of Mermaid.
private struct MermaidDrawing {
  private let graph: IntegrationGraph
  private let options: MapOptions
  private let plan: MapPlan
  /// Owners that have a colour of their own.
  private let owners: [MapLegend.Owner]
  private let ownerNumbers: [String: Int]

  init(_ graph: IntegrationGraph, _ options: MapOptions) {
    self.graph = graph
    self.options = options
    plan = MapPlan(graph, options)
    owners = Array(graph.mapOwners.prefix(MapStyle.ownerColours.count))
    ownerNumbers = Dictionary(
      uniqueKeysWithValues: owners.enumerated().map { (nameKey($0.element.name), $0.offset) })
  }

  var map: MermaidMap {
    let lines = self.lines
    var text = ["flowchart LR", "  accTitle: Integration map", "  accDescr: \(description)"]
    text += boxes + lines + classes
    return MermaidMap(text: text.joined(separator: "\n") + "\n", lineCount: lines.count)
  }

  private var description: String {
    let left =
      plan.omission.map { ", \($0.lines) weaker lines between clusters left out" } ?? ""
    return graph.mapDescription.replacing(":", with: " of") + left
  }

  // MARK: Boxes

  private var boxes: [String] {
    plan.clusters.indices.flatMap { number -> [String] in
      let cluster = plan.clusters[number]
      var result: [String] = []
      if plan.isClosed[number] {
        let members = cluster.nodes.map { graph.nodes[$0] }
        let badges = Set(members.flatMap { options.badges[$0.id] ?? [] }).sorted()
        let text = [cluster.name] + MapCluster.contents(of: members)
        result.append("  \(mermaidID(cluster.id))[[\(label(text, badges))]]:::cluster")
      }
      let isBoxed = plan.isBoxed && !plan.open[number].isEmpty
      if isBoxed {
        result.append("  subgraph \(mermaidID("box:\(cluster.id)"))[\(label([cluster.name], []))]")
      }
      result += plan.open[number].map { box(graph.nodes[$0]) }
      if isBoxed { result.append("  end") }
      return result
    }
  }

  private func box(_ node: GraphNode) -> String {
    let (open, close) = MermaidDrawing.brackets(of: node)
    let kind = node.isGhost ? "not in the inventory" : MapStyle.shape(of: node).meaning
    let text = label(wrappedName(node.name) + [kind], options.badges[node.id] ?? [])
    let style = node.isGhost ? ":::ghost" : owner(of: node).map { ":::owner\($0)" } ?? ""
    return "  \(mermaidID(node.id))\(open)\(text)\(close)\(style)"
  }

  private static func brackets(of node: GraphNode) -> (String, String) {
    switch (node.kind, node.systemKind) {
    case (.system, .rpa): ("[[", "]]")
    case (.system, .rules): ("{{", "}}")
    case (.system, .workflow): ("(", ")")
    case (.system, .agent): ("([", "])")
    case (.system, .script): ("[/", "/]")
    case (.system, .orchestrator): ("(((", ")))")
    case (.system, nil): ("[", "]")
    case (.application, _): ("[\\", "/]")
    case (.team, _): (">", "]")
    case (.data, _): ("[(", ")]")
    }
  }

  private func label(_ lines: [String], _ badges: [Int]) -> String {
    var text = lines.map { mermaidText($0) }
    if !badges.isEmpty {
      let shown = badges.prefix(6).map { "\(options.notes[$0]?.shape ?? "")\($0)" }
      let rest = badges.count > shown.count ? " +\(badges.count - shown.count)" : ""
      text.append("(" + shown.joined(separator: " ") + rest + ")")
    }
    return "\"" + text.joined(separator: "<br/>") + "\""
  }

  // MARK: Lines

  private var lines: [String] {
    struct Key: Hashable {
      var source: Int
      var target: Int
      var kind: Connection.Kind
    }
    var counts: [Key: Int] = [:]
    var order: [Key] = []
    for edge in plan.singles {
      let key = Key(source: edge.source, target: edge.target, kind: edge.kind)
      if counts[key] == nil { order.append(key) }
      counts[key, default: 0] += 1
    }
    let singles = order.map { key in
      line(
        graph.nodes[key.source].id, graph.nodes[key.target].id, key.kind, counts[key] ?? 1)
    }
    return singles
      + plan.bundles.map { line(plan.id(of: $0.from), plan.id(of: $0.to), $0.kind, $0.count) }
  }

  private func line(_ source: String, _ target: String, _ kind: Connection.Kind, _ count: Int)
    -> String
  {
    let times = count > 1 ? " ×\(count)" : ""
    let (from, to) = kind == .reads ? (target, source) : (source, target)
    let verb = kind == .reads ? "is read by" : MapStyle.verb(of: kind)
    let arrow =
      switch kind {
      case .invokes, .triggers: "-->"
      case .reads, .writes, .escalates: "-.->"
      case .handsOver: "==>"
      case .governs: "--o"
      }
    return "  \(mermaidID(from)) \(arrow)|\"\(verb)\(times)\"| \(mermaidID(to))"
  }

  // MARK: Classes

  private func owner(of node: GraphNode) -> Int? {
    guard let group = node.ownerGroup ?? (node.kind == .team ? node.name : nil) else { return nil }
    return ownerNumbers[nameKey(group)]
  }

  private var classes: [String] {
    let owners = owners.enumerated().map {
      "  classDef owner\($0.offset) stroke:\($0.element.colour),stroke-width:2px"
    }
    return owners + [
      "  classDef ghost fill:none,stroke:\(MapStyle.neutralColour),stroke-dasharray:5 3",
      "  classDef cluster fill:#FAFAFA,stroke:\(MapStyle.neutralColour)",
    ]
  }
}

/// An identifier as Mermaid takes it: ASCII letters, digits and underscores.
func mermaidID(_ id: String) -> String {
  var result = ""
  for scalar in id.unicodeScalars {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9": result.unicodeScalars.append(scalar)
    case ":": result += "_"
    default: result += "_\(String(scalar.value, radix: 16))_"
    }
  }
  return result
}

/// Text within a quoted label of Mermaid: all punctuation of ASCII as codes, since quotation marks,
/// hashes, colons, percent signs and backticks may begin something else.
func mermaidText(_ text: String) -> String {
  var result = ""
  for scalar in shownText(text).unicodeScalars {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".", "-", "(", ")":
      result.unicodeScalars.append(scalar)
    case "\u{21}"..."\u{7E}": result += "#\(scalar.value);"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}
