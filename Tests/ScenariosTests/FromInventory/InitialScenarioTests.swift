import Facts
import Inventory
import ProcessModel
import Scenarios
import Simulation
import Testing

@Suite("A scenario made of the inventory")
struct InitialScenarioTests {
  /// Case work: a clerk of the lane Desk, a robot, a person again.
  ///
  /// A mean month has 30.4375 days, so that 3043.75 cases a month are 700 a week.
  private func claims(
    failure: Double? = 0.04, retries: Int? = nil, carrierFailure: Double? = nil
  ) -> SampleEstate {
    var sample = SampleEstate()
    sample.system("claims", .workflow, perMonth: 3043.75, failure: carrierFailure)
    sample.system("Checker", .rpa, team: "Robots", technology: "UiPath", failure: failure)
    let process = sample.process(
      "claims",
      [
        ("start", .startEvent(.none)), ("enter", .task(.user)), ("check", .task(.service)),
        ("decide", .task(.manual)), ("end", .endEvent(.none)),
      ], lanes: ["enter": "Front Desk", "check": "Front Desk", "decide": "Front Desk"])
    sample.connect(
      .invokes, "claims", EntityReference(.system, "Checker"), at: process.elements[2])
    if let retries { sample.step("Checker", "retry scope", .errorHandling, retries: retries) }
    return sample
  }

  @Test("takes volume and failure rate from the inventory, with their places")
  func evidence() throws {
    let made = try claims().scenario("claims")
    let rate = try #require(made.record("demand.arrivals.rate"))
    #expect(rate.text == "700 per week")
    #expect(rate.provenance == .declared)
    #expect(rate.note == "3043.75 per month - register.csv:1")
    let failure = try #require(made.record("automations.checker.failure"))
    #expect(failure.value == 0.04)
    #expect(failure.provenance == .declared)
    #expect(failure.note?.hasSuffix("register.csv:2") == true)
    #expect(made.record("automations.checker.kind")?.provenance == .declared)
  }

  @Test("gives the work to the lanes' teams and the automations that the process starts")
  func performers() throws {
    let made = try claims().scenario("claims")
    let stack = try #require(try compile(made.scenario).variants.first?.model.stack)
    #expect(stack.teams.map(\.name) == ["front_desk"])
    #expect(stack.activities.map(\.automation) == [nil, 0, nil])
    #expect(stack.activities.map(\.team) == [0, 0, 0])
  }

  @Test("gives teams as many people as leave a fifth of their time free")
  func sizes() throws {
    let made = try claims().scenario("claims")
    // 700 cases a week with 2 tasks of 10 min, and 4 % of 10 min by hand after the robot: 14,280 min, or
    // 238 h; a person has 40 h, of which 32 are planned for: 7.4 people.
    #expect(made.record("teams.front_desk.people")?.value == 8)
    #expect(made.record("teams.front_desk.people")?.provenance == .assumed)
  }

  @Test(
    "marks as assumed, with a reason, what the inventory does not know, and nothing is silently zero"
  )
  func placeholders() throws {
    let made = try claims(failure: nil).scenario("claims")
    let failure = try #require(made.record("automations.checker.failure"))
    #expect(failure.value ?? 0 > 0)
    #expect(failure.provenance == .assumed)
    #expect(failure.note?.contains("knows no failure rate of Checker") == true)
    for record in made.scenario.parameters where !record.isDefault {
      #expect(record.note != nil, "\(record.path)")
    }
  }

  @Test("writes retries where the failure rate does not already count what is left after them")
  func retries() throws {
    let known = try claims(retries: 2).scenario("claims")
    #expect(known.record("automations.checker.retries.times") == nil)
    #expect(known.text.contains("2 retries"))
    let unknown = try claims(failure: nil, retries: 2).scenario("claims")
    let times = try #require(unknown.record("automations.checker.retries.times"))
    #expect(times.value == 2)
    #expect(times.provenance == .imported)
  }

