import Facts
import Importing
import Inventory
import Testing

/// A flow as Salesforce retrieves it, with elements of a test in it.
private func flow(
  _ elements: String, type: String = "AutoLaunchedFlow", label: String = "Refund Order",
  start: String = "<start/>"
) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <apiVersion>62.0</apiVersion>
    <label>\(label)</label>
    <processType>\(type)</processType>
    <status>Active</status>
    \(start)
    \(elements)
  </Flow>
  """
}

private func start(_ first: String, _ inner: String = "") -> String {
  "<start>\(inner)<connector><targetReference>\(first)</targetReference></connector></start>"
}

private func action(
  _ name: String, _ type: String, _ target: String = "", _ rest: String = ""
) -> String {
  """
  <actionCalls><name>\(name)</name><label>\(name) label</label><actionName>\(target)</actionName>
  <actionType>\(type)</actionType>\(rest)</actionCalls>
  """
}

@Suite("Salesforce flows")
struct SalesforceFlowTests {
  private let path = "flows/Refund_Order.flow-meta.xml"

  private func fragment(_ text: String) throws -> EstateFragment {
    try #require(imported([path: text]).first).fragment
  }

  @Test("a flow is known by its label and by the API name in its file's name")
  func names() throws {
    let document = try #require(imported([path: flow("")]).first)
    #expect(document.format == "salesforce-flow")
    #expect(document.status == .imported)
    let system = try #require(document.fragment.systems.first)
    #expect(system.name == "Refund Order")
    #expect(system.aliases == ["Refund_Order"])
    #expect(system.kind.value == .workflow)
    #expect(system.technology.value == "Salesforce Flow")
    #expect(system.status.value == .production)
    let other = imported(["flows/Pay-12.flow": flow("", label: "Pay out")])
    #expect(other.first?.fragment.systems.first?.name == "Pay")
    #expect(other.first?.fragment.systems.first?.aliases == ["Pay out"])
    #expect(other.first?.fragment.systems.first?.version.value == "12")
  }

  @Test("every element on the canvas is a step, the start too")
  func steps() throws {
    let lists = [
      "assignments", "collectionProcessors", "customErrors", "decisions", "loops",
      "recordRollbacks", "steps", "transforms", "waits",
    ]
    let elements = lists.map { "<\($0)><name>\($0)_1</name><label>L</label></\($0)>" }.joined()
    let kinds = try fragment(flow(elements)).steps.map { "\($0.id) \($0.kind.rawValue)" }
    #expect(
      kinds == [
        "start group", "assignments_1 action", "collectionProcessors_1 action",
        "customErrors_1 error-handling", "decisions_1 decision", "loops_1 group",
        "recordRollbacks_1 error-handling", "steps_1 action", "transforms_1 action", "waits_1 wait",
      ])
  }

  @Test(
    "records are read and written, by the name of their object also where a variable holds them")
  func records() throws {
    let elements = """
      <recordLookups><name>Get</name><object>Order__c</object></recordLookups>
      <recordUpdates><name>Set</name><inputReference>Get</inputReference></recordUpdates>
      <recordCreates><name>Tell</name><inputReference>event</inputReference></recordCreates>
      <recordDeletes><name>Drop</name><inputReference>unknown</inputReference></recordDeletes>
      <variables><name>event</name><objectType>Refunded__e</objectType></variables>
      """
    let fragment = try fragment(flow(elements))
    #expect(
      shown(fragment.connections) == [
        "Refund Order reads application Salesforce by internal: recordLookups",
        "Refund Order writes application Salesforce by internal: recordUpdates",
        "Refund Order writes application Salesforce by queue: recordCreates",
        "Refund Order writes application Salesforce by internal: recordDeletes",
      ])
    #expect(fragment.connections.map(\.data) == [["Order__c"], ["Order__c"], ["Refunded__e"], []])
  }

  @Test("actions call Apex, flows, prompts, services and people")
  func actions() throws {
    let queue = """
      <inputParameters><name>queueLabel</name><value><stringValue>Refunds</stringValue></value>
      </inputParameters>
      """
    let elements =
      action("a", "apex", "RefundCalculator") + action("b", "externalService", "Bank.payOut")
      + action("c", "emailAlert", "Order__c.Refunded") + action("d", "submit", "submit")
      + action("e", "generatePromptResponse", "Refund_Letter")
      + action("f", "routeWork", "routeWork", queue) + action("g", "slackPostMessage", "slack")
      + "<subflows><name>h</name><flowName>Close_Order</flowName></subflows>"
    let fragment = try fragment(flow(elements))
    #expect(
      shown(fragment.connections) == [
        "Refund Order invokes system RefundCalculator by internal: apex",
        "Refund Order invokes application Bank by api: payOut",
        "Refund Order writes application Salesforce by mail: emailAlert",
        "Refund Order invokes application Salesforce by people: submit",
        "Refund Order invokes system Refund_Letter by internal: generatePromptResponse",
        "Refund Order hands-over team Refunds by people: routeWork",
        "Refund Order writes application Slack by api: slackPostMessage",
        "Refund Order invokes system Close_Order by internal: subflow",
      ])
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind.rawValue) \($0.team ?? "-")" } == [
        "d approval -", "f work Refunds",
      ])
    #expect(fragment.systems.first?.unknowns.first?.contains("language model") == true)
  }

  @Test("what only a fault leads to handles errors; what nothing leads to is noted")
  func faults() throws {
    let elements = """
      <recordCreates><name>Create</name><object>Refund__c</object>
        <connector><targetReference>Done</targetReference></connector>
        <faultConnector><targetReference>Log</targetReference></faultConnector></recordCreates>
      <assignments><name>Log</name></assignments>
      <assignments><name>Done</name></assignments>
      <assignments><name>Lost</name></assignments>
      """
    let document = try #require(imported([path: flow(elements, start: start("Create"))]).first)
    let handlers = document.fragment.steps.filter { $0.kind == .errorHandling }
    #expect(handlers.map(\.id) == ["Log"])
    #expect(document.problems.map(\.severity) == [.info])
    #expect(document.problems.first?.message.contains("'Lost'") == true)
  }

  @Test("records, schedules, events and people start flows")
  func triggers() throws {
    func triggers(_ inner: String, _ type: String = "AutoLaunchedFlow") throws -> [String] {
      try fragment(flow("", type: type, start: "<start>\(inner)</start>")).triggers.map {
        "\($0.kind.rawValue) \($0.expression ?? "-")"
      }
    }
    #expect(
      try triggers(
        """
        <object>Order__c</object><recordTriggerType>Update</recordTriggerType>
        <triggerType>RecordAfterSave</triggerType>
        <scheduledPaths><name>Remind</name><offsetNumber>2</offsetNumber><offsetUnit>Days</offsetUnit>
        <timeSource>RecordTriggerEvent</timeSource></scheduledPaths>
        """) == [
          "event Order__c Update RecordAfterSave",
          "schedule Remind: 2 Days from RecordTriggerEvent",
        ])
    #expect(
      try triggers(
        """
        <triggerType>Scheduled</triggerType><schedule><frequency>Daily</frequency>
        <startDate>2026-01-05</startDate><startTime>06:00:00.000Z</startTime></schedule>
        """) == ["schedule Daily from 2026-01-05 at 06:00:00.000Z"])
    #expect(
      try triggers("<object>Paid__e</object><triggerType>PlatformEvent</triggerType>")
        == ["event Paid__e"])
    #expect(try triggers("", "Flow") == ["manual Flow"])
    #expect(try triggers("") == ["call AutoLaunchedFlow"])
    #expect(try triggers("<triggerType>Segment</triggerType>") == ["event Segment"])
    let builder = flow(
      """
      <processMetadataValues><name>ObjectType</name><value><stringValue>Case</stringValue></value>
      </processMetadataValues>
      """, type: "Workflow", start: "<startElementReference>x</startElementReference>")
    #expect(try fragment(builder).triggers.map(\.expression) == ["Case"])
    #expect(try fragment(builder).systems.first?.technology.value == "Salesforce Process Builder")
  }

  @Test("a schedule without records implies how often the flow runs")
  func volume() throws {
    let schedule =
      "<triggerType>Scheduled</triggerType><schedule><frequency>Weekly</frequency></schedule>"
    let system = try fragment(flow("", start: "<start>\(schedule)</start>")).systems.first
    #expect(system?.volume.value == Frequency(count: 1, per: .week))
    let perRecord = "<start><object>Order__c</object>\(schedule)</start>"
    #expect(try fragment(flow("", start: perRecord)).systems.first?.volume.isKnown == false)
  }

  @Test("steps of an orchestration are work of people, with their team, or flows in the background")
  func orchestration() throws {
    let elements = """
      <orchestratedStages><name>Check</name><label>Check</label>
        <exitActionName>Is_Checked</exitActionName>
        <stageSteps><name>Look</name><label>Look at it</label><actionName>Look_Screen</actionName>
          <actionType>stepInteractive</actionType><assignees><assignee><stringValue>Claims</stringValue>
          </assignee><assigneeType>Queue</assigneeType></assignees></stageSteps>
        <stageSteps><name>Agree</name><actionName>Agree_Screen</actionName>
          <actionType>stepApproval</actionType><assignees><assignee><stringValue>a@b.example</stringValue>
          </assignee><assigneeType>User</assigneeType></assignees></stageSteps>
        <stageSteps><name>Store</name><actionName>Store_It</actionName>
          <actionType>stepBackground</actionType></stageSteps>
      </orchestratedStages>
      """
    let fragment = try fragment(flow(elements, type: "Orchestrator"))
    #expect(fragment.systems.first?.kind.value == .orchestrator)
    #expect(
      fragment.steps.map { "\($0.id) \($0.kind.rawValue)" } == [
        "start group", "Check group", "Look human", "Agree human", "Store call",
      ])
    #expect(
      fragment.touchPoints.map { "\($0.step) \($0.kind.rawValue) \($0.team ?? "-")" } == [
        "Look work Claims", "Agree approval -",
      ])
    #expect(
      shown(fragment.connections) == [
        "Refund Order invokes system Is_Checked by internal: exitActionName",
        "Refund Order invokes system Look_Screen by people: stepInteractive",
        "Refund Order invokes system Agree_Screen by people: stepApproval",
        "Refund Order invokes system Store_It by internal: stepBackground",
      ])
  }

  @Test("the mode that a flow runs in is a permission")
  func permissions() throws {
    let text = flow("<runInMode>SystemModeWithoutSharing</runInMode>")
    #expect(
      try fragment(text).permissions.map(\.name) == ["run in SystemModeWithoutSharing"])
    #expect(try fragment(flow("<runInMode>DefaultMode</runInMode>")).permissions.isEmpty)
  }

  @Test("the definition of older orgs says whether a flow is active")
  func definition() throws {
    let text = """
      <FlowDefinition xmlns="http://soap.sforce.com/2006/04/metadata">
      <activeVersionNumber>0</activeVersionNumber></FlowDefinition>
      """
    let estate = estate([
      "flowDefinitions/Refund_Order.flowDefinition-meta.xml": text,
      "flows/Refund_Order.flow": flow("").replacing("<status>Active</status>", with: ""),
    ])
    #expect(estate.systems.map(\.name) == ["Refund_Order"])
    #expect(estate.systems.first?.status.value == .disabled)
  }

  @Test("elements without a name and of unknown kinds are noted")
  func problems() {
    expectProblems(
      path,
      flow(
        """
        1️⃣<assignments><label>x</label></assignments>
        2️⃣<dreams><name>Dream</name><locationX>1</locationX></dreams>
        3️⃣<subflows><name>Sub</name></subflows>
        """, start: ""),
      [(.medium, "has no name"), (.low, "'dreams'"), (.medium, "names no flow")])
  }

  /// An assignment of a value, given as the Metadata API writes it.
  private func assignment(_ name: String, _ value: String) -> String {
    """
    <assignments><name>\(name)</name><assignmentItems><assignToReference>x</assignToReference>
    <operator>Assign</operator><value>\(value)</value></assignmentItems></assignments>
    """
  }

  @Test(
    "what sets values to constants and does nothing else is told, not what works something out")
  func constants() throws {
    func signs(_ elements: String) throws -> [ExampleSign] {
      try #require(fragment(flow(elements)).systems.first).exampleSigns
        .filter { $0.kind == .constants }
    }
    let number = assignment("Weather", "<numberValue>72.5</numberValue>")
    let text = assignment("Sky", "<stringValue>Sunny</stringValue>")
    #expect(try signs(number).map(\.text) == ["1 value"])
    #expect(try signs(number + text).map(\.text) == ["2 values"])
    #expect(try signs(number + text).first?.evidence.location.element == "Weather")
    // A text with a value of something else, a reference, and any other element beside it.
    #expect(try signs(assignment("T", "<stringValue>{!name}</stringValue>")).isEmpty)
    #expect(try signs(assignment("T", "<elementReference>y</elementReference>")).isEmpty)
    for element in ["decisions", "recordLookups", "subflows", "screens", "actionCalls"] {
      #expect(try signs(number + "<\(element)><name>e</name></\(element)>").isEmpty, "\(element)")
    }
    #expect(try signs("").isEmpty)
  }

  @Test("names of variables, formulas and answers that stand in for something are told")
  func standIns() throws {
    let signs = try #require(
      fragment(
        flow(
          """
          <variables><name>dummy_input</name></variables><variables><name>amount</name></variables>
          <formulas><name>MockTransaction</name></formulas>
          \(assignment("Answer", "<stringValue>Mock Result 1</stringValue>"))
          \(assignment("More", "<elementReference>amount</elementReference>"))
          """)
      ).systems.first
    ).exampleSigns
    #expect(signs.map(\.text) == ["dummy_input", "MockTransaction", "Mock Result 1"])
    #expect(signs.allSatisfy { $0.kind == .named })
    #expect(signs.map(\.evidence.location.element) == ["dummy_input", "MockTransaction", "Answer"])
  }

  @Test("a truncated flow fails, and other metadata is left alone")
  func damaged() {
    let whole = flow("<screens><name>s</name></screens>")
    let cut = imported([path: String(whole.prefix(whole.count / 2))])
    #expect(cut.map(\.status) == [.failed])
    let other = imported([
      "o.xml": "<CustomObject xmlns=\"http://soap.sforce.com/2006/04/metadata\"/>"
    ])
    #expect(other.map(\.status) == [.notInventory])
  }
}
