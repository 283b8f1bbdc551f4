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
    expectError("loss: exponential mean 900 EUR", "loss: ‹exponential mean 9 minus 5", "may be negative")
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
  ]
}
