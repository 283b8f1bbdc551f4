import Facts
import Importing
import Inventory
import ProcessModel
import Testing

@Suite("watsonx Orchestrate")
struct WatsonxOrchestrateTests {
  private let agent = """
    spec_version: v1
    kind: native
    name: claims_agent
    display_name: Claims desk
    description: Answers questions about claims
    llm: watsonx/ibm/granite-3-8b
    style: react
    tools:
      - get_claim
      - crm_kit:find_customer
      - transfer_to_human
      - i__get_flow_status_intrinsic_tool__
    collaborators:
      - billing_agent
    knowledge_base: [policies]
    context_variables: [channel]
    guidelines:
      - display_name: Ask first
        condition: a payment is due
        action: ask the customer
        tool: pay_claim
    """

  private let flow = """
    {"spec": {"kind": "flow", "name": "settle_claim", "display_name": "Settle a claim",
      "description": "Pays what is due", "schedulable": true},
     "nodes": {
      "__start__": {"spec": {"kind": "start", "name": "__start__"}},
      "lookup": {"spec": {"kind": "tool", "name": "lookup", "tool": "get_claim:3f2a7c1e-0000-4000-8000-1234567890ab",
        "error_handler_config": {"max_retries": 2, "on_error": "branch", "error_edge_id": "broken"}}},
      "sorry": {"spec": {"kind": "script", "name": "sorry", "fn": "1"}},
      "each": {"spec": {"kind": "foreach", "name": "each", "display_name": "Each item"}, "nodes": {
        "rate": {"spec": {"kind": "agent", "name": "rate", "agent": "rating_agent"}},
        "check": {"spec": {"kind": "user_flow", "name": "check"}, "nodes": {
          "ok": {"spec": {"kind": "user", "name": "ok", "display_name": "Approve payment",
            "owners": ["Claims team"], "fields": [{"kind": "boolean", "direction": "input"}]}},
          "shown": {"spec": {"kind": "user", "name": "shown", "owners": ["__current_user__"],
            "fields": [{"kind": "text", "direction": "output"}]}}}}}},
      "write": {"spec": {"kind": "prompt", "name": "write", "llm": "ibm/granite"}},
      "tariff": {"spec": {"kind": "decisions", "name": "tariff", "rules": [
        {"conditions": {"amount": "> 100"}, "actions": {"level": "high"}},
        {"conditions": {"amount": "[1:100]"}, "actions": {"level": "low"}}],
        "default_actions": {"level": "none"}}},
      "pause": {"spec": {"kind": "timer", "name": "pause", "delay": 1000}},
      "read": {"spec": {"kind": "docext", "name": "read", "config": {"llm": "ibm/vision"}, "enable_review": true}},
      "__end__": {"spec": {"kind": "end", "name": "__end__"}}},
     "edges": [{"start": "__start__", "end": "lookup"}, {"id": "broken", "start": "lookup", "end": "sorry"}]}
    """

