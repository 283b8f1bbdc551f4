import Facts
import IntegrationGraph
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
    var found: [BroadSystem] = []
    for system in context.estate.systems where system.isAlive {
      let permissions = governance.permissions(of: system)
      open += permissions.filter { $0.name.lowercased().hasSuffix("/.default") }
      let broad = permissions.compactMap { permission in
        PermissionBreadth(permission.name).map {
          (permission: permission, breadth: narrowed($0, permission, of: system, context))
        }
      }
      .filter { !(told.contains(system.key) && isPower($0.permission)) }
      if !broad.isEmpty {
        found.append(
          BroadSystem(system: system, permissions: broad, acts: acts(of: system, broad, context)))
      }
    }
    let narrow = withoutOutstanding(found.filter { $0.severity == .low })
    let widths = Dictionary(uniqueKeysWithValues: narrow.map { ($0.system.key, $0.widest) })
    let groups = UnregisteredGroup.groups(
      narrow.map(\.system), by: { widths[$0.key] ?? .boxed }, atLeast: 2,
      perProduct: { _ in true })
    let together = Set(groups.flatMap(\.group.systems).map(\.key))
    outcome.findings =
      groups.map { finding(found, of: $0.group, $0.trait) }
      + found.filter { !together.contains($0.system.key) }.map(finding)
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

/// How far a permission reaches in the hands of a system whose files show all that it does: what only looks
/// things up in an application changes nothing there, whatever rights it leaves out of account.
private func narrowed(
  _ breadth: PermissionBreadth, _ permission: Permission, of system: AutomationSystem,
  _ context: AuditContext
) -> PermissionBreadth {
  guard breadth == .broad, let application = permission.application,
    context.showsAllItUses(system)
  else { return breadth }
  var uses = uses(by: system, of: [nameKey(application)], context)
  // The mode in which something runs counts where it reaches records; a message or a function of the platform is
  // neither allowed nor forbidden by it.
  if permission.name.hasPrefix("run in ") {
    uses = uses.filter { ($0.kind == .reads || $0.kind == .writes) && !$0.isMessage }
  }
  return !uses.isEmpty && uses.allSatisfy { $0.kind == .reads } ? .looksUpAll : breadth
}

/// Systems without those that have far more permissions than others of their product and breadth.
///
/// That is three or more, and twice as many as half of them have at most. Such a one is told by itself.
private func withoutOutstanding(_ systems: [BroadSystem]) -> [BroadSystem] {
  let peers = Dictionary(grouping: systems) { $0.peers }.mapValues { group in
    group.map(\.named.count).sorted()
  }
  return systems.filter { system in
    let count = system.named.count
    guard count >= 3, let counts = peers[system.peers], counts.count > 2 else { return true }
    return count < 2 * counts[(counts.count - 1) / 2]
  }
}

/// What a system is shown to do with the applications of some permissions, as a sentence.
private func acts(
  of system: AutomationSystem,
  _ broad: [(permission: Permission, breadth: PermissionBreadth)], _ context: AuditContext
) -> String {
  let applications = Set(broad.compactMap(\.permission.application).map(nameKey))
  let kinds = Dictionary(
    grouping: uses(by: system, of: applications, context),
    by: { $0.kind == .writes && $0.isMessage ? "sends" : $0.kind.rawValue }
  ).sorted { $0.key < $1.key }
  guard !kinds.isEmpty else { return "" }
  let said = kinds.map { kind, edges in
    let actions = Set(edges.compactMap(\.action)).sorted()
    return kind + (actions.isEmpty ? "" : " (\(listText(actions, limit: 4)))")
  }
  return " With it its files show that it \(listText(said))."
}

/// What a system does with applications, given by the keys of their names, as its files show.
private func uses(
  by system: AutomationSystem, of applications: Set<String>, _ context: AuditContext
) -> [GraphEdge] {
  guard !applications.isEmpty, let node = context.node(ofSystemNamed: system.name) else {
    return []
  }
  return context.graph.edges(from: node).filter {
    applications.contains(nameKey(context.graph.nodes[$0.target].name))
  }
}

/// A system with those of its permissions that reach far.
private struct BroadSystem {
  var system: AutomationSystem
  var permissions: [(permission: Permission, breadth: PermissionBreadth)]
  /// What its files show that it does with the applications that the permissions are for; empty where
  /// they show nothing.
  var acts: String

  /// Whether what reaches far is only the mode in which it runs, which is chosen and not granted.
  var hasOnlyMode: Bool { permissions.allSatisfy { $0.permission.name.hasPrefix("run in ") } }

  var widest: PermissionBreadth { permissions.map(\.breadth).max() ?? .broad }

  /// What those have in common that it is compared with.
  var peers: String { "\(nameKey(system.technology.value ?? "")) \(widest.rawValue)" }

