import Facts
import Importing
import Inventory
import Testing

@Suite("Foundry and Semantic Kernel agents")
struct FoundryAgentTests {
  @Test("a prompt agent with its model, tools, approval and key by name")
  func prompt() throws {
    let documents = imported([
      "a.yaml": """
      kind: Prompt
      name: Desk
      description: Answers questions
      instructions: You answer.
      metadata: {authors: [J. Doe]}
      model:
        id: gpt-4o
        provider: AzureOpenAI
        connection: {kind: key, endpoint: "https://x.openai.azure.com", apiKey: =Env.DESK_KEY}
      tools:
        - {kind: mcp, name: docs, url: "https://learn.microsoft.com/api/mcp", approvalMode: {kind: always}, allowedTools: [search]}
        - {kind: function, name: GetWeather}
        - {kind: code_interpreter}
        - {kind: web_search}
      """
    ])
    #expect(documents.map(\.format) == ["foundry-agent"])
    #expect(documents.map(\.status) == [.imported])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Desk"])
    #expect(said.systems[0].models == ["gpt-4o"])
    #expect(said.systems[0].creator.value == "J. Doe")
    #expect(
      shown(said.connections) == [
        "Desk invokes application Azure OpenAI by api: model",
        "Desk invokes system https://learn.microsoft.com/api/mcp by mcp: tool",
        "Desk invokes application GetWeather by internal: tool",
        "Desk invokes application Bing Search by api: tool",
      ])
    #expect(said.touchPoints.map(\.step) == ["docs"])
    #expect(said.credentials.map(\.name) == ["Env.DESK_KEY"])
    #expect(said.permissions.map(\.name) == ["search", "run code (hosted sandbox)"])
  }

  @Test("a workflow: agents, servers, requests, people and choices, nested")
  func workflow() throws {
    let documents = imported([
      "Support.yaml": """
      kind: Workflow
      trigger:
        kind: OnConversationStart
        id: workflow_demo
        actions:
          - {kind: InvokeAzureAgent, id: first, agent: {name: ServiceAgent}}
          - kind: ConditionGroup
            id: check
            conditions:
              - condition: =Local.X
                actions:
                  - {kind: InvokeMcpTool, id: look, serverUrl: "https://mcp.example.com/x", toolName: find}
            elseActions:
              - {kind: Question, id: ask_user, prompt: hi}
              - {kind: RequestExternalInput, id: approve_refund}
          - {kind: HttpRequestAction, id: fetch, method: GET, url: '=Concatenate("https://api.github.com/x/", A)'}
          - {kind: InvokeMcpTool, id: box, serverUrl: =Env.BOX_URL, serverLabel: toolbox, toolName: list}
          - 1️⃣{kind: InvokeAzureAgent, id: next, agent: {name: =Local.Name}}
      """.replacing("1️⃣", with: "")
    ])
    let said = documents[0].fragment
    #expect(said.systems.map(\.name) == ["Support"])
    #expect(
      said.steps.map(\.kind) == [
        .call, .decision, .action, .human, .human, .action, .action, .call,
      ])
    #expect(
      shown(said.connections) == [
        "Support invokes system ServiceAgent by internal: agent",
        "Support invokes system https://mcp.example.com/x by mcp: find",
        "Support reads application GitHub by api: GET",
        "Support invokes system toolbox by mcp: list",
        "Support invokes system Local.Name of Support by internal: agent",
      ])
    #expect(
      said.connections.first { $0.target.name == "toolbox" }?.evidence.first?.note
        == "a service at an address that a variable gives")
    #expect(said.touchPoints.map(\.kind) == [.form, .approval])
    #expect(documents[0].problems.map(\.severity) == [.low])
  }

  @Test("a hosted agent and its manifest tell of one agent; its code is not read")
  func hosted() throws {
    let documents = imported([
      "agent.yaml":
        "kind: hosted\nname: mcp-tools\nprotocols: [{protocol: responses, version: 2.0.0}]\nresources: {cpu: '1'}\n",
      "agent.manifest.yaml": """
      name: mcp-tools
      displayName: MCP Tools
      description: Shows tools
      template: {name: mcp-tools, kind: hosted, protocols: [{protocol: responses}], environment_variables: [{name: GITHUB_TOKEN, value: '{{T}}'}]}
      parameters: {properties: [{name: BOX, default: my-box}]}
      resources: [{kind: model, id: gpt-4o, name: M}, {kind: toolbox, name: '{{BOX}}'}]
      """,
    ])
    #expect(documents.map(\.status) == [.partial, .partial])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["mcp-tools"])
    #expect(estate.systems[0].models == ["gpt-4o"])
    #expect(
      shown(estate.connections) == [
        "mcp-tools invokes application Microsoft Foundry by api: model",
        "mcp-tools invokes application my-box by internal: toolbox",
      ])
    #expect(estate.credentials.map(\.name) == ["GITHUB_TOKEN"])
  }

  @Test("Semantic Kernel's agents, and agents as the service describes them")
  func others() throws {
    let documents = imported([
      "k.yaml":
        "type: openai_assistant\nname: Tutor\ninstructions: Teach.\nmodel: {id: gpt-4o-mini}\ntools: [{type: file_search, options: {vector_store_ids: [v1]}}]\n",
      "s.json":
        "{\"object\": \"list\", \"data\": [{\"object\": \"assistant\", \"id\": \"asst_1\", \"name\": \"Clerk\", \"model\": \"gpt-4o\", \"instructions\": \"x\", \"tools\": [{\"type\": \"bing_grounding\"}]}]}",
    ])
    #expect(documents.map(\.format) == ["foundry-agent", "foundry-agent"])
    #expect(documents[0].fragment.systems[0].technology.value == "Semantic Kernel")
    #expect(documents[1].fragment.systems[0].aliases == ["asst_1"])
    #expect(
      shown(documents[1].fragment.connections) == [
        "Clerk invokes application Microsoft Foundry by api: model",
        "Clerk invokes application Bing Search by api: tool",
      ])
  }
}
