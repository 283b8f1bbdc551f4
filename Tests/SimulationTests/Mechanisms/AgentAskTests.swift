import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Agents: asking people") struct AgentAskTests {
  /// Right work has scores by Beta(8, 2), wrong work by Beta(2, 8).
  ///
  /// For whole shapes the distribution function at ½ is a binomial tail: P(Bin(9, ½) ≥ 8) = 10/512
  /// of right scores lie below ½, and P(Bin(9, ½) ≥ 2) = 502/512 of wrong ones. Three in ten runs
  /// are wrong.
  func unsure(
    threshold: Double = 0.5, answer: AskModel.Answer? = nil
  ) throws -> SimulationModel {
    try automationModel(seconds: 1_000) {
      $0.errorProbability = 0.3
      $0.calibration = CalibrationModel(right: .init(8, 2), wrong: .init(2, 8))
      $0.asks = [
        AskModel(
          name: "unsure", belowConfidence: threshold,
          answer: answer ?? .review(team: 0, time: .constant(4), catches: 1))
      ]
    }
  }

  @Test("those it is unsure of are mostly those that are wrong")
  func calibration() throws {
    let model = try unsure()
    let (falseLow, trueLow) = (0.7 * 10 / 512, 0.3 * 502 / 512)
    let record = try observedRun(model)
    #expect(record.count(.askedReviewFoundError) > 0)
    let asked = try interval(model) { Double($0.count(.askedForConfidence)) / $0.cases }
    #expect(asked.contains(falseLow + trueLow))
    let needless = try interval(model) { Double($0.count(.askedNeedlessly)) / $0.cases }
    #expect(needless.contains(falseLow))
    let missed = try interval(model) { Double($0.count(.confidentlyWrong)) / $0.cases }
    #expect(missed.contains(0.3 * 10 / 512))
    // Every error that is looked for is found; the others stay.
    let wrong = try interval(model) { 1 - Double($0.cohorts[0].completedRight) / $0.cases }
    #expect(wrong.contains(0.3 * 10 / 512))
  }

  /// A review takes 4 s of a person at a cent a second, and is a ticket; the case waits for it.
  @Test("a review is a ticket of its team")
  func review() throws {
    let record = try observedRun(
      automationCase {
        $0.asks = [
          AskModel(name: "all", answer: .review(team: 0, time: .constant(4), catches: 1))
        ]
      })
    #expect(record.cohorts[0].restrictedTime == Int128(9 * second))
    #expect(record.cohorts[0].tickets == 1 && record.cohorts[0].reviewTime == 4 * second)
    #expect(abs(record.cost(.review) - 0.04) < 1e-9)
    #expect(record.ledger[MechanismEvent.askedByTier.rawValue].time == 4 * second)
    #expect(record.count(.askedNeedlessly) == 1)
  }

  /// The run of 5 s, then 10 s by hand; before the run only the 10 s, and no run.
  @Test("a person who takes over does the work as after a failure")
  func takeOver() throws {
    let after = try observedRun(
      automationCase {
        $0.errorProbability = 1
        $0.calibration = CalibrationModel(right: .init(1, 1), wrong: .init(1, 1))
        $0.asks = [AskModel(name: "all", belowConfidence: 1, answer: .takeOver)]
      })
    #expect(after.cohorts[0].restrictedTime == Int128(15 * second))
    #expect(after.automationRuns == [1] && after.automationFailures == [0])
    // The error of the run does not count: what it did is not used.
    #expect(after.cohorts[0].completedRight == 1 && after.cohorts[0].exceptionTime == 10 * second)
    let before = try observedRun(
      automationCase { $0.asks = [AskModel(name: "all", answer: .takeOver)] })
    #expect(before.cohorts[0].restrictedTime == Int128(10 * second))
    #expect(before.automationRuns == [0] && before.count(.askedByTier) == 1)
  }

  /// Brief rows 104 and 105: under a lognormal distribution of the value with median 400 and log deviation
  /// 1, P(value > 1000) = Φ(−ln 2.5) and P(value > 500) = Φ(−ln 1.25).
  @Test("a tier asks for the share of cases beyond its threshold")
  func tiers() throws {
    let law = Distribution.Family.lognormal(
      logMean: naturalLogarithm(400), logStandardDeviation: 1)
    var model = try automationModel(seconds: 1_000) {
      $0.asks = [
        AskModel(
          name: "large", condition: .compares(attribute: 0, .more, 1_000), answer: .takeOver),
        AskModel(
          name: "medium", condition: .compares(attribute: 0, .more, 500),
          answer: .review(team: 0, time: .constant(4), catches: 1)),
      ]
    }
    model.attributes = [
      AttributeModel(
        name: "value", domain: .number,
        value: .drawn(.number(SampledTime.of(law).sampler)))
    ]
    let (large, medium) = (
      normalCDF(-naturalLogarithm(2.5)), normalCDF(-naturalLogarithm(1.25))
    )
    _ = try observedRun(model)
    #expect(try interval(model) { 1 - Double($0.automationRuns[0]) / $0.cases }.contains(large))
    #expect(
      try interval(model) { Double($0.cohorts[0].reviewTime) / 4e6 / $0.cases }
        .contains(medium - large))
    // The forecast counts 4,096 cases.
    let shares = try model.withForecastShares().stack.automations[0].asks.map(\.conditionShare)
    #expect(abs(shares[0] - large) < 0.03 && abs(shares[1] - (medium - large)) < 0.03)
  }

  @Test("a higher threshold means more tickets and fewer errors, unless reviews find nothing")
  func sign() throws {
    let records = try [0.2, 0.5, 0.8].map { try observedRun(unsure(threshold: $0)) }
    let tickets = records.map { $0.cohorts[0].tickets }
    let right = records.map { $0.cohorts[0].completedRight }
    #expect(tickets[0] < tickets[1] && tickets[1] < tickets[2])
    #expect(right[0] < right[1] && right[1] <= right[2])
    let blind = try [0.2, 0.8].map { threshold in
      try observedRun(
        unsure(
          threshold: threshold, answer: .review(team: 0, time: .constant(4), catches: 0))
      ).cohorts[0].completedRight
    }
    #expect(blind[0] == blind[1])
  }

  /// Brief row 106: as claimed 95 %, as measured 70 %: the work of people is six times that.
  @Test("claims and measurements give different work to people")
  func claims() throws {
    func human(_ success: Double) throws -> ConfidenceInterval {
      try interval(
        automationModel(seconds: 500) {
          $0.reliability = [ReliabilityModel(success: .certain(success))]
        }
      ) { $0.humanSeconds / $0.cases }
    }
    #expect(try human(0.95).contains(0.5))
    #expect(try human(0.7).contains(3))
  }
}

