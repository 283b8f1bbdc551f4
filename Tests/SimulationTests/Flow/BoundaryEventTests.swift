import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// start > A (60 s) > B > end, with an event on the boundary of A that leads to X (10 s) > out.
@Suite("Boundary events") struct BoundaryEventTests {
  func game(
    _ trigger: FlowElement.EventTrigger, interrupting: Bool = true, _ event: DelayModel? = nil
  ) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B X")
    game.add("event", .boundary(trigger, attachedTo: "A", interrupting: interrupting))
    game.add("end", .endEvent(.none))
    game.add("out", .endEvent(.none))
    game.draw("start A B end, event X out")
    game.seconds = ["A": 60, "B": 20, "X": 10]
    game.events["event"] = event
    return game
  }

  @Test("an interrupting timer ends the work at once; one that comes later does nothing")
  func interruptingTimer() throws {
    let early = game(.timer(.duration, "PT25S"), DelayModel(.constant(25)))
    #expect(try early.play() == ["A 0-25", "X 25-35", "done 35"])
    let late = game(.timer(.duration, "PT2M"), DelayModel(.constant(120)))
    #expect(try late.play() == ["A 0-60", "B 60-80", "done 80"])
  }

  /// Work ends before events of the process come (ranks 30 and 45).
  @Test("work that is done at the instant of its timer is done")
  func tie() throws {
    let game = game(.timer(.duration, "PT1M"), DelayModel(.constant(60)))
    #expect(try game.play() == ["A 0-60", "B 60-80", "done 80"])
  }

  @Test(
    "a timer that does not interrupt lets the work go on beside it, and the case waits for both")
  func nonInterruptingTimer() throws {
    var game = game(.timer(.duration, "PT25S"), interrupting: false, DelayModel(.constant(25)))
    #expect(try game.play() == ["X 25-35", "A 0-60", "B 60-80", "done 80"])
    game.seconds["X"] = 100
    #expect(try game.play() == ["A 0-60", "B 60-80", "X 25-125", "done 125"])
  }

  @Test("a timer with a cycle comes as often as it says, while its activity is at work")
  func cycle() throws {
    let twice = game(
      .timer(.cycle, "R2/PT25S"), interrupting: false, DelayModel(.constant(25), occurrences: 2))
    #expect(
      try twice.play() == ["X 25-35", "A 0-60", "X 50-60", "B 60-80", "done 80"])
    let endless = game(
      .timer(.cycle, "R/PT16S"), interrupting: false, DelayModel(.constant(16), occurrences: .max))
    #expect(
      try endless.play()
        == ["X 16-26", "X 32-42", "X 48-58", "A 0-60", "B 60-80", "done 80"])
  }

  @Test("a message comes with its probability, and never with none")
  func message() throws {
    #expect(try game(.message(nil)).play() == ["A 0-60", "B 60-80", "done 80"])
    let often = game(.message(nil), DelayModel(.constant(10), probability: 0.3))
    var model = try often.model(cases: 2_000)
    model.timeline.cohortLength = model.timeline.horizon
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 8, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    // Interrupted: 10 s of A and 10 s of X; else 60 s of A and 20 s of B.
    let expected: Double = 0.3 * 20 + 0.7 * 80
    #expect(interval999(work).contains(expected))
  }

  /// 25 s of A are worked and paid for although it is never done, then 10 s of X: at 36 an hour 0.35.
  @Test("the time that people spent on interrupted work is theirs and is charged")
  func cost() throws {
    let model = try game(.timer(.duration, "PT25S"), DelayModel(.constant(25))).model()
    let cohort = try runReplication(of: model, seed: 1, replication: 0).cohorts[0]
    #expect(cohort.taskTime == 35 * second)
    #expect(cohort.cost.reduce(0, +) == 350_000)
  }

  @Test("the final failure of an automation goes to the error event instead of to people")
  func automationFailure() throws {
    var game = game(.error(nil))
    game.failing["A"] = 1
    #expect(try game.play() == ["run 0-1", "X 1-11", "done 11"])
    game.failing["A"] = 0
    #expect(try game.play() == ["run 0-1", "B 1-21", "done 21"])
  }

  @Test("an activity can end in its error when it is done")
  func errorOfActivity() throws {
    let game = game(.error("rejected"), DelayModel(.zero, probability: 1))
    #expect(try game.play() == ["A 0-60", "X 60-70", "done 70"])
  }

  @Test("an event on a sub-process ends everything within, nested and repeated work too")
  func subProcess() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("sub", .subProcess(.embedded))
    game.add("in", .startEvent(.none), in: "sub")
    game.add("fork", .gateway(.parallel), in: "sub")
    game.add("inner", .subProcess(.embedded), in: "sub")
    game.tasks("A", in: "sub")
    game.tasks("B", in: "inner")
    game.add("many", .task(.user), in: "sub", loop: .multiInstanceParallel(cardinality: "2"))
    game.tasks("X")
    game.add("timer", .boundary(.timer(.duration, nil), attachedTo: "sub", interrupting: true))
    game.add("end", .endEvent(.none))
    game.draw("start sub end, in fork A, fork inner, fork many, timer X end")
    game.events["timer"] = DelayModel(.constant(45))
    game.repetitions["many"] = RepetitionModel(count: .constant(2))
    game.seconds = ["A": 30, "B": 60, "many": 100, "X": 5]
    #expect(
      Set(try game.play())
        == ["A 0-30", "B 0-45", "many 0-45", "X 45-50", "done 50"])
    #expect(try game.play().count == 6)
  }

  @Test("a signal from a parallel branch comes to the boundary that waits for it")
  func signalFromWithin() throws {
    var game = game(.signal("stop"))
    game.add("fork", .gateway(.parallel))
    game.tasks("C")
    game.add("throw", .endEvent(.signal("stop")))
    game.flows.removeAll { $0.id == "start-A" }
    game.draw("start fork A, fork C throw")
    game.seconds["C"] = 40
    #expect(try game.play() == ["C 0-40", "A 0-40", "X 40-50", "done 50"])
  }
}