  @Test("spreads the failures of the system that carries the process over what it does itself")
  func carrier() throws {
    var sample = SampleEstate()
    sample.system("engine", .workflow, failure: 0.19)
    sample.process(
      "engine",
      [
        ("start", .startEvent(.none)), ("post", .task(.service)), ("file", .task(.script)),
        ("end", .endEvent(.none)),
      ])
    let made = try sample.scenario("engine")
    // A case fails nowhere with 0.81 = 0.9 x 0.9.
    let failure = try #require(made.record("automations.engine.failure"))
    #expect(abs((failure.value ?? 0) - 0.1) < 1e-6)
    #expect(failure.provenance == .inferred)
  }

  @Test("a failure that the process catches takes its way and is not counted twice")
  func caught() throws {
    var sample = SampleEstate()
    sample.system("claims", .workflow)
    sample.system("Checker", .rpa, failure: 0.04)
    let process = sample.process(
      "claims",
      [
        ("start", .startEvent(.none)), ("check", .task(.service)), ("end", .endEvent(.none)),
        ("broken", .boundary(.error(nil), attachedTo: "check", interrupting: true)),
        ("mend", .task(.user)), ("mended", .endEvent(.none)),
      ],
      flows: [("start", "check"), ("check", "end"), ("broken", "mend"), ("mend", "mended")])
    sample.connect(
      .invokes, "claims", EntityReference(.system, "Checker"), at: process.elements[1])
    let made = try sample.scenario("claims")
    #expect(made.record("events.broken.happens")?.value == 0.04)
    #expect(made.record("events.broken.happens")?.provenance == .declared)
    #expect(made.record("automations.checker.failure")?.value == 0)
    #expect(made.record("automations.checker.failure")?.provenance == .inferred)
  }

  @Test("names the applications that are touched, and who shares them")
  func contention() throws {
    var sample = claims()
    let ledger = EntityReference(.application, "The Ledger")
    sample.system("Rival", .agent, perMonth: 500)
    sample.system("Retired", .script, perMonth: 9000, status: .retired)
    sample.system("Silent", .script)
    for name in ["Checker", "Rival", "Retired", "Silent"] { sample.connect(.writes, name, ledger) }
    let made = try sample.scenario("claims")
    #expect(made.record("automations.checker.touches")?.text == "the_ledger")
    let limit = try #require(made.record("applications.the_ledger.concurrent"))
    #expect(limit.provenance == .assumed)
    #expect(limit.note?.contains("2 other automations use it, with 500 runs a month") == true)
    // 500 · 12 / 365.25 = 16.4 a day.
    let load = try #require(made.record("applications.the_ledger.others.rate"))
    #expect(load.text == "16 per day" && load.provenance != .assumed)
    #expect(made.record("applications.the_ledger.others.time")?.provenance == .assumed)
    #expect(made.text.contains("The Ledger is shared with Rival (500 per month; export.json:"))
    #expect(!made.text.contains("Retired"))
  }

  @Test("an automation that asks people has a guardrail")
  func guardrail() throws {
    var sample = claims()
    let place = sample.place("bot.xaml")
    sample.asks(
      "Checker", "form", .review, team: "Front Desk", name: "Review hit", at: place)
    let made = try sample.scenario("claims")
    let stack = try #require(try compile(made.scenario).variants.first?.model.stack)
    #expect(stack.guardrails.map(\.name) == ["review_hit"])
    #expect(made.record("guardrails.review_hit.ticket")?.text == "front_desk")
    #expect(made.record("guardrails.review_hit.ticket")?.provenance == .imported)
    #expect(made.record("guardrails.review_hit.fires")?.provenance == .assumed)
  }

