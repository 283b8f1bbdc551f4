import Facts
import Foundation
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

/// Two agents and a verifier at the first steps of the loan process, with risks to be filled in.
private let text =
  smallScenario.replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities: { default: { team: clerks, time: 5 min } }
      attributes: { amount: { number: exponential mean 3 } }
      applications: { core: { concurrent: 9 sessions }, crm: {} }
      automations:
        triage: { kind: agent, time: 1 min, errors: 5 %, touches: core }
        billing: { kind: rpa, runners: 2 runners, time: 1 min, touches: [core, crm] }
        verifier: { kind: agent, time: 2 s }
      variants:
        as-is: { assign: { triage: step_02, billing: step_03 } }
        unchecked: { extends: as-is, risk: { errors: { spread: 60 % } } }
      risk:
        criticality: [{ when: amount > 10, factor: 5 }, { when: amount > 5, factor: 2 }]
        errors:
          spread: 40 %
          checks:
            peer: { after: [step_02..step_03], automation: verifier, time: 5 s, finds: 85 %, corrected_by: clerks, correction: 15 min }
          escaped: { loss: exponential mean 900 EUR, found_after: 20 days, team: clerks, time: 45 min }
        violations:
          lending:
            at: [step_03]
            share: 2 %
            audited: { every: 4 weeks, share: 5 %, team: clerks, time: 20 min, corrected_by: clerks, correction: 30 min }
            exposed: { share: 30 %, after: 90 days, loss: 5000 EUR }
        compromise:
          of: [triage, billing]
          every: exponential mean 700 days
          trusted_by: { triage: [verifier] }
          spread: 50 %
          shared_applications: 10 %
          layer: 20 %
          found_after: 10 days
          contained_for: 8 h
          cases: { loss: 40 EUR, team: clerks, time: 15 min }
        leaks:
          personal: { when: amount > 2, collected_at: [step_02], cleared: [triage, core], share: 1 %, loss: 9 EUR }
        cascade:
          couples: { core: [triage], triage: [billing] }
          share: 60 %
          shared_applications: 10 %
          lasts: 2 h
          inconsistent: 20 %

      """)

@Suite("Risk in scenarios") struct RiskScenarioTests {
  func stacks(_ text: String) throws -> [StackModel] {
    try compile(try read(text)).variants.map(\.model.stack)
  }

  func risk(_ text: String) throws -> RiskModel { try #require(try stacks(text)[0].risk) }

  func expectError(
    _ original: String, _ marked: String, _ message: String,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
  ) {
    #expect(text.contains(original), "no such text", sourceLocation: sourceLocation)
    expectProblem(
      in: text.replacing(original, with: marked, maxReplacements: 1), message,
      sourceLocation: sourceLocation)
  }

  @Test("a scenario without any has none, and nothing of it on its sheet")
  func absent() throws {
    let scenario = try read(loanScenario)
    #expect(!scenario.parameters.contains { $0.path.hasPrefix("risk") })
    #expect(try stacks(loanScenario).allSatisfy { $0.risk == nil })
  }

  @Test("errors and checks become what the simulation runs")
  func errors() throws {
    let model = try risk(text)
    #expect(
      model.criticality == [
        CriticalityModel(condition: .compares(attribute: 0, .more, 10), factor: 5),
        CriticalityModel(condition: .compares(attribute: 0, .more, 5), factor: 2),
      ])
    let errors = try #require(model.errors)
    #expect(errors.spread == 0.4 && errors.spreadToPeople == 0 && errors.noticed == 0)
    let check = try #require(errors.checks.first)
    #expect(check.checker == .automation(2) && check.activities.count == 2)
    #expect(check.time.mean == 5 && check.sensitivity == 0.85 && check.share == 1)
    #expect(check.correction?.team == 0 && check.correction?.time.mean == 900)
    #expect(errors.escape?.loss.mean == 900 && errors.escape?.detection.mean == 20 * 86_400)
    #expect(errors.escape?.work?.time.mean == 2_700)
    // A variant changes one value and keeps the others.
    let other = try #require(try stacks(text)[1].risk?.errors)
    #expect(other.spread == 0.6 && other.checks.count == 1)
    // Who checks counts as used.
    #expect(try compile(try read(text)).warnings.isEmpty)
  }

  @Test("violations become what the simulation runs")
  func violations() throws {
    let policy = try #require(try risk(text).violations.first)
    #expect(policy.name == "lending" && policy.activities.count == 1)
    #expect(policy.byAutomations == 0.02 && policy.byPeople == 0)
    #expect(policy.audit?.every == 28 * 86_400_000_000 && policy.audit?.share == 0.05)
    #expect(policy.audit?.finds == 1 && policy.audit?.work.time.mean == 1_200)
    #expect(policy.audit?.correction?.time.mean == 1_800)
    #expect(policy.exposure?.share == 0.3 && policy.exposure?.after.mean == 90 * 86_400)
    #expect(policy.exposure?.incident.loss.mean == 5_000)
  }

  /// Triage and billing touch the core in common; the verifier trusts triage and touches nothing.
  @Test("a compromise goes along trust, through applications and, where there is one, the layer")
  func compromise() throws {
    let model = try #require(try risk(text).compromise)
    #expect(model.targets == [0, 1] && model.affects == 1 && model.spreadDelay.mean == 0)
    #expect(model.detection.mean == 10 * 86_400 && model.containment.mean == 8 * 3_600)
    #expect(model.damage.loss.mean == 40 && model.damage.work?.time.mean == 900)
    func expected(_ links: [LinkModel], _ shares: [(Int, Int, Double)]) {
      #expect(links.map { [$0.from, $0.to] } == shares.map { [$0.0, $0.1] })
      for (link, share) in zip(links, shares) { #expect(abs(link.probability - share.2) < 1e-12) }
    }
    expected(model.links, [(0, 1, 0.1), (0, 2, 0.5), (1, 0, 0.1)])
    let layered = text.replacing(
      "unchecked: { extends: as-is,",
      with: "unchecked: { extends: as-is, orchestration: { level: 2 },"
    ).appending(
      "orchestration_layers: { central: { latency: 1 s per hop, concurrent: 5 cases } }\n")
    let other = try #require(try stacks(layered)[1].risk?.compromise)
    // 1 - .9 · .8, 1 - .5 · .8, and .2 where nothing else leads.
    expected(
      other.links,
      [(0, 1, 0.28), (0, 2, 0.6), (1, 0, 0.28), (1, 2, 0.2), (2, 0, 0.2), (2, 1, 0.2)])
  }

  /// Units are the two applications, then the automations.
  @Test("leaks and cascades become what the simulation runs")
  func leaksAndCascades() throws {
    let model = try risk(text)
    let leak = try #require(model.leaks.first)
    #expect(leak.clearedAutomations == [0] && leak.clearedApplications == [0])
    #expect(leak.condition == .compares(attribute: 0, .more, 2) && leak.collectedAt.count == 1)
    #expect(leak.share == 0.01 && leak.byPeople == 0 && leak.incident.loss.mean == 9)
    let cascade = try #require(model.cascade)
    #expect(cascade.links.map { [$0.from, $0.to] } == [[0, 2], [2, 3], [3, 2]])
    let shares = cascade.links.map(\.probability)
    #expect(zip(shares, [0.6, 0.64, 0.1]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(cascade.lasts.mean == 7_200 && cascade.inconsistent == 0.2 && cascade.rollBack == nil)
  }

  @Test("wrong values of the other classes are refused where they stand")
  func errorsOfOthers() {
    expectError("every: 4 weeks", "every: ‹0 weeks", "out of range")
    expectError("at: [step_03]", "at: [‹step_99]", "is no activity of the process")
    expectError("of: [triage, billing]", "of: [triage, ‹biling]", "did you mean 'billing'?")
    expectError(
      "trusted_by: { triage: [verifier] }", "trusted_by: { ‹triag: [verifier] }",
      "did you mean 'triage'?")
    expectError(
      "trusted_by: { triage: [verifier] }", "trusted_by: { triage: [‹triage] }",
      "it is linked to itself")
    expectError("cleared: [triage, core]", "cleared: [triage, ‹cor]", "did you mean 'core'?")
    expectError("{ core: [triage],", "{ ‹cora: [triage],", "did you mean 'core'?")
    expectError("lasts: 2 h", "lasts: ‹0 h", "out of range")
    expectError("layer: 20 %", "layer: ‹120 %", "out of range")
    #expect(
      problems(
        text.replacing("    couples: { core: [triage], triage: [billing] }\n", with: "")
          .replacing("    shared_applications: 10 %\n    lasts: 2 h", with: "    lasts: 2 h")
      ).contains { $0.message.contains("couples nothing") })
  }

  @Test("what is assumed is on the assumption sheet")
  func assumptions() throws {
    let scenario = try read(text)
    for path in [
      "risk.errors.spread_to_people", "risk.errors.checks.peer.correlation",
      "risk.errors.checks.peer.false_alarms",
    ] {
      #expect(
        scenario.parameters.contains { $0.path == path && $0.provenance == .assumed }, "\(path)")
    }
  }

  @Test("wrong values of errors and checks are refused where they stand")
  func errorsOfErrors() {
    expectError("spread: 40 %", "spread: ‹1.2", "out of range")
    expectError("spread: 40 %", "‹sprad: 40 %", "did you mean 'spread'?")
    expectError("finds: 85 %", "finds: ‹105 %", "out of range")
    expectError("automation: verifier", "automation: ‹verifer", "did you mean 'verifier'?")
    expectError(
      "automation: verifier", "automation: verifier, team: ‹clerks", "keep one of them")
    expectError("after: [step_02..step_03]", "after: [‹step_99]", "is no activity of the process")
    expectError(
      "corrected_by: clerks, correction: 15 min", "corrected_by: ‹clerks",
      "counts for nothing alone")
    expectError(
      "loss: exponential mean 900 EUR", "loss: ‹exponential mean 900 USD",
      "the scenario counts in EUR")
    expectError(
      "loss: exponential mean 900 EUR", "loss: ‹exponential mean 9 minus 5", "may be negative")
    expectError("{ when: amount > 5, factor: 2 }", "{ when: ‹amont > 5, factor: 2 }", "amount")
    #expect(
      problems(text.replacing("automation: verifier, ", with: "")).contains {
        $0.message.contains("does not say who checks")
      })
  }
}

@Suite("The page of risk") struct RiskPageTests {
  @Test("has an example that runs without a warning and does what the page says")
  func example() throws {
    let file = scenarioFolder.deletingLastPathComponent()
      .appending(path: "docs/reference/mechanisms/risk.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let start = try #require(text.firstRange(of: "```yaml\n")?.upperBound)
    let end = try #require(text[start...].firstRange(of: "```")?.lowerBound)
    let compiled = try compile(try read(String(text[start..<end])))
    #expect(compiled.warnings.map(\.message) == [])
    let model = compiled.variants[1].model
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    for event in Self.events { #expect(record.ledger[event.rawValue].count > 0, "\(event.name)") }
  }

  static let events: [MechanismEvent] = [
    .errorSpread, .checkFound, .checkMissed, .checkFalseAlarm, .errorEscaped, .escapedAfterTwo,
    .policyViolated, .decisionAudited, .violationFound, .violationExposed, .compromise,
    .agentCompromised, .caseCompromised, .compromiseFound, .dataLeaked, .takenDown,
  ]
}
