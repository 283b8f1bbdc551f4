internal import Facts
internal import Simulation
internal import Statistics

extension ScenarioReading {
  /// When a ticket is due; `nil` where that is not said.
  func due(_ section: Section, _ name: String) -> DueSettings? {
    duration(section, name).map { due in
      DueSettings(seconds: due.seconds, inWorkingTime: due.written.unit.isWorkingTime)
    }
  }
}

extension StackReading {
  /// What becomes of a guardrail's tickets; `nil` where nothing does, or something is wrong.
  ///
  /// - Parameters:
  ///   - blocks: whether the case waits.
  ///   - unchanged: share of tickets approved as they are.
  ///   - context: seconds of reconstruction per automation.
  func readTickets(
    _ section: Section, blocks: Bool?, unchanged: Double?, context: Double?
  ) -> TicketSettings? {
    let modified = reading.share(section, "modified")
    let modifying = reading.distribution(section, "modifying")
    let withdrawal = reading.distribution(section, "withdrawn_after")
    let penalty = reading.money(section, "penalty")
    let settings = TicketSettings(
      modified: modified ?? 0, modifying: modifying, rework: readRework(section),
      reopening: readReopening(section), withdrawal: withdrawal,
      curation: readCuration(section), recommendation: readRecommendation(section),
      opinion: readOpinion(section), documents: readDocuments(section),
      prediction: readPrediction(section), latePenalty: penalty?.amount ?? 0)
    checkOutcomes(settings, section, unchanged: unchanged)
    checkWaits(settings, section, blocks: blocks)
    checkContext(settings, section, context: context)
    if settings.latePenalty > 0, section.node?["due"] == nil { checkPenalty(section) }
    return settings.isNothing ? nil : settings
  }

  // MARK: Parts

  private func readRework(_ section: Section) -> TicketSettings.Rework? {
    let group = reading.group(section, "rework")
    guard group.isPresent else { return nil }
    let team = reading.name(group, "team", among: assembly.names(of: "teams"))
    let time = reading.distribution(group, "time")
    let rounds = reading.count(group, "rounds")
    let again = reading.flag(group, "reviewed_again")
    guard let rounds, let again else { return nil }
    if team != nil, time == nil, group.node?["time"] == nil {
      reading.report(
        key: group.path(of: "time"),
        "'\(group.path)' names a team and no time; say how long it takes, such as "
          + "`time: 20 min`", at: group.location)
    }
    if group.node?["team"] == nil, let node = group.node?["time"] {
      refuse(
        node,
        "has a time and no team; the automation takes its own time: remove it, or name a "
          + "'team'")
    }
    if group.node?["team"] == nil, let node = group.node?["reviewed_again"] {
      refuse(
        node,
        "is of a team's rework; what the automation does again, its guardrail evaluates "
          + "again: remove it")
    }
    return TicketSettings.Rework(team: team, time: time, rounds: rounds, isReviewedAgain: again)
  }

  private func readReopening(_ section: Section) -> TicketSettings.Reopening? {
    let group = reading.group(section, "reopened")
    guard group.isPresent else { return nil }
    let share = reading.share(group, "share")
    let after = reading.distribution(group, "after")
    let time = reading.distribution(group, "time")
    guard let share, let after else { return nil }
    return TicketSettings.Reopening(share: share, after: after, time: time)
  }

  private func readCuration(_ section: Section) -> TicketSettings.Curation? {
    let group = reading.group(section, "curated")
    guard group.isPresent else { return nil }
    let left = reading.share(group, "left")
    let price = reading.money(group, "price")
    guard let left, let price else { return nil }
    return TicketSettings.Curation(left: left, price: price.amount)
  }

  private func readRecommendation(_ section: Section) -> TicketSettings.Recommendation? {
    let group = reading.group(section, "recommends")
    guard group.isPresent else { return nil }
    let right = reading.share(group, "right")
    let saves = reading.duration(group, "saves")?.seconds
    let misleads = reading.share(group, "misleads")
    let price = reading.money(group, "price")
    guard let right, let saves, let misleads, let price else { return nil }
    return TicketSettings.Recommendation(
      right: right, saves: saves, misleads: misleads, price: price.amount)
  }

