// The table of all keys, continued: what an orchestration layer does beyond passing work on.

extension ScenarioKey {
  static let layerWork: [ScenarioKey] =
    [
      ScenarioKey(
        "orchestration_layers.*.agent_licence", .money([.week, .month, .year]),
        .optional("it has no price per automation"), in: .within(0, 1e9),
        example: "60 EUR per month",
        "Fixed cost for each automation that a variant with the layer assigns anything."),
      ScenarioKey(
        "orchestration_layers.*.idempotent", .flag,
        .optional("it is not: idempotence is a claim to be made"), example: "true",
        "Whether what is tried again has its effect once: then `doubles` is 0 unless it is given."),
      ScenarioKey(
        "orchestration_layers.*.coordination", .group,
        .optional("it leaves what coordination costs, but for what it shares and repeats safely"),
        "Factors that it takes to the probabilities under `coordination`: 0 removes, 1 leaves, more "
          + "makes it worse."),
    ] + factors + recovery + routing + policies

  private static let factors: [ScenarioKey] = [
    (
      "context_lost", "0 where the layer shares context, else 1, assumed", "Factor on lost context."
    ),
    ("misread", "1, assumed", "Factor on misread hand-overs."),
    ("no_answer", "1, assumed", "Factor on answers that never come."),
    ("partial", "1, assumed", "Factor on what is carried out in part."),
    ("doubles", "0 where the layer is idempotent, else 1, assumed", "Factor on double effects."),
    ("conflicts", "1, assumed", "Factor on the rate of conflicts."),
  ].map { name, without, summary in
    ScenarioKey(
      "orchestration_layers.*.coordination.\(name)", .number, .optional(without),
      in: .within(0, 1000), example: "0.1", summary)
  }

  private static let recovery: [ScenarioKey] = [
    ScenarioKey(
      "orchestration_layers.*.retries", .group, .optional("it adds no attempts"),
      "Attempts that it adds when an automation has used up its own, each decided in a hop."),
    ScenarioKey(
      "orchestration_layers.*.retries.times", .count(of: ["time", "times"]), .required,
      in: .within(0, 100), example: "2", "How many."),
    ScenarioKey(
      "orchestration_layers.*.retries.backoff", .backoff,
      .standard("0 s doubling", source: "no back-off is given; attempts follow at once"),
      in: .atLeast(0), example: "30 s doubling",
      "Wait before the first; twice as long before each further one."),
    ScenarioKey(
      "orchestration_layers.*.retries.jitter", .share,
      .standard("0 %", source: "no jitter is given"), in: .share, example: "50 %",
      "Largest change of a wait by chance, up or down, uniform."),
    ScenarioKey(
      "orchestration_layers.*.retries.keeps", .share,
      .standard("0 %", source: "a further attempt begins anew"), in: .share, example: "60 %",
      "Share of a failed run's work that the next attempt need not do again, also an automation's "
        + "own: 100 % takes up where it failed."),
    ScenarioKey(
      "orchestration_layers.*.on_failure", .group, .optional("people take over"),
      "What happens when no attempt has helped, unless the process itself catches the error."),
    ScenarioKey(
      "orchestration_layers.*.on_failure.roll_back", .flag,
      .standard("false", source: "what was done stays unless it is said"), example: "true",
      "Whether what the case has completed is undone first, by the compensation of the BPMN."),
    ScenarioKey(
      "orchestration_layers.*.on_failure.then", .choice(["people", "give_up"]),
      .standard("people", source: "people finish what automations cannot"), example: "people",
      "Whether people do the activity, or the case is given up."),
  ]

