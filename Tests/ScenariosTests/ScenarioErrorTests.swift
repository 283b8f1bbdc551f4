import Facts
import Inventory
import ProcessModel
import Scenarios
import Testing

// In each text the mark ‹ stands before the place that the problem must name.

@Suite("Errors of a scenario's form")
struct ScenarioFormErrorTests {
  @Test("a file that is no YAML is refused with its place")
  func syntax() {
    let found = problems("rehearse: 1\ntitle: [a\nclock: }\n")
    #expect(found.count == 1)
    #expect(found[0].message.contains("not well-formed YAML"))
    #expect(found[0].location.line == 3)
  }

  @Test("an empty file says how to begin")
  func empty() {
    for text in ["", "# nothing\n", "~\n"] {
      #expect(
        problems(text).map(\.message) == ["the scenario is empty; begin it with `rehearse: 1`"])
    }
    #expect(
      problems("- a\n").map(\.message)
        == ["the scenario is no group of keys; begin it with `rehearse: 1`"])
  }

  @Test("a key that stands twice is refused")
  func twice() {
    #expect(problems("rehearse: 1\ntitle: a\ntitle: b\n")[0].message.contains("'title' stands"))
  }

  @Test("the version is asked for, and others are refused")
  func version() {
    expectProblem(
      replacing: "rehearse: 1\n", with: "‹", "the version of the language is missing")
    expectProblem(
      replacing: "rehearse: 1\n", with: "rehearse: ‹2\n",
      "version `2` of the scenario language is not supported; this program reads version 1")
    expectProblem(replacing: "rehearse: 1\n", with: "rehearse: ‹1.0\n", "version `1.0`")
  }

  @Test("an unknown key is refused with the nearest known one")
  func unknownKeys() {
    expectProblem(
      replacing: "  time_zone:", with: "  ‹time_zon:",
      "the key 'clock.time_zon' is not known; did you mean 'time_zone'?")
    expectProblem(
      replacing: "underwriting: { people: 12,", with: "underwriting: { ‹poeple: 12,",
      "the key 'teams.underwriting.poeple' is not known; did you mean 'people'?")
    expectProblem(
      replacing: "exhaustion:\n", with: "‹zzz: 1\nexhaustion:\n", "the key 'zzz' is not known")
    expectProblem(
      replacing: "fires: always", with: "fires: always\n    ‹fyres: never",
      "the key 'guardrails.compliance.fyres' is not known; did you mean 'fires'?")
  }

  @Test("a key below a variant is looked up where it overrides")
  func unknownKeysBelowVariants() {
    expectProblem(
      replacing: "{ extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "{ extends: as-is, teams: { aml: { ‹persons: 3 } } }",
      "the key 'variants.layer-only.teams.aml.persons' is not known")
    expectProblem(
      replacing: "{ extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "{ extends: as-is, ‹demand: { arrivals: { rate: 5 per hour } } }",
      "'variants.layer-only.demand' cannot differ between variants")
  }

  @Test("a key of a later version is refused with the reason")
  func planned() {
    expectProblem(
      replacing: "cost: 52 EUR/h }", with: "cost: 52 EUR/h, ‹sla: 8 working hours }",
      "'teams.underwriting.sla' is not in version 1 of the language (due dates comes later)")
    expectProblem(
      replacing: "exhaustion:\n", with: "‹response: { hire: 1 }\nexhaustion:\n",
      "'response' is not in version 1 of the language")
  }

  @Test("a group where a value is expected is refused, and the other way round")
  func kinds() {
    expectProblem(
      replacing: "people: 12", with: "people: ‹{ juniors: 3 }",
      "'teams.underwriting.people' is a group of keys; expected a whole number of people")
    expectProblem(
      replacing: "people: 12", with: "people: ‹[1, 2]", "'teams.underwriting.people' is a list")
    expectProblem(
      replacing: "underwriting: { people: 12, calendar: office, cost: 52 EUR/h }",
      with: "underwriting: ‹12", "'teams.underwriting' is a value; expected a group of keys")
    expectProblem(
      replacing: "  backlog: { more_than: 5 working days, for: 5 working days }",
      with: "  backlog: ‹5 working days",
      "'exhaustion.backlog' is a value; expected a group of keys")
  }

  @Test("a missing key is named with what it takes")
  func missing() {
    expectProblem(
      replacing: "underwriting: { people: 12, calendar: office, cost: 52 EUR/h }",
      with: "‹underwriting: { people: 12, calendar: office }",
      "'teams.underwriting.cost' is missing; expected an amount of money per hour, "
        + "from 0 to 1000000, such as `cost: 52 EUR/h`")
    expectProblem(
      replacing: "  compliance:\n", with: "  ‹compliance:\n    blocks: true\n",
      "'guardrails.compliance.fires' is missing; expected a probability, always, or every nth case, "
        + "from 0 % to 100 %, such as `fires: 50 %`", without: "    fires: always\n")
  }

  @Test("two sources of one value are refused")
  func twoSources() {
    expectProblem(
      replacing: "{ value: 50 %, assumed: brief row 48 }",
      with: "{ value: 50 %, assumed: brief row 48, ‹measured: log.csv }",
      "'guardrails.creditworthiness.fires' has two sources")
    expectProblem(
      replacing: "sample: 4120", with: "sample: ‹many",
      "the sample of 'automations.kyc_bot.failure' is `many`, not a whole number of 1 or more")
  }
}

