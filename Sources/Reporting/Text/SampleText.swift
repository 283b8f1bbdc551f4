public import Experiments

/// What came of a study at many points, for a terminal.
public func sampleText(_ result: SampleResult, style: TextStyle = .plain) -> String {
  let isLine = result.design == .steps
  var text =
    style.strong(
      isLine
        ? "What \(lowercasedFirst(result.inputs.first?.title ?? "")) trades"
        : "What came of \(countText(result.points.count)) points (Latin hypercube)") + "\n"
  text += inputsText(result.inputs, style: style) + "\n"
  let several = (result.points.first?.variants.count ?? 0) > 1
  let heads =
    result.inputs.map(\.title) + (several ? ["variant"] : [])
    + result.measures.map { "\($0.measure.title) [\($0.unit)]" } + ["unbeaten"]
  let first = result.inputs.count + (several ? 1 : 0)
  var table = TextTable(heads: heads, numbers: Set(first..<(first + result.measures.count)))
  for point in result.points {
    for entry in point.variants {
      table.add(
        point.values.map(valueText) + (several ? [entry.variant] : [])
          + zip(entry.estimates, result.measures).map { estimate, measure in
            estimate.map { FigureText($0, unit: measure.unit).text } ?? "–"
          } + [entry.isUnbeaten ? "yes" : ""])
    }
  }
  text += table.text(style)
  let names = result.measures.map { lowercasedFirst($0.measure.title) }
  text +=
    "Unbeaten: no other line is as good in \(listText(names)) at once and better in one, by means.\n\n"
  return text
    + style.quiet(
      "\(countText(result.points.count)) points of \(countText(result.replications)) rehearsals of each "
        + "variant with the same luck at all points, seed \(result.seed). Brackets: 95 % intervals of the means; "
        + "noise, not ignorance of the inputs.") + "\n"
}
