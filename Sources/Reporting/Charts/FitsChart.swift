import Calibration

extension ChartFigure {
  /// Quantiles of working times that were seen against those of the best family, a small chart for each
  /// activity; `nil` where no family was tried.
  static func fits(_ calibration: LogCalibration) -> ChartFigure? {
    let most = 12
    let tried = calibration.activities.enumerated().filter { !$0.element.time.residuals.isEmpty }
      .sorted { ($1.element.time.count, $0.offset) < ($0.element.time.count, $1.offset) }
      .prefix(most).map(\.element)
    guard !tried.isEmpty else { return nil }
    let columns: [ChartTable.Column] = [
      .init(field: "activity", title: "Activity", meaning: "The activity."),
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
    func rows(_ activity: ActivityFit) -> [[ChartValue]] {
      activity.time.residuals.map { residual in
        [
          .text(activity.name), .text(activity.time.bestFamily ?? ""), .number(residual.share),
          .number(residual.fitted / 60), .number(residual.observed / 60),
        ]
      }
    }
    let refused = tried.count { $0.time.family != $0.time.bestFamily }
    let title =
      refused == 0
      ? "Working times lie as their distributions say"
      : "Of \(tried.count) activities \(refused) fit no family and are drawn from what was seen"
    return ChartFigure(
      id: "fit-quantiles", title: title,
      subtitle:
        "Quantiles from 5 % to 95 % of the working times that were seen against those of the best family; on "
        + "the line they are equal, the distance from it is the residual. At most \(most) activities, those "
        + "with most observations",
      description: title
        + ". Quantiles seen against quantiles fitted, one chart for each activity.",
      panels: tried.map { activity in
        Panel(
          title: activity.name,
          specification: quantileSpecification(
            ChartTable(columns: columns, rows: rows(activity)), title: activity.name))
      },
      table: ChartTable(columns: columns, rows: tried.flatMap(rows)),
      drawing: .lines(x: "fitted", y: "observed", by: "activity"))
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
