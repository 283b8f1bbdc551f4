internal import EventEngine
internal import Simulation

/// A study with inputs that are not fixed: parameters that are uncertain, or that one may choose.
public struct StudySpace: Sendable {
  /// The inputs.
  public var inputs: [StudyInput]
  /// Makes the study at a point; coordinates lie in 0...1, one for each input.
  public var design: @Sendable (_ coordinates: [Double]) throws -> StudyDesign

  /// Creates a space.
  public init(
    inputs: [StudyInput],
    design: @escaping @Sendable (_ coordinates: [Double]) throws -> StudyDesign
  ) {
    self.inputs = inputs
    self.design = design
  }

  /// The inputs at a point, as they would be written in the scenario.
  func values(at coordinates: [Double]) -> [String] {
    zip(inputs, coordinates).map { $0.value($1) }
  }

  /// A number in (0, 1) for a purpose of an input, by its name.
  func uniform(_ purpose: String, input: Int, draw: Int, seed: UInt64) -> Double {
    KeyedRandom(seed: seed, replication: 0).uniform(
      RandomStream(inputs[input].name, purpose), ordinal: UInt32(truncatingIfNeeded: draw))
  }

  /// The measures at a point.
  ///
  /// - Parameter replications: which; the same at several points gives them the same luck.
  func measured(
    at coordinates: [Double], replications: Range<Int>, measures: [StudyMeasure],
    runner: some ReplicationRunner, control: RunControl
  ) async throws -> (study: MeasuredStudy, design: StudyDesign) {
    // What has gaps shows nothing.
    if let reason = control.stopReason { throw StudyError.gridStopped(reason) }
    let design = try design(coordinates)
    let records = try await runPortion(
      design, replications: replications, runner: runner, control: control)
    return (MeasuredStudy(design, records: records, measures: measures), design)
  }
}

/// The records of some replications of a design, all of them, or an error.
func runPortion(
  _ design: StudyDesign, replications: Range<Int>, runner: some ReplicationRunner,
  control: RunControl
) async throws -> [[ReplicationRecord]] {
  try design.validate()
  let records = try await runReplications(
    design, replications: replications, runner: runner, control: control)
  guard records.allSatisfy({ $0.count == replications.count }) else {
    throw StudyError.gridStopped(control.stopReason ?? .interrupted)
  }
  return records
}

/// An input of a space.
public struct StudyInput: Sendable {
  /// Name, unique among the inputs.
  public var name: String
  /// Title for people.
  public var title: String
  /// Its value at a coordinate in 0...1, as it would be written in the scenario.
  public var value: @Sendable (_ coordinate: Double) -> String
  /// Observations behind it; `nil` where it is a judgement.
  public var sample: Int?

  /// Creates an input.
  public init(
    name: String, title: String, sample: Int? = nil,
    value: @escaping @Sendable (_ coordinate: Double) -> String
  ) {
    self.name = name
    self.title = title
    self.sample = sample
    self.value = value
  }

  /// For results.
  var summary: StudyInputSummary {
    StudyInputSummary(name: name, title: title, low: value(0), high: value(1), sample: sample)
  }
}

/// An input as results name it.
public struct StudyInputSummary: Sendable, Codable, Equatable {
  /// Name.
  public var name: String
  /// Title for people.
  public var title: String
  /// Its value at the lower end.
  public var low: String
  /// Its value at the upper end.
  public var high: String
  /// Observations behind it; `nil` where it is a judgement.
  public var sample: Int?
}

/// A figure of a variant, or its difference to the baseline.
public struct StudyOutput: Sendable, Codable, Hashable {
  /// The variant.
  public var variant: String
  /// The measure.
  public var measure: StudyMeasure
  /// Unit.
  public var unit: String
  /// Whether it is the difference to the baseline.
  public var isDifference: Bool
}

extension StudyDesign {
  /// The outputs that a sensitivity study looks at: each measure of each variant, and of each measure the
  /// differences to the baseline.
  func outputs(_ measures: [StudyMeasure]) -> [(output: StudyOutput, variant: Int)] {
    measures.flatMap { measure in
      [false, true].flatMap { isDifference in
        variants.indices.filter { !isDifference || $0 != baseline }.map { index in
          (
            StudyOutput(
              variant: variants[index].name, measure: measure,
              unit: measure.unit(currency: currency), isDifference: isDifference), index
          )
        }
      }
    }
  }
}

extension MeasuredStudy {
  /// The values of an output, by replication; those without one are left out.
  func values(_ output: StudyOutput, variant: Int, baseline: Int) -> [Double] {
    guard output.isDifference else {
      return values(output.measure, ofVariant: variant).compactMap(\.self)
    }
    return pairs(output.measure, variant, baseline).map { $0.first - $0.second }
  }
}
