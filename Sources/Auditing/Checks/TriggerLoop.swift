import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let triggerLoop = AuditCheck(
    id: "trigger-loop", summary: "Automations that start one another in a circle",
    matters:
      "A circle of automations that start one another may run on without end; each round calls, "
      + "writes and costs again."
  ) { context in
    let starts = Starts(context)
    var outcome = Outcome()
    for (members, circle) in starts.circles {
      if let finding = finding(members, circle, starts, context) {
        outcome.findings.append(finding)
      }
    }
    if starts.undecidedCircles > 0 {
      outcome.remarks.append(
        "\(counted(starts.undecidedCircles, "more circle")) would be closed by statements that do not "
          + "tell who starts whom (“integrates with”, or messages and calls within one file, which may "
          + "be answers); nothing is concluded.")
    }
    return outcome
  }
}

private func finding(
  _ members: [Int], _ circle: [Int], _ starts: Starts, _ context: AuditContext
) -> Finding? {
  let systems = circle.filter(starts.isSystem)
  guard let first = circle.first, !systems.isEmpty else { return nil }
  let steps = zip(circle, circle.dropFirst() + [first]).compactMap { from, to in
    starts.edge(from: from, to: to).map { (from: from, to: to, edge: $0) }
  }
  // A program that works through a queue of its own is no circle.
  if systems.count == 1, steps.contains(where: { $0.edge.channel == .queue }) { return nil }
  let isDirect = systems.count == circle.count
  let areLive = systems.allSatisfy { context.system(at: $0)?.isInProduction == true }
  let severity: Severity =
    if systems.count == 1 {
      .low
    } else if isDirect, areLive {
      .high
    } else {
      .medium
    }
  let way = (circle + [first]).map { starts.name($0, context) }.joined(separator: " → ")
  let acts = steps.map { step in
    let action = step.edge.action.map { " (\($0))" } ?? ""
    return "\(starts.name(step.from, context)) \(verb(step.edge.kind)) "
      + "\(starts.name(step.to, context))\(action)"
  }
  let others = members.filter { starts.isSystem($0) && !systems.contains($0) }
  let more =
    others.isEmpty
    ? "" : " \(counted(others.count, "more automation")) can get into the circle and back."
  let names = context.names(systems)
  return Finding(
    check: AuditCheck.triggerLoop.id, severity,
    systems.count == 1
      ? "\(names[0]) may start itself: \(way)" : "\(listText(names)) start one another: \(way)",
    subjects: systems.map(context.reference).sorted(), others: others.map(context.reference),
    evidence: steps.flatMap { $0.edge.evidence },
    why: "\(acts.joined(separator: "; ")). The circle has \(counted(steps.count, "step"))"
      + (isDirect ? "" : ", in part by data whose change starts the next one")
      + ". What ends it, if anything does, no file says.\(more)",
    remedy:
      "Say in \(names[0]) which cases go round no further (a mark on the case, a condition, a count "
      + "of rounds), and try it with one case.",
    example: "One case in \(names[0]): \(way) → …")
}

private func verb(_ kind: Connection.Kind) -> String {
  switch kind {
  case .writes: "changes"
  case .triggers: "starts"
  default: "calls"
  }
}
