import Inventory

/// A way that data can take through the estate.
public struct DataPath: Hashable, Sendable {
  /// Positions of the nodes, from where the data lie to where they arrive; at least two.
  public let nodes: [Int]
  /// The edge that carries the data over each step, one fewer than nodes; the first in edge order
  /// where several do.
  public let edges: [GraphEdge]
  /// Positions of the orchestrators on the way, its ends left out.
  public let orchestrators: [Int]
  /// Positions of the data objects on the way, its ends left out.
  public let dataObjects: [Int]
}

extension IntegrationGraph {
  /// Whether what is called gives data back to its caller.
  public enum AnswerRule: String, Hashable, Sendable, CaseIterable {
    /// Data go with the call only.
    case none
    /// Orchestrators get back what they call for, since they hand the result of one step to the
    /// next (assumed); others only what they are said to read.
    case toOrchestrators
    /// Every caller gets data back.
    case always
  }

  /// One step that data can take.
  public struct DataStep: Hashable, Sendable {
    /// Position of the node that gives.
    public let from: Int
    /// Position of the node that receives.
    public let to: Int
    /// The edge that carries.
    public let edge: GraphEdge
  }

  /// The steps that data can take, in edge order.
  ///
  /// From what is read to its reader, from a writer to what it writes, with calls, events and cases
  /// handed over in their direction. Governing carries none.
  ///
  /// What a node receives it may give on: the steps say where data *can* go, not that they do.
  ///
  /// - Parameters:
  ///   - answers: whether data come back with the answer to a call.
  ///   - isUsed: which edges count; only those that name the data, say, or those without people.
  public func dataSteps(
    answers: AnswerRule = .toOrchestrators, where isUsed: (GraphEdge) -> Bool = { _ in true }
  ) -> [DataStep] {
    edges.flatMap { edge -> [DataStep] in
      guard isUsed(edge) else { return [] }
      let forth = DataStep(from: edge.source, to: edge.target, edge: edge)
      let back = DataStep(from: edge.target, to: edge.source, edge: edge)
      switch edge.kind {
      case .reads: return [back]
      case .writes, .triggers, .handsOver, .escalates: return [forth]
      case .governs: return []
      case .invokes:
        let answered =
          switch answers {
          case .none: false
          case .toOrchestrators: isOrchestrator(edge.source)
          case .always: true
          }
        return answered ? [forth, back] : [forth]
      }
    }
  }

  /// Whether a node is a system that runs others: one of the kind *orchestrator*.
  public func isOrchestrator(_ node: Int) -> Bool { nodes[node].systemKind == .orchestrator }

  /// The nodes that hold data of some names: data objects so named, and what an edge that names such
  /// data takes it from, ascending.
  ///
  /// - Parameter isMeant: whether a name of data is one of them.
  public func holders(of isMeant: (String) -> Bool) -> [Int] {
    var found = Set(nodes.indices.filter { nodes[$0].kind == .data && isMeant(nodes[$0].name) })
    for step in dataSteps(answers: .none) where step.edge.data.contains(where: isMeant) {
      found.insert(step.from)
    }
    return found.sorted()
  }

  /// For each sink that data can come to, the shortest way there from the nearest source.
  ///
  /// Ordered by length, then by sink. A sink that is a source itself has no way.
  ///
  /// - Parameters:
  ///   - sources: positions of the nodes where the data lie; see `holders(of:)`.
  ///   - sinks: positions of the nodes where they should not arrive unseen.
  ///   - blocked: positions of nodes that let nothing through, such as a gateway that masks.
  ///   - answers: whether data come back with the answer to a call.
  ///   - isUsed: which edges count.
  ///
  /// - Complexity: O(n + m log m).
  public func shortestDataPaths(
    from sources: [Int], to sinks: [Int], avoiding blocked: Set<Int> = [],
    answers: AnswerRule = .toOrchestrators, where isUsed: (GraphEdge) -> Bool = { _ in true }
  ) -> [DataPath] {
    let steps = dataSteps(answers: answers, where: isUsed)
    let graph = DirectedGraph(nodeCount: nodes.count, edges: steps.map { ($0.from, $0.to) })
    let ways = graph.shortestPaths(from: sources.sorted(), avoiding: blocked)
    let wanted = Set(sinks).subtracting(sources)
    let paths = wanted.sorted().compactMap { ways.path(to: $0) }.sorted {
      ($0.count, $0.last ?? 0) < ($1.count, $1.last ?? 0)
    }
    return dataPaths(along: paths, steps: steps)
  }

  /// The shortest way of data from one node to another by way of a third, such as an orchestrator.
  ///
  /// `nil` where there is none. Parts of the way may be walked twice.
  ///
  /// - Complexity: O(n + m log m).
  public func shortestDataPath(
    from source: Int, through middle: Int, to sink: Int,
    answers: AnswerRule = .toOrchestrators, where isUsed: (GraphEdge) -> Bool = { _ in true }
  ) -> DataPath? {
    let steps = dataSteps(answers: answers, where: isUsed)
    let graph = DirectedGraph(nodeCount: nodes.count, edges: steps.map { ($0.from, $0.to) })
    guard let first = graph.shortestPaths(from: [source]).path(to: middle),
      let second = graph.shortestPaths(from: [middle]).path(to: sink),
      first.count + second.count > 2
    else { return nil }
    return dataPaths(along: [first + second.dropFirst()], steps: steps).first
  }

  private func dataPaths(along paths: [[Int]], steps: [DataStep]) -> [DataPath] {
    var wanted: [Int: Set<Int>] = [:]
    for path in paths {
      for (from, to) in zip(path, path.dropFirst()) { wanted[from, default: []].insert(to) }
    }
    var carriers: [Int: [Int: GraphEdge]] = [:]
    for step in steps
    where wanted[step.from]?.contains(step.to) == true && carriers[step.from]?[step.to] == nil {
      carriers[step.from, default: [:]][step.to] = step.edge
    }
    return paths.map { path in
      let between = path.dropFirst().dropLast()
      return DataPath(
        nodes: path,
        edges: zip(path, path.dropFirst()).compactMap { carriers[$0]?[$1] },
        orchestrators: between.filter(isOrchestrator),
        dataObjects: between.filter { nodes[$0].kind == .data })
    }
  }
}
