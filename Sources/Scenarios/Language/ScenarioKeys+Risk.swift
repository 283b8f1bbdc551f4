// The table of all keys, continued: what can go badly wrong.

extension ScenarioKey {
  static let risk: [ScenarioKey] =
    [
      ScenarioKey(
        "risk", .group, .optional("errors do not spread, and nothing worse happens"),
        "What can go badly wrong where automations act, and what it costs."),
      ScenarioKey(
        "risk.criticality", .group, .optional("the incidents of all cases cost alike"),
        "Factor on the loss of incidents, by what the case is; one or a list, of which the first that "
          + "holds counts."),
      ScenarioKey(
        "risk.criticality.when", .condition, .required, example: "amount > 50000",
        "Condition on attributes of the case."),
      ScenarioKey(
        "risk.criticality.factor", .number, .required, in: .within(0, 1e6), example: "5",
        "Factor on the loss of an incident of such a case."),
      ScenarioKey(
        "risk.errors", .group, .optional("errors stay as they are, and nobody looks for them"),
        "Errors nobody has noticed: how they spread, are looked for, and what they cost."),
      ScenarioKey(
        "risk.errors.spread", .share,
        .standard("0 %", source: "no spread of errors is given"), in: .share, example: "40 %",
        "Probability that an automation which works on a case with an error errs because of it."),
      ScenarioKey(
        "risk.errors.spread_to_people", .share,
        .standard("0 %", source: "no spread of errors is given"), in: .share, example: "10 %",
        "The same for people who work on it."),
      ScenarioKey(
        "risk.errors.noticed_by_people", .share,
        .standard("0 %", source: "nobody is taken to look for errors"), in: .share, example: "25 %",
        "Probability that people who work on such a case notice the error and put it right."),
      ScenarioKey(
        "risk.errors.checks", .named("a check"), .optional("nobody checks"),
        "Checks: verifiers, second agents, people who sample."),
      ScenarioKey("risk.errors.checks.*", .group, .optional("no such check"), "A check."),
      ScenarioKey(
        "risk.errors.checks.*.after", .elements, .required, example: "[step_05..step_10]",
        "Element ids and ranges of the activities after which it is made; the case waits."),
      ScenarioKey(
        "risk.errors.checks.*.automation", .name(of: "an automation"),
        .optional("`team` is given instead"), example: "verifier",
        "The automation that checks; it takes a runner."),
      ScenarioKey(
        "risk.errors.checks.*.team", .name(of: "a team"),
        .optional("`automation` is given instead"),
        example: "legal", "The team that checks; each check is a ticket."),
      ScenarioKey(
        "risk.errors.checks.*.share", .share,
        .standard("100 %", source: "every case is checked unless it is said"), in: .share,
        example: "20 %", "Share of cases that are checked."),
      ScenarioKey(
        "risk.errors.checks.*.time", .distribution(.either), .required, in: .atLeast(0),
        example: "5 s", "Time of a check."),
      ScenarioKey(
        "risk.errors.checks.*.price", .money([.check]),
        .standard("0 per check", source: "no price is given; checks cost their time"),
        in: .within(0, 1e9), example: "0.03 EUR per check", "Price of a check."),
      ScenarioKey(
        "risk.errors.checks.*.finds", .share, .required, in: .share, example: "85 %",
        "Sensitivity: probability that it finds that a case with an error is wrong."),
      ScenarioKey(
        "risk.errors.checks.*.false_alarms", .share,
        .standard("0 %", source: "no rate of false alarms is given"), in: .share, example: "3 %",
        "One less the specificity: probability that it takes a right case for a wrong one."),
      ScenarioKey(
        "risk.errors.checks.*.correlation", .share,
        .standard("0 %", source: "a check is taken to be independent"), in: .share, example: "40 %",
        "Correlation, in a Gaussian copula, of its missing an error with an automation's making it."
      ),
      ScenarioKey(
        "risk.errors.checks.*.corrected_by", .name(of: "a team"),
        .optional("what it finds is put right at once"), example: "underwriting",
        "The team whose tickets its alarms are, false ones too; the case waits."),
      ScenarioKey(
        "risk.errors.checks.*.correction", .distribution(.work),
        .optional("required with `corrected_by`"), in: .atLeast(0), example: "15 min",
        "Working time of looking into an alarm."),
    ]
    + incident(
      "risk.errors.escaped", absent: "an error that nobody finds costs nothing",
      "What a case costs that is done with an error.")
    + violations + RiskSpreadKeys.all

