internal import EventEngine
internal import Statistics

// What the runs of an automation on an activity are expected to come to, for the arithmetic without chance.
//
// Exact but for these: reliabilities count by their mean, novelty at its reference, a call that may time out
// takes its mean time or the time-out where that is less; calls at the same time take as long as one;
// breakage and changes count by the time they last where work on them begins at once; asks of one automation
// do not exclude one another.

/// What one visit to an activity brings of runs, where its automation gets it.
struct RunExpectation {
  /// Probability that people get it before a run.
  var givenAway: Double
  /// Runs, of those it begins.
  var runs: Double
  /// Probability that all attempts fail, of those it begins.
  var gaveUp: Double
  /// Time of a run in seconds, without the latency of applications.
  var seconds: Double
  /// Cost of a run, in millionths of the currency unit.
  var cost: Double
  /// Probability that a person takes over from a run that worked.
  var takenOver = 0.0
  /// Reviews that it asks for after a run that worked.
  var reviews: [(team: Int, seconds: Double)] = []

  /// Probability that the automation does it, alone or reviewed.
  var done: Double { (1 - givenAway) * (1 - gaveUp) * (1 - takenOver) }
  /// Probability that people do it instead.
  var byPeople: Double {
    givenAway + (1 - givenAway) * (gaveUp + (1 - gaveUp) * takenOver)
  }
}

extension StackModel {
  /// Expects what the automation of an activity comes to at an instant.
  func runExpectation(ofActivity index: Int, _ automation: AutomationModel, at time: Int64)
    -> RunExpectation
  {
    let meanTime = (activities[index].runTime ?? automation.runTime).mean
    var failure = automation.failureProbability
    var seconds = meanTime
    var cost = automation.costPerRun
    var final = 0.0
    if automation.isAgentic {
      let shift =
        automation.capability.map { $0.progress(at: time) * naturalLogarithm($0.failureOdds) } ?? 0
      let unreliable = shifted(
        1 - reliability(ofActivity: index) { $0.success.mean }, by: shift)
      failure = shifted(failure, by: shift)
      if let calls = automation.calls {
        let tree = calls.expectation(
          success: (1 - shifted(1 - calls.success, by: shift)) * (1 - unreliable))
        seconds += tree.seconds
        cost += tree.calls * calls.costPerCall
        final = calls.timeoutEscalates ? tree.escalates : 0
        failure = 1 - (1 - failure) * tree.works - final
      } else {
        failure = 1 - (1 - failure) * (1 - unreliable)
      }
    }
    var gaveUp = 1.0
    for _ in 0...min(automation.retries, 1_000) { gaveUp *= failure }
    var runs = failure < 1 ? (1 - gaveUp) / (1 - failure) : Double(automation.retries + 1)
    gaveUp += final * runs
    if automation.coverage < 1 {
      gaveUp = automation.coverage * gaveUp + 1 - automation.coverage
      runs = automation.coverage * runs + 1 - automation.coverage
    }
    var result = RunExpectation(
      givenAway: givenAway(automation, at: time), runs: runs, gaveUp: gaveUp, seconds: seconds,
      cost: cost)
    expectAsks(of: automation, at: time, &result)
    return result
  }

  private func givenAway(_ automation: AutomationModel, at time: Int64) -> Double {
    var stays = 1.0
    if let position = automations.firstIndex(where: { $0.name == automation.name }) {
      stays *= 1 - shareBroken(position)
    }
    if let changes = automation.changes {
      // As many are open as come while one is made, by Little's law; each affects on its own.
      let open = (changes.work.mean + changes.leadTime.mean) / max(changes.every.mean, 1e-9)
      stays *= exponential(-open * changes.affects)
    }
    for ask in automation.asks where ask.isBeforeRun { stays *= 1 - min(1, ask.conditionShare) }
    return 1 - stays
  }

  /// Share of time in which a breakage of an automation is not mended, as if work on it began at once.
  private func shareBroken(_ automation: Int) -> Double {
    guard let breakage = automations[automation].breakage else { return 0 }
    let rate = breakageRate(automation)
    // An infinite-server queue is empty with probability e^(−rate · time).
    return 1 - exponential(-rate * (breakage.repair.mean + breakage.leadTime.mean))
  }

