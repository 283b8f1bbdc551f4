import Experiments
import Scenarios

/// How the numbers were made and what they do not show.
func methodNotes(_ report: StudyReport, _ reading: StudyReading, palette: VariantPalette) -> Markup
{
  let study = report.study
  let rule = study.exhaustionRule
  let follow = durationText(hours: study.followUpHours)
  let teams = listText(study.watchedTeams)
  let saving = durationText(hours: rule.netWorkSavingSeconds / 3600)
  let items: [(String, Markup)] = [
    (
      "Replications",
      """
      Each variant is rehearsed \(study.replications) times, \(study.events) events in all, with seed \
      \(Markup(String(study.seed))). A case has the same luck in every variant (common random numbers), \
      so that differences are those of the variants.
      """
    ),
    (
      "Intervals",
      """
      \(reading.level) intervals: Student's t for means over replications, Wilson's for probabilities, \
      paired t for differences, Newcombe's for differences of probabilities (which takes them as \
      independent and so is too wide here). They show the noise of finitely many rehearsals. They do \
      not show ignorance of the inputs: every input is held at its value in the assumption sheet.
      """
    ),
    (
      "Exhaustion, definition “backlog”\(rule.decides == .backlog ? " (decides)" : "")",
      """
      At the close of a working day the remaining work of a watched team (\(teams)) exceeds the work \
      scheduled for it in the next \(rule.backlogDays) working days, and so at \
      \(rule.confirmedDays) closes running. The date is the first of these days; days after the horizon \
      may confirm it, but it must begin within the horizon.
      """
    ),
    (
      "Exhaustion, definition “service”\(rule.decides == .service ? " (decides)" : "")",
      """
      At the end of a week more than \(numberText(100 * rule.serviceShare, decimals: 0)) % of the tickets \
      and exceptions of a watched team (\(teams)) that were due in the \(rule.serviceWindow) weeks before \
      were late, and so at the ends of \(rule.serviceWeeks) weeks running. A ticket is late if it was \
      not answered by its due date, whether it has been answered since or still waits. It is dated at the \
      last working day of the first of these weeks.
      """
    ),
    (
      "Exhaustion, definition “saturation”\(rule.decides == .saturation ? " (decides)" : "")",
      """
      The expected work that comes to a watched team reaches its scheduled hours over four weeks, and over \
      the four weeks that begin on each day of the week after. It is computed and not rehearsed, so it \
      has no interval: it comes to pass, or it does not.
      """
    ),
    (
      "Exhaustion, definition “net work”\(rule.decides == .netWork ? " (decides)" : "")",
      """
      For \(rule.netWorkCohorts) weekly cohorts of arrivals running, people work more per case than in \
      the baseline of the same replication\(rule.netWorkSavingSeconds > 0 ? " less \(saving)" : ""). It is \
      dated at the first working day of the first of these cohorts. For the baseline itself it has no \
      meaning and is shown as –.
      """
    ),
    ("Management response", "\(responseSentence(study))"),
    (
      "Arithmetic alone",
      """
      The fluid curve lets work flow in at its expected rate and out at the scheduled rate, and never \
      below nothing. It knows no chance, so near saturation it lies too low: queues grow by chance where it \
      is still empty. The dashed date is the day on which it fulfils definition “backlog”; saturation is \
      the first day of four weeks in which expected work reaches the scheduled hours.
      """
    ),
    (
      "Cohorts, not survivors",
      """
      Cost, time and quality are those of the cases that arrived within the horizon. Each is followed for \
      \(follow) from its own arrival while later cases go on arriving. A case that is not done by then \
      counts with \(follow) and is never left out. What its cases cost after the horizon, and what the \
      unfinished ones are expected to cost still, is charged as work owed; so a drowning variant cannot \
      look better by finishing less.
      """
    ),
  ]
  let list = element(
    "dl", ["class": "methods"],
    containing: items.flatMap { [element("dt", [:], "\($0.0)"), element("dd", [:], $0.1)] })
  return list + exhaustionTable(reading, palette: palette) + pairingTable(reading, palette: palette)
}

