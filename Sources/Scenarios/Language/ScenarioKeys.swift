// The table of all keys, section by section. Every key the parser reads stands here once; a test holds
// parser and table together.

extension ScenarioKey {
  /// All keys, in the order of the reference page.
  public static let all: [ScenarioKey] = [
    head, clock, startStateWaiting, process, calls, calendars, demand, volumes, attributes, teams,
    staffing, fatigue, absence, flow.filter { $0.path.hasPrefix("activities") },
    activityQueueing, activityTouches, flow.filter { !$0.path.hasPrefix("activities") }, events,
    priorities, applications, releases, automations, conduct, learning, behaviourDrift,
    automationTouches, weaknesses, guardrails, guardrailQueueing, guardrailPolicies, tickets,
    oversight, expertise, layers, layerOutages, layerWork, coordination, monitoring, patterns,
    rollout, costs, risk, response, adoption, variants, remedies, exhaustion, experiment,
    precision, uncertain, sweep,
  ].flatMap { $0 }

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
      "clock.horizon", .horizon, .required, in: .above(0, to: 630_720_000),
      example: "13 weeks",
      "How long cases that arrive are counted: whole days, weeks or working days, to the local "
        + "midnight that ends the last of them. Or how many, such as `10000 cases`: the first so "
        + "many from day 0 on; then arrivals stop, and the run ends when all are done."),
    ScenarioKey(
      "clock.start_state", .choice(["empty"]),
      .standard(
        "{ as-is: 8 weeks }", source: "a rollout starts from the backlog that today's stack leaves"),
      example: "{ as-is: 8 weeks }",
      "State on day 0: `empty`, what a run-in of the as-is stack before day 0 leaves behind, or "
        + "cases that are given."),
    ScenarioKey(
      "clock.start_state.as-is", .duration(.calendar),
      .optional("`each` or `waiting` is given instead"),
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
      "How long each counted case is followed from its own arrival; arrivals go on meanwhile. "
        + "Without it, where the horizon is a number of cases, each is followed until it is done."),
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
      example: "application_received",
      "Id of the start event that cases enter by, or a group with the shares of several."),
    ScenarioKey(
      "start_event.*", .share, .required, in: .share, example: "70 %",
      "Share of the cases that enter by this start event; shares sum to 100 %, or one is `rest`."),
  ]

  private static let calendars: [ScenarioKey] = [
    ScenarioKey("calendars", .named("calendars"), .required, "When people and cases come and go."),
    ScenarioKey(
      "calendars.*", .weekly, .required, example: "mon-fri 08:00-12:00 12:30-16:30",
      "`always`, or days and hours of an ordinary week, or a group of the keys below. An end before "
        + "its start lies on the next day."),
    ScenarioKey(
      "calendars.*.extends", .name(of: "a calendar"), .optional("it stands for itself"),
      example: "office",
      "A calendar whose hours, holidays, closed and extra hours it takes over. Its own `weekly` "
        + "replaces those hours, all else is added."),
    ScenarioKey(
      "calendars.*.weekly", .weekly, .optional("the hours of the calendar in `extends`"),
      example: "[mon-thu 08:00-16:30, fri 08:00-14:00]",
      "`always`, or days and hours of an ordinary week, one line or several."),
    ScenarioKey(
      "calendars.*.holidays", .dates, .optional("no holidays"),
      example: "[holidays.ics, 2026-04-06, 2026-07-13..2026-07-24]",
      "Dates on which no shift begins; one that began the evening before is finished. Of an iCalendar "
        + "file, from the scenario's folder, whole-day events are holidays and all others closed "
        + "hours."),
    ScenarioKey(
      "calendars.*.closed", .datedHours, .optional("no closed hours"),
      example: "[2026-12-24 12:00-24:00]", "Hours of single dates in which nobody works."),
    ScenarioKey(
      "calendars.*.extra", .datedHours, .optional("no extra hours"),
      example: "[2026-04-11 09:00-13:00]",
      "Hours of single dates in which people work in addition, on a holiday too."),
  ]

  private static let demand: [ScenarioKey] = [
    ScenarioKey("demand", .group, .required, "Cases that arrive, the same in all variants."),
    ScenarioKey("demand.arrivals", .group, .required, "How cases arrive."),
    ScenarioKey(
      "demand.arrivals.pattern", .choice(["poisson", "regular", "renewal", "replay"]),
      .standard("poisson", source: "cases of many independent customers; Law 2015, sec. 6.12"),
      example: "poisson",
      "`poisson`: at random, by a rate that follows profile, weights, seasons and growth; `regular`: at "
        + "equal distances in the profile's open time, the first one distance after it opens; "
        + "`renewal`: at distances by `between`; `replay`: when the list of `replay` says."),
    ScenarioKey(
      "demand.arrivals.between", .distribution(.calendar), .optional("`rate` is given instead"),
      in: .above(0), example: "gamma mean 12 min cv 1.4",
      "Time from one case to the next, by the clock of `clock`. `empirical` draws from distances "
        + "that were seen. Renewal only."),
    ScenarioKey(
      "demand.arrivals.clock", .choice(["calendar", "working"]), .optional("`calendar`"),
      example: "working",
      "Which time `between` is. `calendar`: time passes day and night; who would come out of the "
        + "profile's hours comes when they begin, and the first case comes at the first opening. "
        + "`working`: only the profile's open time passes, from the start of the run on, so that "
        + "nobody waits for an opening; minutes and hours of it. Renewal only."),
    ScenarioKey(
      "demand.arrivals.rate", .rate, .optional("`between` or `replay` is given instead"),
      in: .above(0),
      example: "100 per working day",
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
      "demand.arrivals.seasons", .named("months or dates"), .optional("all of the year is alike"),
      "Factors on the rate in parts of the year; the rest keeps the rate. Poisson only."),
    ScenarioKey(
      "demand.arrivals.seasons.*", .number, .required, in: .within(0, 1000), example: "1.4",
      "Factor on the months or dates that the key names: `dec`, `jul-aug`, `2026-12-24` or "
        + "`2026-12-20 to 2027-01-06`. Factors of several keys multiply."),
    ScenarioKey(
      "demand.arrivals.batch", .numberDistribution, .optional("cases come one at a time"),
      in: .within(1, 10_000), example: "2 to 5",
      "How many cases arrive together; a distribution is rounded, less than 1 counts as 1. `rate` "
        + "counts cases, `between` is from batch to batch."),
    ScenarioKey(
      "demand.arrivals.replay", .group, .optional("the pattern is another"),
      "A list of arrivals that are played as they stand there."),
    ScenarioKey(
      "demand.arrivals.replay.file", .text, .required, example: "arrivals.csv",
      "The CSV file with one line for each case and a header, in the scenario's folder or below it."
    ),
    ScenarioKey(
      "demand.arrivals.replay.time", .text, .optional("the column `time`"), example: "received",
      "The column of the arrivals: date and time of day such as `2026-01-05 08:30` or "
        + "`2026-01-05T08:30:12.5`, local unless `Z` or an offset such as `+01:00` follows."),
    ScenarioKey(
      "demand.arrivals.replay.attributes", .named("attributes"),
      .optional("all attributes are drawn"),
      "Attributes that the list gives, instead of their draws."),
    ScenarioKey(
      "demand.arrivals.replay.attributes.*", .text, .required, example: "loan_amount",
      "The column with the attribute's value: a number, a category, true or false."),
    ScenarioKey(
      "demand.arrivals.growth", .growth, .optional("no growth"), in: .within(-0.99, 10),
      example: "1 % per month compounding",
      "Growth of the rate from day 0 on, compounding. Poisson only."),
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
      "variants.*.factors", .names(of: "a factor"), .optional("it is no part of such a design"),
      example: "[capable_agents, orchestration]",
      "Factors of a full factorial design that it has, or `none`: free names, two to four in all, "
        + "every combination being one variant. The report then shows what each does alone and "
        + "together. Not taken from the variant it extends."),
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
      "0: none; 1: `monitoring` watches and alerts people, who decide; 2: the layer decides and "
        + "acts."),
    ScenarioKey(
      "variants.*.orchestration.layer", .name(of: "a layer"),
      .optional("the only layer there is"), example: "central", "The layer at work at level 2."),
    ScenarioKey(
      "variants.*.orchestration.stage", .name(of: "a stage of the rollout"),
      .optional("the layer works from day 0 on"), example: "expand",
      "The stage of the variant's rollout with which the layer comes. Before it, and after a fall back "
        + "behind it, the layer does nothing and costs nothing."),
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
      "exhaustion.decides", .choice(["saturation", "backlog", "service", "net_work"]),
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
      "exhaustion.service", .group, .optional("the defaults below"),
      "Definition by service: too many tickets are answered after their due dates."),
    ScenarioKey(
      "exhaustion.service.within", .duration(.either),
      .standard("1 working day", source: "assumed: a ticket is answered by the next day"),
      in: .above(0), example: "1 working day",
      "When a ticket or exception is due where neither its guardrail nor its team has a `due`."),
    ScenarioKey(
      "exhaustion.service.more_than", .share,
      .standard("20 %", source: "docs/reference/exhaustion.md"), in: .share, example: "20 %",
      "Share of late ones, among the tickets that were due in the window, that is exceeded."),
    ScenarioKey(
      "exhaustion.service.window", .count(of: ["week", "weeks"]),
      .standard("4 weeks", source: "docs/reference/exhaustion.md"), in: .within(1, 52),
      example: "4 weeks", "How many weeks are looked at, at the end of each week."),
    ScenarioKey(
      "exhaustion.service.for", .count(of: ["week", "weeks"]),
      .standard("2 weeks", source: "docs/reference/exhaustion.md"), in: .within(1, 8),
      example: "2 weeks", "At the ends of how many weeks running that must be so."),
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
    ScenarioKey(
      "experiment.discount_rate", .share, .optional("later money counts as much"),
      in: .share, example: "8 %",
      "Yearly rate by which later money counts less, where `costs` are shown over time."),
    ScenarioKey(
      "experiment.balanced_branching", .flag,
      .optional("cases choose their ways independently of each other"),
      example: "true",
      "Whether the ways that cases choose at exclusive gateways, and their attributes, are spread evenly: of 16 "
        + "cases that arrive one after the other each has another sixteenth of the probability (a Latin "
        + "hypercube). Means stay; single runs lie closer to them."),
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
