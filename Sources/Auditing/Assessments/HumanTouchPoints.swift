import Facts
import Inventory

extension Assessment {
  /// Where people step in, by what it takes.
  static let humanTouchPoints = Assessment(
    id: "human-touch-points", title: "Where people step in",
    formula:
      "Ranked by cases a month × touch rate × (handling + wait); hours of work a month = cases × "
      + "touch rate × handling / 60, money = hours × hourly cost, hours that cases wait = cases × touch "
      + "rate × wait / 60."
  ) { context in
    let all = TouchPointWork.all(context)
    let known = all.filter { $0.cases != nil }
    let hours = known.compactMap(\.handling).reduce(0, +)
    var rows = all.map { row($0, context) }
    if !known.isEmpty {
      rows.append(
        total(hours, known.compactMap(\.waiting).reduce(0, +), known.count, of: all.count, context))
    }
    return AssessmentTable(
      summary: summary(hours, known: known.count, of: all.count, context),
      columns: columns(context.policy.hourlyCost.currency), rows: rows,
      notes: notes(all, context))
  }
}

private func columns(_ currency: String) -> [AssessmentTable.Column] {
  [
    .init("Touch point", "Label of the place where a person steps in."),
    .init("System", "System or process it lies in."),
    .init("Kind", "What the person does: approval, form, review, exception or work."),
    .init("Team", "Who does it, as the files name them."),
    .init("Cases", unit: "1/month", "Cases of the system a month."),
    .init("Touch rate", "Share of the cases that reach it."),
    .init("Rate is", "How the touch rate is known."),
    .init("Handling", unit: "min", "People's work for one touch."),
    .init("Wait", unit: "min", "Time that a case waits for one touch, which nobody is paid for."),
    .init("Work", unit: "h/month", "Hours of people's work a month."),
    .init("People", unit: "FTE", "Full-time people that these hours are."),
    .init("Cost", unit: "\(currency)/month", "Hours of work × hourly cost."),
    .init("Waiting", unit: "h/month", "Hours that all cases together wait a month."),
  ]
}

private func row(_ work: TouchPointWork, _ context: AuditContext) -> AssessmentTable.Row {
  let point = work.point
  let unknown = "the volume of \(point.system) is unknown"
  let rate: AssessmentTable.Cell =
    work.rate == .atMostAll
    ? .unknown("no file says how many cases reach it; computed with all of them")
    : .share(work.rate.value)
  return AssessmentTable.Row(
    [
      .text(point.name ?? point.step), .text(work.system?.name ?? point.system),
      .text(point.kind.rawValue),
      point.team.map { .text($0) } ?? .unknown("no file says who"),
      work.cases.map { .number($0) } ?? .unknown(unknown), rate, .text(work.rate.meaning),
      .number(work.touch.handling), .number(work.touch.wait),
      work.handling.map { .number($0) } ?? .unknown(unknown),
      work.handling.map { .number($0 * 12 / context.policy.humanWork.hoursPerFTE) }
        ?? .unknown(unknown),
      work.handling.map { .number($0 * context.policy.hourlyCost.amount) } ?? .unknown(unknown),
      work.waiting.map { .number($0) } ?? .unknown(unknown),
    ], evidence: [point.evidence])
}

private func total(
  _ hours: Double, _ waiting: Double, _ known: Int, of count: Int, _ context: AuditContext
) -> AssessmentTable.Row {
  let all = known == count ? "all" : "\(numberText(known)) of \(numberText(count))"
  let blank = AssessmentTable.Cell.text("")
  return AssessmentTable.Row([
    .text("Total of \(all)"), blank, blank, blank, blank, blank, blank, blank, blank,
    .number(hours), .number(hours * 12 / context.policy.humanWork.hoursPerFTE),
    .number(hours * context.policy.hourlyCost.amount), .number(waiting),
  ])
}

private func summary(
  _ hours: Double, known: Int, of count: Int, _ context: AuditContext
) -> String {
  guard count > 0 else {
    return "The files show no place where people step in; that does not mean that there is none."
  }
  guard known > 0 else {
    return
      "\(counted(count, "place")) where people step in; of none the volume is known, so that the "
      + "work is unknown, which is not zero."
  }
  let money = Money(hours * context.policy.hourlyCost.amount, context.policy.hourlyCost.currency)
  return
    "People step in at \(counted(count, "place")); at the \(numberText(known)) whose volume is "
    + "known that is at most \(hoursText(hours)) h of work a month, or \(moneyText(money))."
}

private func notes(_ all: [TouchPointWork], _ context: AuditContext) -> [String] {
  var notes: [String] = []
  let assumed = HumanTouchPoint.Kind.allCases.filter { kind in
    all.contains { $0.point.kind == kind } && !context.policy.humanWork.touch(kind).isStated
  }
  if !assumed.isEmpty {
    let minutes = assumed.map { kind in
      let touch = context.policy.humanWork.touch(kind)
      return "\(kind.rawValue) \(numberText(touch.handling)) / \(numberText(touch.wait)) min"
    }
    notes.append(
      "Handling / wait are assumed for \(minutes.joined(separator: ", ")); set them under `human_work`."
    )
  }
  let bounds = all.count { $0.rate == .atMostAll }
  if bounds > 0 {
    notes.append(
      "Of \(counted(bounds, "place")) no file says which share of the cases comes there; computed with "
        + "all of them, so that their figures are upper bounds (`human_work.touch_rates`).")
  }
  let silent = all.count { $0.cases == nil }
  if silent > 0 {
    notes.append("Of \(counted(silent, "place")) the volume is unknown; they stand last.")
  }
  notes.append(
    "How busy the teams are is not computed: no file says how many people they have.")
  return notes
}
