import Experiments

extension ChartFigure {
  /// What each variant has gained against the baseline by every week, with the interval of the mean; `nil`
  /// where the scenario says nothing of costs over time.
  static func netBenefit(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure? {
    guard let money = reading.study.costsOverTime, !money.benefits.isEmpty else { return nil }
    let currency = reading.study.currency
    let table = ChartTable(
      columns: [
        .init(field: "title", title: "Variant"),
        .init(field: "week", title: "By week", form: .whole),
        .init(field: "gain", title: "Net benefit, \(currency)", unit: currency, form: .decimals(0)),
        .init(field: "lower", title: "Lower end", unit: currency, form: .decimals(0)),
        .init(field: "upper", title: "Upper end", unit: currency, form: .decimals(0)),
        .init(field: "even", title: "P(paid for itself)", form: .share),
        .init(field: "evenLower", title: "Lower end", form: .share),
        .init(field: "evenUpper", title: "Upper end", form: .share),
      ],
      rows: money.benefits.flatMap { netBenefitRows($0, money, palette: palette) })
    let step = max(1, (money.weeks.count + 25) / 26)
    // Weeks begin with each variant anew; the last says what it comes to.
    let shown = table.rows.indices.filter { row in
      let point = row % max(1, money.weeks.count)
      return point % step == 0 || point == money.weeks.count - 1
    }
    let title = reading.netBenefitFinding(money)
    let rate =
      money.discountRate > 0 ? ", discounted at \(shareText(money.discountRate)) a year" : ""
    return ChartFigure(
      id: "net-benefit", title: title,
      subtitle:
        "Cost of \(reading.title(of: reading.study.baseline)) less that of the variant, summed up by "
        + "week, implementation included, in \(currency)\(rate); bands: \(reading.level) intervals of the "
        + "mean over rehearsals with the same luck. A week bears all that the cases which arrive in it cost",
      description: title
        + ". Lines of the cumulative net benefit of each variant against the baseline over "
        + "\(reading.horizon), against zero.",
      panels: [
        Panel(
          specification: netBenefitSpecification(
            reading, money, table: table, palette: palette, title: title))
      ],
      key: money.benefits.map {
        KeyEntry(
          label: palette.title(of: $0.variant), colour: palette.colour(of: $0.variant), sign: .line)
      },
      table: table, shownRows: step == 1 ? nil : shown,
      shownRowsNote: "every \(ordinalText(step)) week",
      drawing: .lines(x: "week", y: "gain", by: "title"))
  }

}

private func netBenefitRows(
  _ benefit: NetBenefit, _ money: CostsOverTime, palette: VariantPalette
) -> [[ChartValue]] {
  money.weeks.indices.map { point in
    let gain = benefit.cumulative[point]
    let even = benefit.brokenEven[point]
    return [
      .text(palette.title(of: benefit.variant)), .number(money.weeks[point]), .number(gain.mean),
      .number(gain.lower), .number(gain.upper), .number(even.share), .number(even.lower),
      .number(even.upper),
    ]
  }
}

private func netBenefitSpecification(
  _ reading: StudyReading, _ money: CostsOverTime, table: ChartTable, palette: VariantPalette,
  title: String
) -> ChartSpecification {
  let currency = reading.study.currency
  let height = 272.0
  let end = money.weeks.last ?? 1
  let titles = money.benefits.map { palette.title(of: $0.variant) }
  let room = labelWidth(titles) + 16
  let narrow = "width < \(Int(room) + 320)"
  let x = Channel.number(
    "week", title: "Weeks from day 0",
    axis: .some(Axis(values: weekTicks(end), grid: false, domain: false)),
    scale: Scale(
      domainMax: .expression("\(narrow) ? \(end) : \(end) * width / (width - \(Int(room)))"),
      domainMin: 0, nice: false))
  let gains: [Estimate] = money.benefits.flatMap(\.cumulative)
  let ends: [Double] = gains.map(\.lower) + gains.map(\.upper) + [0]
  let range = (ends.min() ?? 0)...(ends.max() ?? 0)
  let y = Channel.number(
    "gain", title: "Net benefit so far, \(currency)", axis: .some(Axis(format: "~s", tickCount: 5)),
    scale: Scale(domain: .numbers([range.lowerBound, range.upperBound]), nice: true))
  var band = y
  band.field = "lower"
  let tooltip: [Channel] = [
    .word("title", title: "Variant"), .number("week", title: "By week"),
    .number("gain", title: "Net benefit, \(currency)", format: ",.0f"),
    .number("lower", title: "Lower end", format: ",.0f"),
    .number("upper", title: "Upper end", format: ",.0f"),
    .number("even", title: "P(paid for itself)", format: ".0%"),
  ]
  let span = max(range.upperBound - range.lowerBound, .leastNormalMagnitude)
  let places = spreadLabels(
    money.benefits.map { $0.netPresentValue.mean }, distance: 16 / height * span, within: range)
  let labels = zip(titles, places).map { title, place in
    ChartRow(cells: [
      ("title", .text(title)), ("dash", .text("—")), ("week", .number(end)),
      ("gain", .number(place)),
    ])
  }
  func label(_ field: String, dx: Double, weight: Int? = nil, colour: Channel? = nil) -> Layer {
    Layer(
      Mark(
        type: .text, clip: true, opacity: .expression("\(narrow) ? 0 : 1"), align: "left",
        baseline: "middle", dx: dx, fontWeight: weight),
      Encoding(x: x, y: y, color: colour, text: Channel(field: field)),
      data: ChartData(values: labels))
  }
  return ChartSpecification(
    title: .init(text: title, subtitle: "Cumulative net benefit against the baseline, \(currency)"),
    description: title, height: Int(height), data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .area, opacity: .value(0.15)),
        Encoding(x: x, y: band, y2: Channel(field: "upper"), color: palette.channel)),
      Layer(
        Mark(type: .rule, opacity: .value(0.6), color: "currentColor"),
        Encoding(y: Channel(field: "zero", type: .quantitative)),
        data: ChartData(values: [ChartRow(cells: [("zero", .number(0))])])),
      Layer(
        Mark(type: .line, strokeWidth: 2), Encoding(x: x, y: y, color: palette.channel)),
      Layer(
        Mark(type: .point, opacity: .value(0), size: 80),
        Encoding(x: x, y: y, color: palette.channel, tooltip: tooltip)),
      label("title", dx: 22), label("dash", dx: 8, weight: 700, colour: palette.channel),
    ])
}

