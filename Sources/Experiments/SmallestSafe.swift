public import Simulation

/// The smallest change of one input that keeps the risk of exhaustion under a bound, with the proof.
public struct SafeValueResult: Sendable, Codable, Equatable {
  /// The input.
  public var input: StudyInputSummary
  /// The variant.
  public var variant: String
  /// The bound on the probability of exhaustion by the horizon.
  public var bound: Double
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Which end of the range is safe.
  public var direction: Direction
  /// The value nearest to the end that is not safe whose risk stays under the bound; `nil` for none.
  public var value: Probe?
  /// The next value, which does not keep under the bound; `nil` where all do.
  public var next: Probe?
  /// Values looked at, in the order of the input.
  public var probes: [Probe]

  /// The value with the highest risk; the first of equals.
  public var riskiestProbe: Probe? {
    probes.enumerated().max {
      ($0.element.risk.share, -$0.offset) < ($1.element.risk.share, -$1.offset)
    }?.element
  }

  /// Which values are safe.
  public enum Direction: String, Sendable, Codable {
    /// From a value on upwards: the smallest is looked for.
    case smallest
    /// Up to a value: the largest is looked for.
    case largest
    /// All of the range.
    case all
    /// None of it.
    case none
  }

  /// A value and its risk.
  public struct Probe: Sendable, Codable, Equatable {
    /// Step in the range, from 0.
    public var step: Int
    /// The value.
    public var value: String
    /// Probability of exhaustion by the horizon.
    public var risk: ProbabilityEstimate
    /// Working day (from 1) by whose close the upper end of the risk first exceeds the bound; `nil` where
    /// it does not.
    public var riskyDay: Int?
    /// Whether the replications are not those of the search, which chose the value.
    public var isFresh: Bool
  }
}

/// Looks for the smallest (or largest) value of an input that keeps the risk under a bound, by halving.
///
/// Risk is taken to fall, or to rise, along the range. The value that the search ends with and its neighbour
/// are tried again with fresh replications, because a value that was chosen for having had luck would pass
/// too easily; where it fails, the next safer one is tried.
/// - Parameters:
///   - steps: the range is divided into so many equal steps, ≥ 1.
///   - replications: at each value, and as many fresh ones for the certificate.
public func findSafeValue(
  _ space: StudySpace, variant: String, bound: Double, steps: Int, replications: Int, seed: UInt64,
  runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SafeValueResult {
  var probes: [SafeValueResult.Probe] = []
  func probe(_ step: Int, fresh: Bool) async throws -> SafeValueResult.Probe {
    if let known = probes.first(where: { $0.step == step && $0.isFresh == fresh }) { return known }
    if let reason = control.stopReason { throw StudyError.gridStopped(reason) }
    let coordinate = Double(step) / Double(steps)
    let design = try space.design([coordinate])
    guard let index = design.variants.firstIndex(where: { $0.name == variant }) else {
      throw StudyError.noSuchVariant(variant, known: design.variants.map(\.name))
    }
    let records = try await runPortion(
      design, replications: fresh ? replications..<(2 * replications) : 0..<replications,
      runner: runner, control: control)
    let found = ExhaustionDates(
      model: design.variants[index].model, records: records[index],
      baseline: records[design.baseline], isBaseline: index == design.baseline,
      rule: design.exhaustion
    ).deciding
    let probe = SafeValueResult.Probe(
      step: step, value: space.inputs[0].value(coordinate), risk: found.byHorizon,
      riskyDay: found.byDay.firstIndex { $0.upper > bound && $0.count > 0 }.map { $0 + 1 },
      isFresh: fresh)
    probes.append(probe)
    return probe
  }
  func isSafe(_ probe: SafeValueResult.Probe) -> Bool { probe.risk.upper <= bound }
  let (first, last) = (try await probe(0, fresh: false), try await probe(steps, fresh: false))
  var result = SafeValueResult(
    input: space.inputs[0].summary, variant: variant, bound: bound, seed: seed, direction: .none,
    value: nil, next: nil, probes: [])
  switch (isSafe(first), isSafe(last)) {
  case (true, true): result.direction = .all
  case (false, false): result.direction = .none
  case (false, true): result.direction = .smallest
  case (true, false): result.direction = .largest
  }
  if result.direction == .smallest || result.direction == .largest {
    let towardsSafety = result.direction == .smallest ? 1 : -1
    var (unsafe, safe) = result.direction == .smallest ? (0, steps) : (steps, 0)
    while abs(safe - unsafe) > 1 {
      let middle = (safe + unsafe) / 2
      if isSafe(try await probe(middle, fresh: false)) { safe = middle } else { unsafe = middle }
    }
    while true {
      let again = try await probe(safe, fresh: true)
      if isSafe(again) {
        result.value = again
        break
      }
      guard (0...steps).contains(safe + towardsSafety) else { break }
      safe += towardsSafety
    }
    if (0...steps).contains(safe - towardsSafety) {
      result.next = try await probe(safe - towardsSafety, fresh: true)
    }
  } else if result.direction == .all {
    result.value = first
  }
  result.probes = probes.sorted { ($0.step, $0.isFresh ? 1 : 0) < ($1.step, $1.isFresh ? 1 : 0) }
  return result
}
