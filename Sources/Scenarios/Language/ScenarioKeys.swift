// The table of all keys, section by section. Every key the parser reads stands here once; a test holds
// parser and table together.

extension ScenarioKey {
  /// All keys, in the order of the reference page.
  public static let all: [ScenarioKey] =
    head + clock + process + calendars + demand + teams + flow + automations + guardrails + layers
    + variants + exhaustion + experiment + sweep

  private static let head: [ScenarioKey] = [
    ScenarioKey(
      "rehearse", .count(of: []), .required, in: .within(1, 1), example: "1",
      "Version of the scenario language."),
    ScenarioKey(
      "title", .text, .required, example: "Loan approval with agents",
      "Title of the report."),
    ScenarioKey(
      "question", .text, .optional("the report asks no question"),
      example: "Can agents take over loan approval?",
      "The question that the report answers."),
  ]

  private static let clock: [ScenarioKey] = [
    ScenarioKey("clock", .group, .required, "When the simulation starts and how long it lasts."),
    ScenarioKey(
      "clock.start", .date, .required, example: "2026-01-05",
      "Day 0: its local midnight is the start of the scenario."),
    ScenarioKey(
      "clock.time_zone", .timeZone, .standard("UTC", source: "no time zone is given"),
      example: "Europe/Berlin", "Time zone of all dates and hours."),
    ScenarioKey(
      "clock.horizon", .duration(.either), .required, in: .above(0, to: 630_720_000),
      example: "13 weeks",
      "How long cases that arrive are counted: whole days, weeks or working days, to the local "
        + "midnight that ends the last of them."),
    ScenarioKey(
      "clock.start_state", .choice(["empty"]),
      .standard(
        "{ as-is: 8 weeks }", source: "a rollout starts from the backlog that today's stack leaves"),
      example: "{ as-is: 8 weeks }",
      "State on day 0: `empty`, or what a run-in of the as-is stack before day 0 leaves behind."),
    ScenarioKey(
      "clock.start_state.as-is", .duration(.calendar), .optional("`each` is given instead"),
      in: .above(0, to: 630_720_000),
      example: "8 weeks",
      "Length of the run-in before day 0, in whole days or weeks; its cases are not counted."),
    ScenarioKey(
      "clock.start_state.each", .duration(.calendar),
      .optional("the as-is stack works before day 0"),
      in: .above(0, to: 630_720_000), example: "2 weeks",
      "Length of the run-in where each variant begins with what its own stack leaves behind; for "
        + "questions of capacity, not of a rollout."),
    ScenarioKey(
      "clock.start_state.variant", .name(of: "a variant"),
      .optional("the variant `as-is` where there is one, else the baseline"), example: "as-is",
      "The variant whose stack works before day 0."),
    ScenarioKey(
      "clock.follow_cases_for", .duration(.calendar),
      .standard("13 weeks", source: "one quarter, so that slow cases are seen to their end"),
      in: .above(0, to: 630_720_000), example: "13 weeks",
      "How long each counted case is followed from its own arrival; arrivals go on meanwhile."),
    ScenarioKey(
      "clock.working_days", .name(of: "a calendar"), .optional("the first calendar"),
      example: "office",
      "The calendar whose days count as working days, for rates, drift, horizon and backlog."),
  ]

  private static let process: [ScenarioKey] = [
    ScenarioKey(
      "inventory", .text, .optional("`bpmn` is given instead"),
      example: "../inventories/meridian-bank",
      "Folder or file of the inventory, from the scenario's folder."),
    ScenarioKey(
      "bpmn", .text, .optional("`inventory` is given instead"), example: "one-task.bpmn",
      "A BPMN file alone, from the scenario's folder."),
    ScenarioKey(
      "process", .name(of: "a process"), .optional("the only process there is"),
      example: "loan-approval", "Id or name of the BPMN process that cases go through."),
    ScenarioKey(
      "start_event", .name(of: "a start event"), .optional("the only start event there is"),
      example: "application_received", "Id of the start event that cases enter by."),
  ]