@Suite("Errors of a scenario's values")
struct ScenarioValueErrorTests {
  @Test(
    "name the key, what was found and what was expected, at the value",
    arguments: [
      (
        "people: 12", "people: ‹-1",
        "'teams.underwriting.people' is `-1`, out of range; expected a whole number of people, "
          + "from 0 to 10000, such as `3 people`"
      ),
      ("people: 12", "people: ‹2.5", "2.5 is no whole number"),
      ("people: 12", "people: ‹5 kg", "'kg' is not what is counted; write people"),
      (
        "horizon: 13 weeks", "horizon: ‹-13 weeks",
        "'clock.horizon' is `-13 weeks`, out of range; expected a duration in calendar or working "
          + "time, more than 0, at most 20 years, such as `13 weeks`"
      ),
      (
        "horizon: 13 weeks", "horizon: ‹36 h",
        "'clock.horizon' is `36 h`, not a whole number of days; write days, weeks or working days"
      ),
      ("horizon: 13 weeks", "horizon: ‹1.3 weeks", "not a whole number of days"),
      ("start: 2026-01-05", "start: ‹2026-02-30", "it is no date of the form year-month-day"),
      ("start: 2026-01-05", "start: ‹5.1.2026", "it is no date"),
      (
        "time_zone: Europe/Berlin", "time_zone: ‹Europe/Berln",
        "there is no such time zone; did you mean 'Europe/Berlin'?"
      ),
      (
        "{ as-is: 8 weeks }", "‹full",
        "'clock.start_state' is `full`: it is not known here; expected `empty` or a group of keys"
      ),
      ("{ as-is: 8 weeks }", "‹{ }", "does not say how long the stack works before day 0"),
      (
        "{ as-is: 8 weeks }", "‹{ as-is: 8 weeks, each: 8 weeks }", "has both 'as-is' and 'each'"
      ),
      (
        "{ as-is: 8 weeks }", "{ as-is: 8 weeks, variant: ‹agentz }",
        "there is no such name; did you mean 'agents'?"
      ),
      ("working_days: office", "working_days: ‹offices", "did you mean 'office'?"),
      (
        "mon-fri 08:00-12:00 12:30-16:30", "‹mon-fri",
        "'calendars.office.weekly' is `mon-fri`: there are no hours after the days"
      ),
      ("mon-fri 08:00-12:00 12:30-16:30", "‹mo-fri 08:00-12:00", "'mo-fri' is no day of the week"),
      (
        "mon-fri 08:00-12:00 12:30-16:30", "‹mon-fri 8-12",
        "'8-12' are no hours such as 08:00-16:30"
      ),
      ("mon-fri 08:00-12:00 12:30-16:30", "‹mon 25:00-26:00", "are no hours"),
      ("[2026-04-03, 2026-04-06]", "[2026-04-03, ‹easter]", "it is no date"),
      (
        "[2026-04-03, 2026-04-06]", "‹holidays-berlin.ics",
        "calendar files come in a later version; list the dates"
      ),
      (
        "rate: 100 per working day", "rate: ‹100",
        "'demand.arrivals.rate' is `100`: it does not say per what"
      ),
      ("rate: 100 per working day", "rate: ‹100 per second", "cases are not counted per s"),
      ("rate: 100 per working day", "rate: ‹0 per working day", "out of range"),
      ("pattern: poisson", "pattern: ‹poison", "did you mean 'poisson'?"),
      ("profile: office", "profile: ‹ofice", "did you mean 'office'?"),
      ("growth: 1 % per month compounding", "growth: ‹1 % a month", "it is no percentage per week"),
      ("calendar: office, cost: 49", "calendar: ‹offise, cost: 49", "did you mean 'office'?"),
      ("cost: 49 EUR/h", "cost: ‹49", "it has no currency; write its ISO 4217 code, such as EUR"),
      ("cost: 49 EUR/h", "cost: ‹-49 EUR/h", "out of range"),
      (
        "cost: 49 EUR/h", "cost: ‹49 USD/h",
        "'teams.aml.cost' is in USD, but the scenario counts in EUR since the amount in line"
      ),
      ("cost: 49 EUR/h", "cost: ‹49 EUR per ticket", "'per ticket' does not fit here; write EUR/h"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹5 kg", "'kg' is no unit of time"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹-5 min", "-5 min is negative"),
      ("time: lognormal mean 5 min cv 0.6", "time: ‹2 days", "'days' is no unit of work"),
      ("team: underwriting, time", "team: ‹underwritng, time", "did you mean 'underwriting'?"),
      (
        "errors: 1 % }", "errors: ‹101 % }",
        "out of range; expected a share or probability, from 0 %"
      ),
      ("kind: rpa", "kind: ‹robot", "it is not known here; expected one of rpa, rules"),
      ("runners: 4", "runners: ‹0", "out of range"),
      ("value: 3.1 %", "value: ‹beta 95 5", "uncertain parameters come in a later version"),
      (
        "time: lognormal mean 40 s p95 2 min", "time: ‹1 working day",
        "'working days' counts working time where calendar time is expected"
      ),
      ("price: 4 EUR per million tokens", "price: ‹4 EUR", "it does not say per what here"),
      ("backoff: 2 min doubling", "backoff: ‹2 min", "it does not say that it doubles"),
      ("times: 3", "times: ‹-3", "out of range"),
      ("blocks: true", "blocks: ‹maybe", "it is neither true nor false; expected true or false"),
      ("fires: always", "fires: ‹sometimes", "'sometimes' is no number"),
      ("fires: always", "fires: ‹every 0th case", "it is no ordinal of cases"),
      ("fires: always", "fires: ‹150 %", "out of range"),
      ("rise: 40 % relative", "rise: ‹40 %", "it does not say percent of what"),
      ("over: 126 working days", "over: ‹0 working days", "out of range"),
      (
        "context: 1 min per automation", "context: ‹1 min per agent",
        "'per agent' stands where 'per automation'"
      ),
      ("latency: 300 ms per hop", "latency: ‹300 per hop", "'per' is no unit of time"),
      ("concurrent: 50 cases", "concurrent: ‹0 cases", "out of range"),
      ("licence: 900 EUR per month", "licence: ‹900 EUR per fortnight", "does not fit here"),
      (
        "wait: 2 working hours", "wait: ‹2 h", "counts calendar time where working time is expected"
      ),
      ("size: 5", "size: ‹1", "out of range"),
      ("unnecessary: 30 %", "unnecessary: ‹-30 %", "out of range"),
      (
        "decides: backlog", "decides: ‹service",
        "it is not known here; expected one of backlog, net_work"
      ),
      ("watch: [underwriting, aml, legal]", "watch: [underwriting, ‹anl]", "did you mean 'aml'?"),
      (
        "more_than: 5 working days", "more_than: ‹5 days",
        "counts calendar time where working time is expected"
      ),
      (
        "more_than: 5 working days", "more_than: ‹2.5 working days",
        "expected a whole number of working days from 1 to 1000"
      ),
      ("replications: 200", "replications: ‹1", "out of range"),
      ("seed: 7", "seed: ‹-7", "out of range"),
      ("baseline: as-is", "baseline: ‹as_is", "did you mean 'as-is'?"),
      ("cost_per_case: 0.50 EUR", "cost_per_case: ‹0.50 USD", "the scenario counts in EUR"),
    ])
  func values(original: String, marked: String, message: String) {
    expectProblem(replacing: original, with: marked, message)
  }
}

