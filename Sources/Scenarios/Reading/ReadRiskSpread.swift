internal import Facts
internal import Simulation

// What can go badly wrong: compromise, leaks and cascades.

extension StackReading {
  private var automationNames: [String] { assembly.names(of: "automations") }
  private var applicationNames: [String] { assembly.names(of: "applications") }

  // MARK: Compromise

  func compromise(_ section: Section) -> RiskSettings.Compromise? {
    let group = reading.group(section, "compromise")
    guard group.isPresent else { return nil }
    let of = reading.names(group, "of", among: automationNames)
    let every = reading.distribution(group, "every")
    let trusted = links(group, "trusted_by", from: automationNames, "an automation")
    let spread = reading.share(group, "spread")
    let shared = reading.share(group, "shared_applications")
    let layer = reading.share(group, "layer")
    let after = reading.distribution(group, "spread_after")
    let affects = reading.share(group, "affects")
    let found = reading.distribution(group, "found_after")
    let contained = reading.distribution(group, "contained_for")
    let investigation = optionalWork(group, team: "investigated_by", time: "investigation")
    let cases = reading.group(group, "cases")
    let damage = cases.isPresent ? costs(cases, isLater: false) : nil
    guard let of, let every, let spread, let shared, let layer, let affects, let found else {
      return nil
    }
    return RiskSettings.Compromise(
      of: of.map(\.name), every: every, trustedBy: trusted, spread: spread,
      sharedApplications: shared, layer: layer, spreadAfter: after, affects: affects,
      foundAfter: found, containedFor: contained, investigation: investigation, cases: damage)
  }

  /// Automations by the name of what they are linked to; wrong names are reported and left out.
  private func links(
    _ section: Section, _ name: String, from known: [String], _ what: String
  ) -> [String: [String]] {
    let group = reading.group(section, name)
    let key = reading.key("\(group.pattern).*")
    var result: [String: [String]] = [:]
    for member in group.node?.members ?? [] {
      let from = reading.checked(
        member.key, key, at: located(member), number: { _ in nil }
      ) { text throws(ValueError) in
        try requireKnown(text, what, known)
        return text
      }
      guard let from, let items = reading.leaves(of: member.node, key) else { continue }
      for item in items {
        let to = reading.checked(
          item.text ?? "", key, at: item, number: { _ in nil }
        ) { text throws(ValueError) in
          try requireKnown(text, "an automation", automationNames)
          if text == from { throw ValueError("it is linked to itself") }
          return text
        }
        if let to { result[from, default: []].append(to) }
      }
      reading.record(
        path: member.node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
        unit: "", claim: member.node.claim, at: member.node.location)
    }
    return result
  }

  /// A member's node, at the place of its key.
  private func located(_ member: ScenarioNode.Member) -> ScenarioNode {
    var node = member.node
    node.location = member.keyLocation
    return node
  }

  // MARK: Leaks

  func leaks(_ section: Section) -> [RiskSettings.Leak] {
    let named = reading.named(section, "leaks")
    if named.count > 64 {
      reading.report(
        key: named[64].section.path,
        "the scenario has \(named.count) classes of data; at most 64 can be simulated",
        at: named[64].section.location)
    }
    return named.compactMap { name, own in own.isPresent ? leak(name, own) : nil }
  }

  private func leak(_ name: String, _ section: Section) -> RiskSettings.Leak? {
    let when = condition(section, "when")
    let collected = elements(section, "collected_at")
    let cleared = reading.names(section, "cleared", among: automationNames + applicationNames)
    let share = reading.share(section, "share")
    let byPeople = reading.share(section, "by_people")
    let incident = costs(section, isLater: true)
    guard let share, let byPeople else { return nil }
    return RiskSettings.Leak(
      name: name, condition: when, collectedAt: collected, cleared: cleared?.map(\.name) ?? [],
      share: share, byPeople: byPeople, incident: incident)
  }

  // MARK: Cascades

  func cascade(_ section: Section) -> RiskSettings.Cascade? {
    let group = reading.group(section, "cascade")
    guard group.isPresent else { return nil }
    let couples = links(
      group, "couples", from: automationNames + applicationNames, "an automation or application")
    let share = reading.share(group, "share")
    let shared = reading.share(group, "shared_applications")
    let after = reading.distribution(group, "after")
    let lasts = reading.distribution(group, "lasts")
    let inconsistent = reading.share(group, "inconsistent")
    let rollBack = optionalWork(group, team: "rolled_back_by", time: "rolling_back")
    if couples.isEmpty, shared == 0, group.node?["couples"] == nil {
      reading.report(
        key: group.path,
        "'\(group.path)' couples nothing; give 'couples', or a share of 'shared_applications'",
        at: group.location)
    }
    guard let share, let shared, let lasts, let inconsistent else { return nil }
    return RiskSettings.Cascade(
      couples: couples, share: share, sharedApplications: shared, after: after, lasts: lasts,
      inconsistent: inconsistent, rollBack: rollBack)
  }
}