  private static let calendars: [ScenarioKey] = [
    ScenarioKey("calendars", .named("calendars"), .required, "When people and cases come and go."),
    ScenarioKey(
      "calendars.*", .weekly, .required, example: "mon-fri 08:00-12:00 12:30-16:30",
      "`always`, or days and hours of an ordinary week, or a group with `weekly` and `holidays`. "
        + "An end before its start lies on the next day."),
    ScenarioKey(
      "calendars.*.weekly", .weekly, .required,
      example: "[mon-thu 08:00-16:30, fri 08:00-14:00]",
      "Days and hours of an ordinary week, one line or several."),
    ScenarioKey(
      "calendars.*.holidays", .dates, .optional("no holidays"),
      example: "[2026-04-03, 2026-04-06]",
      "Dates on which nobody works; a shift that began the evening before is finished."),
  ]

  private static let demand: [ScenarioKey] = [
    ScenarioKey("demand", .group, .required, "Cases that arrive, the same in all variants."),
    ScenarioKey("demand.arrivals", .group, .required, "How cases arrive."),
    ScenarioKey(
      "demand.arrivals.pattern", .choice(["poisson", "regular"]),
      .standard("poisson", source: "cases of many independent customers; Law 2015, sec. 6.12"),
      example: "poisson",
      "`poisson`: at random, by a rate that follows profile, weights and growth; `regular`: at "
        + "equal distances in the profile's open time, the first one distance after it opens."),
    ScenarioKey(
      "demand.arrivals.rate", .rate, .required, in: .above(0), example: "100 per working day",
      "Cases per minute, hour, working day, day or week. Per minute and hour counts the profile's "
        + "open time; all else spreads the cases of an ordinary week over that time."),
    ScenarioKey(
      "demand.arrivals.profile", .name(of: "a calendar"),
      .optional("the calendar of `clock.working_days`"), example: "office",
      "The calendar in whose hours cases arrive."),
    ScenarioKey(
      "demand.arrivals.weights", .named("days and hours"), .optional("all hours weigh the same"),
      "Relative intensity of days or hours; the cases of a week stay the same. Poisson only."),
    ScenarioKey(
      "demand.arrivals.weights.*", .number, .required, in: .within(0, 1000), example: "1.5",
      "Factor on the days or hours that the key names: `mon`, `sat-sun`, `08:00-10:00` or "
        + "`mon 08:00-10:00`. Factors of several keys multiply."),
    ScenarioKey(
      "demand.arrivals.growth", .growth, .optional("no growth"), in: .within(-0.99, 10),
      example: "1 % per month compounding",
      "Growth of the rate from day 0 on, compounding. Poisson only."),
  ]

  private static let teams: [ScenarioKey] = [
    ScenarioKey("teams", .named("teams"), .required, "The people."),
    ScenarioKey("teams.*", .group, .required, "A team."),
    ScenarioKey(
      "teams.*.people", .count(of: ["person", "people"]), .required, in: .within(0, 10_000),
      example: "3 people", "How many people; each does one thing at a time."),
    ScenarioKey(
      "teams.*.calendar", .name(of: "a calendar"),
      .optional("the calendar of `clock.working_days`"), example: "office",
      "When they work. Work that outlasts a shift is taken up at the next by the same person."),
    ScenarioKey(
      "teams.*.cost", .money([.hour]), .required, in: .within(0, 1e6), example: "52 EUR/h",
      "Loaded cost of an hour of work of one person."),
  ]

