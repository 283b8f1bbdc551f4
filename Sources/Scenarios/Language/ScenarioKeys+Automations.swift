// The table of all keys, continued: what automations have beside their runs. Reference pages under
// docs/reference/mechanisms.

extension ScenarioKey {
  static let releases: [ScenarioKey] = [
    ScenarioKey(
      "applications.*.releases", .distribution(.calendar), .optional("nothing breaks at releases"),
      in: .above(0), example: "exponential mean 45 days",
      "Time from one release to the next; each may break automations with `breaks_at_release` that "
        + "touch the application.")
  ]

  static let conduct: [ScenarioKey] =
    schedule + reliability + callTree + novelty + capability + asking + breakage + changes + upkeep

  private static let schedule: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.hours", .name(of: "a calendar"), .optional("it works around the clock"),
      example: "night",
      "The calendar in whose hours it begins runs; a run that has begun is finished."),
    ScenarioKey(
      "automations.*.coverage", .share,
      .optional("it has a rule or script for every case"), in: .share, example: "92 %",
      "Share of cases for which it has a rule or script; a run of any other has failed for good."),
  ]

  private static let reliability: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.reliability", .named("applications"), .optional("`failure` says all"),
      "Probability that a use of an application works; `default` for work that touches none of those "
        + "named. A run works where all its uses do."),
    ScenarioKey(
      "automations.*.reliability.*", .reliability, .required, in: .share, example: "beta 95 5",
      "A share; or `beta` with the uses that worked and those that did not, drawn once per replication; "
        + "or a group with what is claimed and what was observed."),
    ScenarioKey(
      "automations.*.reliability.*.claimed", .share, .optional("nothing is claimed"), in: .share,
      example: "95 %", "What the vendor claims."),
    ScenarioKey(
      "automations.*.reliability.*.discount", .share, .optional("the claim is not discounted"),
      in: .share, example: "25 %", "Share of the claim that is not believed."),
    ScenarioKey(
      "automations.*.reliability.*.observed", .reliability, .optional("nothing was observed"),
      in: .share, example: "beta 70 30", "What was measured: a share, or counts as `beta`."),
    ScenarioKey(
      "automations.*.reliability.*.use", .choice(["claimed", "discounted", "observed"]),
      .optional("what was observed, else the discounted claim, else the claim"),
      example: "discounted", "Which of them is simulated; the others are shown."),
    ScenarioKey(
      "automations.*.reliability.*.uncertainty", .choice(["drawn", "mean"]),
      .standard("drawn", source: "what is not known should be seen between replications"),
      example: "mean", "Whether counts are drawn from once per replication, or their mean taken."),
  ]

  private static let callTree: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.calls", .group, .optional("a run makes no calls"),
      "Calls that each run makes beside its own time; one that fails for good fails the run."),
    ScenarioKey(
      "automations.*.calls.count", .count(of: ["call", "calls"]),
      .standard("1", source: "a run is one call unless more is said"), in: .within(1, 1_000),
      example: "20 calls", "Calls that the run, and each call above the last level, makes."),
    ScenarioKey(
      "automations.*.calls.depth", .count(of: ["level", "levels"]),
      .standard("1", source: "calls make no calls unless more is said"), in: .within(1, 10),
      example: "2 levels",
      "Levels of calls; all levels together have at most 1,000 calls."),
    ScenarioKey(
      "automations.*.calls.order", .choice(["sequential", "parallel"]),
      .standard("sequential", source: "each call waits for the one before it"),
      example: "parallel",
      "One after the other, until one fails; or all at once, and the longest counts."),
    ScenarioKey(
      "automations.*.calls.time", .distribution(.calendar), .optional("calls take no time"),
      in: .atLeast(0), example: "lognormal mean 3 s p95 9 s", "Time of a call."),
    ScenarioKey(
      "automations.*.calls.works", .share,
      .standard("100 %", source: "only `reliability` makes calls fail"), in: .share,
      example: "99 %", "Probability that a call works, times the reliability."),
    ScenarioKey(
      "automations.*.calls.retries", .count(of: ["time", "times"]),
      .standard("0", source: "no retries of calls are given"), in: .within(0, 100), example: "2",
      "Attempts at a call after the first, within the run and at once."),
    ScenarioKey(
      "automations.*.calls.timeout", .duration(.calendar), .optional("calls may take for ever"),
      in: .above(0), example: "30 s", "Time after which a call has failed."),
    ScenarioKey(
      "automations.*.calls.after_timeout", .choice(["retry", "people"]),
      .standard("retry", source: "a call that took too long is a failed call"), example: "people",
      "Whether a call that took too long is tried again, or the case goes to people at once."),
    ScenarioKey(
      "automations.*.calls.price", .money([.call, .millionTokens]),
      .standard("0 per call", source: "no price is given; calls cost nothing"), in: .within(0, 1e9),
      example: "4 EUR per million tokens", "Price of a call, or of the tokens it uses."),
    ScenarioKey(
      "automations.*.calls.tokens", .count(of: ["token", "tokens"]),
      .optional("tokens of calls are not counted"), in: .within(0, 1e12), example: "2000 tokens",
      "Tokens of a call."),
    ScenarioKey(
      "automations.*.calls.to", .name(of: "an application"),
      .optional("no endpoint limits the calls"), example: "model_endpoint",
      "The application that each call is a request to, such as the endpoint of a model with its limits; "
        + "held for the whole run, retries of calls not counted."),
    ScenarioKey(
      "automations.*.calls.wrapped", .group, .optional("every call is code of its own"),
      "Calls through standard wrappers of tools instead of code of their own."),
    ScenarioKey(
      "automations.*.calls.wrapped.share", .share, .required, in: .share, example: "60 %",
      "Share of calls that go through one, drawn call by call."),
    ScenarioKey(
      "automations.*.calls.wrapped.failure_odds", .number,
      .standard("1", source: "no factor is given; such a call fails as any other"),
      in: .above(0, to: 1e6), example: "0.5", "Factor on the odds that such a call fails."),
    ScenarioKey(
      "automations.*.calls.wrapped.security_odds", .number,
      .standard("1", source: "no factor is given; nothing is safer"), in: .above(0, to: 1e6),
      example: "0.4",
      "Factor on the odds that a run all of whose calls go through wrappers violates a policy or leaks "
        + "data (`risk`); of fewer calls the root that their share is."),
  ]

  private static let novelty: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.novelty", .group, .optional("all cases are alike to it"),
      "How what is new or complex makes it fail or err: the odds are multiplied for each unit of an "
        + "attribute."),
    ScenarioKey(
      "automations.*.novelty.attribute", .name(of: "an attribute"), .required,
      example: "complexity", "A number, or an attribute that is true or false, which counts 1 or 0."
    ),
    ScenarioKey(
      "automations.*.novelty.reference", .number,
      .standard("0", source: "its own probabilities are those of cases with nothing new"),
      example: "3", "Value at which its own probabilities hold."),
    ScenarioKey(
      "automations.*.novelty.failure_odds", .number,
      .standard("1", source: "no odds ratio is given; failures do not depend on it"),
      in: .above(0, to: 1e6), example: "2.5", "Factor on the odds of a failure per unit."),
    ScenarioKey(
      "automations.*.novelty.error_odds", .number,
      .standard("1", source: "no odds ratio is given; errors do not depend on it"),
      in: .above(0, to: 1e6), example: "1.8",
      "Factor on the odds of an error nobody notices per unit."),
    ScenarioKey(
      "automations.*.novelty.rise", .number, .optional("the world stays what it was trained for"),
      in: .within(-1e6, 1e6), example: "0.5",
      "Units by which every case is newer at the end of `over`."),
    ScenarioKey(
      "automations.*.novelty.over", .duration(.calendar), .optional("there is no rise"),
      in: .above(0), example: "26 weeks", "How long the rise takes from day 0 on; level after."),
  ]

  private static let capability: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.capability", .group, .optional("it stays as it is"),
      "How it becomes better or worse with time from day 0 on."),
    ScenarioKey(
      "automations.*.capability.failure_odds", .number,
      .standard("1", source: "no factor is given; failures stay"), in: .above(0, to: 1e6),
      example: "0.5", "Factor on the odds of a failure at the end."),
    ScenarioKey(
      "automations.*.capability.error_odds", .number,
      .standard("1", source: "no factor is given; errors stay"), in: .above(0, to: 1e6),
      example: "0.7", "Factor on the odds of an error nobody notices at the end."),
    ScenarioKey(
      "automations.*.capability.over", .duration(.calendar), .required, in: .above(0),
      example: "26 weeks", "How long it takes."),
    ScenarioKey(
      "automations.*.capability.shape", .choice(["linear", "learning", "step"]),
      .standard("linear", source: "the simplest path"), example: "learning",
      "The way there: evenly; fast at first, with 95 % of it done at the end; or all at once at the "
        + "end."),
  ]

  private static let asking: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.confidence", .group, .optional("it states no confidence"),
      "How the confidence that it states goes with its being right."),
    ScenarioKey(
      "automations.*.confidence.right", .betaShapes, .required, example: "beta 8 2",
      "Scores of runs that are right."),
    ScenarioKey(
      "automations.*.confidence.wrong", .betaShapes, .required, example: "beta 4 4",
      "Scores of runs that leave an error nobody notices."),
    ScenarioKey(
      "automations.*.asks", .named("asks"), .optional("it asks nobody"),
      "When it asks a person: tiers of trust, and too little confidence. The first that asks counts; "
        + "at most 16."),
    ScenarioKey("automations.*.asks.*", .group, .required, "A tier of trust or a threshold."),
    ScenarioKey(
      "automations.*.asks.*.when", .condition, .optional("in every context"),
      example: "segment = retail", "The context: a condition on attributes."),
    ScenarioKey(
      "automations.*.asks.*.value", .name(of: "an attribute"), .optional("whatever the value"),
      example: "amount", "Attribute whose value is at stake, a number."),
    ScenarioKey(
      "automations.*.asks.*.above", .number, .optional("`value` is not given"), example: "1000",
      "It asks where the value is above this, in the attribute's unit."),
    ScenarioKey(
      "automations.*.asks.*.below_confidence", .share, .optional("whatever the confidence"),
      in: .share, example: "70 %", "It asks where its confidence is below this."),
    ScenarioKey(
      "automations.*.asks.*.answer", .choice(["review", "take_over"]),
      .standard("review", source: "a person who is asked looks at what it has done"),
      example: "take_over",
      "A person reviews what it has done; or does the work instead as under `exceptions`, before it "
        + "begins where no confidence is looked at."),
    ScenarioKey(
      "automations.*.asks.*.of", .name(of: "a team"), .optional("people take over"),
      example: "supervisors", "The team that reviews; required with `review`."),
    ScenarioKey(
      "automations.*.asks.*.time", .distribution(.work), .optional("people take over"),
      in: .atLeast(0), example: "lognormal mean 6 min cv 0.5",
      "Working time of a review; required with `review`."),
    ScenarioKey(
      "automations.*.asks.*.catches", .share,
      .standard("100 %", source: "a review is taken to find what is wrong"), in: .share,
      example: "90 %", "Probability that a review finds an error of the run."),
  ]

  private static let breakage: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.breaks_at_release", .group, .optional("no release breaks it"),
      "What `releases` of applications that it touches do to it; while it is broken people do its work."
    ),
    ScenarioKey(
      "automations.*.breaks_at_release.probability", .share, .required, in: .share,
      example: "15 %", "Probability that a release breaks it."),
    ScenarioKey(
      "automations.*.breaks_at_release.repair", .distribution(.calendar), .required,
      in: .atLeast(0), example: "lognormal mean 6 h cv 1",
      "Time to mend it; working time of it where a team does."),
    ScenarioKey(
      "automations.*.breaks_at_release.repaired_by", .name(of: "a team"),
      .optional("it begins at once and passes by itself"), example: "bot_developers",
      "The team whose work it is."),
    ScenarioKey(
      "automations.*.breaks_at_release.lead_time", .distribution(.calendar),
      .optional("it works again at once"), in: .atLeast(0), example: "1 day",
      "Time from then until it works again: test and release."),
  ]

  private static let changes: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.changes", .group, .optional("what it is asked to do stays"),
      "Changes of what it is asked to do; until one is made people do what it affects."),
    ScenarioKey(
      "automations.*.changes.every", .distribution(.calendar), .required, in: .above(0),
      example: "exponential mean 60 days", "Time from one change to the next."),
    ScenarioKey(
      "automations.*.changes.affects", .share, .required, in: .share, example: "20 %",
      "Share of cases that one affects."),
    ScenarioKey(
      "automations.*.changes.work", .distribution(.calendar), .optional("it is no work"),
      in: .atLeast(0), example: "16 h", "Work to make it; working time where a team does."),
    ScenarioKey(
      "automations.*.changes.made_by", .name(of: "a team"),
      .optional("it begins at once and passes by itself"), example: "bot_developers",
      "The team whose work it is."),
    ScenarioKey(
      "automations.*.changes.lead_time", .distribution(.calendar),
      .optional("it takes effect at once"), in: .atLeast(0), example: "5 days",
      "Time from then until it takes effect; days for rules, months for code."),
  ]

  private static let upkeep: [ScenarioKey] = [
    ScenarioKey(
      "automations.*.upkeep", .group, .optional("it wants no upkeep"),
      "Work that comes again and again while a variant assigns it anything."),
    ScenarioKey(
      "automations.*.upkeep.done_by", .name(of: "a team"), .required, example: "rule_authors",
      "The team whose work it is."),
    ScenarioKey(
      "automations.*.upkeep.every", .duration(.calendar), .required, in: .above(0),
      example: "1 week", "Time from one to the next."),
    ScenarioKey(
      "automations.*.upkeep.work", .distribution(.work), .required, in: .atLeast(0),
      example: "6 h", "Working time of one on day 0."),
    ScenarioKey(
      "automations.*.upkeep.growth", .growth, .optional("there is nothing more to look after"),
      in: .within(-0.99, 10), example: "3 % per month compounding",
      "Growth of the number of rules, or of what else is to be looked after, from day 0 on."),
    ScenarioKey(
      "automations.*.upkeep.exponent", .number,
      .standard("1.2", source: "rules meet each other, so that the work grows faster than they do"),
      in: .within(0, 4), example: "1.5",
      "The work grows with the number to the power of this; 1 is in proportion."),
  ]
}
