import Facts
import Importing
import Inventory
import Testing

@Suite("UiPath agents and solutions")
struct UiPathAgentTests {
  private let agent = """
    {"version": "1.1.0", "type": "lowCode", "settings": {"model": "gpt-4o", "engine": "basic-v2"},
     "metadata": {"storageVersion": "50.0.0", "isConversational": false},
     "messages": [
       {"role": "system", "content": "You answer questions of claims. Be brief."},
       {"role": "user", "content": "{{input.question}}"}],
     "guardrails": [
       {"name": "No personal data", "action": {"$actionType": "block"}},
       {"name": "Large sums", "action": {"$actionType": "escalate", "app": {"name": "Sums"},
        "recipient": {"type": 5, "value": "Claims leads"}}}],
     "projectId": "0b2f3f6e-0000-4000-8000-000000000001"}
    """

  private let process = """
    {"$resourceType": "tool", "type": "process", "name": "Book claim", "isEnabled": true,
     "properties": {"processName": "ClaimsBot", "folderPath": "Shared"},
     "referenceKey": "0b2f3f6e-0000-4000-8000-000000000002"}
    """

  private let connector = """
    {"$resourceType": "tool", "type": "integration", "name": "Post message",
     "properties": {"method": "POST", "connection": {"id": "0b2f3f6e-0000-4000-8000-000000000003",
      "name": "jane.doe@example.com", "connector": {"key": "uipath-salesforce-slack", "name": "Slack"}}}}
    """

  private let escalation = """
    {"$resourceType": "escalation", "name": "Ask a lead", "channels": [{"type": "actionCenter",
     "taskTitle": "Approve the claim", "properties": {"appName": "Claim approval"},
     "recipients": [{"type": 2, "displayName": "Claims leads", "value": "0b2f3f6e-0000-4000-8000-000000000004"}]}]}
    """

  private let server = """
    {"$resourceType": "mcp", "name": "github-mcp", "slug": "github-mcp",
     "availableTools": [{"name": "create_issue"}]}
    """

  private let context = """
    {"$resourceType": "context", "contextType": "index", "name": "Rules", "indexName": "ClaimRules"}
    """

  private var project: [String: String] {
    [
      "Claims/agent.json": agent,
      "Claims/project.uiproj":
        "{\"ProjectType\": \"Agent\", \"Name\": \"ClaimsAgent\", \"Description\": \"Answers claims\"}",
      "Claims/resources/Book claim/resource.json": process,
      "Claims/resources/Post/resource.json": connector,
      "Claims/resources/Ask/resource.json": escalation,
      "Claims/resources/github-mcp/resource.json": server,
      "Claims/resources/Rules/resource.json": context,
    ]
  }

  @Test("an agent has its model, purpose, guardrails and the name of its project")
  func agentFile() throws {
    let documents = imported(project)
    #expect(documents.allSatisfy { $0.format == "uipath-agent" && $0.status == .imported })
    let estate = Estate(merging: documents)
    let system = try #require(estate.system(named: "ClaimsAgent"))
    #expect(system.kind.value == .agent)
    #expect(system.technology.value == "UiPath Agents")
    #expect(system.purpose.value == "Answers claims")
    #expect(system.purpose.facts.map(\.value).contains("You answer questions of claims."))
    #expect(system.models == ["gpt-4o"])
    #expect(estate.guardrails.map(\.name) == ["No personal data", "Large sums"])
  }

