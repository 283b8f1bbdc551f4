public import Experiments
internal import Scenarios

/// Where a verdict tips, for a terminal.
public func tippingText(_ result: TippingResult, style: TextStyle = .plain) -> String {
  var table = TextTable(
    heads: [
      result.input.title, result.unit == "share" ? "%" : result.unit, "from", "to", "rehearsals",
    ],
    numbers: [1, 2, 3, 4])
  let scale: Double = result.unit == "share" ? 100 : 1
  for point in result.points {
    table.add([
      point.value, plainText(scale * point.estimate), plainText(scale * point.lower),
      plainText(scale * point.upper), countText(point.replications),
    ])
  }
  return wrapped(result.sentence() + ".") + "\n" + table.text(style)
    + style.quiet(result.method) + "\n"
}

extension TippingResult {
  /// What was found, in one sentence.
  ///
  /// - Parameter naming: how a variant is called.
  func sentence(naming: (String) -> String = { $0 }) -> String {
    let what: String
    switch question {
    case .risk(let variant, let level):
      what = "the probability that \(naming(variant)) is exhausted crosses \(shareText(level))"
    case .measure(let measure, let variant, let level):
      what =
        "\(measure.title.lowercased()) of \(naming(variant)) crosses \(plainText(level)) \(unit)"
    case .difference(let measure, let variant, let against):
      what =
        "\(naming(variant)) and \(naming(against)) change places in \(measure.title.lowercased())"
    }
    switch outcome {
    case .tips:
      let between = between.joined(separator: " and ")
      let estimate = estimate.map { ", at about \($0)" } ?? ""
      return
        "With \(input.title) between \(between)\(estimate), \(what) "
        + "(\(shareText(confidence)) sure, all points together)"
    case .below, .above:
      return
        "It does not tip: from \(valueText(input.low)) to \(valueText(input.high)) it stays "
        + "\(outcome.rawValue) the level at which \(what)"
    case .undecided:
      return
        "An end of the range cannot be told from the level at which \(what): widen --range, or raise --most"
    }
  }

  /// How far to trust it.
  var method: String {
    "Intervals leave room for all points and looks together; all have the same luck, seed \(seed)."
  }
}

/// The smallest value that is enough, for a terminal.
public func safeValueText(
  _ result: SafeValueResult, decideBy: DecideBy? = nil, style: TextStyle = .plain
) -> String {
  var text = result.sentence()
  if let decideBy { text += " " + decideBy.sentence }
  var table = TextTable(
    heads: [result.input.title, "P(exhaustion)", "risky from working day", ""], numbers: [2])
  for probe in result.probes {
    table.add([
      probe.value, FigureText(probe.risk).text, probe.riskyDay.map { "\($0)" } ?? "–",
      probe.isFresh ? "fresh" : "",
    ])
  }
  return wrapped(text) + "\n" + table.text(style)
}

extension SafeValueResult {
  /// What was found, in a sentence or two.
  ///
  /// - Parameter naming: how a variant is called.
  func sentence(naming: (String) -> String = { $0 }) -> String {
    let level = shareText(bound)
    let name = naming(variant)
    switch (direction, value) {
    case (.all, _):
      return
        "All of \(valueText(input.low)) to \(valueText(input.high)) keep the risk of \(name) under \(level)."
    case (.none, _):
      return
        "Nothing from \(valueText(input.low)) to \(valueText(input.high)) keeps the risk of \(name) under \(level), or too few "
        + "rehearsals show it."
    case (_, nil):
      return "No value passed a second look with fresh rehearsals: raise --replications."
    case (let direction, let value?):
      let risk = FigureText(value.risk).text
      var text =
        "The \(direction.rawValue) \(input.title) that keeps the risk of \(name) under "
        + "\(level) is \(value.value): \(risk) of fresh rehearsals."
      if let next {
        let shown = FigureText(next.risk).text
        text +=
          next.risk.lower > bound
          ? " With \(next.value) it is \(shown): too much."
          : next.risk.upper > bound
            ? " With \(next.value) it is \(shown), which is not shown to be under the bound."
            : " With \(next.value), \(shown) of fresh rehearsals keep under it as well; the search's did not."
      }
      return text
    }
  }
}

