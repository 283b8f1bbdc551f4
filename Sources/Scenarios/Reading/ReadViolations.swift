internal import Facts
internal import Simulation

// What can go badly wrong: decisions against a policy.

extension StackReading {
  /// The policies; those that are wrong are reported and left out.
  func violations(_ section: Section) -> [RiskSettings.Violation] {
    let named = reading.named(section, "violations")
    if named.count > 64 {
      reading.report(
        key: named[64].section.path,
        "the scenario has \(named.count) policies; at most 64 can be simulated",
        at: named[64].section.location)
    }
    return named.compactMap { name, own in own.isPresent ? violation(name, own) : nil }
  }

  private func violation(_ name: String, _ section: Section) -> RiskSettings.Violation? {
    let at = elements(section, "at")
    let share = reading.share(section, "share")
    let byPeople = reading.share(section, "by_people")
    let audited = audit(section)
    let exposed = exposure(section)
    guard !at.isEmpty, let share, let byPeople else { return nil }
    return RiskSettings.Violation(
      name: name, at: at, share: share, byPeople: byPeople, audited: audited, exposed: exposed)
  }

  private func audit(_ section: Section) -> RiskSettings.Audit? {
    let group = reading.group(section, "audited")
    guard group.isPresent else { return nil }
    let every = reading.duration(group, "every")?.seconds
    let share = reading.share(group, "share")
    let finds = reading.share(group, "finds")
    let work = parts.teamWork(group)
    let correction = optionalWork(group, team: "corrected_by", time: "correction")
    guard let every, let share, let finds, let work else { return nil }
    return RiskSettings.Audit(
      every: every, share: share, finds: finds, work: work, correction: correction)
  }

  private func exposure(_ section: Section) -> RiskSettings.Exposure? {
    let group = reading.group(section, "exposed")
    guard group.isPresent else { return nil }
    let share = reading.share(group, "share")
    let after = reading.distribution(group, "after")
    let incident = costs(group, isLater: false)
    guard let share, let after else { return nil }
    return RiskSettings.Exposure(share: share, after: after, incident: incident)
  }
}
