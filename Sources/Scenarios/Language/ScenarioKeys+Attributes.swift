// The table of all keys, continued: what is known of cases, and what reads it.

extension ScenarioKey {
  static let attributes: [ScenarioKey] = [
    ScenarioKey(
      "attributes", .named("attributes"), .optional("nothing is known of single cases"),
      "What is known of each case, drawn when it arrives, the same in all variants. Conditions, "
        + "urgency, guardrails and decision tables read it."),
    ScenarioKey(
      "attributes.*", .group, .required,
      "An attribute: a letter, then letters, digits, `_`, `.` and `-`. Give one of `number`, "
        + "`categories` and `share_true`."),
    ScenarioKey(
      "attributes.*.number", .quantity, .optional("it is no number"),
      example: "lognormal mean 12000 EUR cv 0.8",
      "A number and how it is drawn, or a group with `given`. Only constant, uniform and "
        + "triangular numbers can be below 0; a normal one is cut off at 0."),
    ScenarioKey(
      "attributes.*.number.given", .name(of: "an attribute before it"), .required,
      example: "segment",
      "The attribute whose value says how this one is drawn; one line for each of its values."),
    ScenarioKey(
      "attributes.*.number.*", .quantity, .required, example: "lognormal mean 8000 EUR cv 0.5",
      "How it is drawn for that value."),
    ScenarioKey(
      "attributes.*.unit", .text, .optional("the number has no unit"), example: "EUR",
      "Unit of the number, one word; it may then stand after each number of this attribute."),
    ScenarioKey(
      "attributes.*.categories", .named("categories"), .optional("it has no categories"),
      "Names of its values, each with its share of cases; or a group with `given`."),
    ScenarioKey(
      "attributes.*.categories.given", .name(of: "an attribute before it"),
      .optional("the shares are the same for all cases"), example: "region",
      "The attribute whose value says which shares hold; one group for each of its values."),
    ScenarioKey(
      "attributes.*.categories.*", .share, .required, in: .share, example: "70 %",
      "Share of cases in this category; shares sum to 100 %, and `rest` means what the others "
        + "leave."),
    ScenarioKey(
      "attributes.*.categories.*.*", .share, .required, in: .share, example: "40 %",
      "The same where the other attribute has this value."),
    ScenarioKey(
      "attributes.*.share_true", .share, .optional("it is not true or false"), in: .share,
      example: "15 %", "Share of cases for which it is true; or a group with `given`."),
    ScenarioKey(
      "attributes.*.share_true.given", .name(of: "an attribute before it"), .required,
      example: "segment", "The attribute whose value says which share holds."),
    ScenarioKey(
      "attributes.*.share_true.*", .share, .required, in: .share, example: "30 %",
      "The share for that value."),
    ScenarioKey(
      "attributes.*.correlation", .group, .optional("it does not depend on another attribute"),
      "Dependence on one attribute before it, by a Gaussian copula."),
    ScenarioKey(
      "attributes.*.correlation.with", .name(of: "an attribute before it"), .required,
      example: "amount", "The other attribute."),
    ScenarioKey(
      "attributes.*.correlation.rank", .number, .required, in: .within(-1, 1), example: "0.6",
      "Rank correlation (Spearman) that two continuous attributes then have; categories rank in "
        + "the order in which they are written."),
  ]

  static let priorities: [ScenarioKey] = [
    ScenarioKey(
      "priorities", .group, .optional("all cases are equally urgent"),
      "Rules of urgency, one group or a list of them: the first whose condition holds when work "
        + "is queued gives the class of the case."),
    ScenarioKey(
      "priorities.when", .condition, .optional("for all cases"), example: "amount > 50000",
      "The condition."),
    ScenarioKey(
      "priorities.class", .count(of: []), .required, in: .within(-1000, 1000), example: "-1",
      "Class of urgency: lower goes first. A case for which no rule holds is of class 0."),
  ]
}
