/// One of five axes on which variants are compared, each from what was simulated and nothing else.
///
/// Brief row 129 compares stacks on satisfaction, quality, security, cost and flexibility, by word of
/// mouth; here every axis is an observable with a formula, and any variant may win on it.
public enum ComparisonAxis: String, Sendable, Codable, CaseIterable {
  /// Cost per case.
  case cost
  /// Time to completion.
  case time
  /// Share of cases done right.
  case quality
  /// Human work per case.
  case humanWork = "human_work"
  /// Probability that no watched queue is exhausted within the horizon.
  case robustness

  /// The headline figure it is; `nil` for robustness, which is 1 − P(exhaustion by the horizon).
  public var figure: Figure? {
    switch self {
    case .cost: .costPerCase
    case .time: .timeToCompletion
    case .quality: .doneRight
    case .humanWork: .humanMinutes
    case .robustness: nil
    }
  }

  /// Whether less is better.
  public var lessIsBetter: Bool { figure?.lessIsBetter ?? false }
}

/// The variants on one axis.
public struct AxisComparison: Sendable, Codable, Equatable {
  /// The axis.
  public var axis: ComparisonAxis
  /// The variants that have a value, in the order of the scenario.
  public var entries: [Entry]

  /// A variant on the axis.
  public struct Entry: Sendable, Codable, Equatable {
    /// Name of the variant.
    public var variant: String
    /// Value of the observable, in the unit of the figure or as a share.
    public var value: Double
    /// Ends of its interval.
    public var lower: Double
    /// Upper end.
    public var upper: Double
    /// 100 for the best mean; half of that for twice as much of what is bad, or half of what is good.
    public var score: Double
    /// Worse end of the score, the best mean held fixed.
    public var scoreLower: Double
    /// Better end of the score; above 100 where the interval of the best reaches beyond its mean.
    public var scoreUpper: Double
    /// Whether its interval overlaps that of the best mean: it may be the best.
    public var mayBeBest: Bool
  }
}

extension StudyResult {
  /// The variants on the five axes.
  public var axes: [AxisComparison] {
    ComparisonAxis.allCases.compactMap { axis in
      let values = variants.compactMap { variant in
        axis.value(of: variant).map { (variant: variant.name, value: $0) }
      }
      return AxisComparison(axis, values)
    }
  }
}

extension ComparisonAxis {
  /// Mean and ends of the interval; `nil` where the variant has none.
  fileprivate func value(of variant: VariantResult) -> (mean: Double, lower: Double, upper: Double)?
  {
    if let figure { return variant.figure(figure).map { ($0.mean, $0.lower, $0.upper) } }
    let risk = variant.exhaustion
    guard !risk.isInapplicable else { return nil }
    return (1 - risk.byHorizon.share, 1 - risk.byHorizon.upper, 1 - risk.byHorizon.lower)
  }
}

extension AxisComparison {
  /// `nil` where there is nothing to compare.
  init?(
    _ axis: ComparisonAxis,
    _ values: [(variant: String, value: (mean: Double, lower: Double, upper: Double))]
  ) {
    let means = values.map(\.value.mean)
    guard let best = axis.lessIsBetter ? means.min() : means.max(),
      let first = values.first(where: { $0.value.mean == best })?.value
    else { return nil }
    func score(_ value: Double) -> Double {
      let (part, whole) = axis.lessIsBetter ? (best, value) : (value, best)
      // Of nothing that is bad, nothing is the best and anything is infinitely worse.
      guard whole > 0 else { return part == whole ? 100 : axis.lessIsBetter ? 100 : 0 }
      return 100 * max(0, part) / whole
    }
    self.axis = axis
    entries = values.map { variant, value in
      let ends = [score(value.lower), score(value.upper)]
      return Entry(
        variant: variant, value: value.mean, lower: value.lower, upper: value.upper,
        score: score(value.mean), scoreLower: min(ends[0], ends[1]),
        scoreUpper: max(ends[0], ends[1]),
        mayBeBest: value.lower <= first.upper && first.lower <= value.upper)
    }
  }
}
