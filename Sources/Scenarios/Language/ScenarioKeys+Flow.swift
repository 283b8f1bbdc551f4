// The table of all keys, continued: what the process leaves open beside branching and waits.

extension ScenarioKey {
  static let calls: [ScenarioKey] = [
    ScenarioKey(
      "calls", .named("call activities"),
      .optional("calls of processes of the inventory are drawn in, others are tasks"),
      "What becomes of call activities."),
    ScenarioKey(
      "calls.*", .choice(["inline", "task"]), .required, example: "task",
      "Id of a call activity, or `default`. `inline`: the called process is drawn in as a "
        + "sub-process, its elements named `call/element`; `task`: one activity."),
  ]

  static let events: [ScenarioKey] = [
    ScenarioKey(
      "events", .named("events"),
      .optional("timers come as the BPMN says, other events on boundaries never"),
      "When events of the process come that need not: on boundaries of activities, behind "
        + "event-based gateways, at the start of event sub-processes."),
    ScenarioKey(
      "events.*", .group, .required, "Element id of the event."),
    ScenarioKey(
      "events.*.happens", .share, .optional("it comes, where it is given when"), in: .share,
      example: "30 %",
      "Probability that it comes. For an error on the boundary of an activity: that the activity "
        + "ends in the error when it is done."),
    ScenarioKey(
      "events.*.after", .distribution(.calendar), .optional("as under `waits` or in the BPMN"),
      in: .atLeast(0), example: "exponential mean 3 days",
      "Time until it comes, from the beginning of the activity, gateway or sub-process."),
    ScenarioKey(
      "events.*.times", .count(of: ["time", "times"]),
      .optional("as the BPMN's cycle says, or once"),
      in: .within(1, 1_000_000), example: "3 times",
      "How often it comes at most, the same distance apart each time; for events that do not "
        + "interrupt."),
    ScenarioKey(
      "repeats", .named("loop activities"), .optional("the process has no loop activities"),
      "How often loop activities are done."),
    ScenarioKey("repeats.*", .group, .required, "Element id of the loop activity, or `default`."),
    ScenarioKey(
      "repeats.*.again", .share, .optional("the BPMN's loop condition decides"), in: .share,
      example: "20 %",
      "Probability that it is done another time; asked after each time, or before, as the BPMN says. "
        + "Outweighs the BPMN's loop condition."
    ),
    ScenarioKey(
      "repeats.*.at_most", .count(of: ["time", "times"]),
      .optional("the BPMN's maximum, else without limit"), in: .within(1, 1_000_000),
      example: "5 times", "Most times that it is done."),
    ScenarioKey(
      "instances", .named("multi-instance activities"),
      .optional("the BPMN says how many instances there are"),
      "How many instances multi-instance activities have."),
    ScenarioKey(
      "instances.*", .group, .required, "Element id of the multi-instance activity, or `default`."),
    ScenarioKey(
      "instances.*.count", .numberDistribution, .optional("the number that the BPMN states"),
      in: .within(0, 100_000), example: "2 to 5",
      "How many there are: a number, a range of equally likely ones, or a distribution such as "
        + "`lognormal mean 4 cv 0.5`, rounded."),
    ScenarioKey(
      "instances.*.enough", .share,
      .standard(
        "100 %", source: "without a completion condition in the BPMN all instances are needed"),
      in: .above(0, to: 1), example: "60 %",
      "Share of the instances after which the others are ended. Outweighs the BPMN's completion "
        + "condition."),
  ]
}
