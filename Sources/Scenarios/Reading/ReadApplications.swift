internal import Facts
internal import Inventory
internal import Simulation
internal import Statistics

extension PartReading {
  /// Applications; incomplete ones are reported and left out.
  func applications() -> [ApplicationSettings] {
    reading.named(sections, "applications").compactMap { name, section in
      guard section.isPresent else { return nil }
      hintAtInventory(name, section)
      let concurrent = reading.count(section, "concurrent")
      let limit = requestLimit(section)
      let latency = reading.distribution(section, "latency")
      let maintenance = maintenance(section)
      let outages = outages(section)
      let releases = reading.distribution(section, "releases")
      let others = otherLoad(section)
      guard let concurrent, limit.isWhole, maintenance.isWhole, outages.isWhole, others.isWhole
      else { return nil }
      return ApplicationSettings(
        name: name, concurrent: concurrent == unlimitedCount ? nil : concurrent,
        rateLimit: limit.value, latency: latency, maintenance: maintenance.value,
        outages: outages.value, releases: releases, others: others.value)
    }
  }

  private func otherLoad(
    _ section: Section
  ) -> (value: ApplicationSettings.OtherLoad?, isWhole: Bool) {
    let group = reading.group(section, "others")
    guard group.isPresent else { return (nil, section.node?["others"]?.text == nil) }
    let rate = reading.requests(group, "rate")
    let time = reading.distribution(group, "time")
    let during = reading.name(group, "during", among: assembly.calendarNames)
    guard let rate, let period = rate.unit.seconds, let time,
      during != nil || group.node?["during"] == nil
    else { return (nil, false) }
    return (
      ApplicationSettings.OtherLoad(
        perSecond: rate.count / period, time: time, during: during), true
    )
  }

  /// Warns of a name that the inventory has almost.
  private func hintAtInventory(_ name: String, _ section: Section) {
    guard let known = assembly.applications else { return }
    let keys = known.flatMap { [$0.name] + $0.aliases }.map(nameKey)
    guard !keys.contains(nameKey(name)),
      let near = nearestName(to: nameKey(name), among: keys),
      let application = known.first(where: { ([$0.name] + $0.aliases).map(nameKey).contains(near) })
    else { return }
    reading.report(
      .medium, key: section.path,
      "the inventory has no application '\(shown(name))'; did you mean '\(application.name)'?",
      at: section.location)
  }

  private func requestLimit(
    _ section: Section
  ) -> (value: ApplicationSettings.RequestLimit?, isWhole: Bool) {
    let rate = reading.requests(section, "rate_limit")
    let burst = reading.count(section, "burst")
    guard let node = section.node?["rate_limit"], !reading.isEmpty(node) else {
      if let odd = section.node?["burst"] {
        reading.report(
          key: odd.path,
          "'\(odd.path)' counts for nothing without 'rate_limit'; give the limit or remove it",
          at: odd.location)
      }
      return (nil, true)
    }
    guard let rate, burst != nil || section.node?["burst"] == nil,
      let period = rate.unit.seconds
    else { return (nil, false) }
    let requests = Int(rate.count)
    let standard = min(requests, 1_000_000)
    if burst == nil {
      reading.record(
        path: section.path(of: "burst"), text: "\(standard) requests", value: Double(standard),
        unit: "requests",
        claim: ScenarioNode.Claim(
          provenance: .assumed, note: "no burst is given; the requests of one period at once"),
        at: section.location, isDefault: true)
    }
    return (
      ApplicationSettings.RequestLimit(
        requests: requests, period: period, burst: burst ?? standard), true
    )
  }

