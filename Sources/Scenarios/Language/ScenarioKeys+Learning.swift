// The table of all keys, continued: how automations learn and decay.

extension ScenarioKey {
  static let learning: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.learns", .group, .optional("it stays as it is, whatever is captured"),
      "How it becomes better with what is captured of its decisions and of what people change about them: "
        + "odds are (1 + n / `reference`)^(−exponent) times what they are without any."),
    ScenarioKey(
      "automations.*.learns.logged", .share, .required, in: .share, example: "80 %",
      "Share of its decisions, and of what people change about them, that is captured; of nothing it "
        + "learns nothing."),
    ScenarioKey(
      "automations.*.learns.override_weight", .number,
      .standard("1", source: "assumed: a change by people teaches as much as any decision"),
      in: .within(0, 1e6), example: "10", "Records that one captured change by people counts as."),
    ScenarioKey(
      "automations.*.learns.reference", .count(of: ["record", "records"]), .required,
      in: .within(1, 1e9), example: "500 records",
      "Records that halve the odds at an exponent of 1."),
    ScenarioKey(
      "automations.*.learns.failure", .number,
      .standard("0", source: "no exponent is given; failures stay"), in: .within(-4, 4),
      example: "0.3", "Exponent for the odds that a run fails; negative where it becomes worse."),
    ScenarioKey(
      "automations.*.learns.errors", .number,
      .standard("0", source: "no exponent is given; errors stay"), in: .within(-4, 4),
      example: "0.2", "Exponent for the odds of an error nobody notices."),
    ScenarioKey(
      "automations.*.learns.escalation", .number,
      .standard("0", source: "no exponent is given; guardrails fire as before"),
      in: .within(-4, 4), example: "0.4",
      "Exponent for the odds that a guardrail which it raises fires."),
    ScenarioKey(
      "automations.*.learns.floor", .share,
      .standard("0 %", source: "assumed: practice goes on to help"), in: .share, example: "20 %",
      "Least factor on odds: what cannot be learnt."),
    ScenarioKey(
      "automations.*.learns.price", .money([.record]),
      .standard("0 per record", source: "no price is given; logging costs nothing"),
      in: .within(0, 1e9), example: "0.02 EUR per record",
      "Price of capturing a decision or a change, why included."),
    ScenarioKey(
      "automations.*.decays", .group, .optional("it stays as good as it is without upkeep"),
      "How it becomes worse while its `upkeep` is not done, or has none: odds are multiplied for each "
        + "`per` that has passed since day 0 or the last piece."),
    ScenarioKey(
      "automations.*.decays.after", .duration(.calendar),
      .standard("0 days", source: "assumed: it begins at once"), in: .atLeast(0),
      example: "4 weeks", "Time without upkeep that does no harm."),
    ScenarioKey(
      "automations.*.decays.failure_odds", .number,
      .standard("1", source: "no factor is given; failures stay"), in: .above(0, to: 1e6),
      example: "1.5", "Factor on the odds of a failure."),
    ScenarioKey(
      "automations.*.decays.error_odds", .number,
      .standard("1", source: "no factor is given; errors stay"), in: .above(0, to: 1e6),
      example: "1.3", "Factor on the odds of an error nobody notices."),
    ScenarioKey(
      "automations.*.decays.per", .duration(.calendar), .required, in: .above(0),
      example: "13 weeks", "The time in which odds are multiplied once more."),
  ]
}
