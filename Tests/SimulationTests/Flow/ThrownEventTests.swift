import ProcessModel
import Simulation
import SimulationTestSupport
import Testing

@Suite("Errors, escalations and event sub-processes") struct ThrownEventTests {
  /// start > sub [in > A > throw] > B > end; on the boundary of sub `caught` > X > end.
  func game(
    throwing: FlowElement.EventTrigger, asEnd: Bool = true,
    caught: FlowElement.EventTrigger?, interrupting: Bool = true
  ) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("sub", .subProcess(.embedded))
    game.add("in", .startEvent(.none), in: "sub")
    game.add("fork", .gateway(.parallel), in: "sub")
    game.tasks("A long after", in: "sub")
    game.add("throw", asEnd ? .endEvent(throwing) : .intermediateThrow(throwing), in: "sub")
    game.tasks("B X")
    if let caught {
      game.add("caught", .boundary(caught, attachedTo: "sub", interrupting: interrupting))
      game.draw("caught X end")
    }
    game.add("end", .endEvent(.none))
    game.draw("start sub B end, in fork A throw, fork long")
    if !asEnd { game.draw("throw after") }
    game.seconds = ["A": 10, "long": 100, "after": 20, "B": 5, "X": 7]
    return game
  }

  @Test("an error is caught on the boundary by its code, or by an event that catches all")
  func errorOnBoundary() throws {
    let caught = ["A 0-10", "long 0-10", "X 10-17", "done 17"]
    #expect(try game(throwing: .error("e"), caught: .error("e")).play() == caught)
    #expect(try game(throwing: .error("e"), caught: .error(nil)).play() == caught)
    #expect(try game(throwing: .error(nil), caught: .error(nil)).play() == caught)
  }

  @Test("an error that nobody catches ends the case, from however deep")
  func uncaughtError() throws {
    let ended = ["A 0-10", "long 0-10", "done 10"]
    #expect(try game(throwing: .error("e"), caught: .error("other")).play() == ended)
    #expect(try game(throwing: .error(nil), caught: .error("other")).play() == ended)
    #expect(try game(throwing: .error("e"), caught: nil).play() == ended)
  }

  @Test("an escalation interrupts or not, as the event that catches it says; uncaught it is lost")
  func escalation() throws {
    let interrupting = game(throwing: .escalation("e"), asEnd: false, caught: .escalation("e"))
    #expect(try interrupting.play() == ["A 0-10", "long 0-10", "X 10-17", "done 17"])
    let beside = game(
      throwing: .escalation("e"), asEnd: false, caught: .escalation(nil), interrupting: false)
    #expect(
      try beside.play()
        == ["A 0-10", "X 10-17", "after 10-30", "long 0-100", "B 100-105", "done 105"])
    let lost = game(throwing: .escalation("e"), asEnd: false, caught: nil)
    #expect(
      try lost.play() == ["A 0-10", "after 10-30", "long 0-100", "B 100-105", "done 105"])
  }

  /// Adds to `sub` an event sub-process that does H.
  func withEventSubProcess(
    _ game: FlowGame, _ trigger: FlowElement.EventTrigger, interrupting: Bool = true
  ) -> FlowGame {
    var game = game
    game.add("handler", .subProcess(.event), in: "sub")
    game.add("begin", .startEvent(trigger), in: "handler") { $0.isInterrupting = interrupting }
    game.tasks("H", in: "handler")
    game.draw("begin H")
    game.seconds["H"] = 50
    return game
  }

  @Test("an event sub-process catches what is thrown in its scope, and the scope then goes on")
  func eventSubProcess() throws {
    let error = withEventSubProcess(
      game(throwing: .error("e"), caught: .error(nil)), .error("e"))
    #expect(try error.play() == ["A 0-10", "long 0-10", "H 10-60", "B 60-65", "done 65"])
    let escalation = withEventSubProcess(
      game(throwing: .escalation(nil), asEnd: false, caught: nil), .escalation(nil),
      interrupting: false)
    #expect(
      try escalation.play()
        == ["A 0-10", "after 10-30", "H 10-60", "long 0-100", "B 100-105", "done 105"])
  }

  @Test("an error thrown by the handler of an error goes outwards")
  func errorInHandler() throws {
    var game = withEventSubProcess(
      game(throwing: .error("e"), caught: .error(nil)), .error("e"))
    game.add("again", .endEvent(.error("e")), in: "handler")
    game.draw("H again")
    #expect(try game.play() == ["A 0-10", "long 0-10", "H 10-60", "X 60-67", "done 67"])
  }

  @Test("an event sub-process begins by time, instead of its scope or beside it, again and again")
  func timedEventSubProcess() throws {
    var game = withEventSubProcess(
      game(throwing: .none, caught: nil), .timer(.duration, "PT30S"))
    game.events["begin"] = DelayModel(.constant(30))
    #expect(try game.play() == ["A 0-10", "long 0-30", "H 30-80", "B 80-85", "done 85"])
    var beside = withEventSubProcess(
      self.game(throwing: .none, caught: nil), .timer(.cycle, "R2/PT30S"), interrupting: false)
    beside.events["begin"] = DelayModel(.constant(30), occurrences: 2)
    beside.seconds["H"] = 5
    #expect(
      try beside.play()
        == ["A 0-10", "H 30-35", "H 60-65", "long 0-100", "B 100-105", "done 105"])
  }

  @Test("an event sub-process of the process itself takes over the case")
  func atTheTop() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B")
    game.add("end", .endEvent(.none))
    game.add("handler", .subProcess(.event))
    game.add("begin", .startEvent(.message(nil)), in: "handler")
    game.tasks("H", in: "handler")
    game.draw("start A B end, begin H")
    game.events["begin"] = DelayModel(.constant(90))
    #expect(try game.play() == ["A 0-60", "B 60-90", "H 90-150", "done 150"])
  }
}
