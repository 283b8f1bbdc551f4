public import Experiments
import Statistics

extension ReportDocument {
  /// Which parameters matter: the report of a screening, or of Sobol indices.
  public init(_ result: SensitivityResult, in frame: SweepFrame) {
    let reading = SensitivityReading(result: result, frame: frame)
    let figures = reading.measures.map { measure in
      Section(
        id: "measure-\(identifier(measure.name))", title: measure.title,
        blocks: reading.figures(of: measure).map { .figure($0) })
    }
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: [.table(reading.ranking)],
      sections: figures + [
        Section(id: "still", title: "What does not change", blocks: reading.still)
      ], inputs: result.inputs, shown: ["ranking"])
  }
}

/// What a screening or Sobol indices say, in words and numbers.
struct SensitivityReading {
  let result: SensitivityResult
  let frame: SweepFrame

  var isMorris: Bool { result.method == .morris }
  var palette: VariantPalette { frame.palette }

  /// Measures that change with the parameters, in their order.
  var measures: [StudyMeasure] {
    var known: [StudyMeasure] = []
    for output in changing where !known.contains(output.output.measure) {
      known.append(output.output.measure)
    }
    return known
  }

  /// Outputs that change with the parameters.
  var changing: [SensitivityResult.Output] { result.outputs.filter { $0.deviation > 0 } }

  /// Those that charts show: each variant's own figures, and where only one is compared with the baseline
  /// its difference.
  func drawn(_ measure: StudyMeasure) -> [SensitivityResult.Output] {
    let own = changing.filter { $0.output.measure == measure }
    let differences = own.filter(\.output.isDifference)
    return own.filter { !$0.output.isDifference } + (differences.count == 1 ? differences : [])
  }

  /// Positions of the inputs, what moves an output most first.
  func order(_ output: SensitivityResult.Output) -> [Int] {
    result.inputs.indices.sorted {
      (-weight(output, $0), $0) < (-weight(output, $1), $1)
    }
  }

  func title(_ output: StudyOutput) -> String {
    let own = palette.title(of: output.variant)
    return output.isDifference ? "\(own), less \(palette.title(of: frame.baseline))" : own
  }

  /// What an input does to an output: μ*, or ST; `nil` where it is not known.
  func interval(_ output: SensitivityResult.Output, _ input: Int) -> ConfidenceInterval? {
    if output.effects.indices.contains(input) { return output.effects[input].size }
    return output.indices.indices.contains(input) ? output.indices[input].total : nil
  }

  /// The scale of a measure's effects.
  func scale(_ measure: StudyMeasure) -> MeasureScale {
    guard isMorris else { return MeasureScale("share", of: []) }
    let drawn = changing.filter { $0.output.measure == measure }
    return MeasureScale(
      drawn.first?.output.unit ?? "",
      of: drawn.flatMap { $0.effects.map(\.size.estimate) }, isDifference: true)
  }

  /// The output of a measure whose strongest input does most to it, of the variants' own figures.
  private func leading(_ measure: StudyMeasure) -> (output: SensitivityResult.Output, input: Int)? {
    let own = changing.filter { $0.output.measure == measure && !$0.output.isDifference }
    var best: (output: SensitivityResult.Output, input: Int)?
    var most = 0.0
    for output in own {
      guard let input = order(output).first else { continue }
      // Shares of a spread say nothing of its size: of those the widest spread leads.
      let size = isMorris ? weight(output, input) : output.deviation
      if size > most { (best, most) = ((output, input), size) }
    }
    return best
  }

  var answer: String {
    guard let measure = measures.first, let (output, input) = leading(measure) else {
      return "Nothing that was looked at changes with these parameters"
    }
    let parameter = result.inputs[input]
    let name = measure.title.lowercasedStart
    let variant = palette.title(of: output.output.variant)
    guard let interval = interval(output, input) else { return "\(parameter.title) matters most" }
    if isMorris {
      let size = scale(measure).text(interval, atLeast: 0).text
      return
        "\(parameter.title) moves \(name) most: with \(variant) by \(size) from "
        + "\(valueText(parameter.low)) to \(valueText(parameter.high))"
    }
    let alone = output.indices[input].first
    return
      "\(parameter.title) explains most of the spread of \(name) with \(variant): alone "
      + "\(shareText(min(1, max(0, alone.estimate)))), with all it does together with others "
      + "\(scale(measure).text(interval, atLeast: 0).text)"
  }

