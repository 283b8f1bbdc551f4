import Experiments
import Statistics

extension UncertaintyReading {
  /// What may come of a measure, chance and ignorance together, and ignorance alone.
  func spread(of measure: StudyMeasure) -> ChartFigure {
    let scale = scale(measure)
    let own = outputs(measure)
    let kinds = ["chance and ignorance", "ignorance alone"]
    let colours = [ChartTheme.baselineColour, ChartTheme.variantColours[0]]
    func number(_ field: String, _ title: String, _ meaning: String) -> ChartTable.Column {
      .init(
        field: field, title: scale.titled(title), unit: scale.unit, meaning: meaning,
        form: .significant)
    }
    let columns: [ChartTable.Column] = [
      .init(field: "name", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "series", title: "Spread", meaning: "What the quantiles hold."),
      number("value", "Median", "Median."), number("lower", "5 %", "Quantile of 5 %."),
      number("upper", "95 %", "Quantile of 95 %."),
    ]
    let rows = own.flatMap { output in
      zip(kinds, [output.both, output.ignoranceAlone]).compactMap {
        kind, quantiles -> [ChartValue]? in
        guard quantiles.count == 3 else { return nil }
        return [
          .text(title(output.output)), .text(kind), .number(scale.factor * quantiles[1]),
          .number(scale.factor * quantiles[0]), .number(scale.factor * quantiles[2]),
        ]
      }
    }
    let table = ChartTable(columns: columns, rows: rows)
    let widest = own.max { ($0.ignoranceShare?.estimate ?? 0) < ($1.ignoranceShare?.estimate ?? 0) }
    let finding =
      widest.flatMap { output in
        output.ignoranceShare.map {
          "\(measure.title): up to \(shareText($0.estimate)) of the spread is ignorance (\(title(output.output)))"
        }
      } ?? "\(measure.title): nothing varies"
    return ChartFigure(
      id: "spread-\(identifier(measure.name))", title: finding,
      subtitle:
        "Median and 90 % of what may come: of single rehearsals, in which chance and ignorance act together, and "
        + "of means with each set of parameters, in which ignorance acts alone",
      description: finding + ". Two intervals for each variant.",
      panels: [
        .init(
          specification: IntervalChart(
            title: finding, subtitle: "Median and 90 % of what may come",
            axis: scale.titled(measure.title), names: own.map { title($0.output) }, series: kinds,
            colours: colours, rows: table.values,
            line: own.contains(where: \.output.isDifference) ? 0 : nil
          ).specification)
      ],
      key: zip(kinds, colours).map { .init(label: $0, colour: $1, sign: .line) },
      keyIsNeeded: true, table: table)
  }

  /// The mean of a measure over the sets in which each parameter is lowest, and over those in which it is
  /// highest; `nil` where ignorance cannot be told from chance.
  func tornado(of measure: StudyMeasure) -> ChartFigure? {
    let unsure = outputs(measure).filter { ($0.ignoranceShare?.lower ?? 0) > 0 }
    guard !unsure.isEmpty else { return nil }
    let scale = scale(measure)
    func number(_ field: String, _ title: String, _ meaning: String) -> ChartTable.Column {
      .init(
        field: field, title: scale.titled(title), unit: scale.unit, meaning: meaning,
        form: .significant)
    }
    let columns: [ChartTable.Column] = [
      .init(field: "variant", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "path", title: "Parameter", meaning: "The parameter."),
      .init(field: "end", title: "End", meaning: "Which end of what is known of it."),
      .init(field: "value", title: "Value there", meaning: "The value of the parameter there."),
      number("asIs", "Mean", "Mean over all sets of parameters."),
      number(
        "at", "At this end",
        "Mean over the fifth of the sets in which the parameter is nearest to this end."),
      number("lower", "Lower end", "Lower end of its 95 % interval over those sets."),
      number("upper", "Upper end", "Upper end of its 95 % interval over those sets."),
    ]
    func rows(_ output: Output) -> [[ChartValue]] {
      ranked(output).flatMap { part in
        [("low", part.low), ("high", part.high)].compactMap { name, end -> [ChartValue]? in
          guard let end else { return nil }
          return [
            .text(title(output.output)), .text(inputTitle(part.input)), .text(name),
            .text(end.values.map(valueText).joined(separator: " to ")),
            .number(scale.factor * output.mean.estimate), .number(scale.factor * end.mean.mean),
            .number(scale.factor * end.mean.lower), .number(scale.factor * end.mean.upper),
          ]
        }
      }
    }
    let table = ChartTable(columns: columns, rows: unsure.flatMap(rows))
    guard !table.rows.isEmpty else { return nil }
    let leaders = unsure.compactMap { output in ranked(output).first.map { inputTitle($0.input) } }
    var named: [String] = []
    for name in leaders where !named.contains(name) { named.append(name) }
    let finding = "\(measure.title): not knowing \(listText(named)) matters most"
    return ChartFigure(
      id: "tornado-\(identifier(measure.name))", title: finding,
      subtitle:
        "Mean over the fifth of the sets in which a parameter is lowest (blue) and highest (orange), the others as "
        + "they may be; the upright line is the mean over all sets",
      description: finding + ". A bar for each parameter, from its low to its high end.",
      panels: unsure.map { output in
        .init(
          title: title(output.output),
          specification: tornadoSpecification(
            ChartTable(columns: columns, rows: rows(output)),
            middle: scale.factor * output.mean.estimate, axis: scale.titled(measure.title),
            value: "at", finding))
      },
      key: [
        .init(label: "low", colour: "#0072B2", sign: .fill),
        .init(label: "high", colour: "#D55E00", sign: .fill),
      ], keyIsNeeded: true, hasWidePanels: true, table: table)
  }

