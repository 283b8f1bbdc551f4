public import Experiments

extension ReportDocument {
  /// Where along one parameter a verdict tips.
  public init(_ result: TippingResult, in frame: SweepFrame) {
    let reading = TippingReading(result: result, frame: frame)
    self.init(
      frame, answer: reading.answer, advice: reading.advice,
      facts: [result.method], opening: [.figure(reading.figure)],
      sections: [
        Section(id: "points-section", title: "All points", blocks: [.table(reading.points)])
      ], inputs: [result.input], shown: ["points"])
  }
}

/// What a search for a tipping point says.
struct TippingReading {
  let result: TippingResult
  let frame: SweepFrame

  private var palette: VariantPalette { frame.palette }

  private var variant: String {
    switch result.question {
    case .risk(let variant, _), .measure(_, let variant, _), .difference(_, let variant, _): variant
    }
  }

  /// What is looked at, as the title of an axis.
  private var what: String {
    switch result.question {
    case .risk: "P(exhaustion)"
    case .measure(let measure, _, _): measure.title
    case .difference(let measure, let variant, let against):
      "\(measure.title), \(palette.title(of: variant)) less \(palette.title(of: against))"
    }
  }

  private var scale: MeasureScale {
    let isDifference = if case .difference = result.question { true } else { false }
    return MeasureScale(
      result.unit, of: result.points.map(\.estimate) + [result.level], isDifference: isDifference)
  }

  var answer: String { result.sentence { palette.title(of: $0) } }

  var advice: String {
    switch result.outcome {
    case .tips:
      let ends = result.between.joined(separator: " and ")
      return
        "Keep \(result.input.title.lowercasedStart) out of the band between \(ends) and on the side you want: "
        + "within it noise keeps the verdict open"
    case .below, .above:
      return "The verdict holds over the whole range; only a wider --range could turn it"
    case .undecided:
      return "No advice yet: the ends of the range must be clear before anything between them is"
    }
  }

  /// Every point looked at.
  var points: ReportTable {
    ReportTable(
      "points", title: "All points",
      columns: [
        .text("value", result.input.title, "Value of the parameter."),
        .interval(
          "estimate", scale.titled(what), unit: scale.unit,
          "Mean or share over rehearsals, with an interval that leaves room for all points and looks."
        ),
        .text("side", "Side", "On which side of the level it lies."),
        .number("rehearsals", "Rehearsals", unit: "", "Rehearsals at the point."),
      ],
      rows: result.points.map { point in
        let side =
          point.upper < result.level
          ? "below" : point.lower > result.level ? "above" : "cannot be told"
        return ReportTable.Row([
          .text(point.value), .figure(scale.text(point.estimate, point.lower, point.upper)),
          .text(side), .number(Double(point.replications), decimals: 0),
        ])
      })
  }

  var figure: ChartFigure {
    let axis = WrittenAxis(result.points.map(\.value) + result.between)
    let columns: [ChartTable.Column] = [
      .init(field: "series", title: "What", meaning: "What is looked at."),
      .init(field: "written", title: result.input.title, meaning: "Value of the parameter."),
      .init(
        field: "place", title: "Place", unit: axis.unit, meaning: "The value as a number.",
        form: .significant),
      .init(
        field: "value", title: scale.titled(what), unit: scale.unit,
        meaning: "Mean or share over rehearsals.", form: .significant),
      .init(
        field: "lower", title: "Lower end", unit: scale.unit,
        meaning: "Lower end of an interval that leaves room for all points and looks.",
        form: .significant),
      .init(
        field: "upper", title: "Upper end", unit: scale.unit,
        meaning: "Upper end of an interval that leaves room for all points and looks.",
        form: .significant),
      .init(
        field: "count", title: "Rehearsals", meaning: "Rehearsals at the point.", form: .whole),
    ]
    let factor = scale.factor
    let rows = result.points.compactMap { point -> [ChartValue]? in
      guard let place = axis.place(of: point.value) else { return nil }
      return [
        .text(what), .text(point.value), .number(place), .number(factor * point.estimate),
        .number(factor * point.lower), .number(factor * point.upper),
        .number(Double(point.replications)),
      ]
    }
    let table = ChartTable(columns: columns, rows: rows)
    let ends = result.between.compactMap { axis.place(of: $0) }
    let title: String
    switch result.outcome {
    case .tips:
      title =
        "The verdict tips between \(result.between.joined(separator: " and "))"
        + (result.estimate.map { ", at about \($0)" } ?? "")
    case .below, .above:
      title = "It stays \(result.outcome.rawValue) the level over the whole range"
    case .undecided: title = "The ends of the range cannot be told from the level"
    }
    let isShare = result.unit == "share" && scale.unit == "%"
    return ChartFigure(
      id: "tipping", title: title,
      subtitle:
        "\(what) at each value tried, with an interval that leaves room for all points and looks together; dashed: "
        + "the level; grey band: where it tips",
      description: title + ". A line with intervals against the level.",
      panels: [
        .init(
          specification: CurveChart(
            title: title, subtitle: what,
            xTitle: axis.unit.isEmpty ? result.input.title : "\(result.input.title), \(axis.unit)",
            yTitle: scale.titled(what), series: [what], colours: [palette.colour(of: variant)],
            rows: table.values,
            level: (
              factor * result.level,
              isShare
                ? shareText(result.level) : "\(plainText(factor * result.level)) \(scale.unit)"
            ),
            between: ends.count == 2 ? min(ends[0], ends[1])...max(ends[0], ends[1]) : nil,
            domain: isShare ? [0, 100] : nil
          ).specification)
      ], table: table, drawing: .lines(x: "place", y: "value", by: "series"))
  }
}