  var severity: Severity {
    switch widest {
    case .unlimited: system.isInProduction ? .high : .medium
    case .broad: system.isSwitchedOn ? .medium : .low
    case .looksUpAll, .readsAll, .passesOverRights, .boxed: .low
    }
  }

  /// The permissions in quotation marks, with what they are for, the widest first.
  var named: [String] { widths.map(\.name) }

  /// The permissions as they are named, each once, with how far they reach, the widest first.
  var widths: [(name: String, breadth: PermissionBreadth)] {
    var breadths: [String: PermissionBreadth] = [:]
    for item in permissions {
      let place = item.permission.application.map { " on \($0)" } ?? ""
      let name = "“\(item.permission.name)”\(place)"
      breadths[name] = max(breadths[name] ?? item.breadth, item.breadth)
    }
    return breadths.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { (name: $0.key, breadth: $0.value) }
  }

  var evidence: [Evidence] {
    permissions.map {
      Evidence(.inferred, $0.permission.evidence.location, note: $0.permission.name)
    }
  }
}

private let severities =
  "No limit: high in production, else medium; broad: medium in production or switched on, else low; "
  + "reading all, looking things up only, with sharing kept, or code in a sandbox: low."

private func finding(_ found: BroadSystem) -> Finding {
  let system = found.system
  let shown = found.named
  return Finding(
    check: AuditCheck.broadPermissions.id, found.severity,
    "\(system.name) may do more than one task needs: \(listText(shown, limit: 5))",
    subjects: [system.reference], evidence: found.evidence,
    why: "Read from the names (inferred): "
      + found.permissions.map { "“\($0.permission.name)”: \($0.breadth.meaning)" }.uniqued()
      .joined(separator: "; ") + ".\(found.acts) Status: \(system.statusText). \(severities)",
    // What is either on or off cannot be narrowed.
    remedy: found.hasOnlyMode
      ? "Ask which step of \(system.name) needs rights that its users lack; where none does, let it run with "
        + "theirs, else keep that step in a flow of its own."
      : found.widest == .boxed
        ? "Ask which task of \(system.name) needs \(shown[0]), and take it away where none does."
        : "List the operations that \(system.name) needs and grant only those in place of "
          + "\(listText(found.widths.filter { $0.breadth == found.widest }.map(\.name), limit: 5))."
  )
}

/// Systems of one product with permissions of one breadth, which only exports speak of.
private func finding(
  _ all: [BroadSystem], of group: UnregisteredGroup, _ breadth: PermissionBreadth
) -> Finding {
  let members = Set(group.systems.map(\.key))
  let found = all.filter { members.contains($0.system.key) }
  let widths = found.flatMap(\.widths)
  let counts = Dictionary(grouping: widths, by: \.name).mapValues(\.count)
  let breadths = Dictionary(widths.map { ($0.name, $0.breadth) }, uniquingKeysWith: max)
  // The widest first, then what most of them have.
  let shown = counts.sorted { a, b in
    (breadths[b.key] ?? .boxed, b.value, a.key) < (breadths[a.key] ?? .boxed, a.value, b.key)
  }
  let elsewhere = all.filter { !members.contains($0.system.key) && $0.named.contains(shown[0].key) }
  let others =
    elsewhere.isEmpty
    ? ""
    : " Told by themselves or with wider ones, though they have \(shown[0].key), too: "
      + "\(listText(elsewhere.map(\.system.name)))."
  return Finding(
    check: AuditCheck.broadPermissions.id, .low,
    "\(group.counted) may do more than one task needs: "
      + listText(shown.map { "\($0.key) (\(numberText($0.value)))" }, limit: 3),
    subjects: [], others: group.systems.map(\.reference),
    topic: group.topic("breadth-\(breadth.rawValue)"), evidence: found.flatMap(\.evidence),
    why: "\(listText(group.systems.map(\.name))): at most, by the names of their permissions "
      + "(inferred), \(breadth.meaning).\(acts(of: found))\(others) Status: \(group.statuses). One finding for "
      + "two systems of a product or more. \(severities)",
    // What is either on or off cannot be narrowed.
    remedy: found.allSatisfy(\.hasOnlyMode)
      ? "Ask which step of each needs rights that its users lack; where none does, let it run with theirs, else "
        + "keep that step in a flow of its own."
      : breadth == .boxed
        ? "Ask which task of each needs \(shown[0].key), and take it away where none does."
        : "Name the places or operations that each of them needs, and grant only those in place "
          + "of \(shown[0].key).")
}

/// What files show that systems do with their permissions, where they all do the same; empty else.
private func acts(of found: [BroadSystem]) -> String {
  let acts = Set(found.map(\.acts))
  return acts.count == 1 ? acts.first ?? "" : ""
}

extension Array where Element: Hashable {
  /// The elements, each once, in order.
  fileprivate func uniqued() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
