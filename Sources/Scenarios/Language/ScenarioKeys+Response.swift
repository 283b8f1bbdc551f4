// The table of all keys, continued: what leaders do when work piles up.

extension ScenarioKey {
  static let response: [ScenarioKey] =
    [
      ScenarioKey(
        "response", .named("rules"), .optional("nobody responds to a queue that grows"),
        "What leaders do when work piles up, from day 0 on: rules that look at the close of every "
          + "working day."),
      ScenarioKey(
        "response.*", .group, .required,
        "A rule: a team that it watches, one of `backlog`, `tickets`, `inflow`, `after`, `stage` and "
          + "`oversight`, and one of `hire`, "
          + "`overtime`, `borrow`, `intake`, `reassign` and `switch_off`."),
      ScenarioKey(
        "response.*.watch", .name(of: "a team"), .required, example: "underwriting",
        "The team that it watches."),
      ScenarioKey(
        "response.*.backlog", .duration(.working), .optional("it does not look at the backlog"),
        in: .above(0), example: "3 working days",
        "It acts where the remaining work of the team exceeds what those who are there are scheduled to "
          + "do in the next so many working days."),
      ScenarioKey(
        "response.*.tickets", .count(of: ["ticket", "tickets"]),
        .optional("it does not count tickets"), in: .within(1, 1e9), example: "200 tickets",
        "It acts where more tickets and exceptions wait than so many."),
      ScenarioKey(
        "response.*.inflow", .group, .optional("it does not look at the inflow"),
        "It acts on the sign that a team cannot keep up: more work comes than is scheduled."),
      ScenarioKey(
        "response.*.inflow.above", .share,
        .standard("100 %", source: "from there on a queue grows without end"),
        in: .within(0.01, 10),
        example: "95 %", "Work that came as a share of the work scheduled, which is exceeded."),
      ScenarioKey(
        "response.*.inflow.over", .duration(.working),
        .standard("20 working days", source: "four weeks, as in docs/reference/exhaustion.md"),
        in: .above(0), example: "10 working days", "Over how many working days that is counted."),
      ScenarioKey(
        "response.*.after", .duration(.calendar), .optional("it does not act by a date"),
        in: .atLeast(0), example: "26 weeks", "It acts so long after day 0, whatever piles up."),
      ScenarioKey(
        "response.*.stage", .name(of: "a stage of the rollout"),
        .optional("it does not follow the rollout"), example: "on-the-loop",
        "It acts once the rollout has come to this stage, and ends where it falls back or is given up."
      ),
      ScenarioKey(
        "response.*.oversight", .group, .optional("it does not follow oversight"),
        "It acts once people look at what a guardrail stops in this mode, or in one further on the ladder, "
          + "and ends where that is no longer so."),
      ScenarioKey(
        "response.*.oversight.guardrail", .name(of: "a guardrail"), .required,
        example: "decision", "The guardrail."),
      ScenarioKey(
        "response.*.oversight.mode",
        .choice(["in_the_loop", "sampled", "on_the_loop", "in_the_lead", "triggered"]), .required,
        example: "sampled", "The mode, one of its `ladder`."),
      ScenarioKey(
        "response.*.for", .duration(.working),
        .standard("1 working day", source: "leaders act when they see it"), in: .above(0),
        example: "5 working days", "At the close of how many working days running that must be so."),
      ScenarioKey(
        "response.*.lead_time", .distribution(.calendar), .required, in: .atLeast(0),
        example: "triangular 6 weeks 8 weeks 14 weeks",
        "Time from the decision until it takes effect; every person who is hired has one of their own."
      ),
      ScenarioKey(
        "response.*.ends_below", .share,
        .standard("50 %", source: "so that an act does not end and begin from day to day"),
        in: .share, example: "40 %",
        "Share of the level that it watches below which an act ends; who is hired stays."),
      ScenarioKey(
        "response.*.pause", .duration(.calendar),
        .standard("0 days", source: "no pause is given"), in: .atLeast(0), example: "4 weeks",
        "Rest after an act has ended, or the last hire has come."),
      ScenarioKey(
        "response.*.at_most", .count(of: ["time", "times"]),
        .standard("1 time", source: "nothing is done again unless it is said"),
        in: .within(1, 1000),
        example: "3 times", "How often it acts."),
    ] + hiring + hours + intakeAndShares

  private static let hiring: [ScenarioKey] = [
    ScenarioKey(
      "response.*.hire", .group, .optional("nobody is hired"), "People who are hired, and stay."),
    ScenarioKey(
      "response.*.hire.people", .count(of: ["person", "people"]), .required, in: .within(1, 1000),
      example: "2 people", "How many at a time."),
    ScenarioKey(
      "response.*.hire.team", .name(of: "a team"), .optional("the team that is watched"),
      example: "underwriting", "The team that they come to."),
    ScenarioKey(
      "response.*.hire.calendar", .name(of: "a calendar"), .optional("the team's"),
      example: "office", "When they work."),
    ScenarioKey(
      "response.*.hire.cost", .money([.hour]), .optional("the mean of the team's people"),
      in: .within(0, 1e6), example: "48 EUR/h", "Loaded cost of an hour of work of each."),
    ScenarioKey(
      "response.*.hire.speed", .share, .optional("the team's"), in: .above(0, to: 100),
      example: "90 %", "Speed of each, when trained."),
    ScenarioKey(
      "response.*.hire.skills", .names(of: "a skill"), .optional("the team's"),
      example: "[mortgage]", "Skills of each."),
    ScenarioKey(
      "response.*.hire.price", .money([.hire]),
      .standard("0 per hire", source: "no price is given; hiring costs nothing"),
      in: .within(0, 1e9), example: "8000 EUR per hire",
      "Price of finding somebody, due with the decision."),
    ScenarioKey(
      "response.*.hire.overhead", .money([.week, .month, .year]),
      .standard("0 per month", source: "no overhead is given; people cost their hours at work"),
      in: .within(0, 1e9), example: "600 EUR per month",
      "Cost of each from their first day on beside their hours at work: idle hours, desk, leadership."
    ),
    ScenarioKey(
      "response.*.hire.starts_at", .share,
      .standard("100 %", source: "no learning of new people is given"), in: .above(0, to: 1),
      example: "50 %", "Speed on the first day, as a share of that when trained."),
    ScenarioKey(
      "response.*.hire.full_speed_after", .duration(.calendar),
      .optional("required with `starts_at`"), in: .above(0), example: "8 weeks",
      "Time until they have full speed; they become faster in equal steps from day to day."),
    ScenarioKey(
      "response.*.hire.training", .distribution(.work), .optional("nobody trains them"),
      in: .atLeast(0), example: "16 h", "Work of the team to train each."),
  ]

