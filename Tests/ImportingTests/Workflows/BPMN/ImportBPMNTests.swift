import DocumentReading
import Facts
import Importing
import Inventory
import ProcessModel
import Testing

@Suite("BPMN files")
struct ImportBPMNTests {
  private func fragment(_ root: XMLElement) -> EstateFragment {
    importBPMN(root, path: "p.bpmn").fragment
  }

  /// `system → application x` and the like, for whole lists.
  private func shown(_ connections: [Connection]) -> [String] {
    connections.map { connection in
      var text = "\(connection.source.name) \(connection.kind.rawValue)"
      text += " \(connection.target.kind.rawValue) \(connection.target.name)"
      text += " by \(connection.channel.rawValue)"
      return connection.action.map { "\(text): \($0)" } ?? text
    }
  }

  @Test("a process becomes a workflow with purpose, version, technology and aliases")
  func system() throws {
    let root = try bpmn(
      """
      <bpmn:collaboration id="C"><bpmn:participant id="A" name="Loan desk" processRef="P"/>
      </bpmn:collaboration>
      <bpmn:process id="P" name="Loan" camunda:versionTag="2.1" isExecutable="false">
      <bpmn:documentation>Decides
        loans.</bpmn:documentation><bpmn:task id="T"/></bpmn:process>
      """)
    let (fragment, problems, isPartial) = importBPMN(root, path: "p.bpmn")
    let system = try #require(fragment.systems.first)
    #expect(system.name == "Loan")
    #expect(system.aliases == ["P"])
    #expect(system.kind.value == .workflow)
    #expect(system.technology.value == "Camunda 7")
    #expect(system.version.value == "2.1")
    #expect(system.purpose.value == "Decides loans.")
    #expect(!system.status.isKnown)
    #expect(system.unknowns.count == 1)
    #expect(fragment.processes.map(\.system) == ["Loan"])
    #expect(problems.isEmpty)
    #expect(!isPartial)
  }

  @Test(
    "names that tools propose for every process give way to the file's and the folder's",
    arguments: [
      ("id=\"Process_1\"", "flows/Claims.bpmn", "Claims"),
      ("id=\"Process_1\" name=\"Process\"", "Onboarding/Process.bpmn", "Onboarding"),
      ("id=\"Process_1\" name=\"New Process 2\"", "a.b.bpmn20.xml", "a.b"),
      ("id=\"payout\"", "flows/Claims.bpmn", "payout"),
      ("id=\"Process_0k9d1hm\"", "flows/Claims.bpmn", "Claims"),
      ("id=\"Process_1\"", "Process.bpmn", "Process_1"),
    ])
  func toolsNames(attributes: String, path: String, name: String) throws {
    let root = try bpmn("<bpmn:process \(attributes)><bpmn:task id=\"T\"/></bpmn:process>")
    #expect(importBPMN(root, path: path).fragment.systems.map(\.name) == [name])
  }

  @Test("a call of a global task of the same file leads to no other system")
  func globalTasks() throws {
    let root = try bpmn(
      """
      <bpmn:globalUserTask id="Shared"/><bpmn:process id="P" name="Loan">
      <bpmn:callActivity id="C" calledElement="Shared"/></bpmn:process>
      """)
    #expect(fragment(root).connections.isEmpty)
  }

  @Test(
    "the product is told by platform, extensions or exporter",
    arguments: [
      ("xmlns:m=\"urn:m\" m:executionPlatform=\"Camunda Cloud\"", "", "Camunda 8"),
      ("xmlns:m=\"urn:m\" m:executionPlatform=\"Camunda Platform\"", "", "Camunda 7"),
      ("exporter=\"Camunda Modeler\"", "<zeebe:userTask/>", "Camunda 8"),
      ("", "<uipath:activity/>", "UiPath Maestro"), ("", "<drools:metaData/>", "jBPM"),
      (
        "exporter=\"Signavio Process Editor, http://www.signavio.com\"", "",
        "Signavio Process Editor"
      ),
      ("exporter=\"bpmn-js (https://demo.bpmn.io)\"", "", "bpmn-js"), ("", "", nil),
    ] as [(String, String, String?)])
  func technology(attributes: String, extensions: String, product: String?) throws {
    let root = try bpmnProcess(
      "<bpmn:task id=\"T\"><bpmn:extensionElements>\(extensions)</bpmn:extensionElements></bpmn:task>",
      attributes: attributes)
    #expect(fragment(root).systems.first?.technology.value == product)
  }

