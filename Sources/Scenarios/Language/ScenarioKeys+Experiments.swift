// Keys of what a study is made of beyond its variants: how precise it is to be, and what is not known.

extension ScenarioKey {
  static let precision: [ScenarioKey] =
    [
      ScenarioKey(
        "experiment.precision", .group, .optional("the number of replications is fixed"),
        "Ends the replications as soon as figures of all variants are as precise as said here, at 95 %; "
          + "`replications` is then the most of them. A share such as `2 %` is of the figure itself; else it "
          + "is half the width of the interval."),
      ScenarioKey(
        "experiment.precision.at_least", .count(of: ["replications"]),
        .optional("10 replications"), in: .within(2, 100_000), example: "10 replications",
        "Fewest replications, whatever they show."),
    ]
    + PrecisionFigure.all.map {
      ScenarioKey(
        "experiment.precision.\($0.name)", .precision, .optional("it does not matter"),
        example: $0.example, "In \($0.words).")
    }

  static let uncertain: [ScenarioKey] = [
    ScenarioKey(
      "uncertain", .named("parameters"), .optional("all values are taken as known"),
      "Parameters that are not known, for `rehearse sweep uncertainty`, `screen` and `sobol`; a plain "
        + "comparison takes the value at the key."),
    ScenarioKey("uncertain.*", .group, .required, "A parameter, under a name of its own."),
    ScenarioKey(
      "uncertain.*.title", .text, .optional("its name"), example: "Share escalated",
      "Title of the parameter."),
    ScenarioKey(
      "uncertain.*.change", .names(of: "a key"), .required,
      example: "guardrails.creditworthiness.fires",
      "Dotted path of the key that is not known, or a list of keys that change together."),
    ScenarioKey(
      "uncertain.*.low", .text, .optional("`counted` is given instead"), example: "40 %",
      "The lowest value it may have, as it would be written at the key."),
    ScenarioKey(
      "uncertain.*.likely", .text, .optional("all values between are equally likely"),
      example: "50 %", "The likeliest value, of a triangular density."),
    ScenarioKey(
      "uncertain.*.high", .text, .optional("`counted` is given instead"), example: "60 %",
      "The highest value it may have; only numbers may differ from `low`."),
    ScenarioKey(
      "uncertain.*.counted", .text, .optional("`low` and `high` are given instead"),
      example: "47 of 100",
      "A share that was counted: what is known of it is Jeffreys' Beta posterior."),
  ]
}
