import Facts
import Importing
import Inventory
import Testing

@Suite("Copilot Studio agents")
struct CopilotStudioTests {
  private let bot = """
    <bot schemaname="cr1_helper">
      <authenticationmode>2</authenticationmode><name>Helper</name><statecode>0</statecode>
    </bot>
    """

  private func component(_ schema: String, _ name: String, _ rest: String = "") -> String {
    """
    <botcomponent schemaname="\(schema)"><componenttype>9</componenttype><name>\(name)</name>\(rest)
      <parentbotid><schemaname>cr1_helper</schemaname></parentbotid></botcomponent>
    """
  }

  private let escalate = """
    kind: AdaptiveDialog
    beginDialog:
      kind: OnEscalate
      id: main
      intent:
        triggerQueries:
          - Talk to a person
          - Call me
      actions:
        - kind: SendActivity
          id: say
          activity: One moment.
        - kind: TransferConversationV2
          id: hand
          transferType:
            kind: TransferToAgent
    """

  private let order = """
    kind: AdaptiveDialog
    beginDialog:
      kind: OnRecognizedIntent
      id: main
      intent:
        triggerQueries: [Where is my order]
      actions:
        - kind: Question
          id: ask
          displayName: Ask for the number
          variable: Topic.Number
        - kind: ConditionGroup
          id: known
          conditions:
            - id: yes
              condition: =true
              actions:
                - kind: InvokeFlowAction
                  id: flow
                  flowId: 0B2F3F6E-0000-4000-8000-000000000021
                - kind: HttpRequestAction
                  id: http
                  url: https://orders.example.com/v1
          elseActions:
            - kind: BeginDialog
              id: other
              dialog: cr2_shop.topic.Find
            - kind: BeginDialog
              id: own
              dialog: cr1_helper.topic.Escalate
    """

  private let tool = """
    kind: TaskDialog
    modelDisplayName: Find account
    action:
      kind: InvokeConnectorTaskAction
      connectionReference: cr1_helper.shared_commondataserviceforapps.shared-1
      connectionProperties:
        mode: Maker
      operationId: ListRecords
    """

  private let instructions = """
    kind: GptComponentMetadata
    displayName: Helper
    instructions: |-
      # Purpose
      You help customers with orders. Be kind.
    gptCapabilities:
      webBrowsing: true
    aISettings:
      model:
        modelNameHint: GPT41
    """

  private var solution: [String: String] {
    [
      "bots/cr1_helper/bot.xml": bot,
      "botcomponents/cr1_helper.topic.Escalate/botcomponent.xml": component(
        "cr1_helper.topic.Escalate", "Escalate"),
      "botcomponents/cr1_helper.topic.Escalate/data": escalate,
      "botcomponents/cr1_helper.topic.Order/botcomponent.xml": component(
        "cr1_helper.topic.Order", "Order"),
      "botcomponents/cr1_helper.topic.Order/data": order,
      "botcomponents/cr1_helper.action.Find/botcomponent.xml": component(
        "cr1_helper.action.Find", "Find"),
      "botcomponents/cr1_helper.action.Find/data": tool,
      "botcomponents/cr1_helper.gpt.default/data": instructions,
      "solution.xml":
        "<ImportExportXml><SolutionManifest><UniqueName>S</UniqueName><Version>1.2.0.0</Version><Publisher><UniqueName>acme</UniqueName></Publisher><RootComponents><RootComponent type=\"380\"/></RootComponents></SolutionManifest></ImportExportXml>",
    ]
  }

