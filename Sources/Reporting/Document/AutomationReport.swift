public import Calibration
import Importing

/// What the report of calibrated automations is made of.
public struct AutomationReport: Sendable {
  /// What the records say.
  public var calibration: AutomationCalibration
  /// What was not understood, a sentence each.
  public var problems: [String]
  /// Where the keys for a scenario were written; `nil` where they were not.
  public var scenario: String?
  /// Where it comes from.
  public var provenance: ReportProvenance

  /// Creates a report.
  public init(
    calibration: AutomationCalibration, problems: [String], scenario: String?,
    provenance: ReportProvenance
  ) {
    self.calibration = calibration
    self.problems = problems
    self.scenario = scenario
    self.provenance = provenance
  }
}

extension ReportDocument {
  /// What the report of calibrated automations says: how often they fail, what people said of them, how long
  /// they take, what changed, and what is not known.
  public init(_ report: AutomationReport) {
    let calibration = report.calibration
    let keys = report.scenario.map { "in \($0)" } ?? "that --output FILE.yaml writes"
    self.init(
      title: "What records say of \(subjectText(calibration))", question: nil,
      answer: answerText(calibration),
      advice:
        "Merge the keys \(keys) into a scenario; what these records cannot say is listed "
        + "below and stays assumed there",
      facts: [
        "Every figure is measured. Probabilities are Beta posteriors with Jeffreys' prior, with credible intervals "
          + "of 95 %; attempts are taken to be independent.",
        "Where something changed, what came since the last change counts.",
      ], opening: [], sections: [], provenance: report.provenance)
    shortTables = ["attempts", "review-outcomes"]
    let times = timesOf(calibration)
    let subject = ReportTable.Column.text(
      "what", "What", "The automation or review, and the kind of case.")
    let provenance = report.provenance
    let all = [
      Section(
        id: "reliability", title: "How often automations fail",
        blocks: charts([attemptsFigure(calibration), usesFigure(calibration)])),
      Section(
        id: "reviews", title: "What people said of them",
        blocks: charts([reviewsFigure(calibration)])),
      Section(
        id: "times", title: "How long they take",
        blocks: [.table(timesTable("times", "Times", times, of: subject))]
          + charts([ChartFigure.fits(times, of: ("quantity", "quantities"))])),
      Section(
        id: "changes", title: "What changed",
        blocks: charts([
          failureCourses(calibration), approvalCourses(calibration), timeCourses(calibration),
        ]) + changeBlocks(calibration)),
      Section(
        id: "not-identified", title: "What the records cannot say",
        blocks: calibration.remarks.isEmpty
          ? [] : [.list(calibration.remarks.map { $0.replacing("`", with: "") })]),
      Section(
        id: "reading", title: "How the records were read",
        blocks: [.table(sourcesTable(calibration.sources))]
          + (report.problems.isEmpty ? [] : [.list(report.problems)])),
      Section(
        id: "rerun", title: "To run this again",
        blocks: [
          .command(provenance.command),
          .terms([
            ("Records", provenance.scenarioPath), ("SHA-256", provenance.scenarioDigest),
            ("Program", "Rehearse \(provenance.programVersion)"),
          ]),
        ]),
    ]
    sections = Self.withoutGaps(all)
    let columns = columnsTable(tables)
    sections.append(
      Section(id: "columns-section", title: "What the columns mean", blocks: [.table(columns)]))
  }
}

private func charts(_ all: [ChartFigure?]) -> [ReportDocument.Block] {
  all.compactMap { figure in figure.map { .figure($0) } }
}

// MARK: Sentences

/// Automations as a whole: of several kinds of case the row of all of them.
private func wholes(_ calibration: AutomationCalibration) -> [AutomationFit] {
  var seen: Set<String> = []
  return calibration.automations.filter { seen.insert($0.name).inserted }
}

private func subjectText(_ calibration: AutomationCalibration) -> String {
  let names = wholes(calibration).map(\.name)
  switch names.count {
  case 0: return calibration.reviews.isEmpty ? "uses of applications" : "reviews"
  case 1...3: return listText(names)
  default: return "\(countText(names.count)) automations"
  }
}

