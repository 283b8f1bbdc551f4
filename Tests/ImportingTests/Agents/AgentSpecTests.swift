import Facts
import Importing
import Inventory
import Testing

@Suite("Open Agent Specification")
struct AgentSpecTests {
  @Test("an agent with its model, tools, confirmation and server")
  func agent() throws {
    let documents = imported([
      "a.yaml": """
      component_type: Agent
      id: a1
      name: Clerk
      system_prompt: You help clerks. Be brief.
      human_in_the_loop: true
      llm_config: {$component_ref: llm}
      tools:
        - {component_type: ServerTool, id: t1, name: get_benefits, requires_confirmation: true}
        - {component_type: RemoteTool, id: t2, name: weather, url: "https://weather.example.com/x", http_method: POST, headers: {X-Api-Key: secret}}
        - {component_type: MCPTool, id: t3, name: find, client_transport: {component_type: SSETransport, name: s, url: "https://mcp.example.com/sse"}}
        - {$component_ref: elsewhere}
      agentspec_version: 26.1.0
      $referenced_components:
        llm: {component_type: OpenAiConfig, id: l, name: m, model_id: gpt-4o}
      """
    ])
    #expect(documents.map(\.format) == ["agent-spec"])
    #expect(documents.map(\.status) == [.imported])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Clerk"])
    #expect(said.systems[0].models == ["gpt-4o"])
    #expect(said.systems[0].purpose.value == "You help clerks.")
    #expect(
      shown(said.connections) == [
        "Clerk invokes application OpenAI by api: model",
        "Clerk invokes application get_benefits by internal: tool",
        "Clerk writes application weather.example.com by api: weather",
        "Clerk invokes system https://mcp.example.com/sse by mcp: find",
        "Clerk invokes application elsewhere by internal: tool",
      ])
    #expect(said.credentials.map(\.name) == ["X-Api-Key"])
    #expect(said.touchPoints.map(\.kind) == [.approval, .form])
    #expect(documents[0].problems.map(\.severity).allSatisfy { $0 == .info })
  }

  @Test("a server on this machine is known by its program, else which one it is stays open")
  func localServers() {
    let said = imported([
      "a.yaml": """
      component_type: Agent
      id: a1
      name: Clerk
      tools:
        - {component_type: MCPTool, id: t1, name: find, client_transport: {component_type: StdioTransport, name: pipe, command: npx, args: ["-y", "@example/server"]}}
        - {component_type: MCPTool, id: t2, name: file, client_transport: {component_type: SSETransport, name: MCP Client, url: "http://localhost:8080/sse"}}
      agentspec_version: 26.1.0
      """
    ])[0].fragment
    #expect(
      shown(said.connections) == [
        "Clerk invokes system @example/server by mcp: find",
        "Clerk invokes system MCP Client by mcp: file",
      ])
    #expect(
      said.connections.map {
        $0.evidence.first?.note?.hasPrefix("named after a placeholder") ?? false
      }
        == [
          false, true,
        ])
  }

  @Test("a flow: nodes, choices, people, a caught error, inner flows and agents by reference")
  func flow() throws {
    let documents = imported([
      "f.json": """
      {"component_type": "Flow", "id": "f", "name": "Review", "agentspec_version": "26.1.0",
      "nodes": [{"$component_ref": "s"}, {"$component_ref": "ask"}, {"$component_ref": "c"}, {"$component_ref": "a"},
      {"$component_ref": "b"}, {"$component_ref": "oops"}, {"$component_ref": "e"}],
      "control_flow_connections": [
      {"component_type": "ControlFlowEdge", "from_node": {"$component_ref": "c"}, "from_branch": "caught_exception_branch", "to_node": {"$component_ref": "oops"}},
      {"component_type": "ControlFlowEdge", "from_node": {"$component_ref": "s"}, "from_branch": null, "to_node": {"$component_ref": "ask"}}],
      "$referenced_components": {
      "s": {"component_type": "StartNode", "id": "s", "name": "start"},
      "ask": {"component_type": "InputMessageNode", "id": "ask", "name": "ask_user"},
      "c": {"component_type": "CatchExceptionNode", "id": "c", "name": "try", "subflow": {"component_type": "Flow", "id": "g", "name": "Inner",
      "nodes": [{"component_type": "LlmNode", "id": "l", "name": "write", "llm_config": {"component_type": "OllamaConfig", "name": "o", "model_id": "llama3"}}]}},
      "a": {"component_type": "AgentNode", "id": "a", "name": "clerk", "agent": {"component_type": "Agent", "id": "ag", "name": "Clerk"}},
      "b": {"component_type": "BranchingNode", "id": "b", "name": "which"},
      "oops": {"component_type": "OutputMessageNode", "id": "oops", "name": "sorry"},
      "e": {"component_type": "EndNode", "id": "e", "name": "end"}}}
      """
    ])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Inner", "Clerk", "Review"])
    #expect(
      said.steps.filter { $0.system == "Review" }.map(\.kind) == [
        .wait, .human, .errorHandling, .call, .decision, .errorHandling, .action,
      ])
    #expect(
      shown(said.connections) == [
        "Inner invokes application Ollama by api: model",
        "Review invokes system Inner by internal: flow that may fail",
        "Review invokes system Clerk by internal: agent",
      ])
    #expect(said.touchPoints.map(\.step) == ["ask_user"])
  }

  @Test("swarms and teams call their members; members hand over to each other")
  func teams() throws {
    let said = try #require(
      imported([
        "s.yaml": """
        component_type: Swarm
        name: Desk
        first_agent: {$component_ref: a}
        relationships: [[{$component_ref: a}, {$component_ref: b}]]
        agentspec_version: 26.1.0
        $referenced_components:
          a: {component_type: Agent, id: a, name: A}
          b: {component_type: A2AAgent, id: b, name: B, agent_url: "https://b.example.com"}
        """
      ]).first
    ).fragment
    #expect(said.steps.map(\.id) == ["A", "B"])
    #expect(
      shown(said.connections) == [
        "Desk invokes system A by internal: first agent",
        "Desk invokes system B by internal: member",
        "A invokes system B by internal: handoff",
      ])
    #expect(said.systems.first { $0.name == "Desk" }?.kind.value == .orchestrator)
    #expect(said.triggers.map(\.expression) == ["https://b.example.com"])
  }

  @Test("a flow that contains itself by reference ends")
  func circle() throws {
    let documents = imported([
      "f.yaml": """
      component_type: Flow
      id: f
      name: F
      agentspec_version: 26.1.0
      nodes: [{component_type: FlowNode, id: n, name: again, subflow: {$component_ref: f}}]
      """
    ])
    #expect(shown(documents[0].fragment.connections) == ["F invokes system F by internal: flow"])
  }
}