  private static let flow: [ScenarioKey] = [
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
      "activities.*.errors", .share,
      .standard("0 %", source: "no error rate is given; errors nobody notices are not counted"),
      in: .share, example: "2 %", "Probability of an error that nobody notices at once."),
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
      "Which way cases go at exclusive gateways."),
    ScenarioKey(
      "branching.*", .named("outgoing flows"), .required,
      "Gateway id; below it the share of each outgoing flow, named by its id, its label or the id "
        + "of its target. Shares sum to 100 %."),
    ScenarioKey(
      "branching.*.*", .share, .required, in: .share, example: "85 %",
      "Share of cases that take this flow; `rest` for one of them means what the others leave."),
  ]

  private static let automations: [ScenarioKey] = [
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

  private static let guardrails: [ScenarioKey] = [
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
      "When it fires: with a probability, `always`, or `every 2nd case` by order of arrival."),
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

  private static let layers: [ScenarioKey] = [
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
      "orchestration_layers.*.price", .money([.hop]),
      .standard("0 per hop", source: "no price is given; hops cost nothing"), in: .within(0, 1e9),
      example: "0.02 EUR per hop", "Price of one hop."),
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

  private static let variants: [ScenarioKey] = [
    ScenarioKey(
      "variants", .named("variants"), .optional("one variant, `as-is`, without automations"),
      "The stacks that are compared. Each says only what differs, and may override any key under "
        + overridableSections.map { "`\($0)`" }.joined(separator: ", ") + "."),
    ScenarioKey("variants.*", .group, .required, "A variant."),
    ScenarioKey(
      "variants.*.title", .text, .optional("its name"), example: "People and bots as today",
      "Title in the report."),
    ScenarioKey(
      "variants.*.extends", .name(of: "a variant"), .optional("it starts from the scenario itself"),
      example: "as-is", "The variant that it changes."),
    ScenarioKey(
      "variants.*.assign", .named("automations"), .optional("as in the variant it extends"),
      "Which activities an automation does; an activity named here leaves whoever did it in the "
        + "variant it extends. `people` takes activities back."),
    ScenarioKey(
      "variants.*.assign.*", .elements, .required, example: "[step_01..step_05, step_07]",
      "Element ids and ranges, or a group with `steps` and `share`."),
    ScenarioKey(
      "variants.*.assign.*.steps", .elements, .required, example: "[step_02, step_03]",
      "Element ids and ranges."),
    ScenarioKey(
      "variants.*.assign.*.share", .share,
      .standard("100 %", source: "an automation gets all cases unless a share is given"),
      in: .share, example: "60 %", "Share of cases it gets; the rest is done by hand."),
    ScenarioKey(
      "variants.*.orchestration", .group, .optional("as in the variant it extends, else level 0"),
      "The orchestration of the stack."),
    ScenarioKey(
      "variants.*.orchestration.level", .count(of: []),
      .standard("0", source: "nothing is said of orchestration"), in: .within(0, 2), example: "2",
      "0: none; 2: the layer decides and acts. Level 1, monitor and alert, is not modelled yet."),
    ScenarioKey(
      "variants.*.orchestration.layer", .name(of: "a layer"),
      .optional("the only layer there is"), example: "central", "The layer at work at level 2."),
    ScenarioKey(
      "variants.*.remedies", .group, .optional("no remedies"), "Remedies for ticket exhaustion."),
    ScenarioKey(
      "variants.*.remedies.bulk_review", .group, .optional("tickets are reviewed one by one"),
      "Reviews in batches; one group, or a list of them."),
    ScenarioKey(
      "variants.*.remedies.bulk_review.of", .name(of: "a guardrail"), .required,
      example: "creditworthiness", "The guardrail whose tickets are collected."),
    ScenarioKey(
      "variants.*.remedies.bulk_review.size", .count(of: ["tickets"]), .required,
      in: .within(2, 10_000), example: "5 tickets", "Tickets in a full batch."),
    ScenarioKey(
      "variants.*.remedies.bulk_review.wait", .duration(.working), .required, in: .atLeast(0),
      example: "2 working hours",
      "Longest wait of the first ticket for a full batch, in the team's working time."),
    ScenarioKey(
      "variants.*.remedies.bulk_review.setup", .distribution(.work), .required, in: .atLeast(0),
      example: "9 min", "Working time once per batch."),
    ScenarioKey(
      "variants.*.remedies.bulk_review.each", .distribution(.work), .required, in: .atLeast(0),
      example: "5 min", "Working time per ticket."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate", .group, .optional("every firing makes tickets"),
      "A check whether the guardrail is needed in this case; one group, or a list of them."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate.of", .name(of: "a guardrail"), .required,
      example: "creditworthiness", "The guardrail that is checked when it fires."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate.unnecessary", .share, .required, in: .share,
      example: "30 %", "Probability that the guardrail is not needed in the case."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate.check", .duration(.calendar), .required, in: .atLeast(0),
      example: "20 s", "Time of the check; the case waits for it."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate.price", .money([.check]),
      .standard("0 per check", source: "no price is given; checks cost nothing"),
      in: .within(0, 1e9), example: "0.05 EUR per check", "Price of a check."),
    ScenarioKey(
      "variants.*.remedies.re_evaluate.false_pass", .share,
      .standard("0 %", source: "no error rate of the check is given"), in: .share,
      example: "1 %", "Probability that a needed guardrail is waved through."),
  ]

  private static let exhaustion: [ScenarioKey] = [
    ScenarioKey(
      "exhaustion", .group, .optional("the defaults below"), "When a team counts as exhausted."),
    ScenarioKey(
      "exhaustion.watch", .names(of: "a team"), .optional("all teams"),
      example: "[underwriting, aml, legal]", "Teams whose queues are judged."),
    ScenarioKey(
      "exhaustion.decides", .choice(["backlog", "net_work"]),
      .standard("backlog", source: "docs/reference/exhaustion.md"), example: "backlog",
      "The definition that decides; all are reported."),
    ScenarioKey(
      "exhaustion.backlog", .group, .optional("the defaults below"),
      "Remaining work of a team against its scheduled minutes."),
    ScenarioKey(
      "exhaustion.backlog.more_than", .duration(.working),
      .standard("5 working days", source: "docs/reference/exhaustion.md"), in: .above(0),
      example: "5 working days",
      "Remaining work exceeds the team's scheduled minutes of so many next working days …"),
    ScenarioKey(
      "exhaustion.backlog.for", .duration(.working),
      .standard("5 working days", source: "docs/reference/exhaustion.md"), in: .above(0),
      example: "5 working days", "… at the close of so many working days running."),
    ScenarioKey(
      "exhaustion.net_work", .group, .optional("the defaults below"),
      "Human minutes per case against those of as-is, by weekly arrival cohort."),
    ScenarioKey(
      "exhaustion.net_work.saving", .duration(.work),
      .standard("0 min", source: "no worthwhile saving is given"), in: .atLeast(0),
      example: "1 min", "Saving of human time per case below which automation is not worth it."),
    ScenarioKey(
      "exhaustion.net_work.cohorts", .count(of: ["cohorts"]),
      .standard("4 cohorts", source: "docs/reference/exhaustion.md"), in: .within(1, 52),
      example: "4 cohorts", "Weekly cohorts running in which it must hold."),
  ]

  private static let experiment: [ScenarioKey] = [
    ScenarioKey("experiment", .group, .optional("the defaults below"), "How it is tried."),
    ScenarioKey(
      "experiment.replications", .count(of: ["replications"]),
      .standard("200", source: "puts a probability of one half within 7 points (Wilson, 95 %)"),
      in: .within(2, 1_000_000), example: "200", "Runs of each variant."),
    ScenarioKey(
      "experiment.seed", .count(of: []), .standard("1", source: "any seed will do"),
      in: .within(0, 9_007_199_254_740_991), example: "7", "Seed of the random numbers."),
    ScenarioKey(
      "experiment.baseline", .name(of: "a variant"),
      .optional("the variant `as-is` where there is one, else the first"), example: "as-is",
      "The variant that the others are compared with."),
    ScenarioKey(
      "experiment.matters", .group, .optional("no difference is too small to matter"),
      "Differences that would matter in practice."),
    ScenarioKey(
      "experiment.matters.cost_per_case", .money([.once]), .optional("any difference matters"),
      in: .within(0, 1e9), example: "0.50 EUR", "In cost per case."),
    ScenarioKey(
      "experiment.matters.time_to_completion", .duration(.calendar),
      .optional("any difference matters"), in: .atLeast(0), example: "4 h",
      "In time to completion, which is calendar time."),
    ScenarioKey(
      "experiment.matters.human_minutes", .duration(.work), .optional("any difference matters"),
      in: .atLeast(0), example: "1 min", "In human work per case."),
  ]

  private static let sweep: [ScenarioKey] = [
    ScenarioKey(
      "sweep", .named("axes"), .optional("`rehearse sweep` needs it"),
      "Two parameters whose values are tried in all combinations by `rehearse sweep`."),
    ScenarioKey("sweep.*", .group, .required, "An axis of the grid, under a name of its own."),
    ScenarioKey(
      "sweep.*.title", .text, .optional("its name"), example: "Share escalated",
      "Title of the axis."),
    ScenarioKey(
      "sweep.*.change", .names(of: "a key"), .required,
      example: "guardrails.creditworthiness.fires",
      "Dotted path of the key that changes, or a list of keys that change together."),
    ScenarioKey(
      "sweep.*.to", .values, .required, example: "[20 %, 35 %, 50 %]",
      "The values it takes, as they would be written at the key."),
  ]
}
