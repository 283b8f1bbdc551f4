import Facts
import Importing
import Inventory
import Testing

@Suite("Langflow")
struct LangflowTests {
  private func node(_ id: String, _ type: String, _ template: String, label: String? = nil)
    -> String
  {
    """
    {"id": "\(id)", "type": "genericNode", "data": {"id": "\(id)", "type": "\(type)",
    "node": {"display_name": "\(label ?? type)", "template": {"_type": "Component", \(template)}}}}
    """
  }

  private func edge(_ from: String, _ to: String, _ field: String) -> String {
    """
    {"source": "\(from)", "target": "\(to)", "data": {"targetHandle": {"fieldName": "\(field)"}}}
    """
  }

  private func flow(_ nodes: [String], _ edges: [String]) -> String {
    """
    {"id": "f1", "name": "Desk", "description": "Answers", "endpoint_name": "desk", "is_component": false,
    "last_tested_version": "1.5", "data": {"nodes": [\(nodes.joined(separator: ","))],
    "edges": [\(edges.joined(separator: ","))]}}
    """
  }

  @Test("an agent with its model, tools, server and credential by name")
  func agent() throws {
    let documents = imported([
      "desk.json": flow(
        [
          node("in", "ChatInput", "\"x\": {}"),
          node(
            "a", "Agent",
            """
            "agent_llm": {"value": "OpenAI"}, "model_name": {"value": "gpt-4o"}, "max_iterations": {"value": 5},
            "api_key": {"password": true, "load_from_db": true, "value": "OPENAI_API_KEY"},
            "system_prompt": {"value": "You answer."}
            """, label: "Clerk"),
          node(
            "r", "APIRequest",
            "\"method\": {\"value\": \"GET\"}, \"url_input\": {\"value\": \"https://a.example.com/x\"}"
          ),
          node(
            "s", "MCPTools", "\"mcp_server\": {\"value\": {\"name\": \"orders\", \"config\": {}}}"),
          node(
            "v", "AstraDB", "\"embedding_model\": {}, \"collection_name\": {\"value\": \"faq\"}"),
          node("b", "Agent", "\"agent_llm\": {\"value\": \"Custom\"}", label: "Helper"),
          node("m", "OllamaModel", "\"model_name\": {\"value\": \"llama3\"}"),
          "{\"id\": \"n\", \"type\": \"noteNode\", \"data\": {\"type\": \"note\", \"node\": {\"template\": {}}}}",
        ],
        [
          edge("in", "a", "input_value"), edge("r", "a", "tools"), edge("s", "a", "tools"),
          edge("v", "a", "tools"), edge("b", "a", "tools"), edge("m", "b", "agent_llm"),
        ])
    ])
    #expect(documents.map(\.format) == ["langflow"])
    #expect(documents.map(\.status) == [.imported], "\(documents[0].problems)")
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Desk", "Desk: Clerk", "Desk: Helper"])
    #expect(said.systems[0].aliases == ["f1", "desk"])
    #expect(said.systems[1].models == ["gpt-4o"])
    #expect(said.systems[1].purpose.value == "You answer.")
    #expect(said.steps.map(\.id) == ["in", "a", "r", "s", "v", "b", "m"])
    #expect(
      shown(said.connections) == [
        "Desk: Clerk invokes application OpenAI by api: model",
        "Desk: Clerk reads application a.example.com by api: GET",
        "Desk: Clerk invokes system orders by mcp: tool",
        "Desk: Clerk reads application DataStax Astra DB by database: knowledge",
        "Desk: Helper invokes application Ollama by api: model",
        "Desk invokes system Desk: Clerk by internal: agent",
        "Desk: Clerk invokes system Desk: Helper by internal: tool",
      ])
    #expect(said.credentials.map(\.name) == ["OPENAI_API_KEY"])
    #expect(said.guardrails.map(\.name) == ["at most 5 iterations"])
    #expect(said.triggers.map(\.kind) == [.manual])
  }

  @Test("groups are opened, other flows are called, a project holds several flows")
  func project() throws {
    let inner = flow(
      [
        node("w", "Webhook", "\"x\": {}"),
        node("f", "RunFlow", "\"flow_name_selected\": {\"value\": \"Other\"}"),
      ], [])
    let group = """
      {"id": "g", "type": "groupNode", "data": {"id": "g", "type": "GroupNode",
      "node": {"template": {}, "flow": {"data": {"nodes": [\(node("p", "Prompt", "\"x\": {}"))], "edges": []}}}}}
      """
    let documents = imported([
      "all.json": "{\"flows\": [\(inner), \(flow([group], []).replacing("Desk", with: "Second"))]}"
    ])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Desk", "Second"])
    #expect(said.steps.map(\.id) == ["w", "f", "p"])
    #expect(shown(said.connections) == ["Desk invokes system Other by internal: flow"])
    #expect(said.triggers.map(\.kind) == [.call])
  }

  @Test("a node without a component is noted")
  func problems() {
    expectProblems(
      "f.json",
      """
      {"name": "F", "data": {"edges": [], "nodes": [
      {"id": "a", "type": "genericNode", "data": {"type": "Prompt", "node": {"template": {}}}},
      {"id": "c", "type": "genericNode", "data": {"type": "Prompt", "node": {"template": {}}}},
      1️⃣{"id": "b", "type": "genericNode", "data": {}}]}}
      """, [(.medium, "no component")])
  }
}
