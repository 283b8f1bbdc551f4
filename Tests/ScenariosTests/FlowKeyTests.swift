import Facts
import ProcessModel
import Scenarios
import Simulation
import Testing

@Suite("Flow keys") struct FlowKeyTests {
  func model(_ text: String = eventfulScenario) throws -> SimulationModel {
    try compile(try read(text, eventfulProcess(), calledProcess())).variants[0].model
  }

  func delay(_ id: String, _ model: SimulationModel) -> DelayModel? {
    model.flow.delays.firstIndex { model.flow.elementIDs[Int($0)] == id }
      .map { model.stack.delays[$0] }
  }

  /// The problems of the scenario with some text of it replaced.
  func problems(_ original: String, _ changed: String) -> [String] {
    #expect(eventfulScenario.contains(original))
    do {
      _ = try read(
        eventfulScenario.replacing(original, with: changed), eventfulProcess(), calledProcess())
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  @Test("say when events come, how often activities are repeated, and which ways cases go")
  func compiled() throws {
    let model = try model()
    let reminder = try #require(delay("reminder", model))
    #expect(reminder.time.mean == 7_200 && reminder.probability == 0.5 && reminder.occurrences == 2)
    let answer = try #require(delay("answer", model))
    #expect(answer.time.mean == 86_400 && answer.probability == 0.8)
    #expect(delay("timeout", model)?.time.mean == 172_800)
    let (loop, many) = (model.stack.repetitions[0], model.stack.repetitions[1])
    #expect(loop.again == 0.2 && loop.atMost == 5)
    #expect(many.count.mean == 3.5 && many.enough == 0.6)
    let shares = Dictionary(
      uniqueKeysWithValues: zip(model.flow.flowIDs, model.stack.flowProbabilities))
    #expect(shares["several-first"] == 0.6 && shares["several-second"] == 0.4)
    #expect(shares["start by mail"] == 0.3)
    #expect(abs((shares["start by web"] ?? 0) - 0.7) < 1e-12)
    #expect(model.flow.activity(ofElement: "call") != nil)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    let (arrived, completed) = record.cohorts.reduce((0, 0)) {
      ($0.0 + $1.arrived, $0.1 + $1.completed)
    }
    #expect(arrived > 150 && completed == arrived && record.stuckCases == 0)
  }

  @Test("a called process of the inventory is drawn in unless the scenario takes it for a task")
  func calls() throws {
    let drawnIn = try model(eventfulScenario.replacing("calls: { call: task }", with: ""))
    #expect(drawnIn.flow.activity(ofElement: "call/inside") != nil)
    #expect(drawnIn.flow.activity(ofElement: "call") == nil)
    let found = problems("calls: { call: task }", "calls: { cal: task }")
    #expect(
      found.count == 1 && found[0].contains("no call activity of the process; did you mean 'call'?")
    )
    let wrong = problems("calls: { call: task }", "calls: { call: skip }")
    #expect(wrong.count == 1 && wrong[0].contains("neither inline nor task"))
  }

  @Test("a process that calls itself is refused with the call")
  func recursion() {
    var process = calledProcess()
    process.elements[1].kind = .callActivity(calledElement: "called")
    process.elements[1].location = SourceLocation(path: "called.bpmn", line: 7)
    let error = #expect(throws: FlowCompilationError.self) {
      try process.inliningCalls { _ in process }
    }
    #expect(error?.message.contains("'inside' leads back to the process 'called'") == true)
    #expect(error?.location.line == 7 && error?.location.element == "inside")
  }

  @Test("what is missing or impossible is an error that says what to do")
  func errors() {
    let expected: [(String, String, String)] = [
      (
        "repeats: { again: { again: 20 %, at_most: 5 times } }", "",
        "how often the loop activity 'again' is done"
      ),
      ("again: 20 %, at_most: 5 times", "again: 100 %", "it never ends"),
      ("instances: { many: { count: 2 to 5, enough: 60 % } }", "", "how many instances"),
      ("count: 2 to 5", "count: 5 to 2", "no two rising whole numbers"),
      ("count: 2 to 5", "count: 2.5", "no whole number"),
      (
        "{ many:", "{ man:",
        "'man' is no multi-instance activity of the process; did you mean 'many'?"
      ),
      ("{ again: { again", "{ agan: { again", "'agan' is no loop activity"),
      ("  reminder: {", "  remind: {", "'remind' is no event of the process"),
      (
        "happens: 50 %, after: 2 h, times: 2 times", "happens: 50 %",
        "when the event comes at 'reminder'"
      ),
      (
        "answer: { happens: 80 % }", "answer: { after: 2 h }",
        "both 'waits' and 'events' say when 'answer'"
      ),
      (
        "answer: { happens: 80 % }", "{ answer: { happens: 80 % }, timeout: { happens: 80 % } }",
        "is sure to come"
      ),
      ("first: 60 %, second: 40 %", "first: 60 %", "has no share"),
      (
        "first: 60 %, second: 40 %", "first: 0 %, second: 0 %", "no flow of 'several' is ever taken"
      ),
      ("mail: 30 %", "post: 30 %", "'post' is no start event of the process; it has web, mail"),
      ("mail: 30 %", "mail: 30 %, web: 80 %", "web"),
    ]
    for (original, changed, words) in expected {
      let text =
        original.hasPrefix("answer:") && changed.hasPrefix("{")
        ? problems(
          "answer: { happens: 80 % }",
          "answer: { happens: 80 % }\n  timeout: { happens: 80 % }")
        : problems(original, changed)
      #expect(text.contains { $0.contains(words) }, "\(words): \(text)")
    }
  }

  @Test(
    "a wait for an event that the process throws takes no time of its own, unless it is given one")
  func fromWithin() throws {
    var process = eventfulProcess()
    process.elements[process.elements.firstIndex { $0.id == "reminded" } ?? 0].kind =
      .endEvent(.message("answer"))
    let text = eventfulScenario.replacing("waits: { answer: exponential mean 1 days }", with: "")
      .replacing("  answer: { happens: 80 % }\n", with: "")
    let model = try compile(try read(text, process, calledProcess())).variants[0].model
    #expect(delay("answer", model)?.isFromWithin == true)
    let outside = try compile(try read(eventfulScenario, process, calledProcess())).variants[0]
      .model
    #expect(delay("answer", outside)?.isFromWithin == false)
  }
}