@Suite("Errors of a scenario's references")
struct ScenarioReferenceErrorTests {
  private let steps = "assign: { loan_agent: [step_01..step_05, step_07..step_10] }"

  @Test("an unknown process, element, automation or layer is named with the nearest there is")
  func unknownNames() {
    expectProblem(
      replacing: "process: loan-approval", with: "process: ‹loan-aproval",
      "'process' is `loan-aproval`, which is no process of the inventory; did you mean "
        + "'loan-approval'?")
    expectProblem(
      replacing: steps, with: "assign: { loan_agent: [‹step_1, step_02] }",
      "'step_1' is no activity of the process; did you mean 'step_01'?")
    expectProblem(
      replacing: steps, with: "assign: { loan_agent: [‹step_01..step_99] }",
      "'step_99' is no activity of the process")
    expectProblem(
      replacing: steps, with: "assign: { loan_agent: [‹step_05..step_01] }", "runs backwards")
    expectProblem(
      replacing: steps, with: "assign: { loan_agent: [‹start] }",
      "'start' is no activity of the process but a node of another kind")
    expectProblem(
      replacing: steps, with: "assign: { ‹loan_agnt: [step_01] }",
      "'loan_agnt' is no automation of the scenario; did you mean 'loan_agent'?")
    expectProblem(
      replacing: "after: step_05", with: "after: ‹step_5",
      "'step_5' is no activity of the process; did you mean 'step_05'?")
    expectProblem(
      replacing: "raised_by: loan_agent\n    after: step_10",
      with: "raised_by: ‹kyc_bott\n    after: step_10", "did you mean 'kyc_bot'?")
    expectProblem(
      replacing: "ticket: underwriting", with: "ticket: ‹underwriters",
      "did you mean 'underwriting'?")
    expectProblem(
      replacing: "  step_12: { time: 9 min }", with: "  ‹step_21: { time: 9 min }",
      "'step_21' is no activity of the process; did you mean 'step_01'?")
    expectProblem(
      replacing: "layer: central } }\n  agents+layer:",
      with: "layer: ‹centrall } }\n  agents+layer:", "did you mean 'central'?")
    expectProblem(
      replacing: "{ of: creditworthiness, size", with: "{ of: ‹creditworthness, size",
      "did you mean 'creditworthiness'?")
  }

