import Experiments

extension ChartFigure {
  /// Paired differences to the baseline, a small chart for each figure: the interval against zero, with
  /// the band in which a difference does not matter.
  static func differences(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure? {
    let study = reading.study
    func differ(_ figure: Figure) -> Bool {
      study.differences.contains {
        $0.figure == figure && ($0.estimate.lower != 0 || $0.estimate.upper != 0)
      }
    }
    let known = Figure.allCases.filter { figure in
      study.differences.contains { $0.figure == figure }
    }
    let figures = known.filter(differ)
    guard !figures.isEmpty else { return nil }
    let same = known.filter { !differ($0) }.map { $0.title.lowercased() }
    let columns: [ChartTable.Column] = [
      .init(field: "figure", title: "Figure"), .init(field: "unit", title: "Unit"),
      .init(field: "title", title: "Variant"),
      .init(
        field: "difference", title: "Difference",
        meaning:
          "Variant less baseline, mean over rehearsals with the same luck, in the unit of the row.",
        form: .significant),
      .init(
        field: "lower", title: "Lower end", meaning: "Lower end of the paired interval.",
        form: .significant),
      .init(
        field: "upper", title: "Upper end", meaning: "Upper end of the paired interval.",
        form: .significant),
      .init(
        field: "matters", title: "Matters from",
        meaning: "Smallest difference that matters in practice, by the scenario.",
        form: .significant),
      .init(field: "verdict", title: "Verdict"),
    ]
    func rows(_ figure: Figure) -> [[ChartValue]] {
      let scale = reading.displayScale(of: figure)
      return study.differences.filter { $0.figure == figure }.map { difference in
        [
          .text(figure.title), .text(scale.unit), .text(palette.title(of: difference.variant)),
          .number(difference.estimate.mean * scale.factor),
          .number(difference.estimate.lower * scale.factor),
          .number(difference.estimate.upper * scale.factor),
          ChartValue(difference.practicalSignificance.map { $0 * scale.factor }),
          .text(difference.verdict.rawValue),
        ]
      }
    }
    let title = differenceFinding(reading)
    return ChartFigure(
      id: "differences", title: title,
      subtitle:
        "Variant minus \(reading.title(of: study.baseline)), replication by replication with the "
        + "same random numbers; points with \(reading.level) intervals. Grey band: too small to matter"
        + (same.isEmpty ? "" : ". No difference in any rehearsal: \(listText(same))"),
      description: title
        + ". One small chart for each figure, with a point and an interval for each "
        + "variant against zero.",
      panels: figures.map { figure in
        let scale = reading.displayScale(of: figure)
        return Panel(
          title: scale.unit.isEmpty ? figure.title : "\(figure.title), \(scale.unit)",
          specification: differenceSpecification(
            ChartTable(columns: columns, rows: rows(figure)), figure: figure, unit: scale.unit,
            palette: palette))
      },
      table: ChartTable(columns: columns, rows: figures.flatMap(rows)))
  }
}

extension StudyReading {
  /// The unit in which a figure is drawn, and the factor from the unit of its values.
  func displayScale(of figure: Figure) -> (unit: String, factor: Double) {
    let unit = figure.unit(currency: study.currency)
    if let shown = self.unit(of: figure) {
      let own: NaturalUnit = unit == "min" ? .minute : .hour
      return (shown.symbol, own.hours / shown.hours)
    }
    switch unit {
    case "share": return ("percentage points", 100)
    case "tickets": return ("", 1)
    case "h/week": return ("h", 1)
    default: return (unit, 1)
    }
  }
}

private func differenceSpecification(
  _ table: ChartTable, figure: Figure, unit: String, palette: VariantPalette
) -> ChartSpecification {
  let titles = table.rows.compactMap { row -> String? in
    if case .text(let title) = row[2] { title } else { nil }
  }
  let y = Channel.word(
    "title", title: "", axis: .null,
    scale: Scale(domain: .words(titles), paddingInner: 0.4, paddingOuter: 0.5))
  let x = Channel.number(
    "difference", title: figure.lessIsBetter ? "← better · worse →" : "← worse · better →",
    axis: .some(Axis(grid: false, tickCount: 4)), scale: Scale(nice: true, zero: true))
  var lower = x
  lower.field = "lower"
  let tooltip: [Channel] = [
    .word("title", title: "Variant"),
    .number("difference", title: "Difference, \(unit)", format: ".3~f"),
    .number("lower", title: "Lower end", format: ".3~f"),
    .number("upper", title: "Upper end", format: ".3~f"), .word("verdict", title: "Verdict"),
  ]
  let matters = table.rows.compactMap { row -> Double? in
    if case .number(let value) = row[6] { value } else { nil }
  }.first
  var layers: [Layer] = []
  if let matters {
    layers.append(
      Layer(
        Mark(type: .rect, opacity: .value(0.1), color: "currentColor"),
        Encoding(
          x: Channel(field: "from", type: .quantitative), x2: Channel(field: "to")),
        data: ChartData(values: [
          ChartRow(cells: [("from", .number(-matters)), ("to", .number(matters))])
        ])))
  }
  layers += [
    Layer(
      Mark(type: .rule, opacity: .value(0.6), color: "currentColor"),
      Encoding(x: Channel(field: "zero", type: .quantitative)),
      data: ChartData(values: [ChartRow(cells: [("zero", .number(0))])])),
    Layer(
      Mark(type: .rule, strokeWidth: 2),
      Encoding(
        x: lower, x2: Channel(field: "upper"), y: y, color: palette.channel, tooltip: tooltip)),
    Layer(
      Mark(type: .point, opacity: .value(1), filled: true, size: 60),
      Encoding(x: x, y: y, color: palette.channel, tooltip: tooltip)),
    Layer(
      Mark(type: .text, align: "left", baseline: "bottom", dx: 4, dy: -7),
      Encoding(x: Channel(value: .points(0)), y: y, text: Channel(field: "title"))),
  ]
  return ChartSpecification(
    title: .init(text: figure.title, subtitle: "Difference to the baseline, \(unit)"),
    description: "Differences in \(figure.title.lowercased()).", height: 38 * titles.count,
    data: ChartData(values: table.values), layer: layers)
}

private func differenceFinding(_ reading: StudyReading) -> String {
  guard let best = reading.best, best.name != reading.study.baseline else {
    return "Differences to \(reading.title(of: reading.study.baseline))"
  }
  let mine = reading.study.differences.filter { $0.variant == best.name }
  let better = mine.filter { $0.verdict == .better }.map { $0.figure.title.lowercased() }
  let worse = mine.filter { $0.verdict == .worse }.map { $0.figure.title.lowercased() }
  let baseline = reading.title(of: reading.study.baseline)
  var text = "\(best.title) against \(baseline): "
  text += better.isEmpty ? "better in nothing" : "better in \(listText(better))"
  if !worse.isEmpty { text += "; worse in \(listText(worse))" }
  return text
}
