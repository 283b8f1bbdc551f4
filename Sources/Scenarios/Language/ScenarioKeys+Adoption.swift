// The table of all keys, continued: how much of their work people hand to agents.

extension ScenarioKey {
  private static let unmoved = "no gain or loss is given; it moves nothing"

  static let adoption: [ScenarioKey] = [
    ScenarioKey(
      "adoption", .group, .optional("people hand over all that `assign` gives to agents"),
      "Adoption by trust: the share of cases that people hand to agents, as their experience makes it. "
        + "A case is handed over or kept as a whole, at the activities that people can do as well."),
    ScenarioKey(
      "adoption.of", .names(of: "an automation"),
      .optional("all automations of the kind `agent`"), example: "[claims_agent]",
      "The automations that people use or do not use."),
    ScenarioKey(
      "adoption.start", .share, .required, in: .share, example: "20 %",
      "Share of cases that are handed over at the start."),
    ScenarioKey(
      "adoption.least", .share, .standard("0 %", source: "assumed: trust can be lost altogether"),
      in: .share, example: "5 %", "The share that it never falls below."),
    ScenarioKey(
      "adoption.most", .share, .standard("100 %", source: "assumed: everything can be handed over"),
      in: .share, example: "90 %", "The share that it never rises above."),
    ScenarioKey(
      "adoption.gain", .share, .standard("0 %", source: unmoved), in: .share, example: "0.5 %",
      "A good experience, a case done without a bad surprise until then, raises the share by this part of "
        + "the way to `most`."),
    ScenarioKey(
      "adoption.surprises", .group, .optional("no surprise costs trust"),
      "What lowers the share, each time by a part of the way to `least`."),
    ScenarioKey(
      "adoption.surprises.released", .share, .standard("0 %", source: unmoved), in: .share,
      example: "10 %",
      "An error that is noticed when the case is done; what a guardrail waved through wrongly among them."
    ),
    ScenarioKey(
      "adoption.surprises.found", .share, .standard("0 %", source: unmoved), in: .share,
      example: "1 %", "An error that a review, a check or the old way beside the new finds."),
    ScenarioKey(
      "adoption.surprises.needless", .share, .standard("0 %", source: unmoved), in: .share,
      example: "0.2 %",
      "A wrong escalation: a ticket or a question approved as it was, and nothing wrong."),
    ScenarioKey(
      "adoption.surprises.failure", .share, .standard("0 %", source: unmoved), in: .share,
      example: "1 %", "A run that gives up, so that people have to deal with it."),
    ScenarioKey(
      "adoption.noticed", .share,
      .standard("100 %", source: "assumed: whoever is concerned complains"), in: .share,
      example: "60 %", "Probability that an error of a case that is done is noticed at all."),
    ScenarioKey(
      "adoption.noticed_after", .distribution(.calendar),
      .standard("0 days", source: "assumed: at once"), in: .atLeast(0), example: "5 days",
      "Time from the end of the case until then."),
    ScenarioKey(
      "adoption.transparency", .share,
      .standard("100 %", source: "assumed: people see why it went as it did"), in: .share,
      example: "60 %",
      "Probability that people can follow what happened, drawn for each surprise and each good case."
    ),
    ScenarioKey(
      "adoption.explained_loss", .share,
      .standard("100 %", source: "assumed: to understand is not to forgive"), in: .share,
      example: "40 %", "Share of a loss that is left where people can follow."),
    ScenarioKey(
      "adoption.opaque_loss", .share,
      .standard("0 %", source: "assumed: what went well costs no trust"), in: .share,
      example: "0.2 %",
      "Where people cannot follow, a good experience raises nothing but lowers the share by this part of "
        + "the way to `least`: a black box erodes confidence even when it is right (brief row 123)."
    ),
    ScenarioKey(
      "adoption.trained", .share, .standard("0 %", source: unmoved), in: .share, example: "2 %",
      "What the training of each person for a stage of the rollout makes, as part of the way to `most`."
    ),
    ScenarioKey(
      "adoption.communication", .group, .optional("nobody tells people what the agents do"),
      "Work of a team that tells people now and then what the agents do, and why."),
    ScenarioKey(
      "adoption.communication.team", .name(of: "a team"), .required, example: "operations",
      "Whose work it is."),
    ScenarioKey(
      "adoption.communication.time", .distribution(.work), .required, in: .atLeast(0),
      example: "4 h", "Working time each time."),
    ScenarioKey(
      "adoption.communication.every", .duration(.calendar), .required, in: .above(0),
      example: "2 weeks", "Time from one to the next."),
    ScenarioKey(
      "adoption.communication.gain", .share, .required, in: .share, example: "5 %",
      "What it makes when it is done, as part of the way to `most`."),
  ]
}
