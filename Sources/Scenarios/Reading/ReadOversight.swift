internal import Facts
internal import Simulation
internal import Statistics

// How people oversee what a guardrail stops.

extension StackReading {
  /// Oversight of a guardrail; `isWhole` is false where it is wrong, which is reported.
  func readOversight(_ section: Section) -> (value: OversightSettings?, isWhole: Bool) {
    let group = reading.group(section, "oversight")
    guard group.isPresent else {
      return (nil, section.node?["oversight"].map { reading.isEmpty($0) } ?? true)
    }
    let mode = reading.choice(group, "mode").flatMap(OversightSettings.Mode.init)
    let sample = reading.share(group, "sample")
    let audit = reading.share(group, "audit")
    let ladder = readLadder(group, mode: mode)
    let promote = reading.share(group, "promote_below")
    let demote = reading.share(group, "demote_above")
    let minimum = reading.count(group, "minimum")
    let confidence = reading.share(group, "confidence")
    let tiers = readTiers(group)
    let designs = reading.group(group, "design")
    let design = designs.isPresent ? readDesign(designs) : nil
    guard let mode, let sample, let audit, ladder.isWhole, let promote, let demote, let minimum,
      let confidence, let tiers, design != nil || !designs.isPresent
    else { return (nil, false) }
    let modes = ladder.modes ?? [mode]
    guard checkTiers(group, modes, tiers), checkBounds(group, promote: promote, demote: demote)
    else { return (nil, false) }
    if ladder.modes == nil, refusesIdleControl(group) { return (nil, false) }
    var controller: OversightController?
    if ladder.modes != nil {
      controller = OversightController(
        promoteBelow: promote, demoteAbove: demote, minimum: minimum, window: 2 * minimum,
        confidence: confidence)
    }
    return (
      OversightSettings(
        modes: modes, start: modes.firstIndex(of: mode) ?? 0, sample: sample, audit: audit,
        controller: controller, tiers: tiers, design: design), true
    )
  }

  private func readLadder(
    _ group: Section, mode: OversightSettings.Mode?
  ) -> (modes: [OversightSettings.Mode]?, isWhole: Bool) {
    let names = OversightSettings.Mode.allCases.map(\.rawValue)
    let read = reading.names(group, "ladder", among: names)
    guard let node = group.node?["ladder"], !reading.isEmpty(node) else { return (nil, true) }
    let modes = (read ?? []).compactMap { OversightSettings.Mode(rawValue: $0.name) }
    guard let read, modes.count == read.count, let mode else { return (nil, false) }
    guard modes.count > 1, Set(modes).count == modes.count else {
      reading.report(
        key: node.path,
        "'\(node.path)' is no ladder: it names each mode once, two or more of them, such as "
          + "`[in_the_loop, sampled, triggered]`", at: node.location)
      return (nil, false)
    }
    guard modes.contains(mode) else {
      reading.report(
        key: node.path,
        "'\(node.path)' does not have the mode '\(mode.rawValue)' that it begins with; add it",
        at: node.location)
      return (nil, false)
    }
    return (modes, true)
  }

  private func readTiers(_ group: Section) -> [OversightSettings.Tier]? {
    var tiers: [OversightSettings.Tier] = []
    var isWhole = true
    for (_, section) in reading.named(group, "tiers") {
      let when = condition(section, "when")
      let share = reading.share(section, "share")
      if section.node?["when"] == nil, section.isPresent {
        reading.reportMissing(reading.key(section.pattern(of: "when")), section, "when")
      }
      guard let when, let share else {
        isWhole = false
        continue
      }
      tiers.append(OversightSettings.Tier(condition: when, share: share))
    }
    return isWhole ? tiers : nil
  }

  private func readDesign(_ section: Section) -> OversightSettings.Design? {
    let work = parts.teamWork(section)
    let every = reading.duration(section, "every")?.seconds
    guard let work, let every else { return nil }
    return OversightSettings.Design(work: work, every: every)
  }

  // MARK: Checks

  private func checkTiers(
    _ group: Section, _ modes: [OversightSettings.Mode], _ tiers: [OversightSettings.Tier]
  ) -> Bool {
    if modes.contains(.inTheLead), tiers.isEmpty {
      reading.report(
        key: group.path(of: "tiers"),
        "'\(group.path(of: "tiers"))' is missing, but people are in the lead of certain kinds of "
          + "decisions; say which, such as `tiers: { large: { when: amount > 50000 } }`",
        at: group.location)
      return false
    }
    if !modes.contains(.inTheLead), let node = group.node?["tiers"], !reading.isEmpty(node) {
      reading.report(
        key: node.path, "'\(node.path)' counts in the mode `in_the_lead` only; remove it",
        at: node.location)
      return false
    }
    return true
  }

  private func checkBounds(_ group: Section, promote: Double, demote: Double) -> Bool {
    guard promote > demote else { return true }
    reading.report(
      key: group.path(of: "promote_below"),
      "'\(group.path(of: "promote_below"))' (\(written(promote * 100)) %) is more than "
        + "'demote_above' (\(written(demote * 100)) %), so that it would go up and down in turn; give "
        + "a smaller one",
      at: (group.node?["promote_below"] ?? group.node?["demote_above"])?.location
        ?? group.location)
    return false
  }

  /// What moves a mode counts for nothing where no ladder says where to.
  private func refusesIdleControl(_ group: Section) -> Bool {
    for name in ["promote_below", "demote_above", "minimum", "confidence"] {
      guard let node = group.node?[name] else { continue }
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing without a 'ladder'; give one, such as `[in_the_loop, "
          + "sampled]`, or remove '\(name)'", at: node.location)
      return true
    }
    return false
  }
}
