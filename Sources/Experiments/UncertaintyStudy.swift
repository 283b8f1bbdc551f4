public import Simulation
public import Statistics

/// Noise and ignorance apart: how much of what may come is chance, and how much is that inputs are not
/// known.
public struct UncertaintyResult: Sendable, Codable, Equatable {
  /// The inputs that are not known.
  public var inputs: [StudyInputSummary]
  /// Seed of all random numbers, of the inputs too.
  public var seed: UInt64
  /// Outer loop: sets of inputs that were drawn, by a Latin hypercube.
  public var draws: Int
  /// Inner loop: replications with each set, each with luck of its own.
  public var replications: Int
  /// What was found for each output.
  public var outputs: [Output]
  /// Share of the sets of inputs with which each variant is the cheapest, in the order of the scenario.
  public var cheapest: [Cheapest]
  /// What each input does to which variant is the cheapest; `nil` of one variant or of fewer than ten sets.
  public var decision: Decision?

  /// An output and where its spread comes from.
  public struct Output: Sendable, Codable, Equatable {
    /// The output.
    public var output: StudyOutput
    /// Mean over everything, with the interval that so many sets of inputs allow.
    public var mean: ConfidenceInterval
    /// Standard deviation of what is chance: of a replication, were the inputs known.
    public var noise: Double
    /// Standard deviation of what is ignorance: of the mean, as inputs vary.
    public var ignorance: Double
    /// Share of the variance of a replication that is ignorance, with its interval; `nil` where nothing
    /// varies.
    public var ignoranceShare: ConfidenceInterval?
    /// What replications come to, chance and ignorance together: quantiles of 5, 50 and 95 %.
    public var both: [Double]
    /// What means come to, ignorance alone: quantiles of 5, 50 and 95 %, with what noise of the averages
    /// is left in them.
    public var ignoranceAlone: [Double]
    /// What each input has to do with the ignorance, in their order.
    public var contributions: [Contribution]
  }

  /// What one input contributes to ignorance.
  public struct Contribution: Sendable, Codable, Equatable {
    /// The input.
    public var input: String
    /// Share of the variance by ignorance that would go if it were known, in 0...1.
    public var share: Double
    /// Share that would go with twice the observations; `nil` where it rests on none.
    public var withTwiceTheData: Double?
    /// The fifth of the sets in which the input is lowest; `nil` of fewer than ten sets.
    public var low: End?
    /// The fifth of the sets in which the input is highest.
    public var high: End?
  }

  /// What is to be expected with an input near one end, the others as they may be.
  public struct End: Sendable, Codable, Equatable {
    /// The values there, from and to, as they would be written.
    public var values: [String]
    /// Mean of the output over those sets, with the interval that so many allow.
    public var mean: Estimate
  }

  /// How the choice of the cheapest variant hangs on what is not known.
  public struct Decision: Sendable, Codable, Equatable {
    /// The variant that is the cheapest with most sets.
    public var variant: String
    /// Each input, the one first that moves the choice most.
    public var inputs: [Input]

    /// An input.
    public struct Input: Sendable, Codable, Equatable {
      /// The input.
      public var input: String
      /// Of the half of the sets in which it is lower: how often the variant is the cheapest.
      public var low: ProbabilityEstimate
      /// Of the half in which it is higher.
      public var high: ProbabilityEstimate

      /// How far the two are apart, in 0...1.
      public var swing: Double { (high.share - low.share).magnitude }
    }
  }

  /// How often a variant is the cheapest.
  public struct Cheapest: Sendable, Codable, Equatable {
    /// The variant.
    public var variant: String
    /// Sets of inputs with which it is, with Wilson's interval.
    public var sets: ProbabilityEstimate
  }
}

