import Facts
import Importing
import Inventory
import Testing

@Suite("UiPath Maestro flows, cases and API workflows")
struct UiPathMaestroTests {
  private let flow = """
    {"id": "0b2f3f6e-0000-4000-8000-000000000011", "version": "1.6", "name": "Disputes", "nodes": [
      {"id": "start", "type": "core.trigger.scheduled", "display": {"label": "Hourly"},
       "inputs": {"timerPreset": "R/PT1H"}},
      {"id": "read", "type": "uipath.connector.uipath-salesforce-slack.get-channel-info",
       "display": {"label": "Look up"}, "inputs": {"detail": {"connectionId": "c1", "method": "GET",
       "telemetryData": {"connectorName": "Slack", "operationType": "retrieve"}}}},
      {"id": "bot", "type": "uipath.core.rpa-workflow.0b2f3f6e-0000-4000-8000-000000000012",
       "display": {"label": "Run bot"}, "model": {"bindings": {"values": {"name": "DisputeBot"}}}},
      {"id": "agent", "type": "uipath.agent.autonomous", "display": {"label": "Analyst"},
       "inputs": {"source": "0b2f3f6e-0000-4000-8000-000000000013", "model": "gpt-4o",
        "systemPrompt": "You judge disputes. Cite the rules."}},
      {"id": "rules", "type": "uipath.agent.resource.context.index.rules.0b2f3f6e-0000-4000-8000-000000000014",
       "display": {"label": "Rules"}, "inputs": {}},
      {"id": "boss", "type": "uipath.agent.resource.escalation.coded-action-app",
       "display": {"label": "Ask boss"}, "inputs": {}},
      {"id": "check", "type": "uipath.human-in-the-loop.quick-form", "display": {"label": "Review dispute"},
       "inputs": {"recipient": {"assignee": {"type": "group", "value": "Finance"}}}},
      {"id": "ask", "type": "core.action.http.v2", "display": {"label": "Ask ledger"},
       "inputs": {"method": "POST", "url": "https://ledger.example.com/v1", "retryCount": 3, "timeout": "PT15M"}},
      {"id": "put", "type": "core.action.queue.create", "display": {"label": "Queue it"},
       "inputs": {"queue": "Disputes"}},
      {"id": "each", "type": "core.logic.loop", "display": {"label": "Each line"}, "inputs": {}},
      {"id": "which", "type": "core.logic.switch", "display": {"label": "Which"}, "inputs": {}},
      {"id": "hold", "type": "core.logic.delay", "display": {"label": "Hold"}, "inputs": {}},
      {"id": "mend", "type": "core.action.script", "display": {"label": "Mend"}, "inputs": {}},
      {"id": "part", "type": "core.subflow", "display": {"label": "Part"}, "inputs": {}},
      {"id": "end", "type": "core.control.end", "display": {"label": "End"}}],
     "edges": [{"sourceNodeId": "agent", "sourcePort": "context", "targetNodeId": "rules"},
      {"sourceNodeId": "agent", "sourcePort": "escalation", "targetNodeId": "boss"},
      {"sourceNodeId": "ask", "sourcePort": "error", "targetNodeId": "mend"}],
     "subflows": {"part": {"nodes": [{"id": "s", "type": "core.trigger.manual"},
      {"id": "inner", "type": "core.action.script", "display": {"label": "Inner"}}], "edges": []}}}
    """

