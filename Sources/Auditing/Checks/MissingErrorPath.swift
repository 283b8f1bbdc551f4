import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let missingErrorPath = AuditCheck(
    id: "missing-error-path",
    summary: "Automations that call others or drive screens and neither catch errors nor try again",
    matters: "The first failed call ends the run half-way, and people find out from the customer."
  ) { context in
    let steps = StepsOfSystems(context)
    var outcome = Outcome()
    var silent = 0
    for (index, system) in context.estate.systems.enumerated() where system.isAlive {
      let own = steps.of(system)
      let outside = outwardPlaces(of: index, own, context)
      guard !outside.isEmpty else { continue }
      guard !own.isEmpty, showsErrorPaths(system) else {
        silent += 1
        continue
      }
      guard !handlesErrors(own), !isCaughtByCallers(index, steps, context) else { continue }
      outcome.findings.append(finding(system, own, outside, context))
    }
    if silent > 0 {
      outcome.remarks.append(
        "Of \(counted(silent, "system")) with calls the files show no steps, or their product tries "
          + "again by itself; whether an error path is missing is unknown.")
    }
    return outcome
  }
}

/// Products that neither catch nor try again unless their files say so.
///
/// Objects of Blue Prism leave errors to the process that uses them, and the files do not tell the two
/// apart. Of Step Functions a catch that leads to a call is not told from any other call. Camunda, Power
/// Automate's cloud flows and Logic Apps try again by default, so that the absence of a path says little
/// there.
private let products = [
  "uipath", "powerautomatedesktop", "automationanywhere",
]

private func showsErrorPaths(_ system: AutomationSystem) -> Bool {
  let technology = nameKey(system.technology.value ?? "")
  let isUiPathRobot = system.kind.value == nil || system.kind.value == .rpa
  return products.contains { product in
    technology.contains(product) && (product != "uipath" || isUiPathRobot)
  }
}

private func handlesErrors(_ steps: [Step]) -> Bool {
  steps.contains { $0.kind == .errorHandling || ($0.retries ?? 0) > 0 }
}

/// Where it reaches out: steps that call, and what it does on screens, by API, database or mail.
private func outwardPlaces(
  of index: Int, _ steps: [Step], _ context: AuditContext
) -> [Evidence] {
  var places = steps.filter { $0.kind == .call }.map(\.evidence)
  let channels: Set<Connection.Channel> = [.api, .userInterface, .database, .mail, .mcp, .a2a]
  for edge in context.node(ofSystem: index).map(context.graph.edges(from:)) ?? []
  where channels.contains(edge.channel) && edge.kind != .governs && !edge.isHuman {
    places += edge.evidence.filter { $0.provenance == .imported }
  }
  var seen: Set<SourceLocation> = []
  return places.filter { seen.insert($0.location).inserted }.sorted()
}

/// Whether every system that calls it catches errors itself.
private func isCaughtByCallers(
  _ index: Int, _ steps: StepsOfSystems, _ context: AuditContext
) -> Bool {
  guard let node = context.node(ofSystem: index) else { return false }
  let callers = context.graph.edges(to: node).filter { $0.kind == .invokes && $0.source != node }
    .compactMap { context.system(at: $0.source) }
  return !callers.isEmpty && callers.allSatisfy { handlesErrors(steps.of($0)) }
}

private func finding(
  _ system: AutomationSystem, _ steps: [Step], _ places: [Evidence], _ context: AuditContext
) -> Finding {
  let fails = system.failureRate.value?.value
  var cost: Finding.Cost?
  var known = "how often it fails is unknown"
  if let fails {
    known = "\(shareText(fails)) of its runs fail"
    if let runs = system.runsPerMonth {
      let hours = runs * fails * context.policy.upkeep.hoursPerFailure
      known +=
        ", × \(numberText(runs.rounded())) runs a month × "
        + "\(numberText(context.policy.upkeep.hoursPerFailure)) h for each (policy file, else assumed) "
        + "= \(hoursText(hours)) h a month"
      if hours > 0 { cost = Finding.Cost(hours: hours, at: context.policy.hourlyCost) }
    }
  }
  let isGrave =
    system.isSwitchedOn
    && ((fails ?? 0) > 0 || system.criticality.value == .missionCritical
      || system.criticality.value == .high)
  return Finding(
    check: AuditCheck.missingErrorPath.id, isGrave ? .medium : .low,
    "\(system.name) has no way out when a call fails", subjects: [system.reference],
    evidence: Array(places.prefix(8)),
    why:
      "\(counted(places.count, "place")) at which it calls others or drives a screen, and among its "
      + "\(counted(steps.count, "step")) none that catches an error and none with a second attempt, "
      + "which its product would show; \(known). Medium in production or switched on with known failures or much that "
      + "depends on it, else low.",
    cost: cost,
    remedy: "Put a catch around the work on one case: record it, hand it to a person with what was "
      + "done so far, and go on with the next; try calls again that may.")
}
