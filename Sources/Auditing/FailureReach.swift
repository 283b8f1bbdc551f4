import Facts
import IntegrationGraph
import Inventory

/// The systems that a failure of one node reaches, told apart by how certain that is.
///
/// Parts of a system, such as the agents within a workflow, count with it and once.
struct FailureReach {
  /// Those that need it directly, as nodes, in order; parts stand for what they are a part of.
  let direct: [Int]
  /// All that it reaches, directly or through others.
  let all: [Int]
  /// How many nodes the direct ones are where parts count by themselves.
  let partCount: Int
  /// Known from traces only that lie among tests or examples.
  let traced: [Int]
  /// That also use models of another provider, so that a part of what they do goes on.
  let divided: [Int]
  /// Switched off or taken away.
  let off: [Int]
  /// Nodes that need it and are not counted, parts by themselves.
  let left: Set<Int>

  init(of node: Int, _ parts: PartsOfSystems, _ context: AuditContext) {
    let graph = context.graph
    func isSystem(_ other: Int) -> Bool { graph.nodes[other].kind == .system }
    let own = parts.whole(node)
    let dependents = graph.dependents(of: node).filter {
      isSystem($0) && parts.whole($0) != own
    }
    let alive = dependents.filter(context.isAlive)
    let wholes = parts.wholes(alive)
    let mixed = Self.usingOthers(than: node, alive, parts, context)
    let traced = wholes.filter { Self.isTraceOfTest($0, context) }
    let divided = wholes.filter { mixed.contains($0) }
    let uncertain = Set(traced + divided)
    direct = wholes.filter { !uncertain.contains($0) }
    self.traced = traced
    self.divided = divided.filter { !traced.contains($0) }
    off = parts.wholes(dependents.filter { !context.isAlive($0) }).filter { !wholes.contains($0) }
    let certain = Set(direct)
    let members = alive.filter { certain.contains(parts.whole($0)) }
    left = Set(alive).subtracting(members)
    partCount = members.count
    // What needs only what is not counted is not counted either.
    let radius =
      uncertain.isEmpty
      ? graph.blastRadius(of: node)
      : Set(members + members.flatMap(graph.blastRadius(of:))).sorted()
    all = parts.wholes(radius.filter { isSystem($0) && context.isAlive($0) })
      .filter { $0 != own && !uncertain.contains($0) }
  }

  /// Whether all that is known of what a system does was measured, in files that lie among tests or examples.
  private static func isTraceOfTest(_ node: Int, _ context: AuditContext) -> Bool {
    let edges = context.graph.edges(from: node)
    let isMeasured = edges.allSatisfy { edge in
      edge.evidence.allSatisfy { $0.provenance == .measured }
    }
    return !edges.isEmpty && isMeasured
      && context.graph.nodes[node].evidence.allSatisfy { !exampleWords(above: $0.location).isEmpty }
  }

  /// The systems that use a service of models and, themselves or in a part, models of somebody else, too.
  private static func usingOthers(
    than node: Int, _ dependents: [Int], _ parts: PartsOfSystems, _ context: AuditContext
  ) -> Set<Int> {
    let graph = context.graph
    guard graph.nodes[node].kind == .application,
      let vendor = modelVendor(ofService: graph.nodes[node].name)
    else { return [] }
    let makesModels = isModelMaker(vendor)
    let wholes = Set(dependents.map(parts.whole))
    // Other parts of the same system count, too.
    var mixed: Set<Int> = []
    for other in graph.nodes.indices
    where graph.nodes[other].kind == .system && wholes.contains(parts.whole(other)) {
      let services = graph.edges(from: other).compactMap { edge in
        graph.nodes[edge.target].kind == .application
          ? modelVendor(ofService: graph.nodes[edge.target].name) : nil
      }
      let models =
        makesModels
        ? (context.system(at: other)?.models ?? []).compactMap(modelVendor(ofModel:)) : []
      if (services + models).contains(where: { $0 != vendor }) {
        mixed.insert(parts.whole(other))
      }
    }
    return mixed
  }
}
