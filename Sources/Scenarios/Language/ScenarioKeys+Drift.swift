// The table of all keys, continued: how automations' behaviour drifts, and what notices it.

extension ScenarioKey {
  static let behaviourDrift: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.drift", .group, .optional("its behaviour stays what it was"),
      "Drift of its behaviour, which nobody notices by itself; after a recalibration the next begins."
    ),
    ScenarioKey(
      "automations.*.drift.begins", .distribution(.calendar), .required, in: .above(0),
      example: "exponential mean 13 weeks",
      "Time from the start, and from each recalibration, until a drift begins."),
    ScenarioKey(
      "automations.*.drift.failure_odds", .number,
      .standard("1", source: "no factor is given; failures stay"), in: .above(0, to: 1e6),
      example: "2", "Factor on the odds of a failure at its end."),
    ScenarioKey(
      "automations.*.drift.error_odds", .number,
      .standard("1", source: "no factor is given; errors stay"), in: .above(0, to: 1e6),
      example: "5", "Factor on the odds of an error nobody notices at its end."),
    ScenarioKey(
      "automations.*.drift.over", .duration(.calendar), .optional("it is there all at once"),
      in: .above(0), example: "4 weeks", "How long it takes to get there, evenly; level after."),
    ScenarioKey(
      "automations.*.drift.detector", .group, .optional("nothing notices it, and it stays"),
      "A sequential test on samples of its outcomes, and what follows its alarms."),
    ScenarioKey(
      "automations.*.drift.detector.sampled", .share, .required, in: .share, example: "10 %",
      "Share of its outcomes that is looked at."),
    ScenarioKey(
      "automations.*.drift.detector.by", .name(of: "a team"),
      .optional("looking takes no people and no time"), example: "clerks", "The team that looks."),
    ScenarioKey(
      "automations.*.drift.detector.time", .distribution(.work),
      .optional("only where no team looks"), in: .atLeast(0), example: "5 min",
      "Working time of a look."),
    ScenarioKey(
      "automations.*.drift.detector.test", .choice(["cusum", "page_hinkley"]),
      .standard("cusum", source: "the shortest mean delay for a known shift"),
      example: "page_hinkley",
      "The test: cumulative sum of log likelihood ratios, or Page and Hinkley's."),
    ScenarioKey(
      "automations.*.drift.detector.expected", .share, .optional("only for `cusum`"),
      in: .within(0.000_001, 0.999_999), example: "2 %", "Share of errors as it should be."),
    ScenarioKey(
      "automations.*.drift.detector.shifted", .share, .optional("only for `cusum`"),
      in: .within(0.000_001, 0.999_999), example: "6 %", "Share of errors that is to be noticed."),
    ScenarioKey(
      "automations.*.drift.detector.tolerance", .share, .optional("only for `page_hinkley`"),
      in: .share, example: "1 %", "Rise of the share of errors that is taken for noise."),
    ScenarioKey(
      "automations.*.drift.detector.threshold", .number, .required, in: .above(0, to: 1e6),
      example: "4",
      "Sum at which there is an alarm; higher means fewer false alarms and a later true one."),
    ScenarioKey(
      "automations.*.drift.detector.investigated_by", .name(of: "a team"),
      .optional("it begins at once and passes by itself"), example: "developers",
      "The team that looks into alarms."),
    ScenarioKey(
      "automations.*.drift.detector.investigation", .distribution(.calendar),
      .optional("it takes no time"), in: .atLeast(0), example: "6 h",
      "Work on an alarm, true or false; working time where a team does it."),
    ScenarioKey(
      "automations.*.drift.detector.recalibration", .distribution(.calendar),
      .optional("it is calibrated anew at once"), in: .atLeast(0), example: "3 days",
      "Time from then until it is calibrated anew, where there is a drift."),
    ScenarioKey(
      "automations.*.drift.detector.price", .money([.once]), .optional("it has no price"),
      in: .within(0, 1e12), example: "2000 EUR", "Price of a recalibration."),
  ]
}
