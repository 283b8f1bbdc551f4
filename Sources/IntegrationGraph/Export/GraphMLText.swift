import Facts
import Inventory

extension IntegrationGraph {
  /// The graph as GraphML, with typed attributes; what is unknown is left out.
  ///
  /// Source: GraphML 1.0, http://graphml.graphdrawing.org/specification.html. The attributes are
  /// described in docs/reference/integration-graph.md.
  public func graphML() -> String {
    var text = """
      <?xml version="1.0" encoding="UTF-8"?>
      <graphml xmlns="http://graphml.graphdrawing.org/xmlns"
          xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
          xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns \
      http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">

      """
    for (name, type) in nodeKeys {
      text += "  <key id=\"n_\(name)\" for=\"node\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    for (name, type) in edgeKeys {
      text += "  <key id=\"e_\(name)\" for=\"edge\" attr.name=\"\(name)\" attr.type=\"\(type)\"/>\n"
    }
    text += "  <graph id=\"integration-graph\" edgedefault=\"directed\">\n"
    for (position, node) in nodes.enumerated() {
      let values: [String: String?] = [
        "name": node.name, "kind": node.kind.rawValue, "ghost": node.isGhost ? "true" : "false",
        "systemKind": node.systemKind?.rawValue, "technology": node.technology,
        "ownerGroup": node.ownerGroup, "status": node.status?.rawValue,
        "criticality": node.criticality?.rawValue, "inDegree": "\(inDegree(of: position))",
        "outDegree": "\(outDegree(of: position))", "evidenceCount": "\(node.evidence.count)",
        "evidence": places(node.evidence),
      ]
      text += "    <node id=\"\(xmlText(node.id))\">\n"
      text += dataElements(values, keys: nodeKeys, prefix: "n_") + "    </node>\n"
    }
    for edge in edges {
      let values: [String: String?] = [
        "kind": edge.kind.rawValue, "channel": edge.channel.rawValue, "action": edge.action,
        "data": edge.data.isEmpty ? nil : edge.data.joined(separator: "\n"),
        "human": edge.isHuman ? "true" : "false", "evidenceCount": "\(edge.evidence.count)",
        "evidence": places(edge.evidence),
      ]
      text += "    <edge id=\"\(xmlText(edge.id))\" source=\"\(xmlText(nodes[edge.source].id))\""
      text += " target=\"\(xmlText(nodes[edge.target].id))\">\n"
      text += dataElements(values, keys: edgeKeys, prefix: "e_") + "    </edge>\n"
    }
    return text + "  </graph>\n</graphml>\n"
  }
}

private let nodeKeys = [
  ("name", "string"), ("kind", "string"), ("ghost", "boolean"), ("systemKind", "string"),
  ("technology", "string"), ("ownerGroup", "string"), ("status", "string"),
  ("criticality", "string"), ("inDegree", "int"), ("outDegree", "int"), ("evidenceCount", "int"),
  ("evidence", "string"),
]

private let edgeKeys = [
  ("kind", "string"), ("channel", "string"), ("action", "string"), ("data", "string"),
  ("human", "boolean"), ("evidenceCount", "int"), ("evidence", "string"),
]

private func dataElements(
  _ values: [String: String?], keys: [(String, String)], prefix: String
) -> String {
  var text = ""
  for (name, _) in keys {
    guard let value = values[name] ?? nil else { continue }
    text += "      <data key=\"\(prefix)\(name)\">\(xmlText(value))</data>\n"
  }
  return text
}

/// Places, one a line; `nil` where there is none.
private func places(_ evidence: [Evidence]) -> String? {
  evidence.isEmpty ? nil : evidence.map(\.location.description).joined(separator: "\n")
}
