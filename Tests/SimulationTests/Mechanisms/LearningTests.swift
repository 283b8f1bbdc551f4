import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Learning from what is captured") struct LearningTests {
  /// A case every second, whose run is over before the next comes and fails at even odds.
  func model(
    _ learning: LearningModel?, seconds: Int64 = 201, failure: Double = 0.5
  ) throws -> SimulationModel {
    try automationModel(seconds: seconds) {
      $0.runTime = .constant(0.5)
      $0.failureProbability = failure
      $0.learning = learning
    }
  }

  /// Expected failures of so many runs, one after the other: after n captured decisions the odds of a failure
  /// are (1 + n/n₀)^(−b), and what does not fail is captured with the share `logged`.
  ///
  /// By the distribution of n, run by run.
  func expectedFailures(runs: Int, reference: Double, exponent: Double, logged: Double) -> Double {
    var distribution = [1.0] + [Double](repeating: 0, count: runs)
    var failures = 0.0
    for _ in 0..<runs {
      var next = [Double](repeating: 0, count: runs + 1)
      for records in 0..<runs where distribution[records] > 0 {
        let odds = power(1 + Double(records) / reference, -exponent)
        let failure = odds / (1 + odds)
        let captured = (1 - failure) * logged
        failures += distribution[records] * failure
        next[records] += distribution[records] * (1 - captured)
        next[records + 1] += distribution[records] * captured
      }
      distribution = next
    }
    return failures
  }

  @Test(
    "follows the power law of practice, as far as decisions are captured",
    arguments: [(1.0, 1.0), (0.5, 1.0), (1.0, 0.3), (0.2, 0.5), (1.0, -0.5)])
  func powerLaw(logged: Double, exponent: Double) throws {
    let model = try model(
      LearningModel(logged: logged, reference: 20, failureExponent: exponent))
    let failures = try interval(model) { Double($0.automationFailures[0]) }
    #expect(
      failures.contains(
        expectedFailures(runs: 200, reference: 20, exponent: exponent, logged: logged)))
  }

  @Test("nothing captured, nothing learnt: draws and results are those without it")
  func nothingLogged() throws {
    let plain = try model(nil)
    let silent = try model(LearningModel(logged: 0, reference: 20, failureExponent: 1))
    #expect(try draws(of: plain) == draws(of: silent))
    #expect(try observedRun(plain).cohorts == observedRun(silent).cohorts)
    // What cannot be learnt is not.
    let floored = try model(
      LearningModel(logged: 1, reference: 20, failureExponent: 1, floor: 1))
    #expect(try observedRun(plain).cohorts == observedRun(floored).cohorts)
  }

  @Test("capturing has its price, whatever is learnt from it")
  func price() throws {
    let record = try observedRun(
      model(
        LearningModel(logged: 1, reference: 1, errorExponent: 1, pricePerRecord: 2e6), failure: 0))
    #expect(record.count(.decisionLogged) == 200 && record.cost(.upkeep) == 400)
  }

  @Test("errors become fewer too")
  func errors() throws {
    func right(_ exponent: Double) throws -> Int {
      var model = try model(
        LearningModel(logged: 1, reference: 5, errorExponent: exponent), failure: 0)
      model.stack.automations[0].errorProbability = 0.5
      return try observedRun(model).cohorts[0].completedRight
    }
    let (worse, same, better) = (try right(-1), try right(0), try right(1))
    #expect(worse < same && same < better)
  }

  /// Every ticket is changed by its reviewer, and one change is worth a thousand times what halves the odds:
  /// at an exponent of 4 they fall to 1e−12, so that the first ticket is the last.
  @Test("what people change makes guardrails fire less")
  func overrides() throws {
    var model = try ticketModel(nil, rate: 0.1, horizon: 1_000, approvedUnchanged: 0)
    model.stack.guardrails[0].firing = .probability(0.5)
    model.stack.guardrails[0].reviewTime = .constant(1)
    model.stack.automations[0].learning = LearningModel(
      logged: 1, overrideWeight: 1e12, reference: 1e9, firingExponent: 4)
    let record = try observedRun(model)
    #expect(record.guardrails[0].tickets == 1 && record.count(.overrideLogged) == 1)
    model.stack.guardrails[0].approvedUnchanged = 1
    let approved = try observedRun(model)
    #expect(approved.guardrails[0].tickets > 20 && approved.count(.overrideLogged) == 0)
    model.stack.guardrails[0].approvedUnchanged = 0
    model.stack.automations[0].learning?.logged = 0
    #expect(try observedRun(model).guardrails[0].tickets == approved.guardrails[0].tickets)
  }
}

@Suite("Decay without upkeep") struct DecayTests {
  /// A case every second, at even odds of failure that double every 100 s.
  func model(
    _ decay: DecayModel?, upkeepBy calendar: WorkCalendar? = nil
  ) throws -> SimulationModel {
    var model = try automationModel(seconds: 500) {
      $0.runTime = .constant(0.5)
      $0.failureProbability = 0.5
      $0.decay = decay
    }
    guard let calendar else { return model }
    model.calendars.append(calendar)
    model.stack.teams.append(
      TeamModel(name: "developers", people: [.init(calendar: 1, hourlyCost: 36e6)]))
    model.stack.automations[0].upkeep = UpkeepModel(
      team: 1, every: 100 * second, work: .constant(0.5))
    return model
  }

  let doubling = DecayModel(failureOdds: 2, period: 100 * second)

  private func expected(_ neglected: (Int) -> Double) -> Double {
    (1..<500).reduce(0) { sum, time in
      let odds = power(2, neglected(time) / 100)
      return sum + odds / (1 + odds)
    }
  }

  @Test("odds are multiplied for each period that nobody looks after it")
  func setAndForget() throws {
    let failures = try interval(model(doubling)) { Double($0.automationFailures[0]) }
    #expect(failures.contains(expected { Double($0) }))
    let late = DecayModel(after: 200 * second, failureOdds: 2, period: 100 * second)
    let later = try interval(model(late)) { Double($0.automationFailures[0]) }
    #expect(later.contains(expected { Double(max(0, $0 - 200)) }))
    // Runs that end after 200 s.
    #expect(try observedRun(model(late)).count(.runDecayed) == 300)
  }

  /// Done at 100.5 s, 200.5 s …; what comes at 101 s has gone without for half a second.
  @Test("upkeep puts it right, when it is done")
  func upkeep() throws {
    let failures = try interval(model(doubling, upkeepBy: .continuous)) {
      Double($0.automationFailures[0])
    }
    #expect(
      failures.contains(
        expected { time in
          time <= 100 ? Double(time) : Double(time) - (Double((time - 1) / 100) * 100 + 0.5)
        }))
  }

  @Test("upkeep that no team has time for is as none")
  func noCapacity() throws {
    let never = WorkCalendar([(9_000_000 * second, 9_100_000 * second)])
    let (none, undone) = (
      try observedRun(model(doubling)), try observedRun(model(doubling, upkeepBy: never))
    )
    #expect(none.automationFailures == undone.automationFailures)
    let done = try observedRun(model(doubling, upkeepBy: .continuous))
    #expect(done.automationFailures[0] < none.automationFailures[0])
  }

  @Test("odds that stay leave all draws and results as they are")
  func neutral() throws {
    let (plain, idle) = (try model(nil), try model(DecayModel(period: day)))
    #expect(try draws(of: plain) == draws(of: idle))
    #expect(try observedRun(plain).cohorts == observedRun(idle).cohorts)
  }
}
