import EventEngine
import Facts
import Inventory
import ProcessModel
import Simulation
import Testing

@testable import Scenarios

/// The small scenario with applications, a bot that touches one, and a team that repairs.
private let text =
  smallScenario.replacing(
    "teams: {", with: "teams: { it: { people: 1, cost: 60 EUR/h }, "
  ).replacing(
    "activities: { default: { team: clerks, time: 5 min } }",
    with: """
      activities:
        default: { team: clerks, time: 5 min }
        step_02: { touches: { core: 3 requests, crm: 1 request } }
      applications:
        core: { concurrent: 20 sessions, rate_limit: 600 per minute, latency: 2 s, maintenance: sun 02:00-06:00 }
        crm: { outages: { every: exponential mean 30 days, repair: 2 h, repaired_by: it } }
      automations:
        bot: { kind: script, time: 1 min, touches: crm, outages: { every: 10 days, repair: 1 h, in_progress: fail } }
      variants: { as-is: { assign: { bot: step_03 } } }
      """)

@Suite("Applications in scenarios") struct ApplicationScenarioTests {
  @Test("become what the simulation runs")
  func compiles() throws {
    let compiled = try compile(try read(text))
    let model = compiled.variants[0].model
    let core = model.stack.applications[0]
    #expect(core.name == "core" && core.concurrent == 20 && core.outages == nil)
    #expect(core.rateLimit == .init(requests: 600, period: 60_000_000, burst: 600))
    #expect(core.latency?.mean == 2)
    // 2026-01-05 is a Monday; the first window is on the Sunday after: 6 days and 2 hours on.
    let window = core.maintenance?.intervals.first { $0.open > 0 }
    let hour: Int64 = 3_600_000_000
    #expect(window?.open == (6 * 24 + 2) * hour)
    #expect(window?.close == (6 * 24 + 6) * hour)
    let crm = model.stack.applications[1]
    #expect(crm.concurrent == 0 && crm.rateLimit == nil && crm.maintenance == nil)
    #expect(crm.outages?.every.mean == 30 * 86_400 && crm.outages?.repair.mean == 7_200)
    #expect(crm.outages?.repairTeam == 0 && crm.outages?.inProgress == .resume)
    #expect(
      model.stack.activities[1].touches
        == [TouchModel(application: 0, requests: 3), TouchModel(application: 1)])
    #expect(model.stack.activities[0].touches.isEmpty)
    let bot = model.stack.automations[0]
    #expect(bot.touches == [TouchModel(application: 1)] && bot.outages?.inProgress == .fail)
    #expect(bot.outages?.repairTeam == nil)
    #expect(compiled.warnings.isEmpty)
    // What was not written is on the assumption sheet.
    #expect(
      compiled.parameters.contains {
        $0.path == "applications.core.burst" && $0.provenance == .assumed
      })
  }

  @Test("a variant changes their limits")
  func override() throws {
    let compiled = try compile(
      try read(
        text.replacing(
          "as-is: { assign: { bot: step_03 } }",
          with: "as-is: {}, more: { applications: { core: { concurrent: 30 sessions } } }")))
    #expect(compiled.variants.map { $0.model.stack.applications[0].concurrent } == [20, 30])
  }

  @Test("a calendar by its name makes windows of maintenance")
  func namedMaintenance() throws {
    let compiled = try compile(
      try read(text.replacing("maintenance: sun 02:00-06:00", with: "maintenance: office")))
    let model = compiled.variants[0].model
    let window = model.stack.applications[0].maintenance?.intervals.first { $0.open >= 0 }
    let hour: Int64 = 3_600_000_000
    #expect(window?.open == 8 * hour)
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("touches: crm", "touches: crn", "did you mean 'crm'?"),
      ("core: 3 requests,", "core: 0 requests,", "out of range"),
      ("rate_limit: 600 per minute", "rate_limit: 600 per week", "not counted per weeks"),
      ("rate_limit: 600 per minute", "rate_limit: 0.5 per minute", "no whole number"),
      (
        "rate_limit: 600 per minute", "burst: 5 requests", "counts for nothing without 'rate_limit'"
      ),
      ("sun 02:00-06:00", "[sun 02:00-06:00, sun 05:00-07:00]", "windows that overlap"),
      ("repaired_by: it", "repaired_by: itt", "did you mean 'it'?"),
      ("every: 10 days", "every: 0 days", "more than 0"),
      ("in_progress: fail", "in_progress: restrt", "did you mean 'restart'?"),
      ("it: { people: 1,", "it: { people: 0,", "repairs of 'crm'"),
      ("touches: crm,", "touches: [crm, crm],", "names 'crm' twice"),
      ("latency: 2 s", "latancy: 2 s", "did you mean 'latency'?"),
      ("concurrent: 20 sessions", "concurrent: 20 cases", "write sessions"),
    ])
  func mistakes(_ change: (before: String, after: String, message: String)) {
    #expect(text.contains(change.before))
    let found = problems(text.replacing(change.before, with: change.after))
    #expect(found.contains { $0.message.contains(change.message) }, "\(found.map(\.message))")
  }

  @Test("uses of applications that nobody declares are refused")
  func undeclared() {
    let found = problems(
      smallScenario.replacing("time: 5 min }", with: "time: 5 min, touches: core }"))
    #expect(found.contains { $0.message.contains("none stands under 'applications'") })
  }

  @Test("a layer cannot fail a hop")
  func layer() throws {
    // Read only where a variant uses the layer.
    _ = try read(
      text
        + "orchestration_layers: { central: { latency: 1 s per hop, concurrent: 5 cases, outages: "
        + "{ every: 9 days, repair: 1 h, in_progress: fail } } }\n")
    let used = problems(
      text.replacing(
        "as-is: { assign: { bot: step_03 } }",
        with: "as-is: { assign: { bot: step_03 }, orchestration: { level: 2 } }")
        + "\norchestration_layers: { central: { latency: 1 s per hop, concurrent: 5 cases, outages: "
        + "{ every: 9 days, repair: 1 h, in_progress: fail } } }\n")
    #expect(used.contains { $0.message.contains("resume, restart") })
  }

  @Test("a team that might wait for its own repair is refused, with the place")
  func circularRepair() throws {
    let scenario = try read(text.replacing("repaired_by: it", with: "repaired_by: clerks"))
    do {
      _ = try compile(scenario)
      Issue.record("it was compiled")
    } catch {
      let problem = try #require(error.problems.first)
      #expect(problem.key == "applications.crm.outages.repaired_by")
      #expect(problem.message.contains("the team 'clerks' repairs 'crm'"))
      #expect(problem.location.line != nil)
    }
  }

  /// Ten cases a working day in eight hours: 50 a week, each with a run of 1 min and one of three
  /// requests.
  ///
  /// One request an hour is 168 a week, of 150 needed; one a day is 7.
  @Test("what saturates by arithmetic is warned of")
  func saturation() throws {
    func warnings(_ before: String, _ after: String) throws -> [String] {
      #expect(text.contains(before))
      return try compile(try read(text.replacing(before, with: after))).warnings.map(\.message)
    }
    #expect(try warnings("600 per minute", "1 per hour").isEmpty)
    let short = try warnings("600 per minute", "21 per day")
    #expect(short.count == 1 && short[0].contains("'rate_limit' of 'core'"))
    #expect(short[0].contains("102 % of"))
    let bot = try warnings("script, time: 1 min", "script, runners: 1, time: 4 h")
    #expect(bot.count == 1 && bot[0].contains("'runners' of 'bot'"))
  }

  @Test("an application that nothing touches is warned of")
  func idle() throws {
    let scenario = try read(
      text.replacing("crm: 1 request", with: "core: 1 request").replacing(
        "core: 3 requests, ", with: ""
      ).replacing("touches: crm, ", with: ""))
    #expect(
      scenario.warnings.contains { $0.message.contains("nothing touches the application 'crm'") })
  }

  @Test("a name that the inventory has almost is warned of")
  func inventoryNames() throws {
    let place = Evidence(
      .imported, Facts.SourceLocation(path: "register.csv", line: 1))
    var fragment = EstateFragment()
    fragment.processes = [EstateProcess(system: "loan", process: loanProcess())]
    fragment.applications = [Application(name: "Core Banking", source: place)]
    let estate = Estate(merging: [
      SourceDocument(
        path: "process.bpmn", format: "bpmn", status: .imported, digest: "0", fragment: fragment)
    ])
    func warnings(_ name: String) throws -> [String] {
      let named = text.replacing("core:", with: "\(name):")
      return try readScenario(Array(named.utf8), path: "scenario.yaml") { _ in estate }
        .warnings.map(\.message)
    }
    #expect(try warnings("core_banking").isEmpty)
    #expect(
      try warnings("core_bankng") == [
        "the inventory has no application 'core_bankng'; did you mean 'Core Banking'?"
      ])
    #expect(try warnings("ledger").isEmpty)
  }
}

