internal import Simulation
internal import Statistics

extension StackCompiler {
  /// Gives an automation what it has beside its runs.
  mutating func compile(
    _ conduct: ConductSettings, into automation: inout AutomationModel, teams: [String],
    applications: [String]
  ) {
    func team(_ name: String?) -> Int? { name.flatMap { teams.firstIndex(of: $0) } }
    automation.hours = conduct.hours.flatMap { calendars.firstIndex(of: $0) }
    automation.coverage = conduct.coverage
    automation.reliability = conduct.reliability.map { own in
      ReliabilityModel(
        application: own.application.flatMap { applications.firstIndex(of: $0) },
        success: own.success)
    }
    automation.calls = conduct.calls.map { model(of: $0) }
    automation.novelty = conduct.novelty.map { novelty in
      NoveltyModel(
        attribute: novelty.attribute, reference: novelty.reference,
        failureOdds: novelty.failureOdds, errorOdds: novelty.errorOdds, rise: novelty.rise,
        risePeriod: microseconds(novelty.over))
    }
    automation.capability = conduct.capability
    automation.calibration = conduct.confidence
    automation.asks = conduct.asks.map { ask in
      var answer = AskModel.Answer.takeOver
      if let review = ask.review, let reviewers = team(review.team) {
        answer = .review(team: reviewers, time: time(review.time), catches: review.catches)
      }
      return AskModel(
        name: ask.name, condition: ask.condition, belowConfidence: ask.belowConfidence,
        answer: answer)
    }
    automation.breakage = conduct.breakage.map { breakage in
      BreakageModel(
        probability: breakage.probability, repair: time(breakage.repair),
        team: team(breakage.team), leadTime: breakage.leadTime.map { time($0) } ?? .zero)
    }
    automation.changes = conduct.changes.map { changes in
      ChangeModel(
        every: time(changes.every), affects: changes.affects,
        work: changes.work.map { time($0) } ?? .zero, team: team(changes.team),
        leadTime: changes.leadTime.map { time($0) } ?? .zero)
    }
    automation.upkeep = conduct.upkeep.map { upkeep in
      UpkeepModel(
        team: team(upkeep.team) ?? 0, every: microseconds(upkeep.every), work: time(upkeep.work),
        growth: upkeep.growth, growthPeriod: microseconds(upkeep.growthPeriod),
        exponent: upkeep.exponent)
    }
    addLearning(conduct, to: &automation)
    automation.drift = conduct.drift.map { drift in
      let detector = drift.detector.map { detector in
        DriftDetectorModel(
          sampled: detector.sampled, team: team(detector.team),
          time: detector.time.map { time($0) } ?? .zero, test: detector.test,
          investigators: team(detector.investigators),
          investigation: detector.investigation.map { time($0) } ?? .zero,
          recalibration: detector.recalibration.map { time($0) } ?? .zero,
          price: detector.price * 1e6)
      }
      return BehaviourDriftModel(
        onset: time(drift.onset), failureOdds: drift.failureOdds, errorOdds: drift.errorOdds,
        period: microseconds(drift.over), detector: detector)
    }
  }

  /// Gives an automation how it learns and decays.
  func addLearning(_ conduct: ConductSettings, to automation: inout AutomationModel) {
    automation.learning = conduct.learning
    automation.learning?.pricePerRecord *= 1e6
    automation.decay = conduct.decay
  }

  private mutating func model(of calls: ConductSettings.Calls) -> CallModel {
    var model = CallModel(
      fanOut: calls.count, depth: calls.depth, isParallel: calls.isParallel,
      time: calls.time.map { time($0) } ?? .zero, success: calls.works, retries: calls.retries,
      timeoutEscalates: calls.timeoutEscalates, costPerCall: calls.price * 1e6,
      tokensPerCall: Double(calls.tokens))
    model.wrapped = calls.wrapped
    if let timeout = calls.timeout {
      model.timeout = max(1, microseconds(timeout))
      model.timedOutShare = calls.time.map { 1 - $0.cdf(timeout) } ?? 0
    }
    return model
  }
}
