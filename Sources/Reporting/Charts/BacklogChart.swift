import Experiments

extension ChartFigure {
  /// Remaining work of a team over the horizon, a small chart for each variant on one scale: bands of
  /// 50, 80 and 95 %, the work the team can do in the days ahead, and the fluid curve.
  static func backlog(ofTeam name: String, _ reading: StudyReading, palette: VariantPalette)
    -> ChartFigure?
  {
    let study = reading.study
    let results = study.variants.compactMap { variant in
      variant.teams.first { $0.name == name }.map { (variant: variant, team: $0) }
    }
    guard let any = results.first?.team, !any.backlogHours.isEmpty else { return nil }
    let table = ChartTable(
      columns: backlogColumns,
      rows: results.flatMap { result in
        backlogRows(
          result.team, title: palette.title(of: result.variant.name), days: study.horizonDays)
      })
    let top = results.flatMap { $0.team.backlogHours.map { $0.quantiles.last ?? 0 } }.max() ?? 0
    let reach = max(
      top, results.flatMap(\.team.scheduledHoursAhead).max() ?? 0,
      results.flatMap(\.team.fluid.backlogHours).max() ?? 0)
    let title = backlogFinding(name, results.map { ($0.variant, $0.team) }, palette: palette)
    let weekly = table.rows.indices.filter { row in
      guard case .number(let day) = table.rows[row][1] else { return false }
      return Int(day) % shownStep(of: study.horizonDays) == 0 || Int(day) == study.horizonDays
    }
    let days = study.exhaustionRule.backlogDays
    return ChartFigure(
      id: "backlog-\(identifier(name))", title: title,
      subtitle:
        "Work waiting at \(name) at the close of each working day, in hours of work: median "
        + "and the bands that hold 50, 80 and 95 % of rehearsals. One scale for all variants",
      description: title + ". One fan chart for each variant, of the hours of work that remain at "
        + "\(name) over \(study.horizonDays) working days.",
      panels: results.map { result in
        let title = palette.title(of: result.variant.name)
        return Panel(
          title: title,
          specification: backlogSpecification(
            rows: backlogRows(result.team, title: title, days: study.horizonDays), team: name,
            variant: title,
            colour: palette.colour(of: result.variant.name), top: reach, days: study.horizonDays))
      },
      key: [
        KeyEntry(
          label: "median, 50, 80 and 95 % of rehearsals", colour: "currentColor", sign: .band),
        KeyEntry(
          label: "work the team can do in the next \(days) working days", colour: "currentColor",
          sign: .dashes),
        KeyEntry(label: "arithmetic without chance (fluid)", colour: "currentColor", sign: .dots),
      ],
      keyIsNeeded: true, table: table, shownRows: weekly,
      shownRowsNote: shownStepText(of: study.horizonDays),
      drawing: .lines(x: "day", y: "q50", by: "title"))
  }
}

private let backlogColumns: [ChartTable.Column] =
  [
    .init(field: "title", title: "Variant", meaning: "Title of the variant."),
    .init(
      field: "day", title: "Working day",
      meaning: "Working day from 1; all numbers are of its close.", form: .decimals(0)),
  ]
  + [
    ("q025", "2.5 %", "Quantile over rehearsals of the work waiting."),
    ("q10", "10 %", "Quantile over rehearsals of the work waiting."),
    ("q25", "25 %", "Quantile over rehearsals of the work waiting."),
    ("q50", "Median", "Median over rehearsals of the work waiting."),
    ("q75", "75 %", "Quantile over rehearsals of the work waiting."),
    ("q90", "90 %", "Quantile over rehearsals of the work waiting."),
    ("q975", "97.5 %", "Quantile over rehearsals of the work waiting."),
    ("mean", "Mean", "Mean over rehearsals of the work waiting."),
    (
      "capacity", "Capacity ahead",
      "Work the team can do in the days that the backlog rule looks ahead."
    ),
    ("fluid", "Fluid", "Work waiting by arithmetic without chance."),
  ].map { field, title, meaning in
    .init(field: field, title: "\(title), h", unit: "h", meaning: meaning, form: .coarse)
  }