  @Test("a step is given to one automation in a variant")
  func twoAutomations() {
    expectProblem(
      replacing: steps, with: "assign: { loan_agent: [step_01..step_05], kyc_bot: [‹step_03] }",
      "the activity 'step_03' is assigned to 'loan_agent' and to 'kyc_bot' in the same variant")
  }

  @Test("variants that extend one another in a circle are refused")
  func cycles() {
    expectProblem(
      replacing: "as-is:        { title: People and bots as today,",
      with: "as-is:        { title: People and bots as today, extends: ‹agents+layer,",
      "the variant 'as-is' extends itself (as-is → agents+layer → agents → as-is)")
    expectProblem(
      replacing: "agents+layer: { extends: agents,", with: "agents+layer: { extends: ‹agentz,",
      "did you mean 'agents'?")
  }

  @Test("a variant does not declare teams, automations, guardrails or layers")
  func newNames() {
    expectProblem(
      replacing: "{ extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "{ extends: as-is, teams: { ‹anl: { people: 4 } } }",
      "'variants.layer-only.teams.anl' overrides 'anl', which does not stand under 'teams'; did you "
        + "mean 'aml'?")
  }

  @Test("orchestration level 1 is said not to be modelled yet")
  func levelOne() {
    expectProblem(
      replacing: "layer-only:   { extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "layer-only:   { extends: as-is, orchestration: { level: ‹1, layer: central } }",
      "orchestration level 1, monitor and alert, is not modelled yet; use 0 or 2")
    expectProblem(
      replacing: "layer-only:   { extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "layer-only:   { extends: as-is, orchestration: { level: ‹3 } }", "out of range")
  }

  @Test("a team that nobody staffs is refused where it has work")
  func unstaffed() {
    expectProblem(
      replacing: "{ people: 12, calendar", with: "{ people: ‹0, calendar",
      "nobody staffs the team 'underwriting', but in the variant 'as-is' it has to do the activity "
        + "'step_01'; give it people")
    expectProblem(
      replacing: "{ people: 1, calendar", with: "{ people: ‹0, calendar",
      "nobody staffs the team 'bot_support', but in the variant 'as-is' it has to do exceptions of "
        + "'kyc_bot'")
  }

  @Test("an activity that people do needs a team and a time")
  func undone() {
    expectProblem(
      replacing: "  default: { team: underwriting, time: lognormal mean 5 min cv 0.6 }\n",
      with: "", "the activity 'step_01' has no team, but people do it in the variant 'as-is'",
      at: (29, 3))
    expectProblem(
      replacing: "time: lognormal mean 5 min cv 0.6 }", with: "errors: 0 % }",
      "the activity 'step_01' has no time, but people do it in the variant 'as-is'", at: (29, 3))
  }

  @Test("a task falls away for one guardrail only, and not for its own activity")
  func replacements() {
    expectProblem(
      replacing: "replaces_task: step_11", with: "replaces_task: ‹step_06",
      "the task 'step_06' is replaced by 'creditworthiness' and by 'compliance'")
    expectProblem(
      replacing: "replaces_task: step_11", with: "replaces_task: ‹step_10",
      "replaces the activity it is evaluated after")
  }

  @Test("a guardrail has tickets for somebody, once each")
  func tickets() {
    expectProblem(
      replacing: "tickets: [aml, legal]", with: "tickets: [aml, ‹aml]", "gets two tickets")
    expectProblem(
      replacing: "tickets: [aml, legal]", with: "tickets: ‹[]", "is an empty list")
    expectProblem(
      replacing: "tickets: [aml, legal]", with: "tickets: [aml]\n    ticket: ‹legal",
      "has both 'ticket' and 'tickets'")
  }

  @Test("robots must say how many run, tokens need a price and a price of tokens needs tokens")
  func automations() {
    expectProblem(
      replacing: "  kyc_bot:\n    kind: rpa\n    runners: 4\n",
      with: "  ‹kyc_bot:\n    kind: rpa\n",
      "'automations.kyc_bot.runners' is missing; robots run on a finite number of machines")
    expectProblem(
      replacing: "    tokens: 2000 tokens\n", with: "",
      "'automations.loan_agent.tokens' is missing",
      at: (42, 3))
    expectProblem(
      replacing: "price: 4 EUR per million tokens", with: "price: 4 EUR per run",
      "'automations.loan_agent.tokens' counts for nothing", at: (45, 13))
  }

  @Test("drift that cannot be is refused")
  func drift() {
    expectProblem(
      replacing: "rise: 40 % relative,", with: "rise: 4 points, shape: ‹geometric,",
      "needs a relative rise")
    expectProblem(
      replacing: "fires: { value: 50 %, assumed: brief row 48 }\n    drift: {",
      with: "fires: every 2nd case\n    drift: ‹{",
      "drifts a guardrail that fires on every nth case")
  }

  @Test("regular arrivals have no weights and no growth")
  func regular() {
    expectProblem(
      replacing: "pattern: poisson, rate: 100 per working day, profile: office, growth: 1 %",
      with: "pattern: regular, rate: 100 per working day, profile: office, growth: ‹1 %",
      "'demand.arrivals.growth' needs `pattern: poisson`")
  }

  @Test("an inventory that cannot be read, or lacks the process, is refused")
  func inventory() {
    struct Missing: Error, CustomStringConvertible { let description = "no such folder" }
    do {
      _ = try readScenario(Array(loanScenario.utf8), path: "s.yaml") { _ in throw Missing() }
      Issue.record("the scenario was read")
    } catch {
      #expect(
        error.problems.map(\.description) == [
          "s.yaml:13:12: 'inventory' (../inventories/meridian-bank) cannot be read: no such folder"
        ])
    }
    expectProblem(
      replacing: "inventory: ../inventories/meridian-bank", with: "",
      "neither 'inventory' nor 'bpmn' is given", at: (1, 1))
    expectProblem(
      replacing: "process: loan-approval", with: "bpmn: ‹loan.bpmn",
      "both 'inventory' (../inventories/meridian-bank) and 'bpmn' are given")
  }

