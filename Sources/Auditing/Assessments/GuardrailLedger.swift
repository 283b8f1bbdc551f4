import Facts
import Inventory

extension Assessment {
  /// What guardrails cost and what they prevent.
  static let guardrailLedger = Assessment(
    id: "guardrail-ledger", title: "What guardrails cost and prevent",
    formula:
      "Cost a month = tickets × handling minutes / 60 × hourly cost; prevented a month = tickets × "
      + "(1 − share approved unchanged) × loss per catch, with the 95 % Wilson interval of that share; "
      + "redesign where the cost is above the upper end, keep where it is below the lower end."
  ) { context in
    let entries = Dictionary(
      context.policy.guardrailLedger.map { (nameKey($0.name), $0) }, uniquingKeysWith: { a, _ in a }
    )
    let ledger = context.estate.guardrails.enumerated().map { number, guardrail in
      (
        number: number,
        line: LedgerLine(
          guardrail, entries[nameKey(guardrail.name)] ?? entries[nameKey(guardrail.system)], context
        )
      )
    }.sorted { a, b in
      let (first, second) = (a.line.cost ?? -1, b.line.cost ?? -1)
      return first == second ? a.number < b.number : first > second
    }.map(\.line)
    let advised = ledger.count { $0.advice == .redesign }
    let known = ledger.count { $0.cost != nil }
    return AssessmentTable(
      summary: ledger.isEmpty
        ? "The files show no guardrails."
        : "\(counted(ledger.count, "guardrail")); of \(numberText(known)) the cost is known, and "
          + "\(numberText(advised)) \(advised == 1 ? "costs" : "cost") more than they prevent.",
      columns: columns(context.policy.hourlyCost.currency), rows: ledger.map(\.row),
      notes: [
        "Tickets, decisions and losses are in no export; say them under `guardrail_ledger` in the policy "
          + "file, from the records of the tickets.",
        "The interval takes the decided tickets for a sample of all (Wilson 1927, "
          + "doi:10.1080/01621459.1927.10502953); what a guardrail prevents by being there is not in it.",
      ])
  }
}

private func columns(_ currency: String) -> [AssessmentTable.Column] {
  [
    .init("Guardrail", "Name or wording, as the file has it."),
    .init("System", "System bound by it."),
    .init("Tickets", unit: "1/month", "Times a month that it asks a person."),
    .init("Approved unchanged", "Share of the decided tickets that people let pass as they were."),
    .init("Lower end", "Of the 95 % Wilson interval of that share."),
    .init("Upper end", "Of the 95 % Wilson interval of that share."),
    .init("Cost", unit: "\(currency)/month", "People's work on its tickets."),
    .init("Prevented, at least", unit: "\(currency)/month", "At the upper end of the share."),
    .init("Prevented, at most", unit: "\(currency)/month", "At the lower end of the share."),
    .init("Advice", "Keep, redesign, or undecided where the interval holds the cost."),
  ]
}

/// One guardrail with its figures.
private struct LedgerLine {
  enum Advice: String {
    case keep
    case redesign = "redesign or drop"
    case undecided
  }

  let cost: Double?
  let advice: Advice?
  let row: AssessmentTable.Row

  init(_ guardrail: Guardrail, _ entry: LedgerEntry?, _ context: AuditContext) {
    let rate = context.policy.hourlyCost
    var cost: Double?
    if let tickets = entry?.ticketsPerMonth, let minutes = entry?.handlingMinutes {
      cost = tickets * minutes / 60 * rate.amount
    }
    var share: (value: Double, low: Double, high: Double)?
    if let approved = entry?.approvedUnchanged, let decided = entry?.decided, approved <= decided {
      let interval = wilsonInterval(approved, of: decided)
      share = (Double(approved) / Double(decided), interval.low, interval.high)
    }
    var prevented: (least: Double, most: Double)?
    if let share, let tickets = entry?.ticketsPerMonth, let loss = entry?.lossPerCatch,
      loss.currency == rate.currency
    {
      prevented = (
        tickets * (1 - share.high) * loss.amount, tickets * (1 - share.low) * loss.amount
      )
    }
    var advice: Advice?
    if let cost, let prevented {
      advice = cost > prevented.most ? .redesign : cost < prevented.least ? .keep : .undecided
    }
    self.cost = cost
    self.advice = advice
    let unknown = AssessmentTable.Cell.unknown(
      "in no export; `guardrail_ledger` of the policy file")
    func number(_ value: Double?) -> AssessmentTable.Cell { value.map { .number($0) } ?? unknown }
    func part(_ value: Double?) -> AssessmentTable.Cell { value.map { .share($0) } ?? unknown }
    var evidence = [guardrail.evidence]
    if let entry { evidence.append(Evidence(.declared, entry.location)) }
    row = AssessmentTable.Row(
      [
        .text(guardrail.name), .text(guardrail.system), number(entry?.ticketsPerMonth),
        part(share?.value), part(share?.low), part(share?.high), number(cost),
        number(prevented?.least), number(prevented?.most),
        advice.map { .text($0.rawValue) } ?? unknown,
      ], evidence: evidence)
  }
}

/// The 95 % Wilson interval of a share.
///
/// Source: Wilson, *Probable inference, the law of succession, and statistical inference*, JASA 22
/// (1927), 209–212, doi:10.1080/01621459.1927.10502953.
func wilsonInterval(_ count: Int, of total: Int) -> (low: Double, high: Double) {
  let z = 1.959963984540054
  let n = Double(total)
  let share = Double(count) / n
  let centre = (share + z * z / (2 * n)) / (1 + z * z / n)
  let half =
    z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
  return (max(0, centre - half), min(1, centre + half))
}
