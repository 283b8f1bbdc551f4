import Facts
import Foundation
import Importing
import Inventory
import Simulation
import Testing

@testable import Scenarios

private let text =
  smallScenario.replacing(
    "teams: { clerks: { people: 3, cost: 40 EUR/h } }",
    with: """
      teams:
        clerks: { people: 3, cost: 40 EUR/h, speed: 90 % }
        others: { people: 2, cost: 50 EUR/h }
      automations: { bot: { kind: script, time: 1 min } }
      variants: { as-is: { assign: { bot: { steps: step_02, share: 60 % } } } }
      response:
        recruit:
          watch: clerks
          backlog: 2.5 working days
          lead_time: 6 weeks
          hire: { people: 2, price: 8000 EUR per hire, overhead: 700 EUR per week }
        overtime:
          watch: clerks
          tickets: 20
          for: 3 working days
          lead_time: 1 day
          overtime: { longer: 2 h, surcharge: 25 % }
        gate:
          watch: clerks
          inflow: { over: 2 weeks }
          lead_time: 1 day
          intake: { at_most: 60 per working day }
        bot_off: { watch: clerks, tickets: 9, lead_time: 1 day, switch_off: bot }
      """
  )
  .replacing("inflow: { over: 2 weeks }", with: "inflow: { over: 10 working days }")

@Suite("Management response in scenarios") struct ResponseScenarioTests {
  func stack(_ text: String) throws -> StackModel {
    try #require(try compile(try read(text)).variants.first?.model.stack)
  }

