import Experiments

/// When variants have paid for themselves, for a terminal; empty where the scenario says nothing of it.
func costsOverTimeText(_ study: StudyResult, style: TextStyle) -> String {
  guard let money = study.costsOverTime, !money.benefits.isEmpty else { return "" }
  let reading = StudyReading(study)
  let palette = VariantPalette(study)
  var table = TextTable(
    heads: ["against the baseline", "net present value", "pays for itself", "P(paid by the end)"],
    numbers: [1, 3])
  for benefit in money.benefits {
    table.add([
      palette.title(of: benefit.variant),
      FigureText(benefit.netPresentValue, unit: study.currency, signed: true).text,
      reading.paybackText(benefit), benefit.brokenEven.last.map { FigureText($0).text } ?? "–",
    ])
  }
  return table.text(style) + "\n"
}