private func backlogRows(_ team: TeamResult, title: String, days: Int) -> [[ChartValue]] {
  let rows = team.backlogHours.enumerated().map { day, band in
    let quantiles = Band.probabilities.indices.map { index in
      ChartValue(index < band.quantiles.count ? band.quantiles[index] : nil)
    }
    return [.text(title), .number(Double(day + 1))] + quantiles
      + [
        .number(band.mean),
        ChartValue(day < team.scheduledHoursAhead.count ? team.scheduledHoursAhead[day] : nil),
        ChartValue(day < team.fluid.backlogHours.count ? team.fluid.backlogHours[day] : nil),
      ]
  }
  return drawnDays(of: days, rows) { $0[1] }
}

private func backlogSpecification(
  rows: [[ChartValue]], team: String, variant: String, colour: String, top: Double, days: Int
) -> ChartSpecification {
  let table = ChartTable(columns: backlogColumns, rows: rows)
  let x = Channel.number(
    "day", title: "Working day",
    axis: .some(Axis(values: dayTicks(days), grid: false)),
    scale: Scale(domain: .numbers([0, Double(days)]), nice: false))
  func y(_ field: String) -> Channel {
    .number(
      field, title: "Hours of work", axis: .some(Axis(tickCount: 4)),
      scale: Scale(domain: .numbers([0, top]), nice: true))
  }
  func band(_ lower: String, _ upper: String) -> Layer {
    Layer(
      Mark(type: .area, opacity: .value(0.18), color: colour),
      Encoding(x: x, y: y(lower), y2: Channel(field: upper)))
  }
  let tooltip: [Channel] = [
    .number("day", title: "Working day"), .number("q50", title: "Median, h", format: ".1f"),
    .number("q025", title: "2.5 %, h", format: ".1f"),
    .number("q975", title: "97.5 %, h", format: ".1f"),
    .number("capacity", title: "Capacity ahead, h", format: ".1f"),
    .number("fluid", title: "Fluid, h", format: ".1f"),
  ]
  return ChartSpecification(
    title: .init(text: "Backlog of \(team)", subtitle: variant),
    description: "Backlog of \(team) under \(variant).", height: 180,
    data: ChartData(values: table.values),
    layer: [
      band("q025", "q975"), band("q10", "q90"), band("q25", "q75"),
      Layer(Mark(type: .line, color: colour, strokeWidth: 2), Encoding(x: x, y: y("q50"))),
      Layer(
        Mark(
          type: .line, opacity: .value(0.8), color: "currentColor", strokeWidth: 1,
          strokeDash: [5, 4]),
        Encoding(x: x, y: y("capacity"))),
      Layer(
        Mark(type: .line, color: "currentColor", strokeWidth: 1.5, strokeDash: [1, 3]),
        Encoding(x: x, y: y("fluid"))),
      Layer(
        Mark(type: .point, opacity: .value(0), size: 60),
        Encoding(x: x, y: y("q50"), tooltip: tooltip)),
    ])
}

private func backlogFinding(
  _ name: String, _ results: [(variant: VariantResult, team: TeamResult)], palette: VariantPalette
) -> String {
  let ends = results.compactMap { result -> (title: String, median: Double, ahead: Double)? in
    guard let last = result.team.backlogHours.last, last.quantiles.count > 3 else { return nil }
    return (
      palette.title(of: result.variant.name), last.quantiles[3],
      result.team.scheduledHoursAhead.last ?? 0
    )
  }
  guard let most = ends.max(by: { $0.median < $1.median }) else { return "Backlog of \(name)" }
  guard most.median > 0.05 else { return "\(name) ends with nothing waiting in every variant" }
  let hours = numberText(most.median, decimals: most.median < 10 ? 1 : 0)
  return "\(name): most waits at the end under \(most.title), \(hours) h of work in the median"
}

/// A name as it may stand in an identifier of the page: letters, digits and hyphens.
func identifier(_ name: String) -> String {
  var text = ""
  for scalar in name.lowercased().unicodeScalars {
    let isPlain = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    // Other characters are written as their number, so that two names never share an identifier.
    text += isPlain ? String(scalar) : scalar == "_" ? "-" : "-\(String(scalar.value, radix: 16))-"
  }
  return text
}