  private static let routing: [ScenarioKey] = [
    ScenarioKey(
      "orchestration_layers.*.reroute", .named("automations"),
      .optional("work waits for an automation that is down"),
      "Who takes over what would be given to an automation that is down."),
    ScenarioKey(
      "orchestration_layers.*.reroute.*", .name(of: "an automation or `people`"), .required,
      example: "people", "An automation, or `people` for the activity's own team."),
    ScenarioKey(
      "orchestration_layers.*.routing", .group, .optional("work stays where it is assigned"),
      "Routing by reliability, as it is measured in the run, by automation and type of case."),
    ScenarioKey(
      "orchestration_layers.*.routing.below", .share, .required, in: .share, example: "80 %",
      "Share of runs that go well below which a type of case is sent elsewhere."),
    ScenarioKey(
      "orchestration_layers.*.routing.after", .count(of: ["run", "runs"]),
      .standard("20 runs", source: "puts a share within about 20 points (Wilson, 95 %)"),
      in: .within(1, 1_000_000), example: "20 runs",
      "Runs that must have been seen before anything is concluded."),
    ScenarioKey(
      "orchestration_layers.*.routing.explores", .share,
      .standard("5 %", source: "without it nothing more is learnt of what was sent away"),
      in: .share, example: "5 %",
      "Share of cases that stay with the automation all the same."),
    ScenarioKey(
      "orchestration_layers.*.routing.types", .group, .optional("all cases are of one type"),
      "Types of cases that are told apart; one group, or a list of them. The first that holds "
        + "counts; what is left is one more type."),
    ScenarioKey(
      "orchestration_layers.*.routing.types.when", .condition, .required,
      example: "amount > 5000", "Condition on the attributes of the case."),
    ScenarioKey(
      "orchestration_layers.*.routing.alternatives", .named("automations"),
      .optional("people do what is sent elsewhere"),
      "Who else may do the work of an automation; people where none is good enough."),
    ScenarioKey(
      "orchestration_layers.*.routing.alternatives.*", .names(of: "an automation"), .required,
      example: "[senior_agent]", "Automations that may."),
  ]

  private static let policies: [ScenarioKey] = [
    ScenarioKey(
      "orchestration_layers.*.policies", .group, .optional("policies never fail"),
      "Outages of the control plane, where policies are kept, apart from the work that passes "
        + "through the layer: guardrails ask it."),
    ScenarioKey(
      "orchestration_layers.*.policies.every", .distribution(.calendar), .required, in: .above(0),
      example: "exponential mean 60 days", "Time from the end of an outage to the next."),
    ScenarioKey(
      "orchestration_layers.*.policies.repair", .distribution(.calendar), .required,
      in: .atLeast(0), example: "lognormal mean 2 h cv 1", "Length of an outage."),
    ScenarioKey(
      "orchestration_layers.*.policies.when_down", .choice(["wait", "pass", "escalate"]),
      .standard("wait", source: "a check that cannot be made is not taken as passed"),
      example: "escalate",
      "What guardrails do meanwhile: cases wait, pass unchecked, or become tickets."),
  ]

  static let weaknesses: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.weaknesses", .group, .optional("it fails at all cases alike"),
      "Cases at which its runs fail with another probability; one group, or a list of them, of "
        + "which the first that holds counts."),
    ScenarioKey(
      "automations.*.weaknesses.when", .condition, .required, example: "amount > 5000",
      "Condition on the attributes of the case."),
    ScenarioKey(
      "automations.*.weaknesses.failure", .share, .required, in: .share, example: "25 %",
      "Probability that a run on such a case fails."),
  ]

  static let guardrailPolicies: [ScenarioKey] = [
    ScenarioKey(
      "guardrails.*.thresholds", .group, .optional("it fires with `fires` at all times"),
      "Firing probabilities for some cases, at some hours; one group, or a list of them, of which "
        + "the first that holds takes the place of `fires`."),
    ScenarioKey(
      "guardrails.*.thresholds.when", .condition, .optional("all cases"),
      example: "amount > 5000", "Condition on the attributes of the case."),
    ScenarioKey(
      "guardrails.*.thresholds.during", .name(of: "a calendar"), .optional("at all times"),
      example: "night", "Calendar in whose hours it holds."),
    ScenarioKey(
      "guardrails.*.thresholds.fires", .share, .required, in: .share, example: "80 %",
      "The probability; drift acts on it as on `fires`."),
  ]
}
