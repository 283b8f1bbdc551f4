public import Simulation
internal import Statistics

/// Which variant is best in one figure, found with as few replications as it takes.
public struct VariantSelection: Sendable, Codable, Equatable {
  /// How it was found.
  public var method: Method
  /// The figure.
  public var figure: Figure
  /// Unit of the figure.
  public var unit: String
  /// The smallest difference that matters, δ.
  public var difference: Double
  /// Seed of all random numbers.
  public var seed: UInt64
  /// The variant chosen; `nil` where the replications allowed do not decide.
  public var variant: String?
  /// Probability that it is the best or within δ of it: for `kim_nelson` guaranteed before the data, for
  /// `budget` estimated from them (Bonferroni, normal).
  public var confidence: Double
  /// Replications allowed: of each variant for `kim_nelson`, of all together for `budget`.
  public var maximum: Int
  /// The variants, in the order of the scenario.
  public var candidates: [Candidate]

  /// Ways to choose.
  public enum Method: String, Sendable, Codable {
    /// Kim and Nelson's fully sequential procedure under common random numbers.
    case kimNelson = "kim_nelson"
    /// Optimal computing budget allocation with independent streams.
    case budget
  }

  /// What became of a variant.
  public struct Candidate: Sendable, Codable, Equatable {
    /// The variant.
    public var variant: String
    /// Its figure.
    public var estimate: Estimate
    /// Replication at which it was dropped; `nil` where it was not.
    public var droppedAt: Int?
    /// Replications that Rinott's two-stage procedure would make of it, for comparison.
    public var rinottReplications: Int
  }
}

/// Replications of the first stage of either procedure.
private let firstStage = 20

