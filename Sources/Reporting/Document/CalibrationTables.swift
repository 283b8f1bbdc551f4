import Calibration
import Facts
import Statistics

/// The distances of a replay to the test log.
func replayTable(_ report: CalibrationReport) -> ReportTable {
  let meanings = [
    "NGD": "Counts of three activities in a row, as a share that differs.",
    "AEDD": "Times of events.", "CEDD": "Times of events within the hours of the day.",
    "REDD": "Times of events since the start of their case.", "CTDD": "Cycle times of cases.",
    "CAR": "Arrivals of cases.",
  ]
  let fitted = LogDistances.means(report.runsWithFittedArrivals)
  let rows = LogDistances.means(report.runs).enumerated().map { index, mean in
    let values = report.runs.map { $0.named[index].value }
    return ReportTable.Row([
      .text(mean.name), .text(meanings[mean.name] ?? ""),
      .text(mean.name == "NGD" ? "share" : "hours"), .number(mean.value, to: 3),
      .number(values.min(), to: 3), .number(values.max(), to: 3),
      .number(fitted.indices.contains(index) ? fitted[index].value : nil, to: 3),
    ])
  }
  return ReportTable(
    "replay-distances", title: "Distances to the test log",
    caption:
      "Wasserstein distances, as log-distance-measures computes them; 0 is alike. "
      + "\(countText(report.runs.count)) runs with the arrivals of the test log.",
    columns: [
      .text("distance", "Distance", "Its name in the literature."),
      .text("of", "Of what", "What is compared."), .text("unit", "Unit", "Unit of the distance."),
      .number("mean", "Mean", unit: nil, "Mean over the runs."),
      .number("least", "Least", unit: nil, "The run that comes closest."),
      .number("most", "Most", unit: nil, "The run that is furthest."),
      .number(
        "fitted", "With fitted arrivals", unit: nil, "Mean over runs with arrivals as fitted."),
    ], rows: rows)
}

/// One unit for working times, that of the mean in the middle: seconds, minutes, or hours where none is shorter than
/// half of one; a working day is none, since it has other hours for everybody.
func timeUnit(_ means: [Double]) -> NaturalUnit {
  let known = means.filter { $0 > 0 }.sorted()
  guard let least = known.first else { return .minute }
  let unit = NaturalUnit(forHours: known[known.count / 2] / 3600)
  return unit == .second || unit == .minute ? unit : least < 1800 ? .minute : .hour
}

/// Times with their fits, of activities or of what else the first column says.
func timesTable(
  _ id: String, _ title: String, _ times: [(name: String, fit: TimeFit)],
  of subject: ReportTable.Column = .text("activity", "Activity", "The activity.")
) -> ReportTable {
  let unit = timeUnit(times.map(\.fit.mean))
  let (symbol, length) = (unit.symbol, unit.hours * 3600)
  return ReportTable(
    id, title: title,
    columns: [
      subject,
      .text("taken", "Taken", "The family that the scenario has; empirical where none fits."),
      .number("sample", "Sample", unit: "", "Observations."),
      .number("mean", "Mean, \(symbol)", unit: symbol, "Mean of the observations."),
      .number("lower", "Lower end", unit: symbol, "Lower end of the mean's 95 % interval."),
      .number("upper", "Upper end", unit: symbol, "Upper end of the mean's 95 % interval."),
      .number(
        "deviation", "Deviation, \(symbol)", unit: symbol, "Standard deviation of the observations."
      ),
      .text("best", "Best family", "The family of least AIC."),
      .number("ks", "KS", unit: "", "Kolmogorov and Smirnov's distance of the best family."),
      .number("p", "p", unit: "", "Its p-value, by a bootstrap."),
      .number("ad", "A²", unit: "", "Anderson and Darling's statistic."),
      .number("aic", "AIC", unit: "", "Akaike's criterion of the best family."),
      .number(
        "outliers", "Outliers", unit: "", "Observations far above the others (Tukey, 3 ranges)."),
    ],
    rows: times.map { name, fit in
      ReportTable.Row([
        .text(name), .text(fit.family), .number(Double(fit.count), to: 0),
        .number(fit.mean / length, to: 2), .number(fit.interval.map { $0.lower / length }, to: 2),
        .number(fit.interval.map { $0.upper / length }, to: 2),
        .number(fit.deviation / length, to: 2),
        fit.bestFamily.map { .text($0) } ?? .missing, .number(fit.distance, to: 3),
        .number(fit.pValue, to: 3), .number(fit.andersonDarling, to: 2), .number(fit.aic, to: 0),
        .number(Double(fit.outliers), to: 0),
      ])
    })
}

