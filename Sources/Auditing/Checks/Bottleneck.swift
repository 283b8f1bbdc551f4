import Facts
import Inventory

extension AuditCheck {
  static let bottleneck = AuditCheck(
    id: "bottleneck", summary: "Places where people handle so many cases that these wait for them",
    matters:
      "The whole way is as fast as the place where people step in, and its cost grows with every "
      + "case."
  ) { context in
    var outcome = Outcome()
    let all = TouchPointWork.all(context)
    let heavy = all.filter { work in
      work.system != nil && (work.handling ?? 0) >= context.options.bottleneckHours
    }
    // One finding for a system, its heaviest place first.
    let grouped = Dictionary(grouping: heavy) { $0.system?.key ?? "" }
    for (_, works) in grouped.sorted(by: { $0.key < $1.key }) {
      guard let system = works[0].system else { continue }
      outcome.findings.append(finding(works, system, context))
    }
    let unknown = all.count { $0.cases == nil }
    if unknown > 0 {
      outcome.remarks.append(
        "Of \(counted(unknown, "touch point")) the volume is unknown; whether they are bottlenecks is, "
          + "too.")
    }
    return outcome
  }
}

private func finding(
  _ works: [TouchPointWork], _ system: AutomationSystem, _ context: AuditContext
) -> Finding {
  let threshold = context.options.bottleneckHours
  let hours = works.compactMap(\.handling).reduce(0, +)
  // Only what is known, and not a bound or an assumption, is grave.
  let known = works.filter { $0.rate != .atMostAll && $0.touch.isStated }
    .compactMap(\.handling).reduce(0, +)
  let people = hours * 12 / context.policy.humanWork.hoursPerFTE
  let isBound = works.contains { $0.rate == .atMostAll }
  let isAssumed = works.contains { !$0.touch.isStated }
  let first = works[0]
  let label = first.label
  let more =
    works.count == 1 ? "" : " and \(counted(works.count - 1, "other place", "other places"))"
  let list = works.prefix(3).map { "“\($0.label)”: \($0.formula)" }.joined(separator: "; ")
  return Finding(
    check: AuditCheck.bottleneck.id, known >= 2 * threshold ? .high : .medium,
    "“\(label)”\(more) of \(system.name) \(works.count == 1 ? "takes" : "take") "
      + "\(isBound ? "up to " : isAssumed ? "about " : "")\(hoursText(hours)) h of people's work a month",
    subjects: [system.reference], evidence: works.prefix(8).map(\.point.evidence),
    why:
      "\(list)\(works.count > 3 ? "; the others likewise" : ""). Together \(hoursText(hours)) h a "
      + "month, \(numberText((people * 10).rounded() / 10)) people full time; each ≥ "
      + "\(numberText(threshold)) h (`bottleneck_hours`). High where twice that is reached at places of "
      + "which both the share of cases and the minutes are known, else medium.",
    cost: Finding.Cost(hours: hours, at: context.policy.hourlyCost), remedy: remedy(first))
}

private func remedy(_ work: TouchPointWork) -> String {
  let act =
    switch work.point.kind {
    case .approval: "let clear cases pass by a rule, and put people's time into the others"
    case .form: "take what is typed from where it already stands"
    case .review: "review a sample, and all only where it finds errors"
    case .exception: "mend the three commonest causes, the first of them at its source"
    case .work: "let an automation prepare it, so that people only decide"
    }
  let measure = work.rate == .atMostAll ? "which share of the cases comes to it and " : ""
  return "Measure for a week at “\(work.label)” \(measure)how long each takes; then \(act)."
}
