package import Experiments

/// What a study that is still being run shows so far: the curve of exhaustion with its bands, by the
/// specification of the report, and the headline figures of every variant with their intervals.
///
/// - Parameters:
///   - study: What the replications that are done show.
///   - requested: Replications of each variant that were asked for.
///   - drawn: Whether the page has `charts.js` and `drawingScript`; else the data of the curve stand open.
package func interimMarkup(
  _ study: StudyResult, requested: Int, drawn: Bool
) throws -> Markup {
  let reading = StudyReading(study)
  let palette = VariantPalette(study)
  let note =
    "So far, from \(countText(study.replications)) of \(countText(requested)) rehearsals of each variant "
    + "with the same luck; brackets and bands hold \(reading.level) intervals, which narrow as more are "
    + "done."
  let curve = try ChartFigure.exhaustion(reading, palette: palette).markup(drawn: drawn)
  let hint: Markup = drawn ? .none : bundleHint
  return element("p", ["class": "facts"], "\(note)") + hint + curve
    + tableMarkup(reading.comparison(palette: palette))
}
