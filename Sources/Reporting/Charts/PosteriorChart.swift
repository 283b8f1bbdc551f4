import Calibration

/// Probabilities of one thing, such as an automation.
struct PosteriorGroup {
  /// The thing, as people name it.
  var name: String
  /// What may happen to it, and how probable that is.
  var posteriors: [(series: String, posterior: BetaPosterior)]
}

extension ChartFigure {
  /// Probabilities with their credible intervals, the things that were seen most often first; `nil` of none.
  ///
  /// - Parameters:
  ///   - title: states the finding.
  ///   - subject: head of the column of things, such as `Automation`.
  ///   - series: what may happen, in the order of lanes and colours.
  static func posteriors(
    _ id: String, title: String, subtitle: String, of subject: String, series: [String],
    _ groups: [PosteriorGroup]
  ) -> ChartFigure? {
    let most = 24
    let known = groups.filter { !$0.posteriors.isEmpty }
    guard !known.isEmpty else { return nil }
    let columns: [ChartTable.Column] = [
      .init(field: "name", title: subject, meaning: "What the probability is of."),
      .init(field: "series", title: "What happens", meaning: "What the probability is for."),
      .init(
        field: "successes", title: "Times", meaning: "How often it happened.", form: .decimals(0)),
      .init(
        field: "trials", title: "Of", meaning: "How often it could have happened.",
        form: .decimals(0)),
      .init(
        field: "value", title: "Probability, %", unit: "%",
        meaning: "Mean of the Beta posterior with Jeffreys' prior.", form: .decimals(2)),
      .init(
        field: "lower", title: "Lower end, %", unit: "%",
        meaning: "Lower end of its credible interval of 95 %.", form: .decimals(2)),
      .init(
        field: "upper", title: "Upper end, %", unit: "%",
        meaning: "Upper end of its credible interval of 95 %.", form: .decimals(2)),
    ]
    func rows(_ groups: [PosteriorGroup]) -> [[ChartValue]] {
      groups.flatMap { group in
        group.posteriors.map { name, posterior in
          [
            .text(group.name), .text(name), .number(Double(posterior.successes)),
            .number(Double(posterior.trials)), .number(100 * posterior.mean),
            .number(100 * posterior.lower), .number(100 * posterior.upper),
          ]
        }
      }
    }
    func trials(_ group: PosteriorGroup) -> Int {
      group.posteriors.map(\.posterior.trials).max() ?? 0
    }
    let kept = known.indices.sorted { (trials(known[$1]), $0) < (trials(known[$0]), $1) }
      .prefix(most).sorted()
    let drawn = kept.map { known[$0] }
    let lanes = series.filter { name in
      drawn.contains { $0.posteriors.contains { $0.series == name } }
    }
    let colours = lanes.indices.map {
      ChartTheme.variantColours[$0 % ChartTheme.variantColours.count]
    }
    let rest = known.count - drawn.count
    return ChartFigure(
      id: id, title: title,
      subtitle: subtitle
        + (rest > 0
          ? ". Drawn are the \(drawn.count) that were seen most often; all are in the table" : ""),
      description: "\(title). A point and an interval for each probability.",
      panels: [
        .init(
          specification: IntervalChart(
            title: title, subtitle: subtitle, axis: "Probability, %", names: drawn.map(\.name),
            series: lanes, colours: colours,
            rows: ChartTable(columns: columns, rows: rows(drawn)).values
          ).specification)
      ],
      key: lanes.count > 1
        ? zip(lanes, colours).map { .init(label: $0, colour: $1, sign: .line) } : [],
      keyIsNeeded: true, table: ChartTable(columns: columns, rows: rows(known)))
  }
}
