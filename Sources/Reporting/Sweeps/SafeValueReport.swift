public import Experiments

extension ReportDocument {
  /// The smallest value that is enough, with its certificate, and by when to decide.
  public init(_ result: SafeValueResult, decideBy: DecideBy?, in frame: SweepFrame) {
    let reading = SafeValueReading(result: result, decideBy: decideBy, frame: frame)
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: [.figure(reading.figure)],
      sections: [
        Section(id: "probes-section", title: "All values tried", blocks: [.table(reading.probes)]),
        Section(id: "decide", title: "By when to decide", blocks: [.terms(reading.dates)]),
      ].filter { $0.id != "decide" || decideBy != nil }, inputs: [result.input], shown: ["probes"])
  }
}

/// What a search for a value that is enough says.
struct SafeValueReading {
  let result: SafeValueResult
  let decideBy: DecideBy?
  let frame: SweepFrame

  private var palette: VariantPalette { frame.palette }

  /// Without its full stop.
  var answer: String {
    let sentence = result.sentence { palette.title(of: $0) }
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }

  var advice: String {
    if let decideBy { return String(decideBy.sentence.dropLast()) }
    switch (result.direction, result.value) {
    case (.all, _): return "Any value of the range will do; try a cheaper one"
    case (.none, _): return "Widen --range, or look for another parameter that helps"
    case (_, nil): return "Do not rely on any of these values yet"
    case (_, let value?):
      return
        "Take \(value.value); with --lead-time this page also says by when to decide"
    }
  }

  var facts: [String] {
    [
      "Risk: probability that a watched team is exhausted by the horizon, with Wilson's 95 % interval; a value is "
        + "enough where the upper end is at most \(shareText(result.bound)). Seed \(result.seed).",
      "The value found and its neighbour were tried again with fresh rehearsals, because a value that is chosen for "
        + "its luck would pass too easily. The risk is taken to rise or fall along the whole range.",
    ]
  }

  var dates: [(term: String, text: String)] {
    guard let decideBy else { return [] }
    return [
      (
        "Risk exceeds the bound",
        "\(dateText(decideBy.riskyDate)), working day \(decideBy.riskyDay)"
      ),
      ("Time until a change works", "\(countText(decideBy.leadDays)) days of the calendar"),
      (
        "Decide by",
        (decideBy.date.map(dateText) ?? "–")
          + (decideBy.isPast ? ", which is before the rollout begins" : "")
      ),
    ]
  }

  /// Every value tried.
  var probes: ReportTable {
    ReportTable(
      "probes", title: "All values tried", caption: "The value found is shaded.",
      columns: [
        .text("value", result.input.title, "Value of the parameter."),
        .interval(
          "risk", "P(exhaustion)", unit: "%",
          "Probability of exhaustion by the horizon, with its Wilson interval."),
        .text("enough", "Enough", "Whether the upper end keeps under the bound."),
        .number(
          "risky_day", "Risky from working day", unit: "working days",
          "First working day by which the upper end of the risk exceeds the bound."),
        .text("date", "Date", "Its date."),
        .text("rehearsals", "Rehearsals", "Those of the search, or fresh ones."),
      ],
      rows: result.probes.map { probe in
        let date = probe.riskyDay.flatMap { day in
          frame.workingDays.indices.contains(day - 1) ? frame.workingDays[day - 1] : nil
        }
        return ReportTable.Row(
          [
            .text(probe.value), .figure(FigureText(probe.risk)),
            .text(probe.risk.upper <= result.bound ? "yes" : "no"),
            probe.riskyDay.map { .number(Double($0), decimals: 0) } ?? .missing,
            date.map { .day($0) } ?? .missing,
            .text(probe.isFresh ? "fresh" : "search"),
          ], isChosen: probe == result.value)
      })
  }

  var figure: ChartFigure {
    let axis = WrittenAxis(result.probes.map(\.value))
    let kinds = ["search", "fresh rehearsals"]
    let colours = [palette.colour(of: result.variant), ChartTheme.variantColours[4]]
    let columns: [ChartTable.Column] = [
      .init(field: "series", title: "Rehearsals", meaning: "Those of the search, or fresh ones."),
      .init(field: "written", title: result.input.title, meaning: "Value of the parameter."),
      .init(
        field: "place", title: "Place", unit: axis.unit, meaning: "The value as a number.",
        form: .significant),
      .init(
        field: "value", title: "P(exhaustion), %", unit: "%", meaning: "Share of rehearsals.",
        form: .decimals(1)),
      .init(
        field: "lower", title: "Lower end, %", unit: "%",
        meaning: "Lower end of Wilson's interval.",
        form: .decimals(1)),
      .init(
        field: "upper", title: "Upper end, %", unit: "%",
        meaning: "Upper end of Wilson's interval.",
        form: .decimals(1)),
    ]
    let rows = kinds.enumerated().flatMap { index, kind in
      result.probes.filter { $0.isFresh == (index == 1) }.compactMap { probe -> [ChartValue]? in
        guard let place = axis.place(of: probe.value) else { return nil }
        return [
          .text(kind), .text(probe.value), .number(place), .number(100 * probe.risk.share),
          .number(100 * probe.risk.lower), .number(100 * probe.risk.upper),
        ]
      }
    }
    let table = ChartTable(columns: columns, rows: rows)
    let title =
      result.value.map { value in
        "\(value.value) keeps the risk under \(shareText(result.bound))"
          + (result.next.map { ", \($0.value) is not shown to" } ?? "")
      }
      ?? "No value is shown to keep the risk under \(shareText(result.bound)) while its neighbour does not"
    let chosen = result.value.flatMap { axis.place(of: $0.value) }
    let neighbour = result.next.flatMap { axis.place(of: $0.value) }
    var between: ClosedRange<Double>?
    if let chosen, let neighbour {
      between = min(chosen, neighbour)...max(chosen, neighbour)
    }
    return ChartFigure(
      id: "safe-value", title: title,
      subtitle:
        "P(exhaustion) of \(palette.title(of: result.variant)) at each value tried, with Wilson's 95 % interval; "
        + "dashed: the bound, which the upper end must keep under; grey band: from the last value that does not to "
        + "the first that does",
      description: title + ". Points with intervals against the bound.",
      panels: [
        .init(
          specification: CurveChart(
            title: title, subtitle: "P(exhaustion)",
            xTitle: axis.unit.isEmpty ? result.input.title : "\(result.input.title), \(axis.unit)",
            yTitle: "P(exhaustion), %", series: kinds, colours: colours, rows: table.values,
            level: (100 * result.bound, "bound \(shareText(result.bound))"), between: between,
            domain: [0, 100]
          ).specification)
      ],
      key: zip(kinds, colours).map { .init(label: $0, colour: $1, sign: .line) },
      keyIsNeeded: true, table: table, drawing: .lines(x: "place", y: "value", by: "series"))
  }
}
