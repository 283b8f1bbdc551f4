/// How an automation's behaviour drifts from what it was, and what notices it.
///
/// Brief row 103. A drift begins after a time; the odds of a failure and of an error nobody notices are then
/// multiplied by a factor that grows evenly, by its logarithm, to the given one. It lasts until the
/// automation is calibrated anew; then the next one begins after a time.
public struct BehaviourDriftModel: Sendable {
  /// Time from the start, and from each recalibration, until a drift begins, in seconds; mean > 0.
  public var onset: SampledTime
  /// Factor on the odds of a failure at the end of the period, > 0.
  public var failureOdds: Double
  /// Factor on the odds of an error at the end of the period, > 0.
  public var errorOdds: Double
  /// The period, in microseconds; 0 for all at once.
  public var period: Int64
  /// What notices it; `nil` for nothing, so that it stays.
  public var detector: DriftDetectorModel?

  /// Creates a drift.
  public init(
    onset: SampledTime, failureOdds: Double = 1, errorOdds: Double = 1, period: Int64 = 0,
    detector: DriftDetectorModel? = nil
  ) {
    self.onset = onset
    self.failureOdds = failureOdds
    self.errorOdds = errorOdds
    self.period = period
    self.detector = detector
  }
}

/// A sequential test on sampled outcomes, and what follows its alarms.
///
/// Each sample is 1 for an error and 0 for none. An alarm is looked into; where there is a drift the
/// automation is calibrated anew, else the alarm was false. Meanwhile nothing is tested, and then the test
/// begins anew.
public struct DriftDetectorModel: Sendable {
  /// Share of the automation's outcomes that is looked at, in 0...1.
  public var sampled: Double
  /// Index of the team that looks; `nil` where that takes no people and no time.
  public var team: Int?
  /// Working time of a look, in seconds.
  public var time: SampledTime
  /// The test.
  public var test: Test
  /// Index of the team that looks into alarms; `nil` where it begins at once and passes by itself.
  public var investigators: Int?
  /// Its work, in seconds: working time, or calendar time without a team.
  public var investigation: SampledTime
  /// Time from then until the automation is calibrated anew, in seconds of calendar time.
  public var recalibration: SampledTime
  /// Price of a recalibration, in millionths of the currency unit.
  public var price: Double

  /// A sequential test for a rise of the share of errors.
  public enum Test: Sendable, Hashable, BitwiseCopyable {
    /// S ← max(0, S + ln(P₁(x)/P₀(x))) for shares of errors p₀ as it should be and p₁ > p₀ as it should
    /// not; alarm at S ≥ h. Source: Page, Biometrika 41, 1954, doi:10.1093/biomet/41.1-2.100.
    case cusum(expected: Double, shifted: Double, threshold: Double)
    /// m ← m + x − x̄ − δ with x̄ the mean so far; alarm where m exceeds its least value by λ or more. Source:
    /// Hinkley, Biometrika 58, 1971, doi:10.1093/biomet/58.3.509.
    case pageHinkley(tolerance: Double, threshold: Double)
  }

  /// Creates a detector.
  public init(
    sampled: Double, team: Int? = nil, time: SampledTime = .zero, test: Test,
    investigators: Int? = nil, investigation: SampledTime = .zero,
    recalibration: SampledTime = .zero, price: Double = 0
  ) {
    self.sampled = sampled
    self.team = team
    self.time = time
    self.test = test
    self.investigators = investigators
    self.investigation = investigation
    self.recalibration = recalibration
    self.price = price
  }
}

extension StackModel {
  /// Looks at outcomes, and into alarms.
  var driftErrands: [ErrandModel] {
    var errands: [ErrandModel] = []
    for (number, automation) in automations.enumerated() {
      guard let detector = automation.drift?.detector else { continue }
      if let team = detector.team {
        errands.append(
          ErrandModel(
            .outcomeSample, number: number, name: "sampling of \(automation.name)", team: team,
            isTicket: true, component: .review, event: .outcomeSampled))
      }
      if let team = detector.investigators {
        errands.append(
          ErrandModel(
            .driftInvestigation, number: number, name: "drift alarms of \(automation.name)",
            team: team, isTicket: false, component: .upkeep, event: .driftAlarm))
      }
    }
    return errands
  }
}

extension SimulationModel {
  /// Stops on drifts and detectors that contradict themselves.
  func requireConsistentDrift(of automation: AutomationModel, in stack: StackModel) {
    guard let drift = automation.drift else { return }
    precondition(
      drift.onset.mean > 0 && drift.period >= 0 && drift.failureOdds > 0 && drift.errorOdds > 0,
      "a drift begins some time, and odds are positive")
    guard let detector = drift.detector else { return }
    precondition(
      [detector.team, detector.investigators].compactMap(\.self)
        .allSatisfy(stack.teams.indices.contains) && (0...1).contains(detector.sampled),
      "a share is looked at by a team that exists")
    switch detector.test {
    case .cusum(let expected, let shifted, let threshold):
      precondition(
        expected > 0 && shifted > expected && shifted < 1 && threshold > 0,
        "a test tells a greater share of errors from a lesser")
    case .pageHinkley(let tolerance, let threshold):
      precondition(tolerance >= 0 && threshold > 0, "a test has a threshold")
    }
  }
}
