// The table of all keys, continued: how people oversee what guardrails stop.

extension ScenarioKey {
  static let oversight: [ScenarioKey] = [
    ScenarioKey(
      "guardrails.*.oversight", .group, .optional("people look at every firing"),
      "Which firings people look at, and whether cases wait for them. A firing that nobody looks at "
        + "makes no ticket, and the case goes on."),
    ScenarioKey(
      "guardrails.*.oversight.mode", .choice(OversightSettings.Mode.allCases.map(\.rawValue)),
      .required, example: "sampled",
      "The mode that it begins with. `in_the_loop`: people look at all, and cases wait; `sampled`: at "
        + "the share `sample`, and those cases wait; `on_the_loop`: at the share `sample`, and no case "
        + "waits; `in_the_lead`: at the kinds of decisions under `tiers`, which wait, and at the share "
        + "`audit` of the rest, which do not; `triggered`: at the share `audit`, and no case waits."
    ),
    ScenarioKey(
      "guardrails.*.oversight.ladder", .names(of: "a mode"),
      .optional("it stays in its mode"), example: "[in_the_loop, sampled, triggered]",
      "Modes that it may come to by what reviews find, from the strictest to the loosest."),
    ScenarioKey(
      "guardrails.*.oversight.sample", .share, .standard("5 %", source: "brief row 118"),
      in: .share, example: "5 %", "Share of firings that people look at when they sample."),
    ScenarioKey(
      "guardrails.*.oversight.audit", .share,
      .standard("1 %", source: "assumed: without any review nothing is measured"), in: .share,
      example: "1 %", "Share of firings that people look at when they audit."),
    ScenarioKey(
      "guardrails.*.oversight.promote_below", .share,
      .standard("5 %", source: "assumed: an error in twenty reviews at most"), in: .share,
      example: "5 %",
      "It goes to the next, looser mode where the upper end of the interval of the share of reviews "
        + "that found an error is at most this."),
    ScenarioKey(
      "guardrails.*.oversight.demote_above", .share,
      .standard("10 %", source: "assumed: twice the bound for promotion"), in: .share,
      example: "10 %",
      "It goes back to the stricter mode where the lower end of that interval is more than this."),
    ScenarioKey(
      "guardrails.*.oversight.minimum", .count(of: ["review", "reviews"]),
      .standard("50 reviews", source: "assumed: fewer tell next to nothing"),
      in: .within(1, 1_000_000), example: "50 reviews",
      "Reviews in a mode before it is judged; twice as many count as the last ones, older ones half."
    ),
    ScenarioKey(
      "guardrails.*.oversight.confidence", .share,
      .standard("95 %", source: "the usual level; Wilson's interval"), in: .within(0.5, 0.9999),
      example: "95 %", "Confidence level of the interval."),
    ScenarioKey(
      "guardrails.*.oversight.tiers", .named("kinds of decisions"),
      .optional("people take no kind of decision in particular"),
      "Kinds of decisions that people take in the lead; the first that holds counts."),
    ScenarioKey(
      "guardrails.*.oversight.tiers.*", .group, .required, "A kind of decision."),
    ScenarioKey(
      "guardrails.*.oversight.tiers.*.when", .condition, .required, example: "amount > 50000",
      "Which cases."),
    ScenarioKey(
      "guardrails.*.oversight.tiers.*.share", .share,
      .standard("100 %", source: "what is people's decision they look at"), in: .share,
      example: "100 %", "Share of its firings that people look at."),
    ScenarioKey(
      "guardrails.*.oversight.design", .group, .optional("nobody works on the design"),
      "Work on the design of what is overseen, as long as cases do not wait for people."),
    ScenarioKey(
      "guardrails.*.oversight.design.team", .name(of: "a team"), .required, example: "legal",
      "Whose work it is."),
    ScenarioKey(
      "guardrails.*.oversight.design.time", .distribution(.work), .required, in: .atLeast(0),
      example: "6 h", "Working time of each."),
    ScenarioKey(
      "guardrails.*.oversight.design.every", .duration(.calendar), .required, in: .above(0),
      example: "2 weeks", "Time from one to the next."),
  ]
}
