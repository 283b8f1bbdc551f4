import Experiments

/// What the cost of a case is spent on, variant by variant.
func costSplitTable(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  let purposes = CostPurpose.allCases.filter { purpose in
    study.variants.contains { $0.cost(of: purpose) != 0 }
  }
  let rows = study.variants.enumerated().map { index, variant in
    let running = variant.runningCost
    let cells = purposes.map { purpose -> ReportTable.Cell in
      let cost = variant.cost(of: purpose)
      let hasShare = !(purpose == .work || purpose == .owed || running <= 0)
      return .figure(
        FigureText(cost, study.currency, share: hasShare ? cost / running : nil))
    }
    return ReportTable.Row(
      [palette.label(index)] + cells, isChosen: variant.name == study.recommendation.variant)
  }
  return ReportTable(
    "cost-split", title: "What the cost of a case is spent on",
    caption:
      "What a case's cost is spent on; in brackets the share of what running the stack costs "
      + "beside planned work and work owed.",
    columns: [.text("variant", "Variant", "The variant.")]
      + purposes.map { purpose in
        ReportTable.Column(
          id: purpose.rawValue, title: purposeTitle(purpose), unit: study.currency,
          meaning:
            "Mean cost of a case that arrived, spent on \(purposeTitle(purpose).lowercased()).",
          content: .share(of: "what running the stack costs beside planned work and work owed"))
      },
    rows: rows, drawing: .stack(of: purposes.map(\.rawValue)))
}

extension FigureText {
  /// An amount of money, and in brackets the share that it is of something.
  fileprivate init(_ amount: Double, _ currency: String, share: Double?) {
    let decimals = amount.magnitude < 100 ? 2 : 0
    var numbers = Numbers(amount, decimals: decimals, unit: currency)
    // The share takes the place of the first end of an interval.
    let percent = share.map { roundedNumber(100 * $0, decimals: 0) }
    numbers.lower = percent
    numbers.endDecimals = 0
    self.init(
      value: moneyText(amount, currency),
      interval: percent.map { "(\(numberText($0, decimals: 0)) %)" } ?? "", numbers: numbers)
  }
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

/// When each variant has paid for itself, and what its implementation takes; no tables where the scenario
/// says nothing of it.
func paybackTables(_ reading: StudyReading, palette: VariantPalette) -> [ReportTable] {
  guard let money = reading.study.costsOverTime else { return [] }
  let currency = reading.study.currency
  let rows = money.benefits.map { benefit in
    ReportTable.Row(
      [
        palette.label(benefit.variant),
        .figure(FigureText(benefit.netPresentValue, unit: currency, signed: true)),
        .text(reading.paybackText(benefit)),
        .figure(benefit.brokenEven.last.map { FigureText($0) }),
        .figure(FigureText(benefit.volume.savingPerCase, unit: currency, signed: true)),
        .number(
          benefit.volume.fixedPerWeek, to: benefit.volume.fixedPerWeek.magnitude < 100 ? 2 : 0),
        .figure(volumeText(benefit.volume)),
      ], isChosen: benefit.variant == reading.study.recommendation.variant)
  }
  let payback = ReportTable(
    "payback", title: "When it has paid for itself",
    caption:
      "Against \(reading.title(of: reading.study.baseline)). Break-even volume: cases a week at which "
      + "both cost the same over \(reading.horizon), implementation included, if a case costs the same at "
      + "any volume; \(numberText(money.benefits.first?.volume.arriving ?? 0, decimals: 0)) arrive.",
    columns: [
      .text("variant", "Variant", "The variant."),
      .interval(
        "net_present_value", "Net present value", unit: currency,
        "Cost of the baseline less that of the variant over the horizon, discounted."),
      .text("pays", "Pays for itself", "Week by which it has, and its middle 80 %."),
      .interval(
        "paid", "P(paid by \(reading.horizon))", unit: "%",
        "Share of rehearsals in which it has paid for itself by the horizon."),
      .interval(
        "saving", "Saving of a case", unit: currency, "What a case costs less than in the baseline."
      ),
      .number(
        "fixed", "Extra fixed cost a week, \(currency)", unit: currency,
        "What it costs more a week whatever the volume."),
      .interval(
        "volume", "Break-even volume", unit: "cases a week",
        "Cases a week at which both cost the same."),
    ], rows: rows)
  return [payback] + [planTable(money, currency: currency, palette: palette)].compactMap(\.self)
}

private func volumeText(_ volume: BreakEvenVolume) -> FigureText? {
  switch volume.pays {
  case .always: return FigureText(value: "any", interval: "")
  case .never: return FigureText(value: "none", interval: "")
  case .above, .below:
    guard let cases = volume.casesPerWeek, let lower = volume.lower else { return nil }
    let upper = volume.upper.map { numberText($0, decimals: 0) } ?? "no end"
    var numbers = FigureText.Numbers(
      cases, decimals: 0, ends: (lower, volume.upper ?? lower), unit: "cases a week")
    if volume.upper == nil { numbers.upper = nil }
    return FigureText(
      value: "\(volume.pays == .above ? "over" : "under") \(numberText(cases, decimals: 0)) a week",
      interval: "(\(numberText(lower, decimals: 0))–\(upper))", numbers: numbers)
  }
}

private func planTable(
  _ money: CostsOverTime, currency: String, palette: VariantPalette
) -> ReportTable? {
  guard !money.plans.isEmpty else { return nil }
  var lines: [String] = []
  for line in money.plans.flatMap(\.lines) where !lines.contains(line.name) {
    lines.append(line.name)
  }
  func amount(_ value: Double?) -> ReportTable.Cell {
    .number(value, to: (value ?? 0).magnitude < 100 ? 2 : 0)
  }
  return ReportTable(
    "implementation", title: "What implementation takes",
    caption:
      "What it takes once to have the stack, in \(currency). The brief expects 30 to 40 % of it for "
      + "observability.",
    columns: [.text("variant", "Implementation", "The variant.")]
      + lines.enumerated().map { index, line in
        .number("line_\(index + 1)", line, unit: currency, "What this line of the plan costs.")
      } + [
        .number("total", "In all", unit: currency, "All lines."),
        .number(
          "within", "Within the horizon", unit: currency, "What falls due within the horizon."),
        .number(
          "observability", "Observability", unit: "%", "Share of it that is for observability."),
      ],
    rows: money.plans.map { plan in
      ReportTable.Row(
        [palette.label(plan.variant)]
          + lines.map { line in amount(plan.lines.first { $0.name == line }?.amount) }
          + [
            amount(plan.lines.reduce(0) { $0 + $1.amount }), amount(plan.withinHorizon),
            .percent(plan.observabilityShare, decimals: 0),
          ])
    })
}
