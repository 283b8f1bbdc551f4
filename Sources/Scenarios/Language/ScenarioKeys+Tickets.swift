// The table of all keys, continued: what becomes of tickets, and how load changes reviews.

extension ScenarioKey {
  static let tickets: [ScenarioKey] = [
    ScenarioKey(
      "guardrails.*.modified", .share,
      .optional("no ticket is"), in: .share, example: "5 %",
      "Share of tickets approved after changes by the reviewer; what is neither this nor "
        + "`approved_unchanged` is rejected."),
    ScenarioKey(
      "guardrails.*.modifying", .distribution(.work),
      .optional("changes take no time of their own"),
      in: .atLeast(0), example: "6 min", "Working time of such changes, on top of the review."),
    ScenarioKey(
      "guardrails.*.rework", .group, .optional("rejections are counted and send nothing back"),
      "What follows a rejection."),
    ScenarioKey(
      "guardrails.*.rework.team", .name(of: "a team"),
      .optional("the automation does its activity again, at its price and with luck of its own"),
      example: "back_office", "The team that does again what was rejected."),
    ScenarioKey(
      "guardrails.*.rework.time", .distribution(.work),
      .optional("only where the automation does it"), in: .atLeast(0),
      example: "lognormal mean 20 min cv 0.5", "Working time of the team for it."),
    ScenarioKey(
      "guardrails.*.rework.rounds", .count(of: ["round", "rounds"]),
      .standard("2 rounds", source: "assumed: a third rejection is settled by the reviewer"),
      in: .within(1, 100), example: "2 rounds",
      "Most times that a case is sent back from the activity; what is rejected after that, the "
        + "reviewer puts right in the time of `modifying`."),
    ScenarioKey(
      "guardrails.*.rework.reviewed_again", .flag,
      .standard("true", source: "assumed: who rejects wants to see the correction"),
      example: "true", "Whether the team's rework is reviewed again, where the guardrail blocks."),
    ScenarioKey(
      "guardrails.*.reopened", .group, .optional("what is answered stays answered"),
      "Tickets that come again after they were answered; each does so once at most."),
    ScenarioKey(
      "guardrails.*.reopened.share", .share, .required, in: .share, example: "3 %",
      "Share of answered tickets that come again."),
    ScenarioKey(
      "guardrails.*.reopened.after", .distribution(.calendar), .required, in: .atLeast(0),
      example: "exponential mean 5 days", "Time from the answer until then, by the calendar."),
    ScenarioKey(
      "guardrails.*.reopened.time", .distribution(.work), .optional("that of a `review`"),
      in: .atLeast(0), example: "10 min", "Working time of the second answer."),
    ScenarioKey(
      "guardrails.*.withdrawn_after", .distribution(.calendar),
      .optional("a ticket waits as long as it takes"), in: .atLeast(0), example: "10 days",
      "Time after which a ticket that nobody has begun is withdrawn, because nobody needs it any "
        + "more; its case goes on as if it were approved."),
    ScenarioKey(
      "guardrails.*.due", .duration(.either), .optional("`due` of the team that gets the ticket"),
      in: .above(0), example: "1 working day",
      "When a ticket is due, from its coming into the queue."),
    ScenarioKey(
      "guardrails.*.penalty", .money([.ticket]),
      .optional("being late costs nothing itself"), in: .within(0, 1e9),
      example: "25 EUR per ticket",
      "Price of a ticket that is not answered by its due date."),
    ScenarioKey(
      "guardrails.*.curated", .group, .optional("reviewers find out for themselves"),
      "Context that is gathered for the reviewer, however many automations touched the case."),
    ScenarioKey(
      "guardrails.*.curated.left", .share,
      .standard("0 %", source: "assumed: nothing is left to find out"), in: .share,
      example: "20 %", "Share of the time of `context` that remains."),
    ScenarioKey(
      "guardrails.*.curated.price", .money([.ticket]),
      .standard("0 per ticket", source: "no price is given; gathering costs nothing"),
      in: .within(0, 1e9), example: "0.05 EUR per ticket", "Price of gathering it."),
    ScenarioKey(
      "guardrails.*.recommends", .group, .optional("tickets come without a recommendation"),
      "A recommendation that comes with each ticket."),
    ScenarioKey(
      "guardrails.*.recommends.right", .share, .required, in: .share, example: "85 %",
      "Share of recommendations that are right."),
    ScenarioKey(
      "guardrails.*.recommends.saves", .duration(.work), .required, in: .atLeast(0),
      example: "4 min", "Time of the review that a right one saves; no review takes less than none."
    ),
    ScenarioKey(
      "guardrails.*.recommends.misleads", .share,
      .standard("0 %", source: "assumed: reviewers see through wrong ones"), in: .share,
      example: "20 %",
      "Probability that a wrong one is followed, so that the review finds no error."),
    ScenarioKey(
      "guardrails.*.recommends.price", .money([.ticket]),
      .standard("0 per ticket", source: "no price is given; recommending costs nothing"),
      in: .within(0, 1e9), example: "0.10 EUR per ticket", "Price of a recommendation."),
    ScenarioKey(
      "guardrails.*.second_opinion", .group, .optional("people get every ticket"),
      "A second automation that looks at what the guardrail stopped before people do."),
    ScenarioKey(
      "guardrails.*.second_opinion.automation", .name(of: "an automation"), .required,
      example: "verifier",
      "The automation; its run time, failure and price count, and what it fails on goes to people."),
    ScenarioKey(
      "guardrails.*.second_opinion.share", .share,
      .standard("100 %", source: "it is asked on all, unless a share is given"), in: .share,
      example: "60 %", "Share of firings on which it is asked."),
    ScenarioKey(
      "guardrails.*.second_opinion.when", .condition, .optional("whatever the case is"),
      example: "amount < 10000", "Condition without which it is not asked."),
    ScenarioKey(
      "guardrails.*.second_opinion.settles", .share, .required, in: .share, example: "70 %",
      "Probability that it settles the case without people."),
    ScenarioKey(
      "guardrails.*.second_opinion.catches", .share,
      .standard("0 %", source: "assumed: what one automation missed the other misses too"),
      in: .share, example: "40 %", "Probability that it finds the errors of a case."),
    ScenarioKey(
      "guardrails.*.documents", .group, .optional("customers are asked for nothing"),
      "Documents that the customer is asked for before people are; the case waits for them."),
    ScenarioKey(
      "guardrails.*.documents.share", .share,
      .standard("100 %", source: "they are asked for on all that the second opinion leaves"),
      in: .share, example: "20 %", "Share of firings on which they are asked for."),
    ScenarioKey(
      "guardrails.*.documents.when", .condition, .optional("whatever the case is"),
      example: "amount > 50000", "Condition without which they are not asked for."),
    ScenarioKey(
      "guardrails.*.documents.wait", .distribution(.calendar), .required, in: .atLeast(0),
      example: "lognormal mean 3 days cv 1", "Time until they come, by the calendar."),
    ScenarioKey(
      "guardrails.*.documents.settles", .share, .required, in: .share, example: "50 %",
      "Probability that they settle the case without people."),
    ScenarioKey(
      "guardrails.*.documents.price", .money([.request]),
      .standard("0 per request", source: "no price is given; asking costs nothing"),
      in: .within(0, 1e9), example: "1.50 EUR per request", "Price of a request."),
    ScenarioKey(
      "guardrails.*.predicted", .group, .optional("nothing is prepared before the ticket comes"),
      "A forecast, when the automation begins, of whether the guardrail will fire; the `context` of "
        + "what is forecast is prepared meanwhile."),
    ScenarioKey(
      "guardrails.*.predicted.recall", .share, .required, in: .share, example: "70 %",
      "Share of escalations that are forecast."),
    ScenarioKey(
      "guardrails.*.predicted.precision", .share, .required, in: .above(0, to: 1),
      example: "60 %", "Share of forecasts that come true; the rest are prepared in vain."),
    ScenarioKey(
      "guardrails.*.predicted.price", .money([.ticket]),
      .standard("0 per ticket", source: "no price is given; preparing costs nothing itself"),
      in: .within(0, 1e9), example: "0.20 EUR per ticket", "Price of preparing one ticket."),
    ScenarioKey(
      "guardrails.*.predicted.team", .name(of: "a team"),
      .optional("it takes no people and is done in time"), example: "back_office",
      "The team that prepares; what it has not done when the ticket comes is in vain."),
    ScenarioKey(
      "guardrails.*.predicted.time", .distribution(.work),
      .optional("only where no `team` is given"),
      in: .atLeast(0), example: "3 min", "Working time of the team for one preparation."),
  ]

