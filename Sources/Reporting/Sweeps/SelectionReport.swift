public import Experiments

extension ReportDocument {
  /// Which variant is best within what matters.
  public init(_ result: VariantSelection, in frame: SweepFrame) {
    let reading = SelectionReading(result: result, frame: frame)
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: [.figure(reading.estimates), .figure(reading.effort)],
      sections: [
        Section(id: "variants", title: "All variants", blocks: [.table(reading.candidates)])
      ], shown: ["candidates"])
  }
}

/// What a selection says.
struct SelectionReading {
  let result: VariantSelection
  let frame: SweepFrame

  private var palette: VariantPalette { frame.palette }

  var answer: String { result.sentence { palette.title(of: $0) } }

  var advice: String {
    guard let chosen = result.variant else {
      return "Raise --most, or say with --within that smaller differences do not matter"
    }
    let made = result.candidates.reduce(0) { $0 + $1.estimate.n }
    let rinott = result.candidates.reduce(0) { $0 + $1.rinottReplications }
    return
      "Prefer \(palette.title(of: chosen)) where \(result.figure.title.lowercasedStart) decides; it took "
      + "\(countText(made)) rehearsals, Rinott's two-stage procedure would make \(countText(rinott))"
  }

  var facts: [String] {
    [
      result.method == .kimNelson
        ? "All variants have the same luck; one is dropped as soon as it is shown to be worse (Kim and Nelson 2001)."
        : "Each variant has its own luck; rehearsals go where they decide most (OCBA, Chen et al. 2000); the "
          + "probability is estimated from the data.",
      "What matters: \(plainText(result.difference)) \(result.unit). Seed \(result.seed). Brackets: 95 % intervals of "
        + "the means of the rehearsals that were made; they are of unequal number.",
    ]
  }

  private var scale: MeasureScale {
    MeasureScale(result.unit, of: result.candidates.map(\.estimate.mean))
  }

  /// Every variant.
  var candidates: ReportTable {
    ReportTable(
      "candidates", title: "All variants",
      caption: result.variant == nil ? nil : "The variant chosen is shaded.",
      columns: [
        .text("variant", "Variant", "The variant."),
        .interval(
          result.figure.rawValue, scale.titled(result.figure.title), unit: scale.unit,
          result.figure.meaning),
        .number("rehearsals", "Rehearsals", unit: "", "Rehearsals that were made of it."),
        .number("dropped", "Dropped after", unit: "", "Rehearsal at which it was dropped."),
        .number(
          "rinott", "Rinott would make", unit: "",
          "Rehearsals that Rinott's two-stage procedure would make of it."),
      ],
      rows: result.candidates.map { candidate in
        ReportTable.Row(
          [
            .label(
              palette.title(of: candidate.variant), colour: palette.colour(of: candidate.variant)),
            .figure(scale.text(candidate.estimate)),
            .number(Double(candidate.estimate.n), decimals: 0),
            candidate.droppedAt.map { .number(Double($0), decimals: 0) } ?? .missing,
            .number(Double(candidate.rinottReplications), decimals: 0),
          ], isChosen: candidate.variant == result.variant)
      })
  }

  var estimates: ChartFigure {
    let columns: [ChartTable.Column] = [
      .init(field: "name", title: "Variant", meaning: "The variant."),
      .init(
        field: "value", title: scale.titled(result.figure.title), unit: scale.unit,
        meaning: "Mean over the rehearsals made.", form: .significant),
      .init(
        field: "lower", title: "Lower end", unit: scale.unit,
        meaning: "Lower end of the 95 % interval.", form: .significant),
      .init(
        field: "upper", title: "Upper end", unit: scale.unit,
        meaning: "Upper end of the 95 % interval.", form: .significant),
      .init(field: "series", title: "Colour", meaning: "The variant again, which has the colour."),
    ]
    let names = result.candidates.map { palette.title(of: $0.variant) }
    let table = ChartTable(
      columns: columns,
      rows: zip(names, result.candidates).map { name, candidate in
        [
          .text(name), .number(scale.factor * candidate.estimate.mean),
          .number(scale.factor * candidate.estimate.lower),
          .number(scale.factor * candidate.estimate.upper), .text(name),
        ]
      })
    let title =
      result.variant.map {
        "\(palette.title(of: $0)) is ahead by \(result.figure.title.lowercasedStart)"
      } ?? "None is shown to be ahead by \(result.figure.title.lowercasedStart)"
    return ChartFigure(
      id: "estimates", title: title,
      subtitle:
        "\(result.figure.title) with 95 % intervals; \(result.figure.lessIsBetter ? "less" : "more") is better",
      description: title + ". A point with its interval for each variant.",
      panels: [
        .init(
          specification: IntervalChart(
            title: title, subtitle: result.figure.title, axis: scale.titled(result.figure.title),
            names: names, series: names,
            colours: result.candidates.map { palette.colour(of: $0.variant) }, rows: table.values,
            isBeside: false
          ).specification)
      ], table: table, drawing: .bars(["value"]))
  }

  var effort: ChartFigure {
    let kinds = ["made", "Rinott would make"]
    let colours = [ChartTheme.variantColours[0], ChartTheme.baselineColour]
    let columns: [ChartTable.Column] = [
      .init(field: "name", title: "Variant", meaning: "The variant."),
      .init(
        field: "series", title: "Which", meaning: "Made, or what Rinott's procedure would make."),
      .init(field: "value", title: "Rehearsals", meaning: "Number of rehearsals.", form: .whole),
    ]
    let names = result.candidates.map { palette.title(of: $0.variant) }
    let rows = zip(names, result.candidates).flatMap { name, candidate in
      zip(kinds, [candidate.estimate.n, candidate.rinottReplications]).map {
        kind, count -> [ChartValue] in
        [.text(name), .text(kind), .number(Double(count))]
      }
    }
    let table = ChartTable(columns: columns, rows: rows)
    let made = result.candidates.reduce(0) { $0 + $1.estimate.n }
    let title = "\(countText(made)) rehearsals were enough to choose by"
    return ChartFigure(
      id: "effort",
      title: result.variant == nil ? "\(countText(made)) rehearsals do not decide" : title,
      subtitle:
        "Rehearsals of each variant, beside those that Rinott's two-stage procedure would make",
      description: title + ". Two bars for each variant.",
      panels: [
        .init(
          specification: IntervalChart(
            title: title, subtitle: "Rehearsals of each variant", axis: "Rehearsals", names: names,
            series: kinds, colours: colours, rows: table.values, isBar: true
          ).specification)
      ],
      key: zip(kinds, colours).map { .init(label: $0, colour: $1, sign: .fill) },
      keyIsNeeded: true, table: table)
  }
}
