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

/// A way on which data move, in the direction in which they go.
struct DataMove {
  var from: Int
  var to: Int
  /// Position of the edge in the graph.
  var edge: Int
}

extension IntegrationGraph {
  /// Where data move: a reader takes them from what it reads, all other acts that name data, and
  /// writing, carry them to their target.
  var dataMoves: [DataMove] {
    edges.indices.compactMap { number in
      let edge = edges[number]
      switch edge.kind {
      case .reads: return DataMove(from: edge.target, to: edge.source, edge: number)
      case .writes: return DataMove(from: edge.source, to: edge.target, edge: number)
      case .invokes, .triggers, .handsOver, .escalates:
        return edge.data.isEmpty
          ? nil : DataMove(from: edge.source, to: edge.target, edge: number)
      case .governs: return nil
      }
    }
  }
}
