import Facts
import Inventory

extension AuditCheck {
  static let sharedCredential = AuditCheck(
    id: "shared-credential",
    summary: "Credentials that systems of different owners use, and agents without an identity",
    matters: "Where several use one account nobody can tell who read or changed what."
  ) { context in
    let governance = context.governance
    var outcome = Outcome()
    var uses: [String: [(system: AutomationSystem, use: CredentialUse)]] = [:]
    for system in context.estate.systems where system.isAlive {
      for use in governance.credentials(of: system) {
        uses[nameKey(use.name), default: []].append((system, use))
      }
    }
    var unknownOwners = 0
    for (_, group) in uses.sorted(by: { $0.key < $1.key }) {
      let users = group.reduce(into: [AutomationSystem]()) { users, item in
        if !users.contains(where: { $0.key == item.system.key }) { users.append(item.system) }
      }
      guard users.count > 1 else { continue }
      let pairs = users.dropFirst().map { ownersDiffer(users[0], $0) }
      if pairs.contains(true) {
        outcome.findings.append(shared(group.map(\.use), users))
      } else if pairs.contains(nil) {
        unknownOwners += 1
      }
    }
    let borrowers = context.agents.filter { withoutIdentity($0, governance) != nil }
    let exported = borrowers.filter {
      !$0.isSwitchedOn && governance.declaration(of: $0.name)?.identity == nil
    }
    let groups = UnregisteredGroup.groups(
      exported, by: { borrowed($0, governance).first?.name ?? "" }, atLeast: 2,
      perProduct: { _ in true })
    let together = Set(groups.flatMap(\.group.systems).map(\.key))
    for (phrase, group) in groups {
      outcome.findings.append(withoutIdentity(group.byConsequence(context), phrase, context))
    }
    for agent in borrowers where !together.contains(agent.key) {
      if let finding = withoutIdentity(agent, governance) { outcome.findings.append(finding) }
    }
    if unknownOwners > 0 {
      outcome.remarks.append(
        "\(counted(unknownOwners, "name")) of credentials \(unknownOwners == 1 ? "is" : "are") used by "
          + "several systems whose owners are unknown; whether they share an account cannot be told."
      )
    }
    return outcome
  }
}

private func shared(_ uses: [CredentialUse], _ users: [AutomationSystem]) -> Finding {
  let name = uses[0].name
  let owners = Set(users.compactMap { $0.team.value ?? $0.owner.value }).sorted()
  let platforms = Set(users.map { nameKey($0.technology.value ?? "") })
  let isOnePlatform = platforms.count == 1 && platforms != [""]
  return Finding(
    check: AuditCheck.sharedCredential.id, isOnePlatform && !isGeneric(name) ? .medium : .low,
    "The credential “\(name)” is used by \(listText(users.map(\.name))), of different owners",
    subjects: users.map(\.reference), topic: nameKey(name), evidence: uses.map(\.evidence),
    why:
      "\(users.count) systems of \(listText(owners)) name a credential “\(name)”. That it is the same "
      + "account is inferred from the name; its value is read nowhere. On one platform and under a name "
      + "that is not merely a product's: medium, else low.",
    remedy:
      "Give each of \(listText(users.map(\.name), limit: 4)) an account of its own, with only what "
      + "it needs.")
}

/// Whether a name is of the kind that products and examples propose, so that two of it may well be two
/// accounts.
private func isGeneric(_ name: String) -> Bool {
  let common: Set = [
    "api", "key", "apikey", "token", "password", "account", "credential", "credentials", "oauth",
    "oauth2", "secret", "client", "authorization", "connection", "login", "access", "auth",
    "smtp", "imap", "bearer", "header", "basic", "default",
  ]
  return !common.isDisjoint(with: words(of: name))
}

/// Permissions by which an agent acts with the rights of its maker or of the system.
private func borrowed(
  _ agent: AutomationSystem, _ governance: GovernanceFacts
) -> [Permission] {
  governance.permissions(of: agent).filter {
    let phrase = words(of: $0.name).joined(separator: " ")
    return phrase.contains("connection of its maker") || phrase == "run as system"
  }
}

/// Agents of one product of which only exports speak and say the same.
private func withoutIdentity(
  _ group: UnregisteredGroup, _ phrase: String, _ context: AuditContext
) -> Finding {
  let governance = context.governance
  let names = group.systems.map(\.name)
  return Finding(
    check: AuditCheck.sharedCredential.id, .low,
    "\(listText(names, limit: 4)) act under somebody else's identity",
    subjects: [], others: group.systems.map(\.reference),
    topic: group.topic("identity-\(nameKey(phrase))"),
    evidence: group.systems.flatMap { borrowed($0, governance).map(\.evidence) },
    why:
      "The files of \(group.counted) say “\(phrase)”, so the systems they use cannot tell their acts from that "
      + "account's other acts. Status: \(group.statuses).\(group.examples(context)) One finding for two agents of a product or "
      + "more that only exports speak of and that are not said to be switched on: low.",
    remedy:
      "Register an identity of its own for each, beginning with \(names[0]), and grant it only what its task needs."
  )
}

private func withoutIdentity(
  _ agent: AutomationSystem, _ governance: GovernanceFacts
) -> Finding? {
  let declared = governance.declaration(of: agent.name)?.identity
  let taken = borrowed(agent, governance)
  let evidence: [Evidence]
  let reason: String
  switch declared?.value {
  case .own: return nil
  case .caller:
    // The trail then shows the person who asked.
    return nil
  case .shared, .maker:
    evidence = declared.map { [$0.evidence] } ?? []
    reason =
      "It works with \(declared?.value == .maker ? "its maker's" : "a shared") account (declared)"
  case nil:
    guard let first = taken.first else { return nil }
    evidence = taken.map(\.evidence)
    reason = "Its file says “\(first.name)”"
  }
  return Finding(
    check: AuditCheck.sharedCredential.id, agent.isSwitchedOn ? .medium : .low,
    "\(agent.name) acts under somebody else's identity",
    subjects: [agent.reference], topic: "identity", evidence: evidence,
    why:
      "\(reason), so the systems it uses cannot tell its acts from that account's other acts. In "
      + "production: medium, else low.",
    remedy:
      "Register an identity of its own for \(agent.name) and grant it only what its task needs.")
}
