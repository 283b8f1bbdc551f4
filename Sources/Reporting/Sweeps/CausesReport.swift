public import Experiments
import Scenarios

extension ReportDocument {
  /// Why a variant is exhausted.
  public init(_ causes: ExhaustionCauses, in frame: SweepFrame) {
    let reading = CausesReading(causes: causes, frame: frame)
    self.init(
      frame, answer: reading.answer, advice: reading.advice, facts: reading.facts,
      opening: reading.figure.map { [.figure($0)] } ?? [],
      sections: [
        Section(
          id: "causes-section", title: "Without each cause", blocks: [.table(reading.table)]),
        Section(
          id: "definitions-section", title: "By each definition of exhaustion",
          blocks: [.table(reading.definitions)]),
        Section(
          id: "arithmetic-section", title: "What arithmetic alone says",
          blocks: [.table(reading.arithmetic)]),
      ], shown: ["causes"])
  }
}

/// What a search for causes says.
struct CausesReading {
  let causes: ExhaustionCauses
  let frame: SweepFrame

  private var palette: VariantPalette { frame.palette }

  var answer: String {
    let sentence = causes.sentence(workingDays: frame.workingDays)
    return sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
  }

  var advice: String {
    let helping = causes.causes.filter { $0.daysGained.lower > 0 }
    guard let first = helping.first else {
      let backlog = causes.causes.first { $0.backlogGained.lower > 0 }
      return backlog.map {
        "No single cause moves the date; \($0.change) leaves "
          + "\(numberText($0.backlogGained.mean, decimals: 0)) h less work at the end"
      } ?? "No single cause that was switched off changes anything beyond noise"
    }
    let person = helping.first { $0.kind == .person }
    let text = "Begin with \(first.object): \(first.change) gains most"
    guard let person, person != first else { return text }
    return text + "; one person more in \(person.name) gains "
      + "\(numberText(person.daysGained.mean, decimals: 1)) working days"
  }

  var facts: [String] {
    [
      "\(countText(causes.replications)) rehearsals with and without each cause, the same luck, seed "
        + "\(causes.seed). Brackets: 95 % intervals of paired differences.",
      "Causes act together: their parts need not sum to the whole. Days are counted to the end of the horizon, "
        + "day \(causes.horizonDays), so that two causes that both prevent exhaustion gain equally many.",
    ]
  }

  private let days = MeasureScale("working days", of: [])
  private let hours = MeasureScale("h of work", of: [])

  /// What becomes of the variant without each cause.
  var table: ReportTable {
    ReportTable(
      "causes", title: "Without each cause",
      caption:
        "As it is: exhausted in \(FigureText(causes.exhaustion.byHorizon).text) of rehearsals.",
      columns: [
        .text("change", "Change", "What was switched off, or added."),
        .interval(
          "risk", "P(exhaustion)", unit: "%",
          "Probability of exhaustion with the change, by the horizon."),
        .interval(
          "days_gained", "Days later", unit: days.unit,
          "Working days by which exhaustion comes later with the change, counted to the horizon."),
        .interval(
          "backlog_gained", "Less work at the end, h", unit: hours.unit,
          "Hours of work less with the watched teams at the close of the horizon."),
      ],
      rows: causes.causes.map { cause in
        ReportTable.Row([
          .text(cause.change), .figure(FigureText(cause.without.byHorizon)),
          .figure(days.text(cause.daysGained)), .figure(hours.text(cause.backlogGained)),
        ])
      })
  }

  /// Exhaustion by each definition and team.
  var definitions: ReportTable {
    ReportTable(
      "definitions", title: "By each definition of exhaustion",
      columns: [
        .text("definition", "Definition", "The definition."),
        .text("decides", "Decides", "Whether it is the one that decides."),
        .text("team", "Team", "The team; any for all watched teams."),
        .interval(
          "risk", "P(exhaustion)", unit: "%", "Probability that it happens by the horizon."),
        .number(
          "median_day", "Median day", unit: "working days", "Median working day on which it begins."
        ),
        .number("day_10", "10 % by day", unit: "working days", "Quantile of 10 % of these days."),
        .number("day_90", "90 % by day", unit: "working days", "Quantile of 90 % of these days."),
      ],
      rows: causes.byDefinition.filter { !$0.isInapplicable }.map { result in
        ReportTable.Row([
          .text(result.definition.rawValue.replacing("_", with: " ")),
          .text(result.definition == causes.definition ? "yes" : "no"),
          .text(result.team ?? "all watched"), .figure(FigureText(result.byHorizon)),
          .number(result.medianDay, to: 0), .number(result.day80?.first, to: 0),
          .number(result.day80?.last, to: 0),
        ])
      })
  }

