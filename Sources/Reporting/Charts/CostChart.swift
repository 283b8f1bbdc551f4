import Experiments

extension ChartFigure {
  /// Cost per case by component, one bar a variant, components in one order everywhere.
  static func cost(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure {
    let study = reading.study
    let components = costComponents(study)
    // A variant lists what it can have; all of them together give the order of the stack.
    let order = ChartTheme.costFills.map(\.component).filter { component in
      study.variants.contains { $0.costStack.contains { $0.component == component } }
    }
    let rows: [[ChartValue]] = study.variants.flatMap { variant in
      variant.costStack.map { share in
        [
          .text(palette.title(of: variant.name)), .text(componentTitle(share.component)),
          .number(Double(order.firstIndex(of: share.component) ?? order.count)),
          .number(share.perCase),
        ]
      }
    }
    let currency = study.currency
    let table = ChartTable(
      columns: [
        .init(field: "title", title: "Variant", meaning: "Title of the variant."),
        .init(field: "component", title: "Component", meaning: "What the money is spent on."),
        .init(
          field: "order", title: "Order", meaning: "Place in the stack, from 0.", form: .decimals(0)
        ),
        .init(
          field: "cost", title: "\(currency) per case", unit: currency,
          meaning: "Mean cost of a case that arrived.", form: .decimals(2)),
      ], rows: rows)
    let title = costFinding(reading, palette: palette)
    let fills = components.map { costFill($0) }
    return ChartFigure(
      id: "cost", title: title,
      subtitle:
        "Mean cost of the cases that arrived, \(currency) per case, by component. Hatched: work "
        + "owed, what those cases still cost after the horizon",
      description: title + ". Stacked bars of the cost per case, one for each variant.",
      panels: [
        Panel(
          specification: costSpecification(
            reading, table, components: components.map(componentTitle), fills: fills,
            palette: palette, title: title))
      ],
      key: zip(components, fills).map { component, fill in
        KeyEntry(
          label: componentTitle(component), colour: fill, sign: component == "owed" ? .hatch : .fill
        )
      },
      keyIsNeeded: true, table: table)
  }
}

/// Components that cost anything in any variant, in the order of the stack.
private func costComponents(_ study: StudyResult) -> [String] {
  ChartTheme.costFills.map(\.component).filter { component in
    study.variants.contains { variant in
      variant.costStack.contains { $0.component == component && $0.perCase != 0 }
    }
  }
}

private func costFill(_ component: String) -> String {
  ChartTheme.costFills.first { $0.component == component }?.fill ?? "#888888"
}

/// A component of cost as people say it.
func componentTitle(_ component: String) -> String {
  switch component {
  case "tasks": "planned work of people"
  case "review": "review of tickets"
  case "exceptions": "exceptions of automations"
  case "automation": "runs of automations"
  case "orchestration": "orchestration layer"
  case "loss": "losses through errors"
  case "licences": "licences"
  case "repairs": "repairs by teams"
  case "rework": "rework after rejections"
  case "coordination": "coordination of automations"
  case "upkeep": "upkeep and governance"
  case "incidents": "incidents"
  case "penalties": "penalties and delay"
  case "staffing": "hiring and training"
  case "owed": "work owed"
  default: component
  }
}

private func costSpecification(
  _ reading: StudyReading, _ table: ChartTable, components: [String], fills: [String],
  palette: VariantPalette, title: String
) -> ChartSpecification {
  let currency = reading.study.currency
  let y = Channel.word(
    "title", title: "", axis: .null,
    scale: Scale(
      domain: .words(palette.titles), paddingInner: 0.55, paddingOuter: 0.35))
  let x = Channel(
    field: "cost", type: .quantitative, title: "\(currency) per case", stack: .some(true),
    axis: .some(Axis(tickCount: 5)))
  let totals = reading.study.variants.map { variant in
    let cost = variant.figure(.costPerCase).map { FigureText($0, unit: currency).text }
    return ChartRow(cells: [
      ("title", .text(palette.title(of: variant.name))), ("cost", .number(0)),
      (
        "label",
        .text([palette.title(of: variant.name), cost].compactMap(\.self).joined(separator: ": "))
      ),
    ])
  }
  return ChartSpecification(
    title: .init(text: title, subtitle: "Cost per case by component"), description: title,
    height: 52 * palette.titles.count, data: ChartData(values: table.values),
    layer: [
      Layer(
        Mark(type: .bar, stroke: "currentColor", strokeWidth: 0.5, strokeOpacity: 0.4),
        Encoding(
          x: x, y: y, fill: .colour("component", of: components, as: fills),
          order: Channel(field: "order", type: .quantitative),
          tooltip: [
            .word("title", title: "Variant"), .word("component", title: "Component"),
            .number("cost", title: "\(currency) per case", format: ".2f"),
          ])),
      Layer(
        Mark(type: .text, align: "left", baseline: "bottom", dy: -14),
        Encoding(
          x: Channel(field: "cost", type: .quantitative), y: y, text: Channel(field: "label")),
        data: ChartData(values: totals)),
    ])
}

private func costFinding(_ reading: StudyReading, palette: VariantPalette) -> String {
  let costs = reading.study.variants.compactMap { variant in
    variant.figure(.costPerCase).map { (title: palette.title(of: variant.name), mean: $0) }
  }
  guard let least = costs.min(by: { $0.mean.mean < $1.mean.mean }),
    let most = costs.max(by: { $0.mean.mean < $1.mean.mean }), costs.count > 1
  else { return "Cost per case" }
  let currency = reading.study.currency
  return
    "A case costs least under \(least.title) (\(FigureText(least.mean, unit: currency).value)), "
    + "most under \(most.title) (\(FigureText(most.mean, unit: currency).value))"
}