/// Working times of single people, where they differ.
func peopleTable(_ calibration: LogCalibration) -> ReportTable {
  let unit = timeUnit(calibration.activities.flatMap { $0.byPerson.map(\.time.mean) })
  return ReportTable(
    "people-times", title: "People whose working times differ",
    columns: [
      .text("activity", "Activity", "The activity."), .text("person", "Person", "Who does it."),
      .number("sample", "Sample", unit: "", "Observations."),
      .number("mean", "Mean, \(unit.symbol)", unit: unit.symbol, "Mean of the observations."),
      .text("taken", "Taken", "The family that the scenario has."),
      .number(
        "same", "p alike", unit: "", "p-value that all take the same time (Kruskal and Wallis)."),
    ],
    rows: calibration.activities.flatMap { activity in
      activity.byPerson.map { person, fit in
        ReportTable.Row([
          .text(activity.name), .text(person), .number(Double(fit.count), to: 0),
          .number(fit.mean / 3600 / unit.hours, to: 2), .text(fit.family),
          .number(activity.samePeople, to: 4),
        ])
      }
    })
}

/// How cases arrive.
func arrivalsTable(_ fit: ArrivalFit) -> ReportTable {
  var rows: [(String, String)] = [
    ("Pattern", fit.pattern), ("Cases that it rests on", countText(fit.count)),
    ("Cases a week", numberText(roundedNumber(fit.perWeek, decimals: 1), decimals: 1)),
    ("Hours", fit.hours.lines.joined(separator: ", ")),
    (
      "Coefficient of variation of the distances in open time",
      numberText(roundedNumber(fit.variation, decimals: 2), decimals: 2)
    ),
  ]
  if let interval = fit.interval {
    let ends = [interval.lower, interval.upper].map { end in
      numberText(roundedNumber(end, decimals: 1), decimals: 1)
    }
    rows.append(("95 % interval of the cases a week", "\(ends[0]) to \(ends[1])"))
  }
  if let distance = fit.distance, let p = fit.pValue {
    let figures = [distance, p].map { numberText(roundedNumber($0, decimals: 3), decimals: 3) }
    rows.append(("Kolmogorov and Smirnov of a Poisson process", "\(figures[0]), p \(figures[1])"))
  }
  if let trend = fit.trend {
    let share = numberText(roundedNumber(100 * trend, decimals: 1), decimals: 1)
    rows.append(("Trend, not continued", "\(share) % of the weekly mean a week"))
  }
  return ReportTable(
    "arrival-parameters", title: "Arrivals",
    columns: [
      .text("what", "What", "The parameter."), .text("value", "Value", "What was measured."),
    ],
    rows: rows.map { ReportTable.Row([.text($0.0), .text($0.1)]) })
}

/// Who works when.
func teamsTable(_ calibration: LogCalibration) -> ReportTable {
  ReportTable(
    "team-hours", title: "Teams and hours",
    columns: [
      .text("team", "Team", "The team."), .number("people", "People", unit: "", "Its people."),
      .number("sample", "Sample", unit: "", "Pieces of work that it did."),
      .number("limit", "At a time", unit: "", "Things that a person does at a time."),
      .text("hours", "Hours", "Hours of an ordinary week."),
      .number(
        "within", "Within", unit: "%", "Instants of beginning and end that lie in the hours."),
      .number("own", "With own hours", unit: "", "People whose hours are not the team's."),
    ],
    rows: calibration.teams.map { team in
      ReportTable.Row([
        .text(team.name),
        team.isUnnamed ? .missing : .number(Double(team.members.count), to: 0),
        .number(Double(team.workCount), to: 0), .number(Double(team.limit), to: 0),
        .text(team.hours.lines.joined(separator: ", ")),
        .percent(Double(team.fit.within) / Double(max(1, team.fit.count))),
        .number(Double(team.members.count { $0.hours != team.hours }), to: 0),
      ])
    })
}

