import Facts
import Inventory

extension AuditCheck {
  static let hardCodedWait = AuditCheck(
    id: "hard-coded-wait", summary: "Robots that wait a fixed time whatever happens",
    matters:
      "A fixed wait is too long on a quick day and too short on a slow one, when the run fails."
  ) { context in
    let steps = StepsOfSystems(context)
    var outcome = Outcome()
    // A timer of a workflow engine holds up neither a screen nor a robot.
    for system in context.estate.systems where system.isAlive && system.kind.value == .rpa {
      let waits = steps.of(system).filter { $0.delay.map { $0 > .zero } ?? false }
      let total = waits.reduce(0) { $0 + ($1.delay?.seconds ?? 0) }
      guard total >= leastSeconds else { continue }
      outcome.findings.append(finding(system, waits, total, context))
    }
    return outcome
  }
}

/// Shorter pauses, all together, are no finding (assumed): what a screen needs to settle.
private let leastSeconds = 2.0

private func finding(
  _ system: AutomationSystem, _ waits: [Step], _ seconds: Double, _ context: AuditContext
) -> Finding {
  let threshold = context.options.fixedWaitSeconds
  let longest = waits.enumerated().sorted {
    let (a, b) = ($0.element.delay ?? .zero, $1.element.delay ?? .zero)
    return a == b ? $0.offset < $1.offset : a > b
  }.map(\.element)
  let total = numberText((seconds * 10).rounded() / 10)
  var cost: Finding.Cost?
  var monthly = "how often it runs is unknown, so that the hours a month are"
  if let runs = system.runsPerMonth {
    let hours = seconds * runs / 3600
    monthly =
      "× \(numberText(runs.rounded())) runs a month = \(hoursText(hours)) robot hours a month"
    if let price = context.policy.upkeep.robotHour {
      var robotCost = Finding.Cost(hours: 0, at: price)
      robotCost.money = Money(hours * price.amount, price.currency)
      cost = robotCost
      monthly += " at \(numberText(price.amount)) \(price.currency)"
    } else {
      monthly += "; what one costs is not said"
    }
  }
  return Finding(
    check: AuditCheck.hardCodedWait.id,
    seconds >= threshold && system.mayBeInProduction ? .medium : .low,
    "\(system.name) waits \(total) s at \(counted(waits.count, "fixed pause"))",
    subjects: [system.reference],
    evidence: longest.prefix(8).map { step in
      var evidence = step.evidence
      evidence.note = "waits \(numberText(step.delay?.seconds ?? 0)) s"
      return evidence
    },
    why:
      "\(counted(waits.count, "fixed wait")), together \(total) s where each is passed once (loops "
      + "make it more, branches less); \(monthly). Medium from \(numberText(threshold)) s on, else low.",
    cost: cost,
    remedy: "Replace “\(longest[0].name ?? longest[0].id)” by waiting for what it waits for (an "
      + "element, a file, a state) with a limit; then the others, the longest first.")
}
