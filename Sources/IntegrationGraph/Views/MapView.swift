import Facts
public import Inventory
import ProcessModel

/// Which part of an estate is shown.
public struct MapView: Hashable, Sendable {
  /// A part that hangs together.
  public enum Scope: Hashable, Sendable {
    /// Everything.
    case estate
    /// A process, by id or name, or the system that holds it: the system with all that it calls,
    /// triggers or hands cases to, through however many others, what those read and write, and what
    /// starts it.
    case process(String)
    /// A team: what it owns, and everything that joins in.
    case team(String)
    /// An application or tool, and its neighbours up to a distance.
    case application(String)
    /// A system or data object, and its neighbours up to a distance.
    case system(String)
    /// Only what people carry: hand-overs and escalations, with their ends.
    case people
  }

  /// The word of a filter that stands for what no file says.
  public static let unknown = "unknown"

  /// The part.
  public var scope: Scope
  /// How many edges away neighbours are shown, of an application, a system or a data object; at
  /// least 1.
  public var distance: Int
  /// Owners' groups, teams or accountable persons whose systems are shown; empty for all.
  public var owners: [String]
  /// Products or technology families whose systems are shown; empty for all.
  public var technologies: [String]
  /// Criticalities of the systems shown; empty for all.
  public var criticalities: [String]

  /// Creates a view; without arguments, of everything.
  public init(
    _ scope: Scope = .estate, distance: Int = 1, owners: [String] = [],
    technologies: [String] = [], criticalities: [String] = []
  ) {
    self.scope = scope
    self.distance = distance
    self.owners = owners
    self.technologies = technologies
    self.criticalities = criticalities
  }
}

/// Why a view shows nothing: one sentence.
public struct MapViewProblem: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was asked for and is not there, with the nearest name.
  public let description: String
}

extension IntegrationGraph {
  /// The part of the graph that a view shows: some of its nodes, and edges between them.
  ///
  /// Filters keep the systems that meet all of them, with what those are joined to that is no
  /// system; `unknown` stands for systems of which no file says.
  ///
  /// - Parameter estate: the estate that the graph was drawn of.
  /// - Throws: `MapViewProblem` where a name is not there or nothing is left.
  /// - Complexity: O(n + m).
  public func view(
    _ view: MapView, of estate: Estate
  ) throws(MapViewProblem) -> IntegrationGraph {
    var part = try scope(view, estate)
    var owners: [String: [String]] = [:]
    if !view.owners.isEmpty {
      for system in estate.systems {
        owners[EntityReference(.system, system.name).nodeID] =
          [system.team.value, system.owner.value].compactMap { $0 }.filter { !nameKey($0).isEmpty }
      }
    }
    try keep(view.owners, "owner", in: &part) { owners[$0.id] ?? [] }
    try keep(view.technologies, "technology", in: &part) { node in
      [node.technology, node.systemKind?.rawValue].compactMap { $0 }
    }
    try keep(view.criticalities, "criticality", in: &part) { node in
      [node.criticality?.rawValue].compactMap { $0 }
    }
    guard !part.isWhole else { return self }
    let shown = part.nodes
    guard !shown.isEmpty else {
      throw MapViewProblem(
        description: view.scope == .people
          ? "no file says that people hand cases over here"
          : "nothing is left to show; the filters exclude every system of this view")
    }
    return subgraph(nodes: shown, edges: part.edges)
  }

  /// Positions of the nodes and edges shown.
  private struct Part {
    var nodes: Set<Int>
    var edges: Set<Int>
    var isWhole: Bool
  }

  // MARK: Parts

  private func scope(_ view: MapView, _ estate: Estate) throws(MapViewProblem) -> Part {
    switch view.scope {
    case .estate:
      return Part(nodes: Set(nodes.indices), edges: Set(edges.indices), isWhole: true)
    case .process(let name): return induced(try processNodes(name, estate))
    case .team(let name):
      let node = try node(named: name, of: [.team], called: "team")
      let owned = nodes.indices.filter { isOwned($0, by: nodes[node].reference.key) }
      return touching(Set(owned + [node]))
    case .application(let name):
      let node = try node(named: name, of: [.application], called: "application")
      return induced(neighbourhood(of: node, distance: view.distance))
    case .system(let name):
      let node = try node(named: name, of: [.system, .data], called: "system")
      return induced(neighbourhood(of: node, distance: view.distance))
    case .people:
      let human = edges.indices.filter { edges[$0].isHuman }
      return Part(
        nodes: Set(human.flatMap { [edges[$0].source, edges[$0].target] }), edges: Set(human),
        isWhole: false)
    }
  }

