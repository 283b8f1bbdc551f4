public import Experiments
internal import Statistics

/// Which inputs matter, for a terminal.
public func sensitivityText(_ result: SensitivityResult, style: TextStyle = .plain) -> String {
  let isMorris = result.method == .morris
  var text =
    style.strong(
      isMorris ? "Which parameters matter (Morris)" : "What parameters explain (Sobol)") + "\n"
  text += inputsText(result.inputs, style: style) + "\n"
  for output in result.outputs {
    text += style.strong(name(of: output.output)) + "\n"
    if output.deviation == 0 {
      text += "  does not change with the parameters\n\n"
      continue
    }
    var table = TextTable(
      heads: isMorris
        ? ["parameter", "μ*", "95 %", "σ", "acts"] : ["parameter", "S1", "95 %", "ST", "95 %"],
      numbers: [1, 2, 3, 4])
    let order = result.inputs.indices.sorted { a, b in
      let (x, y) = (weight(output, a), weight(output, b))
      return (-x, a) < (-y, b)
    }
    for index in order {
      if isMorris, output.effects.indices.contains(index) {
        let effect = output.effects[index]
        table.add([
          result.inputs[index].title, plainText(effect.size.estimate),
          "\(plainText(max(0, effect.size.lower))) to \(plainText(effect.size.upper))",
          plainText(effect.deviation), acting(effect),
        ])
      } else if output.indices.indices.contains(index) {
        let indices = output.indices[index]
        table.add([
          result.inputs[index].title, plainText(indices.first.estimate),
          "\(plainText(indices.first.lower)) to \(plainText(indices.first.upper))",
          plainText(indices.total.estimate),
          "\(plainText(indices.total.lower)) to \(plainText(indices.total.upper))",
        ])
      }
    }
    text += table.text(style)
    if let noise = output.noiseShare, noise > 0.1 {
      text +=
        "  Noise of the averages is \(shareText(noise)) of the spread over the points: more "
        + "--replications sharpen this.\n"
    }
    text += "\n"
  }
  return text
    + style.quiet(
      "\(countText(result.points)) points of \(countText(result.replications)) rehearsals of each variant, "
        + "seed \(result.seed)"
        + (isMorris
          ? "; μ* is the change over the whole range of the parameter."
          : "; shares of the variance, with intervals of the jackknife.")) + "\n"
}

func weight(_ output: SensitivityResult.Output, _ index: Int) -> Double {
  if output.effects.indices.contains(index) { return output.effects[index].size.estimate }
  return output.indices.indices.contains(index) ? output.indices[index].total.estimate : 0
}

func acting(_ effect: MorrisEffect) -> String {
  if effect.size.estimate == 0 { return "not at all" }
  // A quarter of its size in spread is still nearly a straight line.
  if effect.deviation <= 0.25 * effect.size.estimate { return "alone, in a line" }
  return "in a curve or with others"
}

private func name(of output: StudyOutput) -> String {
  let difference = output.isDifference ? ", less the baseline" : ""
  return "\(output.measure.title) of \(output.variant)\(difference) [\(output.unit)]"
}

func inputsText(_ inputs: [StudyInputSummary], style: TextStyle) -> String {
  var table = TextTable(heads: ["parameter", "from", "to", "counted"], numbers: [3])
  for input in inputs {
    table.add([
      input.title, valueText(input.low), valueText(input.high),
      input.sample.map { countText($0) } ?? "–",
    ])
  }
  return table.text(style)
}

/// Noise and ignorance apart, for a terminal.
public func uncertaintyText(_ result: UncertaintyResult, style: TextStyle = .plain) -> String {
  var text = style.strong("Chance and ignorance, apart") + "\n"
  text += inputsText(result.inputs, style: style) + "\n"
  var table = TextTable(
    heads: [
      "", "mean", "chance (sd)", "ignorance (sd)", "ignorance, of the variance", "both, 90 %",
      "ignorance alone, 90 %",
    ], numbers: [1, 2, 3, 4, 5, 6])
  for output in result.outputs {
    func range(_ quantiles: [Double]) -> String {
      quantiles.count == 3 ? "\(plainText(quantiles[0])) to \(plainText(quantiles[2]))" : "–"
    }
    let share =
      output.ignoranceShare.map {
        "\(shareText($0.estimate)) (\(shareText($0.lower)) to \(shareText($0.upper)))"
      } ?? "nothing varies"
    table.add([
      name(of: output.output), plainText(output.mean.estimate), plainText(output.noise),
      plainText(output.ignorance), share, range(output.both), range(output.ignoranceAlone),
    ])
  }
  text += table.text(style) + "\n" + style.strong("What more data would buy") + "\n"
  for output in result.outputs {
    // What cannot be told from chance is nobody's ignorance.
    guard let share = output.ignoranceShare, share.lower > 0 else { continue }
    let ranked = output.contributions.enumerated().filter { $0.element.share > 0.05 }
      .sorted { (-$0.element.share, $0.offset) < (-$1.element.share, $1.offset) }
    guard !ranked.isEmpty else { continue }
    let parts = ranked.prefix(3).map { entry -> String in
      let part = entry.element
      let more = part.withTwiceTheData.map {
        ", half of that with twice the data (\(shareText($0)))"
      }
      return "\(part.input) \(shareText(part.share))\(more ?? "")"
    }
    text += wrapped(
      "\(name(of: output.output)): share of its ignorance that knowing a parameter would take away: "
        + "\(parts.joined(separator: "; ")). "
        + "More rehearsals narrow neither: \(shareText(1 - share.estimate)) of its variance is chance that stays.",
      indent: "  ", next: "    ")
  }
  let cheapest = result.cheapest.filter { $0.sets.count > 0 }
    .map { "\($0.variant) \(FigureText($0.sets).text)" }
  if result.cheapest.count > 1 {
    text += wrapped("Cheapest, of the sets of parameters: \(cheapest.joined(separator: "; ")).")
  }
  return text
    + style.quiet(
      "\(countText(result.draws)) sets of parameters, \(countText(result.replications)) rehearsals of "
        + "each variant with each, seed \(result.seed). Chance: of one rehearsal, were the parameters "
        + "known. Ignorance: of the mean, as they vary.") + "\n"
}