  @Test("a process that cannot be simulated is refused at its element")
  func unsupported() {
    var process = loanProcess()
    process.elements[3].loop = .standard(condition: nil)
    let found = problems(smallScenario, process)
    #expect(
      found.map(\.description) == [
        "loan.bpmn:1: the process 'loan-approval' cannot be simulated: a loop activity is not "
          + "simulated yet; remove the repetition"
      ])
  }

  @Test("several processes or start events have to be told apart")
  func ambiguous() throws {
    let error = #expect(throws: ScenarioErrors.self) {
      try read(smallScenario, loanProcess(), branchingProcess())
    }
    #expect(
      error?.problems.first?.message
        == "'bpmn' holds several processes (loan-approval, branching); say which one by 'process'")
    var process = loanProcess()
    process.elements.append(
      FlowElement(
        id: "second", kind: .startEvent(.none), location: SourceLocation(path: "loan.bpmn", line: 9)
      ))
    #expect(problems(smallScenario, process)[0].message.contains("several start events"))
    expectProblem(
      in: smallScenario.replacing("bpmn:", with: "start_event: ‹begin\nbpmn:"),
      "'start_event' is `begin`: 'begin' is no start event of the process; it has start")
  }

  @Test("everything that can be found is found in one pass")
  func collects() {
    let text = loanScenario.replacing("people: 12", with: "people: -1")
      .replacing("cost: 49 EUR/h", with: "cost: 49 USD/h").replacing(
        "after: step_10", with: "after: x"
      )
      .replacing("decides: backlog", with: "decide: backlog")
      .replacing("seed: 7", with: "seed: 7.5").replacing("start: 2026-01-05", with: "start: today")
      .replacing("size: 5", with: "size: five")
    let found = problems(text)
    #expect(found.count == 7, "\(found.map(\.description))")
    #expect(found.map(\.location) == found.map(\.location).sorted())
  }
}

