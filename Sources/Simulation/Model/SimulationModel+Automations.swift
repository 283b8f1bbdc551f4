extension SimulationModel {
  /// Stops on an automation whose runs, asks or upkeep contradict themselves.
  func requireConsistency(of automation: AutomationModel, in stack: StackModel) {
    let shares =
      automation.reliability.flatMap { own -> [Double] in
        switch own.success {
        case .certain(let value): return [value]
        case .uncertain(let alpha, let beta):
          precondition(alpha > 0 && beta > 0, "a Beta distribution has positive shapes")
          return []
        }
      } + [automation.coverage, automation.breakage?.probability ?? 0]
      + [automation.changes?.affects ?? 0, automation.calls?.success ?? 1]
    precondition(shares.allSatisfy((0...1).contains), "a share lies between 0 and 1")
    let named = automation.reliability.map { $0.application ?? -1 }
    precondition(
      Set(named).count == named.count
        && named.allSatisfy { $0 == -1 || stack.applications.indices.contains($0) },
      "a reliability belongs to an application that exists, once")
    if let calls = automation.calls {
      precondition(
        calls.fanOut >= 1 && calls.depth >= 1 && calls.count != nil && calls.retries >= 0
          && calls.timeout >= 0, "a run makes at most \(CallModel.limit) calls")
      if let wrapped = calls.wrapped {
        precondition(
          (0...1).contains(wrapped.share) && wrapped.failureOdds > 0 && wrapped.securityOdds > 0,
          "calls through wrappers are a share, and odds are positive")
      }
    }
    if let novelty = automation.novelty {
      precondition(
        attributes.indices.contains(novelty.attribute) && novelty.failureOdds > 0
          && novelty.errorOdds > 0 && novelty.risePeriod >= 0,
        "novelty is an attribute, odds are positive")
    }
    if let path = automation.capability {
      precondition(
        path.period > 0 && path.failureOdds > 0 && path.errorOdds > 0, "odds are positive")
    }
    if let hours = automation.hours {
      precondition(calendars.indices.contains(hours), "an automation's hours are a calendar")
    }
    requireConsistentAsks(of: automation, in: stack)
    requireConsistentUpkeep(of: automation, in: stack)
    requireConsistentLearning(of: automation)
    requireConsistentDrift(of: automation, in: stack)
  }

  private func requireConsistentAsks(of automation: AutomationModel, in stack: StackModel) {
    precondition(automation.asks.count <= askLimit, "at most \(askLimit) asks")
    for ask in automation.asks {
      if let condition = ask.condition { requireFit(condition) }
      precondition(
        ask.belowConfidence == nil || automation.calibration != nil,
        "confidence has a calibration")
      if case .review(let team, _, _) = ask.answer {
        precondition(stack.teams.indices.contains(team), "the team that is asked exists")
      }
    }
  }

  private func requireConsistentUpkeep(of automation: AutomationModel, in stack: StackModel) {
    let teams = [
      automation.breakage?.team, automation.changes?.team, automation.upkeep?.team,
    ].compactMap(\.self)
    precondition(
      teams.allSatisfy(stack.teams.indices.contains), "teams that look after automations exist")
    if let changes = automation.changes {
      precondition(changes.every.mean > 0, "time passes between changes")
    }
    if let upkeep = automation.upkeep {
      precondition(
        upkeep.every > 0 && upkeep.growth > -1 && upkeep.growthPeriod > 0,
        "time passes between upkeeps")
    }
    precondition(
      stack.applications.allSatisfy { ($0.releases?.mean ?? 1) > 0 },
      "time passes between releases")
  }
}
