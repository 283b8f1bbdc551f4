internal import Facts
internal import Simulation
internal import Statistics

// What an automation has beside its runs. A wrong value is reported, and something else taken for it, for a
// scenario with errors is not run.

extension PartReading {
  /// Reads it all.
  func conduct(_ section: Section) -> ConductSettings {
    var result = ConductSettings()
    result.hours = reading.name(section, "hours", among: assembly.calendarNames)
    result.coverage = reading.share(section, "coverage") ?? 1
    result.reliability = reliability(section)
    result.calls = calls(section)
    result.novelty = novelty(section)
    result.capability = capability(section)
    result.confidence = confidence(section)
    result.asks = asks(section, hasConfidence: section.node?["confidence"] != nil)
    result.breakage = breakage(section)
    result.changes = changes(section)
    result.upkeep = upkeep(section)
    result.learning = learning(section)
    result.decay = decay(section)
    result.drift = behaviourDrift(section)
    return result
  }

  private var teamNames: [String] { assembly.names(of: "teams") }

  // MARK: Reliability

  private func reliability(_ section: Section) -> [ConductSettings.Reliability] {
    let outer = reading.group(section, "reliability")
    for name in ["", ".claimed", ".discount", ".observed", ".use", ".uncertainty"] {
      _ = reading.key("automations.*.reliability.*\(name)")
    }
    let known = assembly.names(of: "applications")
    return (outer.node?.members ?? []).compactMap { member in
      guard member.key == "default" || known.contains(member.key) else {
        let hint =
          nearestName(to: member.key, among: known + ["default"]).map { "did you mean '\($0)'?" }
          ?? (known.isEmpty
            ? "none stands under 'applications'; declare it there, or use 'default'"
            : "known are \(known.prefix(8).joined(separator: ", ")) and default")
        reading.report(
          key: member.node.path, "'\(shown(member.key))' is no application; \(hint)",
          at: member.keyLocation)
        return nil
      }
      let success =
        member.node.isMap
        ? claims(
          Section(
            node: member.node, pattern: outer.pattern(of: "*"), path: member.node.path,
            location: member.keyLocation))
        : reading.leaf(outer, member, number: { $0.mean }) { text throws(ValueError) in
          try parseReliability(text)
        }
      return success.map {
        ConductSettings.Reliability(
          application: member.key == "default" ? nil : member.key, success: $0)
      }
    }
  }

  /// Claimed, discounted and observed: the one in use; all are recorded.
  private func claims(_ section: Section) -> ReliabilityModel.Success? {
    let claimed = reading.share(section, "claimed")
    let discount = reading.share(section, "discount")
    let observed: ReliabilityModel.Success? = reading.scalar(
      section, "observed", number: { $0.mean }
    ) { text throws(ValueError) in try parseReliability(text) }
    let use = reading.choice(section, "use")
    let isDrawn = reading.choice(section, "uncertainty") != "mean"
    if let discount, claimed == nil, let node = section.node?["discount"] {
      reading.report(
        key: node.path,
        "'\(node.path)' discounts \(written(discount * 100)) % of nothing; give the claim by "
          + "'claimed'", at: node.location)
      return nil
    }
    let discounted = claimed.map { $0 * (1 - (discount ?? 0)) }
    if let discounted, discount != nil {
      reading.record(
        path: section.path(of: "discounted"),
        text: "\(written((discounted * 1e6).rounded() / 1e4)) %",
        value: discounted, unit: "1",
        claim: ScenarioNode.Claim(provenance: .inferred, note: "the claim less its discount"),
        at: section.location)
    }
    let standard = observed != nil ? "observed" : discount != nil ? "discounted" : "claimed"
    let chosen: ReliabilityModel.Success? =
      switch use ?? standard {
      case "observed": observed
      case "discounted": discounted.map { .certain($0) }
      default: claimed.map { .certain($0) }
      }
    guard let chosen else {
      reading.report(
        key: section.path,
        "'\(section.path)' has no \(use ?? "claimed or observed") reliability to use; give it",
        at: section.node?["use"]?.location ?? section.location)
      return nil
    }
    return isDrawn ? chosen : .certain(chosen.mean)
  }