  private func maintenance(_ section: Section) -> (value: ScenarioCalendar?, isWhole: Bool) {
    let key = reading.key(section.pattern(of: "maintenance"))
    guard let node = section.node?["maintenance"], !reading.isEmpty(node) else {
      return (nil, true)
    }
    if let named = assembly.calendars.first(where: { $0.name == node.text }) {
      if named.isAlways {
        reading.report(
          key: node.path,
          "'\(node.path)' is the calendar '\(named.name)', which is always open: the application "
            + "would always be down", at: node.location)
        return (nil, false)
      }
      reading.record(
        path: node.path, text: named.name, value: nil, unit: "", claim: node.claim,
        at: node.location)
      return (named, true)
    }
    guard let lines = reading.leaves(of: node, key) else { return (nil, false) }
    var shifts: [WeeklyShift] = []
    for line in lines {
      let parsed = reading.checked(line.text ?? "", key, at: line, number: { _ in nil }) {
        text throws(ValueError) in try parseWeeklyLine(text)
      }
      guard let parsed else { return (nil, false) }
      shifts += parsed
    }
    if let (first, second) = overlap(of: shifts) {
      reading.report(
        key: node.path,
        "'\(node.path)' has windows that overlap, one of \(first.weekday.rawValue) and one of "
          + "\(second.weekday.rawValue); write each hour once", at: node.location)
      return (nil, false)
    }
    reading.record(
      path: node.path, text: lines.compactMap(\.text).joined(separator: "; "), value: nil, unit: "",
      claim: node.claim, at: node.location)
    return (
      shifts.isEmpty
        ? nil : ScenarioCalendar(name: "", shifts: shifts, isAlways: false, holidays: []), true
    )
  }

  /// The outages of a section.
  func outages(_ section: Section) -> (value: OutageSettings?, isWhole: Bool) {
    let group = reading.group(section, "outages")
    guard group.isPresent else { return (nil, section.node?["outages"]?.text == nil) }
    let every = reading.distribution(group, "every")
    let repair = reading.distribution(group, "repair")
    let mode = reading.choice(group, "in_progress")
    let team = reading.name(group, "repaired_by", among: assembly.names(of: "teams"))
    guard let every, let repair, let mode,
      team != nil || group.node?["repaired_by"] == nil
    else { return (nil, false) }
    return (
      OutageSettings(every: every, repair: repair, inProgress: mode, repairedBy: team), true
    )
  }

  /// What a section says is touched; `nil` where that is wrong, which is then reported.
  func touches(_ section: Section) -> [TouchSettings]? {
    let key = reading.key(section.pattern(of: "touches"))
    let requestsKey = reading.key(section.pattern(of: "touches.*"))
    guard let node = section.node?["touches"], !reading.isEmpty(node) else { return [] }
    let known = assembly.names(of: "applications")
    if known.isEmpty {
      reading.report(
        key: node.path,
        "'\(node.path)' names applications, but none stands under 'applications'; declare them "
          + "there, such as `applications: { core_banking: { concurrent: 20 sessions } }`",
        at: node.location)
      return nil
    }
    guard node.isMap else {
      guard let names = reading.names(section, "touches", among: known) else { return nil }
      return oncePerName(names.map { ($0.name, 1, $0.location) }, node)
    }
    guard case .count(let nouns) = requestsKey.kind else { preconditionFailure(requestsKey.path) }
    var result: [(String, Int, SourceLocation)] = []
    for member in node.members {
      let name = reading.checked(member.key, key, at: node, number: { _ in nil }) {
        text throws(ValueError) in
        try requireKnown(text, "an application", known)
        return text
      }
      let outer = Section(
        node: node, pattern: key.path, path: node.path, location: node.location)
      let requests = reading.leaf(outer, member, number: { Double($0) }) {
        text throws(ValueError) in try parseCount(text, of: nouns)
      }
      guard let name, let requests else { return nil }
      result.append((name, requests, member.keyLocation))
    }
    return oncePerName(result, node)
  }

  private func oncePerName(
    _ touches: [(name: String, requests: Int, location: SourceLocation)], _ node: ScenarioNode
  ) -> [TouchSettings]? {
    var result: [TouchSettings] = []
    for touch in touches {
      if result.contains(where: { $0.application == touch.name }) {
        reading.report(
          key: node.path,
          "'\(node.path)' names '\(touch.name)' twice; name it once, with its requests",
          at: touch.location)
        return nil
      }
      result.append(TouchSettings(application: touch.name, requests: touch.requests))
    }
    return result
  }
}
