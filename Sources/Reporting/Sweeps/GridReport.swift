public import Experiments

extension ReportDocument {
  /// The points of a grid: a map of verdicts with the lines along which they flip, what no other point beats,
  /// and the table behind both.
  public init(_ sweep: SweepResult, in frame: SweepFrame) {
    let reading = GridReading(sweep: sweep, frame: frame)
    self.init(
      frame, answer: sweepFinding(sweep), advice: reading.advice, facts: reading.facts,
      opening: ChartFigure.sweep(sweep, palette: VariantPalette(sweep)).map { [.figure($0)] } ?? [],
      sections: [
        Section(
          id: "flips", title: "Where the verdict flips", blocks: [.list(reading.flips)]),
        Section(
          id: "pareto", title: "What no other point beats",
          blocks: (reading.trades.map { [.figure($0)] } ?? []) + [.table(reading.front)]),
        Section(id: "axes-section", title: "What varied", blocks: [.table(reading.axes)]),
      ], shown: ["front"])
  }
}

/// What a grid says beside its maps.
struct GridReading {
  let sweep: SweepResult
  let frame: SweepFrame

  /// As the maps name the variants.
  private var palette: VariantPalette { VariantPalette(sweep) }
  private var names: [String] { sweep.cells.first?.variants.map(\.variant) ?? [] }

  var advice: String {
    let deciding = sweep.boundaries.filter { $0.verdict == .depends }
    guard sweep.axes.count == 2, !deciding.isEmpty else {
      return
        "The order of cost is the same at every point: these two values do not decide between the variants"
    }
    let pairs = deciding.map { "\($0.variant) against \($0.against)" }
    return
      "Before choosing, find out where you stand on \(sweep.axes[0].title.lowercasedStart) and "
      + "\(sweep.axes[1].title.lowercasedStart): they decide \(listText(pairs))"
  }

  var facts: [String] {
    [
      "\(countText(sweep.replications)) rehearsals of each variant at each of \(countText(sweep.cells.count)) points "
        + "with the same luck, seed \(sweep.seed); intervals show noise, not ignorance of the inputs."
    ]
  }

  var flips: [String] {
    guard sweep.axes.count == 2 else { return [] }
    return sweep.boundaries.flatMap { boundary in
      boundaryText(boundary, rows: sweep.axes[0], columns: sweep.axes[1])
    }
  }

  private func place(_ coordinates: [Int]) -> [String] {
    zip(sweep.axes, coordinates).map { $0.values[$1] }
  }

  /// What varied.
  var axes: ReportTable {
    ReportTable(
      "inputs", title: "What varied",
      columns: [
        .text("parameter", "Parameter", "The axis."),
        .text("path", "Name", "Its name in the section 'sweep' of the scenario."),
        .text("values", "Values", "The values tried."),
      ],
      rows: sweep.axes.map { axis in
        ReportTable.Row([
          .text(axis.title), .code(axis.name), .text(axis.values.joined(separator: "; ")),
        ])
      })
  }

  private var time: MeasureScale {
    MeasureScale("h", of: sweep.cells.flatMap { $0.variants.map(\.timeToCompletion.mean) })
  }

  /// What no other point beats in cost, time and risk at once.
  var front: ReportTable {
    ReportTable(
      "front", title: "What no other point beats",
      caption:
        "No other point and variant is as good in cost, time to completion and risk at once and better in one, by "
        + "means; cheapest first.",
      columns: sweep.axes.enumerated().map { index, axis in
        .text("axis_\(index + 1)", axis.title, "Value of \(axis.title.lowercasedStart).")
      } + [
        .text("variant", "Variant", "The variant."),
        .interval(
          "cost_per_case", "Cost per case", unit: sweep.currency, Figure.costPerCase.meaning),
        .interval(
          "time_to_completion", time.titled("Time to completion"), unit: time.unit,
          Figure.timeToCompletion.meaning),
        .interval(
          "exhaustion", "P(exhaustion)", unit: "%", "Probability of exhaustion by the horizon."),
      ],
      rows: sweep.front.map { entry in
        ReportTable.Row(
          place(entry.coordinates).map { .text($0) } + [
            .label(
              palette.title(of: entry.variant), colour: palette.colour(of: entry.variant)),
            .figure(FigureText(entry.costPerCase, unit: sweep.currency)),
            .figure(time.text(entry.timeToCompletion)), .figure(FigureText(entry.exhaustion)),
          ])
      })
  }

  /// Cost against time and against risk.
  var trades: ChartFigure? {
    guard !sweep.cells.isEmpty else { return nil }
    let columns: [ChartTable.Column] = [
      .init(field: "series", title: "Variant", meaning: "The variant."),
      .init(field: "label", title: "Point", meaning: "Values on the axes."),
      .init(
        field: "cost", title: "Cost per case, \(sweep.currency)", unit: sweep.currency,
        meaning: "Mean cost per case.", form: .decimals(2)),
      .init(
        field: "time", title: time.titled("Time to completion"), unit: time.unit,
        meaning: "Mean time to completion.", form: .significant),
      .init(
        field: "risk", title: "P(exhaustion), %", unit: "%",
        meaning: "Share of rehearsals in which a watched team is exhausted.", form: .decimals(1)),
      .init(
        field: "front", title: "Unbeaten", meaning: "1 where no other beats it; else 0.",
        form: .whole
      ),
    ]
    let rows = names.flatMap { name in
      sweep.cells.compactMap { cell -> [ChartValue]? in
        guard let entry = cell.variants.first(where: { $0.variant == name }) else { return nil }
        let isUnbeaten = sweep.front.contains {
          $0.coordinates == cell.coordinates && $0.variant == name
        }
        return [
          .text(palette.title(of: name)), .text(place(cell.coordinates).joined(separator: ", ")),
          .number(entry.costPerCase.mean), .number(time.factor * entry.timeToCompletion.mean),
          .number(100 * entry.exhaustion.share), .number(isUnbeaten ? 1 : 0),
        ]
      }
    }
    let title =
      "\(countText(sweep.front.count)) of \(countText(rows.count)) are beaten by no other in cost, time and risk"
    return ChartFigure(
      id: "trades", title: title,
      subtitle:
        "Every variant at every point, by means; filled: no other is as good in all three at once and better in one "
        + "(the Pareto front)",
      description: title + ". A point for each variant at each point of the grid.",
      panels: [(3, "Cost and time"), (4, "Cost and risk")].map { column, name in
        .init(
          title: name,
          specification: ScatterChart(
            title: title, subtitle: name, xTitle: columns[2].title, yTitle: columns[column].title,
            series: names.map { palette.title(of: $0) },
            colours: names.map { palette.colour(of: $0) },
            rows: rows.map { row in
              ChartRow(cells: [
                ("series", row[0]), ("label", row[1]), ("x", row[2]), ("y", row[column]),
                ("front", row[5]),
              ])
            }
          ).specification)
      },
      key: names.map {
        .init(label: palette.title(of: $0), colour: palette.colour(of: $0), sign: .fill)
      }, keyIsNeeded: true, hasWidePanels: true, table: ChartTable(columns: columns, rows: rows))
  }
}
