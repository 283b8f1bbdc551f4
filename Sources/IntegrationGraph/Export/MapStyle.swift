public import Inventory

/// How the map draws things: one table for shapes, one for edges, one for colours.
///
/// Colours are those of Okabe and Ito (*Color Universal Design*, 2008) without their yellow, so that
/// people with any kind of colour vision tell them apart; nothing is told by colour alone.
public enum MapStyle {
  /// Colours of owners' groups, the best legible on white first.
  public static let ownerColours = [
    "#0072B2", "#009E73", "#D55E00", "#000000", "#CC79A7", "#56B4E9", "#E69F00",
  ]
  /// Colour of groups beyond those, and of what belongs to nobody in particular.
  public static let neutralColour = "#666666"

  /// Colour of lines that carry sensitive data; they are double lines, too.
  public static let sensitiveColour = "#D55E00"

  /// How a kind of node is drawn.
  public struct Shape: Hashable, Sendable, Codable {
    /// What it stands for, in words.
    public let meaning: String
    /// Name of the Graphviz shape.
    public let shape: String
    /// Style beyond `filled`; empty for none.
    public let style: String
    /// Fill, as a hexadecimal colour.
    public let fill: String
  }

  /// How a kind of edge is drawn.
  public struct Line: Hashable, Sendable, Codable {
    /// What it stands for, in words.
    public let meaning: String
    /// Hexadecimal colour.
    public let colour: String
    /// Graphviz line style.
    public let style: String
    /// Width in points.
    public let width: Double
    /// Graphviz arrow head.
    public let arrow: String
    /// Whether the head stands at the acting end, because that is where the data go.
    public let pointsBack: Bool
  }

  /// The shape of a node.
  public static func shape(of node: GraphNode) -> Shape {
    switch node.kind {
    case .system: shape(of: node.systemKind)
    case .application:
      Shape(meaning: "application", shape: "box3d", style: "", fill: "#F5F5F5")
    case .team: Shape(meaning: "team", shape: "house", style: "", fill: "#FFF7E8")
    case .data: Shape(meaning: "data", shape: "cylinder", style: "", fill: "#F2F7F4")
    }
  }

  /// The shape of a system of a technology family; `nil` stands for an unknown one.
  public static func shape(of kind: SystemKind?) -> Shape {
    switch kind {
    case .rpa: Shape(meaning: "bot (RPA)", shape: "component", style: "", fill: systemFill)
    case .rules: Shape(meaning: "rules", shape: "hexagon", style: "", fill: systemFill)
    case .workflow: Shape(meaning: "workflow", shape: "box", style: "rounded", fill: systemFill)
    case .agent: Shape(meaning: "AI agent", shape: "ellipse", style: "", fill: systemFill)
    case .script: Shape(meaning: "script", shape: "note", style: "", fill: systemFill)
    case .orchestrator:
      Shape(meaning: "orchestrator", shape: "doubleoctagon", style: "", fill: systemFill)
    case nil: Shape(meaning: "system of unknown kind", shape: "box", style: "", fill: systemFill)
    }
  }

  private static let systemFill = "#F3F6FA"

  /// The line of a kind of edge.
  ///
  /// Data are dashed, and their arrow points where they go.
  public static func line(of kind: Connection.Kind) -> Line {
    switch kind {
    case .invokes: line("invokes", "#404040", "solid", 1.2, "normal")
    case .reads:
      line("reads (data flow to the reader)", "#404040", "dashed", 1.2, "vee", back: true)
    case .writes: line("writes (data flow to the target)", "#404040", "dashed", 1.2, "vee")
    case .triggers: line("triggers", "#0072B2", "solid", 1.2, "empty")
    case .handsOver: line("people hand the case over", "#E69F00", "solid", 3.5, "normal")
    case .escalates: line("escalates to people", "#CC79A7", "dotted", 2.5, "normal")
    case .governs: line("governs", "#666666", "solid", 1, "ediamond")
    }
  }

  private static func line(
    _ meaning: String, _ colour: String, _ style: String, _ width: Double, _ arrow: String,
    back: Bool = false
  ) -> Line {
    Line(
      meaning: meaning, colour: colour, style: style, width: width, arrow: arrow, pointsBack: back)
  }
}

/// What the signs of a map mean, for a key beside it.
public struct MapLegend: Hashable, Sendable, Codable {
  /// Shapes that occur, in the order of kinds.
  public let shapes: [MapStyle.Shape]
  /// Lines that occur, in the order of kinds.
  public let lines: [MapStyle.Line]
  /// Owners' groups with their border colour, largest first.
  public let owners: [Owner]
  /// Whether there are ghosts, drawn with a dashed outline and no fill.
  public let hasGhosts: Bool
  /// Classes of sensitive data that double lines carry, by name; `nil` where none is drawn.
  public let sensitive: [String]?

  /// An owner's group and its colour.
  public struct Owner: Hashable, Sendable, Codable {
    /// Team, else person.
    public let name: String
    /// Hexadecimal colour of the border.
    public let colour: String
    /// Number of systems.
    public let systems: Int
  }
}

extension IntegrationGraph {
  /// Owners' groups with their colour: the largest take the colours, ties by name.
  public var mapOwners: [MapLegend.Owner] {
    var groups: [String: (name: String, count: Int)] = [:]
    for node in nodes {
      guard let group = node.ownerGroup else { continue }
      groups[nameKey(group), default: (group, 0)].count += 1
    }
    let ranked = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
    return ranked.enumerated().map { rank, group in
      let colours = MapStyle.ownerColours
      return MapLegend.Owner(
        name: group.value.name,
        colour: rank < colours.count ? colours[rank] : MapStyle.neutralColour,
        systems: group.value.count)
    }
  }

  /// The key of the map: only what occurs in it.
  ///
  /// - Parameter sensitive: classes of sensitive data that edges carry, by the edges' ids.
  public func mapLegend(sensitive: [String: [String]] = [:]) -> MapLegend {
    var shapes: [MapStyle.Shape] = []
    for kind in SystemKind.allCases.map(Optional.some) + [nil]
    where nodes.contains(where: { $0.kind == .system && $0.systemKind == kind }) {
      shapes.append(MapStyle.shape(of: kind))
    }
    for kind in EntityKind.allCases where kind != .system {
      if let node = nodes.first(where: { $0.kind == kind }) {
        shapes.append(MapStyle.shape(of: node))
      }
    }
    let classes = Set(edges.flatMap { sensitive[$0.id] ?? [] }).sorted()
    let kinds = Connection.Kind.allCases.filter { kind in edges.contains { $0.kind == kind } }
    return MapLegend(
      shapes: shapes, lines: kinds.map(MapStyle.line), owners: mapOwners,
      hasGhosts: !ghosts.isEmpty, sensitive: classes.isEmpty ? nil : classes)
  }
}
