internal import Facts
internal import Simulation
internal import Statistics

// What lies between automations: coordination, monitoring, patterns.

extension ScenarioReading {
  /// The one group under a key, or each group of a list; wrong ones are reported and left out.
  func groups(_ section: Section, _ name: String) -> (groups: [Section], isWhole: Bool) {
    let key = self.key(section.pattern(of: name))
    guard let node = section.node?[name], !isEmpty(node) else { return ([], true) }
    let nodes: [ScenarioNode] = if case .list(let items) = node.content { items } else { [node] }
    var result: [Section] = []
    for item in nodes {
      guard item.isMap else {
        report(
          key: item.path,
          "'\(item.path)' is \(item.kindName); expected a group of keys, or a list of them",
          at: item.location)
        return (result, false)
      }
      result.append(
        Section(node: item, pattern: key.path, path: item.path, location: item.location))
    }
    return (result, true)
  }

  /// A number that is worked out from elsewhere where it is absent, and recorded as assumed.
  func number(_ section: Section, _ name: String, else value: Double, because: String) -> Double? {
    if let node = section.node?[name], !isEmpty(node) { return number(section, name) }
    _ = key(section.pattern(of: name))
    record(
      path: section.path(of: name), text: written(value), value: value, unit: "1",
      claim: ScenarioNode.Claim(provenance: .assumed, note: because), at: section.location)
    return value
  }
}

extension PartReading {
  /// A team and what it works, from one group.
  func teamWork(_ section: Section) -> TeamWorkSettings? {
    let team = reading.name(section, "team", among: assembly.names(of: "teams"))
    let time = reading.distribution(section, "time")
    guard let team, let time else { return nil }
    return TeamWorkSettings(team: team, time: time)
  }

  // MARK: Coordination

  /// Coordination; `isWhole` is false where it is wrong, which is reported.
  func coordination(
    _ automations: [AutomationSettings]
  ) -> (value: CoordinationSettings?, isWhole: Bool) {
    let section = reading.group(sections, "coordination")
    guard section.isPresent else { return absent("coordination") }
    let islands = islands(section, automations)
    let factor = reading.number(section, "technology_factor")
    let lost = reading.share(section, "context_lost")
    let pulls = pulls(section)
    let requests = requests(section)
    let misread = misread(section)
    let waiting = waiting(section)
    let partial = reading.share(section, "partial")
    let doubles = reading.share(section, "doubles")
    let found = reading.distribution(section, "found_after")
    let conflicts = conflicts(section)
    let mending = reading.group(section, "reconciliation")
    let reconciliation = mending.isPresent ? teamWork(mending) : nil
    guard let islands, let factor, let lost, pulls.isWhole, requests.isWhole, misread.isWhole,
      waiting.isWhole, let partial, let doubles, conflicts.isWhole,
      reconciliation != nil || !mending.isPresent
    else { return (nil, false) }
    if reconciliation == nil {
      let causes = [
        ("partial", partial > 0), ("doubles", doubles > 0), ("conflicts", conflicts.value != nil),
      ]
      if let cause = causes.first(where: \.1)?.0 {
        reading.report(
          key: section.path(of: "reconciliation"),
          "'\(section.path(of: "reconciliation"))' is missing, but '\(section.path(of: cause))' "
            + "makes work for it; name a team and a time, such as `reconciliation: { team: "
            + "operations, time: 20 min }`", at: section.location)
        return (nil, false)
      }
    }
    return (
      CoordinationSettings(
        islands: islands, technologyFactor: factor, contextLost: lost, pulls: pulls.value,
        requests: requests.value, misread: misread.value, waiting: waiting.value,
        partial: partial, doubles: doubles, foundAfter: found, conflicts: conflicts.value,
        reconciliation: reconciliation), true
    )
  }

  /// Nothing where a section is absent; what stands there in place of a group has been reported.
  func absent<Value>(_ name: String) -> (value: Value?, isWhole: Bool) {
    (nil, sections.node?[name].map { reading.isEmpty($0) } ?? true)
  }

