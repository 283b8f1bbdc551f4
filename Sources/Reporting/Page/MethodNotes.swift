import Experiments
import Scenarios

/// How the numbers were made and what they do not show: terms and what is to be said of them.
func methodNotes(_ report: StudyReport, _ reading: StudyReading) -> [(term: String, text: String)] {
  let study = report.study
  let rule = study.exhaustionRule
  let follow = durationText(hours: study.followUpHours)
  let teams = listText(study.watchedTeams)
  let saving = durationText(hours: rule.netWorkSavingSeconds / 3600)
  return [
    (
      "Replications",
      """
      Each variant is rehearsed \(countText(study.replications)) times, \(countText(study.events)) events in all, with \
      seed \(study.seed). A case has the same luck in every variant (common random numbers), \
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
}

/// Exhaustion by every definition: a row for each variant and team, so that it stays narrow.
func exhaustionTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  let results = study.variants.first?.exhaustionByDefinition ?? []
  var definitions: [ExhaustionRule.Definition] = []
  var teams: [String?] = []
  for result in results {
    if !definitions.contains(result.definition) { definitions.append(result.definition) }
    if !teams.contains(result.team) { teams.append(result.team) }
  }
  let columns = definitions.map { definition in
    ReportTable.Column.interval(
      definition.rawValue.replacing("-", with: "_"), definitionTitle(definition), unit: "%",
      definition == .netWork
        ? "Share of rehearsals in which all people together work more per case than in the baseline by the "
          + "horizon; it is judged of nobody alone."
        : "Share of rehearsals in which it happens by this definition by the horizon.")
  }
  return ReportTable(
    "exhaustion-definitions", title: "Exhaustion by each definition",
    caption: "Probability by \(reading.horizon), and the working day on which it begins "
      + "(median, middle 80 %). Net work is judged of all people together.",
    columns: [
      .text("variant", "Variant", "The variant."),
      .text("team", "Team", "The watched team, or any of them."),
    ] + columns,
    rows: study.variants.enumerated().flatMap { index, variant in
      teams.map { team in
        ReportTable.Row(
          [palette.label(index), .text(team ?? "any watched team")]
            + definitions.map { definition in
              let result = variant.exhaustionByDefinition.first {
                $0.definition == definition && $0.team == team
              }
              guard let result, !result.isInapplicable else { return .missing }
              let figure = FigureText(result.byHorizon)
              return dayText(result).map { .noted(figure, note: $0) } ?? .figure(figure)
            })
      }
    })
}

private func definitionTitle(_ definition: ExhaustionRule.Definition) -> String {
  switch definition {
  case .saturation: "Saturation"
  case .service: "Service"
  case .backlog: "Backlog"
  case .netWork: "Net work"
  }
}

/// Expected work over scheduled hours of the watched teams: a row for each variant and team.
func saturationTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  return ReportTable(
    "saturation", title: "Work against hours, by arithmetic",
    caption:
      "Expected work as a share of the scheduled hours, first and last week, and the working day "
      + "from which four weeks are saturated.",
    columns: [
      .text("variant", "Variant", "The variant."), .text("team", "Team", "The watched team."),
      .number("first_week", "First week", unit: "%", "Expected work over scheduled hours."),
      .number("last_week", "Last week", unit: "%", "Expected work over scheduled hours."),
      .number(
        "from_day", "Saturated from day", unit: "",
        "Working day from which four weeks are saturated."),
    ],
    rows: study.variants.enumerated().flatMap { index, variant in
      variant.teams.filter { study.watchedTeams.contains($0.name) }.map { team in
        ReportTable.Row([
          palette.label(index), .text(team.name), intensityCell(team.fluid.firstWeekIntensity),
          intensityCell(team.fluid.lastWeekIntensity),
          .number(team.fluid.saturationDay.map(Double.init), to: 0),
        ])
      }
    })
}

/// Work over hours, in per cent; more than all is the point, so it is not capped.
private func intensityCell(_ intensity: Double) -> ReportTable.Cell {
  intensity.isFinite ? .percent(intensity, decimals: 0) : .text("no hours")
}

/// When it begins, in words; `nil` where it never does.
private func dayText(_ result: ExhaustionResult) -> String? {
  guard let median = result.medianDay, let range = result.day80, range.count == 2 else {
    return nil
  }
  let ends = rangeText(numberText(range[0], decimals: 0), numberText(range[1], decimals: 0))
  return "day \(numberText(median, decimals: 0)) (\(ends))"
}

/// What common random numbers bought.
func pairingTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  ReportTable(
    "differences-paired", title: "Paired differences, and what common random numbers bought",
    caption:
      "The last column is the factor by which the variance of the difference is smaller than with "
      + "independent rehearsals; below 1 they did harm.",
    columns: [
      .text("variant", "Variant", "The variant."), .text("figure", "Figure", "What is compared."),
      .interval(
        "difference", "Difference", unit: nil,
        "Variant less baseline, mean over rehearsals with the same luck."),
      .text("verdict", "Verdict", "What the interval says."),
      .number("correlation", "Correlation", unit: "", "Correlation of the pairs."),
      .number("variance_cut", "Variance cut by", unit: "", "Variance of independent over paired."),
    ],
    rows: reading.study.differences.map { difference in
      let cut = difference.varianceReduction
      return ReportTable.Row([
        palette.label(difference.variant), .text(difference.figure.title),
        .figure(reading.text(difference)), .text(verdictText(difference.verdict)),
        .number(difference.correlation, to: 2), .number(cut, to: (cut ?? 0) < 10 ? 1 : 0),
      ])
    })
}
