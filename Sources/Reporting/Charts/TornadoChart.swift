import Experiments

/// What single values do to the variant advised; nothing where none was tried.
func tornadoBlocks(_ report: StudyReport, palette: VariantPalette) -> [ReportDocument.Block] {
  guard let tornado = report.tornado, !tornado.bars.isEmpty else { return [] }
  return [
    .figure(.tornado(tornado, currency: report.study.currency, palette: palette)),
    .table(tornadoTable(tornado, currency: report.study.currency, palette: palette)),
  ]
}

private func tornadoTable(
  _ tornado: TornadoResult, currency: String, palette: VariantPalette
) -> ReportTable {
  func advised(_ end: TornadoResult.End) -> ReportTable.Cell {
    end.advised.map { palette.label($0) } ?? .text("none")
  }
  return ReportTable(
    "sensitivity-ends", title: "What single values do",
    caption:
      "With all values as they are: \(FigureText(tornado.asIs.costPerCase, unit: currency).text) a "
      + "case. \(countText(tornado.replications)) rehearsals of each variant at each value.",
    columns: [
      .text("path", "Value", "Dotted path of the value in the scenario."),
      .text("low", "Low", "The low value."),
      .interval(
        "cost_low", "Cost per case, low", unit: currency, "Cost per case with the low value."),
      .interval(
        "risk_low", "P(exhaustion), low", unit: "%", "Probability of exhaustion with the low value."
      ),
      .text("advised_low", "Advised, low", "The variant advised with the low value."),
      .text("high", "High", "The high value."),
      .interval(
        "cost_high", "Cost per case, high", unit: currency, "Cost per case with the high value."),
      .interval(
        "risk_high", "P(exhaustion), high", unit: "%",
        "Probability of exhaustion with the high value."),
      .text("advised_high", "Advised, high", "The variant advised with the high value."),
    ],
    rows: tornado.bars.map { bar in
      ReportTable.Row([
        .code(bar.path), .text(bar.low.value),
        .figure(FigureText(bar.low.costPerCase, unit: currency)),
        .figure(FigureText(bar.low.exhaustion)), advised(bar.low), .text(bar.high.value),
        .figure(FigureText(bar.high.costPerCase, unit: currency)),
        .figure(FigureText(bar.high.exhaustion)), advised(bar.high),
      ])
    }, drawing: .bars(["cost_low", "cost_high"]))
}

extension ChartFigure {
  /// Cost per case of the variant advised with each value low and high, the widest bar on top.
  static func tornado(
    _ tornado: TornadoResult, currency: String, palette: VariantPalette
  ) -> ChartFigure {
    let middle = tornado.asIs.costPerCase.mean
    let table = ChartTable(
      columns: [
        .init(field: "path", title: "Value", meaning: "Dotted path of the value in the scenario."),
        .init(field: "end", title: "End", meaning: "Whether the value is low or high."),
        .init(field: "value", title: "Tried", meaning: "The value as it would be written."),
        .init(
          field: "asIs", title: "\(currency) per case as it is", unit: currency,
          meaning: "Cost per case with all values as they are.", form: .decimals(2)),
        .init(
          field: "cost", title: "\(currency) per case", unit: currency,
          meaning: "Cost per case with the value tried.", form: .decimals(2)),
      ],
      rows: tornado.bars.flatMap { bar in
        [("low", bar.low), ("high", bar.high)].map { name, end in
          [
            .text(bar.path), .text(name), .text(end.value), .number(middle),
            .number(end.costPerCase.mean),
          ]
        }
      })
    let title = tornadoFinding(tornado, currency: currency, palette: palette)
    return ChartFigure(
      id: "tornado", title: title,
      subtitle:
        "Cost per case of \(palette.title(of: tornado.variant)), \(currency), with one value at a "
        + "time low (blue) and high (orange) and all else as it is; the upright line is the cost with all "
        + "values as they are. It does not show what values do together",
      description: title
        + ". A bar for each value, from the cost with it low to the cost with it high.",
      panels: [
        Panel(
          specification: tornadoSpecification(
            table, middle: middle, axis: "\(currency) per case", value: "cost", title))
      ],
      key: [
        KeyEntry(label: "low", colour: "#0072B2", sign: .fill),
        KeyEntry(label: "high", colour: "#D55E00", sign: .fill),
      ], keyIsNeeded: true, table: table)
  }
}

private func tornadoFinding(
  _ tornado: TornadoResult, currency: String, palette: VariantPalette
) -> String {
  guard let widest = tornado.bars.first else { return "No value was tried" }
  let flips = tornado.bars.filter { bar in
    [bar.low, bar.high].contains { $0.advised != tornado.asIs.advised }
  }.map(\.path)
  let swing =
    "\(widest.path) moves the cost of a case most, by \(moneyText(widest.swing, currency))"
  return flips.isEmpty
    ? "\(swing); no value tried changes the advice"
    : "\(swing); the advice changes with \(listText(flips))"
}

/// Bars from the value as it is to that with each parameter low and high.
///
/// - Parameters:
///   - table: With the fields `path`, `end` (low or high), `value`, `asIs` and the one of the bar's end.
///   - middle: Where the upright line stands.
///   - axis: Title of the axis, with the unit.
///   - value: The field of the bar's end.
func tornadoSpecification(
  _ table: ChartTable, middle: Double, axis: String, value: String, _ title: String
) -> ChartSpecification {
  let path = table.columns.firstIndex { $0.field == "path" } ?? 0
  var paths: [String] = []
  for row in table.rows {
    if case .text(let name) = row[path], !paths.contains(name) { paths.append(name) }
  }
  let y = Channel.word(
    "path", title: "", axis: .some(Axis(ticks: false, domain: false, labelLimit: 240)),
    scale: Scale(domain: .words(paths), paddingInner: 0.4))
  let x = Channel.number(
    "asIs", title: axis, axis: .some(Axis(tickCount: 5)), scale: Scale(nice: true, zero: false))
  return ChartSpecification(
    title: .init(text: title, subtitle: "One value at a time"), description: title,
    height: max(80, 36 * paths.count), data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .bar, opacity: .value(0.85)),
        Encoding(
          x: x, x2: Channel(field: value), y: y,
          color: .colour("end", of: ["low", "high"], as: ["#0072B2", "#D55E00"]),
          tooltip: [
            .word("path", title: "Value"), .word("value", title: "Tried"),
            .number(value, title: axis, format: ",.2f"),
          ])),
      Layer(
        Mark(type: .rule, color: "currentColor", strokeWidth: 1.5),
        Encoding(x: .number("middle")),
        data: ChartData(values: [ChartRow(cells: [("middle", .number(middle))])])),
    ])
}
