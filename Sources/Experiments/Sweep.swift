public import Simulation

/// One point of a grid: where it lies on each axis, and the study that is run there.
public struct SweepPoint: Sendable {
  /// Position on each axis.
  public var coordinates: [Int]
  /// The design with the values of that point.
  public var design: StudyDesign

  /// Creates a point.
  public init(coordinates: [Int], design: StudyDesign) {
    self.coordinates = coordinates
    self.design = design
  }
}

/// An axis of a sweep, for people and files.
public struct SweepAxisValues: Sendable, Hashable, Codable {
  /// Name.
  public var name: String
  /// Title for people.
  public var title: String
  /// Values as written in the scenario.
  public var values: [String]

  /// Creates an axis.
  public init(name: String, title: String, values: [String]) {
    self.name = name
    self.title = title
    self.values = values
  }
}

/// What a sweep found: every point, and where the verdict between two variants flips.
public struct SweepResult: Sendable, Codable, Equatable {
  /// The axes.
  public var axes: [SweepAxisValues]
  /// Seed of all random numbers.
  public var seed: UInt64
  /// Replications of each variant at each point.
  public var replications: Int
  /// ISO code of the currency.
  public var currency: String
  /// The bound on the risk of exhaustion under which a variant may win.
  public var riskBound: Double
  /// The points, the last axis running fastest.
  public var cells: [SweepCell]
  /// Name of the variant the others are compared with; `nil` where a point has none.
  public var baseline: String? {
    cells.first?.variants.first { $0.costDifference == nil }?.variant
  }
  /// For pairs of variants, the lines along which they cost the same.
  public var boundaries: [SweepBoundary]
  /// What no other point beats in cost, time and risk at once, cheapest first.
  public var front: [ParetoEntry] = []
}

/// What was found at one point.
public struct SweepCell: Sendable, Codable, Equatable {
  /// Position on each axis.
  public var coordinates: [Int]
  /// The variants in the order of the scenario.
  public var variants: [Entry]
  /// The cheapest variant whose risk stays under the bound; `nil` for none.
  public var winner: String?

  /// One variant at a point.
  public struct Entry: Sendable, Codable, Equatable {
    /// Name of the variant.
    public var variant: String
    /// Cost per case, in the currency's main unit.
    public var costPerCase: Estimate
    /// Time to completion, restricted to the follow-up, in hours.
    public var timeToCompletion: Estimate
    /// Probability of exhaustion by the horizon.
    public var exhaustion: ProbabilityEstimate
    /// Paired difference of cost per case to the baseline; `nil` for the baseline itself.
    public var costDifference: Estimate?
  }
}

/// Where one variant stops being cheaper than another.
public struct SweepBoundary: Sendable, Codable, Equatable {
  /// The variant that is compared.
  public var variant: String
  /// The variant it is compared with.
  public var against: String
  /// Crossings along the last axis, for each position on the other axes.
  public var crossings: [Crossing]
  /// Whether `variant` is cheaper at every point, dearer at every point, or it depends.
  public var verdict: Verdict

  /// A place between two neighbouring points at which the sign of the cost difference changes.
  public struct Crossing: Sendable, Codable, Equatable {
    /// Position on the axes before the last.
    public var coordinates: [Int]
    /// Position on the last axis, by linear interpolation between points.
    public var position: Double
    /// Whether `variant` is cheaper beyond the crossing.
    public var cheaperBeyond: Bool
  }

  /// What a boundary says over the whole grid.
  public enum Verdict: String, Sendable, Codable {
    /// Cheaper everywhere.
    case cheaper
    /// Dearer everywhere.
    case dearer
    /// Cheaper on one side of the boundary.
    case depends
  }
}

/// Runs a study at every point and finds the boundaries.
///
/// All points share the seed, so neighbours differ by their parameters and not by luck.
/// The boundaries are those of each variant against the baseline, and of each orchestrated variant against
/// the one of the same mix without a layer: where does the layer pay for itself?
public func runSweep(
  _ axes: [SweepAxisValues], points: [SweepPoint], runner: some ReplicationRunner,
  control: RunControl = RunControl()
) async throws -> SweepResult {
  var cells: [SweepCell] = []
  for point in points {
    // A grid with gaps has no boundaries.
    if let reason = control.stopReason { throw StudyError.gridStopped(reason) }
    let study = try await runStudy(point.design, runner: runner, control: control)
    if study.interruption != nil, let reason = control.stopReason {
      throw StudyError.gridStopped(reason)
    }
    cells.append(SweepCell(point.coordinates, study))
  }
  let first = points.first?.design
  return SweepResult(
    axes: axes, seed: first?.seed ?? 0, replications: first?.replications ?? 0,
    currency: first?.currency ?? "", riskBound: Recommendation.assumedRiskBound, cells: cells,
    boundaries: (first.map(boundaryPairs) ?? []).map {
      boundary(of: $0.0, against: $0.1, cells: cells)
    }, front: paretoFront(cells))
}

private func boundaryPairs(_ design: StudyDesign) -> [(String, String)] {
  let baseline = design.variants[design.baseline]
  var pairs: [(String, String)] = []
  for variant in design.variants where variant.name != baseline.name {
    pairs.append((variant.name, baseline.name))
    let unorchestrated = design.variants.first {
      $0.mix == variant.mix && $0.orchestrationLevel == 0 && variant.orchestrationLevel > 0
    }
    if let unorchestrated, unorchestrated.name != baseline.name {
      pairs.append((variant.name, unorchestrated.name))
    }
  }
  return pairs
}

extension SweepCell {
  init(_ coordinates: [Int], _ study: StudyResult) {
    self.coordinates = coordinates
    winner = study.recommendation.variant
    variants = study.variants.compactMap { variant in
      guard let cost = variant.figure(.costPerCase), let time = variant.figure(.timeToCompletion)
      else { return nil }
      return Entry(
        variant: variant.name, costPerCase: cost, timeToCompletion: time,
        exhaustion: variant.exhaustion.byHorizon,
        costDifference: study.differences.first {
          $0.variant == variant.name && $0.figure == .costPerCase
        }?.estimate)
    }
  }

  func cost(_ variant: String) -> Double? {
    variants.first { $0.variant == variant }?.costPerCase.mean
  }
}

private func boundary(of variant: String, against: String, cells: [SweepCell]) -> SweepBoundary {
  func difference(_ cell: SweepCell) -> Double {
    (cell.cost(variant) ?? .nan) - (cell.cost(against) ?? .nan)
  }
  var crossings: [SweepBoundary.Crossing] = []
  for (cell, next) in zip(cells, cells.dropFirst())
  where cell.coordinates.dropLast() == next.coordinates.dropLast() {
    let (a, b) = (difference(cell), difference(next))
    guard a.isFinite, b.isFinite, (a < 0) != (b < 0) else { continue }
    crossings.append(
      SweepBoundary.Crossing(
        coordinates: Array(cell.coordinates.dropLast()),
        position: Double(cell.coordinates.last ?? 0) + a / (a - b), cheaperBeyond: b < 0))
  }
  let signs = cells.map { difference($0) < 0 }
  let verdict: SweepBoundary.Verdict =
    signs.allSatisfy { $0 } ? .cheaper : signs.contains(true) ? .depends : .dearer
  return SweepBoundary(variant: variant, against: against, crossings: crossings, verdict: verdict)
}
