// The table of all keys, continued: how a variant takes over from the stack before day 0.

internal import Simulation

extension ScenarioKey {
  static let rollout: [ScenarioKey] = [
    ScenarioKey(
      "rollout", .group, .optional("a variant takes over all at once on day 0"),
      "How a variant takes over from the stack before day 0, stage by stage. That stack itself has no "
        + "rollout, whatever stands here."),
    ScenarioKey(
      "rollout.template", .choice(["five_stages"]), .optional("`stages` says all"),
      example: "five_stages",
      "Five stages with shares and lengths of their own: `pick`, `launch`, `cut-escalations`, "
        + "`on-the-loop`, `expand`. What `stages` says of one of them counts instead."),
    ScenarioKey(
      "rollout.stages", .named("stages"), .optional("required without `template`"),
      "Its stages, one after the other."),
    ScenarioKey("rollout.stages.*", .group, .required, "A stage."),
    ScenarioKey(
      "rollout.stages.*.share", .share, .required, in: .share, example: "10 %",
      "Share of cases whose activities the new stack does. A case has one luck for all stages: who is "
        + "in at 10 % is in at 50 %."),
    ScenarioKey(
      "rollout.stages.*.activities", .elements, .optional("all activities"),
      example: "[step_01..step_05]",
      "Element ids and ranges of the activities it is about; others keep the share that they have."),
    ScenarioKey(
      "rollout.stages.*.lasts", .distribution(.calendar),
      .optional("`ends` is given instead; the last stage lasts for the rest of the run"),
      in: .above(0), example: "10 weeks", "How long it lasts."),
    ScenarioKey(
      "rollout.stages.*.ends", .duration(.calendar), .optional("`lasts` is given instead"),
      in: .above(0), example: "26 weeks", "When it ends, from day 0 on."),
    ScenarioKey(
      "rollout.stages.*.beside", .group,
      .optional("the old way does nothing that the new has done"),
      "Dual running: what the new way has done, the old way does as well, beside the case; both work "
        + "and are paid."),
    ScenarioKey(
      "rollout.stages.*.beside.share", .share, .required, in: .share, example: "20 %",
      "Share of what the new way does."),
    ScenarioKey(
      "rollout.stages.*.beside.finds", .share,
      .standard("100 %", source: "assumed: two ways compared show every difference"), in: .share,
      example: "90 %", "Probability that an error of the case is found so."),
    ScenarioKey(
      "rollout.stages.*.training", .group, .optional("nobody is trained"),
      "Training when the stage first begins: work for which people are away from other work."),
    ScenarioKey(
      "rollout.stages.*.training.teams", .names(of: "a team"), .required,
      example: "[underwriting]", "The teams whose people are trained."),
    ScenarioKey(
      "rollout.stages.*.training.time", .distribution(.work), .required, in: .atLeast(0),
      example: "8 h", "Working time of each person."),
    ScenarioKey(
      "rollout.stages.*.gate", .group, .optional("the stage ends by time alone"),
      "What must hold when its time is over, measured within the stage; all that is given must hold."
    ),
    ScenarioKey(
      "rollout.stages.*.gate.errors", .share, .optional("errors are not judged"), in: .share,
      example: "5 %",
      "Most errors found per check of the new way: reviews of tickets, and the old way beside it."),
    ScenarioKey(
      "rollout.stages.*.gate.cost_per_case", .money([.once]), .optional("cost is not judged"),
      in: .within(0, 1e9), example: "9 EUR",
      "Highest mean cost of closed cases of which work was done in the new way, without licences."),
    ScenarioKey(
      "rollout.stages.*.gate.saving", .share, .optional("saving is not judged"),
      in: .within(-10, 1), example: "10 %",
      "Smallest saving of such a case against closed cases of the old way alone, without licences."),
    ScenarioKey(
      "rollout.stages.*.gate.backlog", .group, .optional("backlog is not judged"),
      "A bound on the work that waits at a team."),
    ScenarioKey(
      "rollout.stages.*.gate.backlog.team", .name(of: "a team"), .required,
      example: "underwriting", "The team."),
    ScenarioKey(
      "rollout.stages.*.gate.backlog.at_most", .duration(.work), .required, in: .atLeast(0),
      example: "80 h", "Most work that waits there."),
    ScenarioKey(
      "rollout.stages.*.gate.minimum", .count(of: ["case", "cases"]),
      .standard("50 cases", source: "assumed: a share of 5 % is then known to about 6 points"),
      in: .within(1, 1_000_000), example: "50 cases",
      "Checks, and closed cases of each way, that are needed to judge; with fewer the stage goes on."
    ),
    ScenarioKey(
      "rollout.stages.*.gate.otherwise", .choice(["extend", "roll_back", "cancel"]),
      .standard("extend", source: "assumed: who is not ready yet stays in the stage"),
      example: "roll_back",
      "What follows where it does not hold: the stage goes on, the one before it begins anew, or all "
        + "goes back to the old way for good."),
    ScenarioKey(
      "rollout.stages.*.gate.again", .duration(.calendar),
      .standard("4 weeks", source: "assumed: looked at once a month"), in: .above(0),
      example: "4 weeks", "When it is looked at again where the stage goes on."),
    ScenarioKey(
      "rollout.change", .group, .optional("activities move when their stage begins"),
      "Work that moves an activity to the new way; until it is done, the activity stays in the old."
    ),
    ScenarioKey(
      "rollout.change.team", .name(of: "a team"), .required, example: "it", "Whose work it is."),
    ScenarioKey(
      "rollout.change.time", .distribution(.work), .required, in: .atLeast(0), example: "40 h",
      "Working time of an activity that the two stacks do differently."),
    ScenarioKey(
      "rollout.change.at_once", .count(of: ["activity", "activities"]),
      .optional("all activities of a stage move at once"), in: .within(1, 10_000),
      example: "2 activities", "Most moves under way at once; further ones wait."),
    ScenarioKey(
      "rollout.change.strain", .share, .standard("0 %", source: "no strain is given"),
      in: .within(0, 10), example: "20 %",
      "Work that each other move under way adds when one begins: change saturation."),
    ScenarioKey(
      "rollout.change.learning", .share,
      .standard("0 %", source: "no learning is given; each move takes as long as the first"),
      in: .within(-1, 0.9), example: "15 %",
      "Share by which the work of a move falls with each doubling of those begun, where the variant has an "
        + "orchestration layer: what was built once is used again. Negative where it rises."),
    ScenarioKey(
      "rollout.change.learning_without_layer", .share,
      .standard("0 %", source: "assumed: without a layer each integration is built anew"),
      in: .within(-1, 0.9), example: "5 %",
      "The same where it has none, or none yet."),
    ScenarioKey(
      "rollout.change.connecting", .share,
      .standard("50 %", source: "assumed: half of what was built without a layer is built again"),
      in: .within(0, 10), example: "30 %",
      "Share of the work of a move that connects an activity of an automation that has moved already to a "
        + "layer that comes with a later stage. The layer works once all are connected."),
    ScenarioKey(
      "rollout.goes_on", .share,
      .standard("100 %", source: "no pilot is stopped unless it is said; brief row 158 has 5 %"),
      in: .share, example: "60 %",
      "Probability that it goes on after its first stage; else it is cancelled there."),
    ScenarioKey(
      "rollout.gives_up_after", .count(of: ["gate", "gates"]),
      .optional("it is never given up for failed gates"), in: .within(1, 1_000),
      example: "3 gates", "Failed gates after which it is cancelled."),
  ]
}
