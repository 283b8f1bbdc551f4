import Facts
import Importing
import Inventory
import Testing

@Suite("Flowise")
struct FlowiseTests {
  /// A node as the designer writes it.
  private func node(
    _ id: String, _ name: String, _ category: String, _ inputs: String, label: String = ""
  ) -> String {
    """
    {"id": "\(id)", "data": {"id": "\(id)", "label": "\(label.isEmpty ? id : label)", "name": "\(name)",
    "category": "\(category)", "inputParams": [], "inputAnchors": [], "inputs": {\(inputs)}}}
    """
  }

  private func edge(_ from: String, _ to: String, _ field: String = "") -> String {
    "{\"source\": \"\(from)\", \"target\": \"\(to)\", \"targetHandle\": \"\(to)-input-\(field)-X\"}"
  }

  @Test("an agentflow: agents with their tools and models, people, requests and flows")
  func agentflow() throws {
    let v2 = "Agent Flows"
    let nodes = [
      node(
        "start", "startAgentflow", v2, "\"startInputType\": \"formInput\", \"formTitle\": \"Order\""
      ),
      node(
        "agent", "agentAgentflow", v2,
        """
        "agentModel": "chatAnthropic", "agentModelConfig": {"modelName": "claude-3"},
        "agentTools": [{"agentSelectedTool": "slackMCP", "agentSelectedToolRequiresHumanInput": true}],
        "agentKnowledgeDocumentStores": [{"documentStore": "1f:Handbook"}]
        """, label: "Clerk"),
      node("ask", "humanInputAgentflow", v2, "", label: "Approve order"),
      node(
        "http", "httpAgentflow", v2,
        "\"method\": \"POST\", \"url\": \"<p>https://a.example.com/x</p>\""),
      node("sub", "executeFlowAgentflow", v2, "\"executeFlowSelectedFlow\": \"b7-flow\""),
      node("if", "conditionAgentflow", v2, ""), node("loop", "loopAgentflow", v2, ""),
      node("note", "stickyNoteAgentflow", v2, ""),
    ]
    let documents = imported([
      "Orders Agents.json":
        "{\"description\": \"Takes orders\", \"nodes\": [\(nodes.joined(separator: ","))], \"edges\": []}"
    ])
    #expect(documents.map(\.format) == ["flowise"])
    #expect(documents.map(\.status) == [.imported], "\(documents[0].problems)")
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Orders", "Orders: Clerk"])
    #expect(said.systems[0].purpose.value == "Takes orders")
    #expect(said.systems[1].models == ["claude-3"])
    #expect(
      said.steps.map(\.kind) == [.wait, .call, .human, .action, .call, .decision, .group])
    #expect(
      shown(said.connections) == [
        "Orders: Clerk invokes application Anthropic by api: model",
        "Orders: Clerk invokes system Slack by mcp: tool",
        "Orders: Clerk reads application Handbook by internal: document store",
        "Orders writes application a.example.com by api: POST",
        "Orders invokes system b7-flow by internal: flow",
        "Orders invokes system Orders: Clerk by internal: agent",
      ])
    #expect(said.touchPoints.map(\.step) == ["agent", "ask"])
    #expect(said.touchPoints.map(\.kind) == [.approval, .approval])
    #expect(said.triggers.map(\.expression) == ["Order"])
  }

  @Test("a team of a supervisor and a worker whose tool reads a vector store")
  func team() throws {
    let nodes = [
      node("s", "supervisor", "Multi Agents", "\"supervisorName\": \"Boss\""),
      node(
        "w", "worker", "Multi Agents",
        "\"workerName\": \"Finder\", \"workerPrompt\": \"You find.\""),
      node("t", "retrieverTool", "Tools", "\"name\": \"search_docs\""),
      node("p", "pinecone", "Vector Stores", "\"pineconeIndex\": \"docs\""),
      node("m", "chatOpenAI", "Chat Models", "\"modelName\": \"gpt-4o\""),
    ]
    let edges = [
      edge("s", "w", "supervisor"), edge("t", "w", "tools"), edge("p", "t", "retriever"),
      edge("m", "s", "model"),
    ]
    let said = try #require(
      imported([
        "Team.json":
          "{\"nodes\": [\(nodes.joined(separator: ","))], \"edges\": [\(edges.joined(separator: ","))]}"
      ]).first
    ).fragment
    #expect(said.systems.map(\.name) == ["Team", "Team: Boss", "Team: Finder"])
    #expect(said.systems[2].purpose.value == "You find.")
    #expect(
      shown(said.connections) == [
        "Team: Finder invokes application Flowise by internal: search_docs",
        "Team: Finder reads application Pinecone by database: vector store",
        "Team: Boss invokes application OpenAI by api: model",
        "Team invokes system Team: Boss by internal: agent",
        "Team: Boss invokes system Team: Finder by internal: tool",
      ])
  }

  @Test("a node made for OpenAI that is led to another address leads there")
  func compatible() throws {
    let nodes = [
      node(
        "m", "chatOpenAICustom", "Chat Models",
        "\"modelName\": \"clerk-7b\", \"basepath\": \"https://models.harbour.example/v1\""),
      node("c", "conversationChain", "Chains", "\"model\": \"{{m.data.instance}}\""),
    ]
    let text =
      "{\"nodes\": [\(nodes.joined(separator: ","))], \"edges\": [\(edge("m", "c", "model"))]}"
    let fragment = try #require(imported(["Helper Chatflow.json": text]).first).fragment
    #expect(fragment.systems.first?.models == ["clerk-7b"])
    #expect(fragment.connections.map(\.target.name) == ["models.harbour.example"])
  }

  @Test("an export of everything, and a tool whose code names a host")
  func everything() throws {
    let flow =
      "{\\\"nodes\\\": [{\\\"id\\\": \\\"c\\\", \\\"data\\\": {\\\"name\\\": \\\"chatOpenAI\\\", \\\"category\\\": \\\"Chat Models\\\"}}], \\\"edges\\\": []}"
    let documents = imported([
      "all.json":
        "{\"ChatFlow\": [{\"id\": \"77\", \"name\": \"Helper\", \"deployed\": true, \"flowData\": \"\(flow)\"}], \"Tool\": []}",
      "tool.json":
        "{\"name\": \"send_note\", \"schema\": \"[]\", \"func\": \"fetch('https://hooks.slack.com/services/x')\"}",
    ])
    #expect(documents.map(\.format) == ["flowise", "flowise"])
    let said = documents[0].fragment
    #expect(said.systems.map(\.aliases) == [["77"]])
    #expect(said.systems[0].status.value == .production)
    #expect(shown(said.connections) == ["Helper invokes application OpenAI by api: model"])
    #expect(
      shown(documents[1].fragment.connections) == [
        "send_note invokes application Slack by api: code"
      ])
  }
}