  // MARK: Calls

  private func calls(_ section: Section) -> ConductSettings.Calls? {
    let group = reading.group(section, "calls")
    guard group.isPresent else { return nil }
    let count = reading.count(group, "count")
    let depth = reading.count(group, "depth")
    let order = reading.choice(group, "order")
    let time = reading.distribution(group, "time")
    let works = reading.share(group, "works")
    let retries = reading.count(group, "retries")
    let timeout = reading.duration(group, "timeout")?.seconds
    let after = reading.choice(group, "after_timeout")
    let tokens = reading.count(group, "tokens")
    let price = price(group, perTokens: tokens)
    let wrappers = reading.group(group, "wrapped")
    let wrapped = wrappers.isPresent ? wrapped(wrappers) : nil
    guard let count, let depth, let order, let works, let retries, let after, let price else {
      return nil
    }
    if timeout == nil, let node = group.node?["after_timeout"] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing without 'timeout'; give it or remove this",
        at: node.location)
    }
    if wrappers.isPresent, wrapped == nil { return nil }
    let result = ConductSettings.Calls(
      count: count, depth: depth, isParallel: order == "parallel", time: time, works: works,
      retries: retries, timeout: timeout, timeoutEscalates: after == "people", price: price,
      tokens: tokens ?? 0, wrapped: wrapped)
    guard result.total != nil else {
      reading.report(
        key: group.path,
        "'\(group.path)' makes \(count) calls on each of \(depth) levels, more than the 1,000 of a run that "
          + "are simulated; make 'count' or 'depth' smaller", at: group.location)
      return nil
    }
    return result
  }

  private func wrapped(_ section: Section) -> WrappedCallModel? {
    let share = reading.share(section, "share")
    let failure = reading.number(section, "failure_odds")
    let security = reading.number(section, "security_odds")
    guard let share, let failure, let security else { return nil }
    if failure == 1, security == 1 {
      reading.report(
        key: section.path,
        "'\(section.path)' changes nothing; give 'failure_odds' or 'security_odds', such as "
          + "`failure_odds: 0.5`", at: section.location)
      return nil
    }
    return WrappedCallModel(share: share, failureOdds: failure, securityOdds: security)
  }

  private func price(_ group: Section, perTokens tokens: Int?) -> Double? {
    guard let price = reading.money(group, "price") else { return nil }
    guard price.basis == .millionTokens else { return price.amount }
    guard let tokens else {
      if group.node?["tokens"] == nil {
        reading.report(
          key: group.path(of: "tokens"),
          "'\(group.path(of: "tokens"))' is missing; a price per million tokens needs the tokens of a "
            + "call, such as `tokens: 2000 tokens`", at: group.location)
      }
      return nil
    }
    return price.amount * Double(tokens) / 1e6
  }

  /// The application that calls are requests to, and how many a run makes.
  func endpoint(_ section: Section, _ calls: ConductSettings.Calls?) -> TouchSettings? {
    let group = reading.group(section, "calls")
    guard
      let name = reading.name(group, "to", among: assembly.names(of: "applications")),
      let requests = calls?.total
    else { return nil }
    if assembly.names(of: "applications").isEmpty, let node = group.node?["to"] {
      reading.report(
        key: node.path,
        "'\(node.path)' names an application, but none stands under 'applications'; declare it there, "
          + "such as `applications: { \(shown(name)): { rate_limit: 600 per minute } }`",
        at: node.location)
      return nil
    }
    return TouchSettings(application: name, requests: requests)
  }

  // MARK: Novelty, capability, confidence

  private func novelty(_ section: Section) -> ConductSettings.Novelty? {
    let group = reading.group(section, "novelty")
    guard group.isPresent else { return nil }
    let attribute = attribute(group, "attribute", takesTruth: true)
    let reference = reading.number(group, "reference")
    let failure = reading.number(group, "failure_odds")
    let error = reading.number(group, "error_odds")
    let rise = reading.number(group, "rise")
    let over = reading.duration(group, "over")?.seconds
    if (rise == nil) != (over == nil), let node = group.node?["rise"] ?? group.node?["over"] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing alone; give both 'rise' and 'over', or neither",
        at: node.location)
    }
    guard let attribute, let reference, let failure, let error else { return nil }
    return ConductSettings.Novelty(
      attribute: attribute, reference: reference, failureOdds: failure, errorOdds: error,
      rise: rise ?? 0, over: rise == nil ? 0 : over ?? 0)
  }

  /// Index of an attribute that is a number, or true or false.
  private func attribute(_ section: Section, _ name: String, takesTruth: Bool) -> Int? {
    let known = assembly.attributes
    let key = reading.key(section.pattern(of: name))
    if known.isEmpty, let node = section.node?[name] {
      reading.report(
        key: node.path,
        "'\(node.path)' names an attribute, but the scenario declares none under 'attributes'; declare "
          + "it there, such as `attributes: { amount: { number: lognormal mean 800 cv 1 } }`",
        at: node.location)
      return nil
    }
    guard let chosen = reading.name(section, name, among: known.map(\.name)),
      let index = known.firstIndex(where: { $0.name == chosen })
    else { return nil }
    switch known[index].kind {
    case .number: return index
    case .boolean where takesTruth: return index
    default:
      reading.report(
        key: section.path(of: name),
        "'\(section.path(of: name))' is `\(chosen)`, which is no number; expected \(key.expectation)",
        at: section.node?[name]?.location ?? section.location)
      return nil
    }
  }

  private func capability(_ section: Section) -> CapabilityModel? {
    let group = reading.group(section, "capability")
    guard group.isPresent else { return nil }
    let failure = reading.number(group, "failure_odds")
    let error = reading.number(group, "error_odds")
    let over = reading.duration(group, "over")?.seconds
    let shape = reading.choice(group, "shape").flatMap(CapabilityModel.Shape.init(rawValue:))
    guard let failure, let error, let over, let shape else { return nil }
    return CapabilityModel(
      failureOdds: failure, errorOdds: error, period: max(1, Int64((over * 1e6).rounded())),
      shape: shape)
  }

  private func confidence(_ section: Section) -> CalibrationModel? {
    let group = reading.group(section, "confidence")
    guard group.isPresent else { return nil }
    let shapes = ["right", "wrong"].map { name -> CalibrationModel.Shapes? in
      reading.scalar(group, name) { text throws(ValueError) in try parseBeta(text) }
    }
    guard let right = shapes[0], let wrong = shapes[1] else { return nil }
    return CalibrationModel(right: right, wrong: wrong)
  }

  // MARK: Asks

  private func asks(_ section: Section, hasConfidence: Bool) -> [ConductSettings.Ask] {
    let named = reading.named(section, "asks")
    if named.count > 16 {
      reading.report(
        key: named[16].section.path,
        "the automation has \(named.count) asks; at most 16 can be simulated",
        at: named[16].section.location)
    }
    return named.compactMap { name, ask in
      ask.isPresent ? self.ask(name, ask, hasConfidence: hasConfidence) : nil
    }
  }

  private func ask(
    _ name: String, _ section: Section, hasConfidence: Bool
  ) -> ConductSettings.Ask? {
    let vocabulary = assembly.vocabulary
    let when: CaseCondition? = reading.scalar(section, "when") { text throws(ValueError) in
      try parseCondition(text, vocabulary)
    }
    let value = attribute(section, "value", takesTruth: false)
    let above = threshold(section, of: value)
    let confidence = reading.share(section, "below_confidence")
    let answer = reading.choice(section, "answer")
    let team = reading.name(section, "of", among: teamNames)
    let time = reading.distribution(section, "time")
    let catches = reading.share(section, "catches")
    if let node = section.node?["below_confidence"], !hasConfidence {
      reading.report(
        key: node.path,
        "'\(node.path)' looks at a confidence that the automation does not state; give it under "
          + "'confidence'", at: node.location)
    }
    let isWhole = ["value", "above"].map { section.node?[$0] != nil }
    if isWhole[0] != isWhole[1], let node = section.node?["value"] ?? section.node?["above"] {
      reading.report(
        key: node.path,
        "'\(node.path)' counts for nothing alone; give both 'value' and 'above', or neither",
        at: node.location)
    }
    var parts: [CaseCondition] = []
    if let when { parts.append(when) }
    if let value, let above {
      parts.append(.compares(attribute: value, .more, above))
    }
    var result = ConductSettings.Ask(
      name: name, condition: parts.isEmpty ? nil : parts.count == 1 ? parts[0] : .all(parts),
      belowConfidence: confidence, review: nil)
    if answer == "take_over" {
      for name in ["of", "time", "catches"] {
        guard let node = section.node?[name] else { continue }
        reading.report(
          key: node.path,
          "'\(node.path)' is of reviews, but here people take over, as 'exceptions' says; remove it",
          at: node.location)
      }
      return result
    }
    for name in ["of", "time"] where section.node?[name] == nil {
      let key = reading.key(section.pattern(of: name))
      reading.report(
        key: section.path(of: name),
        "'\(section.path(of: name))' is missing; a review needs it, such as `\(name): \(key.example)`",
        at: section.location)
    }
    guard let team, let time, let catches else { return nil }
    result.review = ConductSettings.Ask.Review(team: team, time: time, catches: catches)
    return result
  }

  /// A number, which the unit of the attribute may follow.
  private func threshold(_ section: Section, of attribute: Int?) -> Double? {
    var unit: String?
    if let attribute, case .number(let own) = assembly.attributes[attribute].kind { unit = own }
    return reading.scalar(section, "above", number: { $0 }) { [unit] text throws(ValueError) in
      let words = valueWords(text)
      guard let first = words.first, words.count == 1 || (words.count == 2 && words[1] == unit)
      else {
        throw ValueError(
          unit.map { "it is no number, or not in \($0)" } ?? "it is no number alone")
      }
      return try parseNumber(first)
    }
  }

  // MARK: Breakage, changes, upkeep

  private func breakage(_ section: Section) -> ConductSettings.Breakage? {
    let group = reading.group(section, "breaks_at_release")
    guard group.isPresent else { return nil }
    let probability = reading.share(group, "probability")
    let repair = reading.distribution(group, "repair")
    let team = reading.name(group, "repaired_by", among: teamNames)
    let leadTime = reading.distribution(group, "lead_time")
    guard let probability, let repair else { return nil }
    return ConductSettings.Breakage(
      probability: probability, repair: repair, team: team, leadTime: leadTime)
  }

  private func changes(_ section: Section) -> ConductSettings.Changes? {
    let group = reading.group(section, "changes")
    guard group.isPresent else { return nil }
    let every = reading.distribution(group, "every")
    let affects = reading.share(group, "affects")
    let work = reading.distribution(group, "work")
    let team = reading.name(group, "made_by", among: teamNames)
    let leadTime = reading.distribution(group, "lead_time")
    if work == nil, let node = group.node?["made_by"], group.node?["work"] == nil {
      reading.report(
        key: node.path, "'\(node.path)' counts for nothing without 'work'; give it or remove this",
        at: node.location)
    }
    guard let every, let affects else { return nil }
    return ConductSettings.Changes(
      every: every, affects: affects, work: work, team: team, leadTime: leadTime)
  }

  private func upkeep(_ section: Section) -> ConductSettings.Upkeep? {
    let group = reading.group(section, "upkeep")
    guard group.isPresent else { return nil }
    let team = reading.name(group, "done_by", among: teamNames)
    let every = reading.duration(group, "every")?.seconds
    let work = reading.distribution(group, "work")
    let growth = reading.growth(group, "growth")
    let exponent = reading.number(group, "exponent")
    guard let team, let every, let work, let exponent else { return nil }
    return ConductSettings.Upkeep(
      team: team, every: every, work: work, growth: growth?.share ?? 0,
      growthPeriod: growth?.periodSeconds ?? 604_800, exponent: exponent)
  }
}
