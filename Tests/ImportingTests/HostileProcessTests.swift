import DocumentReading
import Facts
import Importing
import Inventory
import ProcessModel
import Testing

/// Mutated BPMN and DMN files: the importers answer with problems, and never crash.
@Suite("Hostile BPMN and DMN files")
struct HostileProcessTests {
  private static let process = """
    <d:definitions xmlns:d="http://www.omg.org/spec/BPMN/20100524/MODEL"
      xmlns:z="http://camunda.org/schema/zeebe/1.0"><d:message id="M" name="m"/>
    <d:collaboration><d:participant id="Pool" name="Bank" processRef="P"/><d:participant id="X" name="C"/>
    <d:messageFlow id="MF" sourceRef="X" targetRef="S"/></d:collaboration>
    <d:process id="P" name="Loan"><d:laneSet><d:lane name="L"><d:flowNodeRef>U</d:flowNodeRef></d:lane>
    </d:laneSet><d:startEvent id="S"><d:messageEventDefinition messageRef="M"/></d:startEvent>
    <d:userTask id="U" name="Approve"/><d:boundaryEvent id="B" attachedToRef="U"><d:timerEventDefinition>
    <d:timeDuration>P1D</d:timeDuration></d:timerEventDefinition></d:boundaryEvent>
    <d:subProcess id="Sub"><d:serviceTask id="T"><d:extensionElements><z:taskDefinition type="t"/>
    </d:extensionElements></d:serviceTask></d:subProcess><d:exclusiveGateway id="G" default="F3"/>
    <d:sequenceFlow id="F1" sourceRef="S" targetRef="U"/><d:sequenceFlow id="F2" sourceRef="U" targetRef="G"/>
    <d:sequenceFlow id="F3" sourceRef="G" targetRef="Sub"/></d:process></d:definitions>
    """

  private static let decision = """
    <d:definitions xmlns:d="https://www.omg.org/spec/DMN/20230324/MODEL/" name="R"><d:inputData id="I"
    name="i"/><d:decision id="D" name="d"><d:informationRequirement><d:requiredInput href="#I"/>
    </d:informationRequirement><d:decisionTable hitPolicy="FIRST"><d:input><d:inputExpression>
    <d:text>i</d:text></d:inputExpression></d:input><d:output name="o"/><d:rule><d:inputEntry>
    <d:text>[1..2), not("a")</d:text></d:inputEntry><d:outputEntry><d:text>"x"</d:text></d:outputEntry>
    </d:rule></d:decisionTable></d:decision></d:definitions>
    """

  @Test("mutated files are imported or refused", arguments: 0..<300 as Range<UInt64>)
  func mutations(seed: UInt64) throws {
    var state = seed &+ 1
    /// A number below the bound, from a linear congruential generator (Knuth, vol. 2, 3.3.4).
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for sample in [Self.process, Self.decision] {
      // Attribute values and texts are exchanged among each other, which keeps the markup whole.
      var parts = sample.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
      for _ in 0...random(4) {
        let (a, b) = (random(parts.count / 2) * 2 + 1, random(parts.count / 2) * 2 + 1)
        if random(2) == 0 {
          parts.swapAt(a, b)
        } else {
          parts[a] = ["", "=", "P", "1e9"][random(4)]
        }
      }
      let bytes = Array(parts.joined(separator: "\"").utf8)
      guard let root = try? parseXML(bytes, path: "f") else { continue }
      let (fragment, problems, _) = importBPMN(root, path: "f")
      for process in fragment.processes.map(\.process) {
        let ids = Set(process.elements.map(\.id))
        #expect(process.flows.allSatisfy { ids.contains($0.source) && ids.contains($0.target) })
      }
      #expect(problems.allSatisfy { $0.location.line != nil })
      #expect(
        importDMN(root, path: "f").fragment.decisions.allSatisfy { decision in
          decision.table.rules.allSatisfy { $0.tests.count == decision.table.inputs.count }
        })
    }
  }

  @Test("a process of many thousand elements is read in time", .timeLimit(.minutes(1)))
  func large() throws {
    let count = 10_000
    var content = "<bpmn:startEvent id=\"T0\"/>"
    for index in 1...count {
      content += "<bpmn:exclusiveGateway id=\"T\(index)\"/>"
      content +=
        "<bpmn:sequenceFlow id=\"F\(index)\" sourceRef=\"T\(index - 1)\" targetRef=\"T\(index)\"/>"
    }
    let (fragment, problems, _) = importBPMN(try bpmnProcess(content), path: "f")
    #expect(problems.isEmpty)
    #expect(fragment.processes.first?.process.elements.count == count + 1)
  }
}
