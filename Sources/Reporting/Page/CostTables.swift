import Experiments

/// What the cost of a case is spent on, variant by variant.
func costSplitTable(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let study = reading.study
  let purposes = CostPurpose.allCases.filter { purpose in
    study.variants.contains { $0.cost(of: purpose) != 0 }
  }
  let rows = study.variants.enumerated().map { index, variant -> (cells: [Cell], isChosen: Bool) in
    let running = variant.runningCost
    let cells = purposes.map { purpose -> Cell in
      let cost = variant.cost(of: purpose)
      let share =
        purpose == .work || purpose == .owed || running <= 0
        ? "" : "(\(shareText(cost / running)))"
      return .figure(FigureText(value: moneyText(cost, study.currency), interval: share))
    }
    return (
      [.head(swatch(palette.colours[index]) + "\(palette.titles[index])")] + cells,
      variant.name == study.recommendation.variant
    )
  }
  return tableMarkup(
    heads: [.head("Variant")] + purposes.map { .number("\(purposeTitle($0))") }, rows: rows,
    caption:
      "What a case's cost is spent on; in brackets the share of what running the stack costs beside "
      + "planned work and work owed.")
}

/// What a cost is spent on, as people say it.
func purposeTitle(_ purpose: CostPurpose) -> String {
  switch purpose {
  case .work: "Planned work"
  case .model: "Models and runs"
  case .coordination: "Coordination"
  case .review: "Review"
  case .rework: "Rework and exceptions"
  case .upkeep: "Upkeep and repairs"
  case .licences: "Licences"
  case .staffing: "Hiring and training"
  case .failure: "Losses and penalties"
  case .owed: "Work owed"
  }
}

/// When each variant has paid for itself, and what its implementation takes; nothing where the scenario
/// says nothing of it.
func paybackTables(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  guard let money = reading.study.costsOverTime else { return .none }
  let currency = reading.study.currency
  func name(_ variant: String) -> Cell {
    .head(swatch(palette.colour(of: variant)) + "\(palette.title(of: variant))")
  }
  let rows = money.benefits.map { benefit -> (cells: [Cell], isChosen: Bool) in
    (
      [
        name(benefit.variant),
        .figure(FigureText(benefit.netPresentValue, unit: currency, signed: true)),
        .number("\(reading.paybackText(benefit))"),
        .figure(benefit.brokenEven.last.map { FigureText($0) }),
        .figure(FigureText(benefit.volume.savingPerCase, unit: currency, signed: true)),
        .figure(moneyMarkup(benefit.volume.fixedPerWeek, currency)),
        .figure(volumeText(benefit.volume)),
      ], benefit.variant == reading.study.recommendation.variant
    )
  }
  let payback = tableMarkup(
    heads: [
      .head("Variant"), .number("Net present value"), .number("Pays for itself"),
      .number("P(paid by \(reading.horizon))"), .number("Saving of a case"),
      .number("Extra fixed cost a week"), .number("Break-even volume"),
    ], rows: rows,
    caption:
      "Against \(reading.title(of: reading.study.baseline)). Break-even volume: cases a week at which "
      + "both cost the same over \(reading.horizon), implementation included, if a case costs the same at "
      + "any volume; \(numberText(money.benefits.first?.volume.arriving ?? 0, decimals: 0)) arrive."
  )
  return payback + planTable(money, currency: currency, name: name)
}

private func moneyMarkup(_ amount: Double, _ currency: String) -> Markup {
  "\(moneyText(amount, currency))"
}

private func volumeText(_ volume: BreakEvenVolume) -> FigureText? {
  switch volume.pays {
  case .always: return FigureText(value: "any", interval: "")
  case .never: return FigureText(value: "none", interval: "")
  case .above, .below:
    guard let cases = volume.casesPerWeek, let lower = volume.lower else { return nil }
    let upper = volume.upper.map { numberText($0, decimals: 0) } ?? "no end"
    return FigureText(
      value: "\(volume.pays == .above ? "over" : "under") \(numberText(cases, decimals: 0)) a week",
      interval: "(\(numberText(lower, decimals: 0))–\(upper))")
  }
}

private func planTable(
  _ money: CostsOverTime, currency: String, name: (String) -> Cell
) -> Markup {
  guard !money.plans.isEmpty else { return .none }
  var lines: [String] = []
  for line in money.plans.flatMap(\.lines) where !lines.contains(line.name) {
    lines.append(line.name)
  }
  let rows = money.plans.map { plan -> (cells: [Cell], isChosen: Bool) in
    let cells = lines.map { line -> Cell in
      .number(
        plan.lines.first { $0.name == line }.map { moneyMarkup($0.amount, currency) } ?? "–")
    }
    let total = plan.lines.reduce(0) { $0 + $1.amount }
    return (
      [name(plan.variant)] + cells
        + [
          .number(moneyMarkup(total, currency)), .number(moneyMarkup(plan.withinHorizon, currency)),
          .number("\(shareText(plan.observabilityShare))"),
        ], false
    )
  }
  return tableMarkup(
    heads: [.head("Implementation")] + lines.map { .number("\($0)") }
      + [.number("In all"), .number("Within the horizon"), .number("Observability")], rows: rows,
    caption:
      "What it takes once to have the stack. The brief expects 30 to 40 % of it for observability.")
}