extension DecideBy {
  /// By when to decide, in one sentence.
  var sentence: String {
    "Where nothing is changed the risk exceeds the bound by \(dateText(riskyDate)) (working day "
      + "\(riskyDay)); what takes \(leadDays) days to work must be decided by \(date.map(dateText) ?? "–")"
      + (isPast ? ", which is before the rollout begins." : ".")
  }
}

/// Which variant is best, for a terminal.
public func selectionText(_ result: VariantSelection, style: TextStyle = .plain) -> String {
  let name = result.figure.title.lowercased()
  let text = wrapped(result.sentence() + ".") + "\n"
  var table = TextTable(
    heads: ["", name, "rehearsals", "dropped after", "Rinott would make"], numbers: [1, 2, 3, 4])
  for candidate in result.candidates {
    table.add([
      (candidate.variant == result.variant ? "→ " : "  ") + candidate.variant,
      FigureText(candidate.estimate, unit: result.unit).text, countText(candidate.estimate.n),
      candidate.droppedAt.map { countText($0) } ?? "–", countText(candidate.rinottReplications),
    ])
  }
  return text + table.text(style)
}

extension VariantSelection {
  /// What was found, in one sentence.
  ///
  /// - Parameter naming: how a variant is called.
  func sentence(naming: (String) -> String = { $0 }) -> String {
    let within = "\(plainText(difference)) \(unit)"
    let name = figure.title.lowercased()
    switch (method, variant) {
    case (.kimNelson, let variant?):
      return
        "By \(name), \(naming(variant)) is the best or within \(within) of it, with "
        + "\(shareText(confidence)) probability (Kim and Nelson, common random numbers)"
    case (.budget, let variant?):
      return
        "By \(name), \(naming(variant)) looks best: with about \(shareText(confidence)) probability it is, or "
        + "is within \(within) of it (budget allocation, independent streams)"
    case (_, nil):
      return "\(countText(maximum)) rehearsals do not decide which is best by \(name): raise --most"
    }
  }
}

/// Why a variant is exhausted, for a terminal.
public func causesText(
  _ causes: ExhaustionCauses, workingDays: [String] = [], style: TextStyle = .plain
) -> String {
  var text = wrapped(causes.sentence(workingDays: workingDays)) + "\n"
  var table = TextTable(
    heads: ["without", "P(exhaustion)", "days later", "backlog less at the end"],
    numbers: [1, 2, 3])
  for cause in causes.causes {
    func range(_ estimate: Estimate, _ unit: String) -> String {
      "\(numberText(estimate.mean, decimals: 1))\(unit) (\(numberText(estimate.lower, decimals: 1)) to "
        + "\(numberText(estimate.upper, decimals: 1)))"
    }
    table.add([
      cause.title, FigureText(cause.without.byHorizon).text, range(cause.daysGained, ""),
      range(cause.backlogGained, " h"),
    ])
  }
  text += table.text(style) + "\n"
  var definitions = TextTable(
    heads: ["definition", "team", "P(exhaustion)", "median day", "80 % of days"],
    numbers: [2, 3, 4])
  for result in causes.byDefinition where !result.isInapplicable {
    definitions.add([
      result.definition.rawValue.replacing("_", with: " ")
        + (result.definition == causes.definition ? " (decides)" : ""),
      result.team ?? "any", FigureText(result.byHorizon).text,
      result.medianDay.map { numberText($0, decimals: 0) } ?? "–",
      result.day80.map {
        "\(numberText($0[0], decimals: 0)) to \(numberText($0[1], decimals: 0))"
      } ?? "–",
    ])
  }
  text += definitions.text(style) + "\n"
  var arithmetic = TextTable(
    heads: [
      "by arithmetic", "load, first week", "last week", "full from day", "fluid backlog from day",
      "fluid backlog at the end", "P(wait), Erlang", "last week",
    ], numbers: [1, 2, 3, 4, 5, 6, 7])
  for queue in causes.arithmetic {
    arithmetic.add([
      "\(queue.team), \(plural(queue.people, "person", "people"))",
      shareText(queue.firstWeekIntensity), shareText(queue.lastWeekIntensity),
      queue.saturationDay.map { "\($0)" } ?? "–",
      queue.fluidBacklogDay.map { "\($0)" } ?? "–",
      "\(numberText(queue.fluidBacklogHours, decimals: 0)) h",
      queue.erlangWaitingFirstWeek.map { shareText($0) } ?? "grows",
      queue.erlangWaitingLastWeek.map { shareText($0) } ?? "grows",
    ])
  }
  return text + arithmetic.text(style)
    + style.quiet(
      "\(countText(causes.replications)) rehearsals with and without each cause, the same luck, seed "
        + "\(causes.seed). Causes act together: their parts need not sum to the whole. Days are counted to "
        + "the end of the horizon, day \(causes.horizonDays).") + "\n"
}

