public import Calibration

/// What the report of a calibration is made of.
public struct CalibrationReport: Sendable {
  /// The parameters with samples and fits.
  public var calibration: LogCalibration
  /// The log as people name it.
  public var logName: String
  /// What was read as what: part of an event and column.
  public var reading: [(part: String, column: String)]
  /// What is odd about the log, a sentence each.
  public var problems: [String]
  /// The distances of each run to the test log; empty where there is none.
  public var runs: [LogDistances]
  /// The same with arrivals as fitted.
  public var runsWithFittedArrivals: [LogDistances]
  /// How far the runs are from the test log at each activity.
  public var residuals: [ActivityResidual]
  /// How the test log ends; `nil` where there is none.
  public var end: TestLogEnd?
  /// Where it comes from.
  public var provenance: ReportProvenance

  /// Creates a report.
  public init(
    calibration: LogCalibration, logName: String, reading: [(part: String, column: String)],
    problems: [String], runs: [LogDistances], runsWithFittedArrivals: [LogDistances],
    residuals: [ActivityResidual], end: TestLogEnd?, provenance: ReportProvenance
  ) {
    self.calibration = calibration
    self.logName = logName
    self.reading = reading
    self.problems = problems
    self.runs = runs
    self.runsWithFittedArrivals = runsWithFittedArrivals
    self.residuals = residuals
    self.end = end
    self.provenance = provenance
  }
}

extension ReportDocument {
  /// What the report of a calibration says: the replay first, then every parameter, then what is not known.
  public init(_ report: CalibrationReport) {
    let calibration = report.calibration
    let fitted = calibration.activities.count { $0.time.family == $0.time.bestFamily }
    self.init(
      title: "Calibration of \(report.logName)", question: nil,
      answer:
        "\(countText(calibration.caseCount)) cases and \(countText(calibration.eventCount)) events became a "
        + "scenario; the working times of \(fitted) of \(calibration.activities.count) activities follow a "
        + "known distribution, the others are drawn from what was seen or are constant",
      advice:
        "What the log cannot say is listed below; put it right in \(report.provenance.scenarioPath) before it "
        + "decides anything",
      facts: [
        "Hours in \(calibration.zone).",
        "Every parameter is measured, with its number of observations; p-values are of Kolmogorov and "
          + "Smirnov's test, with parameters fitted to the same sample allowed for.",
      ], opening: [], sections: [], provenance: report.provenance)
    let times = calibration.activities.map { (name: $0.name, fit: $0.time) }
    let delays = calibration.activities.flatMap { activity -> [(name: String, fit: TimeFit)] in
      guard let delay = activity.delay else { return [] }
      return [(activity.name, delay)]
        + activity.delaysAfter.map { delay in
          let after = delay.after.isEmpty ? "anything else" : delay.after.joined(separator: ", ")
          return ("\(activity.name), after \(after)", delay.time)
        }
    }
    let remark = report.end?.remark(runs: report.runs.count)
    let all = [
      Section(
        id: "replay", title: "How close a replay of the test log comes",
        blocks: [.table(replayTable(report)), .table(residualsTable(report.residuals))]
          + (remark.map { [.remark($0)] } ?? [])),
      Section(
        id: "fits", title: "Working times",
        blocks: [.table(timesTable("working-times", "Working times", times))]
          + (ChartFigure.fits(times).map { [.figure($0)] } ?? [])
          + [.table(peopleTable(calibration))]),
      Section(
        id: "waiting", title: "Waiting that nothing explains",
        blocks: [.table(timesTable("waiting-times", "Waiting before", delays))]),
      Section(
        id: "arrivals", title: "Arrivals", blocks: [.table(arrivalsTable(calibration.arrivals))]),
      Section(id: "teams", title: "Teams and hours", blocks: [.table(teamsTable(calibration))]),
      Section(id: "branching", title: "Ways of cases", blocks: branchBlocks(calibration)),
      Section(
        id: "decisions", title: "Batches, rules and hand-overs",
        blocks: [
          .table(batchesTable(calibration)), .table(rulesTable(calibration)),
          .table(handOversTable(calibration)),
        ]),
      Section(id: "changes", title: "What changed", blocks: [.table(changesTable(calibration))]),
      Section(
        id: "not-identified", title: "What the log cannot say", blocks: [.list(calibration.remarks)]
      ),
      Section(
        id: "reading", title: "How the log was read",
        blocks: [.terms(report.reading.map { (term: $0.part, text: $0.column) })]
          + (report.problems.isEmpty ? [] : [.list(report.problems)])),
      Section(
        id: "rerun", title: "To run this again", blocks: [.command(report.provenance.command)]),
    ]
    sections = Self.withoutGaps(all)
    let columns = columnsTable(tables)
    sections.append(
      Section(
        id: "columns-section", title: "What the columns mean", blocks: [.table(columns)]))
  }
}
