internal import Facts
internal import Simulation
internal import Statistics

// What an orchestration layer does beyond passing work on, and what it is for: weaknesses of automations,
// thresholds and routes of guardrails.

extension PartReading {
  /// What a layer does; `nil` where it is wrong, which is reported.
  func layerWork(
    _ section: Section, pricePerCase: Double, sharesContext: Bool
  ) -> LayerWorkSettings? {
    let licence = reading.money(section, "agent_licence")
    let perAgent = section.node?["agent_licence"] == nil ? 0 : licence.map(perWeek)
    let claimed = reading.flag(section, "idempotent")
    let idempotent = section.node?["idempotent"] == nil ? false : claimed
    let factors = factors(section, sharesContext: sharesContext, idempotent: idempotent ?? false)
    let recovery = recovery(section)
    let reroutes = reroutes(section)
    let routing = routing(section)
    let policies = policies(section)
    guard let perAgent, idempotent != nil, let factors, recovery.isWhole, let reroutes,
      routing.isWhole, policies.isWhole
    else { return nil }
    return LayerWorkSettings(
      pricePerCase: pricePerCase, weeklyCostPerAgent: perAgent, factors: factors,
      recovery: recovery.value, reroutes: reroutes, routing: routing.value,
      policies: policies.value)
  }

  private func factors(
    _ section: Section, sharesContext: Bool, idempotent: Bool
  ) -> CoordinationFactors? {
    let group = reading.group(section, "coordination")
    let hasCoordination = layers.sections["coordination"]?.isMap ?? false
    func factor(_ name: String, else value: Double = 1, because: String = "") -> Double? {
      // Where nothing is coordinated there is nothing to assume.
      guard hasCoordination || group.node?[name] != nil else {
        _ = reading.key(group.pattern(of: name))
        return 1
      }
      let why = because.isEmpty ? "the layer is not said to change it" : because
      return reading.number(group, name, else: value, because: why)
    }
    let lost = factor(
      "context_lost", else: sharesContext ? 0 : 1,
      because: sharesContext ? "the layer shares context" : "")
    let misread = factor("misread")
    let noAnswer = factor("no_answer")
    let partial = factor("partial")
    let doubles = factor(
      "doubles", else: idempotent ? 0 : 1, because: idempotent ? "the layer is idempotent" : "")
    let conflicts = factor("conflicts")
    guard let lost, let misread, let noAnswer, let partial, let doubles, let conflicts else {
      return nil
    }
    var result = CoordinationFactors()
    result.contextLost = lost
    result.misread = misread
    result.noAnswer = noAnswer
    result.partialFailure = partial
    result.doubleEffect = doubles
    result.conflicts = conflicts
    return result
  }

  private func recovery(
    _ section: Section
  ) -> (value: LayerWorkSettings.Recovery?, isWhole: Bool) {
    let retries = reading.group(section, "retries")
    let failure = reading.group(section, "on_failure")
    guard retries.isPresent || failure.isPresent else {
      return (
        nil, section.node?["retries"]?.text == nil && section.node?["on_failure"]?.text == nil
      )
    }
    var result = LayerWorkSettings.Recovery(
      retries: 0, backoff: 0, jitter: 0, keeps: 0, rollsBack: false, givesUp: false)
    if retries.isPresent {
      let times = reading.count(retries, "times")
      let backoff = reading.duration(retries, "backoff")?.seconds
      let jitter = reading.share(retries, "jitter")
      let keeps = reading.share(retries, "keeps")
      guard let times, let backoff, let jitter, let keeps else { return (nil, false) }
      result.retries = times
      result.backoff = backoff
      result.jitter = jitter
      result.keeps = keeps
    }
    if failure.isPresent {
      let rollsBack = reading.flag(failure, "roll_back")
      let then = reading.choice(failure, "then")
      guard let rollsBack, let then else { return (nil, false) }
      result.rollsBack = rollsBack
      result.givesUp = then == "give_up"
    }
    return (result, true)
  }

  private func reroutes(_ section: Section) -> [String: String]? {
    let group = reading.group(section, "reroute")
    let key = reading.key(section.pattern(of: "reroute.*"))
    guard group.isPresent else { return section.node?["reroute"]?.text == nil ? [:] : nil }
    let known = assembly.names(of: "automations")
    var result: [String: String] = [:]
    for member in group.node?.members ?? [] {
      guard requireAutomation(member, among: known) else { return nil }
      let name = reading.leaf(group, member, number: { (_: String) in nil }) {
        text throws(ValueError) in
        try requireKnown(text, key.path, known + ["people"])
        return text
      }
      guard let name else { return nil }
      if name == member.key {
        reading.report(
          key: member.node.path,
          "'\(member.node.path)' lets '\(shown(name))' take over from itself; name another "
            + "automation, or people", at: member.node.location)
        return nil
      }
      result[member.key] = name
    }
    return result
  }