/// The ways that cases take, with intervals.
func branchBlocks(_ calibration: LogCalibration) -> [ReportDocument.Block] {
  let most = 200
  let all = calibration.branches
  let shown = all.enumerated().sorted {
    ($1.element.total, $0.offset) < ($0.element.total, $1.offset)
  }
  .prefix(most).map(\.element)
  let table = ReportTable(
    "branch-shares", title: "Ways of cases",
    caption: "95 % intervals of the Beta posterior with Jeffreys' prior.",
    columns: [
      .text("gateway", "Gateway", "Its identifier in process.bpmn."),
      .text("leads_to", "Leads to", "What comes next."),
      .number("taken", "Taken", unit: "", "Times that it was taken."),
      .number("visits", "Visits", unit: "", "Visits of the gateway."),
      .number("share", "Share", unit: "%", "Share of the visits."),
      .number("lower", "Lower end", unit: "%", "Lower end of its interval."),
      .number("upper", "Upper end", unit: "%", "Upper end of its interval."),
    ],
    rows: shown.map { branch in
      let (a, b) = (Double(branch.count) + 0.5, Double(branch.total - branch.count) + 0.5)
      return ReportTable.Row([
        .code(branch.gateway), .text(branch.leadsTo), .number(Double(branch.count), to: 0),
        .number(Double(branch.total), to: 0),
        .percent(Double(branch.count) / Double(max(1, branch.total))),
        .percent(inverseRegularizedBeta(a, b, 0.025)),
        .percent(inverseRegularizedBeta(a, b, 0.975)),
      ])
    })
  let rest = all.count - shown.count
  return [.table(table)]
    + (rest > 0
      ? [.remark("The \(countText(rest)) least visited ways stand in the scenario only.")] : [])
}

/// When quantities of a log changed.
func changesTable(_ calibration: LogCalibration) -> ReportTable {
  changesTable(
    "change-points", title: "What changed while the log was written",
    [("Distance between arrivals", calibration.arrivals.changes)]
      + calibration.activities.flatMap { activity in
        [
          ("Working time of \(activity.name)", activity.changes),
          ("Waiting before \(activity.name)", activity.delayChanges),
        ]
      })
}

/// When quantities changed: times in seconds, or shares in 0...1.
func changesTable(
  _ id: String, title: String, _ all: [(what: String, changes: [ChangePoint])],
  areShares: Bool = false
) -> ReportTable {
  func day(_ local: Int64) -> ReportTable.Cell {
    let length: Int64 = 86_400_000_000
    return .day(
      CalendarDay(number: Int((local - (local % length + length) % length) / length)).description)
  }
  let unit = timeUnit(all.flatMap(\.changes).flatMap { [$0.before, $0.after] })
  let symbol = areShares ? "%" : unit.symbol
  func cell(_ value: Double) -> ReportTable.Cell {
    areShares ? .percent(value) : .number(value / 3600 / unit.hours, to: 2)
  }
  return ReportTable(
    id, title: title,
    caption: "Pettitt's test; what came since the last change is what is measured.",
    columns: [
      .text("what", "What", "The quantity."), .text("when", "When", "Day of the change."),
      .text("earliest", "From", "First day on which it may have been, at 95 %."),
      .text("latest", "To", "Last day on which it may have been, at 95 %."),
      .number("before", "Before, \(symbol)", unit: symbol, "Mean since the change before."),
      .number("after", "After, \(symbol)", unit: symbol, "Mean until the next change."),
      .number("p", "p", unit: "", "p-value of no change."),
    ],
    rows: all.flatMap { what, changes in
      changes.map { change in
        ReportTable.Row([
          .text(what), day(change.time), day(change.span.lowerBound), day(change.span.upperBound),
          cell(change.before), cell(change.after), .number(change.pValue, to: 6),
        ])
      }
    })
}
