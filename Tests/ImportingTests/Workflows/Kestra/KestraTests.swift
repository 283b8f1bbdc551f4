import Facts
import Inventory
import Testing

@testable import Importing

@Suite("Kestra")
struct KestraTests {
  private let flow = """
    id: claims-nightly
    namespace: harbour.claims
    description: Loads the claims of the day
    labels: {owner: Jo Berg, team: Claims Data}
    tasks:
      - id: fetch
        type: io.kestra.plugin.core.http.Download
        uri: https://desk.harbour.example/claims.csv
        retry: {type: constant, interval: PT1M, maxAttempts: 4}
        timeout: PT5M
      - id: branch
        type: io.kestra.plugin.core.flow.If
        condition: "{{ outputs.fetch.size > 0 }}"
        then:
          - id: store
            type: io.kestra.plugin.jdbc.postgresql.Query
            url: jdbc:postgresql://db.harbour.example/ledger
            password: "{{ secret('LEDGER_PASSWORD') }}"
            sql: INSERT INTO claims SELECT 1
        else:
          - id: skip
            type: io.kestra.plugin.core.log.Log
            disabled: true
      - id: approve-load
        type: io.kestra.plugin.core.flow.Pause
      - id: pause
        type: io.kestra.plugin.core.flow.Pause
        delay: PT10M
      - id: report
        type: io.kestra.plugin.core.flow.Subflow
        namespace: harbour.claims
        flowId: claims-report
      - id: both
        type: io.kestra.plugin.core.flow.Dag
        tasks:
          - task:
              id: script
              type: io.kestra.plugin.scripts.shell.Commands
              commands: ["curl -s https://api.github.com/zen"]
    errors:
      - id: alert
        type: io.kestra.plugin.notifications.slack.SlackIncomingWebhook
        url: "{{ secret('SLACK_WEBHOOK') }}"
    triggers:
      - id: nightly
        type: io.kestra.plugin.core.trigger.Schedule
        cron: "0 2 * * 1-5"
      - id: after
        type: io.kestra.plugin.core.trigger.Flow
        conditions:
          - type: io.kestra.plugin.core.condition.ExecutionFlow
            namespace: harbour.claims
            flowId: desk-export
    """

  @Test("tasks at every level, what they call, who has to let it go on, and when it runs")
  func whole() throws {
    let document = try #require(imported(["flow.yaml": flow]).first)
    #expect(document.format == "kestra" && document.status == .imported, "\(document.problems)")
    let fragment = document.fragment
    let system = try #require(fragment.systems.first)
    #expect(system.name == "claims-nightly" && system.aliases == ["harbour.claims.claims-nightly"])
    #expect(system.owner.value == "Jo Berg" && system.team.value == "Claims Data")
    #expect(system.volume.value == Frequency(count: 5, per: .week))
    #expect(
      shown(fragment.connections) == [
        "claims-nightly reads application desk.harbour.example by api: GET",
        "claims-nightly writes application PostgreSQL by database: Query",
        "claims-nightly invokes system claims-report by internal: Subflow",
        "claims-nightly invokes application GitHub by api: script",
        "claims-nightly invokes application Slack by api: SlackIncomingWebhook",
        "desk-export triggers system claims-nightly by internal: Flow",
      ])
    #expect(fragment.connections[1].data == ["ledger", "claims"])
    #expect(
      fragment.steps.map(\.id) == [
        "fetch", "branch", "store", "approve-load", "pause", "report", "both", "script", "alert",
      ])
    #expect(fragment.steps[0].retries == 4 && fragment.steps[0].timeout == 5 * .minute)
    #expect(fragment.steps[4].kind == .wait && fragment.steps[4].delay == 10 * .minute)
    #expect(fragment.steps.last?.kind == .errorHandling)
    #expect(fragment.touchPoints.map(\.step) == ["approve-load"])
    #expect(fragment.credentials.map(\.name) == ["LEDGER_PASSWORD", "SLACK_WEBHOOK"])
    #expect(fragment.triggers.map(\.expression) == ["0 2 * * 1-5", "after desk-export"])
  }

  @Test("what has no type is left out with a problem")
  func problems() {
    expectProblems(
      "f.yaml",
      """
      id: f
      namespace: n
      tasks:
        - id: g
          type: io.kestra.plugin.core.flow.Sequential
          tasks:
            - 1️⃣id: h
      """, [(.medium, "has no type")])
  }

  @Test("what serves a task's models is named, with its agent's tools, and where a repository lies")
  func models() throws {
    let text = """
      id: claims-answers
      namespace: harbour.claims
      tasks:
        - id: learn
          type: io.kestra.plugin.ai.rag.IngestDocument
          provider:
            type: io.kestra.plugin.ai.provider.OpenAI
            modelName: embed-small
            baseUrl: https://models.harbour.example/v1
        - id: answer
          type: io.kestra.plugin.ai.agent.AIAgent
          provider:
            type: io.kestra.plugin.ai.provider.GoogleGemini
            modelName: gemini-clerk
            apiKey: "{{ secret('GEMINI_KEY') }}"
          tools:
            - type: io.kestra.plugin.ai.tool.StreamableHttpMcpClient
              url: https://tools.harbour.example/mcp
            - type: io.kestra.plugin.ai.tool.KestraFlow
              flowId: claims-lookup
        - id: rules
          type: io.kestra.plugin.git.Clone
          url: https://github.com/harbour/rules
      """
    let document = try #require(imported(["flow.yaml": text]).first)
    let fragment = document.fragment
    #expect(fragment.systems.first?.models == ["embed-small", "gemini-clerk"])
    #expect(
      shown(fragment.connections) == [
        "claims-answers invokes application models.harbour.example by api: IngestDocument",
        "claims-answers invokes application Google Gemini by api: AIAgent",
        "claims-answers invokes system tools.harbour.example by mcp: StreamableHttpMcpClient",
        "claims-answers invokes system claims-lookup by internal: KestraFlow",
        "claims-answers invokes application GitHub by api: Clone",
      ])
    #expect(fragment.credentials.map(\.name) == ["GEMINI_KEY"])
  }

  @Test("damaged files give a problem or nothing, and no crash")
  func damaged() {
    #expect(imported(["f.yaml": "id: a\nnamespace: b\ntasks: [{type: x"]).first?.format == nil)
    #expect(imported(["f.yaml": "id: a\nnamespace: b\ntasks: {type: 1}"]).first?.format == nil)
    let odd = "id: 7\nnamespace: b\ntasks: [{id: 1, type: x.Y, cases: 3, tasks: {a: b}, retry: 5}]"
    #expect(imported(["f.yaml": odd]).first?.fragment.steps.count == 1)
  }
}
