import DocumentReading
import Facts
import Importing
import Inventory
import ProcessModel
import Testing

@Suite("BPMN processes")
struct ReadBusinessProcessesTests {
  @Test("elements, flows, conditions and defaults are read in document order")
  func flow() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess(
        """
        <bpmn:startEvent id="S"/>
        <bpmn:exclusiveGateway id="G" name="Amount&#10;  high?" default="F3"/>
        <bpmn:userTask id="A" name="Approve"/><bpmn:endEvent id="E"/>
        <bpmn:sequenceFlow id="F1" sourceRef="S" targetRef="G"/>
        <bpmn:sequenceFlow id="F2" name="yes" sourceRef="G" targetRef="A">
          <bpmn:conditionExpression>amount &gt; 10</bpmn:conditionExpression></bpmn:sequenceFlow>
        <bpmn:sequenceFlow id="F3" sourceRef="G" targetRef="E"/>
        <bpmn:sequenceFlow id="F4" sourceRef="A" targetRef="E"/>
        """), path: "p.bpmn")
    let process = try #require(reading.processes.first)
    #expect(reading.problems.isEmpty)
    #expect(process.name == "Loan")
    #expect(process.elements.map(\.id) == ["S", "G", "A", "E"])
    #expect(
      process.elements.map(\.kind) == [
        .startEvent(.none), .gateway(.exclusive), .task(.user), .endEvent(.none),
      ])
    #expect(process.element("G")?.name == "Amount high?")
    #expect(process.element("G")?.defaultFlow == "F3")
    #expect(process.flows.map(\.condition) == [nil, "amount > 10", nil, nil])
    #expect(process.flows[1].name == "yes")
    #expect(process.flows[0].location.element == "F1")
  }

  @Test("any prefix, and none, stands for the BPMN namespace")
  func prefixes() throws {
    let text = """
      <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:other">
      <process id="P"><task id="T"/><x:task id="other"/></process></definitions>
      """
    let reading = readBusinessProcesses(try parseXML(Array(text.utf8), path: "p"), path: "p")
    #expect(reading.processes.first?.elements.map(\.id) == ["T"])
  }

  @Test("a sequence flow to nowhere fails its process, naming what was meant")
  func danglingFlow() throws {
    let reading = readBusinessProcesses(
      try bpmn(
        """
        <bpmn:process id="P1"><bpmn:task id="CheckLoan"/>
        <bpmn:sequenceFlow id="F1" sourceRef="CheckLoan" targetRef="ChekLoan"/></bpmn:process>
        <bpmn:process id="P2"><bpmn:task id="T"/></bpmn:process>
        """), path: "p.bpmn")
    #expect(reading.processes.map(\.id) == ["P2"])
    #expect(reading.failedProcesses == ["P1"])
    let problem = try #require(reading.problems.first)
    #expect(problem.severity == .high)
    #expect(problem.location.description == "p.bpmn:6:1 (F1)")
    #expect(
      problem.message
        == "the sequence flow 'F1' names 'ChekLoan' as its target, which is not in the"
        + " process 'P1'; did you mean 'CheckLoan'?")
  }

  @Test("a boundary event on nothing fails its process too")
  func danglingBoundary() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess("<bpmn:boundaryEvent id=\"B\" attachedToRef=\"None\"/>"), path: "p.bpmn")
    #expect(reading.failedProcesses == ["P"])
    #expect(reading.problems.map(\.severity) == [.high])
  }

  @Test("a doubled id and a missing id are problems, and the rest is read")
  func identifiers() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess(
        """
        <bpmn:task id="A" name="first"/>
        <bpmn:task id="A" name="second"/>
        <bpmn:task name="nameless"/>
        <bpmn:sequenceFlow sourceRef="A" targetRef="A"/>
        """), path: "p.bpmn")
    #expect(reading.processes.first?.elements.map(\.name) == ["first"])
    #expect(reading.processes.first?.flows.map(\.id) == ["A → A"])
    #expect(reading.problems.map(\.severity) == [.high, .high, .low])
    #expect(reading.problems.map(\.location.line) == [6, 7, 8])
    #expect(reading.problems[0].message.contains("first in line 5"))
  }

  @Test("an unknown default flow is dropped, and reported")
  func unknownDefault() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess("<bpmn:exclusiveGateway id=\"G\" default=\"F9\"/>"), path: "p.bpmn")
    #expect(reading.processes.first?.elements.first?.defaultFlow == nil)
    #expect(reading.problems.map(\.severity) == [.medium])
  }

  @Test("the innermost lane counts, then the lane of the sub-process, then the pool")
  func lanes() throws {
    let reading = readBusinessProcesses(
      try bpmn(
        """
        <bpmn:collaboration id="C"><bpmn:participant id="Pool" name="Bank" processRef="P"/>
        </bpmn:collaboration>
        <bpmn:process id="P"><bpmn:laneSet>
          <bpmn:lane id="L1" name="Sales"><bpmn:flowNodeRef>A</bpmn:flowNodeRef>
            <bpmn:flowNodeRef>Sub</bpmn:flowNodeRef>
            <bpmn:childLaneSet><bpmn:lane id="L2" name="Clerk">
              <bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet></bpmn:lane>
          </bpmn:laneSet>
          <bpmn:task id="A"/><bpmn:subProcess id="Sub"><bpmn:task id="Inner"/></bpmn:subProcess>
          <bpmn:task id="Free"/>
        </bpmn:process>
        """), path: "p.bpmn")
    let process = try #require(reading.processes.first)
    #expect(process.name == "Bank")
    #expect(process.elements.map(\.lane) == ["Clerk", "Sales", "Sales", "Bank"])
    #expect(process.elements.map(\.parent) == [nil, nil, "Sub", nil])
  }

  @Test(
    "events tell what they wait for or throw",
    arguments: [
      ("", .none),
      (
        "<bpmn:timerEventDefinition><bpmn:timeDuration>PT5M</bpmn:timeDuration></bpmn:timerEventDefinition>",
        .timer(.duration, "PT5M")
      ),
      (
        "<bpmn:timerEventDefinition><bpmn:timeCycle>R/P1D</bpmn:timeCycle></bpmn:timerEventDefinition>",
        .timer(.cycle, "R/P1D")
      ),
      ("<bpmn:timerEventDefinition/>", .timer(.unspecified, nil)),
      ("<bpmn:messageEventDefinition messageRef=\"M\"/>", .message("Paid")),
      ("<bpmn:messageEventDefinition/>", .message(nil)),
      ("<bpmn:errorEventDefinition errorRef=\"ns:Err\"/>", .error("E-42")),
      ("<bpmn:escalationEventDefinition escalationRef=\"Unknown\"/>", .escalation("Unknown")),
      ("<bpmn:signalEventDefinition signalRef=\"Sig\"/>", .signal("Alarm")),
      (
        "<bpmn:conditionalEventDefinition><bpmn:condition>x &gt; 1</bpmn:condition></bpmn:conditionalEventDefinition>",
        .conditional("x > 1")
      ),
      ("<bpmn:terminateEventDefinition/>", .terminate),
      ("<bpmn:compensateEventDefinition/>", .compensation),
      ("<bpmn:cancelEventDefinition/>", .cancel),
      ("<bpmn:linkEventDefinition name=\"L\"/>", .link("L")),
      ("<bpmn:signalEventDefinition/><bpmn:messageEventDefinition/>", .multiple),
      ("<bpmn:eventDefinitionRef>Shared</bpmn:eventDefinitionRef>", .timer(.date, "2026-01-01")),
    ] as [(String, FlowElement.EventTrigger)])
  func events(definition: String, trigger: FlowElement.EventTrigger) throws {
    let reading = readBusinessProcesses(
      try bpmn(
        """
        <bpmn:message id="M" name="Paid"/><bpmn:error id="Err" errorCode="E-42" name="n"/>
        <bpmn:signal id="Sig" name="Alarm"/>
        <bpmn:timerEventDefinition id="Shared"><bpmn:timeDate>2026-01-01</bpmn:timeDate>
        </bpmn:timerEventDefinition>
        <bpmn:process id="P"><bpmn:task id="T"/>
        <bpmn:startEvent id="S">\(definition)</bpmn:startEvent>
        <bpmn:endEvent id="E">\(definition)</bpmn:endEvent>
        <bpmn:intermediateCatchEvent id="C">\(definition)</bpmn:intermediateCatchEvent>
        <bpmn:intermediateThrowEvent id="I">\(definition)</bpmn:intermediateThrowEvent>
        <bpmn:boundaryEvent id="B" attachedToRef="T" cancelActivity="false">\(definition)
        </bpmn:boundaryEvent></bpmn:process>
        """), path: "p.bpmn")
    #expect(
      reading.processes.first?.elements.map(\.kind) == [
        .task(.abstract), .startEvent(trigger), .endEvent(trigger), .intermediateCatch(trigger),
        .intermediateThrow(trigger), .boundary(trigger, attachedTo: "T", interrupting: false),
      ])
  }

  @Test("tasks, sub-processes and gateways are told apart")
  func kinds() throws {
    let names: [(String, FlowElement.Kind)] = [
      ("task", .task(.abstract)), ("userTask", .task(.user)), ("manualTask", .task(.manual)),
      ("serviceTask", .task(.service)), ("sendTask", .task(.send)),
      ("receiveTask", .task(.receive)), ("scriptTask", .task(.script)),
      ("businessRuleTask", .task(.businessRule)), ("subProcess", .subProcess(.embedded)),
      ("transaction", .subProcess(.transaction)), ("adHocSubProcess", .subProcess(.adHoc)),
      ("exclusiveGateway", .gateway(.exclusive)), ("inclusiveGateway", .gateway(.inclusive)),
      ("parallelGateway", .gateway(.parallel)), ("eventBasedGateway", .gateway(.eventBased)),
      ("complexGateway", .gateway(.complex)), ("callActivity", .callActivity(calledElement: nil)),
    ]
    let content = names.enumerated().map { "<bpmn:\($1.0) id=\"E\($0)\"/>" }.joined()
    let reading = readBusinessProcesses(
      try bpmnProcess(content + "<bpmn:subProcess id=\"X\" triggeredByEvent=\"true\"/>"),
      path: "p.bpmn")
    #expect(
      reading.processes.first?.elements.map(\.kind) == names.map(\.1) + [.subProcess(.event)])
  }

  @Test("loops and multiple instances are read in every dialect")
  func loops() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess(
        """
        <bpmn:task id="A"><bpmn:standardLoopCharacteristics><bpmn:loopCondition>x</bpmn:loopCondition>
        </bpmn:standardLoopCharacteristics></bpmn:task>
        <bpmn:task id="B"><bpmn:multiInstanceLoopCharacteristics isSequential="true">
        <bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>
        <bpmn:task id="C"><bpmn:multiInstanceLoopCharacteristics camunda:collection="items"/></bpmn:task>
        <bpmn:task id="D"><bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>
        <zeebe:loopCharacteristics inputCollection="=orders"/></bpmn:extensionElements>
        </bpmn:multiInstanceLoopCharacteristics></bpmn:task>
        """), path: "p.bpmn")
    #expect(
      reading.processes.first?.elements.map(\.loop) == [
        .standard(condition: "x"), .multiInstanceSequential(cardinality: "3"),
        .multiInstanceParallel(cardinality: "items"),
        .multiInstanceParallel(cardinality: "=orders"),
      ])
  }

  @Test("what only execution needs is read: bounds of loops, interruption, compensation")
  func executionAttributes() throws {
    let reading = readBusinessProcesses(
      try bpmnProcess(
        """
        <bpmn:task id="A"><bpmn:standardLoopCharacteristics testBefore="true" loopMaximum="4"/>
        </bpmn:task>
        <bpmn:boundaryEvent id="undo" attachedToRef="A"><bpmn:compensateEventDefinition/>
        </bpmn:boundaryEvent>
        <bpmn:task id="C" isForCompensation="true"/>
        <bpmn:association id="a" sourceRef="undo" targetRef="C" associationDirection="One"/>
        <bpmn:task id="M"><bpmn:multiInstanceLoopCharacteristics>
        <bpmn:completionCondition>done &gt; 2</bpmn:completionCondition>
        </bpmn:multiInstanceLoopCharacteristics></bpmn:task>
        <bpmn:intermediateThrowEvent id="T"><bpmn:compensateEventDefinition activityRef="A"/>
        </bpmn:intermediateThrowEvent>
        <bpmn:subProcess id="E" triggeredByEvent="true"><bpmn:startEvent id="S" isInterrupting="false">
        <bpmn:timerEventDefinition/></bpmn:startEvent></bpmn:subProcess>
        <bpmn:eventBasedGateway id="G" instantiate="true"/>
        """), path: "p.bpmn")
    func attributes(_ id: String) -> ExecutionAttributes? {
      reading.processes.first?.element(id)?.execution
    }
    #expect(attributes("A")?.testsBefore == true && attributes("A")?.loopMaximum == 4)
    #expect(attributes("undo")?.compensatedBy == "C")
    #expect(attributes("C")?.isForCompensation == true)
    #expect(attributes("M")?.completionCondition == "done > 2")
    #expect(attributes("T")?.compensates == "A")
    #expect(attributes("S")?.isInterrupting == false)
    #expect(attributes("G")?.instantiates == true)
    #expect(attributes("E") == nil)
  }

  @Test("every dialect says what performs a task and who is to do it")
  func dialects() throws {
    let reading = readBusinessProcesses(
      try bpmn(
        """
        <bpmn:resource id="R" name="Accounting"/>
        <bpmn:interface name="Mail" id="I"><bpmn:operation id="Op" name="send"/></bpmn:interface>
        <bpmn:process id="P">
        <bpmn:serviceTask id="zeebe"><bpmn:extensionElements>
          <zeebe:taskDefinition type="score"/></bpmn:extensionElements></bpmn:serviceTask>
        <bpmn:serviceTask id="topic" camunda:type="external" camunda:topic="pay"/>
        <bpmn:serviceTask id="class" flowable:class="org.x.Delegate"/>
        <bpmn:serviceTask id="jbpm" drools:serviceinterface="org.x.Stock" drools:serviceoperation="reserve"/>
        <bpmn:businessRuleTask id="rules" drools:ruleFlowGroup="visas"/>
        <bpmn:serviceTask id="uipath"><bpmn:extensionElements><uipath:activity>
          <uipath:type value="Orchestrator.StartJob"/></uipath:activity></bpmn:extensionElements></bpmn:serviceTask>
        <bpmn:serviceTask id="standard" operationRef="Op"/>
        <bpmn:scriptTask id="script" scriptFormat="groovy"/>
        <bpmn:serviceTask id="none" implementation="##WebService"/>
        <bpmn:userTask id="u1" camunda:candidateGroups="a, b" camunda:assignee="demo"/>
        <bpmn:userTask id="u2" camunda:assignee="demo"/>
        <bpmn:userTask id="u3"><bpmn:extensionElements>
          <zeebe:assignmentDefinition candidateGroups="clerks"/></bpmn:extensionElements></bpmn:userTask>
        <bpmn:userTask id="u4"><bpmn:potentialOwner><bpmn:resourceRef>R</bpmn:resourceRef>
          </bpmn:potentialOwner></bpmn:userTask>
        <bpmn:userTask id="u5"><bpmn:potentialOwner><bpmn:resourceAssignmentExpression>
          <bpmn:formalExpression>user(kermit), group(accountancy)</bpmn:formalExpression>
          </bpmn:resourceAssignmentExpression></bpmn:potentialOwner></bpmn:userTask>
        <bpmn:userTask id="u6"><bpmn:ioSpecification><bpmn:dataInput id="in" name="GroupId"/>
          </bpmn:ioSpecification><bpmn:dataInputAssociation><bpmn:targetRef>in</bpmn:targetRef>
          <bpmn:assignment><bpmn:from>HR</bpmn:from><bpmn:to>in</bpmn:to></bpmn:assignment>
          </bpmn:dataInputAssociation></bpmn:userTask>
        </bpmn:process>
        """), path: "p.bpmn")
    let elements = try #require(reading.processes.first).elements
    #expect(
      elements.prefix(9).map(\.implementation) == [
        "score", "pay", "org.x.Delegate", "org.x.Stock.reserve", "visas", "Orchestrator.StartJob",
        "Mail.send", "groovy", nil,
      ])
    #expect(
      elements.dropFirst(9).map(\.assignment) == [
        "a, b", "demo", "clerks", "Accounting", "accountancy", "HR",
      ])
  }

  @Test("participants and message flows are read; an end that is nowhere is reported")
  func collaboration() throws {
    let reading = readBusinessProcesses(
      try bpmn(
        """
        <bpmn:message id="M" name="Offer"/>
        <bpmn:collaboration id="C"><bpmn:participant id="A" name="Bank" processRef="x:P"/>
        <bpmn:participant id="B" name="Customer"/>
        <bpmn:messageFlow id="M1" sourceRef="T" targetRef="B" messageRef="M"/>
        <bpmn:messageFlow id="M2" sourceRef="B" targetRef="Gone"/></bpmn:collaboration>
        <bpmn:process id="P"><bpmn:task id="T"/></bpmn:process>
        """), path: "p.bpmn")
    #expect(reading.participants.map(\.name) == ["Bank", "Customer"])
    #expect(reading.participants.map(\.process) == ["P", nil])
    #expect(reading.messageFlows.map(\.name) == ["Offer", nil])
    #expect(reading.problems.map(\.severity) == [.medium])
    #expect(reading.problems.first?.location.element == "M2")
  }

  @Test("a file without a process, and a choreography, are reported")
  func notProcesses() throws {
    #expect(readBusinessProcesses(try bpmn(""), path: "p").problems.map(\.severity) == [.medium])
    let choreography = readBusinessProcesses(
      try bpmn(
        "<bpmn:choreography id=\"C\"/><bpmn:process id=\"P\"><bpmn:task id=\"T\"/></bpmn:process>"),
      path: "p")
    #expect(choreography.problems.map(\.severity) == [.medium])
    #expect(choreography.processes.count == 1)
  }
}
