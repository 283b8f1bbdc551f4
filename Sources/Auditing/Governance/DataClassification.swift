import IntegrationGraph
import Inventory

/// Which classes of data stand behind names, and along which edges data move.
final class DataClassification {
  let classes: [DataClass]
  private let patterns: [[WordPattern]]
  private var known: [String: [Int]] = [:]

  init(_ policy: AuditPolicy) {
    classes = policy.dataClasses
    patterns = classes.map { $0.words.map(WordPattern.init) }
  }

  /// Positions of the classes that a name belongs to, ascending.
  func classes(of name: String) -> [Int] {
    if let found = known[name] { return found }
    let all = words(of: name)
    let found = patterns.indices.filter { position in
      patterns[position].contains { $0.matches(all) }
    }
    known[name] = found
    return found
  }

  /// Positions of the classes of what an edge carries, or of the data object at its end, ascending.
  func classes(of edge: GraphEdge, in graph: IntegrationGraph) -> [Int] {
    var found = Set(edge.data.flatMap(classes(of:)))
    for end in [edge.source, edge.target] where graph.nodes[end].kind == .data {
      found.formUnion(classes(of: graph.nodes[end].name))
    }
    return found.sorted()
  }
}
