internal import Scenarios
internal import Simulation
internal import Statistics

/// What pairs of variants show beyond the paired differences of the headline figures: what common random
/// numbers were worth, which differences stand together, who is best, and how risks differ.
public struct StudyComparisons: Sendable, Codable, Equatable {
  /// Each variant against the baseline, by measure.
  public var pairs: [PairedMeasure]
  /// Differences in the probability of exhaustion by the horizon; empty where that is no matter of chance.
  public var risks: [RiskDifference]
  /// The best variant by each figure for which the scenario says what matters.
  public var selections: [BestVariant]
  /// What comes first in a variant, where a rollout can fall back or be cancelled.
  public var competing: [CompetingEvents]
}

/// A variant against the baseline in one measure.
public struct PairedMeasure: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// The measure.
  public var measure: StudyMeasure
  /// Unit of the difference.
  public var unit: String
  /// Variant minus baseline, paired t interval.
  public var difference: Estimate
  /// Correlation of the pairs; `nil` where one of them does not vary.
  public var correlation: Double?
  /// Variance of the difference as a share of what independent runs would give it; `nil` where nothing
  /// varies or there are fewer than four pairs.
  public var varianceRatio: VarianceShare?
  /// Two-sided p-value of no difference; `nil` where the difference never varies and is zero.
  public var pValue: Double?
  /// The same adjusted by Holm's method for all variants that are compared in this measure.
  public var adjustedPValue: Double?

  /// A ratio of variances with its interval and the least that the two variances allow.
  public struct VarianceShare: Sendable, Codable, Equatable {
    /// The ratio; its inverse says how many times fewer replications are needed.
    public var ratio: Double
    /// Lower end of its interval.
    public var lower: Double
    /// Upper end of its interval.
    public var upper: Double
    /// Confidence level of the interval.
    public var level: Double
    /// The smallest ratio possible, with a correlation of 1.
    public var bound: Double
  }
}

/// How the probability of exhaustion by the horizon differs from the baseline's.
public struct RiskDifference: Sendable, Codable, Equatable {
  /// The variant.
  public var variant: String
  /// Replications in which both are exhausted.
  public var both: Int
  /// Replications in which the variant alone is.
  public var variantOnly: Int
  /// Replications in which the baseline alone is.
  public var baselineOnly: Int
  /// Replications in which neither is.
  public var neither: Int
  /// Probability under the variant less that under the baseline.
  public var difference: Double
  /// Lower end of Newcombe's paired interval.
  public var lower: Double
  /// Upper end of it.
  public var upper: Double
  /// Confidence level of the interval.
  public var level: Double
  /// Exact p-value of McNemar's test.
  public var pValue: Double
  /// The same adjusted by Holm's method for all variants.
  public var adjustedPValue: Double
}

/// The best variant by a figure, found by Kim and Nelson's procedure on the replications there are.
public struct BestVariant: Sendable, Codable, Equatable {
  /// The figure.
  public var figure: Figure
  /// Unit of the figure.
  public var unit: String
  /// The smallest difference that matters, δ.
  public var difference: Double
  /// Probability that the variant chosen is the best or within δ of it.
  public var confidence: Double
  /// The variant; `nil` where the replications do not decide.
  public var variant: String?
  /// Variants that may still be the best.
  public var remaining: [String]
  /// Replications that the decision took, or that there were.
  public var replications: Int
  /// Replications after which it ends at the latest.
  public var atMost: Int
}

