import Facts
import Importing
import Inventory
import Testing

@Suite("Dify")
struct DifyTests {
  private let workflow = """
    app: {name: Complaints, description: Answers complaints, mode: workflow}
    kind: app
    version: 0.5.0
    workflow:
      environment_variables: [{name: DESK_KEY, value_type: secret, value: ''}, {name: HOST, value_type: string}]
      features: {sensitive_word_avoidance: {enabled: true, type: keywords}}
      graph:
        nodes:
          - {id: '1', type: custom, data: {type: trigger-schedule, title: Nightly, mode: cron, cron_expression: 0 2 * * *, timezone: UTC}}
          - {id: '2', type: custom, data: {type: http-request, title: Fetch, method: get, url: 'https://desk.example.com/c', retry_config: {retry_enabled: true, max_retries: 3}, authorization: {type: api-key, config: {api_key: '{{#env.DESK_KEY#}}'}}}}
          - {id: '3', type: custom, data: {type: llm, title: Draft, model: {provider: langgenius/openai/openai, name: gpt-4o}}}
          - {id: '4', type: custom, data: {type: human-input, title: Approve answer, timeout: 2, timeout_unit: day, user_actions: [{id: a}, {id: b}], delivery_methods: [{type: email, enabled: true, config: {recipients: {items: [{email: support@example.com}]}}}]}}
          - {id: '5', type: custom, data: {type: tool, title: Look, provider_type: builtin, provider_id: tavily, tool_name: tavily_search}}
          - {id: '6', type: custom, data: {type: tool, title: Letter, provider_type: workflow, provider_name: letters, tool_name: letters, tool_label: Letters}}
          - {id: '7', type: custom, data: {type: answer, title: Sorry}}
          - {id: '8', type: custom, data: {type: iteration, title: Each}}
          - {id: 8start, type: custom-iteration-start, parentId: '8', data: {type: iteration-start, title: ''}}
          - {id: n, type: custom-note, data: {type: '', text: read me}}
        edges:
          - {source: '2', target: '3', sourceHandle: source}
          - {source: '2', target: '7', sourceHandle: fail-branch}
    """

  @Test("a workflow has its nodes, calls, people, schedule and error path")
  func graph() throws {
    let documents = imported(["app.yml": workflow])
    #expect(documents.map(\.format) == ["dify"])
    #expect(documents.map(\.status) == [.imported], "\(documents[0].problems)")
    let said = documents[0].fragment
    let app = try #require(said.systems.first)
    #expect(app.name == "Complaints")
    #expect(app.kind.value == .workflow)
    #expect(app.purpose.value == "Answers complaints")
    #expect(app.models == ["gpt-4o"])
    #expect(
      said.steps.map(\.kind) == [
        .wait, .action, .action, .human, .action, .call, .errorHandling, .group,
      ])
    #expect(said.steps[1].retries == 3)
    #expect(said.steps[3].timeout == TimeSpan(seconds: 172_800))
    #expect(
      shown(said.connections) == [
        "Complaints reads application desk.example.com by api: GET",
        "Complaints invokes application OpenAI by api: model",
        "Complaints invokes application Tavily by api: tavily_search",
        "Complaints invokes system Letters by internal: letters",
      ])
    #expect(said.touchPoints.map(\.kind) == [.approval])
    #expect(said.touchPoints.map(\.team) == ["support@example.com"])
    #expect(said.triggers.map(\.expression) == ["0 2 * * * UTC"])
    #expect(said.credentials.map(\.name) == ["DESK_KEY"])
    #expect(said.guardrails.map(\.name) == ["sensitive word avoidance (keywords)"])
  }

  @Test("an agent node is a system of its own with its tools and servers")
  func agent() throws {
    let said = try #require(
      imported([
        "chat.yml": """
        app: {name: Trips, mode: advanced-chat}
        kind: app
        workflow:
          graph:
            edges: []
            nodes:
              - id: a
                data:
                  type: agent
                  title: Planner
                  agent_parameters:
                    model: {type: constant, value: {provider: langgenius/anthropic/anthropic, model: claude-3}}
                    tools: {type: constant, value: [{enabled: true, provider_name: time, tool_name: current_time}, {enabled: false, provider_name: tavily}]}
                    mcp_server: {type: constant, value: 'https://maps.example.com/sse?key=1'}
                    maximum_iterations: {value: 5}
        """
      ]).first
    ).fragment
    #expect(said.systems.map(\.name) == ["Trips", "Trips: Planner"])
    #expect(said.systems[1].models == ["claude-3"])
    #expect(
      shown(said.connections) == [
        "Trips invokes system Trips: Planner by internal: agent",
        "Trips: Planner invokes application Anthropic by api: model",
        "Trips: Planner invokes application Dify by internal: current_time",
        "Trips: Planner invokes system maps.example.com by mcp: MCP server",
      ])
    #expect(said.guardrails.map(\.name) == ["at most 5 iterations"])
  }

  @Test("an app without a graph is an agent with model, tools and knowledge")
  func modelConfig() throws {
    let document = try #require(
      imported([
        "a.yml": """
        app: {name: Helper, mode: agent-chat}
        model_config:
          model: {provider: openai, name: gpt-4}
          agent_mode: {enabled: true, tools: [{enabled: true, provider_type: api, provider_id: orders, tool_name: getOrder}]}
          dataset_configs: {datasets: {datasets: [{dataset: {enabled: true, id: faq}}]}}
        """
      ]).first)
    #expect(document.format == "dify")
    #expect(document.fragment.systems.first?.kind.value == .agent)
    #expect(
      shown(document.fragment.connections) == [
        "Helper invokes application OpenAI by api: model",
        "Helper reads application Orders by api: getOrder",
        "Helper reads application Dify knowledge faq by internal: knowledge",
      ])
  }

  @Test("nodes without an id or data are noted, unknown types are taken for actions")
  func problems() {
    expectProblems(
      "app.yml",
      """
      app: {name: A, mode: workflow}
      kind: app
      workflow:
        graph:
          nodes:
            - 1️⃣{data: {type: start}}
            - 2️⃣{id: '1'}
            - 3️⃣{id: '2', data: {type: hologram}}
      """,
      [(.medium, "no id"), (.medium, "no data"), (.info, "hologram")])
  }
}
