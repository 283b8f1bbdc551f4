import Experiments
import Scenarios

extension ChartFigure {
  /// Probability that exhaustion has begun, by working day: steps with their Wilson band, and the date
  /// that arithmetic alone gives.
  static func exhaustion(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure {
    let study = reading.study
    let variants = study.variants.filter { !$0.exhaustion.isInapplicable }
    let table = ChartTable(
      columns: [
        .init(field: "variant", title: "Variant", meaning: "Name of the variant in the scenario."),
        .init(field: "title", title: "Title", meaning: "Title of the variant."),
        .init(
          field: "day", title: "Working day",
          meaning: "Working day from day 0; 0 is the beginning.", form: .decimals(0)),
        .init(
          field: "share", title: "P(exhausted)",
          meaning: "Share of rehearsals in which exhaustion has begun.", form: .share),
        .init(
          field: "lower", title: "Lower end", meaning: "Lower end of its Wilson interval.",
          form: .share),
        .init(
          field: "upper", title: "Upper end", meaning: "Upper end of its Wilson interval.",
          form: .share),
        .init(
          field: "count", title: "Rehearsals", meaning: "Rehearsals in which it has begun.",
          form: .decimals(0)),
        .init(field: "n", title: "Of", meaning: "Rehearsals in all.", form: .decimals(0)),
      ],
      rows: variants.flatMap { variant in
        drawnDays(
          of: study.horizonDays, exhaustionRows(variant, title: palette.title(of: variant.name))
        ) { $0[2] }
      })
    let weekly = table.rows.indices.filter { row in
      guard case .number(let day) = table.rows[row][2] else { return false }
      return Int(day) % shownStep(of: study.horizonDays) == 0 || Int(day) == study.horizonDays
    }
    return ChartFigure(
      id: "exhaustion", title: reading.exhaustionFinding(palette),
      subtitle: "Share of rehearsals in which \(reading.definitionText), by working day, with "
        + "pointwise \(reading.level) Wilson bands over \(countText(study.replications)) rehearsals"
        + (fluidDates(reading, palette: palette).isEmpty
          ? "" : "; dashed: the date that arithmetic without chance gives"),
      description: reading.exhaustionDescription(palette),
      panels: [Panel(specification: exhaustionSpecification(reading, table, palette: palette))],
      key: palette.key(of: variants),
      table: table, shownRows: weekly, shownRowsNote: shownStepText(of: study.horizonDays),
      drawing: .lines(x: "day", y: "share", by: "title"))
  }
}

private func exhaustionRows(_ variant: VariantResult, title: String) -> [[ChartValue]] {
  let name: [ChartValue] = [.text(variant.name), .text(title)]
  let none = ProbabilityEstimate(count: 0, of: variant.exhaustion.byHorizon.n)
  let start =
    name + [
      .number(0), .number(0), .number(none.lower), .number(none.upper), .number(0),
      .number(Double(none.n)),
    ]
  return [start]
    + variant.exhaustion.byDay.enumerated().map { day, estimate in
      name + [
        .number(Double(day + 1)), .number(estimate.share), .number(estimate.lower),
        .number(estimate.upper), .number(Double(estimate.count)), .number(Double(estimate.n)),
      ]
    }
}

private func exhaustionSpecification(
  _ reading: StudyReading, _ table: ChartTable, palette: VariantPalette
) -> ChartSpecification {
  let days = Double(reading.study.horizonDays)
  let height = 272.0
  let labels = endLabels(reading, palette: palette, distance: 16 / height)
  let room = labelWidth(palette.titles) + 16
  let narrow = "width < \(Int(room) + 320)"
  let x = Channel.number(
    "day", title: "Working days from day 0",
    axis: .some(Axis(values: dayTicks(reading.study.horizonDays), domain: false)),
    scale: Scale(
      domainMax: .expression("\(narrow) ? \(days) : \(days) * width / (width - \(Int(room)))"),
      domainMin: 0, nice: false))
  let y = Channel.number(
    "share", title: "Probability that exhaustion has begun",
    axis: .some(Axis(format: ".0%", tickCount: 5)), scale: Scale(domain: .numbers([0, 1])))
  let tooltip: [Channel] = [
    .word("title", title: "Variant"), .number("day", title: "Working day"),
    .number("share", title: "Probability", format: ".1%"),
    .number("lower", title: "Lower end", format: ".1%"),
    .number("upper", title: "Upper end", format: ".1%"), .number("count", title: "Rehearsals"),
    .number("n", title: "Of"),
  ]
  var band = y
  band.field = "lower"
  let fluid = fluidDates(reading, palette: palette)
  var layers = [
    Layer(
      Mark(type: .area, interpolate: "step-after", opacity: .value(0.15)),
      Encoding(x: x, y: band, y2: Channel(field: "upper"), color: palette.channel)),
    Layer(
      Mark(type: .line, interpolate: "step-after", strokeWidth: 2),
      Encoding(x: x, y: y, color: palette.channel)),
    // Invisible points carry the tooltips: a line has only one.
    Layer(
      Mark(type: .point, opacity: .value(0), size: 80),
      Encoding(x: x, y: y, color: palette.channel, tooltip: tooltip)),
  ]
  if !fluid.isEmpty {
    let rows = ChartData(values: fluid.map(\.row))
    layers.append(
      Layer(
        Mark(type: .rule, strokeWidth: 1.5, strokeDash: [5, 4]),
        Encoding(x: x, color: palette.channel), data: rows))
    // A label stands on the side of its rule where there is room.
    for (isLate, align, dx) in [(true, "right", -5.0), (false, "left", 5)] {
      let rows = fluid.filter { $0.isLate == isLate }.map(\.row)
      guard !rows.isEmpty else { continue }
      layers.append(
        Layer(
          Mark(type: .text, align: align, baseline: "middle", dx: dx),
          Encoding(x: x, y: y, text: Channel(field: "label")), data: ChartData(values: rows)))
    }
  }
  // Clipped, so that labels without room do not squeeze the chart.
  layers += [
    Layer(
      Mark(
        type: .text, clip: true, opacity: .expression("\(narrow) ? 0 : 1"), align: "left",
        baseline: "middle", dx: 22),
      Encoding(x: x, y: y, text: Channel(field: "title")), data: ChartData(values: labels)),
    Layer(
      Mark(
        type: .text, clip: true, opacity: .expression("\(narrow) ? 0 : 1"), align: "left",
        baseline: "middle", dx: 8, fontWeight: 700),
      Encoding(x: x, y: y, color: palette.channel, text: Channel(field: "dash")),
      data: ChartData(values: labels)),
  ]
  return ChartSpecification(
    title: .init(
      text: reading.exhaustionFinding(palette), subtitle: "Probability of exhaustion by working day"
    ),
    description: reading.exhaustionDescription(palette), height: Int(height),
    data: ChartData(values: table.values), layer: layers)
}

private func endLabels(_ reading: StudyReading, palette: VariantPalette, distance: Double)
  -> [ChartRow]
{
  let variants = reading.study.variants.filter { !$0.exhaustion.isInapplicable }
  let places = spreadLabels(
    variants.map(\.exhaustion.byHorizon.share), distance: distance,
    within: distance / 2...(1 - distance / 2))
  return zip(variants, places).map { variant, place in
    ChartRow(cells: [
      ("title", .text(palette.title(of: variant.name))), ("dash", .text("—")),
      ("day", .number(Double(reading.study.horizonDays))), ("share", .number(place)),
    ])
  }
}

/// The dates that arithmetic gives, one row a variant that has one, and whether it is a late one.
private func fluidDates(_ reading: StudyReading, palette: VariantPalette)
  -> [(row: ChartRow, isLate: Bool)]
{
  let dates = reading.study.variants.compactMap { variant in
    reading.fluidDate(variant).map { (title: palette.title(of: variant.name), day: $0.day) }
  }
  return dates.enumerated().map { index, date in
    let row = ChartRow(cells: [
      ("title", .text(date.title)), ("day", .number(Double(date.day))),
      ("share", .number(0.97 - 0.06 * Double(index))),
      ("label", .text("arithmetic: day \(date.day)")),
    ])
    return (row, 2 * date.day > reading.study.horizonDays)
  }
}

extension StudyReading {
  /// The working day, from 1, on which the fluid backlog of a watched team begins to exceed the hours of
  /// the days ahead for as long as the rule asks; `nil` where none does within the horizon.
  ///
  /// The rule is that of definition *backlog*, applied to the fluid curve.
  func fluidDate(_ variant: VariantResult) -> (day: Int, team: String)? {
    let needed = study.exhaustionRule.confirmedDays
    return variant.teams.filter(\.isWatched).compactMap { team -> (day: Int, team: String)? in
      var run = 0
      for (day, pair) in zip(team.fluid.backlogHours, team.scheduledHoursAhead).enumerated() {
        run = pair.0 > pair.1 ? run + 1 : 0
        if run >= needed { return (day - run + 2, team.name) }
      }
      return nil
    }.min { ($0.day, $0.team) < ($1.day, $1.team) }
  }

