// The table of all keys, continued: what costs money beside work, runs and licences.

extension ScenarioKey {
  static let costs: [ScenarioKey] = [
    ScenarioKey(
      "costs", .group,
      .optional("only work, runs and licences cost money, and costs are not shown over time"),
      "What costs money beside work, runs and licences; reports then show costs over time, and when a "
        + "variant has paid for itself against the baseline."),
    ScenarioKey(
      "costs.implementation", .named("lines of the plan"),
      .optional("having the stack costs nothing"),
      "What it takes once to have the stack, by line: \(implementationLines.joined(separator: ", ")). "
        + "It is no part of the cost per case."),
    ScenarioKey("costs.implementation.*", .group, .required, "A line of the plan."),
    ScenarioKey(
      "costs.implementation.*.amount", .money([.once]), .required, in: .within(0, 1e9),
      example: "60000 EUR", "What it costs in all."),
    ScenarioKey(
      "costs.implementation.*.after", .duration(.calendar),
      .standard("0 days", source: "what a rollout needs is paid when it begins"),
      in: .within(0, 630_720_000), example: "4 weeks",
      "When it begins to be spent, from day 0 on. What was spent before counts on day 0."),
    ScenarioKey(
      "costs.implementation.*.over", .duration(.calendar),
      .standard("0 days", source: "it is paid at once"), in: .within(0, 630_720_000),
      example: "12 weeks", "How long it is spent, evenly."),
    ScenarioKey(
      "costs.upkeep", .money([.week, .month, .year]),
      .standard("0 per month", source: "no upkeep is given; the stack stays as good as it is"),
      in: .within(0, 1e9), example: "2500 EUR per month",
      "Fixed cost of keeping the stack as good as it is, charged to upkeep. A month is 1/12 of 365.25 "
        + "days. Upkeep that is people's work stands under `automations.*.upkeep`."),
    ScenarioKey(
      "costs.late", .group, .optional("being late costs nothing itself"),
      "Penalty for a case that is done too late, or not at all."),
    ScenarioKey(
      "costs.late.within", .duration(.either), .required, in: .above(0),
      example: "5 working days", "When a case has to be done, from its arrival."),
    ScenarioKey(
      "costs.late.price", .money([.perCase]), .required, in: .within(0, 1e9),
      example: "40 EUR per case", "Penalty."),
    ScenarioKey(
      "costs.delay", .group, .optional("the time that a case takes costs nothing itself"),
      "Cost of the time that a case takes, in calendar time, as far as it is followed."),
    ScenarioKey(
      "costs.delay.price", .money([.day]), .required, in: .within(0, 1e9),
      example: "3 EUR per day", "Cost of a day of a case."),
    ScenarioKey(
      "costs.delay.after", .duration(.calendar),
      .standard("0 days", source: "every day costs the same"),
      in: .within(0, 630_720_000), example: "1 day", "Time from the arrival that costs nothing."),
    ScenarioKey(
      "costs.wrong", .money([.perCase]),
      .standard("0 per case", source: "no loss is given; errors nobody notices cost nothing"),
      in: .within(0, 1e9), example: "120 EUR per case",
      "Loss by a case that is completed with an error nobody noticed."),
  ]
}

/// Lines of a plan of implementation, as the brief names them.
let implementationLines = [
  "platform", "integration", "change", "observability", "training", "other",
]
