public import Simulation
internal import Statistics

/// What came of a study at many points of its inputs: along one input, or spread over several.
public struct SampleResult: Sendable, Codable, Equatable {
  /// How points were chosen.
  public enum Design: String, Sendable, Codable {
    /// Evenly from the lowest to the highest value of one input.
    case steps
    /// A Latin hypercube over several inputs.
    case latinHypercube = "latin_hypercube"
  }

  /// How points were chosen.
  public var design: Design
  /// The inputs.
  public var inputs: [StudyInputSummary]
  /// What was measured; less is better or not, as the measure says.
  public var measures: [Measure]
  /// Seed of all random numbers, of the points too.
  public var seed: UInt64
  /// Replications of each variant at each point; the same luck at all points.
  public var replications: Int
  /// The points in the order in which they were tried.
  public var points: [Point]

  /// A measure with its unit.
  public struct Measure: Sendable, Codable, Equatable {
    /// The measure.
    public var measure: StudyMeasure
    /// Unit of its values.
    public var unit: String
    /// Whether less of it is better.
    public var lessIsBetter: Bool
  }

  /// A point.
  public struct Point: Sendable, Codable, Equatable {
    /// The values of the inputs, as they would be written in the scenario.
    public var values: [String]
    /// The variants in the order of the scenario.
    public var variants: [Entry]
  }

  /// A variant at a point.
  public struct Entry: Sendable, Codable, Equatable {
    /// The variant.
    public var variant: String
    /// Mean of each measure over replications with its interval; `nil` where no replication has it.
    public var estimates: [Estimate?]
    /// Whether no other entry of any point is as good in every measure and better in one, by means.
    public var isUnbeaten: Bool
  }
}

/// Tries a study at many points: evenly along one input, by a Latin hypercube over several.
///
/// All points have the same luck, so that neighbours differ by their inputs.
/// - Parameters:
///   - count: points, ≥ 2.
///   - replications: at each, ≥ 1.
/// - Throws: what the design of a point or a replication throws; `StudyError.gridStopped` where the study
///   is stopped.
public func sampleStudy(
  _ space: StudySpace, count: Int, replications: Int, measures: [StudyMeasure], seed: UInt64,
  runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SampleResult {
  let isLine = space.inputs.count == 1
  let places =
    isLine
    ? (0..<count).map { [Double($0) / Double(count - 1)] }
    : latinHypercube(count: count, inputs: space.inputs.count) { input, draw in
      space.uniform("sample", input: input, draw: draw, seed: seed)
    }
  var result = SampleResult(
    design: isLine ? .steps : .latinHypercube, inputs: space.inputs.map(\.summary), measures: [],
    seed: seed, replications: replications, points: [])
  for place in places {
    let values = space.values(at: place)
    // Whole numbers and rounded values fall together; the same again says nothing new.
    if result.points.contains(where: { $0.values == values }) { continue }
    let (study, design) = try await space.measured(
      at: place, replications: 0..<replications, measures: measures, runner: runner,
      control: control)
    result.measures = measures.map {
      .init(measure: $0, unit: $0.unit(currency: design.currency), lessIsBetter: $0.lessIsBetter)
    }
    let entries = design.variants.indices.map { index in
      SampleResult.Entry(
        variant: design.variants[index].name,
        estimates: measures.map { measure in
          let found = study.values(measure, ofVariant: index).compactMap(\.self)
          return found.isEmpty ? nil : Estimate(of: found)
        }, isUnbeaten: false)
    }
    result.points.append(SampleResult.Point(values: values, variants: entries))
  }
  result.markUnbeaten()
  return result
}

extension SampleResult {
  /// Marks the entries that no other beats in all measures at once.
  mutating func markUnbeaten() {
    /// The means, turned so that less is better; `nil` where one is missing.
    func goals(_ entry: Entry) -> [Double]? {
      var goals: [Double] = []
      for (estimate, measure) in zip(entry.estimates, measures) {
        guard let mean = estimate?.mean, mean.isFinite else { return nil }
        goals.append(measure.lessIsBetter ? mean : -mean)
      }
      return goals
    }
    let all = points.flatMap { $0.variants.compactMap(goals) }
    for point in points.indices {
      for variant in points[point].variants.indices {
        guard let own = goals(points[point].variants[variant]) else { continue }
        points[point].variants[variant].isUnbeaten = !all.contains { other in
          zip(other, own).allSatisfy { $0 <= $1 } && other != own
        }
      }
    }
  }
}
