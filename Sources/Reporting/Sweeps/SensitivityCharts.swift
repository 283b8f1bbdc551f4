import Experiments
import Statistics

extension SensitivityReading {
  /// The charts of a measure.
  func figures(of measure: StudyMeasure) -> [ChartFigure] {
    let outputs = drawn(measure)
    guard !outputs.isEmpty else { return [] }
    return isMorris
      ? [effects(measure, outputs), curves(measure, outputs)] : [indices(measure, outputs)]
  }

  private func finding(_ measure: StudyMeasure, _ outputs: [SensitivityResult.Output]) -> String {
    let first = outputs.compactMap { output in
      order(output).first.map { result.inputs[$0].title }
    }
    var leaders: [String] = []
    for name in first where !leaders.contains(name) { leaders.append(name) }
    let verb = isMorris ? "moved" : "explained"
    return "\(measure.title): \(verb) most by \(listText(leaders))"
  }

  // MARK: Morris

  private func columns(_ measure: StudyMeasure) -> [ChartTable.Column] {
    let scale = scale(measure)
    func number(_ field: String, _ title: String, _ meaning: String) -> ChartTable.Column {
      .init(
        field: field, title: scale.titled(title), unit: scale.unit, meaning: meaning,
        form: .significant)
    }
    return [
      .init(field: "series", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "name", title: "Parameter", meaning: "The parameter."),
      number("value", "μ*", "Mean size of the change over the parameter's whole range."),
      number("lower", "Lower end", "Lower end of the 95 % interval of μ*."),
      number("upper", "Upper end", "Upper end of the 95 % interval of μ*."),
      number("mean", "Mean effect", "Mean of the changes with their signs."),
      number(
        "deviation", "σ",
        "Standard deviation of the changes: large where the parameter acts in a curve or with others."
      ),
      .init(field: "acts", title: "Acts", meaning: "How it acts, by σ beside μ*."),
    ]
  }

  private func rows(_ measure: StudyMeasure, _ output: SensitivityResult.Output) -> [[ChartValue]] {
    let factor = scale(measure).factor
    return order(output).compactMap { input in
      guard output.effects.indices.contains(input) else { return nil }
      let effect = output.effects[input]
      return [
        .text(title(output.output)), .text(result.inputs[input].title),
        .number(factor * effect.size.estimate), .number(factor * max(0, effect.size.lower)),
        .number(factor * effect.size.upper), .number(factor * effect.mean),
        .number(factor * effect.deviation), .text(acting(effect)),
      ]
    }
  }

  private func effects(
    _ measure: StudyMeasure, _ outputs: [SensitivityResult.Output]
  ) -> ChartFigure {
    let title = finding(measure, outputs)
    let columns = columns(measure)
    return ChartFigure(
      id: "effects-\(identifier(measure.name))", title: title,
      subtitle:
        "Mean size of what each parameter changes over its whole range (μ*), with 95 % intervals, for each "
        + "variant; the widest bar on top",
      description: title + ". A bar for each parameter.",
      panels: outputs.map { output in
        .init(
          title: self.title(output.output),
          specification: IntervalChart(
            title: title, subtitle: self.title(output.output),
            axis: scale(measure).titled("μ*"),
            names: order(output).map { result.inputs[$0].title },
            series: [self.title(output.output)],
            colours: [palette.colour(of: output.output.variant)],
            rows: ChartTable(columns: columns, rows: rows(measure, output)).values, isBar: true
          ).specification)
      }, hasWidePanels: true,
      table: ChartTable(
        columns: columns,
        rows: outputs.flatMap { rows(measure, $0) }),
      drawing: outputs.count == 1 ? .bars(["value"]) : nil)
  }

