import Facts
import Importing
import Inventory
import Testing

@Suite("n8n workflows")
struct N8NTests {
  /// A workflow of nodes `name|type|more`, and connections.
  private func workflow(
    _ nodes: [(name: String, type: String, more: String)], connections: String = "",
    more: String = ""
  ) -> String {
    let list = nodes.map { node in
      """
      {"id": "id-\(node.name)", "name": "\(node.name)", "type": "\(node.type)", "typeVersion": 1,
       "position": [0, 0]\(node.more.isEmpty ? "" : ", " + node.more)}
      """
    }
    return """
      {"id": "W1", "name": "Claims"\(more.isEmpty ? "" : ", " + more),
       "nodes": [\(list.joined(separator: ","))], "connections": {\(connections)}}
      """
  }

  private func link(_ from: String, _ to: [String], _ kind: String = "main") -> String {
    let outputs = to.map { "[{\"node\": \"\($0)\", \"type\": \"\(kind)\", \"index\": 0}]" }
    return "\"\(from)\": {\"\(kind)\": [\(outputs.joined(separator: ","))]}"
  }

  private let base = "n8n-nodes-base"
  private let chain = "@n8n/n8n-nodes-langchain"

  @Test("every node in use is a step; sticky notes and disabled nodes are none")
  func steps() throws {
    let text = workflow(
      [
        (
          "Every morning", "\(base).scheduleTrigger",
          "\"parameters\": {\"rule\": {\"interval\": [{\"triggerAtHour\": 7}]}}"
        ),
        ("Note", "\(base).stickyNote", ""),
        ("Old", "\(base).set", "\"disabled\": true"),
        ("Amount high?", "\(base).if", ""),
        ("In batches", "\(base).splitInBatches", ""),
        ("Pause", "\(base).wait", "\"parameters\": {\"amount\": 5}"),
        ("Own work", "\(base).code", ""),
        (
          "Look up", "\(base).httpRequest",
          "\"retryOnFail\": true, \"maxTries\": 5, \"parameters\": {\"url\": \"https://rates.example.com/v1\", \"options\": {\"timeout\": 8000}}"
        ),
      ], more: "\"active\": true")
    let documents = imported(["w.json": text])
    #expect(documents.map(\.format) == ["n8n"])
    #expect(documents[0].status == .imported)
    #expect(documents[0].problems.map(\.message) == ["left out, because they are disabled: 1 node"])
    let estate = Estate(merging: documents)
    let system = try #require(estate.systems.first)
    #expect(system.name == "Claims")
    #expect(system.aliases == ["W1"])
    #expect(system.technology.value == "n8n")
    #expect(system.status.value == .production)
    #expect(system.volume.value == Frequency(count: 1, per: .day))
    #expect(
      estate.steps.map { "\($0.id) \($0.kind.rawValue)" } == [
        "Every morning wait", "Amount high? decision", "In batches group", "Pause wait",
        "Own work action", "Look up action",
      ])
    #expect(estate.steps.last?.retries == 4)
    #expect(estate.steps.last?.timeout == TimeSpan(seconds: 8))
    #expect(estate.triggers.map(\.expression) == ["every day at 07:00"])
    #expect(
      shown(estate.connections) == ["Claims reads application rates.example.com by api: GET"])
  }

  @Test("an agent is a system of its own, with its model, memory and tools")
  func agents() throws {
    let text = workflow(
      [
        ("Chat", "\(chain).chatTrigger", ""),
        ("Clerk", "\(chain).agent", ""),
        (
          "Model", "\(chain).lmChatOpenAi",
          "\"parameters\": {\"model\": {\"__rl\": true, \"value\": \"gpt-4o\"}}, \"credentials\": {\"openAiApi\": {\"id\": \"1\", \"name\": \"House key\"}}"
        ),
        ("History", "\(chain).memoryBufferWindow", ""),
        ("Tickets", "\(base).zendeskTool", "\"parameters\": {\"operation\": \"create\"}"),
        (
          "Archive", "\(chain).mcpClientTool",
          "\"parameters\": {\"sseEndpoint\": \"https://mcp.example.com/sse\", \"includeTools\": [\"find\"]}"
        ),
        (
          "Sub", "\(chain).toolWorkflow",
          "\"parameters\": {\"workflowId\": {\"__rl\": true, \"value\": \"W2\", \"cachedResultName\": \"Refunds\"}}"
        ),
      ],
      connections: [
        link("Chat", ["Clerk"]), link("Model", ["Clerk"], "ai_languageModel"),
        link("History", ["Clerk"], "ai_memory"), link("Tickets", ["Clerk"], "ai_tool"),
        link("Archive", ["Clerk"], "ai_tool"), link("Sub", ["Clerk"], "ai_tool"),
      ].joined(separator: ","))
    let estate = estate(["w.json": text])
    let agent = try #require(estate.system(named: "Claims: Clerk"))
    #expect(agent.kind.value == .agent)
    #expect(agent.models == ["gpt-4o"])
    let lines = shown(estate.connections)
    #expect(lines.contains("Claims invokes system Claims: Clerk by internal: agent"))
    #expect(lines.contains("Claims: Clerk writes application Zendesk by api: tool"))
    #expect(lines.contains("Claims: Clerk invokes system mcp.example.com by mcp: tool"))
    #expect(lines.contains("Claims: Clerk invokes system Refunds by internal: tool"))
    #expect(
      estate.connections.contains { $0.source.name == "Claims: Clerk" && $0.action == "model" })
    #expect(estate.credentials.map { "\($0.system) \($0.name)" } == ["Claims: Clerk House key"])
    #expect(estate.permissions.map(\.name) == ["find"])
    #expect(estate.triggers.map(\.kind) == [.manual])
  }

  @Test("an agent is switched on or off with its workflow, and a tool may be the file's own part")
  func agentsStatus() throws {
    let text = workflow(
      [
        ("Chat", "\(chain).chatTrigger", ""), ("Clerk", "\(chain).agent", ""),
        (
          "Sub", "\(chain).toolWorkflow",
          "\"parameters\": {\"workflowId\": {\"__rl\": true, \"value\": \"W2\", \"cachedResultName\": \"Refunds\"}}"
        ), ("Called", "\(base).executeWorkflowTrigger", ""),
      ], connections: link("Sub", ["Clerk"], "ai_tool"))
    let off = estate(["w.json": text.replacing("\"nodes\":", with: "\"active\": false, \"nodes\":")]
    )
    #expect(off.system(named: "Claims")?.status.value == .disabled)
    #expect(off.system(named: "Claims: Clerk")?.status.value == .disabled)
    let tool = off.connections.first { $0.target.name == "Refunds" }
    #expect(tool?.evidence.first?.note?.hasPrefix("perhaps the part of this file") == true)
  }

  @Test("forms, questions that wait for an answer, and reviews before a tool are human steps")
  func people() {
    let text = workflow(
      [
        ("Claim form", "\(base).formTrigger", ""),
        (
          "Manager approves", "\(base).gmail",
          "\"parameters\": {\"operation\": \"sendAndWait\", \"sendTo\": \"claims-team@example.com\"}"
        ),
        (
          "Ask the person", "\(base).slack",
          "\"parameters\": {\"operation\": \"sendAndWait\", \"responseType\": \"freeText\", \"channelId\": {\"value\": \"C1\", \"cachedResultName\": \"claims\"}}"
        ),
        ("Fill in the rest", "\(base).wait", "\"parameters\": {\"resume\": \"form\"}"),
        ("Wait for callback", "\(base).wait", "\"parameters\": {\"resume\": \"webhook\"}"),
        ("Wait for approval", "\(base).wait", "\"parameters\": {\"resume\": \"webhook\"}"),
      ])
    let estate = estate(["w.json": text])
    #expect(
      estate.touchPoints.map { "\($0.step) \($0.kind.rawValue) \($0.team ?? "-")" } == [
        "Claim form form -", "Manager approves approval claims-team@example.com",
        "Ask the person form claims", "Fill in the rest form -", "Wait for approval approval -",
      ])
    #expect(estate.steps.filter { $0.kind == .human }.count == 5)
  }

  @Test("what only an error output leads to handles errors; the error workflow is called")
  func errors() {
    let text = workflow(
      [
        (
          "Start", "\(base).webhook",
          "\"parameters\": {\"path\": \"claims\", \"httpMethod\": \"POST\"}"
        ),
        (
          "Pay", "\(base).httpRequest",
          "\"onError\": \"continueErrorOutput\", \"parameters\": {\"method\": \"POST\", \"url\": \"=https://pay.example.com/{{ $json.id }}\"}"
        ),
        ("Done", "\(base).set", ""), ("Repair", "\(base).set", ""),
        ("Give up", "\(base).stopAndError", ""),
        ("Next", "\(base).executeWorkflow", "\"parameters\": {\"workflowId\": \"W3\"}"),
      ],
      connections: [link("Start", ["Pay"]), link("Pay", ["Done", "Repair"])].joined(separator: ","),
      more: "\"settings\": {\"errorWorkflow\": \"W9\"}")
    let estate = estate(["w.json": text])
    #expect(
      estate.steps.filter { $0.kind == .errorHandling }.map(\.id) == ["Repair", "Give up"])
    #expect(estate.steps.filter { $0.kind == .call }.map(\.id) == ["Next"])
    #expect(
      shown(estate.connections).sorted() == [
        "Claims invokes system W3 by internal: executeWorkflow",
        "Claims invokes system W9 by internal: errorWorkflow",
        "Claims writes application pay.example.com by api: POST",
      ])
    #expect(estate.triggers.map(\.expression) == ["POST claims"])
  }

  @Test("an array of workflows, a wrapped one and a selection without a name are read too")
  func wrappers() {
    let one = workflow([("A", "\(base).set", "")])
    let other = one.replacing("W1", with: "W5")
    let array = imported(["all.json": "[\(one), \(other)]"])
    #expect(Estate(merging: array).systems.map(\.name).sorted() == ["Claims", "Claims (W5)"])
    #expect(
      estate(["api.json": "{\"data\": {\"workflow\": \(one)}}"]).systems.map(\.name) == ["Claims"])
    let selection = """
      {"nodes": [{"name": "A", "type": "n8n-nodes-own.thing", "typeVersion": 1, "position": [0, 0]}],
       "connections": {}, "meta": {"instanceId": "x"}}
      """
    let estate = estate(["Copied part.json": selection])
    #expect(estate.systems.map(\.name) == ["Copied part"])
    #expect(shown(estate.connections) == ["Copied part invokes application Thing by api"])
  }

  @Test("a name that every new workflow has gives way to the file's")
  func defaultName() {
    let text = workflow([("A", "\(base).set", "")]).replacing("Claims", with: "My workflow 3")
    let system = imported(["payments.json": text])[0].fragment.systems[0]
    #expect(system.name == "payments")
    let named = text.replacing("My workflow 3", with: "Set Workflow")
    #expect(imported(["refunds.json": named])[0].fragment.systems[0].name == "refunds")
    #expect(imported(["workflow.json": named])[0].fragment.systems[0].name == "Set Workflow")
  }

  @Test("connections to nodes that are not there, and computed addresses, are noted")
  func problems() {
    let text = workflow(
      [("Fetch", "\(base).httpRequest", "\"parameters\": {\"url\": \"={{ $json.url }}\"}")],
      connections: link("Fetch", ["Fetsh"]))
    let problems = imported(["w.json": text])[0].problems
    #expect(problems.map(\.severity) == [.low, .low])
    #expect(problems[0].message.contains("'Fetsh'"))
    #expect(problems[0].message.contains("did you mean 'Fetch'"))
    #expect(problems[1].message.contains("is computed"))
    #expect(problems[1].location.element == "$.nodes[0].parameters.url")
  }

  @Test("values of the wrong type and truncated files give no crash")
  func damaged() {
    let odd = """
      {"name": 7, "active": "yes", "nodes": [{"type": "n8n-nodes-base.httpRequest", "name": 5,
       "parameters": [], "credentials": "x", "maxTries": "a", "retryOnFail": true},
       {"type": 3}, 4, {"type": "n8n-nodes-base.scheduleTrigger", "parameters": {"rule": {"interval":
       [{"field": "minutes", "minutesInterval": 0}, 8]}}}], "connections": {"5": {"main": [4, [{"node": {}}]]}}}
      """
    #expect(imported(["w.json": odd])[0].format == "n8n")
    let whole = workflow([("A", "\(base).set", "")])
    #expect(imported(["w.json": String(whole.dropLast(20))])[0].status == .failed)
    let deep =
      String(repeating: "{\"data\":", count: 5000) + "1" + String(repeating: "}", count: 5000)
    #expect(imported(["w.json": "{\"nodes\": \(deep), \"n8n\": 1}"]).count == 1)
  }
}
