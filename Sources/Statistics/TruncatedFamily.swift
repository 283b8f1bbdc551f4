/// A family of distributions between two bounds: which part of its probability lies there.
struct TruncatedFamily {
  let base: Distribution
  let minimum: Double
  let maximum: Double
  /// Probability below the lower bound.
  let below: Double
  /// Probability between the bounds.
  let kept: Double

  init(_ family: Distribution.Family, minimum: Double, maximum: Double) {
    base = Distribution(valid: family)
    self.minimum = minimum
    self.maximum = maximum
    // A continuous family has no probability at the bound itself.
    below = base.cdf(minimum)
    kept = base.cdf(maximum) - below
  }

  /// Inversion on the part of the probabilities that is kept.
  func quantile(_ p: Double) -> Double {
    min(max(base.quantile(innerProbability(p, below: below, kept: kept)), minimum), maximum)
  }

  /// Mean and variance, as integrals of the quantile over all probabilities, to about 1e-11 relative.
  ///
  /// By the double exponential formula, for which steep ends do no harm; a triangular density is
  /// cut at its mode, where its quantile is not smooth.
  /// Source: Takahasi, Mori, "Double exponential formulas for numerical integration", Publications of
  /// RIMS 9 (1974), doi:10.2977/prims/1195192451.
  var meanAndVariance: (mean: Double, variance: Double) {
    var cuts = [0.0, 1.0]
    if let mode = base.family.mode {
      let cut = (base.cdf(mode) - below) / kept
      if 0 < cut, cut < 1 { cuts.insert(cut, at: 1) }
    }
    var nodes: [(value: Double, weight: Double)] = []
    for (low, high) in zip(cuts, cuts.dropFirst()) {
      for node in doubleExponentialNodes {
        nodes.append((quantile(low + (high - low) * node.at), (high - low) * node.weight))
      }
    }
    // The weights sum to 1 but for rounding; relative to a value of the middle the sums stay exact.
    let middle = quantile(0.5)
    var (total, first, second) = (0.0, 0.0, 0.0)
    for node in nodes {
      total += node.weight
      first += node.weight * (node.value - middle)
    }
    let mean = middle + first / total
    for node in nodes { second += node.weight * (node.value - mean) * (node.value - mean) }
    return (mean, second / total)
  }
}

/// The probability of the whole family at probability `p` of the kept part, within (0, 1).
@inline(__always)
func innerProbability(_ p: Double, below: Double, kept: Double) -> Double {
  min(max(below + p * kept, 0x1p-1022), 1 - 0x1p-53)
}

/// Points and weights of the double exponential formula on 0...1.
private let doubleExponentialNodes: [(at: Double, weight: Double)] = {
  let step = 1.0 / 32
  let quarterTurn = Double.pi / 2
  return (-112...112).map { index in
    let t = Double(index) * step
    let up = exponential(t)
    let down = exponential(-t)
    let inner = quarterTurn * (up - down) / 2
    // 1 / (1 + e^(−2·inner)) is (1 + tanh inner) / 2, exact in the lower tail.
    let at = 1 / (1 + exponential(-2 * inner))
    let complement = 1 / (1 + exponential(2 * inner))
    return (at, step * quarterTurn * (up + down) * at * complement)
  }
}()

extension Distribution {
  /// A distribution whose family was validated before.
  init(valid family: Family) { self.family = family }
}

extension Distribution.Family {
  /// Where the quantile function is not smooth.
  fileprivate var mode: Double? {
    switch self {
    case .triangular(_, let mode, _): mode
    case .shifted(let base, let distance): base.mode.map { $0 + distance }
    default: nil
    }
  }

  /// The same distribution in its simplest form; valid parameters are taken for granted.
  ///
  /// A shift or truncation that a plainer family can express becomes that family; what remains is
  /// `truncated(shifted(plain))`, either of the two, or neither.
  func simplified() throws(DistributionError) -> Distribution.Family {
    switch self {
    case .empirical(let values):
      // −0 and 0 are one value and must not make two orders.
      return .empirical(values: values.map { $0 + 0 }.sorted())
    case .discrete(let values, let probabilities):
      return discreteInOrder(values, probabilities)
    case .shifted(let base, let distance): return try base.simplified().moved(by: distance)
    case .truncated(let base, let minimum, let maximum):
      return try base.simplified().limited(to: minimum...maximum)
    default: return self
    }
  }

