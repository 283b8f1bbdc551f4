import EventEngine
import Facts
import Foundation
import Importing
import Inventory
import ProcessModel
import Simulation
import Testing

@testable import Scenarios

/// `many` (5 instances, one after the other) > `rework` (a loop asked before) > `split` (inclusive, default
/// `C`) > A, B, C > `join` > `pay`, out of which `letter` has a condition and `archive` has none.
private func claims(
  completion: String = "= numberOfCompletedInstances &gt;= quorum",
  loop: String = "${score &lt; 50 &amp;&amp; loopCounter &lt; 4}"
) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:test" id="d">
  <process id="claims" isExecutable="true">
    <startEvent id="start"/>
    <userTask id="many"><multiInstanceLoopCharacteristics isSequential="true">
      <loopCardinality>5</loopCardinality>
      <completionCondition>\(completion)</completionCondition>
    </multiInstanceLoopCharacteristics></userTask>
    <userTask id="rework"><standardLoopCharacteristics testBefore="true" loopMaximum="6">
      <loopCondition>\(loop)</loopCondition></standardLoopCharacteristics></userTask>
    <inclusiveGateway id="split" default="to_C"/>
    <userTask id="A"/><userTask id="B"/><userTask id="C"/>
    <inclusiveGateway id="join"/>
    <userTask id="pay"/><userTask id="letter"/><userTask id="archive"/>
    <endEvent id="end"/>
    <sequenceFlow id="f1" sourceRef="start" targetRef="many"/>
    <sequenceFlow id="f2" sourceRef="many" targetRef="rework"/>
    <sequenceFlow id="f3" sourceRef="rework" targetRef="split"/>
    <sequenceFlow id="to_A" sourceRef="split" targetRef="A">
      <conditionExpression>${amount &gt; 10}</conditionExpression></sequenceFlow>
    <sequenceFlow id="to_B" sourceRef="split" targetRef="B">
      <conditionExpression>${amount &gt; 40}</conditionExpression></sequenceFlow>
    <sequenceFlow id="to_C" sourceRef="split" targetRef="C"/>
    <sequenceFlow id="f4" sourceRef="A" targetRef="join"/>
    <sequenceFlow id="f5" sourceRef="B" targetRef="join"/>
    <sequenceFlow id="f6" sourceRef="C" targetRef="join"/>
    <sequenceFlow id="f7" sourceRef="join" targetRef="pay"/>
    <sequenceFlow id="to_letter" sourceRef="pay" targetRef="letter">
      <conditionExpression>= amount &gt; 60</conditionExpression></sequenceFlow>
    <sequenceFlow id="to_archive" sourceRef="pay" targetRef="archive"/>
    <sequenceFlow id="f8" sourceRef="letter" targetRef="end"/>
    <sequenceFlow id="f9" sourceRef="archive" targetRef="end"/>
  </process></definitions>
  """
}

/// Fifty clerks around the clock, ten cases a day.
///
/// Minutes: many 10, rework 7, A 1, B 2, C 8, pay 3, letter 4, archive 5.
private let claimsScenario = """
  rehearse: 1
  title: Conditions of the BPMN file
  bpmn: claims.bpmn
  clock: { start: 2026-01-05, horizon: 2 weeks, start_state: empty }
  calendars: { whenever: always }
  demand: { arrivals: { pattern: regular, rate: 10 per day, profile: whenever } }
  attributes:
    amount: { number: 50 }
    quorum: { number: 2 }
    score: { number: 10 }
  teams: { clerks: { people: 50, cost: 60 EUR/h } }
  activities:
    default: { team: clerks, time: 1 min }
    many: { time: 10 min }
    rework: { time: 7 min, sets: { score: 60 } }
    B: { time: 2 min }
    C: { time: 8 min }
    pay: { time: 3 min }
    letter: { time: 4 min }
    archive: { time: 5 min }
  branching: { split: conditions, pay: conditions }

  """

private func process(_ bpmn: String) throws -> BusinessProcess {
  let folder = FileManager.default.temporaryDirectory.appending(
    path: "rehearse-\(ProcessInfo.processInfo.globallyUniqueString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let file = folder.appending(path: "claims.bpmn")
  try Data(bpmn.utf8).write(to: file)
  let estate = Estate(merging: importFiles(at: [file.path]).documents)
  return try #require(estate.processes.first).process
}

@Suite("Conditions of BPMN files, from file to figures") struct BPMNConditionTests {
  /// Minutes of work of each case, which all are alike.
  private func minutes(_ scenario: String, _ bpmn: String = claims()) throws -> Double {
    let model = try compile(read(scenario, process(bpmn))).variants[0].model
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let arrived = record.cohorts.reduce(0) { $0 + $1.arrived }
    #expect(arrived > 100 && record.cohorts.reduce(0) { $0 + $1.completed } == arrived)
    let work = Double(record.cohorts.reduce(0) { $0 + $1.taskTime }) / 60e6 / Double(arrived)
    // The forecast knows the same, since nothing is left to chance.
    let expectation = FlowExpectation(model: model, stack: model.stack)
    let load = ExpectedLoad(model: model, stack: model.stack, expectation: expectation, at: 0)
    #expect(abs(load.teamSeconds[0] / 60 - work) < 1e-9, "\(load.teamSeconds[0] / 60) \(work)")
    return work
  }

  private func changed(_ original: String, _ other: String) -> String {
    #expect(claimsScenario.contains(original))
    return claimsScenario.replacing(original, with: other)
  }

  /// Two of five instances: 20; rework once, since it sets the score: 7; A and B: 3; pay 3; archive 5.
  @Test("instances, loops and flows follow the conditions")
  func conditions() throws {
    #expect(try minutes(claimsScenario) == 38)
    // A small claim: C alone, 8 instead of 3.
    #expect(try minutes(changed("amount: { number: 50 }", "amount: { number: 5 }")) == 43)
    // A large one has a letter.
    #expect(try minutes(changed("amount: { number: 50 }", "amount: { number: 61 }")) == 42)
    // All five instances, where the quorum is never reached: 30 more.
    #expect(try minutes(changed("quorum: { number: 2 }", "quorum: { number: 9 }")) == 68)
    // No rework of a good case; four times where the score stays as it is.
    #expect(try minutes(changed("score: { number: 10 }", "score: { number: 50 }")) == 31)
    #expect(try minutes(changed("sets: { score: 60 }", "sets: { score: 20 }")) == 59)
  }

  @Test("a loop ends at the maximum of the BPMN file or of the scenario")
  func maxima() throws {
    let bad = changed("sets: { score: 60 }", "sets: { score: 20 }")
    let always = claims(loop: "score &lt; 50")
    #expect(try minutes(bad, always) == 38 + 35)
    #expect(try minutes(bad + "repeats: { rework: { at_most: 3 times } }\n", always) == 38 + 14)
  }

  /// A only above 60, B below: 2 instead of 3.
  ///
  /// Neither: C, 8. The default need not be named, but can be.
  @Test("conditions of the scenario outweigh those of the BPMN file")
  func override() throws {
    func split(_ flows: String) -> String { changed("split: conditions", "split: { \(flows) }") }
    #expect(try minutes(split("A: amount > 60, B: amount < 60")) == 37)
    #expect(try minutes(split("A: amount > 60, to_B: amount > 70")) == 43)
    #expect(try minutes(split("A: amount > 60, B: amount > 70, C: otherwise")) == 43)
    #expect(try minutes(changed("pay: conditions", "pay: { letter: amount > 40 }")) == 42)
    // 60 % of five instances are three, whatever the completion condition says.
    #expect(try minutes(claimsScenario + "instances: { many: { enough: 60 % } }\n") == 48)
    #expect(
      try minutes(claimsScenario + "repeats: { rework: { again: 100 %, at_most: 2 times } }\n")
        == 45)
  }

  @Test("shares at one node stand beside conditions at another")
  func shares() throws {
    #expect(
      try minutes(changed("split: conditions", "split: { A: 0 %, B: 100 % }")) == 37)
  }

  @Test("what the values come from is recorded")
  func provenance() throws {
    let parameters = try read(claimsScenario, process(claims())).parameters
    for (path, text) in [
      ("instances.many.enough", "= numberOfCompletedInstances >= quorum"),
      ("repeats.rework.again", "${score < 50 && loopCounter < 4}"),
    ] {
      let record = parameters.first { $0.path == path }
      #expect(record?.text == text && record?.provenance == .imported, "\(path)")
      #expect(record?.location.path.hasSuffix("claims.bpmn") == true)
    }
  }

  @Test("a condition beyond comparisons is refused with its place and what to write instead")
  func refused() throws {
    let division = try process(claims(completion: "${nrOfCompletedInstances/nrOfInstances >= 0.6}"))
    let found = problems(claimsScenario, division)
    let problem = try #require(found.first)
    #expect(found.count == 1)
    #expect(problem.location.path.hasSuffix("claims.bpmn") && problem.location.element == "many")
    #expect(problem.location.line == 5)
    for words in [
      "the completion condition `${nrOfCompletedInstances/nrOfInstances >= 0.6}` of 'many'",
      "'/' is not understood", "`instances: { many: { enough: 60 % } }`",
    ] { #expect(problem.message.contains(words), "\(problem.message)") }
    #expect(throws: Never.self) {
      try read(claimsScenario + "instances: { many: { enough: 60 % } }\n", division)
    }
    let function = try process(claims(loop: "count(errors) &gt; 0"))
    let other = problems(claimsScenario, function)
    #expect(other.count == 1 && other.first?.location.element == "rework")
    #expect(other.first?.location.line == 9)
    #expect(
      other.first?.message.contains("`repeats: { rework: { again: 20 % } }`") == true, "\(other)")
    // What is counted of instances is not known of a loop, and the nearest name is said.
    let wrong = problems(claimsScenario, try process(claims(loop: "loopCount &lt; 3")))
    #expect(wrong.first?.message.contains("did you mean 'loopCounter'?") == true, "\(wrong)")
  }

  @Test("flows that are always taken, and second defaults, are refused at their place")
  func wrongFlows() throws {
    let process = try process(claims())
    func expect(_ original: String, _ marked: String, _ message: String) {
      expectProblem(in: changed(original, marked), message, process)
    }
    expect(
      "pay: conditions", "pay: { letter: amount > 5, ‹archive: amount > 5 }",
      "the flow 'archive' has no condition in the BPMN file and is always taken")
    expect(
      "split: conditions", "split: { A: amount > 5, B: amount > 6, C: ‹amount > 7 }",
      "the flow 'C' is the default in the BPMN file")
    expect(
      "split: conditions", "split: { A: amount > 5, B: ‹otherwise }",
      "'split' has two flows for `otherwise`, with 'to_C', its default in the BPMN file")
    expect(
      "split: conditions", "‹split: { A: amount > 5 }",
      "the flow 'to_B' of the gateway 'split' has no condition")
    expect(
      "split: conditions", "split: { A: amount > 5, B: ‹20 % }",
      "is the share `20 %` beside conditions")
  }

  @Test("a case that no flow is open to is found before anything is run")
  func holes() throws {
    let bpmn = claims().replacing(" default=\"to_C\"", with: "")
    let text = changed(
      "split: conditions", "split: { A: amount > 60, B: amount > 70, C: amount > 80 }")
    let found = #expect(throws: ScenarioErrors.self) { try compile(read(text, process(bpmn))) }
    #expect(
      found?.problems.first?.message.contains(
        "no condition or rule at 'split' holds for case 1 (amount = 50.0") == true,
      "\(found as Any)")
  }

  /// Amount 50: the first two rules of a list apply; of a table with one answer the first alone.
  @Test("a decision table steers an inclusive gateway, with one answer or a list")
  func tables() throws {
    func work(_ policy: DecisionTable.HitPolicy) throws -> Double {
      let table = policyTable(
        hitPolicy: policy,
        rows: [
          ("< 1000", "-", "low", "A"), ("< 100", "-", "low", "B"), ("> 1000", "-", "low", "C"),
        ])
      var plain = table
      // The process has no segments.
      plain.inputs.removeLast()
      for index in plain.rules.indices { plain.rules[index].tests.removeLast() }
      let text = changed(
        "split: conditions",
        "split: { decision: risk-policy, output: route, A: A, B: B, C: C }")
      let model = try compile(read(text, process(claims()), decisions: [plain])).variants[0].model
      let cohorts = try runReplication(of: model, seed: 1, replication: 0).cohorts
      return Double(cohorts.reduce(0) { $0 + $1.taskTime }) / 60e6
        / Double(cohorts.reduce(0) { $0 + $1.arrived })
    }
    #expect(try work(.collect) == 38)
    #expect(try work(.first) == 36)
  }
}
