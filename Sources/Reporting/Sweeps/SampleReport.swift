public import Experiments

extension ReportDocument {
  /// What came of many values: along one parameter, or spread over several.
  public init(_ result: SampleResult, in frame: SweepFrame) {
    let reading = SampleReading(result: result, frame: frame)
    let curves = result.design == .steps ? reading.curves : []
    let trades = reading.trades
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: (trades ?? curves.first).map { [.figure($0)] } ?? [],
      sections: [
        Section(
          id: "along", title: "Along the range",
          blocks: (trades == nil ? Array(curves.dropFirst()) : curves).map { .figure($0) }),
        Section(id: "points-section", title: "All points", blocks: [.table(reading.points)]),
      ], inputs: result.inputs, shown: ["points"])
  }
}

/// What a sample says, in words, tables and charts.
struct SampleReading {
  let result: SampleResult
  let frame: SweepFrame

  var palette: VariantPalette { frame.palette }

  private var names: [String] { result.points.first?.variants.map(\.variant) ?? [] }
  private var unbeaten: Int {
    result.points.reduce(0) { $0 + $1.variants.count(where: \.isUnbeaten) }
  }
  private var lines: Int { result.points.reduce(0) { $0 + $1.variants.count } }
  private var goals: String { listText(result.measures.map { $0.measure.title.lowercasedStart }) }

  func scale(_ index: Int) -> MeasureScale {
    MeasureScale(
      result.measures[index].unit,
      of: result.points.flatMap { $0.variants.compactMap { $0.estimates[index]?.mean } })
  }

  /// A point in words.
  private func words(_ point: SampleResult.Point) -> String {
    zip(result.inputs, point.values).map { "\($0.title.lowercasedStart) at \(valueText($1))" }
      .joined(separator: ", ")
  }

  /// The best entry by one measure.
  private func best(_ index: Int) -> (point: SampleResult.Point, entry: SampleResult.Entry)? {
    let sign: Double = result.measures[index].lessIsBetter ? 1 : -1
    var best: (point: SampleResult.Point, entry: SampleResult.Entry)?
    var least = Double.infinity
    for point in result.points {
      for entry in point.variants {
        guard let estimate = entry.estimates[index], sign * estimate.mean < least else { continue }
        (best, least) = ((point, entry), sign * estimate.mean)
      }
    }
    return best
  }

  var answer: String {
    guard let best = result.measures.isEmpty ? nil : best(0), let found = best.entry.estimates[0]
    else { return "No rehearsal came to a number" }
    let measure = result.measures[0]
    let superlative = measure.lessIsBetter ? "lowest" : "highest"
    let variant = names.count > 1 ? "\(palette.title(of: best.entry.variant)), " : ""
    return
      "\(measure.measure.title) is \(superlative) with \(variant)\(words(best.point)): "
      + "\(text(found, 0).text)"
  }

  /// A mean of a measure as text; of exhaustion the share of rehearsals, which is never none of n.
  private func text(_ estimate: Estimate, _ index: Int) -> FigureText {
    risk(estimate, index).map { FigureText($0) } ?? scale(index).text(estimate)
  }

  /// The probability that a measure is the share of; `nil` for other measures.
  private func risk(_ estimate: Estimate, _ index: Int) -> ProbabilityEstimate? {
    guard result.measures[index].measure == .exhaustion else { return nil }
    let count = (estimate.mean * Double(estimate.n)).rounded()
    return ProbabilityEstimate(count: Int(count), of: estimate.n)
  }

  var advice: String {
    result.measures.count < 2
      ? "Name further measures with --measure to see what this costs in them"
      : "Choose among the \(countText(unbeaten)) of \(countText(lines)) lines that no other beats in \(goals) "
        + "at once; all others give something away for nothing"
  }

  var facts: [String] {
    [
      "\(countText(result.points.count)) points of \(countText(result.replications)) rehearsals of each variant "
        + "with the same luck at all points, seed \(result.seed). Brackets: 95 % intervals of the means; noise, "
        + "not ignorance of the inputs.",
      "Unbeaten: no other line is as good in \(goals) at once and better in one, by means.",
    ]
  }

  /// Every point and variant.
  var points: ReportTable {
    ReportTable(
      "points", title: "All points", caption: "What no other line beats is shaded.",
      columns: result.inputs.enumerated().map { index, input in
        .text("parameter_\(index + 1)", input.title, "Value of \(input.title).")
      } + [.text("variant", "Variant", "The variant.")]
        + result.measures.enumerated().map { index, entry in
          .interval(
            entry.measure.name, scale(index).titled(entry.measure.title), unit: scale(index).unit,
            "Mean over rehearsals.")
        } + [
          .text("unbeaten", "Unbeaten", "Whether no other line beats it in all measures at once.")
        ],
      rows: result.points.flatMap { point in
        point.variants.map { entry in
          ReportTable.Row(
            point.values.map { .text(valueText($0)) } + [
              .label(
                palette.title(of: entry.variant), colour: palette.colour(of: entry.variant))
            ]
              + result.measures.indices.map { index in
                .figure(entry.estimates[index].map { text($0, index) })
              } + [.text(entry.isUnbeaten ? "yes" : "no")], isChosen: entry.isUnbeaten)
        }
      })
  }

