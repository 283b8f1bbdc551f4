import ProcessModel
import Simulation
import SimulationTestSupport
import Statistics
import Testing

/// Token games that can be played on paper: tasks take the seconds stated, nobody waits for people.
@Suite("Inclusive gateways") struct InclusiveGatewayTests {
  /// start > split > (A 60 s, B 120 s, C 180 s) > join > Z 10 s > end.
  func block(_ shares: [String: Double], standard: String? = nil) -> FlowGame {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("split", .gateway(.inclusive), standard: standard)
    game.tasks("A B C Z")
    game.add("join", .gateway(.inclusive))
    game.add("end", .endEvent(.none))
    game.draw("start split A join Z end, split B join, split C join")
    game.seconds = ["A": 60, "B": 120, "C": 180, "Z": 10]
    game.shares = shares
    return game
  }

  @Test("the join waits for the flows that were taken and for no others")
  func takenFlows() throws {
    let two = block(["split-A": 1, "split-B": 1, "split-C": 0])
    #expect(try two.play() == ["A 0-60", "B 0-120", "Z 120-130", "done 130"])
    let three = block([:])
    #expect(try three.play() == ["A 0-60", "B 0-120", "C 0-180", "Z 180-190", "done 190"])
    let one = block(["split-A": 0, "split-B": 1, "split-C": 0])
    #expect(try one.play() == ["B 0-120", "Z 120-130", "done 130"])
  }

  @Test("the default flow is taken when no other is, and then alone")
  func defaultFlow() throws {
    let none = block(["split-A": 0, "split-B": 0], standard: "split-C")
    #expect(try none.play() == ["C 0-180", "Z 180-190", "done 190"])
    let both = block(["split-A": 1, "split-B": 1], standard: "split-C")
    #expect(try both.play() == ["A 0-60", "B 0-120", "Z 120-130", "done 130"])
  }

  /// Without a default, given that one of ½, ¼, ⅕ is taken: P(any) = 1 − ½ · ¾ · ⅘ = 0.7.
  ///
  /// So A is taken with 5/7, B with 5/14, C with 2/7, and all three with (½ · ¼ · ⅕)/0.7 = 1/28.
  @Test("without a default, flows are independent on the condition that one is taken")
  func conditionalLaw() throws {
    var model = try block(["split-A": 0.5, "split-B": 0.25, "split-C": 0.2]).model(cases: 2_000)
    model.timeline.cohortLength = model.timeline.horizon
    // A task takes a minute, ten and a hundred: the sum of a case tells which were taken.
    for (index, seconds) in [1.0, 10, 100, 0].enumerated() {
      model.stack.activities[index].handlingTime = .constant(seconds)
    }
    let work = try (0..<20).map { replication in
      let cohort = try runReplication(of: model, seed: 5, replication: replication).cohorts[0]
      return Double(cohort.taskTime) / Double(cohort.arrived) / 1e6
    }
    let expected: Double = (10.0 + 50 + 400) / 14
    #expect(interval999(work).contains(expected))
  }

