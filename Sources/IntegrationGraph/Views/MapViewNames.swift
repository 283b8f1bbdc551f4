import Facts
import Inventory

/// Says that there is no thing of a name, with the nearest one, else with some that there are.
func unknownName(_ name: String, _ noun: String, among names: [String]) -> MapViewProblem {
  var seen: Set<String> = []
  let known = names.filter { !$0.isEmpty && seen.insert(nameKey($0)).inserted }.sorted()
  let start = "there is no \(noun) '\(shownText(name, limit: 80))'"
  guard !known.isEmpty else {
    return MapViewProblem(description: "\(start); no file names any")
  }
  let wanted = nameKey(name)
  let near =
    closestName(to: name, among: known)
    ?? known.first { wanted.count > 2 && nameKey($0).contains(wanted) }
  if let near { return MapViewProblem(description: "\(start); did you mean '\(near)'?") }
  let some = known.prefix(8).map { "'\($0)'" }.joined(separator: ", ")
  let rest = known.count > 8 ? " and \(known.count - 8) more" : ""
  return MapViewProblem(description: "\(start); there are \(some)\(rest)")
}

extension IntegrationGraph {
  /// Some of the nodes and some of the edges between them, in their order.
  func subgraph(nodes chosen: Set<Int>, edges used: Set<Int>) -> IntegrationGraph {
    let kept = chosen.sorted()
    let place = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($0.element, $0.offset) })
    return IntegrationGraph(
      nodes: kept.map { nodes[$0] },
      edges: used.sorted().compactMap { number in
        let edge = edges[number]
        guard let source = place[edge.source], let target = place[edge.target] else { return nil }
        return GraphEdge(
          id: edge.id, source: source, target: target, kind: edge.kind, channel: edge.channel,
          action: edge.action, data: edge.data, evidence: edge.evidence)
      })
  }
}