  @Test("steps have kind, retries and the timeout of an interrupting timer")
  func steps() throws {
    let root = try bpmnProcess(
      """
      <bpmn:startEvent id="S"/><bpmn:serviceTask id="A"><bpmn:extensionElements>
        <zeebe:taskDefinition type="x" retries="4"/></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:boundaryEvent id="B1" attachedToRef="A"><bpmn:timerEventDefinition>
        <bpmn:timeDuration>PT90M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
      <bpmn:boundaryEvent id="B2" attachedToRef="A" cancelActivity="false"><bpmn:timerEventDefinition>
        <bpmn:timeDuration>PT1M</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
      <bpmn:boundaryEvent id="B3" attachedToRef="A"><bpmn:errorEventDefinition/></bpmn:boundaryEvent>
      <bpmn:serviceTask id="C"><bpmn:extensionElements><camunda:failedJobRetryTimeCycle>R3/PT10M
        </camunda:failedJobRetryTimeCycle></bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:serviceTask id="C2" camunda:class="x.Y"><bpmn:extensionElements>
        <camunda:failedJobRetryTimeCycle>R3/PT10M</camunda:failedJobRetryTimeCycle>
        </bpmn:extensionElements></bpmn:serviceTask>
      <bpmn:exclusiveGateway id="G"/><bpmn:exclusiveGateway id="Join"/><bpmn:parallelGateway id="Par"/>
      <bpmn:receiveTask id="R"/><bpmn:businessRuleTask id="D"/><bpmn:callActivity id="Call"/>
      <bpmn:sequenceFlow id="F1" sourceRef="G" targetRef="R"/>
      <bpmn:sequenceFlow id="F2" sourceRef="G" targetRef="D"/>
      """)
    let steps = fragment(root).steps
    #expect(
      steps.map(\.id) == [
        "S", "A", "B1", "B2", "B3", "C", "C2", "G", "Join", "Par", "R", "D", "Call",
      ])
    #expect(
      steps.map(\.kind) == [
        .group, .call, .wait, .wait, .errorHandling, .call, .call, .decision, .group, .group, .wait,
        .decision, .call,
      ])
    #expect(steps[1].retries == 3)
    #expect(steps[1].timeout == TimeSpan(seconds: 5400))
    #expect(steps[6].retries == 2)
    #expect(steps[10].timeout == nil)
  }

  @Test(
    "what a person does is judged by the label",
    arguments: [
      ("Approve invoice", .approval), ("Second sign-off", .approval),
      ("Kredit genehmigen", .approval),
      ("Freigabe durch Leitung", .approval), ("Release payment", .approval),
      ("Authorise transfer", .approval), ("Assign Approver", .work), ("Request approval", .work),
      ("Check documents", .review), ("Unterlagen prüfen", .review), ("Verify identity", .review),
      ("Checkout", .work), ("Handle exception", .exception), ("Enter order", .form),
      ("Call customer", .work), ("", .work),
    ] as [(String, HumanTouchPoint.Kind)])
  func wording(name: String, kind: HumanTouchPoint.Kind) throws {
    let root = try bpmnProcess("<bpmn:userTask id=\"U\" name=\"\(name)\"/>")
    #expect(fragment(root).touchPoints.map(\.kind) == [kind])
  }

  @Test("people come from lanes, else from candidate groups, never from a pool or a person")
  func teams() throws {
    let root = try bpmn(
      """
      <bpmn:collaboration id="C"><bpmn:participant id="A" name="Engine" processRef="P"/>
      </bpmn:collaboration><bpmn:process id="P"><bpmn:laneSet><bpmn:lane id="L" name="Clerks">
      <bpmn:flowNodeRef>A</bpmn:flowNodeRef><bpmn:flowNodeRef>B</bpmn:flowNodeRef></bpmn:lane>
      <bpmn:lane id="L2" name="Robots"><bpmn:flowNodeRef>B</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
      <bpmn:userTask id="A" camunda:candidateGroups="backoffice"/><bpmn:serviceTask id="B"/>
      <bpmn:manualTask id="D" camunda:candidateGroups="risk,legal" camunda:formKey="f"/>
      <bpmn:userTask id="E" camunda:assignee="demo"/>
      <bpmn:userTask id="F" camunda:candidateGroups="${groups}"/></bpmn:process>
      """)
    let fragment = fragment(root)
    #expect(fragment.touchPoints.map(\.team) == ["Clerks", "risk", nil, nil])
    #expect(fragment.touchPoints.map(\.kind) == [.work, .form, .work, .work])
    #expect(fragment.teams.map(\.name) == ["Clerks", "backoffice", "risk", "legal"])
  }

  @Test("a human task right after an error is an exception")
  func exceptions() throws {
    let root = try bpmnProcess(
      """
      <bpmn:serviceTask id="A"/><bpmn:boundaryEvent id="B" attachedToRef="A"><bpmn:errorEventDefinition/>
      </bpmn:boundaryEvent><bpmn:userTask id="U" name="Correct data"/>
      <bpmn:sequenceFlow id="F" sourceRef="B" targetRef="U"/>
      """)
    #expect(fragment(root).touchPoints.map(\.kind) == [.exception])
  }

  @Test("timers and messages at the start are triggers, inside they are not")
  func triggers() throws {
    let root = try bpmn(
      """
      <bpmn:message id="M" name="Order"/><bpmn:process id="P">
      <bpmn:startEvent id="S1"><bpmn:timerEventDefinition><bpmn:timeCycle>0 0 9 * * *</bpmn:timeCycle>
      </bpmn:timerEventDefinition></bpmn:startEvent>
      <bpmn:startEvent id="S2"><bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent>
      <bpmn:startEvent id="S3"/>
      <bpmn:subProcess id="Sub" triggeredByEvent="true"><bpmn:startEvent id="S4">
      <bpmn:messageEventDefinition messageRef="M"/></bpmn:startEvent></bpmn:subProcess></bpmn:process>
      """)
    let triggers = fragment(root).triggers
    #expect(triggers.map(\.kind) == [.schedule, .event])
    #expect(triggers.map(\.expression) == ["0 0 9 * * *", "Order"])
  }

  @Test("services, decisions, calls and connectors become connections")
  func connections() throws {
    func camunda8(_ id: String, _ type: String, _ inputs: String = "") -> String {
      """
      <bpmn:serviceTask id="\(id)" name="\(id)"><bpmn:extensionElements>
      <zeebe:taskDefinition type="\(type)"/><zeebe:ioMapping>\(inputs)</zeebe:ioMapping>
      </bpmn:extensionElements></bpmn:serviceTask>
      """
    }
    let root = try bpmnProcess(
      camunda8("a", "score") + camunda8("b", "io.camunda:sendgrid:1")
        + camunda8(
          "c", "io.camunda:http-json:1",
          "<zeebe:input source=\"=&quot;https://api.acme.com/v1/&quot; + id\" target=\"url\"/>"
            + "<zeebe:input source=\"POST\" target=\"method\"/>")
        + camunda8("d", "io.camunda:http-json:1", "<zeebe:input source=\"=url\" target=\"url\"/>")
          + """
          <bpmn:businessRuleTask id="e"><bpmn:extensionElements><zeebe:calledDecision decisionId="Risk"/>
          </bpmn:extensionElements></bpmn:businessRuleTask>
          <bpmn:businessRuleTask id="f" flowable:decisionTableReferenceKey="Rating"/>
          <bpmn:serviceTask id="g" camunda:type="external" camunda:topic="${t}"/>
          <bpmn:callActivity id="h" calledElement="Other"/>
          <bpmn:callActivity id="i"><bpmn:extensionElements><zeebe:calledElement processId="=next"/>
          </bpmn:extensionElements></bpmn:callActivity>
          <bpmn:serviceTask id="j"><bpmn:extensionElements><uipath:activity>
            <uipath:type value="Orchestrator.StartJob"/><uipath:context>
            <uipath:input name="name" value="=bindings.b1"/></uipath:context></uipath:activity>
            </bpmn:extensionElements></bpmn:serviceTask>
          <bpmn:serviceTask id="k" flowable:type="http"><bpmn:extensionElements>
            <flowable:field name="requestUrl"><flowable:string>https://crm.acme.com/x</flowable:string>
            </flowable:field></bpmn:extensionElements></bpmn:serviceTask>
          <bpmn:serviceTask id="l" camunda:class="org.x.Y"/>
          <bpmn:extensionElements><uipath:bindings><uipath:binding id="b1" default="Invoice bot"/>
          </uipath:bindings></bpmn:extensionElements>
          """)
    let fragment = fragment(root)
    #expect(
      shown(fragment.connections) == [
        "Loan invokes application score by api",
        "Loan invokes application SendGrid by mail",
        "Loan invokes application api.acme.com by api: POST",
        "Loan invokes application url of Loan by api",
        "Loan invokes system Risk by internal: decide",
        "Loan invokes system Rating by internal: decide",
        "Loan invokes application t of Loan by api",
        "Loan invokes system Other by internal",
        "Loan invokes system Invoice bot by internal",
        "Loan invokes application crm.acme.com by api",
        "Loan invokes application Y by internal",
      ])
    // d, g and i are computed at run time.
    #expect(fragment.systems.first?.unknowns.count == 3)
  }

  @Test(
    "properties that a modeller has added name owner and team",
    arguments: [
      (
        "<camunda:properties><camunda:property name=\"Process owner\" value=\"Ada Lovelace\"/></camunda:properties>",
        "Ada Lovelace", nil
      ),
      (
        "<zeebe:properties><zeebe:property name=\"team\" value=\"Lending\"/></zeebe:properties>",
        nil, "Lending"
      ),
      (
        "<zeebe:properties><zeebe:property name=\"color\" value=\"red\"/></zeebe:properties>", nil,
        nil
      ),
    ] as [(String, String?, String?)])
  func ownProperties(extensions: String, owner: String?, team: String?) throws {
    let root = try bpmnProcess(
      "<bpmn:extensionElements>\(extensions)</bpmn:extensionElements><bpmn:task id=\"T\"/>")
    let system = try #require(fragment(root).systems.first)
    #expect(system.owner.value == owner)
    #expect(system.team.value == team)
  }

  @Test("a group of rules that a process asks for is said to be one")
  func groupsOfRules() throws {
    let root = try bpmnProcess("<bpmn:businessRuleTask id=\"B\" drools:ruleFlowGroup=\"visas\"/>")
    let connections = fragment(root).connections
    #expect(connections.map(\.target.name) == ["visas"])
    #expect(connections.first?.evidence.first?.note == "a group of rules")
  }

  @Test("code behind a task is a component of its name; more than one call names nothing")
  func components() throws {
    let root = try bpmnProcess(
      """
      <bpmn:serviceTask id="a" camunda:delegateExpression="${ledger}"/>
      <bpmn:serviceTask id="b" camunda:expression="#{rating.check(amount)}"/>
      <bpmn:serviceTask id="c" flowable:expression="${a.b() + c.d()}"/>
      <bpmn:endEvent id="d"><bpmn:messageEventDefinition camunda:type="external" camunda:topic="post"/>
      </bpmn:endEvent>
      """)
    #expect(
      shown(fragment(root).connections) == [
        "Loan invokes application ledger by internal",
        "Loan invokes application rating by internal: check",
        "Loan invokes application post by api",
      ])
  }

  @Test("what starts a process from outside is its trigger, and calls it where it has a name")
  func inbound() throws {
    func start(_ id: String, _ type: String) -> String {
      """
      <bpmn:startEvent id="\(id)"><bpmn:extensionElements><zeebe:properties>
      <zeebe:property name="inbound.type" value="\(type)"/>
      <zeebe:property name="inbound.context" value="orders"/></zeebe:properties>
      </bpmn:extensionElements></bpmn:startEvent>
      """
    }
    let root = try bpmnProcess(
      start("a", "io.camunda:webhook:1") + start("b", "io.camunda:connector-kafka-inbound:1"))
    let fragment = fragment(root)
    #expect(fragment.triggers.map(\.kind) == [.event, .event])
    #expect(
      fragment.triggers.map(\.expression) == ["orders", "io.camunda:connector-kafka-inbound:1"])
    #expect(
      shown(fragment.connections).map { $0.lowercased() } == [
        "apache kafka triggers system loan by queue"
      ])
  }

  @Test("UiPath Maestro's tasks call agents, connectors, rules, cases and agents of others")
  func maestro() throws {
    func task(_ id: String, _ type: String, _ inputs: [String: String], kind: String) -> String {
      let context = inputs.sorted { $0.key < $1.key }.map {
        "<uipath:input name=\"\($0.key)\" value=\"\($0.value)\"/>"
      }
      return """
        <bpmn:\(kind) id="\(id)" name="\(id)"><bpmn:extensionElements><uipath:activity>
        <uipath:type value="\(type)"/><uipath:context>\(context.joined())</uipath:context>
        </uipath:activity></bpmn:extensionElements></bpmn:\(kind)>
        """
    }
    let root = try bpmnProcess(
      task("a", "Orchestrator.StartAgentJob", ["name": "Triage"], kind: "serviceTask")
        + task("b", "A2A.AgentExecution", ["name": "Broker agent"], kind: "serviceTask")
        + task("c", "Orchestrator.StartAgenticProcessAsync", ["name": "Pay"], kind: "callActivity")
        + task("d", "Orchestrator.BusinessRules", ["name": "Limits"], kind: "businessRuleTask")
        + task("e", "Orchestrator.CreateQueueItem", ["name": "Invoices"], kind: "sendTask")
        + task("f", "Intsvc.HttpExecution", ["url": "https://crm.example.com/a"], kind: "sendTask")
        + task("g", "Actions.HITL", [:], kind: "userTask"))
    let fragment = fragment(root)
    #expect(
      shown(fragment.connections) == [
        "Loan invokes system Triage by internal", "Loan invokes system Broker agent by a2a",
        "Loan invokes system Pay by internal", "Loan invokes system Limits by internal: decide",
        "Loan writes data Invoices by queue", "Loan invokes application crm.example.com by api",
      ])
    #expect(fragment.touchPoints.map(\.step) == ["g"])
    #expect(fragment.systems.first { $0.name == "Loan" }?.unknowns == [])
  }

  @Test("an agent is a system of its own and calls the tools in its sub-process")
  func agents() throws {
    let root = try bpmnProcess(
      """
      <bpmn:adHocSubProcess id="Ag" name="Support agent"><bpmn:extensionElements>
        <zeebe:taskDefinition type="io.camunda.agenticai:aiagent-job-worker:1"/>
        <zeebe:ioMapping><zeebe:input source="some-model" target="provider.openai.model.model"/>
        </zeebe:ioMapping></bpmn:extensionElements>
        <bpmn:serviceTask id="T1"><bpmn:extensionElements><zeebe:taskDefinition type="refund"/>
        </bpmn:extensionElements></bpmn:serviceTask>
        <bpmn:userTask id="T2" name="Ask analyst"/></bpmn:adHocSubProcess>
      """)
    let fragment = fragment(root)
    #expect(
      shown(fragment.connections) == [
        "Loan invokes system Support agent by internal",
        "Support agent invokes application refund by api",
      ])
    let agent = try #require(fragment.systems.first { $0.name == "Support agent" })
    #expect(agent.kind.value == .agent)
    #expect(agent.models == ["some-model"])
    #expect(fragment.touchPoints.map(\.step) == ["T2"])
  }

  @Test("data objects and stores are read and written, variables are not")
  func data() throws {
    let root = try bpmn(
      """
      <bpmn:dataStore id="DS" name="Customer file"/><bpmn:process id="P" name="Loan">
      <bpmn:property id="v" name="variable"/>
      <bpmn:dataStoreReference id="R" dataStoreRef="DS"/><bpmn:dataObject id="O" name="Offer"/>
      <bpmn:dataObjectReference id="OR" dataObjectRef="O"/>
      <bpmn:task id="T"><bpmn:dataInputAssociation><bpmn:sourceRef>R</bpmn:sourceRef>
        <bpmn:targetRef>x</bpmn:targetRef></bpmn:dataInputAssociation>
        <bpmn:dataInputAssociation><bpmn:sourceRef>v</bpmn:sourceRef></bpmn:dataInputAssociation>
        <bpmn:dataOutputAssociation><bpmn:targetRef>OR</bpmn:targetRef></bpmn:dataOutputAssociation>
      </bpmn:task><bpmn:task id="U"/>
      <bpmn:association id="A" sourceRef="OR" targetRef="U" associationDirection="One"/></bpmn:process>
      """)
    #expect(
      shown(fragment(root).connections) == [
        "Loan reads data Customer file by unknown", "Loan writes data Offer by unknown",
        "Loan reads data Offer by unknown",
      ])
  }

  @Test("messages lead from pool to pool; a black box is people unless its name says software")
  func messages() throws {
    let root = try bpmn(
      """
      <bpmn:collaboration id="C"><bpmn:participant id="A" name="Bank" processRef="P"/>
      <bpmn:participant id="B" name="Customer"/><bpmn:participant id="D" name="Rating service"/>
      <bpmn:participant id="E" name="Broker" processRef="Q"/>
      <bpmn:messageFlow id="M1" name="Request" sourceRef="B" targetRef="S"/>
      <bpmn:messageFlow id="M2" sourceRef="T" targetRef="D"/>
      <bpmn:messageFlow id="M3" sourceRef="E" targetRef="T"/>
      <bpmn:messageFlow id="M4" sourceRef="S" targetRef="T"/></bpmn:collaboration>
      <bpmn:process id="P"><bpmn:startEvent id="S"/><bpmn:task id="T"/></bpmn:process>
      <bpmn:process id="Q"><bpmn:task id="X"/></bpmn:process>
      """)
    let fragment = fragment(root)
    #expect(
      shown(fragment.connections) == [
        "Customer triggers system Bank by people: Request",
        "Bank invokes application Rating service by unknown",
        "Broker invokes system Bank by unknown",
      ])
    #expect(fragment.teams.map(\.name) == ["Customer"])
  }

  @Test("of a process whose flows lead nowhere the steps are listed, where another one can be used")
  func broken() throws {
    let root = try bpmn(
      """
      <bpmn:process id="P" name="Loan"><bpmn:task id="A"/></bpmn:process>
      <bpmn:process id="Q" name="Payout"><bpmn:userTask id="B"/>
      <bpmn:sequenceFlow id="F" sourceRef="B" targetRef="Gone"/></bpmn:process>
      """)
    let (fragment, problems, isPartial) = importBPMN(root, path: "p.bpmn")
    #expect(fragment.systems.map(\.name) == ["Loan", "Payout"])
    #expect(fragment.steps.map(\.id) == ["A", "B"])
    #expect(fragment.processes.map(\.system) == ["Loan"])
    #expect(fragment.touchPoints.map(\.step) == ["B"])
    #expect(problems.count == 1 && isPartial)
  }

  @Test("a file whose only process fails says nothing")
  func failed() throws {
    let root = try bpmnProcess("<bpmn:sequenceFlow id=\"F\" sourceRef=\"A\" targetRef=\"B\"/>")
    let (fragment, problems, isPartial) = importBPMN(root, path: "p.bpmn")
    #expect(fragment.isEmpty)
    #expect(problems.map(\.severity) == [.high, .high])
    #expect(isPartial)
  }
}
