public import Experiments
import Statistics

extension ReportDocument {
  /// What is chance and what is ignorance, and what more data would buy.
  public init(_ result: UncertaintyResult, in frame: SweepFrame) {
    let reading = UncertaintyReading(result: result, frame: frame)
    let measures = reading.measures
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: measures.first.map { [.figure(reading.spread(of: $0))] } ?? [],
      sections: [
        Section(
          id: "components-section", title: "Chance and ignorance, apart",
          blocks: [.table(reading.components)]),
        Section(
          id: "tornado", title: "What single parameters do",
          blocks: measures.compactMap { reading.tornado(of: $0) }.map { .figure($0) }),
        Section(
          id: "data", title: "What more data would buy",
          blocks: measures.compactMap { reading.worth(of: $0) }.map { .figure($0) }),
        Section(
          id: "spreads", title: "What may come",
          blocks: measures.dropFirst().map { .figure(reading.spread(of: $0)) }),
        Section(
          id: "cheapest-section", title: "Which variant is the cheapest",
          blocks: (reading.decision.map { [.figure($0)] } ?? []) + [.table(reading.cheapest)]),
      ], inputs: result.inputs, shown: ["components"])
  }
}

/// What a study of ignorance says, in words and numbers.
struct UncertaintyReading {
  typealias Output = UncertaintyResult.Output

  let result: UncertaintyResult
  let frame: SweepFrame

  var palette: VariantPalette { frame.palette }

  var measures: [StudyMeasure] {
    var known: [StudyMeasure] = []
    for output in result.outputs where !known.contains(output.output.measure) {
      known.append(output.output.measure)
    }
    return known
  }

  func outputs(_ measure: StudyMeasure) -> [Output] {
    result.outputs.filter { $0.output.measure == measure }
  }

  func title(_ output: StudyOutput) -> String {
    let own = palette.title(of: output.variant)
    return output.isDifference ? "\(own), less \(palette.title(of: frame.baseline))" : own
  }

  func inputTitle(_ name: String) -> String {
    result.inputs.first { $0.name == name }?.title ?? name
  }

  /// One scale for all outputs of a measure.
  func scale(_ measure: StudyMeasure, isDifference: Bool = false) -> MeasureScale {
    let own = outputs(measure)
    return MeasureScale(
      own.first?.output.unit ?? "", of: own.flatMap { $0.both + [$0.mean.estimate] },
      isDifference: isDifference)
  }

  /// Outputs of which some of the spread is surely ignorance.
  private var unsure: [Output] { result.outputs.filter { ($0.ignoranceShare?.lower ?? 0) > 0 } }

  /// The output that the sentences speak of: of the first measure, the difference to the baseline whose
  /// ignorance is greatest, or the figure itself.
  private var leading: Output? {
    guard let measure = measures.first else { return nil }
    let own = outputs(measure)
    let differences = own.filter(\.output.isDifference)
    return (differences.isEmpty ? own : differences).max { $0.ignorance < $1.ignorance }
  }

  var answer: String {
    guard let output = leading else { return "Nothing was looked at" }
    let what = "\(output.output.measure.title.lowercasedStart) (\(title(output.output)))"
    guard let share = output.ignoranceShare else { return "Nothing varies in \(what)" }
    let shown = FigureText(share: share.estimate, lower: share.lower, upper: share.upper)
    return
      "Of the spread of \(what) \(shown.text) is ignorance of the parameters, the rest is chance that stays"
  }

  var advice: String {
    guard let output = unsure.first(where: { $0.output == leading?.output }) ?? unsure.first else {
      return
        "Nothing that more data could narrow can be told from chance: better data buys little here"
    }
    let ranked = output.contributions.enumerated().filter { $0.element.share > 0.05 }
      .sorted { (-$0.element.share, $0.offset) < (-$1.element.share, $1.offset) }.map(\.element)
    guard let first = ranked.first else {
      return "No parameter by itself explains the ignorance; they act together"
    }
    let what = "\(output.output.measure.title.lowercasedStart) (\(title(output.output)))"
    let twice =
      first.withTwiceTheData.map {
        "; twice the observations would take away \(shareText($0)) of it"
      } ?? "; it rests on no observations, so that the first count it"
    return
      "Find out \(inputTitle(first.input)) first: \(shareText(first.share)) of the ignorance of \(what) would go "
      + "with it\(twice)"
  }

  var facts: [String] {
    [
      "\(countText(result.draws)) sets of parameters (Latin hypercube), \(countText(result.replications)) "
        + "rehearsals of each variant with each, seed \(result.seed).",
      "Chance is the spread of one rehearsal, were the parameters known; ignorance is that of the mean, as they "
        + "vary. More rehearsals narrow neither. Brackets: 95 % intervals.",
    ]
  }

  /// Chance and ignorance of every output.
  var components: ReportTable {
    ReportTable(
      "components", title: "Chance and ignorance, apart",
      columns: [
        .text("measure", "Measure", "The measure."),
        .text("variant", "Variant", "The variant, or its difference to the baseline."),
        .interval("mean", "Mean", unit: nil, "Mean over all sets and rehearsals."),
        .number(
          "chance", "Chance (sd)", unit: nil,
          "Standard deviation of a rehearsal, were the parameters known."),
        .number(
          "ignorance", "Ignorance (sd)", unit: nil,
          "Standard deviation of the mean, as the parameters vary."),
        .interval(
          "share", "Ignorance, of the variance", unit: "%",
          "Share of the variance of a rehearsal that is ignorance."),
        .interval(
          "both", "Median and 90 % of rehearsals", unit: nil,
          "Median of what rehearsals come to, chance and ignorance together, with their 5 and 95 % quantiles."
        ),
        .interval(
          "alone", "Median and 90 %, ignorance alone", unit: nil,
          "Median of the means of the sets, with their 5 and 95 % quantiles."),
      ],
      rows: result.outputs.map { output in
        let scale = scale(output.output.measure, isDifference: output.output.isDifference)
        func spread(_ value: Double) -> ReportTable.Cell {
          .figure(scale.text(value, value, value))
        }
        func range(_ quantiles: [Double]) -> ReportTable.Cell {
          quantiles.count == 3
            ? .figure(scale.text(quantiles[1], quantiles[0], quantiles[2])) : .missing
        }
        return ReportTable.Row([
          .text(output.output.measure.title), .text(title(output.output)),
          .figure(scale.text(output.mean)), spread(output.noise), spread(output.ignorance),
          .figure(
            output.ignoranceShare.map {
              FigureText(share: $0.estimate, lower: $0.lower, upper: $0.upper)
            }), range(output.both), range(output.ignoranceAlone),
        ])
      })
  }

  /// How often each variant is the cheapest.
  var cheapest: ReportTable {
    ReportTable(
      "cheapest", title: "Which variant is the cheapest",
      caption: "Of the sets of parameters, by mean cost per case.",
      columns: [
        .text("variant", "Variant", "The variant."),
        .interval(
          "sets", "Cheapest", unit: "%",
          "Share of the sets with which it is, with Wilson's interval."),
      ],
      rows: result.cheapest.count < 2
        ? []
        : result.cheapest.map { entry in
          ReportTable.Row([
            .label(palette.title(of: entry.variant), colour: palette.colour(of: entry.variant)),
            .figure(FigureText(entry.sets)),
          ])
        })
  }
}