  @Test("an agent has its tools, collaborators, knowledge, guidelines and the people who take over")
  func nativeAgent() throws {
    let documents = imported(["agent.yaml": agent])
    #expect(documents.map(\.format) == ["watsonx-orchestrate"])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "claims_agent")
    #expect(system.aliases == ["Claims desk"])
    #expect(system.kind.value == .agent)
    #expect(system.technology.value == "IBM watsonx Orchestrate")
    #expect(system.purpose.value == "Answers questions about claims")
    #expect(system.models == ["watsonx/ibm/granite-3-8b"])
    #expect(
      shown(fragment.connections) == [
        "claims_agent invokes application get_claim by internal: tool",
        "claims_agent invokes application crm_kit by internal: tool",
        "claims_agent invokes application transfer_to_human by internal: tool",
        "claims_agent escalates team Human agents by people: transfer_to_human",
        "claims_agent invokes application IBM watsonx Orchestrate by internal: get_flow_status",
        "claims_agent invokes system billing_agent by internal: collaborator",
        "claims_agent reads application policies by internal: knowledge base",
        "claims_agent invokes application pay_claim by internal: tool",
      ])
    #expect(fragment.connections[1].data == ["find_customer"])
    #expect(fragment.touchPoints.map(\.kind) == [.exception])
    #expect(fragment.guardrails.map(\.name) == ["Ask first"])
    #expect(fragment.permissions.map(\.name) == ["read context variable channel"])
  }

  @Test("a flow has its nodes as steps, also those inside others, and no markers of start and end")
  func flowSteps() throws {
    let documents = imported(["flow.json": flow])
    #expect(documents.map(\.status) == [.imported])
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "settle_claim")
    #expect(system.kind.value == .workflow)
    #expect(system.models == ["ibm/granite", "ibm/vision"])
    #expect(system.unknowns.contains { $0.contains("scheduled") })
    #expect(
      fragment.steps.map { "\($0.id) \($0.kind.rawValue)" } == [
        "lookup call", "sorry error-handling", "each group", "rate call", "check group",
        "ok human", "shown human", "write action", "tariff decision", "pause wait", "read action",
      ])
    #expect(fragment.steps.first?.retries == 2)
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind.rawValue) \($0.team ?? "-")" } == [
        "ok approval Claims team", "shown work -", "read review -",
      ])
    #expect(
      shown(fragment.connections) == [
        "settle_claim invokes application get_claim by internal: tool",
        "settle_claim invokes system rating_agent by internal: agent",
        "settle_claim invokes application ibm/granite by api: prompt",
        "settle_claim invokes application ibm/vision by api: docext",
      ])
    let table = try #require(fragment.decisions.first?.table)
    #expect(table.inputs.map(\.name) == ["amount"])
    #expect(table.outputs.map(\.name) == ["level"])
    #expect(table.rules.map { $0.tests.map(\.feel) } == [["> 100"], ["[1..100]"], ["-"]])
    #expect(table.rules.map(\.outputs) == [["high"], ["low"], ["none"]])
  }

  @Test("an agent's tool that is a flow of another file is that flow")
  func flowIsTool() {
    let agent = "spec_version: v1\nname: a\nllm: x\ntools: [settle_claim]\n"
    let estate = estate(["a.yaml": agent, "flow.json": flow])
    #expect(
      shown(estate.connections).contains("a invokes system settle_claim by internal: tool"))
  }

  @Test("agents outside are known by address and credential, and nothing secret is kept")
  func external() throws {
    let documents = imported([
      "e.yaml": """
      spec_version: v1
      kind: external
      name: news_agent
      title: News
      description: Finds news
      provider: external_chat/A2A/0.3.0
      api_url: https://agents.example.com/news?key=12345
      auth_scheme: API_KEY
      auth_config: {token: s3cr3t}
      app_id: news_creds
      """
    ])
    let fragment = documents[0].fragment
    let system = try #require(fragment.systems.first)
    #expect(system.technology.value == "Agent2Agent (A2A)")
    #expect(system.aliases == ["News", "https://agents.example.com/news"])
    #expect(fragment.credentials.map(\.name) == ["news_creds"])
    #expect(!"\(documents)".contains("s3cr3t"))
    #expect(!"\(documents)".contains("12345"))
  }

  @Test("tools, toolkits, connections, knowledge bases, models and channels say what they lead to")
  func resources() {
    let documents = imported([
      "channel.yaml": "spec_version: v1\nkind: channel\nname: c\nchannel: byo_slack\n",
      "connection.yaml": """
      spec_version: v1
      kind: connection
      app_id: tickets
      environments:
        draft: {security_scheme: oauth2, server_url: "https://acme.service-now.com/api"}
      """,
      "kb.yaml": """
      spec_version: v1
      kind: knowledge_base
      name: policies
      documents: [docs/terms.pdf]
      conversational_search_tool:
        index_config:
          - elastic_search: {url: "https://search.example.com", index: terms}
      """,
      "model.yaml": """
      spec_version: v1
      kind: model
      name: virtual-model/openai/gpt
      provider_config: {api_key: s3cr3t, custom_host: "https://api.openai.com/v1"}
      """,
      "tool.json": """
      {"name": "create_ticket", "description": "Creates a ticket", "permission": "read_write",
       "binding": {"openapi": {"http_method": "POST", "http_path": "/ticket",
         "servers": ["https://acme.service-now.com"], "connection_id": "tickets"}}}
      """,
      "toolkit.yaml": """
      spec_version: v1
      kind: mcp
      name: crm_kit
      description: Customers
      url: https://mcp.example.com/crm
      connections: [crm_key]
      tools: [find_customer]
      """,
    ])
    #expect(documents.allSatisfy { $0.status == .imported }, "\(documents.map(\.problems))")
    let found = documents.flatMap { shown($0.fragment.connections) }
    #expect(
      found == [
        "policies reads application Elasticsearch by database: search",
        "policies reads data terms.pdf by file: document",
        "virtual-model/openai/gpt invokes application OpenAI by api: model provider",
        "create_ticket writes application ServiceNow by api: POST /ticket",
        "crm_kit invokes application mcp.example.com by mcp: remote MCP server",
      ])
    #expect(
      documents.flatMap { $0.fragment.applications.map(\.name) } == [
        "Slack", "ServiceNow", "policies", "Elasticsearch", "virtual-model/openai/gpt",
      ])
    #expect(
      documents.flatMap { $0.fragment.credentials.map(\.name) } == ["tickets", "crm_key"])
    #expect(
      documents.flatMap { $0.fragment.permissions.map(\.name) } == [
        "read_write", "tool find_customer",
      ])
    #expect(!"\(documents)".contains("s3cr3t"))
  }

  @Test("a line that stands twice counts once; other files of a version 1 are left alone")
  func edges() {
    let twice = imported([
      "a.yaml": "spec_version: v1\nkind: native\nname: a\n\nname: a\nllm: m\ntools:\n"
    ])
    #expect(twice.map(\.status) == [.imported])
    #expect(twice[0].problems.map(\.severity) == [.low])
    #expect(twice[0].problems.first?.location.line == 5)
    let broken = imported(["a.yaml": "spec_version: v1\nkind: native\nname: a\n\tllm: m\n"])
    #expect(broken.map(\.status) == [.failed])
    #expect(broken.map(\.format) == ["watsonx-orchestrate"])
    let others = imported([
      "c.yaml": "kind: connection\nmetadata:\n  name: k\nspec_version: v1\n",
      "s.yaml": "spec_version: v1\nname: s\nfields:\n  a: {type: bool}\n",
    ])
    #expect(others.map(\.status) == [.notInventory, .notInventory])
  }

  @Test("wrong types and deep nesting give problems, not crashes")
  func hostile() {
    let odd = imported([
      "f.json": """
      {"spec": {"kind": "flow", "name": 7}, "nodes": {"a": {"spec": {"kind": "tool", "tool": 3}},
       "b": [], "c": {"spec": {"kind": "decisions", "rules": {}}}, "d": {"spec": {"kind": "user", "owners": 5}}}}
      """
    ])
    #expect(odd.map(\.status) == [.partial])
    #expect(odd[0].fragment.steps.map(\.id) == ["a", "b", "c", "d"])
    #expect(odd[0].problems.map(\.severity) == [.low, .info, .medium])
    var deep = "{}"
    for _ in 0..<110 { deep = "{\"nodes\": {\"n\": \(deep)}}" }
    deep = "{\"spec\": {\"kind\": \"flow\", \"name\": \"d\"}, \(deep.dropFirst())"
    #expect(imported(["d.json": deep]).map(\.status) == [.imported])
    let truncated = String(flow.prefix(400))
    #expect(imported(["t.json": truncated]).map(\.status) == [.failed])
  }
}
