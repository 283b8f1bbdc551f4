import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Catching events, links and event-based gateways") struct CatchingEventTests {
  @Test("a link carries the token to the catching event of its name")
  func links() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A B")
    game.add("go", .intermediateThrow(.link("x")))
    game.add("come", .intermediateCatch(.link("x")))
    game.add("end", .endEvent(.none))
    game.draw("start A go, come B end")
    #expect(try game.play() == ["A 0-60", "B 60-120", "done 120"])
  }

  /// start > gateway > (timer > A | message > B | receive > C) > end.
  func race(_ events: [String: DelayModel]) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("gateway", .gateway(.eventBased))
    game.add("timer", .intermediateCatch(.timer(.duration, "PT1M")))
    game.add("message", .intermediateCatch(.message(nil)))
    game.add("receive", .task(.receive))
    game.tasks("A B C")
    game.add("end", .endEvent(.none))
    game.draw("start gateway timer A end, gateway message B end, gateway receive C end")
    game.events = events
    return game
  }

  @Test("the earliest event of an event-based gateway wins, ties by the order of the flows")
  func eventBased() throws {
    let (slow, fast) = (DelayModel(.constant(90)), DelayModel(.constant(30)))
    #expect(
      try race(["timer": slow, "message": fast, "receive": slow]).play()
        == ["B 30-90", "done 90"])
    #expect(
      try race(["timer": fast, "message": fast, "receive": fast]).play()
        == ["A 30-90", "done 90"])
    #expect(
      try race(["timer": slow, "message": .never, "receive": fast]).play()
        == ["C 30-90", "done 90"])
  }

  /// Exponential events with rates 1/60, 1/30 and 1/20 per second: each wins in proportion to its rate,
  /// 1/6, 2/6 and 3/6; A, B and C take 100, 10 and 1 s.
  @Test("the race of exponential events is won in proportion to their rates")
  func raceOfExponentials() throws {
    var game = race([
      "timer": DelayModel(.exponential(mean: 60)), "message": DelayModel(.exponential(mean: 30)),
      "receive": DelayModel(.exponential(mean: 20)),
    ])
    game.seconds = ["A": 100, "B": 10, "C": 1]
    var model = try game.model(cases: 2_000)
    model.timeline.cohortLength = model.timeline.horizon
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 3, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    let expected = 123.0 / 6
    #expect(interval999(work).contains(expected))
  }

  /// A (60 s) throws the signal that the other branch waits for since 0 s; a signal nobody waits for is
  /// lost, so that a catch which comes after it stays stuck.
  @Test("a signal is caught by whoever waits for it in the case, and lost where nobody does")
  func signals() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("fork", .gateway(.parallel))
    game.tasks("A B C")
    game.add("throw", .intermediateThrow(.signal("ready")))
    game.add("catch", .intermediateCatch(.signal("ready")))
    game.add("end", .endEvent(.none))
    game.draw("start fork A throw C end, fork catch B end")
    #expect(try game.play() == ["A 0-60", "B 60-120", "C 60-120", "done 120"])
    game.flows.removeAll { $0.id == "fork-catch" }
    game.tasks("late")
    game.draw("fork late catch")
    game.seconds["late"] = 90
    #expect(try game.play() == ["A 0-60", "late 0-90", "C 60-120", "stuck"])
  }

  @Test("a message thrown before somebody waits for it is kept")
  func messages() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("fork", .gateway(.parallel))
    game.tasks("A B late")
    game.add("throw", .intermediateThrow(.message("order")))
    game.add("catch", .intermediateCatch(.message("order")))
    game.add("end", .endEvent(.none))
    game.draw("start fork A throw end, fork late catch B end")
    game.seconds = ["A": 10, "late": 90, "B": 5]
    #expect(try game.play() == ["A 0-10", "late 0-90", "B 90-95", "done 95"])
    game.seconds = ["A": 100, "late": 90, "B": 5]
    #expect(try game.play() == ["late 0-90", "A 0-100", "B 100-105", "done 105"])
  }

  @Test("a process without a start event begins with whatever no flow leads to")
  func noStart() throws {
    var game = FlowGame()
    game.tasks("A B C")
    game.add("end", .endEvent(.none))
    game.draw("A C end, B C")
    game.seconds = ["A": 10, "B": 20, "C": 5]
    #expect(try game.play() == ["A 0-10", "C 10-15", "B 0-20", "C 20-25", "done 25"])
  }
}
