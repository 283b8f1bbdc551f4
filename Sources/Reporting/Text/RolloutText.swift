import Experiments

/// What became of rollouts, for a terminal; empty where no variant has one.
func rolloutText(_ study: StudyResult, style: TextStyle) -> String {
  let palette = VariantPalette(study)
  var table = TextTable(
    heads: ["rollout", "stage", "reached", "on day", "80 % of them"], numbers: [2, 3, 4])
  for row in study.rolloutRows {
    table.add([
      palette.titles[row.variant], row.step.name, FigureText(row.step.reached).text, row.day,
      row.range,
    ])
  }
  return study.rolloutRows.isEmpty ? "" : table.text(style) + "\n"
}

extension StudyResult {
  /// Stages and ends of the rollouts of all variants that have one.
  var rolloutRows: [RolloutRow] {
    variants.enumerated().flatMap { index, variant in
      (variant.rollout?.steps ?? []).map { RolloutRow(variant: index, step: $0) }
    }
  }
}

/// A stage or end of a variant's rollout.
struct RolloutRow {
  /// Position of the variant.
  var variant: Int
  /// The stage or end.
  var step: RolloutResult.Step

  /// Median day on which it is reached.
  var day: String { step.medianDay.map { numberText($0, decimals: 0) } ?? "–" }

  /// Days between which it is reached in 80 % of the replications that reach it.
  var range: String {
    guard let days = step.day80, days.count == 2 else { return "–" }
    return "\(numberText(days[0], decimals: 0)) to \(numberText(days[1], decimals: 0))"
  }
}
