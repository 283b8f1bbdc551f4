public import Experiments
public import Scenarios

/// A simulation for a terminal: cases, cost, teams, and the work on every activity, each figure with its
/// interval.
public func simulationText(
  _ result: SimulationResult, scenario: CompiledScenario, style: TextStyle = .plain
) -> String {
  let variant = result.variant
  var text = style.strong(oneLine(scenario.title)) + "\n"
  text += wrapped(simulationHeadline(result))
  if let shortfall = variant.shortfallSentence { text += wrapped("Warning: \(shortfall).") }
  if let overload = result.overload { text += wrapped(overloadText(overload)) }
  text += "\n" + style.strong("Cases") + "\n" + caseTable(result).text(style)
  text += "\n" + style.strong("Cost of a case") + "\n" + costTable(result).text(style)
  text += "\n" + style.strong("Teams") + "\n" + teamTable(result).text(style)
  text += "\n" + style.strong("Work") + "\n" + workTable(result).text(style)
  if !variant.guardrails.isEmpty {
    text += "\n" + style.strong("Guardrails") + "\n" + guardrailTable(variant).text(style)
  }
  let level = numberText(100 * result.level, decimals: 0)
  let brackets =
    result.replications > 1
    ? "Brackets: \(level) % intervals of \(countText(result.replications)) replications, "
    : "One replication knows nothing of the spread: no intervals; "
  return text + "\n"
    + style.quiet("\(brackets)seed \(result.seed); noise, not ignorance of the inputs.") + "\n"
}

func simulationHeadline(_ result: SimulationResult) -> String {
  let variant = result.variant
  let length = durationText(hours: result.weeks.mean * 168)
  let horizon =
    result.caseLimit.map { "the first \(countText($0)) cases (\(length))" }
    ?? "the cases of \(length)"
  let followed =
    result.followUpHours.map { "each followed for \(durationText(hours: $0))" }
    ?? "each followed until it is done"
  let stopped = result.interruption.map { " \($0.sentence)" }
  return "“\(variant.title)” (\(variant.name); \(variant.mix)), \(horizon), \(followed), "
    + "\(countText(result.replications)) replication\(result.replications == 1 ? "" : "s")."
    + (stopped ?? "")
}

func overloadText(_ overload: Overload) -> String {
  let since = overload.sinceDay.map { " from working day \(countText($0)) on" } ?? ""
  return
    "The team \(overload.team) has \(shareText(overload.intensity)) of the work it can do\(since): "
    + "its queue grows without end, so that waiting and cost depend on how long is simulated."
}

private func caseTable(_ result: SimulationResult) -> TextTable {
  var table = TextTable(heads: [], numbers: [])
  for (name, figure) in caseFigures(result) {
    table.add([
      (name.hasSuffix("completed within") ? "  " : "") + name, figure.value, figure.interval,
    ])
  }
  return table
}

/// How cases flow: what each figure is called, and the figure.
func caseFigures(_ result: SimulationResult) -> [(name: String, figure: FigureText)] {
  let cases = result.cases
  var figures: [(name: String, figure: FigureText)] = []
  func add(_ name: String, _ estimate: Estimate, _ unit: String) {
    figures.append((name, FigureText(estimate, unit: unit)))
  }
  add("counted", cases.arrived, "")
  add("not completed", cases.unfinished, "")
  add("completed per week", cases.completedPerWeek, "")
  add("time to completion, mean", cases.timeToCompletion, "h")
  for percentile in cases.percentiles where [0.5, 0.8, 0.95].contains(percentile.share) {
    let share = numberText(100 * percentile.share, decimals: 0)
    add("\(share) % completed within", percentile.hours, "h")
  }
  add("waiting for people and automations", cases.waiting, "h")
  add("being worked on, pauses included", cases.processing, "h")
  add("the work itself", cases.work, "h")
  for figure in result.variant.figures {
    switch figure.figure {
    case .humanMinutes, .ticketsPerHundred, .reviewHoursPerWeek, .doneRight:
      add(figure.figure.title.lowercased(), figure.estimate, figure.unit)
    case .costPerCase, .timeToCompletion, .unfinished: break
    }
  }
  return figures
}

private func costTable(_ result: SimulationResult) -> TextTable {
  var table = TextTable(heads: [], numbers: [1])
  for share in result.variant.costStack where share.perCase != 0 {
    table.add([share.component, moneyText(share.perCase, result.currency)])
  }
  if let cost = result.variant.figure(.costPerCase) {
    let figure = FigureText(cost, unit: result.currency)
    table.add(["all", figure.value, figure.interval])
  }
  return table
}

private func teamTable(_ result: SimulationResult) -> TextTable {
  var table = TextTable(
    heads: ["", "people", "at work", "waiting at close", "backlog at close", "P(exhaustion)"],
    numbers: [1, 2, 3, 4, 5])
  for team in result.teams {
    let exhaustion = result.variant.exhaustionByDefinition.first {
      $0.definition == .backlog && $0.team == team.name
    }
    table.add([
      team.name, countText(team.people),
      team.occupancy.map { FigureText($0, unit: "share").text } ?? "–",
      team.waitingAtClose.map { FigureText($0, unit: "").text } ?? "–",
      team.backlogHours.map { FigureText($0, unit: "h").text } ?? "–",
      exhaustion.map { FigureText($0.byHorizon).text } ?? "not watched",
    ])
  }
  return table
}

private func workTable(_ result: SimulationResult) -> TextTable {
  var table = TextTable(
    heads: ["", "by", "", "per case", "waits", "takes", "work", "cost each"],
    numbers: [3, 4, 5, 6, 7])
  for work in result.work {
    func minutes(_ estimate: Estimate?) -> String {
      estimate.map { FigureText($0, unit: "min").text } ?? "–"
    }
    table.add([
      work.name ?? work.id, work.performer, work.kind.rawValue,
      FigureText(work.perCase, unit: "").value,
      minutes(work.waitingMinutes), minutes(work.processingMinutes),
      work.workMinutes.map { FigureText($0, unit: "min").value } ?? "–",
      work.costEach.map { moneyText($0.mean, result.currency) } ?? "–",
    ])
  }
  return table
}

private func guardrailTable(_ variant: VariantResult) -> TextTable {
  var table = TextTable(
    heads: ["", "fires", "tickets per 100", "approved unchanged"], numbers: [1, 2, 3])
  for guardrail in variant.guardrails {
    table.add([
      guardrail.name,
      guardrail.firingShare.map { FigureText($0, unit: "share").text } ?? "never asked",
      FigureText(guardrail.ticketsPerHundred, unit: "tickets").text,
      guardrail.approvedUnchanged.map(shareText) ?? "–",
    ])
  }
  return table
}
