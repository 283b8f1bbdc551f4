import Experiments
import Statistics

/// What pairs of variants show beyond their figures, for a terminal; empty where there is nothing.
func comparisonsText(_ study: StudyResult, style: TextStyle) -> String {
  var text = ""
  if let precision = study.precision { text += precisionText(precision, study, style: style) }
  guard let comparisons = study.comparisons else { return text }
  text += varianceText(comparisons, study, style: style)
  for selection in comparisons.selections { text += wrapped(selectionSentence(selection, study)) }
  let risks = riskText(comparisons, study, style: style)
  if !comparisons.selections.isEmpty, !risks.isEmpty { text += "\n" }
  text += risks
  text += competingText(comparisons, study)
  return text.isEmpty ? "" : text + "\n"
}

/// How precise the figures became that a study was to end with.
private func precisionText(
  _ precision: PrecisionResult, _ study: StudyResult, style: TextStyle
) -> String {
  let how =
    switch precision.outcome {
    case .reached:
      "All figures are as precise as asked for after \(countText(precision.replications)) rehearsals of each "
        + "variant, the last \(precision.lookAhead) or more in a row."
    case .notReached:
      "Not as precise as asked for after the \(countText(precision.maximum)) rehearsals allowed."
    case .stopped:
      "Stopped after \(countText(precision.replications)) rehearsals, before all was as precise as asked for."
    }
  var table = TextTable(
    heads: ["precision", "variant", "estimate", "half-width", "asked for", ""], numbers: [2, 3, 4])
  for row in precision.rows {
    let scale: Double = row.unit == "share" ? 100 : 1
    let unit = row.unit == "share" ? "points" : row.unit
    let asked: String
    switch row.target {
    case .absolute(let value): asked = "\(plainText(scale * value)) \(unit)"
    case .relative(let share): asked = "\(plainText(100 * share)) %"
    }
    let relative = row.relative.map { ", \(plainText(100 * $0)) %" } ?? ""
    table.add([
      row.measure.title, row.variant, plainText(scale * row.estimate),
      "\(plainText(scale * row.halfWidth)) \(unit)\(relative)", asked, row.isMet ? "" : "not met",
    ])
  }
  return wrapped(how) + table.text(style) + "\n"
}

/// What common random numbers were worth.
private func varianceText(
  _ comparisons: StudyComparisons, _ study: StudyResult, style: TextStyle
) -> String {
  let shown: [StudyMeasure] = [
    .figure(.costPerCase), .figure(.timeToCompletion), .figure(.ticketsPerHundred), .backlog,
  ]
  let rows = comparisons.pairs.filter { shown.contains($0.measure) && $0.varianceRatio != nil }
  guard !rows.isEmpty else { return "" }
  var table = TextTable(
    heads: [
      "against \(study.baseline)", "measure", "difference", "correlation", "fewer rehearsals",
      "at best", "p (Holm)",
    ], numbers: [2, 3, 4, 5, 6])
  for row in rows {
    guard let ratio = row.varianceRatio else { continue }
    func times(_ ratio: Double) -> String { ratio > 0 ? "\(plainText(1 / ratio)) ×" : "all" }
    table.add([
      row.variant, row.measure.title, differenceText(row),
      row.correlation.map { plainText($0) } ?? "–", times(ratio.ratio), times(ratio.bound),
      row.adjustedPValue.map { $0 < 0.001 ? "under 0.001" : plainText($0) } ?? "–",
    ])
  }
  return table.text(style)
    + wrapped(
      "“Fewer rehearsals”: how many times fewer it takes with the same luck in all variants than with "
        + "independent luck; “at best”: with a correlation of 1. p by Holm's method for all variants "
        + "together.") + "\n"
}

private func differenceText(_ row: PairedMeasure) -> String {
  FigureText(row.difference, unit: row.unit, signed: true).text
}

private func selectionSentence(_ selection: BestVariant, _ study: StudyResult) -> String {
  let within = "\(plainText(selection.difference)) \(selection.unit)"
  let name = selection.figure.title.lowercased()
  guard let variant = selection.variant else {
    return
      "By \(name), \(selection.remaining.joined(separator: ", ")) may each be best within \(within); "
      + "Kim and Nelson's procedure ends after at most \(countText(selection.atMost)) rehearsals."
  }
  return "By \(name), \(variant) is the best or within \(within) of it, with "
    + "\(shareText(selection.confidence)) probability (Kim and Nelson, after "
    + "\(countText(selection.replications)) rehearsals)."
}

/// How probabilities of exhaustion differ.
private func riskText(
  _ comparisons: StudyComparisons, _ study: StudyResult, style: TextStyle
) -> String {
  let rows = comparisons.risks.filter { $0.variantOnly + $0.baselineOnly > 0 }
  guard !rows.isEmpty else { return "" }
  var table = TextTable(
    heads: [
      "P(exhaustion) against \(study.baseline)", "difference", "days to exhaustion",
      "p (McNemar, Holm)",
    ], numbers: [1, 2, 3])
  for row in rows {
    let share = FigureText(share: abs(row.difference), lower: 0, upper: 0).value
    let sign = row.difference < 0 ? "−" : "+"
    func points(_ value: Double) -> String {
      (value < 0 ? "−" : "") + plainText(100 * abs(value))
    }
    let days = comparisons.pairs.first {
      $0.variant == row.variant && $0.measure == .daysToExhaustion
    }
    table.add([
      row.variant,
      "\(sign)\(share.replacing(" %", with: "")) points (\(points(row.lower)) to \(points(row.upper)))",
      days.map(daysText) ?? "–",
      row.adjustedPValue < 0.001 ? "under 0.001" : plainText(row.adjustedPValue),
    ])
  }
  return table.text(style)
}

private func daysText(_ row: PairedMeasure) -> String {
  let estimate = row.difference
  func days(_ value: Double) -> String { numberText(value, decimals: 1) }
  return "\(days(estimate.mean)) (\(days(estimate.lower)) to \(days(estimate.upper)))"
}

/// What comes first where a rollout can fall back or be cancelled.
private func competingText(_ comparisons: StudyComparisons, _ study: StudyResult) -> String {
  comparisons.competing.map { entry in
    guard let exhausted = entry.exhausted.last, let rolledBack = entry.rolledBack.last,
      let cancelled = entry.cancelled.last
    else { return "" }
    return wrapped(
      "What comes first in \(entry.variant) by the end: exhaustion in \(FigureText(exhausted).text) of "
        + "rehearsals, a fall back to an earlier stage in \(FigureText(rolledBack).text), cancellation in "
        + "\(FigureText(cancelled).text).")
  }.joined()
}
