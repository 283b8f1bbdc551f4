public import IntegrationGraph
import Inventory

/// Sensitive data that cross the edges of a graph: names of their classes, by the edges' ids.
///
/// Inferred from names, by the words of each class that the policy calls sensitive.
public func sensitiveData(
  in graph: IntegrationGraph, by policy: AuditPolicy = AuditPolicy()
) -> [String: [String]] {
  let classification = DataClassification(policy)
  var found: [String: [String]] = [:]
  for edge in graph.edges where edge.kind != .governs {
    let classes = classification.classes(of: edge, in: graph)
      .map { classification.classes[$0] }.filter(\.sensitive)
    if !classes.isEmpty { found[edge.id] = classes.map(\.name) }
  }
  return found
}

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
