import Facts
import Inventory
import ProcessModel
import Scenarios
import Testing

/// A process of our own: `start → step_01 … step_17 → end`, with a gateway and a wait on request.
func loanProcess(steps: Int = 17, lanes: [String: String] = [:]) -> BusinessProcess {
  let place = SourceLocation(path: "loan.bpmn", line: 1)
  func id(_ step: Int) -> String { step < 10 ? "step_0\(step)" : "step_\(step)" }
  var elements = [FlowElement(id: "start", kind: .startEvent(.none), location: place)]
  for step in 1...steps {
    elements.append(
      FlowElement(
        id: id(step), name: "Step \(step)", kind: .task(.user), lane: lanes[id(step)],
        location: place))
  }
  elements.append(FlowElement(id: "end", kind: .endEvent(.none), location: place))
  let flows = zip(elements, elements.dropFirst()).enumerated().map { index, pair in
    SequenceFlow(id: "flow_\(index)", source: pair.0.id, target: pair.1.id, location: place)
  }
  return BusinessProcess(
    id: "loan-approval", name: "Loan approval", elements: elements, flows: flows, location: place)
}

/// `start → check → decide ◇ → (approve | reject) → end`, with a wait behind `approve`.
func branchingProcess() -> BusinessProcess {
  let place = SourceLocation(path: "branch.bpmn", line: 1)
  func element(_ id: String, _ kind: FlowElement.Kind) -> FlowElement {
    FlowElement(id: id, name: id.uppercased(), kind: kind, location: place)
  }
  func flow(_ id: String, _ source: String, _ target: String, _ name: String? = nil) -> SequenceFlow
  {
    SequenceFlow(id: id, name: name, source: source, target: target, location: place)
  }
  return BusinessProcess(
    id: "branching",
    elements: [
      element("start", .startEvent(.none)), element("check", .task(.user)),
      element("decide", .gateway(.exclusive)), element("approve", .task(.user)),
      element("reject", .task(.user)), element("answer", .intermediateCatch(.message(nil))),
      element("pause", .intermediateCatch(.timer(.duration, "PT15M"))),
      element("end", .endEvent(.none)),
    ],
    flows: [
      flow("f1", "start", "check"), flow("f2", "check", "decide"),
      flow("f3", "decide", "approve", "good risk"), flow("f4", "decide", "reject", "bad risk"),
      flow("f5", "approve", "answer"), flow("f6", "answer", "pause"), flow("f7", "pause", "end"),
      flow("f8", "reject", "end"),
    ], location: place)
}

/// The estate of some processes.
func estate(_ processes: BusinessProcess...) -> Estate {
  var fragment = EstateFragment()
  fragment.processes = processes.map { EstateProcess(system: $0.id, process: $0) }
  return Estate(merging: [
    SourceDocument(
      path: "process.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
  ])
}

/// Reads a scenario of the loan process, unless another is given.
func read(
  _ text: String, _ processes: BusinessProcess..., path: String = "scenario.yaml",
  decisions: [DecisionTable] = []
) throws(ScenarioErrors) -> Scenario {
  var fragment = EstateFragment()
  fragment.processes = (processes.isEmpty ? [loanProcess()] : processes)
    .map { EstateProcess(system: $0.id, process: $0) }
  fragment.decisions = decisions.map { EstateDecision(system: $0.id, table: $0) }
  let estate = Estate(merging: [
    SourceDocument(
      path: "process.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
  ])
  return try readScenario(Array(text.utf8), path: path) { _ in estate }
}

/// The problems of a scenario that must not be readable.
func problems(
  _ text: String, _ process: BusinessProcess = loanProcess(),
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) -> [ScenarioProblem] {
  do {
    _ = try read(text, process)
    Issue.record("the scenario was read without a problem", sourceLocation: sourceLocation)
    return []
  } catch {
    return error.problems
  }
}

/// Expects a problem whose message contains a text, at the place of the mark `‹` or at the one given.
func expectProblem(
  in marked: String, _ message: String, _ process: BusinessProcess = loanProcess(),
  at given: (line: Int, column: Int)? = nil,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let place = given ?? placeOfMark(in: marked)
  let found = problems(
    marked.replacing("‹", with: ""), process, sourceLocation: sourceLocation)
  #expect(
    found.contains {
      $0.message.contains(message) && $0.location.line == place.line
        && $0.location.column == place.column
    },
    "expected \(place.line):\(place.column) … \(message), found \(found.map(\.description))",
    sourceLocation: sourceLocation)
}

/// Line and column of the mark `‹`.
private func placeOfMark(in text: String) -> (line: Int, column: Int) {
  var place = (line: 1, column: 1)
  for character in text {
    if character == "‹" { break }
    place = character == "\n" ? (place.line + 1, 1) : (place.line, place.column + 1)
  }
  return place
}

/// Expects a problem in the sample scenario with some text of it replaced by another, in which the mark
/// `‹` stands before the place of the problem.
func expectProblem(
  replacing original: String, with marked: String, _ message: String,
  without removed: String = "", at given: (line: Int, column: Int)? = nil,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(
    loanScenario.contains(original), "the sample has no such text", sourceLocation: sourceLocation)
  expectProblem(
    in: loanScenario.replacing(original, with: marked, maxReplacements: 1)
      .replacing(removed, with: ""), message, at: given,
    sourceLocation: sourceLocation)
}

/// The same in a text of one's own, in which something is replaced once.
func expectError(
  in text: String, _ original: String, _ marked: String, _ message: String,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(text.contains(original), "no such text", sourceLocation: sourceLocation)
  expectProblem(
    in: text.replacing(original, with: marked, maxReplacements: 1), message,
    sourceLocation: sourceLocation)
}

/// Expects that a scenario in which one text stands for another is refused, with a part of a message and the
/// line of each.
func expectMistake(
  in scenario: String, _ found: String, _ written: String, _ expected: String,
  sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  let changed = scenario.replacing(found, with: written)
  #expect(changed != scenario, "\(found)", sourceLocation: sourceLocation)
  let reports = problems(changed).filter { $0.severity <= .high }
  #expect(
    reports.contains { $0.message.contains(expected) }, "\(reports.map(\.message))",
    sourceLocation: sourceLocation)
  #expect(reports.allSatisfy { $0.location.line != nil }, sourceLocation: sourceLocation)
}
