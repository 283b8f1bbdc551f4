import Experiments

extension FirstScreen {
  /// The five questions a leader asks of every estate, answered for the leading variants.
  var standingQuestions: [StandingQuestion] {
    let questions: [(String, (VariantResult) -> String)] = [
      ("What runs?", whatRuns), ("Where does it clog?", whereItClogs),
      ("What fails most?", whatFails), ("How long end to end?", howLong),
      ("How many agents are at work?", howManyAgents),
    ]
    return questions.map { question, answer in
      StandingQuestion(
        question: question,
        answers: reading.leading.map {
          (palette.title(of: $0.name), palette.colour(of: $0.name), answer($0))
        })
    }
  }

  private func working(_ variant: VariantResult) -> [AutomationResult] {
    variant.automations.filter { $0.runsPerHundred > 0 }
  }

  private func kind(_ name: String) -> String? {
    report.scenario.automationKinds.first { $0.name == name }?.kind
  }

  private func whatRuns(_ variant: VariantResult) -> String {
    let running = working(variant)
    guard !running.isEmpty else { return "People alone; no automation runs." }
    let list = running.map { automation in
      let kind = self.kind(automation.name).map { " (\(kindWord($0)))" } ?? ""
      return "\(automation.name)\(kind) \(plainText(automation.runsPerHundred)) runs"
    }
    return "Per 100 cases: \(listText(list)). \(layerText(variant))"
  }

  private func layerText(_ variant: VariantResult) -> String {
    switch variant.orchestrationLevel {
    case 0: "No orchestration."
    case 1: "The orchestration layer watches and alerts."
    default: "The orchestration layer decides and acts."
    }
  }

  private func whereItClogs(_ variant: VariantResult) -> String {
    let busiest = variant.teams.compactMap { team -> (team: TeamResult, last: Double)? in
      team.occupancy.last.map { (team, $0.mean) }
    }.max { $0.last < $1.last }
    guard let busiest else { return "Not known: no team has scheduled hours." }
    var text =
      "\(busiest.team.name): at work \(shareText(busiest.last)) of its hours in the last week"
    if let waiting = busiest.team.backlogHours.last, waiting.quantiles.count > 5 {
      let (low, middle, high) = (waiting.quantiles[1], waiting.quantiles[3], waiting.quantiles[5])
      let decimals = high < 10 ? 1 : 0
      text += ", with \(numberText(middle, decimals: decimals)) h of work waiting at the end "
      text +=
        "(\(numberText(low, decimals: decimals))–\(numberText(high, decimals: decimals)) h in 80 %)"
    }
    return text + "."
  }

  private func whatFails(_ variant: VariantResult) -> String {
    let failing = working(variant).compactMap { automation in
      automation.failureShare.map { (name: automation.name, share: $0) }
    }
    guard !failing.isEmpty else { return "No automation runs, so none fails." }
    guard let worst = failing.max(by: { $0.share < $1.share }), worst.share > 0 else {
      return "No run failed."
    }
    return "\(worst.name): \(shareText(worst.share)) of its runs fail."
  }

  private func howLong(_ variant: VariantResult) -> String {
    guard let time = reading.text(variant, .timeToCompletion) else { return "No case arrived." }
    let follow = durationText(hours: study.followUpHours)
    guard let unfinished = variant.figure(.unfinished), unfinished.mean > 0 else {
      return "\(time.text) on average; every case was done within \(follow)."
    }
    return "\(time.text) on average, \(shareText(unfinished.mean)) unfinished after \(follow) "
      + "and counted with that."
  }

  private func howManyAgents(_ variant: VariantResult) -> String {
    let running = working(variant)
    let kinds = running.map { kind($0.name) }
    let agents = kinds.count { $0 == "agent" }
    let others = running.count - agents
    if running.isEmpty { return "None." }
    if kinds.contains(where: { $0 == nil }) {
      return "\(countText(running.count)) automations; the kind of some is not known."
    }
    let rest =
      others == 0 ? "" : ", beside \(countText(others)) other automation\(others == 1 ? "" : "s")"
    return (agents == 0 ? "None" : plural(agents, "AI agent")) + rest + "."
  }
}

/// A kind of automation as people say it.
func kindWord(_ kind: String) -> String {
  switch kind {
  case "rpa": "bot"
  case "rules": "rules engine"
  case "agent": "AI agent"
  default: kind
  }
}
