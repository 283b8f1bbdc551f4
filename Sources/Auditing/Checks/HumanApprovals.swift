import Facts
import Inventory
import ProcessModel

extension AuditCheck {
  static let humanApprovals = AuditCheck(
    id: "human-approvals", summary: "Processes in which one case meets many human approvals",
    matters: "Every approval on the way adds its queue to the time of each case."
  ) { context in
    var outcome = Outcome()
    let processes = context.estate.processes
    let calls = processesByName(processes)
    let systems = Dictionary(
      processes.map { ($0.process.location, $0.system) }, uniquingKeysWith: { first, _ in first })
    let threshold = max(1, context.options.humanApprovals)
    for process in processes {
      let path = ApprovalPath(
        through: process.process,
        isApproval: { owner, element in
          isApproval(element, ofSystem: systems[owner.location] ?? owner.id, context)
        },
        called: { calls[nameKey($0)] })
      guard path.approvals.count >= threshold else { continue }
      outcome.findings.append(finding(process, path.approvals, context))
    }
    let drawn = Set(processes.map { nameKey($0.system) })
    for system in context.estate.systems where !drawn.contains(system.key) {
      let approvals = context.touchPoints(ofSystemNamed: system.name).filter {
        $0.kind == .approval
      }
      guard Set(approvals.map(\.step)).count >= threshold else { continue }
      outcome.findings.append(finding(system, approvals, context))
    }
    return outcome
  }
}

private func processesByName(_ processes: [EstateProcess]) -> [String: BusinessProcess] {
  var table: [String: BusinessProcess] = [:]
  for process in processes {
    for name in [process.process.id, process.process.name ?? ""] where !name.isEmpty {
      table[nameKey(name)] = table[nameKey(name)] ?? process.process
    }
  }
  return table
}

/// Whether a person approves at an element: the importer says so, or, where it says nothing, the name
/// of a human task does.
private func isApproval(
  _ element: FlowElement, ofSystem system: String, _ context: AuditContext
) -> Bool {
  if let point = context.touchPoint(at: element, ofSystem: system) {
    return point.kind == .approval
  }
  switch element.kind {
  case .task(.user), .task(.manual): return namesApproval(element.name ?? "")
  default: return false
  }
}

/// Whether the name of a human task says that somebody approves something.
func namesApproval(_ name: String) -> Bool {
  let all = words(of: name)
  let stems = [
    "approv", "authoris", "authoriz", "countersign", "signoff", "endors", "ratif", "genehmig",
    "freigabe", "freigeb",
  ]
  if all.contains(where: { word in stems.contains { word.hasPrefix($0) } }) { return true }
  let phrase = all.joined(separator: " ")
  return phrase.contains("sign off") || phrase.contains("four eyes")
}

/// Whether the name of a task says that somebody looks at what was done and may say no.
func namesReview(_ name: String) -> Bool {
  let stems = [
    "assess", "review", "check", "verif", "examin", "inspect", "evaluat", "validat", "audit",
    "decid", "prüf", "pruef", "kontroll",
  ]
  return words(of: name).contains { word in stems.contains { word.hasPrefix($0) } }
}

private func finding(
  _ process: EstateProcess, _ approvals: [FlowElement], _ context: AuditContext
) -> Finding {
  let name = process.process.name ?? process.process.id
  let labels = approvals.map { $0.name ?? $0.id }
  let lanes = approvals.compactMap(\.lane)
  let teams = lanes.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
  let threshold = context.options.humanApprovals
  let byWhom = teams.isEmpty ? "" : ", by \(listText(teams))"
  let latest = approvals[approvals.count - 1]
  return Finding(
    check: AuditCheck.humanApprovals.id, severity(approvals.count, threshold),
    "\(name): one case meets \(approvals.count) human approvals",
    subjects: [EntityReference(.system, process.system)], topic: process.process.id,
    evidence: approvals.map { Evidence(.imported, $0.location, note: $0.name) },
    why:
      "On the way with the most approvals (each choice taken so that it meets the most, parallel "
      + "branches all taken, loops walked once) lie \(approvals.count) ≥ \(threshold)\(byWhom): "
      + "\(labels.joined(separator: " → ")).",
    remedy: "Begin with “\(latest.name ?? latest.id)”: write down what it must catch that the "
      + "approvals before it cannot, and let an agent decide the cases where that is nothing.")
}

private func finding(
  _ system: AutomationSystem, _ approvals: [HumanTouchPoint], _ context: AuditContext
) -> Finding {
  let labels = approvals.map { $0.name ?? $0.step }
  let threshold = context.options.humanApprovals
  let count = Set(approvals.map(\.step)).count
  return Finding(
    check: AuditCheck.humanApprovals.id, .low,
    "\(system.name): it asks for \(count) human approvals",
    subjects: [system.reference], evidence: approvals.map(\.evidence),
    why: "The file lists \(count) ≥ \(threshold) approvals (\(listText(labels))), but not the way "
      + "between them, so they may be alternatives.",
    remedy: "See whether one case meets them all; if so, merge them or let an agent decide the "
      + "plain cases.")
}

/// Two more approvals than it takes are one step worse.
private func severity(_ approvals: Int, _ threshold: Int) -> Severity {
  approvals >= threshold + 2 ? .high : .medium
}
