import Experiments

/// What each guardrail costs and prevents, variant by variant; no rows where none was evaluated.
func guardrailLedger(_ reading: StudyReading, palette: VariantPalette) -> ReportTable {
  let study = reading.study
  let active = study.variants.enumerated().flatMap { index, variant in
    variant.guardrails.filter { $0.firingShare != nil || $0.ticketsPerHundred.mean > 0 }
      .map { (index: index, guardrail: $0) }
  }
  let names = active.map(\.guardrail.name)
  let ordered = names.enumerated().filter { names.firstIndex(of: $0.element) == $0.offset }
    .map(\.element)
  return ReportTable(
    "guardrails", title: "Guardrails",
    caption:
      "Loss prevented is the scenario's word for each ticket, not a result. “Pays?” compares it "
      + "with the cost of the reviews alone.",
    columns: ledgerColumns(currency: study.currency),
    rows: ordered.flatMap { name in
      active.filter { $0.guardrail.name == name }.map { entry in
        let guardrail = entry.guardrail
        let saving = guardrail.lossPreventedPerCase - guardrail.reviewCostPerCase
        return ReportTable.Row([
          .text(name), palette.label(entry.index),
          .figure(guardrail.firingShare.map { FigureText($0, unit: "share") }),
          .figure(FigureText(guardrail.ticketsPerHundred, unit: "tickets")),
          .percent(guardrail.approvedUnchanged), .number(guardrail.minutesPerTicket, to: 1),
          .number(guardrail.waitingHours, to: 1), .number(guardrail.waitingCalendarHours, to: 1),
          .number(guardrail.reviewCostPerCase, to: 2),
          .number(guardrail.lossPreventedPerCase, to: 2),
          .text(saving >= 0 ? "▲ prevents more" : "▼ costs more"),
        ])
      }
    })
}

private func ledgerColumns(currency: String) -> [ReportTable.Column] {
  [
    .text("guardrail", "Guardrail", "The guardrail."), .text("variant", "Variant", "The variant."),
    .interval("fires", "Fires", unit: "%", "Share of its evaluations on which it fired."),
    .interval("tickets", "Tickets per 100 cases", unit: "", "Tickets per hundred cases."),
    .number(
      "unchanged", "Approved unchanged", unit: "%", "Share of answered tickets approved as is."),
    .number("work", "Work per ticket, min", unit: "min", "Work per answered ticket."),
    .number(
      "wait_working", "Waits, working hours", unit: "h",
      "Wait of answered tickets from raising to start, in the reviewers' working time."),
    .number("wait_calendar", "Waits, calendar hours", unit: "h", "The same wait by the calendar."),
    .number(
      "review_cost", "Review cost, \(currency) a case", unit: currency,
      "Cost of its reviews per case that arrived."),
    .number(
      "loss_prevented", "Loss prevented, \(currency) a case", unit: currency,
      "Loss it prevents per case, by the scenario's word."),
    .text("pays", "Pays?", "Whether it prevents more than its reviews cost."),
  ]
}