extension StudyComparisons {
  /// `nil` where there is only one variant and no rollout, or a single replication.
  init?(design: StudyDesign, records: [[ReplicationRecord]]) {
    guard (records.first?.count ?? 0) >= 2 else { return nil }
    let measured = MeasuredStudy(design, records: records)
    let others = design.variants.indices.filter { $0 != design.baseline }
    pairs = StudyMeasure.all.flatMap { measure -> [PairedMeasure] in
      guard measure != .exhaustion, !design.isCertain(measure) else { return [] }
      var rows = others.compactMap { PairedMeasure($0, measure, measured, design) }
      let adjusted = holmAdjusted(rows.compactMap(\.pValue))
      var next = adjusted.makeIterator()
      for index in rows.indices where rows[index].pValue != nil {
        rows[index].adjustedPValue = next.next()
      }
      return rows
    }
    risks =
      design.isCertain(.exhaustion) || design.exhaustion.decides == .netWork
      ? [] : riskDifferences(others, measured, design)
    selections = Figure.allCases.compactMap { BestVariant($0, measured, design) }
    competing = design.variants.indices.compactMap { index in
      CompetingEvents(
        design.variants[index], measured.values(.daysToExhaustion, ofVariant: index),
        records[index])
    }
    if pairs.isEmpty, risks.isEmpty, selections.isEmpty, competing.isEmpty { return nil }
  }
}

extension StudyDesign {
  /// Whether a measure is computed without chance, or says nothing of the baseline.
  fileprivate func isCertain(_ measure: StudyMeasure) -> Bool {
    switch measure {
    case .exhaustion: exhaustion.decides == .saturation
    case .daysToExhaustion: exhaustion.decides == .saturation || exhaustion.decides == .netWork
    case .figure, .backlog: false
    }
  }
}

extension PairedMeasure {
  fileprivate init?(
    _ index: Int, _ measure: StudyMeasure, _ measured: MeasuredStudy, _ design: StudyDesign
  ) {
    let pairs = measured.pairs(measure, index, design.baseline)
    guard pairs.count >= 2,
      let paired = PairedComparison(first: pairs.map(\.second), second: pairs.map(\.first))
    else { return nil }
    variant = design.variants[index].name
    self.measure = measure
    unit = measure.unit(currency: design.currency)
    difference = Estimate(of: pairs.map { $0.first - $0.second })
    correlation = paired.correlation
    varianceRatio = VarianceRatio(pairs.map(\.first), pairs.map(\.second)).map {
      VarianceShare(
        ratio: $0.ratio, lower: $0.lower, upper: $0.upper, level: $0.confidence, bound: $0.bound)
    }
    pValue = paired.pValue
  }
}

private func riskDifferences(
  _ others: [Int], _ measured: MeasuredStudy, _ design: StudyDesign
) -> [RiskDifference] {
  let counts = others.map { index -> PairedCounts in
    let pairs = measured.pairs(.exhaustion, index, design.baseline)
    return PairedCounts(first: pairs.map { $0.second > 0 }, second: pairs.map { $0.first > 0 })
  }
  let adjusted = holmAdjusted(counts.map(\.mcNemarPValue))
  return others.indices.compactMap { position in
    let count = counts[position]
    guard let interval = count.differenceInterval() else { return nil }
    return RiskDifference(
      variant: design.variants[others[position]].name, both: count.both,
      variantOnly: count.secondOnly, baselineOnly: count.firstOnly, neither: count.neither,
      difference: interval.estimate, lower: interval.lower, upper: interval.upper,
      level: interval.confidence, pValue: count.mcNemarPValue, adjustedPValue: adjusted[position])
  }
}

extension BestVariant {
  fileprivate init?(_ figure: Figure, _ measured: MeasuredStudy, _ design: StudyDesign) {
    guard let smallest = design.practicalSignificance[figure], smallest > 0,
      design.variants.count > 1
    else { return nil }
    let sign: Double = figure.lessIsBetter ? 1 : -1
    let values = design.variants.indices.map { index in
      measured.values(.figure(figure), ofVariant: index).compactMap(\.self).map { sign * $0 }
    }
    // A replication without a case has no figure, and pairs would no longer fit.
    guard Set(values.map(\.count)).count == 1,
      let selection = KimNelsonSelection(values, difference: smallest)
    else { return nil }
    self.figure = figure
    unit = figure.unit(currency: design.currency)
    difference = smallest
    confidence = selection.confidence
    variant = selection.best.map { design.variants[$0].name }
    remaining = selection.surviving.map { design.variants[$0].name }
    replications = selection.used
    atMost = selection.atMost
  }
}
