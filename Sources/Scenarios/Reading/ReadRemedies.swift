internal import Facts
internal import Simulation
internal import Statistics

// The remedies of a variant for ticket exhaustion, and the skills that one of them routes by.

extension StackReading {
  /// Gives guardrails the remedies of the variant.
  func applyRemedies(to guardrails: inout [GuardrailSettings], names: [String]) {
    let remedies = Section(
      node: layers.remedies, pattern: "variants.*.remedies",
      path: layers.remedies?.path ?? "", location: layers.remedies?.location ?? location)
    _ = reading.key("variants.*.remedies")
    for section in each("bulk_review", of: remedies) {
      guard let name = reading.name(section, "of", among: names) else { continue }
      let bulk = readBulkReview(section)
      guard let position = guardrails.firstIndex(where: { $0.name == name }) else { continue }
      refuseSecond(guardrails[position].bulkReview != nil, name, section)
      guardrails[position].bulkReview = bulk
    }
    for section in each("re_evaluate", of: remedies) {
      guard let name = reading.name(section, "of", among: names) else { continue }
      let check = readReevaluation(section)
      guard let position = guardrails.firstIndex(where: { $0.name == name }) else { continue }
      refuseSecond(guardrails[position].reevaluation != nil, name, section)
      guardrails[position].reevaluation = check
    }
    for section in each("route", of: remedies) {
      guard let name = reading.name(section, "of", among: names) else { continue }
      let route = readRoute(section)
      guard let route, let position = guardrails.firstIndex(where: { $0.name == name }) else {
        continue
      }
      refuseSecond(guardrails[position].routingPrice != nil, name, section)
      apply(route, to: &guardrails[position], section)
    }
    for section in each("redesign", of: remedies) {
      guard let name = reading.name(section, "of", among: names) else { continue }
      let redesign = readRedesign(section)
      guard let position = guardrails.firstIndex(where: { $0.name == name }) else { continue }
      refuseSecond(guardrails[position].redesign != nil, name, section)
      checkWorth(of: guardrails[position], section)
      guardrails[position].redesign = redesign
    }
  }

  private func refuseSecond(_ isSecond: Bool, _ name: String, _ section: Section) {
    guard isSecond else { return }
    reading.report(
      key: section.path, "the guardrail '\(name)' has this remedy twice; keep one of them",
      at: section.location)
  }

  /// The one group, or each group of a list.
  private func each(_ name: String, of remedies: Section) -> [Section] {
    let pattern = remedies.pattern(of: name)
    _ = reading.key(pattern)
    guard let node = remedies.node?[name], !reading.isEmpty(node) else { return [] }
    let nodes: [ScenarioNode] = if case .list(let items) = node.content { items } else { [node] }
    return nodes.compactMap { item in
      guard item.isMap else {
        reading.report(
          key: item.path, "'\(item.path)' is \(item.kindName); expected a group of keys",
          at: item.location)
        return nil
      }
      return Section(node: item, pattern: pattern, path: item.path, location: item.location)
    }
  }

  private func readBulkReview(_ section: Section) -> GuardrailSettings.BulkReview? {
    let size = reading.count(section, "size")
    let wait = reading.duration(section, "wait")?.seconds
    let setup = reading.distribution(section, "setup")
    let each = reading.distribution(section, "each")
    guard let size, let wait, let setup, let each else { return nil }
    return GuardrailSettings.BulkReview(size: size, wait: wait, setup: setup, each: each)
  }

  private func readReevaluation(_ section: Section) -> GuardrailSettings.Reevaluation? {
    let unnecessary = reading.share(section, "unnecessary")
    let check = reading.duration(section, "check")?.seconds
    let price = reading.money(section, "price")
    let falsePass = reading.share(section, "false_pass")
    guard let unnecessary, let check, let price, let falsePass else { return nil }
    return GuardrailSettings.Reevaluation(
      unnecessary: unnecessary, check: check, price: price.amount, falsePass: falsePass)
  }

  // MARK: Contextual routing

  /// What the skills of reviewers mean; `nil` where nothing does, or something is wrong.
  func readExpertise(_ section: Section) -> GuardrailSettings.Expertise? {
    let group = reading.group(section, "expertise")
    guard group.isPresent else { return nil }
    let skills = reading.skills(group).map { skills in skills.map(\.name) }
    let effects = ["matched", "unmatched"].map { name -> ExpertiseModel.Effect in
      let effect = reading.group(group, name)
      guard effect.isPresent else { return ExpertiseModel.Effect() }
      return ExpertiseModel.Effect(
        time: reading.share(effect, "time") ?? 1, catches: reading.share(effect, "catches") ?? 1,
        wrong: reading.share(effect, "wrong") ?? 0)
    }
    guard let skills, !skills.isEmpty else { return nil }
    return GuardrailSettings.Expertise(
      skills: skills, matched: effects[0], unmatched: effects[1])
  }

