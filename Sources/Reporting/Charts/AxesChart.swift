import Experiments

extension ChartFigure {
  /// The variants on five axes, on one scale on which the best of each axis is 100; `nil` for one variant.
  static func axes(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure? {
    let study = reading.study
    let axes = study.axes
    guard study.variants.count > 1, !axes.isEmpty else { return nil }
    let rows = axes.flatMap { comparison in
      comparison.entries.map { entry -> [ChartValue] in
        let value = axisText(comparison.axis, entry, reading)
        return [
          .text(axisTitle(comparison.axis)), .text(palette.title(of: entry.variant)),
          .text(value), .number(entry.score), .number(entry.scoreLower), .number(entry.scoreUpper),
          .text(entry.mayBeBest ? "may be the best" : ""),
        ]
      }
    }
    let table = ChartTable(
      columns: [
        .init(field: "axis", title: "Axis"), .init(field: "title", title: "Variant"),
        .init(field: "value", title: "Value"),
        .init(field: "score", title: "Score", form: .decimals(0)),
        .init(field: "lower", title: "Lower end", form: .decimals(0)),
        .init(field: "upper", title: "Upper end", form: .decimals(0)),
        .init(field: "best", title: "Best"),
      ], rows: rows)
    let title = axesFinding(axes, palette: palette)
    return ChartFigure(
      id: "five-axes", title: title,
      subtitle:
        "Cost per case, time to completion, cases done right, human work per case and the probability "
        + "that no watched queue is exhausted, each as simulated. 100 is the best mean of an axis: 100 · best / "
        + "value where less is better, 100 · value / best where more is; with the \(reading.level) interval of "
        + "each variant. The axes are not added up: how much one is worth against another is yours to say",
      description: title + ". Points with intervals on five axes, one for each variant.",
      panels: [
        Panel(
          specification: axesSpecification(
            table, axes: axes.map { axisTitle($0.axis) }, palette: palette, title: title))
      ],
      key: zip(palette.titles, palette.colours).map {
        KeyEntry(label: $0, colour: $1, sign: .fill)
      },
      keyIsNeeded: true, table: table)
  }
}

func axisTitle(_ axis: ComparisonAxis) -> String {
  switch axis {
  case .cost: "Cost"
  case .time: "Time"
  case .quality: "Quality"
  case .humanWork: "Human work"
  case .robustness: "Robustness"
  }
}

func axisText(
  _ axis: ComparisonAxis, _ entry: AxisComparison.Entry, _ reading: StudyReading
) -> String {
  guard let figure = axis.figure, let variant = reading.study.variant(entry.variant) else {
    return FigureText(share: entry.value, lower: entry.lower, upper: entry.upper).text
  }
  return reading.text(variant, figure)?.text ?? "–"
}

private func axesFinding(_ axes: [AxisComparison], palette: VariantPalette) -> String {
  var firsts: [(variant: String, axes: [String])] = []
  for comparison in axes {
    let best = comparison.entries.filter { $0.score == 100 }
    guard best.count == 1, let variant = best.first?.variant else { continue }
    let name = axisTitle(comparison.axis).lowercased()
    if let index = firsts.firstIndex(where: { $0.variant == variant }) {
      firsts[index].axes.append(name)
    } else {
      firsts.append((variant, [name]))
    }
  }
  guard !firsts.isEmpty else { return "No variant leads alone on any of the five axes" }
  let parts = firsts.map { "\(palette.title(of: $0.variant)) in \(listText($0.axes))" }
  return "Ahead: " + parts.joined(separator: "; ")
}

private func axesSpecification(
  _ table: ChartTable, axes: [String], palette: VariantPalette, title: String
) -> ChartSpecification {
  let y = Channel.word(
    "axis", title: "", axis: .some(Axis(ticks: false, domain: false)),
    scale: Scale(domain: .words(axes), paddingInner: 0.3))
  let offset = Channel(
    field: "title", type: .nominal, sort: .null, scale: Scale(domain: .words(palette.titles)))
  let x = Channel.number(
    "score", title: "100 is the best mean of the axis",
    axis: .some(Axis(tickCount: 5)), scale: Scale(nice: true, zero: true))
  var lower = x
  lower.field = "lower"
  let tooltip: [Channel] = [
    .word("axis", title: "Axis"), .word("title", title: "Variant"), .word("value", title: "Value"),
    .number("score", title: "Score", format: ".0f"), .word("best", title: "Best"),
  ]
  return ChartSpecification(
    title: .init(text: title, subtitle: "Five axes, 100 for the best of each"), description: title,
    height: max(180, axes.count * (14 * palette.titles.count + 14)),
    data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .rule, strokeWidth: 2),
        Encoding(
          x: lower, x2: Channel(field: "upper"), y: y, yOffset: offset, color: palette.channel,
          tooltip: tooltip)),
      Layer(
        Mark(type: .point, opacity: .value(1), filled: true, size: 60),
        Encoding(x: x, y: y, yOffset: offset, color: palette.channel, tooltip: tooltip)),
    ])
}