  /// A curve for each measure along one parameter.
  var curves: [ChartFigure] {
    guard let input = result.inputs.first else { return [] }
    let axis = WrittenAxis(result.points.compactMap(\.values.first))
    return result.measures.indices.map { index in
      let entry = result.measures[index]
      let scale = scale(index)
      let columns: [ChartTable.Column] = [
        .init(field: "series", title: "Variant", meaning: "The variant."),
        .init(field: "written", title: input.title, meaning: "Value of the parameter."),
        .init(
          field: "place", title: "Place", unit: axis.unit, meaning: "The value as a number.",
          form: .significant),
        .init(
          field: "value", title: scale.titled(entry.measure.title), unit: scale.unit,
          meaning: "Mean over rehearsals.", form: .significant),
        .init(
          field: "lower", title: "Lower end", unit: scale.unit,
          meaning: "Lower end of the 95 % interval.", form: .significant),
        .init(
          field: "upper", title: "Upper end", unit: scale.unit,
          meaning: "Upper end of the 95 % interval.", form: .significant),
      ]
      let rows = names.flatMap { name in
        result.points.compactMap { point -> [ChartValue]? in
          guard let found = point.variants.first(where: { $0.variant == name })?.estimates[index],
            let written = point.values.first, let place = axis.place(of: written)
          else { return nil }
          var (lower, upper) = (found.lower, found.upper)
          if let share = risk(found, index) { (lower, upper) = (share.lower, share.upper) }
          return [
            .text(palette.title(of: name)), .text(written), .number(place),
            .number(scale.factor * found.mean),
            .number(scale.factor * lower), .number(scale.factor * upper),
          ]
        }
      }
      let table = ChartTable(columns: columns, rows: rows)
      let title = finding(index)
      return ChartFigure(
        id: "along-\(identifier(entry.measure.name))", title: title,
        subtitle: "Means with 95 % intervals; \(entry.lessIsBetter ? "less" : "more") is better",
        description: title + ". A line for each variant.",
        panels: [
          .init(
            specification: CurveChart(
              title: title, subtitle: "Along \(input.title.lowercasedStart)",
              xTitle: axis.unit.isEmpty ? input.title : "\(input.title), \(axis.unit)",
              yTitle: scale.titled(entry.measure.title),
              series: names.map { palette.title(of: $0) },
              colours: names.map { palette.colour(of: $0) }, rows: table.values
            ).specification)
        ],
        key: names.map {
          .init(label: palette.title(of: $0), colour: palette.colour(of: $0), sign: .line)
        }, keyIsNeeded: names.count > 1, isPairedOnPaper: true,
        table: table,
        drawing: .lines(x: "place", y: "value", by: "series"))
    }
  }

  /// How the variant that changes most goes from one end to the other, in one line.
  private func finding(_ index: Int) -> String {
    let title = result.measures[index].measure.title
    var widest: (name: String, first: Estimate, last: Estimate)?
    for name in names {
      func end(_ point: SampleResult.Point?) -> Estimate? {
        guard let entry = point?.variants.first(where: { $0.variant == name }) else { return nil }
        return entry.estimates[index]
      }
      guard let first = end(result.points.first), let last = end(result.points.last) else {
        continue
      }
      if let known = widest,
        (known.last.mean - known.first.mean).magnitude >= (last.mean - first.mean).magnitude
      {
        continue
      }
      widest = (name, first, last)
    }
    guard let widest else { return title }
    let change = "from \(text(widest.first, index).value) to \(text(widest.last, index).value)"
    return names.count > 1
      ? "\(title) changes most with \(palette.title(of: widest.name)), \(change)"
      : "\(title): \(change)"
  }

  /// The first measure against each of the others; `nil` where there is one measure.
  var trades: ChartFigure? {
    guard result.measures.count > 1 else { return nil }
    let columns: [ChartTable.Column] =
      [.init(field: "series", title: "Variant", meaning: "The variant.")]
      + [.init(field: "label", title: "Point", meaning: "Values of the parameters.")]
      + result.measures.indices.map { index in
        .init(
          field: "measure\(index + 1)",
          title: scale(index).titled(result.measures[index].measure.title), unit: scale(index).unit,
          meaning: "Mean over rehearsals.", form: .significant)
      } + [
        .init(
          field: "front", title: "Unbeaten", meaning: "1 where no other line beats it; else 0.",
          form: .whole)
      ]
    let rows = result.points.flatMap { point in
      point.variants.map { entry -> [ChartValue] in
        [
          .text(palette.title(of: entry.variant)),
          .text(point.values.map(valueText).joined(separator: ", ")),
        ]
          + result.measures.indices.map { index in
            ChartValue(entry.estimates[index].map { scale(index).factor * $0.mean })
          } + [.number(entry.isUnbeaten ? 1 : 0)]
      }
    }
    let table = ChartTable(columns: columns, rows: rows)
    let title =
      "\(countText(unbeaten)) of \(countText(lines)) lines are beaten by no other in \(goals)"
    return ChartFigure(
      id: "trades", title: title,
      subtitle:
        "Means at every point; filled: no other line is as good in all measures at once and better in one (the "
        + "Pareto front)",
      description: title + ". A point for each line of the table, by two measures at a time.",
      panels: result.measures.indices.dropFirst().map { index in
        .init(
          title:
            "\(result.measures[0].measure.title) and \(result.measures[index].measure.title.lowercasedStart)",
          specification: ScatterChart(
            title: title, subtitle: "The Pareto front",
            xTitle: scale(0).titled(result.measures[0].measure.title),
            yTitle: scale(index).titled(result.measures[index].measure.title),
            series: names.map { palette.title(of: $0) },
            colours: names.map { palette.colour(of: $0) },
            rows: rows.map { row in
              ChartRow(cells: [
                ("series", row[0]), ("label", row[1]), ("x", row[2]), ("y", row[2 + index]),
                ("front", row[row.count - 1]),
              ])
            }, isLabelled: result.design == .steps && lines <= 12,
            isJoined: result.measures.count == 2
          ).specification)
      },
      key: names.map {
        .init(label: palette.title(of: $0), colour: palette.colour(of: $0), sign: .fill)
      }, keyIsNeeded: names.count > 1, hasWidePanels: true, table: table)
  }
}
