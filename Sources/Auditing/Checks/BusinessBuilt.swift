import Facts
import Inventory

extension AuditCheck {
  static let businessBuilt = AuditCheck(
    id: "business-built", summary: "Automations built on platforms for everybody, without a review",
    matters: "What business people build quickly runs for years, and nobody else has looked at it."
  ) { context in
    let governance = context.governance
    var unreviewed: [String: [AutomationSystem]] = [:]
    for system in context.estate.systems
    where system.isAlive && isPlatformForEverybody(system.technology.value ?? "") {
      let said = governance.declaration(of: system.name)
      guard said?.reviewedBy == nil, said?.reviewedOn == nil,
        let maker = system.maker
      else { continue }
      // Somebody else who answers for it has had it in hand.
      if let owner = system.owner.value, governance.owner(of: system) == .person,
        nameKey(owner) != nameKey(maker)
      {
        continue
      }
      unreviewed[nameKey(maker), default: []].append(system)
    }
    return Outcome(findings: unreviewed.sorted { $0.key < $1.key }.map { finding($0.value) })
  }
}

private func isPlatformForEverybody(_ technology: String) -> Bool {
  let key = nameKey(technology)
  return [
    "powerautomate", "copilotstudio", "powerapps", "n8n", "zapier", "make", "ifttt", "agentbuilder",
    "promptbuilder", "uipathstudiox",
  ].contains { key == $0 || key.hasSuffix($0) || key.hasPrefix($0) && $0.count > 4 }
}

private func finding(_ systems: [AutomationSystem]) -> Finding {
  let maker = systems[0].maker ?? ""
  let live = systems.count { $0.isSwitchedOn }
  return Finding(
    check: AuditCheck.businessBuilt.id, .low,
    "\(maker) made \(listText(systems.map(\.name), limit: 3)), and no review is on record",
    subjects: [], others: systems.map(\.reference), topic: nameKey(maker),
    evidence: systems.flatMap { $0.creator.facts.prefix(1).map(\.evidence) },
    why: "\(counted(systems.count, "automation")) on a platform on which everybody builds "
      + "(\(listText(Set(systems.compactMap(\.technology.value)).sorted()))); the files name the maker, "
      + "nobody else who answers for \(systems.count == 1 ? "it" : "them"), and no reviewer. Whether the "
      + "maker is of the business or of IT they do not say: low. \(live) in production or switched on.",
    remedy:
      "Let somebody other than \(maker) read \(systems[0].name) and enter who did under 'systems' "
      + "(reviewed_by) of the policy file.")
}
