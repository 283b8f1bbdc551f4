// The table of all keys, continued: compromise, leaks and cascades.

/// Keys of risks that go from one to another.
enum RiskSpreadKeys {
  static let all = compromise + leaks + cascade

  private static let compromise: [ScenarioKey] =
    [
      ScenarioKey(
        "risk.compromise", .group, .optional("nobody gets hold of an automation"),
        "Automations that somebody gets hold of, and what follows until it is noticed."),
      ScenarioKey(
        "risk.compromise.of", .names(of: "an automation"), .required, example: "[triage, billing]",
        "Automations that may be attacked from outside, while they are in use."),
      ScenarioKey(
        "risk.compromise.every", .distribution(.calendar), .required, in: .above(0),
        example: "exponential mean 700 days", "Time from one attack on each to the next."),
      ScenarioKey(
        "risk.compromise.trusted_by", .named("an automation"), .optional("none trusts another"),
        "Which automations trust which, so that a compromise of the one may reach the others."),
      ScenarioKey(
        "risk.compromise.trusted_by.*", .names(of: "an automation"), .required,
        example: "[billing]", "Those that trust it."),
      ScenarioKey(
        "risk.compromise.spread", .share,
        .standard("100 %", source: "who trusts takes what comes"), in: .share, example: "50 %",
        "Probability that it reaches an automation that trusts the one."),
      ScenarioKey(
        "risk.compromise.shared_applications", .share,
        .standard("0 %", source: "no spread through applications is given"), in: .share,
        example: "5 %", "Probability that it reaches one that touches an application in common."),
      ScenarioKey(
        "risk.compromise.layer", .share,
        .standard("0 %", source: "no spread through the layer is given"), in: .share,
        example: "20 %",
        "Probability that it reaches any other through the orchestration layer, where one is at "
          + "work."),
      ScenarioKey(
        "risk.compromise.spread_after", .distribution(.calendar), .optional("it spreads at once"),
        in: .atLeast(0), example: "exponential mean 2 days", "Time that it takes to reach another."),
      ScenarioKey(
        "risk.compromise.affects", .share,
        .standard("100 %", source: "no case is taken to be spared"), in: .share, example: "30 %",
        "Probability that work of a compromised automation affects the case."),
      ScenarioKey(
        "risk.compromise.found_after", .distribution(.calendar), .required, in: .atLeast(0),
        example: "exponential mean 10 days", "Time from the attack until it is noticed."),
      ScenarioKey(
        "risk.compromise.contained_for", .distribution(.calendar),
        .optional("nothing is stopped"), in: .atLeast(0), example: "8 h",
        "Time that each compromised automation is then stopped."),
      ScenarioKey(
        "risk.compromise.investigated_by", .name(of: "a team"), .optional("nobody looks into it"),
        example: "it", "The team that looks into each compromised automation."),
      ScenarioKey(
        "risk.compromise.investigation", .distribution(.work),
        .optional("required with `investigated_by`"), in: .atLeast(0), example: "16 h",
        "Working time of it."),
    ]
    + ScenarioKey.incident(
      "risk.compromise.cases", absent: "an affected case costs nothing",
      "Loss of each case affected, and the work of cleaning it up once that is noticed.",
      isLater: false)

  private static let leaks: [ScenarioKey] =
    [
      ScenarioKey(
        "risk.leaks", .named("a class of data"), .optional("no data leak"),
        "Classes of data that those may leak who are not cleared for them.")
    ]
    + ScenarioKey.incident(
      "risk.leaks.*", absent: "no such class", "A class of data, and what a leak of it costs.")
    + [
      ScenarioKey(
        "risk.leaks.*.when", .condition, .optional("all cases have such data"),
        example: "segment = retail", "Condition on attributes of the cases that have them."),
      ScenarioKey(
        "risk.leaks.*.collected_at", .elements, .optional("a case comes with them"),
        example: "[step_01]", "Element ids and ranges of the activities that collect them."),
      ScenarioKey(
        "risk.leaks.*.cleared", .names(of: "an automation or application"),
        .optional("no automation and no application is cleared"), example: "[triage, core]",
        "Automations and applications that are cleared for them."),
      ScenarioKey(
        "risk.leaks.*.share", .share, .required, in: .share, example: "0.2 %",
        "Probability that one of the others leaks them at an activity: who does it, and each "
          + "application that is touched."),
      ScenarioKey(
        "risk.leaks.*.by_people", .share,
        .standard("0 %", source: "no leaks by people are given"), in: .share, example: "0.05 %",
        "Probability that people leak them at an activity."),
    ]

  private static let cascade: [ScenarioKey] = [
    ScenarioKey(
      "risk.cascade", .group, .optional("no failure takes anything else down"),
      "Failures of applications and automations that take down automations coupled to them."),
    ScenarioKey(
      "risk.cascade.couples", .named("an automation or application"),
      .optional("none is coupled by name"), "Which automations are coupled to which."),
    ScenarioKey(
      "risk.cascade.couples.*", .names(of: "an automation"), .required, example: "[billing]",
      "Automations that its failure may take down."),
    ScenarioKey(
      "risk.cascade.share", .share,
      .standard("100 %", source: "what is coupled falls together"), in: .share, example: "60 %",
      "Probability that a failure takes one down that is coupled to it."),
    ScenarioKey(
      "risk.cascade.shared_applications", .share,
      .standard("0 %", source: "no coupling through applications is given"), in: .share,
      example: "10 %",
      "Probability that the failure of an automation takes one down that touches an application in "
        + "common."),
    ScenarioKey(
      "risk.cascade.after", .distribution(.calendar), .optional("at once"), in: .atLeast(0),
      example: "5 min", "Time that it takes to reach another."),
    ScenarioKey(
      "risk.cascade.lasts", .distribution(.calendar), .required, in: .above(0),
      example: "exponential mean 2 h", "Time that what is taken down stays so."),
    ScenarioKey(
      "risk.cascade.inconsistent", .share,
      .standard("0 %", source: "no inconsistent states are given"), in: .share, example: "20 %",
      "Probability that a run under way then leaves its case in an inconsistent state."),
    ScenarioKey(
      "risk.cascade.rolled_back_by", .name(of: "a team"),
      .optional("nobody rolls it back, and the error stays"), example: "underwriting",
      "The team whose tickets such cases are."),
    ScenarioKey(
      "risk.cascade.rolling_back", .distribution(.work),
      .optional("required with `rolled_back_by`"), in: .atLeast(0), example: "25 min",
      "Working time of each."),
  ]
}
