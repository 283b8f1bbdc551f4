public import Experiments

/// A sweep as one HTML file that opens offline: a map of verdicts with the lines along which they flip, and
/// the table behind it.
///
/// The same sweep and bundle give the same bytes. Everything that comes from a scenario is escaped.
/// - Parameters:
///   - title: Title of the scenario.
///   - provenance: Where the sweep comes from.
///   - charts: What draws the maps; `nil` shows the table and says how to get the maps.
/// - Throws: what encoding a chart's data throws.
public func renderSweepHTML(
  _ sweep: SweepResult, title: String, provenance: ReportProvenance, charts: ChartBundle?
) throws -> String {
  let palette = VariantPalette(sweep)
  let drawn = charts != nil
  let figure = try ChartFigure.sweep(sweep, palette: palette)?.markup(drawn: drawn) ?? .none
  let frame = PageFrame(
    title: title, programVersion: provenance.programVersion, charts: charts,
    contentDigest: provenance.scenarioDigest)
  let flips = sweep.boundaries.flatMap { boundary in
    boundaryText(boundary, rows: sweep.axes[0], columns: sweep.axes[1])
  }
  let command = element("pre", [:], element("code", [:], "\(provenance.command)"))
  return frame.page(
    header: element("h1", [:], "\(title)")
      + element("p", ["class": "answer"], "\(sweepFinding(sweep)).")
      + element(
        "p", ["class": "facts"],
        "\(sweep.replications) rehearsals of each variant at each of \(sweep.cells.count) points with the same "
          + "luck, seed \(Markup(String(sweep.seed))); intervals show noise, not ignorance of the inputs."
      ),
    main: (drawn ? .none : bundleHint) + figure
      + element(
        "section", [:], element("h2", ["id": "flips"], "Where the verdict flips"),
        element("ul", [:], containing: flips.map { element("li", [:], "\($0)") }))
      + element(
        "section", [:], element("h2", ["id": "rerun"], "To run this again"), command,
        element(
          "p", ["class": "quiet"], "Scenario ", element("code", [:], "\(provenance.scenarioPath)"),
          ", SHA-256 ", element("code", [:], "\(provenance.scenarioDigest)"), ".")),
    footer: element(
      "p", ["class": "small"],
      "Rehearse \(provenance.programVersion). Nothing in this page is loaded from elsewhere."))
}