  private static let violations: [ScenarioKey] =
    [
      ScenarioKey(
        "risk.violations", .named("a policy"), .optional("no policy is violated"),
        "Policies that decisions may violate within their guardrails, against what was meant."),
      ScenarioKey("risk.violations.*", .group, .optional("no such policy"), "A policy."),
      ScenarioKey(
        "risk.violations.*.at", .elements, .required, example: "[step_05]",
        "Element ids and ranges of the activities that decide."),
      ScenarioKey(
        "risk.violations.*.share", .share, .required, in: .share, example: "2 %",
        "Probability that a decision of an automation violates it."),
      ScenarioKey(
        "risk.violations.*.by_people", .share,
        .standard("0 %", source: "no violations by people are given"), in: .share, example: "1 %",
        "Probability that a decision of people violates it."),
      ScenarioKey(
        "risk.violations.*.audited", .group, .optional("nobody looks at decisions afterwards"),
        "Audits of decisions, at the end of each period."),
      ScenarioKey(
        "risk.violations.*.audited.every", .duration(.calendar), .required, in: .above(0),
        example: "4 weeks", "Length of a period, from day 0 on."),
      ScenarioKey(
        "risk.violations.*.audited.share", .share, .required, in: .share, example: "5 %",
        "Share of decisions that are looked at."),
      ScenarioKey(
        "risk.violations.*.audited.finds", .share,
        .standard("100 %", source: "an audit is taken to see what it looks at"), in: .share,
        example: "90 %", "Probability that a look at a violation finds it."),
      ScenarioKey(
        "risk.violations.*.audited.team", .name(of: "a team"), .required, example: "legal",
        "The team that audits."),
      ScenarioKey(
        "risk.violations.*.audited.time", .distribution(.work), .required, in: .atLeast(0),
        example: "20 min", "Working time of each."),
      ScenarioKey(
        "risk.violations.*.audited.corrected_by", .name(of: "a team"),
        .optional("what is found makes no further work"), example: "underwriting",
        "The team whose tickets the violations found are."),
      ScenarioKey(
        "risk.violations.*.audited.correction", .distribution(.work),
        .optional("required with `corrected_by`"), in: .atLeast(0), example: "30 min",
        "Working time of each."),
    ]
    + incident(
      "risk.violations.*.exposed", absent: "what no audit finds never comes out",
      "How violations come out that no audit has found by then, and what that costs.",
      isLater: false)
    + [
      ScenarioKey(
        "risk.violations.*.exposed.share", .share, .required, in: .share, example: "30 %",
        "Probability that a violation comes out at all."),
      ScenarioKey(
        "risk.violations.*.exposed.after", .distribution(.calendar), .required, in: .atLeast(0),
        example: "exponential mean 90 days", "Time from the decision until it does."),
    ]

  /// The keys of what an incident costs.
  ///
  /// - Parameter isLater: whether it may come to light later than it happens.
  static func incident(
    _ path: String, absent: String, _ summary: String, isLater: Bool = true
  ) -> [ScenarioKey] {
    [ScenarioKey(path, .group, .optional(absent), summary)]
      + costs(of: path).filter { isLater || !$0.path.hasSuffix("found_after") }
  }

  /// The keys of loss and work.
  private static func costs(of path: String) -> [ScenarioKey] {
    [
      ScenarioKey(
        "\(path).loss", .quantity, .optional("no loss beside the work"), in: .atLeast(0),
        example: "lognormal mean 900 EUR cv 2",
        "Loss of one, an amount or a distribution of amounts, times the factor of the case."),
      ScenarioKey(
        "\(path).found_after", .distribution(.calendar), .optional("it is noticed at once"),
        in: .atLeast(0), example: "exponential mean 20 days",
        "Time until it comes to light and makes work."),
      ScenarioKey(
        "\(path).team", .name(of: "a team"), .optional("it makes no work"), example: "legal",
        "The team whose ticket it then is."),
      ScenarioKey(
        "\(path).time", .distribution(.work), .optional("required with `team`"), in: .atLeast(0),
        example: "45 min", "Working time of it."),
    ]
  }
}
