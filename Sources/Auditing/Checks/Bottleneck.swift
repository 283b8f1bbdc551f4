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
    for work in all {
      guard let hours = work.handling, hours >= context.options.bottleneckHours,
        let system = work.system
      else { continue }
      outcome.findings.append(finding(work, hours, system, context))
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
  _ work: TouchPointWork, _ hours: Double, _ system: AutomationSystem, _ context: AuditContext
) -> Finding {
  let point = work.point
  let threshold = context.options.bottleneckHours
  let label = point.name ?? point.step
  // Only what is known, and not a bound or an assumption, is grave.
  let isKnown = work.rate != .atMostAll && work.touch.isStated
  let people = hours * 12 / context.policy.humanWork.hoursPerFTE
  let bound = isKnown ? "" : work.rate == .atMostAll ? "up to " : "about "
  return Finding(
    check: AuditCheck.bottleneck.id, isKnown && hours >= 2 * threshold ? .high : .medium,
    "“\(label)” of \(system.name) takes \(bound)\(hoursText(hours)) h of people's work a month",
    subjects: [system.reference], topic: point.step, evidence: [point.evidence],
    why: "\(work.formula). ≥ \(numberText(threshold)) h (`bottleneck_hours`), "
      + "\(numberText((people * 10).rounded() / 10)) people full time. High from twice that where both "
      + "the share of cases and the minutes are known, else medium.",
    cost: Finding.Cost(hours: hours, at: context.policy.hourlyCost),
    remedy: remedy(point, label, work))
}

private func remedy(_ point: HumanTouchPoint, _ label: String, _ work: TouchPointWork) -> String {
  let measure =
    work.rate == .atMostAll
    ? "Count for a week which share of the cases comes to “\(label)” and how long each takes; then "
    : ""
  let act =
    switch point.kind {
    case .approval: "let clear cases pass by a rule, and put people's time into the others"
    case .form: "take what is typed from where it already stands"
    case .review: "review a sample, and all only where it finds errors"
    case .exception: "mend the three commonest causes, the first of them at its source"
    case .work: "let an automation prepare it, so that people only decide"
    }
  return measure.isEmpty ? act.prefix(1).uppercased() + act.dropFirst() + "." : measure + act + "."
}