  private static let hours: [ScenarioKey] = [
    ScenarioKey(
      "response.*.overtime", .group, .optional("nobody works longer"),
      "Longer shifts of a team."),
    ScenarioKey(
      "response.*.overtime.team", .name(of: "a team"), .optional("the team that is watched"),
      example: "underwriting", "The team that works longer."),
    ScenarioKey(
      "response.*.overtime.longer", .duration(.work), .required, in: .above(0, to: 86_400),
      example: "2 h", "How much longer each shift is, at most until the next one."),
    ScenarioKey(
      "response.*.overtime.surcharge", .share,
      .standard("0 %", source: "no surcharge is given; overtime costs as other work"),
      in: .within(0, 10), example: "25 %",
      "Extra cost of an hour of work beyond the usual shift, as a share of the cost of an hour."),
    ScenarioKey(
      "response.*.borrow", .group, .optional("nobody comes from another team"),
      "People of another team who help the one that is watched."),
    ScenarioKey(
      "response.*.borrow.from", .name(of: "a team"), .required, example: "legal",
      "The team that they come from, and where they are missing."),
    ScenarioKey(
      "response.*.borrow.people", .count(of: ["person", "people"]), .required,
      in: .within(1, 1000), example: "1 person",
      "How many, the last of the team first; one always stays there."),
    ScenarioKey(
      "response.*.borrow.speed", .share,
      .standard("100 %", source: "no difference is given"), in: .above(0, to: 100),
      example: "80 %", "Their speed there, as a share of that in their own team."),
    ScenarioKey(
      "response.*.borrow.skills", .names(of: "a skill"), .optional("they have their own only"),
      example: "[mortgage]", "Skills that they have there beside their own."),
    ScenarioKey(
      "response.*.borrow.price", .money([.once]),
      .optional("who changes costs nothing"), in: .within(0, 1e9), example: "1500 EUR",
      "Price of each who comes, such as a course."),
    ScenarioKey(
      "response.*.borrow.cost", .money([.hour]), .optional("what they cost in their own team"),
      in: .within(0, 1e6), example: "60 EUR/h", "Loaded cost of an hour of work there."),
    ScenarioKey(
      "response.*.borrow.starts_at", .share,
      .standard("100 %", source: "no learning of new work is given"), in: .above(0, to: 1),
      example: "50 %", "Speed on the first day, as a share of `speed`."),
    ScenarioKey(
      "response.*.borrow.full_speed_after", .duration(.calendar),
      .optional("required with `starts_at`"), in: .above(0), example: "12 weeks",
      "Time until they have learnt; they become faster in equal steps from day to day."),
    ScenarioKey(
      "response.*.borrow.training", .distribution(.work), .optional("nobody trains them"),
      in: .atLeast(0), example: "24 h", "Work of the team that they come to, to train each."),
  ]

  private static let intakeAndShares: [ScenarioKey] = [
    ScenarioKey(
      "response.*.intake", .group, .optional("every case begins when it comes"),
      "A limit on how fast cases begin."),
    ScenarioKey(
      "response.*.intake.at_most", .rate, .required, in: .above(0, to: 1e9),
      example: "60 per working day",
      "Cases that begin per working day, evenly over the hours of `clock.working_days`."),
    ScenarioKey(
      "response.*.intake.burst", .count(of: ["case", "cases"]),
      .standard("1 case", source: "no burst is allowed unless it is given"), in: .within(1, 1e6),
      example: "10 cases", "Cases that may begin at once."),
    ScenarioKey(
      "response.*.intake.excess", .choice(["wait", "turn_away"]),
      .standard("wait", source: "no case is lost unless it is said"), example: "wait",
      "What comes beyond waits before the process, first come, first served, or is turned away and "
        + "counts as given up."),
    ScenarioKey(
      "response.*.intake.loss", .money([.perCase]),
      .standard("0 per case", source: "no loss is given"), in: .within(0, 1e9),
      example: "40 EUR per case", "Loss by a case that is turned away."),
    ScenarioKey(
      "response.*.reassign", .group, .optional("shares stay as they are"),
      "Another share of the cases for an automation, more or less than it has."),
    ScenarioKey(
      "response.*.reassign.automation", .name(of: "an automation"), .required,
      example: "loan_agent", "The automation."),
    ScenarioKey(
      "response.*.reassign.share", .share, .required, in: .share, example: "40 %",
      "Share of the cases that it gets at the activities assigned to it which people can do as well."
    ),
    ScenarioKey(
      "response.*.switch_off", .name(of: "an automation"), .optional("nothing is switched off"),
      example: "loan_agent",
      "An automation that gets no more cases, where people can do its activities; what has begun goes on."
    ),
  ]
}
