import Experiments

/// What each objective alone would choose, and what the others pay for it; no rows for one variant.
func objectivesTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let axes = reading.study.axes
  let several = reading.study.variants.count > 1
  return ReportTable(
    "objectives", title: "What each objective alone would choose",
    caption:
      "Whoever is measured by one objective chooses the variant with its best mean; behind it stands how far "
      + "that choice lies behind the best of the objective that suffers most. Where the choices differ, the "
      + "objectives have to be set together.",
    columns: [
      .text("objective", "Objective", "What somebody is measured by."),
      .text("choice", "Would choose", "The variant with the best mean of it."),
      .text("value", "Value", "The objective's value there, with its interval."),
      .text("others", "May as well be", "Variants whose interval overlaps that of the choice."),
      .text("victim", "Suffers most", "The objective that lies furthest behind its best there."),
      .number(
        "behind", "Behind its best by", unit: "%",
        "100 less the score of that objective, as on the five axes: 50 % is twice as much of what is bad."
      ),
      .text("advised", "Agrees", "Whether the choice is the variant advised."),
    ],
    rows: !several
      ? []
      : axes.compactMap { axis in
        guard let choice = axis.entries.first(where: { $0.score == 100 }) else { return nil }
        let losses = axes.filter { $0.axis != axis.axis }.compactMap { other in
          other.entries.first { $0.variant == choice.variant }
            .map { (axis: other.axis, loss: max(0, 100 - $0.score)) }
        }
        let victim = losses.enumerated().min {
          (-$0.element.loss, $0.offset) < (-$1.element.loss, $1.offset)
        }?.element
        let others = axis.entries.filter { $0.mayBeBest && $0.variant != choice.variant }
          .map { palette.title(of: $0.variant) }
        let advised = reading.study.recommendation.variant
        return ReportTable.Row([
          .text(axisTitle(axis.axis)), palette.label(choice.variant),
          .text(axisText(axis.axis, choice, reading)),
          .text(others.isEmpty ? "–" : listText(others)),
          .text(victim.map { $0.loss > 0 ? axisTitle($0.axis) : "none" } ?? "–"),
          .number(victim?.loss, to: 0),
          .text(
            advised == nil
              ? "none is advised" : advised == choice.variant ? "yes" : "no"),
        ])
      })
}

/// Which variants no other beats in all five objectives at once; no rows for one variant.
func frontTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let axes = reading.study.axes
  let variants = reading.study.variants
  /// Scores of a variant in the order of the axes; what has no value is neither better nor worse.
  func scores(_ name: String) -> [Double?] {
    axes.map { axis in axis.entries.first { $0.variant == name }?.score }
  }
  func beats(_ one: String, _ other: String) -> Bool {
    let pairs = zip(scores(one), scores(other)).compactMap { a, b -> (Double, Double)? in
      guard let a, let b else { return nil }
      return (a, b)
    }
    return !pairs.isEmpty && pairs.allSatisfy { $0.0 >= $0.1 } && pairs.contains { $0.0 > $0.1 }
  }
  return ReportTable(
    "front", title: "Which variants several objectives leave",
    caption:
      "By means: a variant is beaten where another is no worse in all five objectives and better in one. "
      + "Between those that are left, what one objective is worth against another decides.",
    columns: [
      .text("variant", "Variant", "The variant."),
      .text("left", "On the Pareto front", "Whether no other variant beats it."),
      .text("beaten_by", "Beaten by", "Variants that are no worse in all five and better in one."),
    ],
    rows: variants.count < 2
      ? []
      : variants.enumerated().map { index, variant in
        let better = variants.filter { beats($0.name, variant.name) }
          .map { palette.title(of: $0.name) }
        return ReportTable.Row(
          [
            palette.label(index), .text(better.isEmpty ? "yes" : "no"),
            .text(better.isEmpty ? "–" : listText(better)),
          ], isChosen: variant.name == reading.study.recommendation.variant)
      })
}
