import DocumentReading
import Facts
import Inventory

/// Flows of Agent Spec: nodes, and edges between their branches.
extension AgentSpec {
  mutating func addFlow(_ flow: DataNode, _ name: String, _ system: inout AutomationSystem) {
    let onError = errorTargets(flow)
    for reference in flow["nodes"]?.array ?? [] {
      guard let node = components.resolve(reference), let id = components.name(node) else {
        statements.reading.note(
          .medium, "a node has no name and was left out; give it one", at: reference.location)
        continue
      }
      if components.reference(node) != nil {
        statements.reading.note(
          .low, "the node '\(id)' is in another file; import it too", at: reference.location)
      }
      addNode(node, id, of: name, isErrorPath: onError.contains(id), &system)
    }
  }

  /// Nodes to which the branch of a caught exception leads, and no other.
  private func errorTargets(_ flow: DataNode) -> Set<String> {
    var caught: Set<String> = []
    var regular: Set<String> = []
    for edge in flow["control_flow_connections"]?.array ?? [] {
      guard let edge = components.resolve(edge), let to = components.resolve(edge["to_node"]),
        let target = components.name(to)
      else { continue }
      let branch = edge["from_branch"]?.string?.lowercased() ?? ""
      if branch.contains("exception") || branch.contains("error") {
        caught.insert(target)
      } else {
        regular.insert(target)
      }
    }
    return caught.subtracting(regular)
  }

  private mutating func addNode(
    _ node: DataNode, _ id: String, of name: String, isErrorPath: Bool,
    _ system: inout AutomationSystem
  ) {
    let source = EntityReference(.system, name)
    let type = components.type(node)
    var kind: Step.Kind
    switch type {
    case "StartNode": kind = .wait
    case "AgentNode", "FlowNode": kind = .call
    case "BranchingNode": kind = .decision
    case "MapNode", "ParallelMapNode", "ParallelFlowNode": kind = .group
    case "CatchExceptionNode": kind = .errorHandling
    case "InputMessageNode": kind = .human
    default: kind = .action
    }
    if isErrorPath, kind == .action, type != "EndNode" { kind = .errorHandling }
    statements.addStep(id, nil, kind, of: name, node.evidence)
    switch type {
    case "InputMessageNode":
      statements.addTouchPoint(
        touchPointKind(label: id.replacing("_", with: " "), fallback: .form), at: id, id, of: name,
        node.evidence)
    case "LlmNode":
      addModel(node["llm_config"] ?? node["llmconfig"], of: source, &system, at: node.evidence)
    case "ToolNode":
      if let tool = node["tool"] { addTool(tool, of: source, step: node) }
    case "ApiNode":
      statements.request(
        source, node["http_method"]?.string ?? "GET", node["url"]?.string, of: name, node.evidence)
    case "AgentNode": call(node["agent"], "agent", from: source, node)
    case "FlowNode", "MapNode", "ParallelMapNode", "CatchExceptionNode":
      call(
        node["subflow"], type == "CatchExceptionNode" ? "flow that may fail" : "flow", from: source,
        node)
    case "ParallelFlowNode":
      for flow in node["subflows"]?.array ?? [] { call(flow, "flow", from: source, node) }
    default: break
    }
  }

  private mutating func call(
    _ reference: DataNode?, _ action: String, from source: EntityReference, _ node: DataNode
  ) {
    guard let reference else { return }
    let target = add(reference) ?? components.name(components.resolve(reference) ?? reference)
    guard let target else { return }
    statements.connect(
      source, .invokes, EntityReference(.system, target), .internalCall, action, node.evidence)
  }
}
