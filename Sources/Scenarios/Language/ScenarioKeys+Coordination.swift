// The table of all keys, continued: what lies between automations, and patterns of leading them.

extension ScenarioKey {
  static let coordination: [ScenarioKey] = [
    ScenarioKey(
      "coordination", .group, .optional("automations never get into each other's way"),
      "What it costs that automations act beside one another; a layer takes its factors to it."),
    ScenarioKey(
      "coordination.islands", .choiceOrGroup(["each", "technology"]),
      .standard("each", source: "automations that nothing connects share nothing"),
      example: "technology",
      "Which automations share context: none (`each` is an island of its own), those of one "
        + "technology, or the islands of a group; who stands on none is alone."),
    ScenarioKey(
      "coordination.islands.*", .names(of: "an automation"), .required,
      example: "[triage, retrieval]", "An island and the automations on it."),
    ScenarioKey(
      "coordination.technology_factor", .number,
      .standard("1", source: "no difference between technologies is given"), in: .within(0, 1000),
      example: "1.5",
      "Factor on all probabilities of a hand-over between automations of different kinds."),
    ScenarioKey(
      "coordination.context_lost", .share,
      .standard("0 %", source: "no loss of context is given"), in: .share, example: "20 %",
      "Probability that a hand-over between islands loses the context of the case."),
    ScenarioKey(
      "coordination.repeated_pulls", .group, .optional("no data are pulled again"),
      "Data that an automation pulls again where context is lost: a run of its own, with the "
        + "applications of the activity."),
    ScenarioKey(
      "coordination.repeated_pulls.share", .share,
      .standard("100 %", source: "who has no context has to look"), in: .share, example: "60 %",
      "Share of lost contexts after which data are pulled again."),
    ScenarioKey(
      "coordination.repeated_pulls.time", .distribution(.calendar), .required, in: .atLeast(0),
      example: "8 s", "Time of a pull."),
    ScenarioKey(
      "coordination.repeated_pulls.price", .money([.pull]),
      .standard("0 per pull", source: "no price is given; pulls cost nothing"),
      in: .within(0, 1e9), example: "0.02 EUR per pull", "Price of a pull."),
    ScenarioKey(
      "coordination.repeated_requests", .group, .optional("no customer is asked again"),
      "Customers who are asked again where context is lost; the case waits for the answer."),
    ScenarioKey(
      "coordination.repeated_requests.share", .share, .required, in: .share, example: "30 %",
      "Share of lost contexts after which the customer is asked again."),
    ScenarioKey(
      "coordination.repeated_requests.answer", .distribution(.calendar), .required,
      in: .atLeast(0), example: "exponential mean 1 day", "Time until the customer answers."),
    ScenarioKey(
      "coordination.misread", .group, .optional("no hand-over is misread"),
      "Hand-overs that are misread, so that people do the work of the activity again."),
    ScenarioKey(
      "coordination.misread.share", .share, .required, in: .share, example: "5 %",
      "Probability that a hand-over between islands is misread."),
    ScenarioKey(
      "coordination.misread.team", .name(of: "a team"), .required, example: "operations",
      "The team that does the work again; the case waits for it."),
    ScenarioKey(
      "coordination.misread.time", .distribution(.work), .required, in: .atLeast(0),
      example: "12 min", "Working time of it."),
    ScenarioKey(
      "coordination.waiting", .group, .optional("automations wait for each other without end"),
      "How long what was handed over may take before people take over."),
    ScenarioKey(
      "coordination.waiting.limit", .duration(.calendar), .required, in: .atLeast(0),
      example: "30 min", "From the hand-over until the automation is done, its queue included."),
    ScenarioKey(
      "coordination.waiting.no_answer", .share,
      .standard("0 %", source: "no loss of answers is given"), in: .share, example: "1 %",
      "Probability that the other automation never answers."),
    ScenarioKey(
      "coordination.partial", .share, .standard("0 %", source: "no partial failure is given"),
      in: .share, example: "2 %",
      "Probability that what was handed over is carried out in part, which nobody notices at once."),
    ScenarioKey(
      "coordination.doubles", .share, .standard("0 %", source: "no double effect is given"),
      in: .share, example: "10 %",
      "Probability that a failed attempt which is tried again had its effect all the same."),
    ScenarioKey(
      "coordination.found_after", .distribution(.calendar),
      .optional("what was done in part or twice is noticed at once"), in: .atLeast(0),
      example: "exponential mean 2 days",
      "Time until what was done in part or twice is noticed."),
    ScenarioKey(
      "coordination.conflicts", .group, .optional("automations never contradict each other"),
      "Conflicts between automations of different islands that met the same case."),
    ScenarioKey(
      "coordination.conflicts.rate", .number, .required, in: .within(0, 10), example: "0.02",
      "Conflicts per case and pair of automations that met it; n automations make n(n - 1)/2 pairs."
    ),
    ScenarioKey(
      "coordination.conflicts.exponent", .number,
      .standard("1", source: "each pair counts alike"), in: .within(0, 4), example: "1",
      "Exponent on the number of pairs."),
    ScenarioKey(
      "coordination.conflicts.among", .choice(["all", "shared_applications"]),
      .standard("all", source: "they act on the same case"), example: "shared_applications",
      "Which pairs count: all, or those that touch an application in common."),
    ScenarioKey(
      "coordination.conflicts.blocks", .flag,
      .standard("true", source: "a contradiction is settled before work goes on"),
      example: "true", "Whether the case waits until a conflict is settled."),
    ScenarioKey(
      "coordination.reconciliation", .group,
      .optional("required with `partial`, `doubles` or `conflicts`"),
      "Who settles conflicts and puts right what was done in part or twice."),
    ScenarioKey(
      "coordination.reconciliation.team", .name(of: "a team"), .required, example: "operations",
      "The team whose tickets they are."),
    ScenarioKey(
      "coordination.reconciliation.time", .distribution(.work), .required, in: .atLeast(0),
      example: "lognormal mean 20 min cv 0.8", "Working time of each."),
  ]