  private func isOwned(_ node: Int, by key: String) -> Bool {
    nodes[node].ownerGroup.map(nameKey) == key
  }

  /// Some nodes and all edges between them.
  private func induced(_ chosen: Set<Int>) -> Part {
    Part(
      nodes: chosen,
      edges: Set(
        edges.indices.filter {
          chosen.contains(edges[$0].source) && chosen.contains(edges[$0].target)
        }), isWhole: false)
  }

  /// Some nodes, all edges that touch them, and the other ends of those.
  private func touching(_ chosen: Set<Int>) -> Part {
    let touched = edges.indices.filter {
      chosen.contains(edges[$0].source) || chosen.contains(edges[$0].target)
    }
    return Part(
      nodes: chosen.union(touched.flatMap { [edges[$0].source, edges[$0].target] }),
      edges: Set(touched), isWhole: false)
  }

  private func neighbourhood(of node: Int, distance: Int) -> Set<Int> {
    let ways = links.undirected.shortestPaths(from: [node])
    return Set(nodes.indices.filter { ways.distance[$0].map { $0 <= distance } ?? false })
  }

  private func processNodes(_ name: String, _ estate: Estate) throws(MapViewProblem) -> Set<Int> {
    let key = nameKey(name)
    let process = estate.processes.first { process in
      [process.process.id, process.process.name ?? "", process.system].contains {
        nameKey($0) == key
      }
    }
    guard let process, let start = position(of: EntityReference(.system, process.system)) else {
      let names = estate.processes.flatMap { [$0.process.name ?? "", $0.process.id, $0.system] }
      throw unknownName(name, "process", among: names)
    }
    // Cases run on through systems; applications and data are where they touch something.
    var found: Set<Int> = [start]
    var open = [start]
    while let node = open.popLast() {
      for edge in edges(from: node) {
        let runsOn: Bool =
          switch edge.kind {
          case .invokes, .triggers, .handsOver, .escalates: true
          case .reads, .writes, .governs: false
          }
        guard found.insert(edge.target).inserted else { continue }
        if runsOn, nodes[edge.target].kind == .system { open.append(edge.target) }
      }
    }
    for edge in edges(to: start) where edge.kind == .invokes || edge.kind == .triggers {
      found.insert(edge.source)
    }
    return found
  }

  // MARK: Filters

  /// Keeps the systems one of whose words is among the wanted ones, and what they are joined to.
  private func keep(
    _ wanted: [String], _ filter: String, in part: inout Part, words: (GraphNode) -> [String]
  ) throws(MapViewProblem) {
    guard !wanted.isEmpty else { return }
    let systems = nodes.indices.filter { nodes[$0].kind == .system }
    let wordsOf = Dictionary(uniqueKeysWithValues: systems.map { ($0, words(nodes[$0])) })
    for value in wanted where nameKey(value) != MapView.unknown {
      let all = systems.flatMap { wordsOf[$0] ?? [] }
      if !all.contains(where: { Self.isMeant(value, $0) }) {
        throw unknownName(value, filter, among: all)
      }
    }
    let kept = Set(
      systems.filter { node in
        let words = wordsOf[node] ?? []
        return wanted.contains { value in
          words.contains { Self.isMeant(value, $0) }
            || (nameKey(value) == MapView.unknown && words.isEmpty)
        }
      }
    ).intersection(part.nodes)
    let candidates = part.nodes
    part.edges = part.edges.filter { number in
      let ends = [edges[number].source, edges[number].target]
      return ends.contains { kept.contains($0) }
        && ends.allSatisfy { kept.contains($0) || nodes[$0].kind != .system }
    }
    let joined = part.edges.flatMap { [edges[$0].source, edges[$0].target] }
    part.nodes = kept.union(joined).intersection(candidates)
    part.isWhole = false
  }

  /// A word is meant by its own name, and by the words it begins with: `UiPath` means `UiPath 2024.10`.
  private static func isMeant(_ wanted: String, _ word: String) -> Bool {
    let (a, b) = (wanted.lowercased(), word.lowercased())
    return nameKey(wanted) == nameKey(word) || b.hasPrefix(a + " ")
  }

  // MARK: Names

  private func node(
    named name: String, of kinds: [EntityKind], called noun: String
  ) throws(MapViewProblem) -> Int {
    for kind in kinds {
      if let node = position(of: EntityReference(kind, name)) { return node }
    }
    let names = nodes.filter { kinds.contains($0.kind) }.map(\.name)
    throw unknownName(name, noun, among: names)
  }
}