  private struct Route {
    var team: String?
    var after: Double?
    var price: Double
  }

  private func readRoute(_ section: Section) -> Route? {
    let team = reading.name(section, "to", among: assembly.names(of: "teams"))
    let after = reading.duration(section, "after")?.seconds
    guard let price = reading.money(section, "price") else { return nil }
    return Route(team: team, after: after, price: price.amount)
  }

  /// Tickets ask for the skills of the decision, at the team that is named; after a time for none.
  private func apply(_ route: Route, to guardrail: inout GuardrailSettings, _ section: Section) {
    guard let expertise = guardrail.expertise else {
      reading.report(
        key: section.path,
        "nobody can be qualified for tickets of '\(guardrail.name)': it has no 'expertise'; say there "
          + "who is, such as `expertise: { skills: mortgage, unmatched: { time: 140 % } }`",
        at: section.location)
      return
    }
    if let team = route.team {
      if guardrail.teams.count > 1, let node = section.node?["to"] {
        reading.report(
          key: node.path,
          "'\(node.path)' names one team, but all of \(guardrail.teams.joined(separator: ", ")) must "
            + "answer tickets of '\(guardrail.name)'; remove it", at: node.location)
      }
      guardrail.teams = [team]
    }
    if let after = route.after {
      if guardrail.queueing.expedite != nil, let node = section.node?["after"] {
        reading.report(
          key: node.path,
          "'\(node.path)' and 'expedite' of '\(guardrail.name)' both change what waits; keep one of "
            + "them", at: node.location)
      }
      guardrail.queueing.expedite = QueueingModel.Expedite(
        after: Int64((after * 1e6).rounded()), priority: guardrail.queueing.priority ?? 0,
        dropsSkills: true)
    }
    guardrail.queueing.skills += expertise.skills.filter {
      !guardrail.queueing.skills.contains($0)
    }
    guardrail.routingPrice = route.price
  }

  // MARK: Redesign

  private func readRedesign(_ section: Section) -> GuardrailSettings.Redesign? {
    let teams = assembly.names(of: "teams")
    let every = reading.duration(section, "every")?.seconds
    let reviewTeam = reading.name(section, "reviewed_by", among: teams)
    let reviewTime = reading.distribution(section, "review")
    let minimum = reading.count(section, "tickets")
    let confidence = reading.share(section, "confidence")
    let bound = reading.choice(section, "bound").flatMap(RedesignModel.Bound.init(rawValue:))
    let needed = reading.share(section, "keeps_needed")
    let needless = reading.share(section, "keeps_needless")
    let work = reading.distribution(section, "work")
    let workTeam = reading.name(section, "done_by", among: teams)
    let leadTime = reading.distribution(section, "lead_time")
    let price = reading.money(section, "price")
    if (section.node?["reviewed_by"] == nil) != (section.node?["review"] == nil) {
      reading.report(
        key: section.path,
        "'\(section.path)' has one of 'reviewed_by' and 'review'; give both or neither",
        at: section.location)
    }
    if section.node?["done_by"] != nil, section.node?["work"] == nil {
      reading.report(
        key: section.path(of: "work"),
        "'\(section.path(of: "work"))' is missing; say how much work the team has, such as "
          + "`work: 40 h`", at: section.location)
    }
    guard let every, let minimum, let confidence, let bound, let needed, let needless else {
      return nil
    }
    return GuardrailSettings.Redesign(
      every: every, reviewTeam: reviewTeam, reviewTime: reviewTime, minimum: minimum,
      confidence: confidence, bound: bound, keepsNeeded: needed, keepsNeedless: needless,
      work: work, workTeam: workTeam, leadTime: leadTime, price: price?.amount ?? 0)
  }

  /// A guardrail whose tickets are all approved as they are prevents nothing, whatever is claimed.
  private func checkWorth(of guardrail: GuardrailSettings, _ section: Section) {
    guard guardrail.approvedUnchanged >= 1, guardrail.lossPrevented > 0 else { return }
    reading.report(
      key: section.path,
      "'\(section.path)' observes what tickets of '\(guardrail.name)' prevent, which has a "
        + "'loss_prevented' although all are approved unchanged; lower 'approved_unchanged', or remove "
        + "'loss_prevented'", at: section.location)
  }
}