  @Test(
    "an agent has name, model, purpose, sign-in, version and who published it, packed or not"
  )
  func agent() throws {
    let packed = imported(["s.zip": archive(solution)])
    #expect(packed.first { $0.path == "s.zip" }?.status == .imported)
    for documents in [imported(solution), packed] {
      #expect(documents.filter { $0.format == "copilot-studio" }.count == 9)
      let estate = Estate(merging: documents)
      let system = try #require(estate.system(named: "cr1_helper"))
      #expect(system.name == "Helper")
      #expect(system.kind.value == .agent)
      #expect(system.technology.value == "Microsoft Copilot Studio")
      #expect(system.purpose.value == "You help customers with orders.")
      #expect(system.models == ["GPT41"])
      #expect(system.version.value == "1.2.0.0")
      #expect(system.creator.value == "acme")
      #expect(system.creator.winner?.evidence.note == "publisher")
      #expect(
        Set(estate.permissions.map(\.name)) == [
          "people sign in with Microsoft Entra ID (integrated)", "web browsing",
          "runs with the connection of its maker",
        ])
    }
  }

  @Test("nodes at any depth are steps; questions and hand-overs are people's")
  func steps() {
    let estate = estate(solution)
    #expect(
      Set(estate.steps.map { "\($0.id) \($0.kind)" }) == [
        "topic.Escalate/main human", "topic.Escalate/say action", "topic.Escalate/hand human",
        "topic.Order/ask human", "topic.Order/known decision", "topic.Order/flow call",
        "topic.Order/http action", "topic.Order/other call", "topic.Order/own call",
        "Find action",
      ])
    #expect(
      Set(estate.touchPoints.map { "\($0.name ?? "") \($0.kind)" }) == [
        "Escalate exception", "Transfer of the conversation exception", "Ask for the number form",
      ])
    #expect(
      estate.triggers.map(\.expression).contains("Escalate: Talk to a person; Call me"))
  }

  @Test("an agent leads to flows, connectors, hosts, other agents and people")
  func connections() {
    let estate = estate(solution)
    #expect(
      Set(shown(estate.connections)) == [
        "Helper escalates team Live agents of Helper by people: Escalate",
        "Helper escalates team Live agents of Helper by people: TransferConversationV2",
        "Helper invokes system 0B2F3F6E-0000-4000-8000-000000000021 by api: InvokeFlowAction",
        "Helper reads application orders.example.com by api",
        "Helper invokes system cr2_shop by internal: Find",
        "Helper invokes application Microsoft Dataverse by api: tool",
      ])
  }

  @Test("the flow that an agent calls is the cloud flow of that GUID")
  func flows() {
    var files = solution
    files["Workflows/Find-0B2F3F6E-0000-4000-8000-000000000021.json"] = """
      {"properties": {"displayName": "Find order", "definition": {"$schema": "x/workflowdefinition.json#",
      "triggers": {}, "actions": {}}}}
      """
    #expect(
      shown(estate(files).connections).contains(
        "Helper invokes system Find order by api: InvokeFlowAction"))
  }

  @Test("an agent inside an agent has its own tools; other agents are called by schema name")
  func agents() throws {
    var files = solution
    files["botcomponents/cr1_helper.agent.Agent/botcomponent.xml"] = component(
      "cr1_helper.agent.Agent", "Returns agent")
    files["botcomponents/cr1_helper.agent.Agent/data"] = """
      kind: AgentDialog
      beginDialog:
        kind: OnToolSelected
        description: Handles returns
      """
    files["botcomponents/cr1_helper.action.Find/botcomponent.xml"] = component(
      "cr1_helper.action.Find", "Find",
      "<parentbotcomponentid><schemaname>cr1_helper.agent.Agent</schemaname></parentbotcomponentid>"
    )
    files["botcomponents/cr1_helper.tool.Shop/data"] = """
      kind: TaskDialog
      modelDisplayName: Shop
      action:
        kind: InvokeConnectedAgentTaskAction
        botSchemaName: cr2_shop
      """
    let estate = estate(files)
    #expect(estate.system(named: "Returns agent")?.purpose.value == "Handles returns")
    let lines = shown(estate.connections)
    #expect(lines.contains("Helper invokes system Returns agent by internal: agent"))
    #expect(lines.contains("Returns agent invokes application Microsoft Dataverse by api: tool"))
    #expect(lines.contains("Helper invokes system cr2_shop by internal: tool"))
  }

  @Test("the files of the extension for VS Code are read like a solution")
  func workspace() throws {
    let documents = imported([
      "Shop/settings.mcs.yml":
        "displayName: Shop\nschemaName: cr2_shop\nauthenticationMode: None\n",
      "Shop/agent.mcs.yml":
        "mcs.metadata:\n  componentName: Shop\n  description: Sells things\nkind: GptComponentMetadata\n",
      "Shop/topics/Escalate.mcs.yml": escalate,
      "Shop/knowledge/site.mcs.yml":
        "kind: KnowledgeSourceConfiguration\nsource:\n  kind: SharePointSearchSource\n  site: https://acme.sharepoint.com/sites/x\n",
    ])
    #expect(documents.allSatisfy { $0.status == .imported && $0.format == "copilot-studio" })
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Shop"])
    #expect(estate.systems.first?.purpose.value == "Sells things")
    #expect(estate.steps.map(\.system) == ["Shop", "Shop", "Shop"])
    #expect(
      shown(estate.connections).contains("Shop reads application SharePoint by api: knowledge"))
    #expect(
      estate.permissions.map(\.name) == ["anyone may converse without signing in"])
  }

  @Test("a value that begins with @ is read, and a topic that is no YAML gives its nodes")
  func dirty() {
    let reserved = order.replacing("variable: Topic.Number", with: "variable: @Number")
    expectProblems(
      "Order/topic.yaml", reserved.replacing("variable: @", with: "variable: 1️⃣@"),
      [(.low, "begin with '@'")])
    let alone = imported(["Order/topic.yaml": reserved])
    #expect(alone.map(\.status) == [.partial])
    #expect(alone.first?.fragment.systems.map(\.name) == ["Order"])
    #expect(alone.first?.fragment.steps.count == 6)
    let broken = order.replacing("id: say", with: "id: say").replacing(
      "displayName: Ask for the number", with: "displayName: {{placeholder}: x: y")
    let lines = imported(["Order/topic.yaml": broken])
    #expect(lines.map(\.status) == [.partial])
    #expect(lines.first?.problems.map(\.severity) == [.medium])
    #expect(
      lines.first?.fragment.steps.map { "\($0.id) \($0.kind)" } == [
        "ask human", "known decision", "flow call", "http action", "other call", "own call",
      ])
  }

  @Test("components that are switched off are left out with a remark")
  func off() {
    var files = solution
    files["botcomponents/cr1_helper.topic.Order/botcomponent.xml"] = component(
      "cr1_helper.topic.Order", "Order", "<statecode>1</statecode>")
    let document = imported(files).first { $0.path.hasSuffix("topic.Order/data") }
    #expect(document?.fragment.steps.isEmpty == true)
    #expect(document?.problems.map(\.message).first?.contains("switched off") == true)
  }

  @Test("damaged and deeply nested files give a problem and no crash")
  func hostile() {
    #expect(
      imported(["bots/b/bot.xml": String(bot.prefix(60))]).first?.status == .failed)
    var nested = "kind: AdaptiveDialog\nbeginDialog:\n  actions:\n"
    for depth in 0..<180 {
      let space = String(repeating: " ", count: 4 + depth * 2)
      nested += "\(space)- kind: ConditionGroup\n\(space)  actions:\n"
    }
    #expect(imported(["topic.yaml": nested]).first?.problems.isEmpty == false)
  }
}
