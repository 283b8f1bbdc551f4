public import Simulation

/// A value whose influence is tried: the study with it low, and the study with it high.
public struct TornadoFactor: Sendable {
  /// Dotted path of the value in the scenario.
  public var path: String
  /// The low value, as it would be written, and the study with it.
  public var low: (value: String, design: StudyDesign)
  /// The high value, as it would be written, and the study with it.
  public var high: (value: String, design: StudyDesign)

  /// Creates a factor.
  public init(
    path: String, low: (value: String, design: StudyDesign),
    high: (value: String, design: StudyDesign)
  ) {
    self.path = path
    self.low = low
    self.high = high
  }
}

/// What single values do to the variant advised, each tried low and high with all else as it is.
///
/// It does not show what values do together; that takes a design that changes several at once.
public struct TornadoResult: Sendable, Codable, Equatable {
  /// Replications of each variant at each value.
  public var replications: Int
  /// The variant looked at: the one advised with all values as they are, else the baseline.
  public var variant: String
  /// It with all values as they are.
  public var asIs: End
  /// The values, the one first whose ends differ most in cost per case.
  public var bars: [Bar]

  /// A value, tried low and high.
  public struct Bar: Sendable, Codable, Equatable {
    /// Dotted path of the value.
    public var path: String
    /// With the low value.
    public var low: End
    /// With the high value.
    public var high: End

    /// How far apart the ends are in cost per case, in the currency's main unit.
    public var swing: Double { (high.costPerCase.mean - low.costPerCase.mean).magnitude }
  }

  /// What was found with one value.
  public struct End: Sendable, Codable, Equatable {
    /// The value as it would be written; empty for all values as they are.
    public var value: String
    /// Cost per case, in the currency's main unit.
    public var costPerCase: Estimate
    /// Probability of exhaustion by the horizon.
    public var exhaustion: ProbabilityEstimate
    /// The variant advised there; `nil` where none is.
    public var advised: String?
  }
}

/// Tries values one at a time, each low and high, with all else as it is.
///
/// All studies share the seed, so that ends differ by the value and not by luck.
/// - Parameters:
///   - base: The study with all values as they are.
///   - factors: The values.
/// - Throws: `StudyError.gridStopped` where the run is stopped before all ends are known.
public func runTornado(
  _ base: StudyDesign, factors: [TornadoFactor], runner: some ReplicationRunner,
  control: RunControl = RunControl()
) async throws -> TornadoResult {
  func study(_ design: StudyDesign) async throws -> StudyResult {
    if let reason = control.stopReason { throw StudyError.gridStopped(reason) }
    let study = try await runStudy(design, runner: runner, control: control)
    if study.interruption != nil, let reason = control.stopReason {
      throw StudyError.gridStopped(reason)
    }
    return study
  }
  let asIs = try await study(base)
  let variant = asIs.recommendation.variant ?? asIs.baseline
  var bars: [TornadoResult.Bar] = []
  for factor in factors {
    let low = TornadoResult.End(
      factor.low.value, of: variant, in: try await study(factor.low.design))
    let high = TornadoResult.End(
      factor.high.value, of: variant, in: try await study(factor.high.design))
    if let low, let high { bars.append(.init(path: factor.path, low: low, high: high)) }
  }
  guard let middle = TornadoResult.End("", of: variant, in: asIs) else {
    throw StudyError.stoppedTooEarly(done: 0, reason: control.stopReason)
  }
  let order = bars.indices.sorted { (-bars[$0].swing, $0) < (-bars[$1].swing, $1) }
  return TornadoResult(
    replications: base.replications, variant: variant, asIs: middle, bars: order.map { bars[$0] })
}

extension TornadoResult.End {
  /// `nil` where no case arrived.
  fileprivate init?(_ value: String, of variant: String, in study: StudyResult) {
    guard let result = study.variant(variant), let cost = result.figure(.costPerCase) else {
      return nil
    }
    self.init(
      value: value, costPerCase: cost, exhaustion: result.exhaustion.byHorizon,
      advised: study.recommendation.variant)
  }
}