  private func readOpinion(_ section: Section) -> TicketSettings.SecondOpinion? {
    let group = reading.group(section, "second_opinion")
    guard group.isPresent else { return nil }
    let automation = reading.name(
      group, "automation", among: assembly.names(of: "automations"))
    let share = reading.share(group, "share")
    let when = condition(group, "when")
    let settles = reading.share(group, "settles")
    let catches = reading.share(group, "catches")
    guard let automation, let share, let settles, let catches else { return nil }
    if automation == section.node?["raised_by"]?.text, let node = group.node?["automation"] {
      refuse(node, "is the automation that raises the guardrail; a second opinion is another's")
    }
    return TicketSettings.SecondOpinion(
      automation: automation, share: share, condition: when, settles: settles, catches: catches)
  }

  private func readDocuments(_ section: Section) -> TicketSettings.Documents? {
    let group = reading.group(section, "documents")
    guard group.isPresent else { return nil }
    let share = reading.share(group, "share")
    let when = condition(group, "when")
    let wait = reading.distribution(group, "wait")
    let settles = reading.share(group, "settles")
    let price = reading.money(group, "price")
    guard let share, let wait, let settles, let price else { return nil }
    return TicketSettings.Documents(
      share: share, condition: when, wait: wait, settles: settles, price: price.amount)
  }

  private func readPrediction(_ section: Section) -> TicketSettings.Prediction? {
    let group = reading.group(section, "predicted")
    guard group.isPresent else { return nil }
    let recall = reading.share(group, "recall")
    let precision = reading.share(group, "precision")
    let price = reading.money(group, "price")
    let team = reading.name(group, "team", among: assembly.names(of: "teams"))
    let time = reading.distribution(group, "time")
    guard let recall, let precision, let price else { return nil }
    if (group.node?["team"] == nil) != (group.node?["time"] == nil) {
      reading.report(
        key: group.path,
        "'\(group.path)' has a team without a time, or a time without a team; "
          + "give both or neither", at: group.location)
    }
    return TicketSettings.Prediction(
      recall: recall, precision: precision, price: price.amount, team: team, time: time)
  }

  // MARK: What contradicts itself

  private func refuse(_ node: ScenarioNode, _ why: String) {
    reading.report(key: node.path, "'\(node.path)' \(why)", at: node.location)
  }

  private func checkOutcomes(_ settings: TicketSettings, _ section: Section, unchanged: Double?) {
    guard let unchanged else { return }
    let answered = unchanged + settings.modified
    if answered > 1 + 1e-9,
      let node = section.node?["modified"] ?? section.node?["approved_unchanged"]
    {
      refuse(
        node,
        "and 'approved_unchanged' sum to \(written((answered * 1e8).rounded() / 1e6)) %; they are "
          + "shares of the same tickets, at most 100 %")
    }
    if answered > 1 - 1e-9, settings.rework != nil, let node = section.node?["rework"] {
      refuse(
        node,
        "never comes to pass: 'approved_unchanged' and 'modified' are all tickets; lower one of them"
      )
    }
  }

  private func checkWaits(_ settings: TicketSettings, _ section: Section, blocks: Bool?) {
    let routes = (settings.opinion?.share ?? 0) + (settings.documents?.share ?? 0)
    if routes > 1 + 1e-9, let node = section.node?["documents"] {
      refuse(
        node,
        "and 'second_opinion' have shares of \(written((routes * 1e8).rounded() / 1e6)) % of the "
          + "firings together; give 'share' to both, at most 100 %")
    }
    guard blocks == false else { return }
    for name in ["second_opinion", "documents"] {
      if let node = section.node?[name], !reading.isEmpty(node) {
        refuse(node, "needs a case that waits; the guardrail does not block")
      }
    }
    if let rework = settings.rework, rework.team == nil, let node = section.node?["rework"] {
      refuse(
        node,
        "sends the case back to the automation, but the guardrail does not block and the case has "
          + "gone on; name a 'team'")
    }
  }

  private func checkContext(_ settings: TicketSettings, _ section: Section, context: Double?) {
    guard context == 0 else { return }
    for name in ["curated", "predicted"] {
      if let node = section.node?[name], !reading.isEmpty(node) {
        refuse(
          node,
          "has nothing to prepare: '\(section.path(of: "context"))' is 0; say how long reviewers "
            + "take to find out what happened")
      }
    }
  }

