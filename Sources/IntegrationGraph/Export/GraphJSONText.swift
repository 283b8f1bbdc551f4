import Facts
import Inventory

extension IntegrationGraph {
  /// The graph as JSON (RFC 8259): `{"format", "version", "nodes": […], "edges": […]}`, one node or
  /// edge a line; what is unknown is `null`.
  ///
  /// The shape is described in docs/reference/integration-graph.md.
  public func json() -> String {
    let nodeLines = nodes.map { node in
      jsonObject([
        ("id", jsonString(node.id)), ("kind", jsonString(node.kind.rawValue)),
        ("name", jsonString(node.name)), ("ghost", node.isGhost ? "true" : "false"),
        ("systemKind", jsonOptional(node.systemKind?.rawValue)),
        ("technology", jsonOptional(node.technology)),
        ("ownerGroup", jsonOptional(node.ownerGroup)),
        ("status", jsonOptional(node.status?.rawValue)),
        ("criticality", jsonOptional(node.criticality?.rawValue)),
        ("evidence", jsonEvidence(node.evidence)),
      ])
    }
    let edgeLines = edges.map { edge in
      jsonObject([
        ("id", jsonString(edge.id)), ("source", jsonString(nodes[edge.source].id)),
        ("target", jsonString(nodes[edge.target].id)), ("kind", jsonString(edge.kind.rawValue)),
        ("channel", jsonString(edge.channel.rawValue)), ("action", jsonOptional(edge.action)),
        ("data", jsonArray(edge.data.map(jsonString))),
        ("evidence", jsonEvidence(edge.evidence)),
      ])
    }
    return """
      {"format":"rehearse-integration-graph","version":1,
      "nodes":[
      \(nodeLines.joined(separator: ",\n"))
      ],
      "edges":[
      \(edgeLines.joined(separator: ",\n"))
      ]}

      """
  }
}

private func jsonObject(_ members: [(String, String)]) -> String {
  "{" + members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
}

private func jsonArray(_ elements: [String]) -> String {
  "[" + elements.joined(separator: ",") + "]"
}

private func jsonOptional(_ text: String?) -> String { text.map(jsonString) ?? "null" }

private func jsonEvidence(_ evidence: [Evidence]) -> String {
  jsonArray(
    evidence.map { one in
      jsonObject([
        ("path", jsonString(one.location.path)),
        ("position", jsonOptional(one.location.position)),
        ("element", jsonOptional(one.location.element)),
        ("provenance", jsonString(one.provenance.rawValue)), ("note", jsonOptional(one.note)),
      ])
    })
}
