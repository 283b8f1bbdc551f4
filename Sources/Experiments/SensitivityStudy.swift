public import Simulation
public import Statistics

/// Which inputs matter: Morris's screening, or Sobol indices.
public struct SensitivityResult: Sendable, Codable, Equatable {
  /// How it was found.
  public var method: Method
  /// The inputs.
  public var inputs: [StudyInputSummary]
  /// Seed of all random numbers, of the design too.
  public var seed: UInt64
  /// Paths of a screening, or rows of Saltelli's design.
  public var rows: Int
  /// Points at which a study was run.
  public var points: Int
  /// Replications averaged at each point, the same at all.
  public var replications: Int
  /// What was found for each output.
  public var outputs: [Output]

  /// Ways to find it.
  public enum Method: String, Sendable, Codable {
    /// Elementary effects along random paths.
    case morris
    /// Shares of the variance.
    case sobol
  }

  /// An output and what each input does to it.
  public struct Output: Sendable, Codable, Equatable {
    /// The output.
    public var output: StudyOutput
    /// Its standard deviation over the points.
    public var deviation: Double
    /// Share of the variance over the points that is noise of the averages; `nil` where nothing varies.
    public var noiseShare: Double?
    /// Effects in the order of the inputs; empty for `sobol`.
    public var effects: [MorrisEffect]
    /// Indices in the order of the inputs; empty for `morris`, and where the output does not vary.
    public var indices: [SobolIndices]
  }
}

/// Screens inputs by Morris's method: the few that matter, and those that act in curves or together.
///
/// - Parameters:
///   - paths: random paths, ≥ 2; each costs one point more than there are inputs.
///   - replications: averaged at each point.
public func screenInputs(
  _ space: StudySpace, paths: Int, replications: Int, measures: [StudyMeasure], seed: UInt64,
  runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SensitivityResult {
  let count = space.inputs.count
  let trajectories = (0..<paths).map { path in
    MorrisTrajectory(inputs: count) { draw in
      space.uniform("morris", input: draw % count, draw: 4 * path + draw / count, seed: seed)
    }
  }
  let sampled = try await sample(
    space, points: trajectories.flatMap(\.points), replications: replications, measures: measures,
    runner: runner, control: control)
  let outputs = sampled.outputs.map { values -> SensitivityResult.Output in
    var effects = [[Double]](repeating: [], count: count)
    for (path, trajectory) in trajectories.enumerated() {
      let first = path * (count + 1)
      for (step, change) in trajectory.steps.enumerated() {
        effects[change.input].append(
          (values.means[first + step + 1] - values.means[first + step]) / change.change)
      }
    }
    return SensitivityResult.Output(
      output: values.output, deviation: values.deviation, noiseShare: values.noiseShare,
      effects: effects.compactMap { MorrisEffect($0) }, indices: [])
  }
  return SensitivityResult(
    method: .morris, inputs: space.inputs.map(\.summary), seed: seed, rows: paths,
    points: sampled.points, replications: replications, outputs: outputs)
}

/// Sobol indices of inputs by Saltelli's design on two Latin hypercubes, on averages of replications.
///
/// All points have the same luck, so that a difference between points is one of the inputs.
/// - Parameters:
///   - rows: of the design, ≥ 4; each costs two points more than there are inputs.
///   - replications: averaged at each point.
public func sobolIndices(
  _ space: StudySpace, rows: Int, replications: Int, measures: [StudyMeasure], seed: UInt64,
  runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SensitivityResult {
  let count = space.inputs.count
  func cube(_ purpose: String) -> [[Double]] {
    latinHypercube(count: rows, inputs: count) { input, draw in
      space.uniform(purpose, input: input, draw: draw, seed: seed)
    }
  }
  let design = SaltelliDesign(a: cube("saltelli A"), b: cube("saltelli B"))
  let sampled = try await sample(
    space, points: design.points, replications: replications, measures: measures, runner: runner,
    control: control)
  let outputs = sampled.outputs.map { values -> SensitivityResult.Output in
    func part(_ index: Int) -> [Double] {
      Array(values.means[(index * rows)..<((index + 1) * rows)])
    }
    return SensitivityResult.Output(
      output: values.output, deviation: values.deviation, noiseShare: values.noiseShare,
      effects: [],
      indices: SobolIndices.all(a: part(0), b: part(1), mixed: (0..<count).map { part($0 + 2) }))
  }
  return SensitivityResult(
    method: .sobol, inputs: space.inputs.map(\.summary), seed: seed, rows: rows,
    points: sampled.points, replications: replications, outputs: outputs)
}

/// Averages of an output at all points.
private struct SampledOutput {
  var output: StudyOutput
  var means: [Double]
  /// Mean of the variances of the averages.
  var noise: Double

  var deviation: Double { RunningMoments(means).standardDeviation ?? 0 }
  var noiseShare: Double? {
    deviation > 0 ? min(1, noise / (deviation * deviation)) : nil
  }
}

private func sample(
  _ space: StudySpace, points: [[Double]], replications: Int, measures: [StudyMeasure],
  runner: some ReplicationRunner, control: RunControl
) async throws -> (outputs: [SampledOutput], points: Int) {
  var outputs: [SampledOutput] = []
  for point in points {
    let (study, design) = try await space.measured(
      at: point, replications: 0..<replications, measures: measures, runner: runner,
      control: control)
    for (index, entry) in design.outputs(measures).enumerated() {
      if outputs.count <= index {
        outputs.append(SampledOutput(output: entry.output, means: [], noise: 0))
      }
      let moments = RunningMoments(
        study.values(entry.output, variant: entry.variant, baseline: design.baseline))
      outputs[index].means.append(moments.mean ?? 0)
      let error = moments.standardError ?? 0
      outputs[index].noise += error * error / Double(points.count)
    }
  }
  return (outputs, points.count)
}