@Suite("Errors of branching and waits")
struct BranchingErrorTests {
  private let text = """
    rehearse: 1
    title: Branching
    bpmn: branch.bpmn
    clock: { start: 2026-01-05, horizon: 4 weeks, start_state: empty }
    calendars: { office: mon-fri 08:00-16:00 }
    demand: { arrivals: { rate: 10 per working day } }
    teams: { clerks: { people: 3, cost: 40 EUR/h } }
    activities: { default: { team: clerks, time: 5 min } }
    waits: { answer: 2 days }

    """

  @Test("shares at a gateway sum to one")
  func sums() {
    expectProblem(
      in: text + "branching: { ‹decide: { approve: 80 %, reject: 15 % } }\n",
      "the shares at the gateway 'decide' sum to 95 %; they must sum to 100 %, or one of them be "
        + "`rest`", branchingProcess())
    expectProblem(
      in: text + "branching: { ‹decide: { approve: 80 % } }\n", "sum to 80 %", branchingProcess())
    expectProblem(
      in: text + "branching: { ‹decide: { approve: 80 %, reject: 30 % } }\n", "sum to 110 %",
      branchingProcess())
    expectProblem(
      in: text
        + "branching: { ‹decide: { approve: 110 %, reject: rest } }\n".replacing("‹", with: "")
        .replacing("110 %", with: "‹110 %"), "out of range", branchingProcess())
  }

  @Test("gateways and flows that are not there are refused")
  func names() {
    expectProblem(
      in: text + "branching: { ‹decid: { approve: 80 %, reject: 20 % } }\n",
      "'decid' is no exclusive gateway of the process where cases part; did you mean 'decide'?",
      branchingProcess())
    expectProblem(
      in: text + "branching: { decide: { ‹aprove: 80 %, reject: 20 % } }\n",
      "'aprove' is no outgoing flow of the gateway 'decide'; did you mean 'approve'?",
      branchingProcess())
    expectProblem(
      in: text + "branching: { decide: { approve: 80 %, f4: 10 %, ‹reject: 10 % } }\n",
      "the flow 'reject' has two shares; keep one", branchingProcess())
  }

  @Test("a wait that nobody gives is asked for, one that is not there is refused")
  func waits() {
    expectProblem(
      in: text.replacing("waits: { answer: 2 days }\n", with: "variants: { ‹now: { title: x } }\n"),
      "nothing says how long cases wait at 'answer'; give it under 'waits'", branchingProcess())
    expectProblem(
      in: text.replacing("{ answer: 2 days }", with: "{ answer: 2 days, ‹anser: 1 h }"),
      "'anser' is no catching event or receive task of the process; did you mean 'answer'?",
      branchingProcess())
    expectProblem(
      in: text.replacing("{ answer: 2 days }", with: "{ answer: ‹2 working days }"),
      "counts working time where calendar time is expected", branchingProcess())
  }
}