  private func islands(_ section: Section, _ automations: [AutomationSettings]) -> [Int]? {
    let key = reading.key(section.pattern(of: "islands"))
    _ = reading.key(section.pattern(of: "islands.*"))
    let names = automations.map(\.name)
    guard let node = section.node?["islands"], node.isMap else {
      guard case .choiceOrGroup(let options) = key.kind else { preconditionFailure(key.path) }
      let word: String? = reading.scalar(section, "islands") { text throws(ValueError) in
        guard options.contains(text) else {
          let hint = nearestName(to: text, among: options).map { "did you mean '\($0)'?" }
          throw ValueError(hint ?? "it is not known here")
        }
        return text
      }
      guard let word else { return nil }
      return word == "each" ? Array(names.indices) : technologies(automations)
    }
    let group = Section(node: node, pattern: key.path, path: node.path, location: node.location)
    var islands = Array(names.indices).map { $0 + node.members.count }
    var placed: [String: String] = [:]
    for (number, member) in node.members.enumerated() {
      let own = Section(
        node: group.node, pattern: key.path, path: node.path, location: member.keyLocation)
      guard let members = islandMembers(own, member, names) else { return nil }
      for (name, location) in members {
        if let other = placed.updateValue(member.key, forKey: name), other != member.key {
          reading.report(
            key: member.node.path,
            "the automation '\(name)' is on the island '\(shown(other))' and on "
              + "'\(shown(member.key))'; it can be on one only", at: location)
          return nil
        }
        if let index = names.firstIndex(of: name) { islands[index] = number }
      }
    }
    return islands
  }

  private func islandMembers(
    _ group: Section, _ member: ScenarioNode.Member, _ names: [String]
  ) -> [(String, SourceLocation)]? {
    let key = reading.key("\(group.pattern).*")
    guard let items = reading.leaves(of: member.node, key) else { return nil }
    var result: [(String, SourceLocation)] = []
    for item in items {
      let name = reading.checked(item.text ?? "", key, at: item, number: { _ in nil }) {
        text throws(ValueError) in
        try requireKnown(text, "an automation", names)
        return text
      }
      guard let name else { return nil }
      result.append((name, item.location))
    }
    reading.record(
      path: member.node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
      unit: "", claim: member.node.claim, at: member.node.location)
    return result
  }

  private func technologies(_ automations: [AutomationSettings]) -> [Int] {
    let kinds = automations.map(\.kind)
    return kinds.map { kind in kinds.firstIndex(of: kind) ?? 0 }
  }

  private func pulls(
    _ section: Section
  ) -> (value: CoordinationSettings.Pulls?, isWhole: Bool) {
    let group = reading.group(section, "repeated_pulls")
    guard group.isPresent else { return (nil, section.node?["repeated_pulls"]?.text == nil) }
    let share = reading.share(group, "share")
    let time = reading.distribution(group, "time")
    let price = reading.money(group, "price")
    guard let share, let time, let price else { return (nil, false) }
    return (CoordinationSettings.Pulls(share: share, time: time, price: price.amount), true)
  }

  private func requests(
    _ section: Section
  ) -> (value: CoordinationSettings.Requests?, isWhole: Bool) {
    let group = reading.group(section, "repeated_requests")
    guard group.isPresent else { return (nil, section.node?["repeated_requests"]?.text == nil) }
    let share = reading.share(group, "share")
    let answer = reading.distribution(group, "answer")
    guard let share, let answer else { return (nil, false) }
    return (CoordinationSettings.Requests(share: share, answer: answer), true)
  }

  private func misread(
    _ section: Section
  ) -> (value: CoordinationSettings.Misread?, isWhole: Bool) {
    let group = reading.group(section, "misread")
    guard group.isPresent else { return (nil, section.node?["misread"]?.text == nil) }
    let share = reading.share(group, "share")
    let work = teamWork(group)
    guard let share, let work else { return (nil, false) }
    return (CoordinationSettings.Misread(share: share, work: work), true)
  }

  private func waiting(
    _ section: Section
  ) -> (value: CoordinationSettings.Waiting?, isWhole: Bool) {
    let group = reading.group(section, "waiting")
    guard group.isPresent else { return (nil, section.node?["waiting"]?.text == nil) }
    let limit = reading.duration(group, "limit")?.seconds
    let noAnswer = reading.share(group, "no_answer")
    guard let limit, let noAnswer else { return (nil, false) }
    return (CoordinationSettings.Waiting(limit: limit, noAnswer: noAnswer), true)
  }

  private func conflicts(
    _ section: Section
  ) -> (value: CoordinationSettings.Conflicts?, isWhole: Bool) {
    let group = reading.group(section, "conflicts")
    guard group.isPresent else { return (nil, section.node?["conflicts"]?.text == nil) }
    let rate = reading.number(group, "rate")
    let exponent = reading.number(group, "exponent")
    let among = reading.choice(group, "among")
    let blocks = reading.flag(group, "blocks")
    guard let rate, let exponent, let among, let blocks else { return (nil, false) }
    return (
      CoordinationSettings.Conflicts(
        rate: rate, exponent: exponent, needSharedApplication: among == "shared_applications",
        blocks: blocks), true
    )
  }

  // MARK: Monitoring