private func answerText(_ calibration: AutomationCalibration) -> String {
  var parts: [String] = []
  let known = wholes(calibration).compactMap { fit in fit.failure.map { (fit.name, $0) } }
  if let worst = known.max(by: { $0.1.mean < $1.1.mean }) {
    parts.append(
      known.count > 1
        ? "Of \(countText(known.count)) automations \(worst.0) fails most often, in "
          + "\(probabilityText(worst.1)) of its attempts"
        : "Attempts of \(worst.0) fail with a probability of \(probabilityText(worst.1))")
  }
  let reviews = calibration.reviews.filter { $0.caseType == nil || isOnly($0, calibration) }
  if let most = reviews.filter({ $0.approved != nil }).max(by: { $0.tickets < $1.tickets }),
    let approved = most.approved
  {
    let whose = most.automation.map { "what \($0) did" } ?? "what was asked"
    parts.append(
      "\(parts.isEmpty ? "People" : "people") approved \(whose) as it was in "
        + "\(probabilityText(approved)) of reviews")
  }
  if parts.isEmpty, let worst = calibration.uses.min(by: { $0.works.mean < $1.works.mean }) {
    parts.append(
      "Of \(countText(calibration.uses.count)) pairs \(useName(worst)) works least often, in "
        + probabilityText(worst.works))
  }
  return parts.isEmpty
    ? "The records say nothing of failures or outcomes" : parts.joined(separator: "; ")
}

private func isOnly(_ fit: ReviewFit, _ calibration: AutomationCalibration) -> Bool {
  calibration.reviews.count { $0.automation == fit.automation } == 1
}

private func probabilityText(_ posterior: BetaPosterior) -> String {
  let figure = FigureText(
    share: posterior.mean, lower: posterior.lower, upper: posterior.upper)
  return "\(figure.value) \(figure.interval)"
}

private func named(_ name: String, _ caseType: String?) -> String {
  caseType.map { "\(name), \($0)" } ?? name
}

private func reviewName(_ fit: ReviewFit) -> String {
  let parts = [fit.automation, fit.caseType].compactMap(\.self)
  return parts.isEmpty ? "all tickets" : parts.joined(separator: ", ")
}

private func useName(_ use: UseFit) -> String {
  "\(use.automation) \(use.kind == .application ? "with" : "on") \(use.partner)"
}

// MARK: Probabilities

private func attemptsFigure(_ calibration: AutomationCalibration) -> ChartFigure? {
  let series = ["an attempt fails", "work is tried again", "work is given up"]
  let groups = calibration.automations.map { fit in
    PosteriorGroup(
      name: named(fit.name, fit.caseType),
      posteriors: zip(series, [fit.failure, fit.retry, fit.givenUp]).compactMap { name, known in
        known.map { (name, $0) }
      })
  }
  let known = wholes(calibration).compactMap { fit in fit.failure.map { (fit.name, $0) } }
  let worst = known.max { $0.1.mean < $1.1.mean }
  let title =
    worst.map { "\($0.0) fails\(known.count > 1 ? " most often" : ""): \(probabilityText($0.1))" }
    ?? "How often work is tried again or given up"
  return .posteriors(
    "attempts", title: title,
    subtitle:
      "Probability that an attempt fails, that work is tried again after its first attempt, and that it is given "
      + "up so that people have it, with credible intervals of 95 %",
    of: "Automation", series: series, groups)
}

private func usesFigure(_ calibration: AutomationCalibration) -> ChartFigure? {
  let worst = calibration.uses.min { $0.works.mean < $1.works.mean }
  return .posteriors(
    "uses",
    title: worst.map { "\(useName($0)) works least often: \(probabilityText($0.works))" } ?? "",
    subtitle:
      "Probability that a use of an application, or a run on a machine, works, with credible intervals of 95 %",
    of: "Automation and partner", series: ["a use works"],
    calibration.uses.map {
      PosteriorGroup(name: useName($0), posteriors: [("a use works", $0.works)])
    })
}