  /// Inputs that somewhere do a tenth or more of what the strongest does, and those that surely do not.
  private var ranked: (strong: [String], weak: [String]) {
    var strong: [String] = []
    var weak: [String] = []
    for input in result.inputs.indices {
      let shares = changing.compactMap { output -> (estimate: Double, upper: Double)? in
        guard let interval = interval(output, input) else { return nil }
        let most = isMorris ? (result.inputs.indices.map { weight(output, $0) }.max() ?? 0) : 1
        return most > 0 ? (interval.estimate / most, interval.upper / most) : nil
      }
      if shares.contains(where: { $0.estimate >= 0.1 }) {
        strong.append(result.inputs[input].title)
      } else if shares.allSatisfy({ $0.upper < 0.1 }) {
        weak.append(result.inputs[input].title)
      }
    }
    return (strong, weak)
  }

  var advice: String {
    let (strong, weak) = ranked
    guard !strong.isEmpty else { return "Vary other parameters, or these further" }
    let next =
      isMorris
      ? "Find out \(listText(strong)) first; rehearse sweep sobol says how much of the spread each explains"
      : "Find out \(listText(strong)) first: their knowledge narrows the figures most"
    guard !weak.isEmpty else { return next }
    return next
      + "; any value in its range will do for \(listText(weak)), which nowhere does a tenth of what the "
      + (isMorris ? "strongest does" : "spread is")
  }

  var facts: [String] {
    var facts = [
      "\(countText(result.points)) points of \(countText(result.replications)) rehearsals of each variant with "
        + "the same luck at all points, seed \(result.seed).",
      isMorris
        ? "μ* is the mean size of what a parameter changes over its whole range (Morris's elementary effects); "
          + "brackets: 95 % intervals over \(countText(result.rows)) random paths."
        : "Shares of the variance over the ranges (Saltelli's design of \(countText(result.rows)) rows); "
          + "brackets: 95 % intervals of the jackknife.",
    ]
    let noisy = changing.filter { ($0.noiseShare ?? 0) > 0.1 }
    if !noisy.isEmpty {
      let names = noisy.map { "\($0.output.measure.title.lowercasedStart) (\(title($0.output)))" }
      facts.append(
        "Noise of the averages is more than a tenth of the spread in \(listText(names)): more --replications "
          + "sharpen these.")
    }
    return facts
  }

  /// What does not change with the parameters.
  var still: [ReportDocument.Block] {
    let names = result.outputs.filter { $0.deviation == 0 && !$0.output.isDifference }.map {
      "\($0.output.measure.title.lowercasedStart) (\(title($0.output)))"
    }
    return names.isEmpty
      ? [] : [.paragraph("The same at every point: \(names.joined(separator: "; ")).")]
  }

  /// A row for each input: the most it does to each measure of any variant.
  var ranking: ReportTable {
    func most(_ input: Int, _ measure: StudyMeasure) -> ConfidenceInterval? {
      changing.filter { $0.output.measure == measure && !$0.output.isDifference }
        .compactMap { interval($0, input) }.max { $0.estimate < $1.estimate }
    }
    let first = measures.first
    let order = result.inputs.indices.sorted { a, b in
      func size(_ input: Int) -> Double { first.flatMap { most(input, $0)?.estimate } ?? 0 }
      return (-size(a), a) < (-size(b), b)
    }
    return ReportTable(
      "ranking", title: isMorris ? "What each parameter moves" : "What each parameter explains",
      caption: isMorris
        ? "μ*: the mean size of the change over the whole range, of the variant it moves most."
        : "ST: share of the variance that the parameter explains with all it does together with others, of the "
          + "variant of which it explains most.",
      columns: [.text("parameter", "Parameter", "The parameter.")]
        + measures.map { measure in
          .interval(
            measure.name, scale(measure).titled(measure.title), unit: scale(measure).unit,
            isMorris
              ? "Mean size of the change over the parameter's range, of the variant it moves most."
              : "Total index, of the variant of which the parameter explains most.")
        },
      rows: order.map { input in
        ReportTable.Row(
          [.text(result.inputs[input].title)]
            + measures.map { measure in
              .figure(most(input, measure).map { scale(measure).text($0, atLeast: 0) })
            })
      })
  }
}

extension String {
  /// With a small first letter, unless it is an abbreviation.
  var lowercasedStart: String { lowercasedFirst(self) }
}
