// The table of all keys, continued: the sections that a stack is described in, which variants override.

extension ScenarioKey {
  static let flow: [ScenarioKey] = [
    ScenarioKey(
      "activities", .named("activities"), .optional("automations do everything"),
      "What the activities of the process take when people do them."),
    ScenarioKey(
      "activities.*", .group, .required,
      "An element id, a range of numbered ids (`step_01..step_05`), or `default` for what is said "
        + "nowhere else. An id outweighs a range, a range the default."),
    ScenarioKey(
      "activities.*.team", .name(of: "a team"),
      .optional("the team named as the activity's lane or candidate group, else `default`"),
      example: "underwriting", "The team that does it."),
    ScenarioKey(
      "activities.*.time", .distribution(.work), .optional("nobody can do it by hand"),
      in: .atLeast(0), example: "lognormal mean 14 min cv 0.6", "Working time by hand."),
    ScenarioKey(
      "activities.*.run_time", .distribution(.calendar),
      .optional("the automation's own `time`"), in: .atLeast(0), example: "exponential mean 15 min",
      "Time of one run where an automation does it."),
    ScenarioKey(
      "activities.*.errors", .share,
      .standard("0 %", source: "no error rate is given; errors nobody notices are not counted"),
      in: .share, example: "2 %", "Probability of an error that nobody notices at once."),
    ScenarioKey(
      "activities.*.sets", .named("attributes"), .optional("it changes no attribute"),
      "Attributes that have a new value when the activity is done."),
    ScenarioKey(
      "activities.*.sets.*", .attributeValue, .required, example: "high",
      "The new value: a number or distribution, a category or a group of shares, `true`, `false` "
        + "or the share of true."),
    ScenarioKey(
      "activities.*.sets.*.*", .share, .required, in: .share, example: "20 %",
      "Share of a category, as under `attributes`."),
    ScenarioKey(
      "activities.*.decides", .name(of: "a decision table"), .optional("it decides nothing"),
      example: "pricing-eligibility",
      "Id or name of a decision table of the inventory that is evaluated when the activity is "
        + "done, after `sets`; or a group with `table`, `into` and `otherwise`. Each of its outputs "
        + "that is named as an attribute is written into it."),
    ScenarioKey(
      "activities.*.decides.table", .name(of: "a decision table"), .required,
      example: "pricing-eligibility", "The decision table."),
    ScenarioKey(
      "activities.*.decides.into", .named("outputs"),
      .optional("outputs are written into the attributes of their names"),
      "Outputs of the table that are written into attributes of other names."),
    ScenarioKey(
      "activities.*.decides.into.*", .name(of: "an attribute"), .required,
      example: "pricing.approval", "The attribute that the output is written into."),
    ScenarioKey(
      "activities.*.decides.otherwise", .named("attributes"),
      .optional("a case that no rule of the table fits ends the run with an error"),
      "What is written where no rule of the table fits."),
    ScenarioKey(
      "activities.*.decides.otherwise.*", .attributeValue, .required, example: "manual",
      "The value of that attribute."),
    ScenarioKey(
      "waits", .named("events and receive tasks"),
      .optional("the BPMN says how long timers take"),
      "How long cases wait at catching events and receive tasks."),
    ScenarioKey(
      "waits.*", .distribution(.calendar), .required, in: .atLeast(0),
      example: "exponential mean 2 days",
      "Element id, or `default`: time until the event comes. Outweighs a timer of the BPMN."),
    ScenarioKey(
      "branching", .named("gateways"), .optional("all flows are equally likely"),
      "Which way cases go at exclusive and inclusive gateways and on conditional flows."),
    ScenarioKey(
      "branching.*", .named("outgoing flows"), .required,
      "Id of the gateway or activity; below it the share or condition of each outgoing flow, named by "
        + "its id, its label or the id of its target. At an exclusive gateway shares sum to 100 %. At "
        + "an inclusive one, and at an activity with conditional flows, each flow has a probability of "
        + "its own; the default flow has none. `conditions` instead of a group takes the conditions of "
        + "the BPMN file."),
    ScenarioKey(
      "branching.*.*", .branch, .required, in: .share, example: "85 %",
      "Share of cases that take this flow; `rest` for one of them means what the others leave. Or "
        + "a condition: the first that holds, in the order of the BPMN file, at an inclusive gateway or "
        + "activity every one that holds; and `otherwise` for the flow where none does. With `decision`, one or several of its output values."
    ),
    ScenarioKey(
      "branching.*.decision", .name(of: "a decision table"), .optional("no table decides"),
      example: "pricing-eligibility",
      "Id or name of a decision table of the inventory whose output says which flow is taken. At an "
        + "inclusive gateway or activity a table that gives a list (COLLECT, RULE ORDER, OUTPUT ORDER) "
        + "takes all flows that it names."),
    ScenarioKey(
      "branching.*.output", .name(of: "an output"), .optional("the only output of the table"),
      example: "approval", "The output that is looked at."),
  ]

