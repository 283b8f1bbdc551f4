import Facts
import Inventory

extension AuditCheck {
  static let broadPermissions = AuditCheck(
    id: "broad-permissions", summary: "Permissions that reach further than one task needs",
    matters: "Whatever misleads or takes over a system can do all that its permissions allow."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var open: [Permission] = []
    // What is told of an agent as a superuser is not told again.
    let told = Set(
      context.runs(.superuser)
        ? context.agents.filter { superuserFinding(on: $0, context) != nil }.map(\.key) : [])
    for system in context.estate.systems where system.isAlive {
      let permissions = governance.permissions(of: system)
      open += permissions.filter { $0.name.lowercased().hasSuffix("/.default") }
      let broad = permissions.compactMap { permission in
        PermissionBreadth(permission.name).map { (permission, $0) }
      }
      .filter { !(told.contains(system.key) && isPower($0.0)) }
      if !broad.isEmpty { outcome.findings.append(finding(system, broad)) }
    }
    if !open.isEmpty {
      outcome.remarks.append(
        "\(counted(open.count, "permission")) (\(listText(Set(open.map(\.name)).sorted(), limit: 3))) "
          + "ask for all that was granted elsewhere; how much that is no file says.")
    }
    if !context.estate.systems.isEmpty {
      let silent = context.estate.systems.count {
        $0.isAlive && governance.permissions(of: $0).isEmpty
      }
      if silent > 0 {
        outcome.remarks.append(
          "Of \(counted(silent, "system")) in use no permission is known; nothing is concluded of them."
        )
      }
    }
    return outcome
  }
}

private func finding(
  _ system: AutomationSystem, _ broad: [(Permission, PermissionBreadth)]
) -> Finding {
  let widest = broad.map(\.1).max() ?? .broad
  let isLive = system.isSwitchedOn
  let severity: Severity =
    switch widest {
    case .unlimited: system.isInProduction ? .high : .medium
    case .broad: isLive ? .medium : .low
    case .readsAll, .passesOverRights, .boxed: .low
    }
  let named = broad.map { "“\($0.0.name)”\($0.0.application.map { " on \($0)" } ?? "")" }
  let shown = Set(named).sorted()
  return Finding(
    check: AuditCheck.broadPermissions.id, severity,
    "\(system.name) may do more than one task needs: \(listText(shown, limit: 3))",
    subjects: [system.reference],
    evidence: broad.map { Evidence(.inferred, $0.0.evidence.location, note: $0.0.name) },
    why: "Read from the names (inferred): "
      + broad.map { "“\($0.0.name)”: \($0.1.meaning)" }.uniqued().joined(separator: "; ")
      + ". Status: \(system.statusText). No limit: high in production, else medium; broad: medium in production "
      + "or switched on, else low; reading all, with sharing kept, or code in a sandbox: low.",
    remedy: "List the operations that \(system.name) needs and grant only those in place of "
      + "\(shown[0]).")
}

extension Array where Element: Hashable {
  /// The elements, each once, in order.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