  @Test("every node but the start and the end is a step of its kind, those of sub-flows too")
  func flowSteps() {
    let estate = estate(["Disputes.flow": flow])
    #expect(
      estate.steps.filter { $0.system == "Disputes" }.map { "\($0.id) \($0.kind)" } == [
        "read action", "bot call", "agent call", "rules action", "boss human", "check human",
        "ask action", "put action", "each group", "which decision", "hold wait",
        "mend errorHandling", "part group", "inner action",
      ])
    let ask = estate.steps.first { $0.id == "ask" }
    #expect(ask?.retries == 3)
    #expect(ask?.timeout == TimeSpan(iso8601: "PT15M"))
    #expect(estate.triggers.map { "\($0.kind) \($0.expression ?? "")" } == ["schedule R/PT1H"])
  }

  @Test("a flow leads to robots, agents, connectors, hosts, queues and people")
  func flowConnections() throws {
    let estate = estate(["Disputes.flow": flow])
    #expect(
      Set(shown(estate.connections)) == [
        "Disputes reads application Slack by api: get-channel-info",
        "Disputes invokes system DisputeBot by internal: rpa-workflow",
        "Disputes invokes system Analyst by internal: agent",
        "Analyst reads data rules by internal: context",
        "Analyst escalates application UiPath Action Center by people: Ask boss",
        "Disputes writes application ledger.example.com by api: POST",
        "Disputes writes data Disputes by queue: core.action.queue.create",
      ])
    #expect(
      estate.touchPoints.map { "\($0.step) \($0.kind) \($0.team ?? "")" }.sorted() == [
        "boss exception ", "check review Finance",
      ])
    let bot = try #require(estate.system(named: "0b2f3f6e-0000-4000-8000-000000000012"))
    #expect(bot.name == "DisputeBot")
    #expect(bot.kind.value == .rpa)
    let analyst = try #require(estate.system(named: "Analyst"))
    #expect(analyst.kind.value == .agent)
    #expect(analyst.models == ["gpt-4o"])
    #expect(analyst.purpose.value == "You judge disputes.")
  }

  @Test("an agent inside a flow and its own file are one system")
  func inlineAgent() throws {
    let id = "0b2f3f6e-0000-4000-8000-000000000013"
    let estate = estate([
      "p/Disputes.flow": flow,
      "p/\(id)/agent.json":
        "{\"type\": \"lowCode\", \"settings\": {\"model\": \"claude\"}, \"messages\": [], \"projectId\": \"\(id)\"}",
    ])
    #expect(estate.system(named: "Analyst")?.models == ["claude", "gpt-4o"])
  }

  @Test("nodes without id, of unknown type and with computed targets are noted")
  func flowProblems() {
    expectProblems(
      "f.flow",
      """
      {"nodes": [1️⃣{"type": "core.action.script"}, 2️⃣{"id": "x", "type": "acme.magic"},
        3️⃣{"id": "h", "type": "core.action.http", "inputs": {"url": "=js:$vars.start.url"}}], "edges": []}
      """,
      [(.medium, "no id"), (.low, "not known here"), (.info, "computed")])
  }

  // MARK: Cases

  private let plan = """
    {"id": "case-1", "version": "27.0.0", "name": "Onboarding case", "description": "Takes in a vendor",
     "metadata": {"caseIdentifier": "OB", "slaRules": [{"displayName": "Whole", "count": 10, "unit": "d",
       "escalationRule": [{"id": "esc", "displayName": "Tell owners", "action": {"type": "notification",
        "recipients": [{"scope": "UserGroup", "value": "Case owners"}]}, "triggerInfo": {"type": "at-risk"}}]}]},
     "bindings": [{"id": "b1", "resource": "process", "resourceSubType": "Agent", "default": "Classifier",
       "propertyAttribute": "name"}],
     "nodes": [{"id": "trigger_1", "type": "uipath.case.trigger", "data": {"inputs": {"serviceType": "timer", "timeCycle": "R/P1D"}}},
      {"id": "S1", "type": "case-management:Stage", "data": {"label": "Intake", "tasks": [
        [{"id": "t1", "type": "agent", "displayName": "Classify", "data": {"name": "=bindings.b1"}}],
        [{"id": "t2", "type": "wait-for-timer", "displayName": "Pause", "data": {"timeDuration": "PT1H"}},
         {"id": "t3", "type": "action", "displayName": "Approve vendor", "data": {"taskTitle": "Approve",
          "recipient": {"Type": 2, "Value": "jane.doe@example.com"}}}],
        [{"id": "t4", "type": "execute-connector-activity", "displayName": "Create record", "data": {"context": [
          {"name": "connectorKey", "value": "uipath-salesforce-sfdc"}, {"name": "operation", "value": "create"}]}}]]}},
      {"id": "S2", "type": "case-management:Stage", "data": {"label": "Trouble", "stageType": "exception"}}]}
    """

  @Test("stages and tasks are steps; agents, people and service levels are told")
  func caseFile() throws {
    let documents = imported(["caseplan.json": plan])
    #expect(documents.map(\.format) == ["uipath-case"])
    let estate = Estate(merging: documents)
    let system = try #require(estate.system(named: "Onboarding case"))
    #expect(system.purpose.value == "Takes in a vendor")
    #expect(
      estate.steps.map { "\($0.id) \($0.kind)" } == [
        "S1 group", "t1 call", "t2 wait", "t3 human", "t4 action", "S2 errorHandling",
      ])
    #expect(
      estate.touchPoints.map { "\($0.step) \($0.kind) \($0.team ?? "")" } == [
        "esc exception Case owners", "t3 approval ",
      ])
    #expect(
      shown(estate.connections).contains(
        "Onboarding case escalates team Case owners by people: at-risk"))
    #expect(
      shown(estate.connections).contains(
        "Onboarding case invokes system Classifier by internal: agent"))
    #expect(estate.system(named: "Classifier")?.kind.value == .agent)
    #expect(estate.connections.contains { $0.kind == .writes && $0.action == "create" })
    #expect(estate.guardrails.map(\.name) == ["Whole: 10 d"])
    #expect(estate.triggers.map(\.expression) == ["R/P1D"])
    #expect(!"\(estate)".contains("jane.doe"))
  }

  // MARK: Processes

  @Test("tasks of a Maestro process lead to connectors by product, hosts and A2A agents")
  func process() {
    func task(_ id: String, _ type: String, _ inputs: String) -> String {
      """
      <bpmn:serviceTask id="\(id)" name="\(id)"><bpmn:extensionElements><uipath:activity>
        <uipath:type value="\(type)"/><uipath:context>\(inputs)</uipath:context></uipath:activity>
      </bpmn:extensionElements></bpmn:serviceTask>
      """
    }
    let estate = estate([
      "p.bpmn": """
      <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
        xmlns:uipath="http://uipath.org/schema/bpmn"><bpmn:process id="p" name="Pay">
        <bpmn:extensionElements><uipath:caseManagement><![CDATA[{"owner": "pay-desk"}]]></uipath:caseManagement>
        </bpmn:extensionElements>
        \(task("a", "Intsvc.ActivityExecution", "<uipath:input name=\"connectorKey\" value=\"uipath-salesforce-slack\"/>"))
        \(task("b", "Intsvc.UnifiedHttpRequest", "<uipath:input name=\"url\" value=\"https://bank.example.com/x\"/><uipath:input name=\"method\" value=\"GET\"/>"))
        \(task("c", "A2A.AgentExecution", "<uipath:input name=\"name\" value=\"Ledger agent\"/>"))
      </bpmn:process></bpmn:definitions>
      """
    ])
    #expect(
      Set(shown(estate.connections)) == [
        "Pay invokes application Slack by api",
        "Pay invokes application bank.example.com by api: GET",
        "Pay invokes system Ledger agent by a2a",
      ])
    #expect(estate.system(named: "Ledger agent")?.kind.value == .agent)
    #expect(estate.system(named: "Pay")?.team.value == "pay-desk")
  }

  // MARK: API workflows

  private let workflow = """
    {"document": {"dsl": "1.0.0", "name": "Workflow", "version": "0.0.1"},
     "do": [{"Sequence_1": {"metadata": {"activityType": "Sequence"}, "do": [
      {"WorkflowStart": {"set": "${}", "metadata": {"activityType": "Assign", "isTransparent": true}}},
      {"Try_1": {"metadata": {"activityType": "TryCatch", "displayName": "Try"},
        "try": [{"Http_1": {"call": "UiPath.Http", "metadata": {"activityType": "Connector", "displayName": "Ask"},
          "with": {"connector": "uipath-uipath-http", "bodyParameters": {"method": "GET", "url": "https://facts.example.com/a"}}}}],
        "catch": {"do": [{"Say_1": {"response": "x", "metadata": {"activityType": "Response"}}}]}}},
      {"If_1#Wrapper": {"metadata": {"activityType": "If", "displayName": "If"}, "do": [
        {"If_1": {"switch": [], "metadata": {"displayName": "If"}}},
        {"If_1#Then": {"do": [{"Mail_1": {"call": "UiPath.IntSvc", "metadata": {"activityType": "Connector"},
          "with": {"connector": "uipath-salesforce-slack", "method": "POST", "endpoint": "/send_message"}}}]}}]}}]}}]}
    """

  @Test("activities are steps once; requests lead to hosts, connectors to products")
  func apiWorkflow() {
    let documents = imported(["Ship/Workflow.json": workflow])
    #expect(documents.map(\.format) == ["uipath-api-workflow"])
    let estate = Estate(merging: documents)
    #expect(estate.systems.map(\.name) == ["Ship"])
    #expect(
      estate.steps.map { "\($0.id) \($0.kind)" } == [
        "Sequence_1 group", "Try_1 errorHandling", "Http_1 action", "Say_1 action", "If_1 decision",
        "Mail_1 action",
      ])
    #expect(
      Set(shown(estate.connections)) == [
        "Ship reads application facts.example.com by api: GET",
        "Ship writes application Slack by api: send_message",
      ])
  }

  @Test("a file that is cut off fails, and nesting has a limit")
  func hostile() {
    for (path, text) in [("a.flow", flow), ("caseplan.json", plan), ("w.json", workflow)] {
      #expect(
        imported([path: String(text.prefix(text.count * 2 / 3))]).first?.status != .imported)
    }
    var nested = "{\"A\": {\"set\": 1, \"metadata\": {\"activityType\": \"Assign\"}}}"
    for _ in 0..<60 {
      nested = "{\"S\": {\"do\": [\(nested)], \"metadata\": {\"activityType\": \"Sequence\"}}}"
    }
    let deep = imported(["w.json": "{\"document\": {\"dsl\": \"1.0.0\"}, \"do\": [\(nested)]}"])
    #expect(deep.first?.fragment.steps.count == 61)
  }
}