extension ExhaustionCauses.Cause {
  /// For people.
  var title: String {
    switch kind {
    case .guardrail: "the guardrail \(name)"
    case .drift: "the drift of \(name)"
    case .automation: "failures of \(name)"
    case .person: "(with one person more in \(name))"
    }
  }
}

extension ExhaustionCauses {
  /// One sentence that says when, and why.
  public func sentence(workingDays: [String] = []) -> String {
    let risk = FigureText(exhaustion.byHorizon).text
    guard exhaustion.byHorizon.count > 0, let day = exhaustion.medianDay else {
      return
        "“\(title)” is not exhausted within \(horizonDays) working days in any rehearsal (\(risk))."
    }
    let index = Int(day.rounded()) - 1
    let date = workingDays.indices.contains(index) ? " (\(workingDays[index]))" : ""
    let team = byDefinition.filter { $0.definition == definition && $0.team != nil }
      .max { ($0.byHorizon.count) < ($1.byHorizon.count) }?.team
    var text =
      "“\(title)” is exhausted in \(risk) of rehearsals, around working day "
      + "\(Int(day.rounded()))\(date)"
    if let team { text += ", first in \(team)" }
    let strongest = causes.filter { $0.kind != .person && $0.daysGained.lower > 0 }.prefix(2)
    let clauses = strongest.map { cause in
      "without \(cause.title) it would be \(numberText(cause.daysGained.mean, decimals: 1)) working days later "
        + "on average and in \(FigureText(cause.without.byHorizon).value) of rehearsals"
    }
    let person = causes.first { $0.kind == .person && $0.daysGained.lower > 0 }.map { cause in
      "one person more in \(cause.name) would gain \(numberText(cause.daysGained.mean, decimals: 1)) days"
    }
    let all = clauses + (person.map { [$0] } ?? [])
    return all.isEmpty ? text + "." : text + ": " + all.joined(separator: "; ") + "."
  }
}

/// What team queues settle to, for a terminal.
public func steadyStateText(_ result: SteadyStateResult, style: TextStyle = .plain) -> String {
  var table = TextTable(
    heads: ["team", "", "steady state", "warm-up"], numbers: [2, 3])
  var refusals: [String] = []
  for row in result.rows {
    let figure = row.figure == .waiting ? "pieces of work waiting" : "hours of work remaining"
    table.add([
      row.team, figure,
      row.estimate.map {
        "\(plainText($0.mean)) (\(plainText($0.lower)) to \(plainText($0.upper)))"
      } ?? "no answer",
      row.warmUpDays.map { "\($0) days" } ?? "–",
    ])
    if let refusal = row.refusal, !refusals.contains(refusal.sentence) {
      refusals.append(refusal.sentence)
    }
  }
  return style.strong("Steady state of \(result.variant), at the close of a working day") + "\n"
    + table.text(style) + refusals.map { wrapped("No answer: \($0).") }.joined()
    + style.quiet(
      "Means of \(countText(result.replications)) rehearsals after the warm-up that MSER-5 finds in their "
        + "average, of \(result.days) working days, seed \(result.seed). A question of capacity, not of a "
        + "rollout.") + "\n"
}