  /// A penalty needs a due date: the guardrail's own or that of a team that gets its tickets.
  private func checkPenalty(_ section: Section) {
    guard let node = section.node?["penalty"] else { return }
    let teams = layers.sections["teams"]
    let own = section.node?["ticket"]?.text.map { [$0] } ?? []
    let several: [String] =
      if case .list(let items)? = section.node?["tickets"]?.content {
        items.compactMap(\.text)
      } else {
        section.node?["tickets"]?.text.map { [$0] } ?? []
      }
    guard (own + several).allSatisfy({ teams?[$0]?["due"] == nil }) else { return }
    refuse(node, "is never paid: neither the guardrail nor its team has a 'due'; give one")
  }

  /// At most one guardrail of an activity is forecast.
  func checkPredictions(_ guardrails: [GuardrailSettings]) {
    var predicted: [String: String] = [:]
    for guardrail in guardrails where guardrail.handling?.prediction != nil {
      guard let other = predicted.updateValue(guardrail.name, forKey: guardrail.after),
        let node = layers.sections["guardrails"]?[guardrail.name]?["predicted"]
      else { continue }
      refuse(
        node,
        "is the second forecast after '\(guardrail.after)', beside that of '\(other)'; one guardrail "
          + "of an activity can have it")
    }
  }
}

extension PartReading {
  /// How load changes a team's reviews; `nil` where it does not.
  func fatigue(_ section: Section) -> FatigueModel? {
    let group = reading.group(section, "fatigue")
    guard group.isPresent else { return nil }
    let waiting = reading.group(group, "waiting")
    let busy = reading.group(group, "busy")
    let misses = reading.share(group, "misses")
    let slower = reading.rise(group, "slower")
    let waves = reading.share(group, "waves")
    let stamp = rubberStamp(group)
    guard let misses, let waves else { return nil }
    if let slower, slower.inPoints, let node = group.node?["slower"] {
      reading.report(
        key: node.path,
        "'\(node.path)' is in points; write a relative change, such as "
          + "`20 % relative`", at: node.location)
    }
    guard waiting.isPresent != busy.isPresent else {
      // Approval without looking has a threshold of its own.
      if !waiting.isPresent, stamp != nil, misses == 0, waves == 0, slower == nil {
        return FatigueModel(
          measure: .waiting, from: .greatestFiniteMagnitude / 4, full: .greatestFiniteMagnitude / 2,
          rubberStamp: stamp)
      }
      reading.report(
        key: group.path,
        "'\(group.path)' \(waiting.isPresent ? "has both" : "has neither") 'waiting' "
          + "\(waiting.isPresent ? "and" : "nor") 'busy'; say by one of them what load is",
        at: group.location)
      return nil
    }
    guard
      let (measure, from, full) = waiting.isPresent ? waitingLoad(waiting) : busyLoad(busy)
    else { return nil }
    guard from < full else {
      let which = waiting.isPresent ? waiting : busy
      reading.report(
        key: which.path,
        "'\(which.path)': 'from' is not below 'full'; the effect rises from the one "
          + "to the other", at: which.location)
      return nil
    }
    return FatigueModel(
      measure: measure, from: from, full: full, missed: misses, slower: slower?.amount ?? 0,
      waved: waves,
      rubberStamp: stamp)
  }

  private func waitingLoad(_ group: Section) -> (FatigueModel.Measure, Double, Double)? {
    let from = reading.count(group, "from")
    let full = reading.count(group, "full")
    guard let from, let full else { return nil }
    return (.waiting, Double(from), Double(full))
  }

  private func busyLoad(_ group: Section) -> (FatigueModel.Measure, Double, Double)? {
    let from = reading.share(group, "from")
    let full = reading.share(group, "full")
    let over = reading.duration(group, "over")?.seconds
    guard let from, let full, let over else { return nil }
    return (.busy(over: Int64((over * 1e6).rounded())), from, full)
  }

  private func rubberStamp(_ section: Section) -> FatigueModel.RubberStamp? {
    let group = reading.group(section, "rubber_stamp")
    guard group.isPresent else { return nil }
    let beyond = reading.count(group, "beyond")
    let time = reading.duration(group, "time")?.seconds
    let catches = reading.share(group, "catches")
    guard let beyond, let time, let catches else { return nil }
    return FatigueModel.RubberStamp(
      beyond: Double(beyond), time: Int64((time * 1e6).rounded()), catches: catches)
  }
}
