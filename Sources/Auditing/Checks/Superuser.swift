import Facts
import IntegrationGraph
import Inventory

extension AuditCheck {
  static let superuser = AuditCheck(
    id: "superuser",
    summary:
      "Agents that run code, change settings or edit records without trail, approval or owner",
    matters:
      "An agent that may change things unsupervised is a superuser of whom nobody keeps account."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var unknownTrails = 0
    for agent in context.agents {
      guard !powers(of: agent, governance, context).isEmpty else { continue }
      if governance.declaration(of: agent.name)?.auditTrail == nil { unknownTrails += 1 }
      if let finding = superuserFinding(on: agent, context) { outcome.findings.append(finding) }
    }
    if unknownTrails > 0 {
      outcome.remarks.append(
        "Whether \(counted(unknownTrails, "agent")) with power to change things "
          + "\(unknownTrails == 1 ? "leaves" : "leave") an audit trail is not known; say so under "
          + "'systems' of the policy file.")
    }
    return outcome
  }
}

/// What the check says of one agent; `nil` where it says nothing.
func superuserFinding(on agent: AutomationSystem, _ context: AuditContext) -> Finding? {
  let governance = context.governance
  let powers = powers(of: agent, governance, context)
  return powers.isEmpty ? nil : finding(agent, powers, governance, context)
}

/// Whether a permission makes a superuser of who has it unsupervised: it has no limit, or changes settings.
func isPower(_ permission: Permission) -> Bool {
  let breadth = PermissionBreadth(permission.name)
  return breadth == .unlimited || breadth != .boxed && changesSettings(permission.name)
}

/// Something an agent may do that has consequences.
private struct Power {
  var text: String
  var evidence: Evidence
  /// Whether it reaches beyond records: code, settings, everything.
  var isGrave: Bool
}

private func powers(
  of agent: AutomationSystem, _ governance: GovernanceFacts, _ context: AuditContext
) -> [Power] {
  var found: [Power] = governance.permissions(of: agent).compactMap { permission in
    if isPower(permission) {
      return Power(text: "may “\(permission.name)”", evidence: permission.evidence, isGrave: true)
    }
    return nil
  }
  guard let node = context.node(ofSystemNamed: agent.name) else { return found }
  for edge in context.graph.edges(from: node) {
    let target = context.graph.nodes[edge.target].name
    guard let evidence = edge.evidence.first else { continue }
    if let action = edge.action, changesSettings(action) {
      found.append(Power(text: "calls “\(action)” of \(target)", evidence: evidence, isGrave: true))
    } else if edge.kind == .writes, context.graph.nodes[edge.target].kind == .application {
      found.append(Power(text: "edits records of \(target)", evidence: evidence, isGrave: false))
    }
  }
  return found
}

/// Whether a name says that code is run or settings and rights are changed.
private func changesSettings(_ name: String) -> Bool {
  let phrases = [
    "run code", "execute code", "execute command*", "run command*", "shell", "run script",
    "execute python", "python repl", "code interpreter", "deploy*", "grant* access*",
    "assign* role*", "change* configuration", "update* configuration", "delete* user*",
  ].map(WordPattern.init)
  let all = words(of: name)
  return phrases.contains { $0.matches(all) }
}

private func finding(
  _ agent: AutomationSystem, _ powers: [Power], _ governance: GovernanceFacts,
  _ context: AuditContext
) -> Finding? {
  let trail = governance.declaration(of: agent.name)?.auditTrail
  let owner = governance.owner(of: agent)
  let worksAlone = governance.worksAlone(agent)
  let isSupervised = !governance.supervision(of: agent, context).isEmpty
  var certain: [String] = []
  var unseen: [String] = []
  if let trail, trail.value.isEmpty { certain.append("it leaves no audit trail (declared)") }
  if trail == nil { unseen.append("an audit trail is not known") }
  if !isSupervised {
    if worksAlone == true {
      certain.append("nobody approves what it does (human involvement: none)")
    } else {
      unseen.append("no approval, review or guardrail is seen in its files")
    }
  }
  if !(owner == .person) {
    if agent.owner.isKnown {
      certain.append("its owner is \(owner.meaning)")
    } else {
      unseen.append("no file names an owner")
    }
  }
  // An unknown trail alone is no finding: it is not “no trail”.
  guard !certain.isEmpty || unseen.count >= 3 else { return nil }
  let isGrave = powers.contains(where: \.isGrave)
  let isLive = agent.isInProduction
  let severity: Severity =
    if isGrave && isLive && certain.count >= 2 {
      .high
    } else if isGrave || certain.count >= 2 && isLive {
      .medium
    } else { .low }
  let runsCode = governance.permissions(of: agent).contains {
    isPower($0) && words(of: $0.name).contains("code")
  }
  var seen: Set<String> = []
  let texts = powers.map(\.text).filter { seen.insert($0).inserted }
  return Finding(
    check: AuditCheck.superuser.id, severity,
    "\(agent.name) \(listText(texts, limit: 3)), and "
      + (certain.first ?? "neither trail, approval nor owner is known"),
    subjects: [agent.reference],
    evidence: powers.map(\.evidence) + (trail.map { [$0.evidence] } ?? [])
      + (worksAlone == true ? agent.humanInvolvement.facts.prefix(1).map(\.evidence) : []),
    why:
      "High impact: \(listText(texts)). Certain: \(certain.isEmpty ? "nothing" : certain.joined(separator: "; ")). "
      + "Not known: \(unseen.isEmpty ? "nothing" : unseen.joined(separator: "; ")). High impact and no "
      + "trail, no approval or no owner make a finding; what is only not known counts where all three "
      + "are. Code, settings or rights in production with two certain: high; these, or records in "
      + "production with two certain: medium; else low.",
    remedy: owner == .person
      ? "Let \(agent.owner.value ?? "the owner") put an approval before \(texts[0]), and keep a trail of it."
      : "Name one person who answers for \(agent.name), and put an approval before what has consequences"
        + (runsCode ? "; let it run code in a container that reaches nothing else." : ".")
  )
}