/// Ticks of an axis of weeks, none beyond its end.
private func weekTicks(_ end: Double) -> [Double] {
  let step: Double = end <= 16 ? 2 : end <= 40 ? 4 : end <= 110 ? 13 : 26
  return Array(stride(from: 0, through: end, by: step))
}

extension StudyReading {
  /// What costs over time come to in one line.
  func netBenefitFinding(_ money: CostsOverTime) -> String {
    guard let best = money.benefits.max(by: { $0.netPresentValue.mean < $1.netPresentValue.mean })
    else { return "Net benefit against the baseline" }
    let value = FigureText(best.netPresentValue, unit: study.currency, signed: true)
    let when = paybackText(best)
    guard best.netPresentValue.upper > 0 else {
      return "No variant gains anything against \(title(of: study.baseline)) within \(horizon)"
    }
    return
      "\(title(of: best.variant)) gains most within \(horizon): \(value.value); it pays for itself \(when)"
  }

  /// When a variant has paid for itself, as people say it: "by week 9 (7–12)", "not within 13 weeks".
  func paybackText(_ benefit: NetBenefit) -> String {
    guard let week = benefit.breakEvenWeek, let range = benefit.breakEvenWeek80, range.count == 2,
      let last = benefit.brokenEven.last
    else { return "not within \(horizon)" }
    func shown(_ week: Double) -> String { numberText(week.rounded(.up), decimals: 0) }
    if range[1] == 0, last.count == last.n { return "from the start" }
    let text =
      shown(range[0]) == shown(range[1])
      ? "by week \(shown(week))" : "by week \(shown(week)) (\(shown(range[0]))–\(shown(range[1])))"
    return last.count == last.n ? text : text + " in \(FigureText(last).value) of rehearsals"
  }
}
