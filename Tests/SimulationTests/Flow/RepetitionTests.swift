import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Loops and multi-instance activities") struct RepetitionTests {
  /// start > A, repeated > B 5 s > end.
  func game(
    _ loop: FlowElement.Loop, _ repetition: RepetitionModel,
    _ execution: (inout ExecutionAttributes) -> Void = { _ in }
  ) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("A", .task(.user), loop: loop, execution)
    game.tasks("B")
    game.add("end", .endEvent(.none))
    game.draw("start A B end")
    game.seconds = ["A": 20, "B": 5]
    game.repetitions["A"] = repetition
    return game
  }

  @Test("instances come one after the other, or at once")
  func instances() throws {
    let sequential = game(
      .multiInstanceSequential(cardinality: "3"), RepetitionModel(count: .constant(3)))
    #expect(
      try sequential.play() == ["A 0-20", "A 20-40", "A 40-60", "B 60-65", "done 65"])
    let parallel = game(
      .multiInstanceParallel(cardinality: "3"), RepetitionModel(count: .constant(3)))
    #expect(try parallel.play() == ["A 0-20", "A 0-20", "A 0-20", "B 20-25", "done 25"])
  }

  @Test("no instance at all completes the activity at once")
  func none() throws {
    let none = game(.multiInstanceParallel(cardinality: nil), RepetitionModel(count: .constant(0)))
    #expect(try none.play() == ["B 0-5", "done 5"])
  }

  /// Of 5 instances 60 % suffice, which are 3.
  @Test("when enough instances are complete, no further one begins and the others end")
  func enough() throws {
    let sequential = game(
      .multiInstanceSequential(cardinality: nil),
      RepetitionModel(count: .constant(5), enough: 0.6))
    #expect(
      try sequential.play() == ["A 0-20", "A 20-40", "A 40-60", "B 60-65", "done 65"])
    // Five sub-processes with the times 20, 40 …: alike here, so all five end at the third's instant.
    let parallel = game(
      .multiInstanceParallel(cardinality: nil), RepetitionModel(count: .constant(5), enough: 0.6))
    #expect(try parallel.play().filter { $0 == "A 0-20" }.count == 5)
    #expect(try parallel.play().suffix(2) == ["B 20-25", "done 25"])
  }

  @Test("a loop is done at least once, or not at all where it asks before")
  func loops() throws {
    let always = RepetitionModel(again: 1, atMost: 3)
    #expect(
      try game(.standard(condition: nil), always).play()
        == ["A 0-20", "A 20-40", "A 40-60", "B 60-65", "done 65"])
    let never = RepetitionModel(again: 0, atMost: 3)
    #expect(
      try game(.standard(condition: nil), never).play() == ["A 0-20", "B 20-25", "done 25"])
    let before = game(.standard(condition: nil), never) { $0.testsBefore = true }
    #expect(try before.play() == ["B 0-5", "done 5"])
    let beforeAlways = game(.standard(condition: nil), always) { $0.testsBefore = true }
    #expect(try beforeAlways.play().count == 5)
  }

  /// Again with ½, at most four times: 1 + ½ + ¼ + ⅛ = 1.875 times in the mean; asked before: 0.9375.
  @Test("the number of loops follows its probability", arguments: [false, true])
  func meanLoops(before: Bool) throws {
    let game = game(.standard(condition: nil), RepetitionModel(again: 0.5, atMost: 4)) {
      $0.testsBefore = before
    }
    var model = try game.model(cases: 1_000)
    model.timeline.cohortLength = model.timeline.horizon
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 4, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    let expected: Double = (before ? 0.9375 : 1.875) * 20 + 5
    #expect(interval999(work).contains(expected))
  }

  /// Each instance has its own luck: the longest of three exponential times of mean 20 is
  /// 20 · (1 + ½ + ⅓) in the mean; with one luck for all it would be 20.
  @Test("instances draw each for itself")
  func ownLuck() throws {
    var game = game(.multiInstanceParallel(cardinality: nil), RepetitionModel(count: .constant(3)))
    game.seconds["B"] = 0
    var model = try game.model(cases: 1_000)
    model.timeline.cohortLength = model.timeline.horizon
    model.stack.activities[0].handlingTime = .exponential(mean: 20)
    let times = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 6, replication: replication).cohorts[0]
      return Double(cohort.restrictedTime) / Double(cohort.arrived) / 1e6
    }
    let expected: Double = 20.0 * 11 / 6
    #expect(interval999(times).contains(expected))
  }

  @Test("a sub-process is repeated with everything in it, and an event on it ends all instances")
  func subProcess() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("sub", .subProcess(.embedded), loop: .multiInstanceSequential(cardinality: "2"))
    game.add("in", .startEvent(.none), in: "sub")
    game.tasks("A C", in: "sub")
    game.tasks("B X")
    game.add("timer", .boundary(.timer(.duration, nil), attachedTo: "sub", interrupting: true))
    game.add("end", .endEvent(.none))
    game.draw("start sub B end, in A C, timer X end")
    game.seconds = ["A": 10, "C": 20, "B": 5, "X": 7]
    game.repetitions["sub"] = RepetitionModel(count: .constant(2))
    #expect(
      try game.play()
        == ["A 0-10", "C 10-30", "A 30-40", "C 40-60", "B 60-65", "done 65"])
    game.events["timer"] = DelayModel(.constant(35))
    #expect(
      try game.play() == ["A 0-10", "C 10-30", "A 30-35", "X 35-42", "done 42"])
  }

  @Test("an error from within an instance ends the others")
  func errorInInstance() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("sub", .subProcess(.embedded), loop: .multiInstanceParallel(cardinality: "2"))
    game.tasks("A", in: "sub")
    game.add("throw", .endEvent(.error("e")), in: "sub")
    game.tasks("X")
    game.add("caught", .boundary(.error("e"), attachedTo: "sub", interrupting: true))
    game.add("end", .endEvent(.none))
    game.draw("start sub end, A throw, caught X end")
    game.repetitions["sub"] = RepetitionModel(count: .constant(2))
    #expect(try game.play() == ["A 0-60", "A 0-60", "X 60-120", "done 120"])
  }
}
