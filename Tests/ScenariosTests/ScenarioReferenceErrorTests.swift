import Facts
import Inventory
import ProcessModel
import Scenarios
import Testing

// In each text the mark ‹ stands before the place that the problem must name.

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

  @Test("orchestration level 1 needs something that watches")
  func levelOne() {
    expectProblem(
      replacing: "layer-only:   { extends: as-is, orchestration: { level: 2, layer: central } }",
      with: "layer-only:   { extends: as-is, orchestration: ‹{ level: 1 } }",
      "the variant 'layer-only' is at orchestration level 1, but nothing stands under 'monitoring'")
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

  @Test("arrivals have either a rate or gaps, as their pattern wants")
  func renewal() {
    let arrivals = "pattern: poisson, rate: 100 per working day, profile: office, growth: 1 %"
    expectProblem(
      replacing: arrivals,
      with: "pattern: renewal, between: 5 min, rate: ‹100 per working day, growth: 1 %",
      "'demand.arrivals.rate' needs `pattern: poisson` or `regular`")
    expectProblem(
      replacing: arrivals, with: "pattern: renewal, between: 5 min, growth: ‹1 %",
      "'demand.arrivals.growth' needs `pattern: poisson`; the distances of 'between'")
    expectProblem(
      replacing: "rate: 100 per working day,", with: "rate: 5 per hour, between: ‹5 min,",
      "'demand.arrivals.between' needs `pattern: renewal`")
    expectProblem(
      replacing: "arrivals: { pattern: poisson, rate: 100 per working day,",
      with: "arrivals: ‹{ pattern: renewal,", "'demand.arrivals.between' is missing")
    expectProblem(
      replacing: "arrivals: { pattern: poisson, rate: 100 per working day,",
      with: "arrivals: ‹{ pattern: poisson,", "'demand.arrivals.rate' is missing")
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
    process.elements[3].kind = .gateway(.complex)
    let found = problems(smallScenario, process)
    #expect(
      found.map(\.description) == [
        "loan.bpmn:1: the process 'loan-approval' cannot be simulated: complex gateways are not "
          + "simulated, because their rule is an expression; use an inclusive or parallel one"
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
      "the shares at 'decide' sum to 95 %; they must sum to 100 %, or one of them be "
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
      "'decid' is no gateway or activity of the process where cases part; did you mean 'decide'?",
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