/// Runs a study with many sets of inputs and says what of its spread is chance and what is ignorance.
///
/// - Parameters:
///   - draws: sets of inputs, ≥ 5.
///   - replications: with each, ≥ 2.
public func studyUncertainty(
  _ space: StudySpace, draws: Int, replications: Int, measures: [StudyMeasure], seed: UInt64,
  runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> UncertaintyResult {
  let points = latinHypercube(count: draws, inputs: space.inputs.count) { input, draw in
    space.uniform("uncertain", input: input, draw: draw, seed: seed)
  }
  var wanted = measures
  if !wanted.contains(.figure(.costPerCase)) { wanted.append(.figure(.costPerCase)) }
  var outputs: [(output: StudyOutput, values: [[Double]])] = []
  var wins: [Int] = []
  var winners: [Int] = []
  var names: [String] = []
  for (index, point) in points.enumerated() {
    // Each set has its own luck, so that chance within and ignorance between are independent.
    let (study, design) = try await space.measured(
      at: point, replications: (index * replications)..<((index + 1) * replications),
      measures: wanted, runner: runner, control: control)
    for (position, entry) in design.outputs(measures).enumerated() {
      if outputs.count <= position { outputs.append((entry.output, [])) }
      outputs[position].values.append(
        study.values(entry.output, variant: entry.variant, baseline: design.baseline))
    }
    names = design.variants.map(\.name)
    let costs = design.variants.indices.map { variant in
      average(study.values(.figure(.costPerCase), ofVariant: variant).compactMap(\.self))
    }
    if wins.isEmpty { wins = costs.map { _ in 0 } }
    if let best = costs.indices.min(by: { (costs[$0], $0) < (costs[$1], $1) }) {
      wins[best] += 1
      winners.append(best)
    }
  }
  return UncertaintyResult(
    inputs: space.inputs.map(\.summary), seed: seed, draws: draws, replications: replications,
    outputs: outputs.compactMap {
      UncertaintyResult.Output(
        $0.output, $0.values, points: points, replications: replications, inputs: space.inputs)
    },
    cheapest: zip(names, wins).map {
      UncertaintyResult.Cheapest(
        variant: $0, sets: ProbabilityEstimate(count: $1, of: draws))
    },
    decision: UncertaintyResult.Decision(
      names, winners: winners, points: points, inputs: space.inputs.map(\.name)))
}

extension UncertaintyResult.Decision {
  /// - Parameters:
  ///   - winners: position of the cheapest variant with each set.
  ///   - points: the sets, a coordinate for each input.
  init?(_ variants: [String], winners: [Int], points: [[Double]], inputs: [String]) {
    guard variants.count > 1, winners.count == points.count, points.count >= 10 else { return nil }
    var wins = variants.map { _ in 0 }
    for winner in winners { wins[winner] += 1 }
    guard let favourite = wins.indices.min(by: { (-wins[$0], $0) < (-wins[$1], $1) }) else {
      return nil
    }
    let half = points.count / 2
    let found = inputs.indices.map { input in
      let order = points.indices.sorted { (points[$0][input], $0) < (points[$1][input], $1) }
      func share(_ sets: ArraySlice<Int>) -> ProbabilityEstimate {
        ProbabilityEstimate(count: sets.count { winners[$0] == favourite }, of: sets.count)
      }
      return Input(
        input: inputs[input], low: share(order.prefix(half)), high: share(order.suffix(half)))
    }
    variant = variants[favourite]
    let order = found.indices.sorted { (-found[$0].swing, $0) < (-found[$1].swing, $1) }
    self.inputs = order.map { found[$0] }
  }
}

extension UncertaintyResult.Output {
  fileprivate init?(
    _ output: StudyOutput, _ values: [[Double]], points: [[Double]], replications: Int,
    inputs: [StudyInput]
  ) {
    // A replication without a case has no figure: then groups are of unequal size.
    guard values.allSatisfy({ $0.count == replications }),
      let components = VarianceComponents(values)
    else { return nil }
    self.output = output
    mean = components.mean
    noise = components.within.squareRoot()
    ignorance = components.between.squareRoot()
    ignoranceShare = components.share
    let probabilities = [0.05, 0.5, 0.95]
    let all = values.flatMap(\.self).sorted()
    both = probabilities.map { all.interpolated(at: $0) }
    let means = values.map(average)
    let sorted = means.sorted()
    ignoranceAlone = probabilities.map { sorted.interpolated(at: $0) }
    let spread = RunningMoments(means).variance ?? 0
    contributions = inputs.indices.map { input in
      let explained = shareExplained(of: means, by: points.map { $0[input] }) * spread
      let share =
        components.between > 0 ? min(1, explained / components.between) : 0
      // Sets in the order of the input; a Latin hypercube puts as many in each fifth.
      let order = points.indices.sorted { (points[$0][input], $0) < (points[$1][input], $1) }
      let fifth = points.count / 5
      func end(_ sets: ArraySlice<Int>) -> UncertaintyResult.End? {
        guard fifth >= 2, let first = sets.first, let last = sets.last else { return nil }
        return UncertaintyResult.End(
          values: [points[first][input], points[last][input]].map { inputs[input].value($0) },
          mean: Estimate(of: sets.map { means[$0] }))
      }
      return UncertaintyResult.Contribution(
        input: inputs[input].name, share: share,
        // The variance of a share that was counted falls with the number counted.
        withTwiceTheData: inputs[input].sample.map { _ in share / 2 },
        low: end(order.prefix(fifth)),
        high: end(order.suffix(fifth)))
    }
  }
}
