import EventEngine
import ProcessModel
import Testing

@testable import Simulation
@testable import SimulationTestSupport

/// What an orchestrator that rolls a case back asks for: `rollBack` on a token in the midst of a chain of
/// effects.
@Suite("Rolling back") struct RollBackTests {
  /// start > A > sub (B > deep (C) > X) > D > E > end; A, B and C can be compensated, by 1, 2 and 3 s.
  private func game() -> FlowGame {
    var game = FlowGame()
    let tests = CompensationTests()
    game.add("start", .startEvent(.none))
    game.tasks("A D E")
    tests.compensate("A", &game)
    game.add("sub", .subProcess(.embedded))
    game.tasks("B X", in: "sub")
    tests.compensate("B", in: "sub", &game)
    game.add("deep", .subProcess(.embedded), in: "sub")
    game.tasks("C", in: "deep")
    tests.compensate("C", in: "deep", &game)
    game.add("end", .endEvent(.none))
    game.draw("start A sub D E end, B deep X")
    game.seconds = [
      "A": 10, "B": 10, "C": 10, "X": 10, "E": 10, "undoA": 1, "undoB": 2, "undoC": 3,
    ]
    return game
  }

  /// Stops a run 60 s after the case's arrival, while an automation's guardrail at an activity waits for
  /// its check, rolls back there, and lets the case go on to its end.
  private func rollingBack(at activity: String) throws -> [String] {
    var game = game()
    game.failing[activity] = 0
    var model = try game.model()
    let index = try #require(model.flow.activity(ofElement: activity))
    model.stack.guardrails = [
      GuardrailModel(
        name: "guardrail", raisedBy: 0, afterActivity: index, firing: .probability(1), teams: [0],
        reviewTime: .constant(1),
        reevaluation: ReevaluationModel(unnecessary: 1, check: 1_000 * second))
    ]
    model.timeline.followUp = 59 * second
    var run = Replication(
      model: model, seed: 1, replication: 0,
      observer: TraceObserver(ids: model.flow.activities.indices.map { model.flow.activityID($0) }))
    try run.run(nil)
    let node = model.flow.activities[index]
    let token = try #require(
      (0..<Int32(run.tokens.highWater)).first {
        run.tokens[$0].scope >= 0 && run.tokens[$0].node == node
      })
    #expect(run.tokens[token].stage == .completed)
    // The check is called off, as by a mechanism that takes the case in hand.
    run.tokens[token].stamp = 0
    run.rollBack(token)
    run.makeMoves()
    while !run.events.isEmpty {
      let event = run.events.popNext()
      run.now = event.time
      run.handle(event.payload)
      run.makeMoves()
    }
    return run.observer.lines
  }

  @Test("everything completed is undone, nested scopes included, the last completed first")
  func nested() throws {
    #expect(
      try rollingBack(at: "D") == [
        "A 0-10", "B 10-20", "C 20-30", "X 30-40", "run 40-41", "undoC 60-63", "undoB 63-65",
        "undoA 65-66", "E 66-76", "done 76",
      ])
  }

  @Test("within a sub-process what was completed outside of it is left as it is")
  func inner() throws {
    #expect(
      try rollingBack(at: "X") == [
        "A 0-10", "B 10-20", "C 20-30", "run 30-31", "undoC 60-63", "undoB 63-65", "D 65-125",
        "E 125-135", "done 135",
      ])
  }
}