  /// Breakages of an automation per second.
  func breakageRate(_ automation: Int) -> Double {
    guard let breakage = automations[automation].breakage else { return 0 }
    let releases = applications.indices.filter { touches($0, byAutomation: automation) }
      .compactMap { applications[$0].releases?.mean }
    return releases.reduce(0) { $0 + breakage.probability / max($1, 1e-9) }
  }

  private func expectAsks(
    of automation: AutomationModel, at time: Int64, _ result: inout RunExpectation
  ) {
    guard !automation.asks.isEmpty else { return }
    let shift =
      automation.capability.map { $0.progress(at: time) * naturalLogarithm($0.errorOdds) } ?? 0
    let wrong = shifted(automation.errorProbability, by: shift)
    var stays = 1.0
    for ask in automation.asks where !ask.isBeforeRun {
      var share = ask.conditionShare
      if let threshold = ask.belowConfidence, let calibration = automation.calibration {
        share *=
          (1 - wrong) * calibration.right.probability(below: threshold)
          + wrong * calibration.wrong.probability(below: threshold)
      }
      switch ask.answer {
      case .review(let team, let time, _): result.reviews.append((team, share * time.mean))
      case .takeOver: stays *= 1 - min(1, share)
      }
    }
    result.takenOver = 1 - stays
  }

  /// Work that breakages, changes and upkeep bring to a team, in seconds per second of calendar time, as if
  /// each began at once.
  func careWork(ofTeam team: Int) -> Double {
    automations.indices.filter(isAssigned).reduce(0) { sum, index in
      let automation = automations[index]
      var work = 0.0
      if let breakage = automation.breakage, breakage.team == team {
        work += breakageRate(index) * breakage.repair.mean
      }
      if let changes = automation.changes, changes.team == team {
        work += changes.work.mean / max(changes.every.mean, 1e-9)
      }
      if let upkeep = automation.upkeep, upkeep.team == team {
        work += upkeep.work.mean / (Double(upkeep.every) / 1e6)
      }
      return sum + work
    }
  }
}

extension CallModel {
  /// What the calls of a run come to on average.
  struct Expectation {
    /// Probability that all work.
    var works: Double
    /// Probability that one times out and sends the case to people.
    var escalates: Double
    /// Calls, failed ones included.
    var calls: Double
    /// Time, in seconds.
    var seconds: Double
  }

  /// - Parameter success: probability that a call works, the reliability included, where it does not time
  ///   out.
  func expectation(success: Double) -> Expectation {
    var (callWorks, callEscalates, attempts) = tries(success: success)
    if let wrapped, wrapped.share > 0 {
      let other = tries(success: wrapped.success(success))
      callWorks += wrapped.share * (other.works - callWorks)
      callEscalates += wrapped.share * (other.escalates - callEscalates)
      attempts += wrapped.share * (other.attempts - attempts)
    }
    let mean = timeout > 0 ? min(time.mean, Double(timeout) / 1e6) : time.mean
    // From the last level up: what a maker's calls come to.
    var below = Expectation(works: 1, escalates: 0, calls: 0, seconds: 0)
    for _ in 0..<depth {
      let one = Expectation(
        works: callWorks * below.works, escalates: callEscalates + callWorks * below.escalates,
        calls: attempts + callWorks * below.calls,
        seconds: attempts * mean + callWorks * below.seconds)
      var reached = 1.0
      var sum = Expectation(works: 1, escalates: 0, calls: 0, seconds: 0)
      for _ in 0..<fanOut {
        sum.escalates +=
          isParallel ? (1 - sum.escalates) * one.escalates : reached * one.escalates
        sum.calls += (isParallel ? 1 : reached) * one.calls
        sum.seconds += isParallel ? 0 : reached * one.seconds
        reached *= one.works
      }
      sum.works = reached
      if isParallel { sum.seconds = one.seconds }
      below = sum
    }
    return below
  }

  /// What becomes of one call, tried until it works or may not be tried again.
  private func tries(success: Double) -> (works: Double, escalates: Double, attempts: Double) {
    let inTime = 1 - (timeout > 0 ? timedOutShare : 0)
    let works = success * inTime
    let repeats = timeoutEscalates ? (1 - success) * inTime : 1 - works
    var allFail = 1.0
    for _ in 0...retries { allFail *= repeats }
    let attempts = repeats < 1 ? (1 - allFail) / (1 - repeats) : Double(retries + 1)
    return (works * attempts, timeoutEscalates ? (1 - inTime) * attempts : 0, attempts)
  }
}