  @Test("tools, contexts, servers and escalations are steps and lead to what they name")
  func resources() {
    let estate = estate(project)
    #expect(
      Set(estate.steps.map { "\($0.name ?? $0.id) \($0.kind)" }) == [
        "Large sums human", "Book claim call", "Post message action", "Ask a lead human",
        "github-mcp action", "Rules action",
      ])
    #expect(
      Set(shown(estate.connections)) == [
        "ClaimsAgent invokes system ClaimsBot by internal: tool",
        "ClaimsAgent invokes application Slack by api: tool",
        "ClaimsAgent invokes application github-mcp by mcp: tool",
        "ClaimsAgent reads data ClaimRules by internal: context",
        "ClaimsAgent escalates team Claims leads by people: Ask a lead",
        "ClaimsAgent escalates team Claims leads by people: Large sums",
      ])
    #expect(
      Set(estate.touchPoints.map { "\($0.step) \($0.kind) \($0.team ?? "")" }) == [
        "Large sums review Claims leads", "Ask a lead approval Claims leads",
      ])
    #expect(estate.permissions.map(\.name) == ["create_issue"])
    #expect(
      estate.credentials.map(\.name) == ["connection 0b2f3f6e-0000-4000-8000-000000000003"])
    #expect(estate.system(named: "ClaimsBot")?.kind.value == .rpa)
  }

  @Test("no name or address of a person is kept")
  func persons() throws {
    let documents = imported(project)
    #expect(!"\(documents)".contains("jane.doe"))
    let alone = escalation.replacing("\"type\": 2", with: "\"type\": 3").replacing(
      "\"displayName\": \"Claims leads\", ", with: ""
    ).replacing("0b2f3f6e-0000-4000-8000-000000000004", with: "jane.doe@example.com")
    let estate = estate(["a/agent.json": agent, "a/resources/Ask/resource.json": alone])
    #expect(!"\(estate)".contains("jane.doe"))
    #expect(
      shown(estate.connections.filter { $0.action == "Ask a lead" }) == [
        "a escalates application UiPath Action Center by people: Ask a lead"
      ])
  }

  @Test("resources that are off, without name, of unknown kind or without agent are noted")
  func problems() {
    expectProblems(
      "a/resources/x/resource.json",
      "1️⃣{\"$resourceType\": \"tool\", \"name\": \"Off\", \"isEnabled\": false}",
      [(.info, "switched off")], besides: ["a/agent.json": agent])
    expectProblems(
      "a/resources/x/resource.json", "1️⃣{\"$resourceType\": \"tool\"}", [(.medium, "no name")],
      besides: ["a/agent.json": agent])
    expectProblems(
      "a/resources/x/resource.json", "1️⃣{\"$resourceType\": \"oracle\", \"name\": \"Delphi\"}",
      [(.low, "not known here")], besides: ["a/agent.json": agent])
    expectProblems(
      "a/resources/x/resource.json",
      "1️⃣{\"$resourceType\": \"context\", \"name\": \"R\"}", [(.low, "agent.json")])
  }

  @Test("wrong types and truncation give a problem or nothing, and no crash")
  func hostile() {
    let wrong = agent.replacing("\"gpt-4o\"", with: "7").replacing(
      "\"No personal data\"", with: "[]")
    #expect(imported(["a/agent.json": wrong]).first?.status == .imported)
    let cut = imported(["a/agent.json": String(agent.prefix(300))])
    #expect(cut.first?.status == .failed)
    let deep =
      "{\"$resourceType\": \"tool\", \"name\": " + String(repeating: "[", count: 9000) + "1"
      + String(repeating: "]", count: 9000) + "}"
    #expect(imported(["resource.json": deep]).first?.status == .failed)
  }

  // MARK: Solutions

  private let solution = """
    {"SolutionId": "0b2f3f6e-0000-4000-8000-00000000000a", "Projects": [
      {"Type": "Agent", "ProjectRelativePath": "Agent/project.uiproj", "Id": "0b2f3f6e-0000-4000-8000-00000000000b"},
      {"Type": "Process", "ProjectRelativePath": "PayBot\\\\project.uiproj", "Id": "0b2f3f6e-0000-4000-8000-00000000000c"},
      {"Type": "WebApp", "ProjectRelativePath": "Approvals/project.uiproj", "Id": "0b2f3f6e-0000-4000-8000-00000000000d"}]}
    """

  @Test(
    "a solution lists agents, robots and apps; a name that many have goes with the folder above")
  func solutions() throws {
    let estate = estate([
      "Pay/Pay.uipx": solution,
      "Pay/Agent/agent.json": agent,
      "Pay/PayBot/entry-points.json":
        "{\"$id\": \"entry-points.json\", \"entryPoints\": [{\"filePath\": \"Main.xaml\", \"uniqueId\": \"u\", \"type\": \"Process\"}]}",
    ])
    #expect(Set(estate.systems.map(\.name)) == ["Pay Agent", "PayBot"])
    #expect(estate.system(named: "PayBot")?.kind.value == .rpa)
    #expect(estate.applications.map(\.name).contains("Approvals"))
    #expect(estate.triggers.filter { $0.system == "PayBot" }.map(\.expression) == ["Main.xaml"])
  }

  @Test("bindings tell what an agent in code uses, and no more than is not told elsewhere")
  func bindings() {
    let bindings = """
      {"version": "2.0", "resources": [
        {"resource": "process", "key": "ClaimsBot", "value": {"name": {"defaultValue": "ClaimsBot"}},
         "metadata": {"subType": "process"}},
        {"resource": "queue", "key": "Claims", "value": {"name": {"defaultValue": "Claims"}}},
        {"resource": "asset", "key": "Key", "value": {"name": {"defaultValue": "ApiKey"}},
         "metadata": {"subType": "secret"}}]}
      """
    let coded = estate([
      "coded/bindings.json": bindings,
      "coded/entry-points.json":
        "{\"$id\": \"entry-points.json\", \"entryPoints\": [{\"filePath\": \"main\", \"uniqueId\": \"u\", \"type\": \"agent\"}]}",
    ])
    #expect(coded.system(named: "coded")?.kind.value == .agent)
    #expect(coded.system(named: "coded")?.unknowns.contains { $0.contains("in code") } == true)
    #expect(
      Set(shown(coded.connections)) == [
        "coded invokes system ClaimsBot by internal: binding",
        "coded writes data Claims by queue: binding",
      ])
    #expect(coded.credentials.map(\.name) == ["ApiKey"])
    let told = estate(project.merging(["Claims/bindings_v2.json": bindings]) { first, _ in first })
    #expect(told.connections.filter { $0.target.name == "ClaimsBot" }.map(\.action) == ["tool"])
  }

  @Test("a solution without projects and a project that binds nothing are no inventory")
  func empty() {
    let documents = imported([
      "a.uipx": "{\"SolutionId\": \"s\", \"Projects\": []}",
      "b/bindings.json": "{\"version\": \"2.0\", \"resources\": []}",
    ])
    #expect(documents.map(\.status) == [.notInventory, .notInventory])
    #expect(documents.allSatisfy { $0.problems.map(\.severity) == [.info] })
  }
}