  /// What watches at level 1.
  func monitoring() -> (value: MonitoringSettings?, isWhole: Bool) {
    let section = reading.group(sections, "monitoring")
    guard section.isPresent else { return absent("monitoring") }
    let alert = teamWork(section)
    let detects = reading.share(section, "detects")
    let falseAlarms = reading.share(section, "false_alarms")
    let again = reading.share(section, "tries_again")
    let attempts = reading.count(section, "attempts")
    let licence = reading.money(section, "licence").map(perWeek)
    guard let alert, let detects, let falseAlarms, let again, let attempts, let licence else {
      return (nil, false)
    }
    return (
      MonitoringSettings(
        alert: alert, detects: detects, falseAlarms: falseAlarms, triesAgain: again,
        attempts: attempts, weeklyCost: licence), true
    )
  }

  // MARK: Patterns

  /// The automation that leads others.
  ///
  /// - Parameter activities: what element ids and ranges stand for.
  func supervisor(
    activities: (String, SourceLocation, String) -> [String]?
  ) -> (value: SupervisorSettings?, isWhole: Bool) {
    let section = reading.group(sections, "supervisor")
    guard section.isPresent else { return absent("supervisor") }
    let known = assembly.names(of: "automations")
    let automation = reading.name(section, "automation", among: known)
    if section.node?["leads"] == nil {
      reading.reportMissing(reading.key("supervisor.leads"), section, "leads")
    }
    let leads = reading.names(section, "leads", among: known)
    let delegation = reading.distribution(section, "delegation")
    let conflict = reading.share(section, "conflict")
    let resolution = reading.distribution(section, "resolution")
    let synthesis = reading.group(section, "synthesis")
    var after: [String] = []
    var time: Distribution?
    if synthesis.isPresent {
      time = reading.distribution(synthesis, "time")
      let key = reading.key("supervisor.synthesis.after")
      guard let node = synthesis.node?["after"] else {
        reading.reportMissing(key, synthesis, "after")
        return (nil, false)
      }
      guard let items = reading.leaves(of: node, key) else { return (nil, false) }
      for item in items {
        guard let ids = activities(item.text ?? "", item.location, item.path) else {
          return (nil, false)
        }
        after += ids
      }
      reading.record(
        path: node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
        unit: "", claim: node.claim, at: node.location)
    }
    guard let automation, let leads, let conflict, time != nil || !synthesis.isPresent else {
      return (nil, false)
    }
    if let own = leads.first(where: { $0.name == automation }) {
      reading.report(
        key: section.path(of: "leads"),
        "the supervisor '\(automation)' leads itself; name the automations that it leads",
        at: own.location)
      return (nil, false)
    }
    return (
      SupervisorSettings(
        automation: automation, leads: leads.map(\.name), delegation: delegation,
        conflict: conflict, resolution: resolution, synthesisAfter: after, synthesis: time), true
    )
  }

  /// Control of triggers that come in bursts.
  func storm() -> (value: StormSettings?, isWhole: Bool) {
    let section = reading.group(sections, "storm_control")
    guard section.isPresent else { return absent("storm_control") }
    let window = reading.duration(section, "window")?.seconds
    let same = reading.name(section, "same", among: assembly.attributes.map(\.name))
    let rate = reading.requests(section, "at_most")
    let burst = reading.count(section, "burst")
    let excess = reading.choice(section, "excess")
    guard let burst, let excess else { return (nil, false) }
    var attribute: Int?
    if let same, let node = section.node?["same"] {
      attribute = assembly.attributes.firstIndex { $0.name == same }
      guard let attribute, !assembly.attributes[attribute].isNumber else {
        reading.report(
          key: node.path,
          "'\(node.path)' is the attribute '\(shown(same))', "
            + (attribute == nil ? "which the scenario does not have" : "which is a number")
            + "; triggers are told apart by an attribute of categories, or of true and false",
          at: node.location)
        return (nil, false)
      }
    }
    for (name, needed) in [("same", "window"), ("burst", "at_most"), ("excess", "at_most")] {
      if let odd = section.node?[name], section.node?[needed] == nil {
        reading.report(
          key: odd.path,
          "'\(odd.path)' counts for nothing without '\(section.path(of: needed))'; give it, or "
            + "remove '\(name)'", at: odd.location)
        return (nil, false)
      }
    }
    guard window != nil || rate != nil else {
      if section.node?["window"] == nil, section.node?["at_most"] == nil {
        reading.report(
          key: section.path,
          "'\(section.path)' does nothing: give it a 'window', or a limit by 'at_most'",
          at: section.location)
      }
      return (nil, false)
    }
    let limit = rate.flatMap { rate in
      rate.unit.seconds.map {
        StormSettings.Limit(interval: $0 / rate.count, burst: burst, drops: excess == "drop")
      }
    }
    return (StormSettings(window: window, attribute: attribute, limit: limit), true)
  }
}