  @Test("says where cases cross from island to island")
  func handOvers() throws {
    var sample = SampleEstate()
    sample.system("orders", .workflow, team: "Sales")
    sample.system("A", .rpa, technology: "UiPath")
    sample.system("B", .workflow, technology: "n8n")
    let process = sample.process(
      "orders",
      [
        ("start", .startEvent(.none)), ("one", .task(.service)), ("two", .task(.service)),
        ("carry", .task(.manual)), ("three", .task(.service)), ("end", .endEvent(.none)),
      ])
    for (index, name) in [(1, "A"), (2, "B"), (4, "A")] {
      sample.connect(
        .invokes, "orders", EntityReference(.system, name), at: process.elements[index])
    }
    let text = try sample.scenario("orders").text.replacing("\n  # ", with: " ")
      .replacing("\n# ", with: " ")
    #expect(text.contains("Hand-over between islands: A (UiPath) to B (n8n) before two"))
    #expect(text.contains("Hand-over by people: Sales at carry, from B to A"))
    let made = try sample.scenario("orders")
    #expect(made.record("coordination.islands.uipath")?.text == "a")
    #expect(made.record("coordination.islands.n8n")?.provenance == .inferred)
    #expect(made.record("coordination.context_lost")?.provenance == .assumed)
    let stack = try #require(try compile(made.scenario).variants.first?.model.stack)
    #expect(Set(stack.coordination?.islands ?? []).count == 2)
  }

  @Test("says what the drawing leaves open, so that the process can be run")
  func openEnds() throws {
    var sample = SampleEstate()
    sample.process(
      "open",
      [
        ("mail", .startEvent(.message(nil))), ("call", .startEvent(.none)),
        ("again", .task(.user)), ("many", .task(.user)),
        ("reply", .intermediateCatch(.message(nil))),
        ("pause", .intermediateCatch(.timer(.duration, "PT1H"))), ("which", .gateway(.exclusive)),
        ("x", .task(.user)), ("y", .task(.user)), ("z", .task(.user)), ("end", .endEvent(.none)),
        ("late", .boundary(.timer(.date, "=due"), attachedTo: "x", interrupting: true)),
      ],
      loops: [
        "again": .standard(condition: nil), "many": .multiInstanceParallel(cardinality: nil),
      ],
      flows: [
        ("mail", "again"), ("call", "again"), ("again", "many"), ("many", "reply"),
        ("reply", "pause"), ("pause", "which"), ("which", "x"), ("which", "y"), ("which", "z"),
        ("x", "end"), ("y", "end"), ("z", "end"), ("late", "end"),
      ])
    let made = try sample.scenario("open")
    #expect(made.record("start_event.mail")?.value == 0.5)
    #expect(made.record("repeats.again.again")?.provenance == .assumed)
    #expect(made.record("instances.many.count")?.value == 3)
    #expect(made.record("waits.reply")?.value == 86_400)
    // The timer of the drawing stands; only the one without a time needs a placeholder.
    #expect(made.record("waits.pause")?.provenance == .imported)
    #expect(made.record("events.late.after")?.provenance == .assumed)
    #expect(made.record("branching.which.which_x")?.value == 0.3333)
    _ = try compile(made.scenario)
  }

  @Test("without a volume takes that of who starts the process, else a placeholder")
  func demand() throws {
    var sample = SampleEstate()
    sample.system("Inbox", .workflow, perMonth: 3043.75)
    sample.system("Queue", .workflow, perMonth: 0)
    sample.system("orders", .workflow)
    sample.process(
      "orders", [("start", .startEvent(.none)), ("do", .task(.user)), ("end", .endEvent(.none))])
    #expect(try sample.scenario("orders").record("demand.arrivals.rate")?.provenance == .assumed)
    for name in ["Inbox", "Queue"] {
      sample.connect(.invokes, name, EntityReference(.system, "orders"))
    }
    let rate = try #require(try sample.scenario("orders").record("demand.arrivals.rate"))
    #expect(rate.text == "700 per week")
    #expect(rate.provenance == .inferred)
    #expect(rate.note == "started by Inbox 3043.75 per month - register.csv:1")
  }

  @Test("the same inventory gives the same text")
  func determinism() throws {
    #expect(try claims().scenario("claims").text == claims().scenario("claims").text)
  }
}
