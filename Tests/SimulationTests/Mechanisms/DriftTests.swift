import EventEngine
import Simulation
import SimulationTestSupport
import Statistics
import Testing

@Suite("Drift of behaviour") struct DriftTests {
  /// A case every second, done half a second later, at even odds of an error, which treble.
  @Test("odds rise from its onset on, at once or evenly", arguments: [0, 100 * second])
  func rises(period: Int64) throws {
    var model = try automationModel(seconds: 1_000) {
      $0.runTime = .constant(0.5)
      $0.errorProbability = 0.5
      $0.drift = BehaviourDriftModel(onset: .constant(100), errorOdds: 3, period: period)
    }
    // What comes at t is done, rightly or not, at t + 0.5 s.
    let expected = (1..<1_000).reduce(0.0) { sum, time in
      let since = Double(time) + 0.5 - 100
      let progress = since < 0 ? 0 : period == 0 ? 1 : min(1, since * 1e6 / Double(period))
      let odds = power(3, progress)
      return sum + odds / (1 + odds)
    }
    let errors = try interval(model) { $0.cases - Double($0.cohorts[0].completedRight) }
    #expect(errors.contains(expected))
    #expect(try observedRun(model).count(.driftBegan) == 1)
    model.stack.automations[0].drift?.onset = .constant(1e6)
    let before = try interval(model) { $0.cases - Double($0.cohorts[0].completedRight) }
    #expect(before.contains(499.5))
  }

  @Test("a drift that never comes changes no draw but its own, and no result")
  func off() throws {
    func model(_ drift: BehaviourDriftModel?) throws -> SimulationModel {
      try automationModel(seconds: 300) {
        $0.errorProbability = 0.3
        $0.failureProbability = 0.2
        $0.drift = drift
      }
    }
    let (plain, idle) = (
      try model(nil), try model(BehaviourDriftModel(onset: .constant(1e7), errorOdds: 9))
    )
    #expect(try draws(of: plain).subtracting(draws(of: idle)).isEmpty)
    #expect(try observedRun(plain).cohorts == observedRun(idle).cohorts)
  }
}

@Suite("Detection of drift, by hand") struct DriftDetectionTests {
  /// A case a day, done half a second later, for 99 days; never an error but under drift, and then always.
  func model(_ detector: DriftDetectorModel?) throws -> SimulationModel {
    var model = try automationModel(seconds: 100 * 86_400) {
      $0.runTime = .constant(0.5)
      $0.errorProbability = 1e-6
      $0.drift = BehaviourDriftModel(
        onset: .constant(20.5 * 86_400), errorOdds: 1e12, detector: detector)
    }
    model.demand.rate = 1 / 86_400e6
    return model
  }

  func detector(_ test: DriftDetectorModel.Test, sampled: Double = 1) -> DriftDetectorModel {
    DriftDetectorModel(
      sampled: sampled, test: test, investigation: .constant(1.25 * 86_400),
      recalibration: .constant(2 * 86_400), price: 5e6)
  }

  /// Three errors in a row are needed: 3 · ln(.5/.01) = 11.7 for the cumulative sum, and
  /// 3 − 1/21 − 2/22 − 3/23 = 2.73 for Page and Hinkley's after 20 outcomes in order.
  ///
  /// The first drift begins at 20.5 days: errors on days 21, 22, 23, when the alarm comes, and until 26.25
  /// days, when it is calibrated anew. The second begins at 46.75 and ends at 52.25 days, the third at 72.75
  /// and 78.25, the fourth at 98.75: errors on days 21–26, 47–52, 73–78 and 99. From onset to alarm it is
  /// 2.5 days, then twice 2.25 (in whole days 3, 2 and 2).
  @Test(
    "an alarm comes when the test says so, and recalibration ends the drift",
    arguments: [
      DriftDetectorModel.Test.cusum(expected: 0.01, shifted: 0.5, threshold: 10),
      .pageHinkley(tolerance: 0, threshold: 2.5),
    ])
  func detects(test: DriftDetectorModel.Test) throws {
    let record = try observedRun(model(detector(test)))
    #expect(record.count(.driftBegan) == 4 && record.count(.driftDetected) == 3)
    #expect(record.count(.driftAlarm) == 3 && record.count(.falseDriftAlarm) == 0)
    #expect(record.count(.dayUndetected) == 7 && record.count(.recalibrated) == 3)
    #expect(record.count(.outcomeSampled) == 99)
    #expect(record.cohorts[0].arrived - record.cohorts[0].completedRight == 19)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == 15_000_000)
  }

  @Test("nothing that looks, or looks at nothing, lets it stay")
  func unnoticed() throws {
    let blind = detector(.cusum(expected: 0.01, shifted: 0.5, threshold: 10), sampled: 0)
    for own in [nil, blind] {
      let record = try observedRun(model(own))
      // Days 21 to 99.
      #expect(record.cohorts[0].arrived - record.cohorts[0].completedRight == 79)
      #expect(record.count(.driftBegan) == 1 && record.count(.driftAlarm) == 0)
    }
  }

  /// 10 s for each of 99 outcomes and an hour for each of three alarms, at a cent a second.
  @Test("looking at outcomes and into alarms is work")
  func work() throws {
    var own = detector(.cusum(expected: 0.01, shifted: 0.5, threshold: 10))
    own.team = 0
    own.time = .constant(10)
    own.investigators = 0
    own.investigation = .constant(3_600)
    own.price = 0
    let record = try observedRun(model(own))
    #expect(abs(record.cost(.review) - 9.9) < 1e-9)
    #expect(record.ledger[MechanismEvent.outcomeSampled.rawValue].time == 990 * second)
    let alarms = record.count(.driftAlarm)
    #expect(alarms >= 3)
    #expect(record.costBesideCases[CostComponent.upkeep.rawValue] == alarms * 36_000_000)
  }

  /// One error is enough for a sum of ln(.2/.05) = 1.39 to reach 1: as many alarms as errors, all false.
  @Test("without a drift every alarm is false, and nothing is calibrated anew")
  func falseAlarms() throws {
    let model = try automationModel(seconds: 1_000) {
      $0.runTime = .constant(0.5)
      $0.errorProbability = 0.05
      $0.drift = BehaviourDriftModel(
        onset: .constant(1e7), errorOdds: 2,
        detector: DriftDetectorModel(
          sampled: 1, test: .cusum(expected: 0.05, shifted: 0.2, threshold: 1)))
    }
    let alarms = try interval(model) { Double($0.count(.falseDriftAlarm)) }
    #expect(alarms.contains(999 * 0.05))
    let record = try observedRun(model)
    #expect(record.count(.driftAlarm) == record.count(.falseDriftAlarm))
    #expect(record.count(.recalibrated) == 0)
  }

  @Test("the less is sampled the later it is noticed")
  func sampling() throws {
    func errors(_ sampled: Double) throws -> Int {
      let model = try model(
        detector(.cusum(expected: 0.01, shifted: 0.5, threshold: 10), sampled: sampled))
      return try (0..<10).reduce(0) {
        let record = try runReplication(of: model, seed: 3, replication: $1)
        return $0 + record.cohorts[0].arrived - record.cohorts[0].completedRight
      }
    }
    let (all, half, little) = (try errors(1), try errors(0.5), try errors(0.1))
    #expect(all < half && half < little)
  }
}