  static let automations: [ScenarioKey] = [
    ScenarioKey(
      "automations", .named("automations"), .optional("people do everything"),
      "Bots, rules engines, agents, scripts; variants assign activities to them."),
    ScenarioKey("automations.*", .group, .required, "An automation; it works around the clock."),
    ScenarioKey(
      "automations.*.system", .name(of: "a system of the inventory"),
      .optional("it stands for no system of the inventory"), example: "KYC Screening Bot",
      "The system of the inventory that it is; what the inventory knows of it, counts."),
    ScenarioKey(
      "automations.*.kind", .choice(["rpa", "rules", "workflow", "agent", "script"]), .required,
      example: "agent", "What it is; the stack mix counts by it."),
    ScenarioKey(
      "automations.*.runners", .count(of: ["runner", "runners"]),
      .standard("unlimited", source: "software runs side by side; robots must say how many"),
      in: .within(1, 1_000_000), example: "4 runners",
      "Runs at the same time; more wait in order of arrival. Required for rpa."),
    ScenarioKey(
      "automations.*.time", .distribution(.calendar), .required, in: .atLeast(0),
      example: "lognormal mean 40 s p95 2 min", "Time of one run."),
    ScenarioKey(
      "automations.*.failure", .share,
      .optional("the failure frequency of `system` in the inventory, else 0 %, assumed"),
      in: .share,
      example: "{ value: 3.1 %, measured: orchestrator-jobs.csv, sample: 4120 }",
      "Probability that a run fails and is noticed."),
    ScenarioKey(
      "automations.*.errors", .share,
      .standard("0 %", source: "no error rate is given; errors nobody notices are not counted"),
      in: .share, example: "1 %",
      "Probability that a run that does not fail leaves an error nobody notices at once."),
    ScenarioKey(
      "automations.*.retries", .group, .optional("no retries"), "What happens after a failed run."),
    ScenarioKey(
      "automations.*.retries.times", .count(of: ["time", "times"]), .required,
      in: .within(0, 100), example: "3", "Attempts after the first."),
    ScenarioKey(
      "automations.*.retries.backoff", .backoff,
      .standard("0 s doubling", source: "no back-off is given; retries follow at once"),
      in: .atLeast(0), example: "2 min doubling",
      "Wait before the first retry; twice as long before each further one."),
    ScenarioKey(
      "automations.*.price", .money([.run, .millionTokens]),
      .standard("0 per run", source: "no price is given; runs cost nothing"), in: .within(0, 1e9),
      example: "4 EUR per million tokens", "Price of a run, or of the tokens it uses."),
    ScenarioKey(
      "automations.*.tokens", .count(of: ["token", "tokens"]),
      .optional("the price is per run"), in: .within(0, 1e12), example: "2000 tokens",
      "Tokens of one run, with a price per million tokens."),
    ScenarioKey(
      "automations.*.licence", .money([.week, .month, .year]),
      .standard("0 per month", source: "no licence is given; it costs nothing while idle"),
      in: .within(0, 1e9), example: "900 EUR per month",
      "Fixed cost while a variant assigns it anything. A month is 1/12 of 365.25 days."),
    ScenarioKey(
      "automations.*.exceptions", .group,
      .optional("the activity's own team does it as if by hand"),
      "What happens to a case when all attempts have failed."),
    ScenarioKey(
      "automations.*.exceptions.team", .name(of: "a team"), .optional("the activity's own team"),
      example: "bot_support", "The team that takes it."),
    ScenarioKey(
      "automations.*.exceptions.time", .distribution(.work),
      .optional("the activity's own time by hand"), in: .atLeast(0),
      example: "lognormal mean 15 min cv 0.5", "Working time of it."),
  ]

