import Experiments

/// How long each step takes, how often it fails and where cases go to people, for the leading variants; no
/// rows where the study does not have it.
func stepTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let variants = reading.leading.filter { $0.work?.isEmpty == false }
  var steps: [String] = []
  for result in variants.flatMap({ $0.work ?? [] })
  where result.kind != .errand && !steps.contains(result.stepID) {
    steps.append(result.stepID)
  }
  return ReportTable(
    "steps", title: "Step by step",
    caption:
      "How often, how long and how surely each step is done, of the cases that arrived; waiting and time in "
      + "minutes of the calendar. The JSON has the same of every variant.",
    columns: [
      .text("step", "Step", "Name of the step, or of the guardrail whose tickets are reviewed."),
      .text("variant", "Variant", "The variant."),
      .text(
        "way", "Done by",
        "Team or automation that does it, and whether it is a review or what an automation failed at."
      ),
      .interval(
        "per_hundred", "Per 100 cases", unit: "",
        "Pieces of it done per hundred cases that arrived."),
      .interval(
        "waiting", "Waits, min", unit: "min", "Mean wait of a piece until the work on it begins."),
      .interval(
        "time", "Takes, min", unit: "min",
        "Mean time from the beginning of the work on a piece to its end, pauses of whoever does it included."
      ),
      .number(
        "to_people", "Left to people", unit: "%",
        "Of the runs of an automation at the step those after which people did it, because it failed or its case "
          + "was none of its own."),
      .number(
        "escalated", "Escalated", unit: "%",
        "Tickets of the guardrail per case that arrived; more than 100 % where a case raises several."
      ),
    ],
    rows: steps.flatMap { step in
      variants.flatMap { variant -> [ReportTable.Row] in
        let mine = (variant.work ?? []).filter { $0.stepID == step && $0.kind != .errand }
        return mine.map { result in
          stepRow(result, of: variant, beside: mine, palette: palette)
        }
      }
    })
}

private func stepRow(
  _ result: WorkResult, of variant: VariantResult, beside others: [WorkResult],
  palette: VariantPalette
) -> ReportTable.Row {
  let left = others.first { $0.kind == .exception }?.perCase.mean ?? 0
  let toPeople = result.perCase.mean > 0 ? left / result.perCase.mean : nil
  let tickets = variant.guardrails.first { $0.name == result.id }?.ticketsPerHundred.mean
  return ReportTable.Row([
    .text(result.name ?? result.id), palette.label(variant.name), .text(result.wayText),
    .figure(FigureText(result.perCase.times(100), unit: "tickets")),
    .figure(result.waitingMinutes.map(minutesText)),
    .figure(result.processingMinutes.map(minutesText)),
    result.kind == .run ? .percent(toPeople) : .missing,
    result.kind == .ticket ? .percent(tickets.map { $0 / 100 }) : .missing,
  ])
}

/// Minutes with at most one decimal: a run takes parts of a second, which is nothing beside people's work.
func minutesText(_ estimate: Estimate) -> FigureText {
  let decimals = min(
    1, max(0, supportedDecimals(halfWidth: estimate.halfWidth, value: estimate.mean)))
  func shown(_ value: Double) -> String { numberText(max(0, value), decimals: decimals) }
  return FigureText(
    value: "\(shown(estimate.mean)) min",
    interval: estimate.n > 1
      ? "(\(rangeText(shown(estimate.lower), shown(estimate.upper))))" : "",
    numbers: .init(
      estimate.mean, decimals: decimals,
      ends: estimate.n > 1 ? (max(0, estimate.lower), max(0, estimate.upper)) : nil, unit: "min"))
}

extension WorkResult {
  /// Who does it, and why, for people.
  var wayText: String {
    switch kind {
    case .task, .run, .errand: performer
    case .exception: "\(performer), what automations left"
    case .ticket: "\(performer), review"
    }
  }

  /// What tells the step: a guardrail may be named like an activity.
  fileprivate var stepID: String { kind == .ticket ? "guardrail \(id)" : id }
}

extension Estimate {
  /// The same of so many times the values.
  func times(_ factor: Double) -> Estimate {
    var scaled = self
    scaled.mean *= factor
    scaled.lower *= factor
    scaled.upper *= factor
    return scaled
  }
}