  static let monitoring: [ScenarioKey] = [
    ScenarioKey(
      "monitoring", .group, .optional("nothing watches; no variant can be at level 1"),
      "What watches the automations at orchestration level 1 and alerts people, who decide."),
    ScenarioKey(
      "monitoring.team", .name(of: "a team"), .required, example: "operations",
      "The team that handles alerts."),
    ScenarioKey(
      "monitoring.time", .distribution(.work), .required, in: .atLeast(0), example: "6 min",
      "Working time of an alert."),
    ScenarioKey(
      "monitoring.detects", .share,
      .standard("100 %", source: "a monitor is taken to see failures"), in: .share,
      example: "95 %",
      "Probability that it sees at once that an automation has given up, or that something was done "
        + "in part or twice."),
    ScenarioKey(
      "monitoring.false_alarms", .share,
      .standard("0 %", source: "no rate of false alarms is given"), in: .share, example: "1 %",
      "Probability that a run which is in order raises an alert."),
    ScenarioKey(
      "monitoring.tries_again", .share,
      .standard("0 %", source: "people do by hand what an automation has given up"), in: .share,
      example: "60 %", "Share of alerts after which people let the automation try again."),
    ScenarioKey(
      "monitoring.attempts", .count(of: ["attempt", "attempts"]),
      .standard("1", source: "people let it try again once"), in: .within(1, 100), example: "1",
      "How often they do so at one activity."),
    ScenarioKey(
      "monitoring.licence", .money([.week, .month, .year]),
      .standard("0 per month", source: "no licence is given; it costs nothing"),
      in: .within(0, 1e9), example: "800 EUR per month",
      "Fixed cost while a variant is at level 1. A month is 1/12 of 365.25 days."),
  ]

  static let patterns: [ScenarioKey] = [
    ScenarioKey(
      "supervisor", .group, .optional("no automation leads others"),
      "An automation that leads others: it delegates, settles conflicts and puts results together."),
    ScenarioKey(
      "supervisor.automation", .name(of: "an automation"), .required, example: "chief",
      "The automation that leads; its runners, price and outages count."),
    ScenarioKey(
      "supervisor.leads", .names(of: "an automation"), .required, example: "[triage, billing]",
      "The automations that it leads."),
    ScenarioKey(
      "supervisor.delegation", .distribution(.calendar), .optional("it delegates nothing"),
      in: .atLeast(0), example: "2 s", "Time to delegate an activity."),
    ScenarioKey(
      "supervisor.conflict", .share, .standard("0 %", source: "no conflict of results is given"),
      in: .share, example: "10 %",
      "Probability that a result contradicts another, and is settled by it."),
    ScenarioKey(
      "supervisor.resolution", .distribution(.calendar), .optional("it settles at once"),
      in: .atLeast(0), example: "5 s", "Time to settle one."),
    ScenarioKey(
      "supervisor.synthesis", .group, .optional("it puts nothing together"),
      "Results that it puts together."),
    ScenarioKey(
      "supervisor.synthesis.after", .elements, .required, example: "[step_10]",
      "Element ids and ranges of the activities after which it does so."),
    ScenarioKey(
      "supervisor.synthesis.time", .distribution(.calendar), .required, in: .atLeast(0),
      example: "4 s", "Time to do so."),
    ScenarioKey(
      "storm_control", .group, .optional("every trigger begins a case at once"),
      "Control of triggers that come in bursts."),
    ScenarioKey(
      "storm_control.window", .duration(.calendar), .optional("no triggers are put together"),
      in: .above(0), example: "5 min",
      "Triggers that come within this time of one that opened a case are done with it, while it "
        + "is under way."),
    ScenarioKey(
      "storm_control.same", .name(of: "an attribute"), .optional("all triggers are alike"),
      example: "segment", "Attribute of categories, or true and false, that they must share."),
    ScenarioKey(
      "storm_control.at_most", .requests, .optional("no limit"), in: .within(1, 1e6),
      example: "60 per hour", "Cases that are begun per second, minute, hour or day."),
    ScenarioKey(
      "storm_control.burst", .count(of: ["case", "cases"]),
      .standard("1 case", source: "no burst is allowed unless it is given"), in: .within(1, 1e6),
      example: "10 cases", "Cases that may begin at once."),
    ScenarioKey(
      "storm_control.excess", .choice(["wait", "drop"]),
      .standard("wait", source: "no work is lost unless it is said"), example: "wait",
      "What comes beyond waits its turn, or is dropped and counts as given up."),
  ]
}
