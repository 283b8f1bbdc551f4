public import Experiments
import Scenarios

extension ReportDocument {
  /// What the report of a simulation of one variant says: how cases flow, what is done by whom and what it
  /// costs, then what the report of a comparison says of a variant.
  ///
  /// - Parameters:
  ///   - result: what the simulation found.
  ///   - report: the same as the report of a study of one variant.
  public init(_ result: SimulationResult, in report: StudyReport) {
    self.init(
      report,
      after: [
        Section(id: "cases-section", title: "Cases", blocks: [.table(casesTable(result))]),
        Section(id: "work-section", title: "Work", blocks: [.table(workTable(result))]),
        Section(id: "teams-section", title: "Teams", blocks: [.table(teamsTable(result))]),
      ])
    facts =
      [simulationHeadline(result)] + (result.overload.map { [overloadText($0)] } ?? []) + facts
    shortTables = ["cases", "work", "teams"]
  }
}

/// How cases flow.
private func casesTable(_ result: SimulationResult) -> ReportTable {
  ReportTable(
    "cases", title: "Cases",
    caption:
      "Of the cases that arrived within the horizon. Waiting, work and being worked on are sums over all the "
      + "work on a case, whether at the same time or not.",
    columns: [
      .text("figure", "Figure", "What it is."),
      .interval("value", "Value", unit: nil, "Its mean over the rehearsals."),
    ],
    rows: caseFigures(result).map { .init([.text($0.name), .figure($0.figure)]) })
}

/// Every activity and guardrail, and what the work on it takes.
private func workTable(_ result: SimulationResult) -> ReportTable {
  ReportTable(
    "work", title: "Work",
    caption:
      "Waiting and time from beginning to end are minutes of the calendar, pauses of whoever does it "
      + "included; work is what is worked.",
    columns: [
      .text(
        "step", "Step", "Name of the activity, or of the guardrail whose tickets are reviewed."),
      .text(
        "way", "Done by",
        "Team or automation that does it, and whether it is a review or what an automation failed at."
      ),
      .interval(
        "per_hundred", "Per 100 cases", unit: "",
        "Pieces of it done per hundred cases that arrived; failed runs count."),
      .interval(
        "waiting", "Waits, min", unit: "min", "Mean wait of a piece until the work on it begins."),
      .interval(
        "time", "Takes, min", unit: "min",
        "Mean time from the beginning of the work on a piece to its end."),
      .interval("work", "Work, min", unit: "min", "Mean work on a piece."),
      .interval("cost_each", "Cost each", unit: result.currency, "Mean cost of a piece."),
      .interval(
        "cost_per_case", "Cost per case", unit: result.currency,
        "What it adds to the cost of a case that arrived."),
    ],
    rows: result.work.map { work in
      ReportTable.Row([
        .text(work.name ?? work.id), .text(work.wayText),
        .figure(FigureText(work.perCase.times(100), unit: "tickets")),
        .figure(work.waitingMinutes.map(minutesText)),
        .figure(work.processingMinutes.map(minutesText)),
        .figure(work.workMinutes.map(minutesText)),
        .figure(work.costEach.map { FigureText($0, unit: result.currency) }),
        .figure(FigureText(work.costPerCase, unit: result.currency)),
      ])
    })
}

/// What the teams do, and what remains for them.
private func teamsTable(_ result: SimulationResult) -> ReportTable {
  ReportTable(
    "teams", title: "Teams",
    caption: "At the close of a working day, on average over the horizon.",
    columns: [
      .text("team", "Team", "The team."),
      .number("people", "People", unit: "", "Its people at the beginning."),
      .interval("at_work", "At work", unit: "%", "Share of the scheduled time at work."),
      .interval(
        "waiting", "Waiting at close", unit: "",
        "Pieces of work that wait at the close of a working day, on average."),
      .interval(
        "backlog", "Backlog at close, h", unit: "h",
        "Hours of work that remain at the close of a working day, on average."),
      .interval(
        "risk", "P(exhaustion)", unit: "%",
        "Probability that its backlog is exhausted by the horizon, where it is watched."),
    ],
    rows: result.teams.map { team in
      let exhaustion = result.variant.exhaustionByDefinition.first {
        $0.definition == .backlog && $0.team == team.name
      }
      return ReportTable.Row([
        .text(team.name), .number(Double(team.people), decimals: 0),
        .figure(team.occupancy.map { FigureText($0, unit: "share") }),
        .figure(team.waitingAtClose.map { FigureText($0, unit: "") }),
        .figure(team.backlogHours.map { FigureText($0, unit: "h", in: .hour) }),
        .figure(
          exhaustion.map { FigureText($0.byHorizon) }
            ?? FigureText(value: "not watched", interval: "")),
      ])
    })
}
