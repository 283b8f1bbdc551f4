import Facts
import IntegrationGraph
import Inventory
import ProcessModel

extension Assessment {
  /// What people's carrying of cases between systems costs.
  static let orchestrationTax = Assessment(
    id: "orchestration-tax", title: "Unpaid orchestration tax",
    formula:
      "Hours a month = cases a month × carryings of one case × minutes of one carrying / 60; "
      + "money = hours × hourly cost; FTE = hours × 12 / hours of one person a year."
  ) { context in
    let carryings = Carrying.all(context)
    let entries = carryings.enumerated().map { number, carrying in
      (number: number, carrying: carrying, cost: carrying.cost(context))
    }.sorted { ($1.cost?.hours ?? -1, $0.number) < ($0.cost?.hours ?? -1, $1.number) }
    let known = entries.compactMap(\.cost?.hours)
    let total = known.reduce(0, +)
    var rows = entries.map { row($0.carrying, $0.cost, context) }
    if !known.isEmpty { rows.append(sum(of: known, among: entries.count, context)) }
    return AssessmentTable(
      summary: summary(total, known: known.count, of: entries.count, context),
      columns: columns(context.policy.hourlyCost.currency), rows: rows,
      notes: notes(entries.count - known.count, context))
  }
}

private func columns(_ currency: String) -> [AssessmentTable.Column] {
  [
    .init("Carried by", "Who carries the case, as the files name them."),
    .init("From", "Systems and applications that the case is carried from."),
    .init("To", "Systems and applications that it is carried to."),
    .init("Seen in", "How it shows: in a process, as a team between machines, as a hand-over."),
    .init(
      "Cases", unit: "1/month",
      "Cases a month that come this way, at most where the next column says so."),
    .init(
      "Volume is", "Whether every case comes this way, or the volume is only an upper bound."),
    .init("Carryings", "Times that one case is carried by hand."),
    .init("Minutes", unit: "min", "People's work for one carrying."),
    .init("Work", unit: "h/month", "Hours of people's work a month."),
    .init("People", unit: "FTE", "Full-time people that these hours are."),
    .init("Cost", unit: "\(currency)/month", "Hours × hourly cost."),
  ]
}

private func row(
  _ carrying: Carrying, _ cost: Finding.Cost?, _ context: AuditContext
) -> AssessmentTable.Row {
  let human = context.policy.humanWork
  let unknown = "the volume of \(listText(volumeSources(carrying, context))) is unknown"
  let seen =
    switch carrying.way {
    case .team: "team between machines"
    case .direct: "hand-over"
    case .process(let process, _): "process \(process.process.name ?? process.process.id)"
    }
  let volume = carrying.volume(context)
  return AssessmentTable.Row(
    [
      .text(carrying.people(context)), .text(listText(context.names(carrying.givers))),
      .text(listText(context.names(carrying.takers))), .text(seen),
      volume.map { .number($0.cases) } ?? .unknown(unknown),
      volume.map { .text($0.isBound ? "upper bound" : "every case") } ?? .unknown(unknown),
      .number(Double(carrying.perCase)), .number(human.handOverMinutes),
      cost.map { .number($0.hours) } ?? .unknown(unknown),
      cost.map { .number($0.hours * 12 / human.hoursPerFTE) } ?? .unknown(unknown),
      cost.map { .number($0.money.amount) } ?? .unknown(unknown),
    ], evidence: Array(carrying.evidence.prefix(8)))
}

/// Those whose volume would do.
private func volumeSources(_ carrying: Carrying, _ context: AuditContext) -> [String] {
  if case .process(let process, _) = carrying.way { return [process.system] }
  return context.names(carrying.ends)
}

private func sum(
  of known: [Double], among count: Int, _ context: AuditContext
) -> AssessmentTable.Row {
  let hours = known.reduce(0, +)
  let all = known.count == count ? "all" : "\(numberText(known.count)) of \(numberText(count))"
  return AssessmentTable.Row([
    .text("Total of \(all)"), .text(""), .text(""), .text(""), .text(""), .text(""), .text(""),
    .text(""), .number(hours), .number(hours * 12 / context.policy.humanWork.hoursPerFTE),
    .number(hours * context.policy.hourlyCost.amount),
  ])
}

private func summary(
  _ hours: Double, known: Int, of count: Int, _ context: AuditContext
) -> String {
  guard count > 0 else {
    return
      "No carrying of cases between systems shows in the files; what people do outside of them "
      + "does not show there."
  }
  guard known > 0 else {
    return
      "\(counted(count, "place")) at which people carry cases between systems; of none the volume "
      + "is known, so that the tax is unknown, which is not zero."
  }
  let money = Money(hours * context.policy.hourlyCost.amount, context.policy.hourlyCost.currency)
  return "People's carrying of cases between systems takes up to \(hoursText(hours)) h a month, "
    + "\(numberText((hours * 120 / context.policy.humanWork.hoursPerFTE).rounded() / 10)) people full "
    + "time or \(moneyText(money)) a month, at \(numberText(known)) of "
    + "\(counted(count, "place")) whose volume is known."
}

private func notes(_ unknown: Int, _ context: AuditContext) -> [String] {
  let human = context.policy.humanWork
  var notes = [
    "Minutes of one carrying: \(numberText(human.handOverMinutes)) "
      + (human.isHandOverStated ? "(policy file)." : "(assumed; `human_work.hand_over_minutes`)."),
    "An hour of people's work: \(numberText(context.policy.hourlyCost.amount)) "
      + "\(context.policy.hourlyCost.currency); a person works "
      + "\(numberText(human.hoursPerFTE)) h a year.",
    "Counted is what the files show; copying and asking that no file speaks of comes on top.",
  ]
  if unknown > 0 {
    notes.append(
      "Of \(counted(unknown, "place")) the volume is unknown; they are listed and not in the total."
    )
  }
  return notes
}