  private func moved(by distance: Double) throws(DistributionError) -> Distribution.Family {
    if distance == 0 { return self }
    switch self {
    case .constant(let value): return .constant(value: value + distance)
    case .uniform(let minimum, let maximum):
      return .uniform(minimum: minimum + distance, maximum: maximum + distance)
    case .triangular(let minimum, let mode, let maximum):
      return .triangular(
        minimum: minimum + distance, mode: mode + distance, maximum: maximum + distance)
    case .beta(let alpha, let beta, let minimum, let maximum):
      return .beta(
        alpha: alpha, beta: beta, minimum: minimum + distance, maximum: maximum + distance)
    case .empirical(let values): return .empirical(values: values.map { $0 + distance })
    case .discrete(let values, let probabilities):
      return .discrete(values: values.map { $0 + distance }, probabilities: probabilities)
    case .shifted(let base, let first): return try base.moved(by: first + distance)
    case .truncated(let base, let minimum, let maximum):
      return .truncated(
        try base.moved(by: distance), minimum: minimum + distance, maximum: maximum + distance)
    default: return .shifted(self, by: distance)
    }
  }

  private func limited(
    to bounds: ClosedRange<Double>
  ) throws(DistributionError) -> Distribution.Family {
    let whole = Distribution(valid: self)
    if bounds.contains(whole.support.lowerBound), bounds.contains(whole.support.upperBound) {
      return self
    }
    func nothingKept(_ share: Double) -> DistributionError {
      DistributionError(
        family: name, parameter: "share between \(bounds.lowerBound) and \(bounds.upperBound)",
        found: share, expected: "at least one in a million")
    }
    switch self {
    case .constant: throw nothingKept(0)
    case .uniform(let minimum, let maximum):
      let low = max(minimum, bounds.lowerBound)
      let high = min(maximum, bounds.upperBound)
      guard low <= high, low < high || minimum == maximum else { throw nothingKept(0) }
      return .uniform(minimum: low, maximum: high)
    case .empirical(let values):
      let kept = values.filter { bounds.contains($0) }
      guard !kept.isEmpty else { throw nothingKept(0) }
      return .empirical(values: kept)
    case .discrete(let values, let probabilities):
      let kept = zip(values, probabilities).filter { bounds.contains($0.0) }
      let sum = kept.reduce(0) { $0 + $1.1 }
      guard sum >= 1e-6 else { throw nothingKept(sum) }
      return .discrete(values: kept.map(\.0), probabilities: kept.map { $0.1 / sum })
    case .truncated(let base, let minimum, let maximum):
      let low = max(minimum, bounds.lowerBound)
      let high = min(maximum, bounds.upperBound)
      guard low < high else { throw nothingKept(0) }
      return try base.limited(to: low...high)
    default:
      let part = TruncatedFamily(self, minimum: bounds.lowerBound, maximum: bounds.upperBound)
      guard part.kept >= 1e-6 else { throw nothingKept(part.kept) }
      return .truncated(self, minimum: bounds.lowerBound, maximum: bounds.upperBound)
    }
  }
}

/// Values in ascending order, each once, with probabilities that sum to 1.
private func discreteInOrder(
  _ values: [Double], _ probabilities: [Double]
) -> Distribution.Family {
  let total = probabilities.reduce(0, +)
  var result: [(value: Double, probability: Double)] = []
  for (value, probability) in zip(values.map { $0 + 0 }, probabilities).sorted(by: { $0.0 < $1.0 })
  where probability > 0 {
    if let last = result.last, last.value == value {
      result[result.count - 1].probability += probability / total
    } else {
      result.append((value, probability / total))
    }
  }
  return .discrete(values: result.map(\.value), probabilities: result.map(\.probability))
}

extension ClosedRange<Double> {
  func shifted(by distance: Double) -> ClosedRange<Double> {
    (lowerBound + distance)...(upperBound + distance)
  }
}

/// Mean, and mean squared distance from it, of values with probabilities.
func meanAndVariance(
  _ values: [Double], _ probabilities: [Double]
) -> (mean: Double, variance: Double) {
  var mean = 0.0
  for (value, probability) in zip(values, probabilities) { mean += value * probability }
  var variance = 0.0
  for (value, probability) in zip(values, probabilities) {
    variance += (value - mean) * (value - mean) * probability
  }
  return (mean, variance)
}
