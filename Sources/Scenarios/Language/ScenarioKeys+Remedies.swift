// The table of all keys, continued: what reviewers' skills mean, contextual routing, and redesign.

extension ScenarioKey {
  static let expertise: [ScenarioKey] =
    [
      ScenarioKey(
        "guardrails.*.expertise", .group, .optional("reviews are alike whoever does them"),
        "What it means that a reviewer has the skills of the decision, or not; whoever takes up the ticket."
      ),
      ScenarioKey(
        "guardrails.*.expertise.skills", .names(of: "a skill"), .required, example: "mortgage",
        "Skills; who has them all is qualified for the decision."),
      ScenarioKey(
        "guardrails.*.expertise.matched", .group, .optional("as `review` and `catches` say"),
        "Reviews by somebody qualified."),
      ScenarioKey(
        "guardrails.*.expertise.unmatched", .group, .optional("as `review` and `catches` say"),
        "Reviews by anybody else."),
    ] + ["matched", "unmatched"].flatMap(effect)

  private static func effect(_ name: String) -> [ScenarioKey] {
    let isMatched = name == "matched"
    return [
      ScenarioKey(
        "guardrails.*.expertise.\(name).time", .share,
        .standard("100 %", source: "no effect of skills on time is given"), in: .within(0, 100),
        example: isMatched ? "80 %" : "140 %",
        "Working time as a share of what it is otherwise, reconstruction included."),
      ScenarioKey(
        "guardrails.*.expertise.\(name).catches", .share,
        .standard("100 %", source: "no effect of skills on errors found is given"),
        in: .within(0, 100), example: isMatched ? "110 %" : "60 %",
        "Factor on the probability to find the errors of a case (`catches`); the product is at most "
          + "100 %."),
      ScenarioKey(
        "guardrails.*.expertise.\(name).wrong", .share,
        .standard("0 %", source: "reviewers are taken to decide rightly"), in: .share,
        example: isMatched ? "1 %" : "5 %",
        "Probability that the decision is wrong, which leaves an error in the case."),
    ]
  }

  static let remedies: [ScenarioKey] = [
    ScenarioKey(
      "variants.*.remedies.route", .group, .optional("whoever is free answers"),
      "Contextual routing: tickets wait for somebody qualified by `expertise` of the guardrail; one "
        + "group, or a list of them."),
    ScenarioKey(
      "variants.*.remedies.route.of", .name(of: "a guardrail"), .required, example: "compliance",
      "The guardrail whose tickets are routed."),
    ScenarioKey(
      "variants.*.remedies.route.to", .name(of: "a team"),
      .optional("the team that gets the ticket otherwise"), example: "legal",
      "Team that gets the tickets instead."),
    ScenarioKey(
      "variants.*.remedies.route.after", .duration(.calendar),
      .optional("they wait for somebody qualified as long as it takes"), in: .above(0),
      example: "4 h",
      "Waiting time after which anybody of the team may answer; the ticket is then of the class of the "
        + "guardrail's `priority`, 0 without one."),
    ScenarioKey(
      "variants.*.remedies.route.price", .money([.ticket]),
      .standard("0 per ticket", source: "no price is given; routing costs nothing itself"),
      in: .within(0, 1e9), example: "0.10 EUR per ticket", "Price of routing a ticket."),
    ScenarioKey(
      "variants.*.remedies.redesign", .group, .optional("guardrails stay as they are"),
      "Elimination through redesign: what the guardrail's tickets cost and prevent is looked at time and "
        + "again; where they cost more it is redesigned or removed, once. One group, or a list of them."
    ),
    ScenarioKey(
      "variants.*.remedies.redesign.of", .name(of: "a guardrail"), .required,
      example: "compliance", "The guardrail that is looked at."),
    ScenarioKey(
      "variants.*.remedies.redesign.every", .duration(.calendar),
      .standard("4 weeks", source: "assumed: a monthly look"), in: .above(0), example: "4 weeks",
      "Time from one look to the next."),
    ScenarioKey(
      "variants.*.remedies.redesign.reviewed_by", .name(of: "a team"),
      .optional("looking takes no people"), example: "compliance_office", "The team that looks."),
    ScenarioKey(
      "variants.*.remedies.redesign.review", .distribution(.work),
      .optional("only where no team looks"), in: .atLeast(0), example: "4 h",
      "Working time of a look."),
    ScenarioKey(
      "variants.*.remedies.redesign.tickets", .count(of: ["ticket", "tickets"]),
      .standard("30 tickets", source: "assumed: fewer tell too little"), in: .within(1, 1e9),
      example: "100 tickets", "Fewest tickets answered before anything is decided."),
    ScenarioKey(
      "variants.*.remedies.redesign.confidence", .share,
      .standard("95 %", source: "the usual confidence of an interval"), in: .within(0.5, 0.9999),
      example: "95 %",
      "Confidence of the Wilson interval of the share of tickets that were needed."),
    ScenarioKey(
      "variants.*.remedies.redesign.bound", .choice(["upper", "estimate", "lower"]),
      .standard("upper", source: "assumed: what may protect is kept"), example: "estimate",
      "Which end of the interval of the loss prevented the cost of review must exceed: the most that may "
        + "be prevented, what was observed, or the least."),
    ScenarioKey(
      "variants.*.remedies.redesign.keeps_needed", .share,
      .standard("0 %", source: "a guardrail that costs more than it prevents is removed"),
      in: .share,
      example: "90 %",
      "Share of firings that are needed which still make tickets afterwards; the others let their loss "
        + "through."),
    ScenarioKey(
      "variants.*.remedies.redesign.keeps_needless", .share,
      .standard("0 %", source: "a guardrail that costs more than it prevents is removed"),
      in: .share,
      example: "20 %", "Share of all other firings that still do; 0 % of both is removal."),
    ScenarioKey(
      "variants.*.remedies.redesign.work", .distribution(.calendar), .optional("it is no work"),
      in: .atLeast(0), example: "40 h", "Work of the redesign; working time where a team does it."),
    ScenarioKey(
      "variants.*.remedies.redesign.done_by", .name(of: "a team"),
      .optional("it begins at once and passes by itself"), example: "bot_developers",
      "The team whose work it is."),
    ScenarioKey(
      "variants.*.remedies.redesign.lead_time", .distribution(.calendar),
      .optional("it takes effect at once"), in: .atLeast(0), example: "10 days",
      "Time from then until it takes effect: approval, test and release."),
    ScenarioKey(
      "variants.*.remedies.redesign.price", .money([.once]), .optional("it has no price"),
      in: .within(0, 1e12), example: "5000 EUR", "Price of the redesign."),
  ]
}
