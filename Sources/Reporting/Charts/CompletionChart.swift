import Experiments

extension ChartFigure {
  /// Share of the cases of arrival cohorts completed by a time since arrival, a small chart for each
  /// variant on one scale; what is unfinished is the gap at the top.
  static func completion(_ reading: StudyReading, palette: VariantPalette) -> ChartFigure? {
    let study = reading.study
    let all = study.variants.flatMap(\.completion)
    guard all.contains(where: { !$0.points.isEmpty }) else { return nil }
    let unit = NaturalUnit(
      forHours: all.flatMap(\.points).filter { $0.share >= 0.5 }.map(\.hours).max() ?? 0)
    let columns: [ChartTable.Column] = [
      .init(field: "title", title: "Variant", meaning: "Title of the variant."),
      .init(field: "cohort", title: "Arrived in", meaning: "Weeks in which the cases arrived."),
      .init(
        field: "time", title: "Time since arrival, \(unit.symbol)", unit: unit.symbol,
        meaning: "Calendar time since the arrival of a case.", form: .decimals(2)),
      .init(
        field: "share", title: "Share completed",
        meaning: "Share of all cases that arrived in those weeks and were done by then.",
        form: .share),
    ]
    func rows(_ variant: VariantResult) -> [[ChartValue]] {
      variant.completion.flatMap { group in
        sampledPoints(group.points, of: variant.completion.count).map { point in
          [
            .text(palette.title(of: variant.name)), .text(cohortTitle(group)),
            .number(point.hours / unit.hours), .number(point.share),
          ]
        }
      }
    }
    // Nine tenths of what finishes decides the scale; a long tail would flatten everything else.
    let reach =
      all.compactMap { group in
        let finished = 1 - group.unfinishedShare
        return group.points.first { $0.share >= 0.97 * finished }?.hours
      }.max() ?? study.followUpHours
    let title = completionFinding(reading, palette: palette)
    let table = ChartTable(columns: columns, rows: study.variants.flatMap(rows))
    let shown = table.rows.indices.filter { index in
      guard case .number(let share) = table.rows[index][3] else { return false }
      let step = share * 10
      return (step - step.rounded()).magnitude < 1e-6 || index == table.rows.count - 1
    }
    return ChartFigure(
      id: "completion", title: title,
      subtitle:
        "Share of all cases that arrived in those weeks and were done by a time since arrival, "
        + "each followed for \(durationText(hours: study.followUpHours)). A curve that stays below "
        + "100 % leaves the unfinished as a gap. The slowest 3 % may lie beyond the right edge",
      description: title + ". Curves of the share completed by time since arrival, for groups of "
        + "weeks of arrival, one chart for each variant.",
      panels: study.variants.map { variant in
        let name = palette.title(of: variant.name)
        return Panel(
          title: name,
          notes: cohortNotes(variant, colour: palette.colour(of: variant.name)),
          specification: completionSpecification(
            ChartTable(columns: columns, rows: rows(variant)), variant: variant, title: name,
            colour: palette.colour(of: variant.name), reach: reach / unit.hours, unit: unit))
      },
      table: table, shownRows: shown, shownRowsNote: "about every tenth per cent",
      drawing: .lines(x: "time", y: "share", by: "title"))
  }
}

/// As many points of a distribution as a small chart of so many curves can show: a hundred, of many curves
/// fewer.
private func sampledPoints(
  _ points: [CompletionResult.Point], of curves: Int
) -> [CompletionResult.Point] {
  let most = max(20, min(100, 400 / max(1, curves)))
  let step = max(1, (points.count + most - 1) / most)
  return points.enumerated().filter { $0.offset % step == 0 || $0.offset == points.count - 1 }
    .map(\.element)
}

/// Weeks of arrival in words.
func cohortTitle(_ group: CompletionResult) -> String {
  group.firstWeek == group.lastWeek
    ? "week \(group.firstWeek)" : "weeks \(group.firstWeek)–\(group.lastWeek)"
}

private func completionSpecification(
  _ table: ChartTable, variant: VariantResult, title: String, colour: String, reach: Double,
  unit: NaturalUnit
) -> ChartSpecification {
  let x = Channel.number(
    "time", title: "Time since arrival, \(unit.symbol)",
    axis: .some(Axis(grid: false, tickCount: 5)),
    scale: Scale(domain: .numbers([0, reach]), nice: false))
  let y = Channel.number(
    "share", title: "Completed", axis: .some(Axis(format: ".0%", tickCount: 3)),
    scale: Scale(domain: .numbers([0, 1])))
  return ChartSpecification(
    title: .init(text: "Time to completion", subtitle: title),
    description: "Time to completion under \(title).", height: 200,
    data: ChartData(values: table.values),
    layer: variant.completion.enumerated().map { index, group in
      Layer(
        Mark(
          type: .line, interpolate: "monotone", clip: true, color: colour, strokeWidth: 2,
          strokeDash: cohortDashes(index, of: variant.completion.count)),
        Encoding(x: x, y: y), keeping: "datum.cohort === '\(cohortTitle(group))'")
    } + [
      Layer(
        Mark(type: .point, clip: true, opacity: .value(0), size: 60),
        Encoding(
          x: x, y: y,
          tooltip: [
            .word("cohort", title: "Arrived in"),
            .number("time", title: "Time since arrival, \(unit.symbol)", format: ".2f"),
            .number("share", title: "Completed", format: ".1%"),
          ]))
    ])
}

/// Dashes of a group of cohorts: dotted where it is early, closing up to the full line of the last.
private func cohortDashes(_ index: Int, of count: Int) -> [Int]? {
  let patterns = [[1, 3], [3, 3], [6, 3], [10, 3], [16, 3]]
  let place = count - 1 - index
  return place == 0 ? nil : patterns[max(0, patterns.count - place - (count <= 3 ? 2 : 1))]
}

/// Each group of cohorts in words.
private func cohortNotes(_ variant: VariantResult, colour: String) -> [ChartFigure.KeyEntry] {
  variant.completion.enumerated().map { index, group in
    let median =
      group.points.first { $0.share >= 0.5 }
      .map { "half done in \(durationText(hours: $0.hours))" } ?? "fewer than half done"
    let gap = group.unfinishedShare > 0 ? ", \(shareText(group.unfinishedShare)) unfinished" : ""
    return ChartFigure.KeyEntry(
      label: "\(cohortTitle(group)): \(median)\(gap)", colour: colour,
      sign: cohortDashes(index, of: variant.completion.count).map { .dashed($0) } ?? .line)
  }
}

private func completionFinding(_ reading: StudyReading, palette: VariantPalette) -> String {
  func last(_ variant: VariantResult) -> CompletionResult? { variant.completion.last }
  let unfinished = reading.study.variants.compactMap { variant in
    last(variant).map { (title: palette.title(of: variant.name), share: $0.unfinishedShare) }
  }
  if let most = unfinished.max(by: { $0.share < $1.share }), most.share > 0.01 {
    return "\(most.title) leaves \(shareText(most.share)) of the last cohorts unfinished"
  }
  let times = reading.study.variants.compactMap { variant in
    variant.figure(.timeToCompletion).map { (palette.title(of: variant.name), $0.mean) }
  }
  guard let fastest = times.min(by: { $0.1 < $1.1 }), times.count > 1 else {
    return "Time to completion"
  }
  return
    "Cases are done soonest under \(fastest.0), after \(durationText(hours: fastest.1)) on average"
}