/// Chooses the best variant by Kim and Nelson's procedure; variants that are dropped are run no more.
///
/// - Parameter maximum: most replications of a variant.
public func selectVariant(
  _ design: StudyDesign, figure: Figure, difference: Double, maximum: Int,
  confidence: Double = 0.95, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> VariantSelection {
  try design.validate()
  var run = SelectionRun(design, figure)
  try await run.add(
    design.variants.map { _ in min(firstStage, maximum) }, isIndependent: false, runner, control)
  var selection = run.kimNelson(difference, confidence)
  while let current = selection, current.best == nil, current.used < maximum {
    let more = min(max(10, current.used / 4), maximum - current.used)
    try await run.add(
      design.variants.indices.map { current.surviving.contains($0) ? more : 0 },
      isIndependent: false, runner, control)
    selection = run.kimNelson(difference, confidence)
  }
  let names = design.variants.map(\.name)
  return VariantSelection(
    method: .kimNelson, figure: figure, unit: figure.unit(currency: design.currency),
    difference: difference, seed: design.seed, variant: selection?.best.map { names[$0] },
    confidence: confidence, maximum: maximum,
    candidates: run.candidates(
      droppedAt: selection?.droppedAt ?? names.map { _ in nil }, difference, confidence))
}

/// Chooses the best variant with a budget of replications that is shared out as the variants' means and
/// variances suggest; streams are independent.
///
/// - Parameter budget: replications of all variants together.
public func allocateBudget(
  _ design: StudyDesign, figure: Figure, difference: Double, budget: Int,
  confidence: Double = 0.95, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> VariantSelection {
  try design.validate()
  let count = design.variants.count
  var run = SelectionRun(design, figure)
  let start = max(6, min(firstStage, budget / count))
  try await run.add(
    [Int](repeating: start, count: count), isIndependent: true, runner, control)
  while run.total < budget {
    let portion = min(max(count, 10), budget - run.total)
    let shares = optimalBudgetShares(means: run.means, variances: run.variances)
    let wanted = run.counts.indices.map { index in
      max(0, shares[index] * Double(run.total + portion) - Double(run.counts[index]))
    }
    // What is wanted in all is more than the portion where some have too many already.
    let sum = wanted.reduce(0, +)
    var more = wanted.map { sum > 0 ? Int($0 / sum * Double(portion)) : 0 }
    let rest = portion - more.reduce(0, +)
    if let neediest = wanted.indices.max(by: { (wanted[$0], -$0) < (wanted[$1], -$1) }) {
      more[neediest] += rest
    }
    try await run.add(more, isIndependent: true, runner, control)
  }
  let means = run.means
  let best = means.indices.min { (means[$0], $0) < (means[$1], $1) } ?? 0
  let errors = zip(run.variances, run.counts).map { $0 / Double($1) }
  let wrong = means.indices.filter { $0 != best }.reduce(0.0) { sum, other in
    let error = (errors[other] + errors[best]).squareRoot()
    let distance = means[other] - means[best] + difference
    return sum + (error > 0 ? normalSurvival(distance / error) : 0)
  }
  let names = design.variants.map(\.name)
  return VariantSelection(
    method: .budget, figure: figure, unit: figure.unit(currency: design.currency),
    difference: difference, seed: design.seed, variant: names[best],
    confidence: max(0, 1 - wrong), maximum: budget,
    candidates: run.candidates(droppedAt: names.map { _ in nil }, difference, confidence))
}

/// A selection that is under way.
private struct SelectionRun {
  let design: StudyDesign
  let figure: Figure
  let sign: Double
  /// By variant; smaller is better.
  var values: [[Double]]

  init(_ design: StudyDesign, _ figure: Figure) {
    self.design = design
    self.figure = figure
    sign = figure.lessIsBetter ? 1 : -1
    values = design.variants.map { _ in [] }
  }

  var counts: [Int] { values.map(\.count) }
  var total: Int { counts.reduce(0, +) }
  var means: [Double] { values.map(average) }
  var variances: [Double] { values.map { RunningMoments($0).variance ?? 0 } }

  mutating func add(
    _ more: [Int], isIndependent: Bool, _ runner: some ReplicationRunner, _ control: RunControl
  ) async throws {
    var jobs: [ReplicationJob] = []
    for (variant, count) in more.enumerated() {
      // Replications number at most a million, so that streams of variants never meet.
      let offset = isIndependent ? variant << 20 : 0
      let made = values[variant].count
      jobs += (made..<(made + count)).map {
        ReplicationJob(model: variant, replication: offset + $0)
      }
    }
    let records: [ReplicationRecord?]
    do {
      records = try await runner.run(
        jobs, models: design.variants.map(\.model), seed: design.seed, control: control)
    } catch let failure as ReplicationFailure {
      throw StudyError.replicationFailed(
        failure, variant: design.variants[failure.job.model].name,
        overload: Overload(worstOf: design.variants[failure.job.model].model))
    }
    for (job, record) in zip(jobs, records) {
      guard let record else {
        throw StudyError.gridStopped(control.stopReason ?? .interrupted)
      }
      // Where no case arrives a figure has no value; nothing cost, nothing took any time.
      values[job.model].append(
        sign * (figure.value(in: record, of: design.variants[job.model].model) ?? 0))
    }
  }

  func kimNelson(_ difference: Double, _ confidence: Double) -> KimNelsonSelection? {
    KimNelsonSelection(
      values, difference: difference, confidence: confidence,
      firstStage: max(2, min(firstStage, counts.min() ?? 0)))
  }

  func candidates(
    droppedAt: [Int?], _ difference: Double, _ confidence: Double
  ) -> [VariantSelection.Candidate] {
    let stage = max(6, min(firstStage, counts.min() ?? 0))
    let constant = rinottConstant(
      alternatives: max(2, values.count), firstStage: stage, confidence: confidence)
    return design.variants.indices.map { index in
      VariantSelection.Candidate(
        variant: design.variants[index].name,
        estimate: Estimate(of: values[index].map { sign * $0 }),
        droppedAt: droppedAt[index],
        rinottReplications: rinottReplications(
          variance: RunningMoments(values[index].prefix(stage)).variance ?? 0, constant: constant,
          difference: difference, firstStage: stage))
    }
  }
}