/// Exhaustion by every definition and team: a row for each variant.
private func exhaustionTable(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let study = reading.study
  func head(_ index: Int) -> Cell {
    .head(swatch(palette.colours[index]) + "\(palette.titles[index])")
  }
  let columns = study.variants.first?.exhaustionByDefinition ?? []
  let heads = columns.map { column -> Cell in
    switch column.definition {
    case .saturation: .number("Saturation, \(column.team ?? "any watched team")")
    case .service: .number("Service, \(column.team ?? "any watched team")")
    case .backlog: .number("Backlog, \(column.team ?? "any watched team")")
    case .netWork: .number("Net work, all people")
    }
  }
  let rows = study.variants.enumerated().map { index, variant in
    let cells = columns.map { column -> Cell in
      let result = variant.exhaustionByDefinition.first {
        $0.definition == column.definition && $0.team == column.team
      }
      guard let result, !result.isInapplicable else { return .number("–") }
      return .figure(figureMarkup(FigureText(result.byHorizon)) + dayMarkup(result))
    }
    return (cells: [head(index)] + cells, isChosen: false)
  }
  let watched = study.watchedTeams
  let saturation = study.variants.enumerated().map { index, variant in
    let cells = watched.map { name -> Cell in
      guard let fluid = variant.teams.first(where: { $0.name == name })?.fluid else {
        return .number("–")
      }
      let day = fluid.saturationDay.map { ", from day \(countText($0))" } ?? ""
      let (first, last) = (fluid.firstWeekIntensity, fluid.lastWeekIntensity)
      return .number("\(intensityText(first)) → \(intensityText(last))\(day)")
    }
    return (cells: [head(index)] + cells, isChosen: false)
  }
  return element("h3", [:], "Exhaustion by each definition")
    + tableMarkup(
      heads: [.head("Variant")] + heads, rows: rows,
      caption: "Probability by \(reading.horizon), and the working day on which it begins "
        + "(median, middle 80 %).")
    + tableMarkup(
      heads: [.head("Variant")] + watched.map { .number("Saturation, \($0)") }, rows: saturation,
      caption: "Expected work as a share of the scheduled hours, first and last week, and the "
        + "working day from which four weeks are saturated.")
}

/// When it begins, on a line of its own; nothing where it never does.
private func dayMarkup(_ result: ExhaustionResult) -> Markup {
  guard let median = result.medianDay, let range = result.day80, range.count == 2 else {
    return .none
  }
  let ends = rangeText(numberText(range[0], decimals: 0), numberText(range[1], decimals: 0))
  return element("br")
    + figureMarkup(
      FigureText(value: "day \(numberText(median, decimals: 0))", interval: "(\(ends))"))
}

/// Work over hours, in per cent; more than all is the point, so it is not capped.
private func intensityText(_ intensity: Double) -> String {
  intensity.isFinite ? "\(numberText(100 * intensity, decimals: 0)) %" : "no hours"
}

/// What common random numbers bought.
private func pairingTable(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  guard !reading.study.differences.isEmpty else { return .none }
  let rows = reading.study.differences.map { difference in
    let cells: [Cell] = [
      .head(
        swatch(palette.colour(of: difference.variant)) + "\(palette.title(of: difference.variant))"),
      .text("\(difference.figure.title)"), .figure(reading.text(difference)),
      .text(verdictMarkup(difference.verdict)),
      .number("\(difference.correlation.map { numberText($0, decimals: 2) } ?? "–")"),
      .number(
        "\(difference.varianceReduction.map { numberText($0, decimals: $0 < 10 ? 1 : 0) + "×" } ?? "–")"
      ),
    ]
    return (cells: cells, isChosen: false)
  }
  return element("h3", [:], "Paired differences, and what common random numbers bought")
    + element(
      "p", ["class": "quiet"],
      "The last column is the factor by which the variance of the difference is smaller than with "
        + "independent rehearsals; below 1 they did harm.")
    + tableMarkup(
      heads: [
        .head("Variant"), .head("Figure"), .number("Difference"), .head("Verdict"),
        .number("Correlation"), .number("Variance cut by"),
      ], rows: rows)
}
