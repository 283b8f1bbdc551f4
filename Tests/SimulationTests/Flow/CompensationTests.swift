import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

@Suite("Compensation and transactions") struct CompensationTests {
  /// start > A > B > C > undo > D > end; A and B are compensated by undoA (1 s) and undoB (2 s).
  func game(reference: String? = nil, asEnd: Bool = false) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B C D")
    compensate("A", &game)
    compensate("B", &game)
    game.add("undo", asEnd ? .endEvent(.compensation) : .intermediateThrow(.compensation)) {
      $0.compensates = reference
    }
    game.add("end", .endEvent(.none))
    game.draw("start A B C undo")
    if !asEnd { game.draw("undo D end") }
    game.seconds = ["A": 10, "B": 10, "C": 10, "D": 10, "undoA": 1, "undoB": 2]
    return game
  }

  func compensate(_ id: String, in parent: String? = nil, _ game: inout FlowGame) {
    game.add(
      "compensate\(id)", .boundary(.compensation, attachedTo: id, interrupting: true), in: parent
    ) {
      $0.compensatedBy = "undo\(id)"
    }
    game.add("undo\(id)", .task(.service), in: parent) { $0.isForCompensation = true }
  }

  @Test("what was completed is undone in reverse order, then the flow goes on")
  func reverseOrder() throws {
    let done = ["A 0-10", "B 10-20", "C 20-30", "undoB 30-32", "undoA 32-33"]
    #expect(try game().play() == done + ["D 33-43", "done 43"])
    #expect(try game(asEnd: true).play() == done + ["done 33"])
  }

  @Test("one activity alone can be undone; what was not done is not undone")
  func reference() throws {
    #expect(
      try game(reference: "A").play()
        == ["A 0-10", "B 10-20", "C 20-30", "undoA 30-31", "D 31-41", "done 41"])
    var skipping = game()
    skipping.flows.removeAll { $0.id == "A-B" }
    skipping.draw("A C")
    #expect(
      try skipping.play() == ["A 0-10", "C 10-20", "undoA 20-21", "D 21-31", "done 31"])
  }

  @Test("a completed sub-process is undone by what was done in it, or as a whole")
  func subProcess() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("sub", .subProcess(.embedded))
    game.tasks("A", in: "sub")
    compensate("A", in: "sub", &game)
    game.add("undo", .endEvent(.compensation))
    game.draw("start sub undo")
    game.seconds = ["A": 10, "undoA": 1, "undosub": 3]
    #expect(try game.play() == ["A 0-10", "undoA 10-11", "done 11"])
    compensate("sub", &game)
    #expect(try game.play() == ["A 0-10", "undosub 10-13", "done 13"])
  }

  @Test("an error's event sub-process undoes what its scope did")
  func saga() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B")
    compensate("A", &game)
    game.add("fail", .endEvent(.error("e")))
    game.add("handler", .subProcess(.event))
    game.add("begin", .startEvent(.error("e")), in: "handler")
    game.add("undo", .intermediateThrow(.compensation), in: "handler")
    game.tasks("tell", in: "handler")
    game.draw("start A B fail, begin undo tell")
    game.seconds = ["A": 10, "B": 10, "undoA": 1, "tell": 5]
    #expect(
      try game.play() == ["A 0-10", "B 10-20", "undoA 20-21", "tell 21-26", "done 26"])
  }

  /// A is done at 10 s, then cancel: B in the parallel branch is ended, A undone, X follows.
  @Test("a cancelled transaction undoes what it did and goes on from its cancel event")
  func transaction() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("deal", .subProcess(.transaction))
    game.add("in", .startEvent(.none), in: "deal")
    game.add("fork", .gateway(.parallel), in: "deal")
    game.tasks("A B", in: "deal")
    compensate("A", in: "deal", &game)
    game.add("cancel", .endEvent(.cancel), in: "deal")
    game.add("cancelled", .boundary(.cancel, attachedTo: "deal", interrupting: true))
    game.tasks("X Y")
    game.add("end", .endEvent(.none))
    game.draw("start deal Y end, in fork A cancel, fork B, cancelled X end")
    game.seconds = ["A": 10, "B": 90, "X": 4, "undoA": 1]
    #expect(
      try game.play() == ["A 0-10", "B 0-10", "undoA 10-11", "X 11-15", "done 15"])
  }
}
