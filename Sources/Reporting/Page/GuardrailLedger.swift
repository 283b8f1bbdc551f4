import Experiments

/// What each guardrail costs and prevents, variant by variant.
func guardrailLedger(_ reading: StudyReading, palette: VariantPalette) -> Markup {
  let study = reading.study
  let active = study.variants.enumerated().flatMap { index, variant in
    variant.guardrails.filter { $0.firingShare != nil || $0.ticketsPerHundred.mean > 0 }
      .map { (index: index, guardrail: $0) }
  }
  guard !active.isEmpty else {
    return element("p", [:], "No guardrail was evaluated in any variant.")
  }
  let currency = study.currency
  let heads: [Cell] = [
    .head("Guardrail"), .head("Variant"), .number("Fires"), .number("Tickets per 100 cases"),
    .number("Approved unchanged"), .number("Work per ticket"), .number("Waits, working hours"),
    .number("Waits, calendar hours"), .number("Review cost, \(currency) a case"),
    .number("Loss prevented, \(currency) a case"),
    .head("Pays?"),
  ]
  let names = active.map(\.guardrail.name)
  let ordered = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }
    .map(\.element)
  let rows = ordered.flatMap { name in
    active.filter { $0.guardrail.name == name }.map { entry in
      let guardrail = entry.guardrail
      let saving = guardrail.lossPreventedPerCase - guardrail.reviewCostPerCase
      let cells: [Cell] = [
        .head("\(name)"),
        .text(swatch(palette.colours[entry.index]) + "\(palette.titles[entry.index])"),
        .figure(guardrail.firingShare.map { FigureText($0, unit: "share") }),
        .figure(FigureText(guardrail.ticketsPerHundred, unit: "tickets")),
        .number("\(shareText(guardrail.approvedUnchanged))"),
        .number("\(guardrail.minutesPerTicket.map { durationText(hours: $0 / 60) } ?? "–")"),
        .number("\(guardrail.waitingHours.map { numberText($0, decimals: 1) } ?? "–")"),
        .number("\(guardrail.waitingCalendarHours.map { numberText($0, decimals: 1) } ?? "–")"),
        .number("\(numberText(guardrail.reviewCostPerCase, decimals: 2))"),
        .number("\(numberText(guardrail.lossPreventedPerCase, decimals: 2))"),
        .text(element("span", ["class": "n"], saving >= 0 ? "▲ prevents more" : "▼ costs more")),
      ]
      return (cells: cells, isChosen: false)
    }
  }
  return element(
    "p", ["class": "quiet"],
    "Loss prevented is the scenario's word for each ticket, not a result. “Pays?” compares it with the "
      + "cost of the reviews alone.") + tableMarkup(heads: heads, rows: rows)
}