@Suite("Agents: expectation") struct AgentExpectationTests {
  /// Everything that has a closed form, at once.
  @Test("the arithmetic without chance agrees with the simulation")
  func agrees() throws {
    var model = try automationModel(seconds: 1_000) {
      $0.failureProbability = 0.1
      $0.errorProbability = 0.2
      $0.retries = 2
      $0.coverage = 0.9
      $0.costPerRun = 1e6
      $0.reliability = [ReliabilityModel(success: .certain(0.95))]
      $0.calls = CallModel(
        fanOut: 2, depth: 2, time: .constant(3), success: 0.97, retries: 1, costPerCall: 1e6)
      $0.calibration = CalibrationModel(right: .init(6, 2), wrong: .init(2, 2))
      $0.asks = [
        AskModel(
          name: "unsure", belowConfidence: 0.6,
          answer: .review(team: 1, time: .constant(30), catches: 0.5))
      ]
    }
    model.stack.teams.append(
      TeamModel(
        name: "reviewers", people: Array(repeating: .init(calendar: 0, hourlyCost: 36e6), count: 99)
      ))
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    let exceptions = try interval(model) { Double($0.cohorts[0].exceptionTime) / 1e6 / $0.cases }
    #expect(exceptions.contains(load.teamSeconds[0]))
    let reviews = try interval(model) { Double($0.cohorts[0].reviewTime) / 1e6 / $0.cases }
    #expect(reviews.contains(load.teamSeconds[1]))
    let machine = try interval(model) { record in
      let all = record.work.reduce(Int64(0)) { $0 + $1.workTime }
      return (Double(all) / 1e6 - record.humanSeconds) / record.cases
    }
    #expect(machine.contains(load.automationSeconds[0]))
  }

  /// Beyond the time-out of 2 s lies e⁻² of an exponential time with mean 1 s.
  @Test("calls that time out and go to people are expected too")
  func timeouts() throws {
    let late = exponential(-2)
    let calls = CallModel(
      fanOut: 3, time: .exponential(mean: 1), success: 0.9, retries: 1, timeout: 2 * second,
      timeoutEscalates: true, timedOutShare: late)
    let model = try automationModel(seconds: 500) {
      $0.retries = 1
      $0.calls = calls
    }
    let load = ExpectedLoad(
      model: model, stack: model.stack,
      expectation: FlowExpectation(model: model, stack: model.stack), at: 0)
    let exceptions = try interval(model) { Double($0.cohorts[0].exceptionTime) / 1e6 / $0.cases }
    #expect(exceptions.contains(load.teamSeconds[0]))
  }
}