  /// A working day is 8 hours: one case every 480 s of them.
  ///
  /// What is not said of a hire is as for the team.
  @Test("becomes what the simulation runs")
  func compiles() throws {
    let response = try #require(try stack(text).response)
    #expect(response.rules.map(\.name) == ["recruit", "overtime", "gate", "bot_off"])
    // Fridays close at 16:00, and Monday is three days later.
    #expect(
      response.reviews[4] == 4 * day + 16 * hour && response.reviews[5] == 7 * day + 16 * hour)
    let rules = response.rules
    guard case .backlog(days: 2.5) = rules[0].trigger, case .hire(let hire) = rules[0].action,
      case .overtime(let overtime) = rules[1].action, case .intake(let intake) = rules[2].action,
      case .share(automation: 0, share: 0) = rules[3].action,
      case .inflow(share: 1, reviews: 10) = rules[2].trigger
    else {
      Issue.record("\(rules)")
      return
    }
    #expect(hire.people == 2 && hire.team == 0 && hire.price == 8_000e6)
    #expect(hire.weeklyCost == 700e6 && hire.person.hourlyCost == 40e6)
    #expect(hire.person.speed == 0.9 && hire.ramp == nil && hire.training == nil)
    #expect(rules[0].delay.mean == 6 * 7 * 86_400 && rules[0].holds == 1 && rules[0].atMost == 1)
    #expect(rules[0].endsBelow == 0.5 && rules[1].holds == 3)
    #expect(overtime.longer == 2 * hour && overtime.surcharge == 0.25 && overtime.team == 0)
    #expect(intake.interval == 480_000_000 && intake.burst == 1 && !intake.turnsAway)
  }

  private let hour: Int64 = 3_600_000_000
  private let day: Int64 = 86_400_000_000

  @Test("what is assumed is on the sheet, and without the section nothing is")
  func assumptions() throws {
    let parameters = try read(text).parameters
    for path in ["response.recruit.ends_below", "response.gate.inflow.above"] {
      #expect(parameters.contains { $0.path == path && $0.provenance == .assumed }, "\(path)")
    }
    #expect(!(try read(loanScenario)).parameters.contains { $0.path.hasPrefix("response") })
    #expect(try stack(loanScenario).response == nil)
  }

  @Test("a variant adds rules, changes them, or has none")
  func variants() throws {
    let changed = text.replacing(
      "variants: { as-is: {",
      with:
        "variants: { alone: { response: }, more: { response: { recruit: { at_most: 4 times } } }, "
        + "as-is: {")
    let stacks = try compile(try read(changed)).variants.map(\.model.stack)
    #expect(stacks.map { $0.response?.rules.count } == [nil, 4, 4])
    #expect(stacks[1].response?.rules[0].atMost == 4)
  }

  @Test("bad values are refused where they stand")
  func errors() {
    expectError(in: text, "watch: clerks", "watch: ‹clerk", "did you mean 'clerks'?")
    expectError(in: text, "people: 2, price", "people: ‹0, price", "out of range")
    expectError(in: text, "surcharge: 25 %", "surcharge: ‹1200 %", "out of range")
    expectError(in: text, "switch_off: bot", "switch_off: ‹bott", "did you mean 'bot'?")
    expectError(
      in: text,
      "overhead: 700 EUR per week", "starts_at: ‹1.2", "out of range")
    expectError(
      in: text,
      "at_most: 60 per working day", "at_most: ‹60 per hour", "is not per working day")
    expectError(
      in: text,
      "intake: { at_most: 60 per working day }",
      "intake: { at_most: 60 per working day, loss: ‹4 EUR per case }",
      "counts for nothing: no case is turned away")
    expectError(
      in: text,
      "switch_off: bot", "borrow: { from: ‹clerks, people: 1 }", "borrows from itself")
    expectError(
      in: text,
      "switch_off: bot", "borrow: { from: others, people: ‹2 }", "one has to stay there")
  }

  @Test("a rule has one trigger and one act")
  func oneOfEach() {
    expectError(
      in: text,
      "tickets: 9,", "tickets: ‹9, backlog: 2 working days,", "has 'backlog' and 'tickets'")
    expectError(
      in: text,
      "switch_off: bot }", "switch_off: ‹bot, reassign: { automation: bot, share: 5 % } }",
      "has 'reassign' and 'switch_off'")
    #expect(
      problems(text.replacing(", switch_off: bot", with: "")).contains {
        $0.message.contains("does not say what to do; give it one of 'hire'")
      })
    #expect(
      problems(text.replacing("watch: clerks, tickets: 9,", with: "watch: clerks,")).contains {
        $0.message.contains("does not say when to act; give it one of 'backlog'")
      })
  }

  @Test("what could change nothing is refused")
  func withoutEffect() {
    #expect(
      problems(text.replacing("overhead: 700 EUR per week", with: "starts_at: 50 %")).contains {
        $0.message.contains("'response.recruit.hire.full_speed_after' is missing")
      })
    let always = text.replacing("mon-fri 08:00-16:00", with: "always")
    let error = #expect(throws: ScenarioErrors.self) { _ = try compile(try read(always)) }
    #expect(error?.problems.map(\.message).contains { $0.contains("has shifts that end") } == true)
    let twice = text.replacing("switch_off: bot", with: "overtime: { longer: 1 h }")
    #expect(
      problems(twice).contains {
        $0.message.contains("the rules 'overtime' and 'bot_off' both make the shifts")
      })
    let overtime = text.replacing(
      "cost: 40 EUR/h, speed", with: "shift_end: { overtime: 1 h }, cost: 40 EUR/h, speed")
    #expect(
      problems(overtime).contains { $0.message.contains("which finishes work in overtime anyway") })
  }

  /// The example of the page, at the end of the loan scenario.
  @Test("the example of its page runs, and leaders act in it")
  func example() throws {
    let page = try String(
      contentsOf: scenarioFolder.deletingLastPathComponent()
        .appending(path: "docs/reference/mechanisms/response.md"), encoding: .utf8)
    let example = try #require(
      page.components(separatedBy: "```yaml\n").dropFirst().first?.components(separatedBy: "```")
        .first)
    let scenario = try scenarioText("loan-approval.yaml") + "\n" + example
    let compiled = try compile(
      try readScenario(Array(scenario.utf8), path: "example.yaml") { named in
        let source = scenarioFolder.appending(path: named).standardized
        return Estate(merging: importFiles(at: [source.path()]).documents)
      })
    let model = try #require(compiled.variants.first { $0.name == "agents" }?.model)
    let record = try runReplication(of: model, seed: compiled.seed, replication: 0)
    for event in [MechanismEvent.responseDecided, .hired, .shiftsLengthened] {
      #expect(record.ledger[event.rawValue].count > 0, "\(event.name)")
    }
  }
}
