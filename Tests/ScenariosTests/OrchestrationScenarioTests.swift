import Facts
import ProcessModel
import Simulation
import Testing

@testable import Scenarios

/// Three automations that do three of the loan process's steps, with a layer that only passes work on.
private let text =
  smallScenario.replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities: { default: { team: clerks, time: 5 min } }
      attributes: { size: { categories: { small: 80 %, large: 20 % } }, amount: { number: exponential mean 3 } }
      automations:
        triage: { kind: agent, time: 1 min, failure: 5 % }
        billing: { kind: rpa, runners: 2 runners, time: 1 min }
        chief: { kind: agent, time: 2 s }
      guardrails:
        check: { raised_by: triage, after: step_02, fires: 50 %, ticket: clerks, review: 5 min }
      orchestration_layers:
        central: { latency: 1 s per hop, concurrent: 5 cases, shares_context: true, idempotent: true }
      coordination:
        context_lost: 20 %
        doubles: 10 %
        conflicts: { rate: 0.02 }
        reconciliation: { team: clerks, time: 20 min }
      monitoring: { team: clerks, time: 6 min }
      variants:
        as-is: { assign: { triage: step_02, billing: step_03 } }
        watched: { extends: as-is, orchestration: { level: 1 } }
        led: { extends: as-is, orchestration: { level: 2 }, supervisor: { automation: chief, leads: [triage, billing], delegation: 2 s } }
      """)

@Suite("Coordination and orchestration in scenarios") struct OrchestrationScenarioTests {
  func stacks(_ text: String) throws -> [StackModel] {
    try compile(try read(text)).variants.map(\.model.stack)
  }

  @Test("become what the simulation runs")
  func compiles() throws {
    let stacks = try stacks(text)
    let coordination = try #require(stacks[0].coordination)
    #expect(coordination.islands == [0, 1, 2] && coordination.technologies == [0, 1, 0])
    #expect(coordination.contextLost == 0.2 && coordination.doubleEffect == 0.1)
    #expect(coordination.conflictRate == 0.02 && coordination.conflictExponent == 1)
    #expect(coordination.reconciliation?.team == 0)
    #expect(coordination.reconciliation?.time.mean == 1_200)
    #expect(stacks.map { $0.monitor == nil } == [true, false, true])
    #expect(stacks[1].monitor?.alert.time.mean == 360 && stacks[1].monitor?.attempts == 1)
    #expect(stacks.map { $0.supervisor == nil } == [true, true, false])
    #expect(stacks[2].supervisor?.automation == 2 && stacks[2].supervisor?.leads == [0, 1])
    // Who leads counts as used.
    #expect(try compile(try read(text)).warnings.isEmpty)
  }

  /// What a layer shares and repeats safely is taken from what it says, unless it says more.
  @Test("a layer that shares context and is idempotent removes what comes of their lack")
  func factors() throws {
    let factors = try #require(try stacks(text)[2].layer?.factors)
    #expect(factors.contextLost == 0 && factors.doubleEffect == 0 && factors.conflicts == 1)
    let plain = text.replacing(
      "shares_context: true, idempotent: true", with: "price: 1 EUR per case")
    let other = try #require(try stacks(plain)[2].layer)
    #expect(other.factors == CoordinationFactors())
    #expect(other.costPerCase == 1e6 && other.costPerHop == 0)
    let said = text.replacing(
      "idempotent: true", with: "idempotent: true, coordination: { context_lost: 1.5 }")
    #expect(try stacks(said)[2].layer?.factors.contextLost == 1.5)
  }

  @Test("islands are automations alone, technologies, or groups")
  func islands() throws {
    for (written, islands) in [
      ("each", [0, 1, 2]), ("technology", [0, 1, 0]), ("{ all: [triage, billing] }", [0, 0, 3]),
    ] {
      let changed = text.replacing(
        "context_lost: 20 %", with: "islands: \(written)\n  context_lost: 20 %")
      #expect(try stacks(changed)[0].coordination?.islands == islands)
    }
  }

  @Test("what is assumed is on the assumption sheet")
  func assumptions() throws {
    let scenario = try read(text)
    for path in [
      "coordination.technology_factor", "coordination.conflicts.exponent",
      "orchestration_layers.central.coordination.context_lost", "monitoring.detects",
    ] {
      #expect(
        scenario.parameters.contains { $0.path == path && $0.provenance == .assumed }, "\(path)")
    }
  }

  @Test("a scenario without any of it has none of it on the sheet")
  func offIsOff() throws {
    let scenario = try read(loanScenario)
    let names = ["coordination", "monitoring", "supervisor", "storm_control"]
    #expect(
      !scenario.parameters.contains { parameter in names.contains { parameter.path.hasPrefix($0) } }
    )
    let stack = try stacks(loanScenario)[0]
    #expect(stack.coordination == nil && stack.monitor == nil && stack.storm == nil)
  }

  func expectError(
    _ original: String, _ marked: String, _ message: String,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(text.contains(original), "no such text", sourceLocation: sourceLocation)
    expectProblem(
      in: text.replacing(original, with: marked, maxReplacements: 1), message,
      sourceLocation: sourceLocation)
  }

  @Test("bad values are refused where they stand")
  func errors() {
    expectError("context_lost: 20 %", "context_lost: ‹1.2", "out of range")
    expectError("{ rate: 0.02 }", "{ rate: ‹-1 }", "out of range")
    expectError(
      "reconciliation: { team: clerks,", "reconciliation: { team: ‹clerk,", "did you mean 'clerks'?"
    )
    expectError(
      "context_lost: 20 %", "islands: ‹tecnology\n  context_lost: 20 %",
      "did you mean 'technology'?")
    expectError(
      "context_lost: 20 %", "islands: { a: triage, b: ‹triage }\n  context_lost: 20 %",
      "it can be on one only")
    expectError(
      "context_lost: 20 %", "islands: { a: ‹triag }\n  context_lost: 20 %", "did you mean 'triage'?"
    )
    expectError(
      "leads: [triage, billing]", "leads: [triage, ‹chief]", "the supervisor 'chief' leads itself")
    expectError(
      "delegation: 2 s }", "delegation: 2 s, synthesis: { after: [‹step_99], time: 1 s } }",
      "is no activity of the process")
  }

  @Test("what makes work for nobody is refused")
  func nobody() {
    let without = text.replacing("\n  reconciliation: { team: clerks, time: 20 min }", with: "")
    #expect(
      problems(without).contains {
        $0.message.contains(
          "'coordination.reconciliation' is missing, but 'coordination.doubles' makes work for it")
      })
  }

  @Test("storm control is a window or a limit, and tells triggers apart by categories")
  func storms() throws {
    func with(_ control: String) -> String { text + "storm_control: \(control)\n" }
    let storm = try #require(
      try stacks(with("{ window: 5 min, same: size, at_most: 60 per hour, burst: 3 cases }"))[0]
        .storm)
    #expect(storm.window == 300_000_000 && storm.sameAttribute == 0)
    #expect(storm.limit == .init(interval: 60_000_000, burst: 3, drops: false))
    expectProblem(in: with("{ window: 5 min, same: ‹amount }"), "which is a number")
    expectProblem(
      in: with("{ window: 5 min, excess: ‹drop }"),
      "counts for nothing without 'storm_control.at_most'")
  }

  @Test("thresholds, routes, weaknesses and routing are read as lists or groups")
  func policies() throws {
    let changed = text.replacing(
      "review: 5 min }",
      with: "review: 5 min, thresholds: [{ when: size = large, fires: 90 % }, { during: office, "
        + "fires: 30 % }] }"
    ).replacing(
      "failure: 5 % }", with: "failure: 5 %, weaknesses: [{ when: size = large, failure: 25 % }] }"
    ).replacing(
      "idempotent: true",
      with: "idempotent: true, routing: { below: 80 %, types: { when: size = large }, "
        + "alternatives: { triage: chief } }, reroute: { billing: people }, "
        + "policies: { every: 9 days, repair: 1 h }, on_failure: { roll_back: true }")
    let stack = try stacks(changed)[2]
    let isLarge = CaseCondition.compares(attribute: 0, .equal, 1)
    #expect(stack.guardrails[0].thresholds.map(\.probability) == [0.9, 0.3])
    #expect(stack.guardrails[0].thresholds[0].condition == isLarge)
    #expect(stack.guardrails[0].thresholds[1].calendar == 0)
    #expect(
      stack.automations[0].weaknesses
        == [WeaknessModel(condition: isLarge, failureProbability: 0.25)])
    let layer = try #require(stack.layer)
    #expect(layer.routing?.caseTypes == [isLarge] && layer.routing?.alternatives == [0: [2]])
    #expect(layer.routing?.minimumRuns == 20 && layer.routing?.explores == 0.05)
    #expect(layer.reroutes == [1: .people] && layer.policyPlane?.whenDown == .wait)
    #expect(layer.recovery == RecoveryModel(compensates: true))
  }

  @Test("and refused where they contradict themselves")
  func contradictions() {
    expectError(
      "review: 5 min }", "review: 5 min, thresholds: [{ fires: 90 % }, ‹{ fires: 30 % }] }",
      "is never looked at")
    expectError("idempotent: true", "reroute: { triage: ‹triage }", "take over from itself")
    expectError("idempotent: true", "reroute: { ‹triag: people }", "did you mean 'triage'?")
    expectError(
      "idempotent: true", "routing: { below: 80 %, alternatives: { triage: ‹chif } }",
      "did you mean 'chief'?")
    expectError("idempotent: true", "retries: { times: 2, jitter: ‹150 % }", "out of range")
  }
}