  /// What arithmetic says of each watched team.
  var arithmetic: ReportTable {
    ReportTable(
      "arithmetic", title: "What arithmetic alone says",
      caption:
        "Without chance: expected work against hours, and Erlang's formula for servers with one queue.",
      columns: [
        .text("team", "Team", "The team."),
        .number("people", "People", unit: "", "Its people."),
        .number(
          "first_week", "Load, first week", unit: "%",
          "Work of the first week as a share of the hours."),
        .number(
          "last_week", "Load, last week", unit: "%",
          "Work of the last week as a share of the hours."),
        .number(
          "full_from", "Full from day", unit: "working days",
          "Working day from which on four weeks' work reaches the hours."),
        .number(
          "fluid_from", "Backlog too long from day", unit: "working days",
          "Working day on which the fluid backlog first exceeds the hours ahead."),
        .number(
          "fluid_end", "Fluid backlog at the end, h", unit: "h", "Fluid backlog at the horizon."),
        .number(
          "wait_first", "P(wait), first week", unit: "%",
          "Probability that work waits, by Erlang; none where the queue only grows."),
        .number(
          "wait_last", "P(wait), last week", unit: "%",
          "The same with the load of the last week; none where the queue only grows."),
      ],
      rows: causes.arithmetic.map { queue in
        ReportTable.Row([
          .text(queue.team), .number(Double(queue.people), decimals: 0),
          .percent(queue.firstWeekIntensity, decimals: 0),
          .percent(queue.lastWeekIntensity, decimals: 0),
          .number(queue.saturationDay.map(Double.init), to: 0),
          .number(queue.fluidBacklogDay.map(Double.init), to: 0),
          .number(queue.fluidBacklogHours, to: 0),
          .percent(queue.erlangWaitingFirstWeek, decimals: 0),
          .percent(queue.erlangWaitingLastWeek, decimals: 0),
        ])
      })
  }

  /// Days and work that each cause is worth.
  var figure: ChartFigure? {
    guard !causes.causes.isEmpty else { return nil }
    let columns: [ChartTable.Column] = [
      .init(field: "series", title: "Gain", meaning: "What is gained."),
      .init(field: "name", title: "Change", meaning: "What was switched off, or added."),
      .init(
        field: "value", title: "Gain",
        meaning: "Mean of the paired differences, in the unit of the gain.",
        form: .significant),
      .init(
        field: "lower", title: "Lower end", meaning: "Lower end of the 95 % interval.",
        form: .significant),
      .init(
        field: "upper", title: "Upper end", meaning: "Upper end of the 95 % interval.",
        form: .significant),
    ]
    let gains: [(name: String, estimate: (ExhaustionCauses.Cause) -> Estimate)] = [
      ("Working days later", { $0.daysGained }),
      ("Hours of work less at the end", { $0.backlogGained }),
    ]
    func rows(_ gain: Int) -> [[ChartValue]] {
      causes.causes.map { cause in
        let estimate = gains[gain].estimate(cause)
        return [
          .text(gains[gain].name), .text(cause.change), .number(estimate.mean),
          .number(estimate.lower), .number(estimate.upper),
        ]
      }
    }
    let strongest = causes.causes.first { $0.daysGained.lower > 0 }
    let title =
      strongest.map { "\($0.change.uppercasedStart) gains most time" }
      ?? "No single cause moves the date beyond noise"
    return ChartFigure(
      id: "gains", title: title,
      subtitle:
        "What each change gains: working days until exhaustion, counted to the horizon, and hours of work less at "
        + "its end; bars with 95 % intervals of paired differences",
      description: title + ". A bar for each change, of days and of hours.",
      panels: gains.indices.map { index in
        .init(
          title: gains[index].name,
          specification: IntervalChart(
            title: title, subtitle: gains[index].name, axis: gains[index].name,
            names: causes.causes.map(\.change), series: [gains[index].name],
            colours: [palette.colour(of: causes.variant)],
            rows: ChartTable(columns: columns, rows: rows(index)).values, isBar: true, line: 0
          ).specification)
      }, hasWidePanels: true,
      table: ChartTable(columns: columns, rows: gains.indices.flatMap(rows)))
  }
}

extension ExhaustionCauses.Cause {
  /// What was done, as a clause: "without the guardrail credit".
  fileprivate var change: String {
    kind == .person ? "one person more in \(name)" : "without \(title)"
  }

  /// What it is about.
  fileprivate var object: String { kind == .person ? "the staffing of \(name)" : title }
}

extension String {
  /// With a capital first letter.
  fileprivate var uppercasedStart: String { prefix(1).uppercased() + dropFirst() }
}