  /// When a queue counts as exhausted, as a clause.
  var definitionText: String {
    let rule = study.exhaustionRule
    switch rule.decides {
    case .saturation:
      return "the expected work of a watched team reaches its hours for four weeks"
    case .service:
      return
        "more than \(exactShare(rule.serviceShare)) of the tickets of a watched team that were due "
        + "in \(rule.serviceWindow) weeks were late, for \(rule.serviceWeeks) weeks running"
    case .backlog:
      return "a watched team has more work waiting than it can do in "
        + "\(rule.backlogDays) working days, for \(rule.confirmedDays) days running"
    case .netWork:
      let saving =
        rule.netWorkSavingSeconds > 0
        ? ", less \(durationText(hours: rule.netWorkSavingSeconds / 3600))," : ""
      return "people work more per case than in the baseline\(saving) for "
        + "\(rule.netWorkCohorts) weekly cohorts running"
    }
  }

  /// The finding of the first picture in one line.
  func exhaustionFinding(_ palette: VariantPalette) -> String {
    guard let worst, worst.exhaustion.byHorizon.count > 0 else {
      return "No variant is exhausted within \(horizon)"
    }
    let risk = FigureText(worst.exhaustion.byHorizon).value
    let text = "\(palette.title(of: worst.name)): exhausted in \(risk) of rehearsals by \(horizon)"
    guard let best, best.name != worst.name else { return text }
    return text
      + "; \(palette.title(of: best.name)): \(FigureText(best.exhaustion.byHorizon).value)"
  }

  /// The first picture in words.
  func exhaustionDescription(_ palette: VariantPalette) -> String {
    let parts = study.variants.filter { !$0.exhaustion.isInapplicable }.map { variant in
      "\(palette.title(of: variant.name)) ends at \(FigureText(variant.exhaustion.byHorizon).text)"
    }
    return "Step curves of the probability of exhaustion over \(study.horizonDays) working days. "
      + parts.joined(separator: ". ") + "."
  }
}

/// A share in per cent to a tenth, for tables of data.
func exactShare(_ share: Double) -> String { "\(numberText(100 * share, decimals: 1)) %" }