@Suite("Given start states in scenarios") struct GivenStartStateTests {
  private func given(_ state: String) -> String {
    smallScenario.replacing("start_state: empty", with: "start_state: \(state)")
  }

  /// 2026-01-05 is a Monday: two working days before it began on Thursday, four days before.
  @Test("cases stand at activities, for calendar time or working days")
  func compiles() throws {
    let compiled = try compile(
      try read(
        given(
          "{ waiting: { step_06: 120 cases, step_11: { cases: 40, since: 2 working days }, step_12: { cases: 3, since: 36 h } } }"
        )))
    let model = compiled.variants[0].model
    func node(_ id: String) throws -> Int {
      Int(model.flow.activities[try #require(model.flow.activity(ofElement: id))])
    }
    #expect(
      model.given == [
        GivenCases(node: try node("step_06"), count: 120),
        GivenCases(node: try node("step_11"), count: 40, since: 4 * 86_400_000_000),
        GivenCases(node: try node("step_12"), count: 3, since: 36 * 3_600_000_000),
      ])
    #expect(model.runInStack == nil && model.timeline.runInStart == 0)
    let record = try runReplication(of: model, seed: 1, replication: 0)
    #expect(record.cohorts.reduce(0) { $0 + $1.arrived } > 0)
  }

  @Test(
    "mistakes are answered with what to do",
    arguments: [
      ("{ waiting: { step_66: 3 cases } }", "did you mean 'step_06'?"),
      ("{ waiting: { start: 3 cases } }", "no activity of the process but a node of another kind"),
      ("{ waiting: { step_06: 3 cases }, as-is: 8 weeks }", "both 'as-is' and 'waiting'"),
      ("{ waiting: { step_06: 3 cases }, variant: as-is }", "counts for nothing beside 'waiting'"),
      ("{ waiting: { step_06: -3 cases } }", "out of range"),
      (
        "{ waiting: { step_06: { since: 1 day } } }",
        "'clock.start_state.waiting.step_06.cases' is missing"
      ),
      ("{ waiting: { step_06: { cases: 1, since: 3 working hours } } }", "whole working days"),
      ("{ waiting: { step_06: 900000 cases, step_07: 900000 cases } }", "at most 1000000"),
      ("{ variant: as-is }", "`{ waiting: … }` for given cases"),
    ])
  func mistakes(_ row: (state: String, message: String)) {
    let found = problems(given(row.state))
    #expect(found.contains { $0.message.contains(row.message) }, "\(found.map(\.message))")
  }
}