private func reviewsFigure(_ calibration: AutomationCalibration) -> ChartFigure? {
  let series = [
    "approved as it was", "approved after changes", "rejected", "work leads to a ticket",
  ]
  let groups = calibration.reviews.map { fit in
    PosteriorGroup(
      name: reviewName(fit),
      posteriors: zip(series, [fit.approved, fit.modified, fit.rejected, fit.escalation])
        .compactMap { name, known in known.map { (name, $0) } })
  }
  let tickets = calibration.reviews.filter { $0.caseType == nil || isOnly($0, calibration) }
    .reduce(0) { $0 + $1.tickets }
  let least = calibration.reviews.compactMap { fit in fit.approved.map { (fit, $0) } }
    .min { $0.1.mean < $1.1.mean }
  let title =
    least.map {
      calibration.reviews.count > 1
        ? "Approved as it was least often: \(reviewName($0.0)), \(probabilityText($0.1))"
        : "Approved as it was: \(probabilityText($0.1))"
    } ?? "How often work leads to a ticket"
  return .posteriors(
    "review-outcomes", title: title,
    subtitle:
      "Outcomes of \(countText(tickets)) tickets, and the probability that a piece of work leads to one, with "
      + "credible intervals of 95 %",
    of: "Whose work, and kind of case", series: series, groups)
}

// MARK: Times and changes

private func timesOf(_ calibration: AutomationCalibration) -> [(name: String, fit: TimeFit)] {
  calibration.automations.compactMap { fit in
    fit.time.map { (named(fit.name, fit.caseType), $0) }
  }
    + calibration.reviews.compactMap { fit in
      fit.time.map { ("review of \(reviewName(fit))", $0) }
    }
}

private func failureCourses(_ calibration: AutomationCalibration) -> ChartFigure? {
  .courses(
    "failures-over-time", of: "Failures",
    calibration.automations.compactMap { fit in
      fit.failure.map {
        Course(
          name: named(fit.name, fit.caseType), stretches: fit.course, changes: fit.changes,
          taken: $0.mean)
      }
    }, by: "Automation")
}

private func approvalCourses(_ calibration: AutomationCalibration) -> ChartFigure? {
  .courses(
    "approvals-over-time", of: "Approvals as it was",
    calibration.reviews.compactMap { fit in
      fit.approved.map {
        Course(
          name: reviewName(fit), stretches: fit.course, changes: fit.changes, taken: $0.mean)
      }
    }, by: "Whose work")
}

private func timeCourses(_ calibration: AutomationCalibration) -> ChartFigure? {
  let courses = calibration.automations.compactMap { fit in
    fit.time.map {
      Course(
        name: named(fit.name, fit.caseType), stretches: fit.timeCourse, changes: fit.timeChanges,
        taken: $0.mean)
    }
  }
  return .courses(
    "times-over-time", of: "Times", courses, by: "Automation",
    unit: timeUnit(courses.map(\.taken)))
}

private func changeBlocks(_ calibration: AutomationCalibration) -> [ReportDocument.Block] {
  let shares = changesTable(
    "changes-of-shares", title: "Changes of shares",
    calibration.automations.map { ("Failures of \(named($0.name, $0.caseType))", $0.changes) }
      + calibration.reviews.map { ("Approvals of \(reviewName($0))", $0.changes) },
    areShares: true)
  let times = changesTable(
    "changes-of-times", title: "Changes of times",
    calibration.automations.map { ("Time of \(named($0.name, $0.caseType))", $0.timeChanges) })
  return [.table(shares), .table(times)]
}

// MARK: Sources

private func sourcesTable(_ sources: [OperationalSource]) -> ReportTable {
  ReportTable(
    "sources", title: "How the records were read",
    columns: [
      .text("file", "File", "The file."), .text("kind", "What it is", "What it was read as."),
      .number("count", "Counted", unit: "", "Rows, histories or spans that count."),
      .number("left_out", "Left out", unit: "", "Those that do not, such as jobs that still run."),
      .text("columns", "Columns", "Of a log of tickets, the column of each part."),
      .text("unused", "Not used", "Its columns that were not used."),
    ],
    rows: sources.map { source in
      let columns = source.columns.map { "\($0.part.rawValue): \($0.column)" }
      return ReportTable.Row([
        .code(source.path), .text(source.title), .number(Double(source.count), to: 0),
        .number(Double(source.leftOut), to: 0), .text(columns.joined(separator: ", ")),
        .text(source.unused.joined(separator: ", ")),
      ])
    })
}
