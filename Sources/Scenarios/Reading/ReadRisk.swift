internal import Facts
internal import Simulation
internal import Statistics

// What can go badly wrong: the parts that several classes of risk share, and errors.

extension StackReading {
  /// Risks; `isWhole` is false where something is wrong, which is reported.
  func risk() -> (value: RiskSettings?, isWhole: Bool) {
    let section = reading.group(sections, "risk")
    guard section.isPresent else { return parts.absent("risk") }
    let known = reading.problems.count
    var settings = RiskSettings()
    settings.criticality = criticality(section)
    settings.errors = errors(section)
    settings.violations = violations(section)
    settings.compromise = compromise(section)
    settings.leaks = leaks(section)
    settings.cascade = cascade(section)
    // Everything wrong is reported where it stands.
    return (settings, reading.problems.count == known)
  }

  // MARK: Shared parts

  private func criticality(_ section: Section) -> [CriticalityModel] {
    reading.groups(section, "criticality").groups.compactMap { group in
      let when = condition(group, "when")
      let factor = reading.number(group, "factor")
      guard let when, let factor else { return nil }
      return CriticalityModel(condition: when, factor: factor)
    }
  }

  /// What an incident costs; `nil` where it is absent or wrong.
  func incident(_ section: Section, _ name: String) -> RiskSettings.Incident? {
    let group = reading.group(section, name)
    return group.isPresent ? costs(group, isLater: true) : nil
  }

  /// What the keys of an incident say.
  ///
  /// - Parameter isLater: whether it may come to light later than it happens.
  func costs(_ group: Section, isLater: Bool) -> RiskSettings.Incident {
    RiskSettings.Incident(
      loss: loss(group, "loss"),
      foundAfter: isLater ? reading.distribution(group, "found_after") : nil,
      work: optionalWork(group, team: "team", time: "time"))
  }

  /// An amount in the scenario's currency, or a distribution of them.
  func loss(_ section: Section, _ name: String) -> Distribution? {
    var code: String?
    let value: Distribution? = reading.scalar(section, name, number: { $0.mean }) {
      text throws(ValueError) in
      code = valueWords(text).first {
        $0.count == 3 && $0.allSatisfy { $0.isASCII && $0.isUppercase }
      }
      let distribution = try parseNumberDistribution(text, unit: code)
      guard distribution.support.lowerBound >= 0 else {
        throw ValueError("such losses may be negative; end it with bounds")
      }
      return distribution
    }
    if let code, let node = section.node?[name] {
      reading.noteCurrency(code, key: node.path, at: node.location)
    }
    return value
  }

  /// A team and what it works, where both are given or neither.
  func optionalWork(_ section: Section, team: String, time: String) -> TeamWorkSettings? {
    let who = reading.name(section, team, among: assembly.names(of: "teams"))
    let long = reading.distribution(section, time)
    let given = [team, time].filter { section.node?[$0] != nil }
    if given.count == 1, let node = section.node?[given[0]] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing alone; give both '\(team)' and '\(time)', or neither",
        at: node.location)
    }
    guard let who, let long else { return nil }
    return TeamWorkSettings(team: who, time: long)
  }

  /// Element ids that ids and ranges stand for; empty where they are missing or wrong.
  func elements(_ section: Section, _ name: String) -> [String] {
    let key = reading.key(section.pattern(of: name))
    guard let node = section.node?[name], !reading.isEmpty(node) else {
      if key.presence == .required { reading.reportMissing(key, section, name) }
      return []
    }
    guard let items = reading.leaves(of: node, key) else { return [] }
    var ids: [String] = []
    for item in items {
      guard
        let own = assembly.activityIDs(item.text ?? "", at: item.location, key: item.path)
      else { return [] }
      ids += own.filter { !ids.contains($0) }
    }
    reading.record(
      path: node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: node.claim, at: node.location)
    return ids
  }

  // MARK: Errors

  private func errors(_ section: Section) -> RiskSettings.Errors? {
    let group = reading.group(section, "errors")
    guard group.isPresent else { return nil }
    let spread = reading.share(group, "spread")
    let people = reading.share(group, "spread_to_people")
    let noticed = reading.share(group, "noticed_by_people")
    let checks = reading.named(group, "checks").compactMap { name, own in
      own.isPresent ? check(name, own) : nil
    }
    let escaped = incident(group, "escaped")
    guard let spread, let people, let noticed else { return nil }
    return RiskSettings.Errors(
      spread: spread, spreadToPeople: people, noticed: noticed, checks: checks, escaped: escaped)
  }

  private func check(_ name: String, _ section: Section) -> RiskSettings.Check? {
    let after = elements(section, "after")
    let automation = reading.name(
      section, "automation", among: assembly.names(of: "automations"))
    let team = reading.name(section, "team", among: assembly.names(of: "teams"))
    let share = reading.share(section, "share")
    let time = reading.distribution(
      section, "time", clock: section.node?["team"] == nil ? .calendar : .work)
    let price = reading.money(section, "price")
    let finds = reading.share(section, "finds")
    let falseAlarms = reading.share(section, "false_alarms")
    let correlation = reading.share(section, "correlation")
    let correction = optionalWork(section, team: "corrected_by", time: "correction")
    let given = ["automation", "team"].compactMap { section.node?[$0] }
    if given.count != 1 {
      reading.report(
        key: given.last?.path ?? section.path,
        given.isEmpty
          ? "'\(section.path)' does not say who checks; give 'automation' or 'team'"
          : "'\(section.path)' is made by an automation and by a team; keep one of them, or make "
            + "two checks", at: given.last?.location ?? section.location)
      return nil
    }
    guard !after.isEmpty, automation != nil || team != nil, let share, let time, let price,
      let finds, let falseAlarms, let correlation
    else { return nil }
    return RiskSettings.Check(
      name: name, after: after, automation: automation, team: team, share: share, time: time,
      price: price.amount, finds: finds, falseAlarms: falseAlarms, correlation: correlation,
      correction: correction)
  }
}