  private func curves(
    _ measure: StudyMeasure, _ outputs: [SensitivityResult.Output]
  ) -> ChartFigure {
    let factor = scale(measure).factor
    let alone = outputs.allSatisfy { output in
      output.effects.allSatisfy { $0.deviation <= 0.25 * $0.size.estimate }
    }
    let title =
      alone
      ? "\(measure.title): every parameter acts alone and in a line"
      : "\(measure.title): some parameters act in a curve or with others"
    let columns: [ChartTable.Column] = [
      .init(field: "series", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "label", title: "Parameter", meaning: "The parameter."),
      .init(
        field: "x", title: scale(measure).titled("μ*"), unit: scale(measure).unit,
        meaning: "Mean size of the change over the whole range.", form: .significant),
      .init(
        field: "y", title: scale(measure).titled("σ"), unit: scale(measure).unit,
        meaning: "Standard deviation of the changes.", form: .significant),
      .init(field: "front", title: "Acts", meaning: "1 where it acts alone, in a line; else 0."),
    ]
    func rows(_ output: SensitivityResult.Output) -> [[ChartValue]] {
      order(output).compactMap { input in
        guard output.effects.indices.contains(input) else { return nil }
        let effect = output.effects[input]
        let isAlone = effect.deviation <= 0.25 * effect.size.estimate
        return [
          .text(self.title(output.output)), .text(result.inputs[input].title),
          .number(factor * effect.size.estimate), .number(factor * effect.deviation),
          .number(isAlone ? 1 : 0),
        ]
      }
    }
    return ChartFigure(
      id: "curves-\(identifier(measure.name))", title: title,
      subtitle:
        "Spread of the changes (σ) against their mean size (μ*). Far to the right matters; on or above the "
        + "upper line a parameter acts in a curve or together with others; below the lower one (filled) it acts "
        + "alone and in a line",
      description: title + ". A point for each parameter, σ against μ*.",
      panels: outputs.map { output in
        .init(
          title: self.title(output.output),
          specification: ScatterChart(
            title: title, subtitle: self.title(output.output),
            xTitle: scale(measure).titled("μ*"), yTitle: scale(measure).titled("σ"),
            series: [self.title(output.output)],
            colours: [palette.colour(of: output.output.variant)],
            rows: ChartTable(columns: columns, rows: rows(output)).values, isLabelled: true,
            slopes: [(1, "σ = μ*"), (0.25, "σ = μ*/4")],
            reach: factor * (output.effects.map(\.size.estimate).max() ?? 0)
          ).specification)
      }, hasWidePanels: true,
      table: ChartTable(columns: columns, rows: outputs.flatMap(rows)))
  }

  // MARK: Sobol

  private func indices(
    _ measure: StudyMeasure, _ outputs: [SensitivityResult.Output]
  ) -> ChartFigure {
    let title = finding(measure, outputs)
    let kinds = ["alone (S1)", "with others (ST)"]
    let colours = [ChartTheme.variantColours[1], ChartTheme.variantColours[0]]
    let columns: [ChartTable.Column] = [
      .init(field: "variant", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "name", title: "Parameter", meaning: "The parameter."),
      .init(
        field: "series", title: "Index",
        meaning: "What it explains alone (S1), or with all it does together with others (ST)."),
      .init(
        field: "value", title: "Share of the variance, %", unit: "%",
        meaning: "Share of the variance over the ranges; noise can put it beyond 0 and 100.",
        form: .decimals(1)),
      .init(
        field: "lower", title: "Lower end, %", unit: "%",
        meaning: "Lower end of the 95 % interval.",
        form: .decimals(1)),
      .init(
        field: "upper", title: "Upper end, %", unit: "%",
        meaning: "Upper end of the 95 % interval.",
        form: .decimals(1)),
    ]
    func rows(_ output: SensitivityResult.Output) -> [[ChartValue]] {
      order(output).flatMap { input -> [[ChartValue]] in
        guard output.indices.indices.contains(input) else { return [] }
        let index = output.indices[input]
        return zip(kinds, [index.first, index.total]).map { kind, interval in
          [
            .text(self.title(output.output)), .text(result.inputs[input].title), .text(kind),
            .number(100 * interval.estimate), .number(100 * interval.lower),
            .number(100 * interval.upper),
          ]
        }
      }
    }
    return ChartFigure(
      id: "indices-\(identifier(measure.name))", title: title,
      subtitle:
        "Share of the variance that each parameter explains alone (S1) and with all it does together with others "
        + "(ST), with 95 % intervals. Where ST is much longer than S1, it acts together with others",
      description: title + ". Two bars for each parameter.",
      panels: outputs.map { output in
        .init(
          title: self.title(output.output),
          specification: IntervalChart(
            title: title, subtitle: self.title(output.output), axis: "Share of the variance, %",
            names: order(output).map { result.inputs[$0].title }, series: kinds, colours: colours,
            rows: ChartTable(columns: columns, rows: rows(output)).values, isBar: true
          ).specification)
      },
      key: zip(kinds, colours).map { .init(label: $0, colour: $1, sign: .fill) },
      keyIsNeeded: true, hasWidePanels: true,
      table: ChartTable(columns: columns, rows: outputs.flatMap(rows)))
  }
}