  static let absence: [ScenarioKey] = [
    ScenarioKey(
      "teams.*.absence", .group, .optional("people are there whenever they are scheduled"),
      "How its people are away at random, each by their own luck: sickness, leave, whatever takes them from "
        + "their hours. What they have in hand goes back into the queue."),
    ScenarioKey(
      "teams.*.absence.share", .share, .required, in: .within(0, 0.95), example: "12 %",
      "Share of their scheduled time; holidays and nights are no part of it."),
    ScenarioKey(
      "teams.*.absence.lasts", .distribution(.working), .required, in: .above(0),
      example: "exponential mean 3 working days", "How long each time, in their working time."),
    ScenarioKey(
      "teams.*.absence.paid", .share,
      .standard("100 %", source: "assumed: sick pay and paid leave"), in: .within(0, 2),
      example: "80 %", "Share of their cost that is paid meanwhile."),
  ]

  static let fatigue: [ScenarioKey] = [
    ScenarioKey(
      "teams.*.due", .duration(.either), .optional("no due date"), in: .above(0),
      example: "2 working days",
      "When tickets and exceptions of this team are due, from their coming into the queue, but for "
        + "guardrails with a `due` of their own."),
    ScenarioKey(
      "teams.*.fatigue", .group, .optional("load changes no review"),
      "How load changes its reviews, each when it is begun; below `from` not at all, from `full` "
        + "on wholly, in proportion in between."),
    ScenarioKey(
      "teams.*.fatigue.waiting", .group, .optional("`busy` is given instead"),
      "Load is what waits: tickets and exceptions per person of the team."),
    ScenarioKey(
      "teams.*.fatigue.waiting.from", .count(of: ["ticket", "tickets"]), .required,
      in: .within(0, 1_000_000), example: "5 tickets", "Load from which on it tells."),
    ScenarioKey(
      "teams.*.fatigue.waiting.full", .count(of: ["ticket", "tickets"]), .required,
      in: .within(1, 1_000_000), example: "20 tickets", "Load at which it tells wholly."),
    ScenarioKey(
      "teams.*.fatigue.busy", .group, .optional("`waiting` is given instead"),
      "Load is the share of the reviewer's own working time at work."),
    ScenarioKey(
      "teams.*.fatigue.busy.from", .share, .required, in: .share, example: "80 %",
      "Load from which on it tells."),
    ScenarioKey(
      "teams.*.fatigue.busy.full", .share, .required, in: .share, example: "100 %",
      "Load at which it tells wholly."),
    ScenarioKey(
      "teams.*.fatigue.busy.over", .duration(.work),
      .standard("4 h", source: "assumed: half a working day"), in: .above(0), example: "4 h",
      "Time constant of the exponential weights with which the past counts, in working time."),
    ScenarioKey(
      "teams.*.fatigue.misses", .share,
      .standard("0 %", source: "no effect is given"), in: .share, example: "40 %",
      "Share of a review's probability to find errors (`catches`) that is lost at full load."),
    ScenarioKey(
      "teams.*.fatigue.slower", .rise,
      .optional("load does not change how long reviews take"), in: .within(-0.99, 10),
      example: "20 % relative",
      "Change of the working time at full load; negative for people who hurry."),
    ScenarioKey(
      "teams.*.fatigue.waves", .share,
      .standard("0 %", source: "no effect is given"), in: .share, example: "30 %",
      "Share of what would be modified or rejected that is approved unchanged at full load."),
    ScenarioKey(
      "teams.*.fatigue.rubber_stamp", .group, .optional("everything is looked at"),
      "Approval without looking where too much waits."),
    ScenarioKey(
      "teams.*.fatigue.rubber_stamp.beyond", .count(of: ["ticket", "tickets"]), .required,
      in: .within(0, 1_000_000), example: "15 tickets",
      "Tickets and exceptions that wait, per person, above which it is done."),
    ScenarioKey(
      "teams.*.fatigue.rubber_stamp.time", .duration(.work),
      .standard("20 s", source: "the brief: about 20 seconds a decision"), in: .atLeast(0),
      example: "20 s", "Working time of such a review."),
    ScenarioKey(
      "teams.*.fatigue.rubber_stamp.catches", .share,
      .standard("0 %", source: "assumed: who does not look finds nothing"), in: .share,
      example: "5 %", "Probability that it finds the errors of a case."),
  ]
}