  /// Outer split: X (10 s) and an inner block; the inner block takes P (20 s) alone.
  ///
  /// The inner join must not wait for Q, nor the outer one act before the inner: Y 30–40.
  @Test("nested blocks join each their own")
  func nested() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    for id in ["outer", "inner", "innerJoin", "outerJoin"] { game.add(id, .gateway(.inclusive)) }
    game.tasks("X P Q R Y")
    game.add("end", .endEvent(.none))
    game.draw("start outer X outerJoin Y end, outer inner P innerJoin R outerJoin")
    game.draw("inner Q innerJoin")
    game.seconds = ["X": 10, "P": 20, "Q": 500, "R": 10, "Y": 10]
    game.shares = ["inner-Q": 0]
    #expect(try game.play() == ["X 0-10", "P 0-20", "R 20-30", "Y 30-40", "done 40"])
    game.shares = ["inner-P": 1, "inner-Q": 1, "outer-X": 0]
    #expect(try game.play() == ["P 0-20", "Q 0-500", "R 500-510", "Y 510-520", "done 520"])
  }

  /// A fork sends two tokens, at 10 s and 20 s, by one merge into the same flow of the join, and C comes
  /// by the other at 100 s.
  ///
  /// At 100 s the join takes one token from each flow, Z 100–110. The second token of the first flow then
  /// waits for nobody: Z again, 100–110.
  @Test("several tokens on one incoming flow are taken one for each activation")
  func severalArrivals() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("fork", .gateway(.parallel))
    game.tasks("A B C Z")
    game.add("merge", .gateway(.exclusive))
    game.add("join", .gateway(.inclusive))
    game.add("end", .endEvent(.none))
    game.draw("start fork A merge join Z end, fork B merge, fork C join")
    game.seconds = ["A": 10, "B": 20, "C": 100, "Z": 10]
    #expect(
      try game.play()
        == ["A 0-10", "B 0-20", "C 0-100", "Z 100-110", "Z 100-110", "done 110"])
  }

  /// A waits at the join from 10 s on; until 30 s the token at B can still come, by the loop or at once.
  @Test("the join waits for a token in a cycle as long as that can still come")
  func cycle() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("fork", .gateway(.parallel))
    game.tasks("A B Z")
    game.add("merge", .gateway(.exclusive))
    game.add("again", .gateway(.exclusive))
    game.add("join", .gateway(.inclusive))
    game.add("end", .endEvent(.none))
    game.add("gone", .endEvent(.none))
    game.draw("start fork A join Z end, fork merge B again merge, again gone, again join")
    game.seconds = ["A": 10, "B": 30, "Z": 10]
    // The token leaves the loop by its end: then nothing can come, and the join acts at 30 s.
    game.shares = ["again-merge": 0, "again-gone": 1, "again-join": 0]
    #expect(try game.play() == ["A 0-10", "B 0-30", "Z 30-40", "done 40"])
    game.shares = ["again-merge": 0, "again-gone": 0, "again-join": 1]
    #expect(try game.play() == ["A 0-10", "B 0-30", "Z 30-40", "done 40"])
  }

  /// A loop back from behind the join to before it: J waits for A (60 s) although the path from B's end
  /// back to J's other flow passes J itself, which does not count.
  @Test("a path through the join itself keeps nobody waiting")
  func backLoop() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.tasks("A Z")
    game.add("join", .gateway(.inclusive))
    game.add("again", .gateway(.exclusive))
    game.add("end", .endEvent(.none))
    game.draw("start A join Z again end, again join")
    game.shares = ["again-join": 0]
    #expect(try game.play() == ["A 0-60", "Z 60-120", "done 120"])
  }

  /// Two joins in a cycle, each with a token that would first have to pass the other.
  ///
  /// Table 13.3 lets neither act: J1 awaits its flow from J2, J2 its flow from J1.
  @Test("joins that wait for each other are reported as stuck")
  func viciousCircle() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("fork", .gateway(.parallel))
    for id in ["J1", "J2", "S1", "S2"] { game.add(id, .gateway(.inclusive)) }
    game.tasks("A B")
    game.add("end", .endEvent(.none))
    game.draw("start fork A J1 S1 J2 S2 J1, fork B J2, S1 end, S2 end")
    #expect(try game.play() == ["A 0-60", "B 0-60", "stuck"])
  }

  @Test(
    "a parallel join whose other flow never comes leaves the case stuck, and the record says so")
  func stuckParallelJoin() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("choice", .gateway(.exclusive))
    game.tasks("A B")
    game.add("join", .gateway(.parallel))
    game.add("end", .endEvent(.none))
    game.draw("start choice A join end, choice B join")
    game.shares = ["choice-A": 1, "choice-B": 0]
    #expect(try game.play() == ["A 0-60", "stuck"])
  }

  @Test("conditional flows out of a task are taken each by itself, with the default else")
  func conditionalFlows() throws {
    var game = FlowGame()
    game.add("start", .startEvent(.none))
    game.add("T", .task(.user), standard: "T-C")
    game.tasks("A B C D")
    game.add("end", .endEvent(.none))
    game.draw("start T")
    game.draw("T A, T B", condition: "x")
    game.draw("T C end, T D end, A end, B end")
    game.seconds = ["A": 10, "B": 20, "C": 30, "D": 40]
    // The unconditional flow to D is always taken.
    game.shares = ["T-A": 1, "T-B": 0]
    #expect(try game.play() == ["T 0-60", "A 60-70", "D 60-100", "done 100"])
    game.shares = ["T-A": 0, "T-B": 0]
    #expect(try game.play() == ["T 0-60", "C 60-90", "D 60-100", "done 100"])
  }
}