  /// What of a measure's ignorance would go with each parameter; `nil` where it cannot be told from chance.
  func worth(of measure: StudyMeasure) -> ChartFigure? {
    let unsure = outputs(measure).filter { ($0.ignoranceShare?.lower ?? 0) > 0 }
    guard !unsure.isEmpty else { return nil }
    let kinds = ["were it known", "with twice the data"]
    let colours = [ChartTheme.variantColours[0], ChartTheme.variantColours[4]]
    let columns: [ChartTable.Column] = [
      .init(field: "variant", title: "Variant", meaning: "The variant, or its difference."),
      .init(field: "name", title: "Parameter", meaning: "The parameter."),
      .init(
        field: "series", title: "If",
        meaning: "Were the parameter known, or were it counted twice as often."),
      .init(
        field: "value", title: "Ignorance that would go, %", unit: "%",
        meaning: "Share of the variance by ignorance that would go.", form: .decimals(1)),
    ]
    func rows(_ output: Output) -> [[ChartValue]] {
      ranked(output).flatMap { part -> [[ChartValue]] in
        let shares: [(String, Double?)] = [
          (kinds[0], part.share), (kinds[1], part.withTwiceTheData),
        ]
        return shares.compactMap { kind, share in
          share.map {
            [
              .text(title(output.output)), .text(inputTitle(part.input)), .text(kind),
              .number(100 * $0),
            ]
          }
        }
      }
    }
    let isCounted = unsure.contains { $0.contributions.contains { $0.withTwiceTheData != nil } }
    let table = ChartTable(columns: columns, rows: unsure.flatMap(rows))
    let finding = "\(measure.title): what of the ignorance would go with better data"
    return ChartFigure(
      id: "worth-\(identifier(measure.name))", title: finding,
      subtitle:
        "Share of the variance by ignorance that each parameter explains by itself. Parameters that act only "
        + "together are understated, so that bars need not sum to 100 %",
      description: finding + ". A bar for each parameter.",
      panels: unsure.map { output in
        .init(
          title: title(output.output),
          specification: IntervalChart(
            title: finding, subtitle: title(output.output), axis: "Ignorance that would go, %",
            names: ranked(output).map { inputTitle($0.input) },
            series: isCounted ? kinds : [kinds[0]], colours: isCounted ? colours : [colours[0]],
            rows: ChartTable(columns: columns, rows: rows(output)).values, isBar: true,
            domain: [0, 100]
          ).specification)
      },
      key: isCounted ? zip(kinds, colours).map { .init(label: $0, colour: $1, sign: .fill) } : [],
      keyIsNeeded: true, hasWidePanels: true, table: table)
  }

  /// What inputs contribute, the greatest first.
  private func ranked(_ output: Output) -> [UncertaintyResult.Contribution] {
    output.contributions.enumerated().sorted {
      (-$0.element.share, $0.offset) < (-$1.element.share, $1.offset)
    }.map(\.element)
  }
}
