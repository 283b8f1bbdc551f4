import Experiments

extension ChartFigure {
  /// Share of scheduled time at work, by team and week: a heat map for each variant.
  static func occupancy(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure? {
    let study = reading.study
    guard study.variants.contains(where: { $0.teams.contains { !$0.occupancy.isEmpty } }) else {
      return nil
    }
    let columns: [ChartTable.Column] = [
      .init(field: "title", title: "Variant"), .init(field: "team", title: "Team"),
      .init(
        field: "week", title: "Week", meaning: "Week of the horizon, from 1.", form: .decimals(0)),
      .init(
        field: "mean", title: "Mean occupancy",
        meaning: "Share of scheduled time at work, mean over rehearsals.", form: .share),
      .init(field: "q10", title: "10 %", meaning: "10 % quantile over rehearsals.", form: .share),
      .init(field: "q90", title: "90 %", meaning: "90 % quantile over rehearsals.", form: .share),
    ]
    func rows(_ variant: VariantResult) -> [[ChartValue]] {
      variant.teams.flatMap { team in
        drawnWeeks(team.occupancy).map { week, band in
          [
            .text(palette.title(of: variant.name)), .text(team.name), .number(Double(week + 1)),
            .number(band.mean), ChartValue(band.quantiles.count > 5 ? band.quantiles[1] : nil),
            ChartValue(band.quantiles.count > 5 ? band.quantiles[5] : nil),
          ]
        }
      }
    }
    let title = occupancyFinding(reading, palette: palette)
    let table = ChartTable(columns: columns, rows: study.variants.flatMap(rows))
    let weeks = (study.horizonDays + 4) / 5
    let step = max(1, (weeks + 25) / 26)
    let shown = table.rows.indices.filter { row in
      guard case .number(let week) = table.rows[row][2] else { return false }
      return (Int(week) - 1) % step == 0
    }
    return ChartFigure(
      id: "occupancy", title: title,
      subtitle:
        "Share of scheduled working time that people are at work, by team and week, in per cent; "
        + "mean over rehearsals",
      description: title + ". One table-like heat map for each variant, teams in rows, weeks in "
        + "columns; the numbers stand in the cells.",
      panels: study.variants.map { variant in
        let name = palette.title(of: variant.name)
        return Panel(
          title: name,
          specification: occupancySpecification(
            ChartTable(columns: columns, rows: rows(variant)), variant: variant, title: name))
      },
      hasWidePanels: true, table: table, shownRows: step == 1 ? nil : shown,
      shownRowsNote: "every \(ordinalText(step)) week")
  }
}

private func occupancySpecification(
  _ table: ChartTable, variant: VariantResult, title: String
) -> ChartSpecification {
  let x = Channel(
    field: "week", type: .ordinal, title: "Week",
    axis: .some(Axis(ticks: false, domain: false, labelOverlap: true, labelAngle: 0)))
  let y = Channel.word(
    "team", title: "", axis: .some(Axis(labelLimit: 110)),
    scale: Scale(domain: .words(variant.teams.map(\.name))))
  return ChartSpecification(
    title: .init(text: "Occupancy by week", subtitle: title),
    description: "Occupancy by team and week under \(title).", height: 28 * variant.teams.count,
    data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .rect),
        Encoding(
          x: x, y: y,
          color: Channel(
            field: "mean", type: .quantitative,
            scale: Scale(domain: .numbers([0, 1]), scheme: "blues"), legend: .null),
          tooltip: [
            .word("team", title: "Team"), .number("week", title: "Week"),
            .number("mean", title: "Mean", format: ".1%"),
            .number("q10", title: "10 %", format: ".1%"),
            .number("q90", title: "90 %", format: ".1%"),
          ])),
      Layer(
        Mark(type: .text, opacity: .expression("bandwidth('x') < 19 ? 0 : 1"), fontSize: 11),
        Encoding(
          x: x, y: y,
          color: Channel(
            value: .colour("#111111"), condition: .init(test: "datum.mean > 0.6", value: "#ffffff")),
          text: Channel(field: "percent", type: .quantitative, format: ".0f")),
        calculating: ("percent", "100 * datum.mean")),
    ])
}

/// Weeks that are drawn: all of a year, of a longer horizon every second, third and so on, and the last.
private func drawnWeeks(_ weeks: [Band]) -> [(week: Int, band: Band)] {
  let step = max(1, (weeks.count + 51) / 52)
  return weeks.enumerated().filter { $0.offset % step == 0 || $0.offset == weeks.count - 1 }
    .map { ($0.offset, $0.element) }
}

private func occupancyFinding(_ reading: StudyReading, palette: VariantPalette) -> String {
  let busiest = reading.study.variants.flatMap { variant in
    variant.teams.flatMap { team in
      team.occupancy.enumerated().map {
        (variant: palette.title(of: variant.name), team: team.name, week: $0 + 1, mean: $1.mean)
      }
    }
  }.max { $0.mean < $1.mean }
  guard let busiest else { return "Occupancy by week" }
  return "\(busiest.team) is busiest: \(shareText(busiest.mean)) in week \(busiest.week) under "
    + busiest.variant
}
