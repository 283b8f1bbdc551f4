internal import Facts
internal import Simulation
internal import Statistics

extension StackReading {
  /// Guardrails with the remedies of the variant; incomplete ones are reported and left out.
  func readGuardrails(level: Int) -> [GuardrailSettings] {
    let named = reading.named(sections, "guardrails")
    if named.count > 64 {
      reading.report(
        key: named[64].section.path,
        "the scenario has \(named.count) guardrails; at most 64 can be simulated",
        at: named[64].section.location)
    }
    var guardrails = named.compactMap { name, section in
      section.isPresent ? guardrail(name, section, level: level) : nil
    }
    applyRemedies(to: &guardrails, names: named.map(\.name))
    checkReplacements(guardrails)
    checkPredictions(guardrails)
    return guardrails
  }

  private func guardrail(
    _ name: String, _ section: Section, level: Int
  ) -> GuardrailSettings? {
    let raisedBy = reading.name(section, "raised_by", among: assembly.names(of: "automations"))
    let after = activity(section, "after")
    let replaces = activity(section, "replaces_task")
    let blocks = reading.flag(section, "blocks")
    let (fires, condition) = readFiring(section)
    let drift = readDrift(section, level: level)
    let teams = ticketTeams(section)
    let review = reading.distribution(section, "review")
    let context = reading.duration(section, "context")?.seconds
    let unchanged = reading.share(section, "approved_unchanged")
    let catches = reading.share(section, "catches")
    let loss = reading.money(section, "loss_prevented")
    let queueing = queueing(section)
    let due = reading.due(section, "due")
    let tickets = readTickets(section, blocks: blocks, unchanged: unchanged, context: context)
    let thresholds = parts.thresholds(section)
    let oversight = readOversight(section)
    let expertise = readExpertise(section)
    guard let raisedBy, let after, let blocks, let fires, let teams, let review, let context,
      let unchanged, let catches, let loss, let thresholds, oversight.isWhole
    else { return nil }
    if !thresholds.isEmpty, case .everyNthCase = fires, let node = section.node?["thresholds"] {
      reading.report(
        key: node.path,
        "'\(node.path)' gives probabilities to a guardrail that fires on every nth case; give "
          + "'fires' as a probability", at: node.location)
      return nil
    }
    let firing: GuardrailSettings.Firing =
      switch fires {
      case .probability(let value): .probability(value)
      case .everyNthCase(let n): .everyNthCase(n)
      }
    if drift != nil, case .everyNthCase = firing, let node = section.node?["drift"] {
      reading.report(
        key: node.path,
        "'\(node.path)' drifts a guardrail that fires on every nth case; give 'fires' as a "
          + "probability", at: node.location)
    }
    var guardrail = GuardrailSettings(
      name: name, raisedBy: raisedBy, after: after, replacesTask: replaces, blocks: blocks,
      firing: firing, condition: condition, drift: drift, teams: teams, review: review,
      contextPerAutomation: context, approvedUnchanged: unchanged, catches: catches,
      lossPrevented: loss.amount, queueing: queueing, handling: tickets, due: due,
      thresholds: thresholds)
    guardrail.oversight = oversight.value
    guardrail.expertise = expertise
    return guardrail
  }

  /// The id of an activity under a key.
  private func activity(_ section: Section, _ name: String) -> String? {
    let known = activityIDs
    let key = reading.key(section.pattern(of: name))
    guard let node = section.node?[name], let text = node.text, !known.contains(text) else {
      return reading.name(section, name, among: known)
    }
    reading.report(
      key: node.path,
      "'\(node.path)': \(assembly.unknownActivity(text, known: known)); expected "
        + "\(key.expectation)", at: node.location)
    return nil
  }

  private func ticketTeams(_ section: Section) -> [String]? {
    let known = assembly.names(of: "teams")
    let one = reading.name(section, "ticket", among: known)
    let several = reading.names(section, "tickets", among: known)
    if let node = section.node?["ticket"], section.node?["tickets"] != nil {
      reading.report(
        key: node.path, "'\(section.path)' has both 'ticket' and 'tickets'; keep one of them",
        at: node.location)
      return nil
    }
    if let several {
      var teams: [String] = []
      for (name, location) in several {
        if teams.contains(name) {
          reading.report(
            key: section.path(of: "tickets"),
            "the team '\(name)' gets two tickets of the same firing; name it once", at: location)
        }
        teams.append(name)
      }
      if teams.isEmpty {
        if let node = section.node?["tickets"], case .list(let items) = node.content, items.isEmpty
        {
          reading.report(
            key: node.path, "'\(node.path)' is an empty list; name the teams that get a ticket",
            at: node.location)
        }
        return nil
      }
      return teams
    }
    if let one { return [one] }
    if section.node?["ticket"] == nil, section.node?["tickets"] == nil {
      reading.report(
        key: section.path(of: "ticket"),
        "'\(section.path(of: "ticket"))' is missing; name the team that gets the ticket, or "
          + "several by 'tickets'", at: section.location)
    }
    return nil
  }

  private func readDrift(_ section: Section, level: Int) -> GuardrailSettings.Drift? {
    let drift = reading.group(section, "drift")
    guard drift.isPresent else { return nil }
    let rise = reading.rise(drift, "rise")
    let over = reading.duration(drift, "over")
    let shape = reading.choice(drift, "shape")
    let below = reading.count(drift, "below_level")
    guard let rise, let over, let shape else { return nil }
    if shape == "geometric", rise.inPoints, let node = drift.node?["shape"] {
      reading.report(
        key: node.path,
        "'\(node.path)' is `geometric`, which needs a relative rise; write '% relative' or use "
          + "linear", at: node.location)
    }
    if let below, level >= below { return nil }
    return GuardrailSettings.Drift(
      rise: rise.amount, inPoints: rise.inPoints, isGeometric: shape == "geometric",
      over: over.seconds, inWorkingTime: over.written.unit.isWorkingTime)
  }

  /// A task can fall away for one guardrail only, and not for the activity it follows.
  private func checkReplacements(_ guardrails: [GuardrailSettings]) {
    var replacedBy: [String: String] = [:]
    for guardrail in guardrails {
      guard let task = guardrail.replacesTask,
        let node = layers.sections["guardrails"]?[guardrail.name]?["replaces_task"]
      else { continue }
      if task == guardrail.after {
        reading.report(
          key: node.path,
          "the guardrail '\(guardrail.name)' replaces the activity it is evaluated after; name the "
            + "planned review that falls away", at: node.location)
      }
      if let other = replacedBy.updateValue(guardrail.name, forKey: task) {
        reading.report(
          key: node.path,
          "the task '\(task)' is replaced by '\(other)' and by '\(guardrail.name)'; it can fall away "
            + "for one guardrail only", at: node.location)
      }
    }
  }
}