  private func requireAutomation(_ member: ScenarioNode.Member, among known: [String]) -> Bool {
    if known.contains(member.key) { return true }
    let hint =
      nearestName(to: member.key, among: known).map { "did you mean '\($0)'?" }
      ?? "known are \(known.joined(separator: ", "))"
    reading.report(
      key: member.node.path,
      "'\(shown(member.key))' is no automation of the scenario; \(hint)", at: member.keyLocation)
    return false
  }

  private func routing(
    _ section: Section
  ) -> (value: LayerWorkSettings.Routing?, isWhole: Bool) {
    let group = reading.group(section, "routing")
    guard group.isPresent else { return (nil, section.node?["routing"]?.text == nil) }
    let below = reading.share(group, "below")
    let after = reading.count(group, "after")
    let explores = reading.share(group, "explores")
    let written = reading.groups(group, "types")
    let types = written.groups.map { condition($0, "when") }
    let others = reading.group(group, "alternatives")
    let known = assembly.names(of: "automations")
    var alternatives: [String: [String]] = [:]
    var isWhole = others.isPresent || group.node?["alternatives"]?.text == nil
    _ = reading.key("\(others.pattern).*")
    for member in others.node?.members ?? [] {
      guard requireAutomation(member, among: known),
        let items = reading.leaves(of: member.node, reading.key("\(others.pattern).*"))
      else { return (nil, false) }
      for item in items where !known.contains(item.text ?? "") {
        _ = reading.checked(
          item.text ?? "", reading.key("\(others.pattern).*"), at: item, number: { _ in nil }
        ) { text throws(ValueError) in
          try requireKnown(text, "an automation", known)
          return text
        }
        isWhole = false
      }
      alternatives[member.key] = items.compactMap(\.text)
      reading.record(
        path: member.node.path, text: items.compactMap(\.text).joined(separator: ", "), value: nil,
        unit: "", claim: member.node.claim, at: member.node.location)
    }
    guard let below, let after, let explores, written.isWhole, isWhole,
      !types.contains(where: { $0 == nil })
    else { return (nil, false) }
    return (
      LayerWorkSettings.Routing(
        below: below, after: after, explores: explores, types: types.compactMap(\.self),
        alternatives: alternatives), true
    )
  }

  private func policies(
    _ section: Section
  ) -> (value: LayerWorkSettings.Policies?, isWhole: Bool) {
    let group = reading.group(section, "policies")
    guard group.isPresent else { return (nil, section.node?["policies"]?.text == nil) }
    let every = reading.distribution(group, "every")
    let repair = reading.distribution(group, "repair")
    let whenDown = reading.choice(group, "when_down")
    guard let every, let repair, let whenDown else { return (nil, false) }
    return (LayerWorkSettings.Policies(every: every, repair: repair, whenDown: whenDown), true)
  }

  /// A condition under a key of the table.
  func condition(_ section: Section, _ name: String) -> CaseCondition? {
    let vocabulary = assembly.vocabulary
    return reading.scalar(section, name) { text throws(ValueError) in
      try parseCondition(text, vocabulary)
    }
  }

  // MARK: Automations and guardrails

  /// Cases that an automation fails at; `nil` where they are wrong, which is reported.
  func weaknesses(_ section: Section) -> [WeaknessModel]? {
    let written = reading.groups(section, "weaknesses")
    var result: [WeaknessModel] = []
    for group in written.groups {
      let when = condition(group, "when")
      let failure = reading.share(group, "failure")
      guard let when, let failure else { return nil }
      result.append(WeaknessModel(condition: when, failureProbability: failure))
    }
    return written.isWhole ? result : nil
  }

  /// Firing probabilities for some cases, at some hours.
  func thresholds(_ section: Section) -> [ThresholdSettings]? {
    let written = reading.groups(section, "thresholds")
    var result: [ThresholdSettings] = []
    for group in written.groups {
      let isConditional = group.node?["when"].map { !reading.isEmpty($0) } ?? false
      let isTimed = group.node?["during"].map { !reading.isEmpty($0) } ?? false
      let when = condition(group, "when")
      let during = reading.name(group, "during", among: assembly.calendarNames)
      let fires = reading.share(group, "fires")
      guard let fires, when != nil || !isConditional, during != nil || !isTimed else {
        return nil
      }
      if let last = result.last, last.condition == nil, last.during == nil {
        reading.report(
          key: group.path,
          "'\(group.path)' is never looked at: the one before it holds for all cases at all times; "
            + "put that one last", at: group.location)
        return nil
      }
      result.append(ThresholdSettings(condition: when, during: during, fires: fires))
    }
    return written.isWhole ? result : nil
  }
}
