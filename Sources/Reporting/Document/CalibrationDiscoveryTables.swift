import Calibration
import Statistics

/// Work that is done in batches.
func batchesTable(_ calibration: LogCalibration) -> ReportTable {
  ReportTable(
    "batches", title: "Work in batches",
    columns: [
      .text("activity", "Activity", "The activity."),
      .number("batches", "Batches", unit: "", "Batches, those of one case included."),
      .number("size", "Size", unit: "", "Cases of a full batch."),
      .number("wait", "Wait, min", unit: "min", "Longest wait of the first case, in working time."),
      .number("setup", "Set-up, min", unit: "min", "Working time once per batch."),
      .number("lower", "Lower end", unit: "min", "Lower end of its 95 % interval."),
      .number("upper", "Upper end", unit: "min", "Upper end of its 95 % interval."),
      .text("done", "Done", "Whether its cases are done in one, or one after the other."),
      .text("same", "Alike in", "The attribute that the cases of a batch share."),
      .number("together", "Together", unit: "%", "Share of the work that was done with another."),
      .number("explained", "Explained", unit: "%", "Share of the batches that the rule explains."),
    ],
    rows: calibration.activities.compactMap { activity in
      guard let batch = activity.batch else { return nil }
      return ReportTable.Row([
        .text(activity.name), .number(Double(batch.count), to: 0),
        .number(Double(batch.size), to: 0), .number(batch.wait.map { $0 / 60 }, to: 1),
        .number(batch.setup / 60, to: 2), .number(batch.setupInterval.map { $0.lower / 60 }, to: 2),
        .number(batch.setupInterval.map { $0.upper / 60 }, to: 2),
        .text(batch.isSequential ? "one by one" : "in one"),
        batch.same.map { .text($0) } ?? .missing, .percent(batch.share.estimate),
        .percent(batch.explained.estimate),
      ])
    })
}

/// Rules by which attributes decide: ways at gateways, and who is served first.
func rulesTable(_ calibration: LogCalibration) -> ReportTable {
  var rows = calibration.rules.map { rule in
    ReportTable.Row([
      .text("way at \(rule.gateway)"), .text(rule.conditions.joined(separator: "; ")),
      .number(Double(rule.count), to: 0), .number(rule.gain, to: 3), .number(rule.pValue, to: 6),
    ])
  }
  if let priority = calibration.priority {
    rows.append(
      ReportTable.Row([
        .text("served later"), .text(priority.rules.map(\.condition).joined(separator: "; ")),
        .number(Double(priority.count), to: 0), .missing, .number(priority.pValue, to: 6),
      ]))
  }
  return ReportTable(
    "rules", title: "What attributes decide",
    columns: [
      .text("what", "What", "What is decided."),
      .text("conditions", "Conditions", "In the order in which they are asked."),
      .number(
        "sample", "Sample", unit: "", "Visits of the gateway, or chances to be served first."),
      .number(
        "gain", "Gain", unit: "",
        "Log-likelihood of a visit over that of plain shares, on cases left out, in nats."),
      .number("p", "p", unit: "", "p-value of no difference."),
    ], rows: rows)
}

/// How work goes from person to person.
func handOversTable(_ calibration: LogCalibration) -> ReportTable {
  ReportTable(
    "hand-overs", title: "Hand-overs",
    caption:
      "The scenario hands over to whoever is free; the language has no key for the other way.",
    columns: [
      .text("from", "From", "The activity before."), .text("to", "To", "The activity after."),
      .number("sample", "Sample", unit: "", "Times that one followed the other."),
      .text("style", "Style", "Central, or person to person."),
      .number("same", "Same person", unit: "%", "Hand-overs that stay with the same person."),
      .number("expected", "By chance", unit: "%", "What a common queue of each day would give."),
      .number("excess", "Excess", unit: "%", "Hand-overs that go elsewhere than that queue's."),
      .number("p", "p", unit: "", "p-value of a common queue (permutations within days)."),
    ],
    rows: calibration.handOvers.map { item in
      ReportTable.Row([
        .text(item.from), .text(item.to), .number(Double(item.count), to: 0),
        .text(item.isPersonal ? "person to person" : "central"),
        .percent(item.samePerson.estimate), .percent(item.expectedSamePerson),
        .percent(item.excess), .number(item.pValue, to: 4),
      ])
    })
}

/// What the test log shows of each activity beside the runs.
func residualsTable(_ residuals: [ActivityResidual]) -> ReportTable {
  ReportTable(
    "replay-residuals", title: "Activities in the test log and in the runs",
    columns: [
      .text("activity", "Activity", "The activity."),
      .number("count", "Times a case, log", unit: "", "How often a case of the test log has it."),
      .number("count_runs", "Times a case, runs", unit: "", "The same in the runs, on average."),
      .number(
        "hours", "Length in h, log", unit: "h", "From its start to its end, in the test log."),
      .number("hours_runs", "Length in h, runs", unit: "h", "The same in the runs, on average."),
      .number("least", "Shortest run", unit: "h", "The run in which it is shortest."),
      .number("most", "Longest run", unit: "h", "The run in which it is longest."),
      .number(
        "since", "Begins after h, log", unit: "h", "From the start of the case to its start."),
      .number("since_runs", "Begins after h, runs", unit: "h", "The same in the runs, on average."),
    ],
    rows: residuals.map { item in
      ReportTable.Row([
        .text(item.activity), .number(item.perCase.real, to: 3),
        .number(item.perCase.simulated, to: 3), .number(item.hours.real, to: 2),
        .number(item.hours.simulated, to: 2), .number(item.hours.least, to: 2),
        .number(item.hours.most, to: 2), .number(item.sinceStart.real, to: 2),
        .number(item.sinceStart.simulated, to: 2),
      ])
    })
}