  static let guardrails: [ScenarioKey] = [
    ScenarioKey(
      "guardrails", .named("guardrails"), .optional("automations ask nobody"),
      "When an automation has to ask people."),
    ScenarioKey("guardrails.*", .group, .required, "A guardrail; at most 64 of them."),
    ScenarioKey(
      "guardrails.*.raised_by", .name(of: "an automation"), .required, example: "loan_agent",
      "The automation it binds; where a variant gives the activity to another performer the "
        + "guardrail is inactive."),
    ScenarioKey(
      "guardrails.*.after", .name(of: "an activity"), .required, example: "step_05",
      "Element id of the activity after which it is evaluated."),
    ScenarioKey(
      "guardrails.*.replaces_task", .name(of: "an activity"), .optional("no task falls away"),
      example: "step_06",
      "Element id of the planned task that falls away for cases the guardrail was evaluated on."),
    ScenarioKey(
      "guardrails.*.blocks", .flag,
      .standard("true", source: "an approval is waited for"), example: "true",
      "Whether the case waits for the answer."),
    ScenarioKey(
      "guardrails.*.fires", .firing, .required, in: .share, example: "50 %",
      "When it fires: with a probability, `always`, or `every 2nd case` by order of arrival; or a "
        + "group with `when` and `share`."),
    ScenarioKey(
      "guardrails.*.fires.when", .condition, .required, example: "amount > 50000",
      "Condition on the attributes of the case without which it does not fire."),
    ScenarioKey(
      "guardrails.*.fires.share", .share,
      .standard(
        "100 %", source: "it always fires where its condition holds, unless a share is given"),
      in: .share, example: "80 %", "Probability that it fires where the condition holds."),
    ScenarioKey(
      "guardrails.*.drift", .group, .optional("the probability stays"),
      "Rise of the probability from day 0 on; level after `over`, at most 100 %."),
    ScenarioKey(
      "guardrails.*.drift.rise", .rise, .required, in: .within(-1, 100),
      example: "40 % relative", "Rise at the end, relative to the start or in points."),
    ScenarioKey(
      "guardrails.*.drift.over", .duration(.either), .required, in: .above(0),
      example: "126 working days", "How long it takes to get there."),
    ScenarioKey(
      "guardrails.*.drift.shape", .choice(["linear", "geometric"]),
      .standard("linear", source: "the simplest reading of a rise within six months"),
      example: "linear", "How it rises; geometric needs a relative rise."),
    ScenarioKey(
      "guardrails.*.drift.below_level", .count(of: []),
      .optional("it drifts at every level of orchestration"), in: .within(1, 2), example: "2",
      "It drifts only in variants whose orchestration level is below this."),
    ScenarioKey(
      "guardrails.*.ticket", .name(of: "a team"), .optional("`tickets` is given instead"),
      example: "underwriting", "The team that gets the ticket."),
    ScenarioKey(
      "guardrails.*.tickets", .names(of: "a team"), .optional("`ticket` is given instead"),
      example: "[aml, legal]", "Teams that get one ticket each; all must answer."),
    ScenarioKey(
      "guardrails.*.review", .distribution(.work), .required, in: .atLeast(0),
      example: "lognormal mean 14 min cv 0.6", "Working time of one review."),
    ScenarioKey(
      "guardrails.*.context", .durationPer("automation"),
      .standard("0 min per automation", source: "no time is given for reconstruction"),
      in: .atLeast(0), example: "2 min per automation",
      "Time a reviewer needs to find out what was done, for each automation that touched the case; "
        + "none where a layer shares context."),
    ScenarioKey(
      "guardrails.*.approved_unchanged", .share,
      .standard("100 %", source: "no outcome of reviews is given"), in: .share, example: "92 %",
      "Share of tickets approved as they are."),
    ScenarioKey(
      "guardrails.*.catches", .share,
      .standard("100 %", source: "a review is taken to find what is wrong"), in: .share,
      example: "90 %", "Probability that a review finds the errors of a case."),
    ScenarioKey(
      "guardrails.*.loss_prevented", .money([.ticket]),
      .standard("0 per ticket", source: "no loss is given; false passes cost nothing"),
      in: .within(0, 1e9), example: "35 EUR per ticket",
      "Mean loss that one ticket prevents."),
  ]

  static let layers: [ScenarioKey] = [
    ScenarioKey(
      "orchestration_layers", .named("layers"), .optional("no variant has a layer"),
      "Orchestration layers that variants may use."),
    ScenarioKey("orchestration_layers.*", .group, .required, "A layer."),
    ScenarioKey(
      "orchestration_layers.*.latency", .durationPer("hop"), .required, in: .atLeast(0),
      example: "300 ms per hop", "Time of one hop: every activity is begun through the layer."),
    ScenarioKey(
      "orchestration_layers.*.concurrent", .count(of: ["case", "cases"]), .required,
      in: .within(1, 1_000_000), example: "50 cases", "Hops that it handles at once."),
    ScenarioKey(
      "orchestration_layers.*.price", .money([.hop, .perCase]),
      .standard("0 per hop", source: "no price is given; hops cost nothing"), in: .within(0, 1e9),
      example: "0.02 EUR per hop", "Price of one hop, or of a case that arrives."),
    ScenarioKey(
      "orchestration_layers.*.licence", .money([.week, .month, .year]),
      .standard("0 per month", source: "no licence is given; it costs nothing while idle"),
      in: .within(0, 1e9), example: "4000 EUR per month",
      "Fixed cost while a variant uses it. A month is 1/12 of 365.25 days."),
    ScenarioKey(
      "orchestration_layers.*.shares_context", .flag,
      .standard("false", source: "sharing context is a claim to be made"), example: "true",
      "Whether reviewers get the case's context from it instead of reconstructing it."),
  ]
}
