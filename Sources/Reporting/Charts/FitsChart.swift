import Calibration

extension ChartFigure {
  /// Quantiles of working times that were seen against those of the best family, a small chart for each
  /// activity or what else `subject` says, such as `automation`; `nil` where no family was tried.
  static func fits(
    _ times: [(name: String, fit: TimeFit)],
    of subject: (singular: String, plural: String) = ("activity", "activities")
  ) -> ChartFigure? {
    let most = 12
    let tried = times.enumerated().filter { !$0.element.fit.residuals.isEmpty }
      .sorted { ($1.element.fit.count, $0.offset) < ($0.element.fit.count, $1.offset) }
      .prefix(most).map(\.element)
    guard !tried.isEmpty else { return nil }
    let columns: [ChartTable.Column] = [
      .init(
        field: subject.singular,
        title: subject.singular.prefix(1).uppercased() + subject.singular.dropFirst(),
        meaning: "The \(subject.singular)."),
      .init(field: "family", title: "Family", meaning: "The best family by AIC."),
      .init(
        field: "share", title: "Share below", meaning: "Share below the quantile.", form: .share),
      .init(
        field: "fitted", title: "Fitted, min", unit: "min", meaning: "Quantile of the best family.",
        form: .decimals(2)),
      .init(
        field: "observed", title: "Seen, min", unit: "min",
        meaning: "Quantile of the observations.",
        form: .decimals(2)),
    ]
    func rows(_ time: (name: String, fit: TimeFit)) -> [[ChartValue]] {
      time.fit.residuals.map { residual in
        [
          .text(time.name), .text(time.fit.bestFamily ?? ""), .number(residual.share),
          .number(residual.fitted / 60), .number(residual.observed / 60),
        ]
      }
    }
    let refused = tried.count { $0.fit.family != $0.fit.bestFamily }
    let title =
      refused == 0
      ? "Working times lie as their distributions say"
      : "Of \(tried.count) \(subject.plural) \(refused) fit no family and are drawn from what was seen"
    return ChartFigure(
      id: "fit-quantiles", title: title,
      subtitle:
        "Quantiles from 5 % to 95 % of the working times that were seen against those of the best family; on "
        + "the line they are equal, the distance from it is the residual. At most \(most) \(subject.plural), those "
        + "with most observations",
      description: title
        + ". Quantiles seen against quantiles fitted, one chart for each \(subject.singular).",
      panels: tried.map { time in
        Panel(
          title: time.name,
          specification: quantileSpecification(
            ChartTable(columns: columns, rows: rows(time)), title: time.name))
      },
      table: ChartTable(columns: columns, rows: tried.flatMap(rows)),
      drawing: .lines(x: "fitted", y: "observed", by: subject.singular))
  }
}

private func quantileSpecification(_ table: ChartTable, title: String) -> ChartSpecification {
  let x = Channel.number(
    "fitted", title: "Fitted, min", axis: .some(Axis(grid: false, tickCount: 4)))
  let y = Channel.number("observed", title: "Seen, min", axis: .some(Axis(tickCount: 4)))
  let line = Channel.number("fitted", title: "Seen, min", axis: .some(Axis(tickCount: 4)))
  return ChartSpecification(
    title: .init(text: title, subtitle: "Quantiles seen against fitted"),
    description: "Quantiles of \(title), seen against fitted.", height: 160,
    data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .line, color: ChartTheme.baselineColour, strokeWidth: 1), Encoding(x: x, y: line)
      ),
      Layer(
        Mark(type: .point, color: ChartTheme.variantColours[0], filled: true, size: 40),
        Encoding(
          x: x, y: y,
          tooltip: [
            .number("share", title: "Share below", format: ".0%"),
            .number("fitted", title: "Fitted, min", format: ".2f"),
            .number("observed", title: "Seen, min", format: ".2f"),
          ])),
    ])
}
