import Facts
public import IntegrationGraph
import Inventory

/// The integration graph as two tables, `nodes` and `edges`; their columns are described in
/// docs/reference/integration-graph.md.
///
/// Communities are numbered from 1 in the order of their first node.
public func graphTables(_ graph: IntegrationGraph) -> [Table] {
  let communities = graph.links.communities().community
  let nodes = Table(
    "nodes",
    columns: [
      "id", "kind", "name", "ghost", "systemKind", "technology", "ownerGroup", "status",
      "criticality", "inDegree", "outDegree", "community", "evidenceCount", "evidence",
    ],
    rows: graph.nodes.enumerated().map { position, node in
      [
        .text(node.id), .text(node.kind.rawValue), .text(node.name),
        .text(node.isGhost ? "true" : "false"), Table.Cell(node.systemKind?.rawValue),
        Table.Cell(node.technology), Table.Cell(node.ownerGroup),
        Table.Cell(node.status?.rawValue), Table.Cell(node.criticality?.rawValue),
        Table.Cell(graph.inDegree(of: position)), Table.Cell(graph.outDegree(of: position)),
        Table.Cell(communities[position] + 1), Table.Cell(node.evidence.count),
        Table.Cell(allPlaces(node.evidence)),
      ]
    })
  let edges = Table(
    "edges",
    columns: [
      "id", "source", "target", "kind", "channel", "action", "data", "human", "evidenceCount",
      "evidence",
    ],
    rows: graph.edges.map { edge in
      [
        .text(edge.id), .text(graph.nodes[edge.source].id), .text(graph.nodes[edge.target].id),
        .text(edge.kind.rawValue), .text(edge.channel.rawValue), Table.Cell(edge.action),
        Table.Cell(edge.data.joined(separator: "\n")), .text(edge.isHuman ? "true" : "false"),
        Table.Cell(edge.evidence.count), Table.Cell(allPlaces(edge.evidence)),
      ]
    })
  return [nodes, edges]
}

/// All places, one a line.
private func allPlaces(_ evidence: [Evidence]) -> String {
  evidence.map(\.location.description).joined(separator: "\n")
}
