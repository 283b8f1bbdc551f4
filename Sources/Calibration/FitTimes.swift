internal import Scenarios
public import Statistics

/// A distribution of times found in a sample, and how well it fits.
public struct TimeFit: Sendable, Hashable {
  /// The distribution as the scenario language writes it.
  public var text: String
  /// Its family; `empirical` where none fits.
  public var family: String
  /// Observations.
  public var count: Int
  /// Their mean, in seconds.
  public var mean: Double
  /// Their standard deviation, in seconds.
  public var deviation: Double
  /// Akaike's criterion of the best family; `nil` where none was tried.
  public var aic: Double?
  /// Kolmogorov and Smirnov's distance of the best family.
  public var distance: Double?
  /// Its p-value, by a bootstrap where the table's does not refuse already: samples are drawn from the fitted
  /// distribution, and its parameters fitted anew.
  public var pValue: Double?
  /// Anderson and Darling's statistic of the best family.
  public var andersonDarling: Double?
  /// Observations further above the third quartile than three times the quartile distance (Tukey).
  public var outliers: Int
  /// The best family, though it may not fit well enough to be taken.
  public var bestFamily: String?
  /// Quantiles that were seen beside those of the best family, in seconds, from 5 % to 95 %; empty where none
  /// was tried.
  public var residuals: [Residual] = []

  /// The mean with its 95 % interval, in seconds; `nil` of fewer than two observations.
  public var interval: ConfidenceInterval? { .mean(mean, deviation: deviation, count: count) }

  /// A quantile of a sample and of a distribution.
  public struct Residual: Sendable, Hashable {
    /// Share below it.
    public var share: Double
    /// In the sample, in seconds.
    public var observed: Double
    /// In the distribution, in seconds.
    public var fitted: Double
  }
}

/// A candidate with its likelihood.
private struct Candidate {
  var name: String
  var text: String
  var distribution: Distribution
  var aic: Double
}

/// Finds a distribution of times, in seconds.
///
/// Of the families that can be, the one of the best AIC is taken where Kolmogorov and Smirnov's test, with the
/// distribution that the distance has where the parameters are fitted to the sample, does not refuse it at 5 %;
/// else values are drawn from those that were seen, of more than 200 from the means of 200 equal parts of them,
/// which keeps their mean.
public func fitTimes(_ sample: [Double], durations: (Double) -> String) -> TimeFit {
  let values = sample.sorted()
  let count = values.count
  guard count > 0 else {
    return TimeFit(
      text: durations(0), family: "none", count: 0, mean: 0, deviation: 0, outliers: 0)
  }
  let mean = values.reduce(0, +) / Double(count)
  let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  var fit = TimeFit(
    text: "", family: "empirical", count: count, mean: mean,
    deviation: count > 1 ? (square / Double(count - 1)).squareRoot() : 0,
    outliers: outliers(values))
  let median = values[count / 2]
  let tolerance = max(min(0.5, 0.01 * median), 0.001 * median)
  let near = values.count { abs($0 - median) <= tolerance }
  if near == count || (count >= 100 && Double(near) >= 0.995 * Double(count)) {
    fit.family = "constant"
    fit.text = durations(median)
    return fit
  }
  if count >= 20, values[0] > 0,
    let best = candidates(values, mean, fit.deviation, durations).min(
      by: { $0.aic < $1.aic })
  {
    fit.bestFamily = best.name
    fit.aic = best.aic
    let test = KolmogorovSmirnovTest(values, cdf: best.distribution.cdf)
    fit.distance = test?.statistic
    fit.pValue = test.map { bootstrapped($0, best) }
    fit.andersonDarling = andersonDarling(values, cdf: best.distribution.cdf)
    fit.residuals = (1...19).map { step in
      let share = Double(step) / 20
      return TimeFit.Residual(
        share: share, observed: values[min(count - 1, count * step / 20)],
        fitted: best.distribution.quantile(share))
    }
    if let p = fit.pValue, p >= 0.05 {
      fit.family = best.name
      fit.text = best.text
      return fit
    }
  }
  fit.text = "empirical " + groups(values).map(durations).joined(separator: " ")
  return fit
}

private func outliers(_ values: [Double]) -> Int {
  guard values.count >= 8 else { return 0 }
  let (first, third) = (values[values.count / 4], values[values.count * 3 / 4])
  return values.count { $0 > third + 3 * (third - first) && third > first }
}

/// At most 200 values that stand for all: means of equal parts.
func groups(_ values: [Double]) -> [Double] {
  let most = 200
  guard values.count > most else { return values }
  return (0..<most).map { part in
    let range = values[(part * values.count / most)..<((part + 1) * values.count / most)]
    return range.reduce(0, +) / Double(range.count)
  }
}

/// A² = −n − Σ (2i − 1)/n · (ln F(x_i) + ln(1 − F(x_{n+1−i}))); Anderson and Darling 1954,
/// doi:10.1080/01621459.1954.10501232.
func andersonDarling(_ sorted: [Double], cdf: (Double) -> Double) -> Double {
  let n = sorted.count
  let probabilities = sorted.map { min(1 - 1e-12, max(1e-12, cdf($0))) }
  var sum = 0.0
  for index in 0..<n {
    sum +=
      Double(2 * index + 1)
      * (naturalLogarithm(probabilities[index])
        + naturalLogarithm(1 - probabilities[n - 1 - index]))
  }
  return -Double(n) - sum / Double(n)
}

/// Probability that samples of a fitted distribution lie as far from that which is fitted to them in turn as the
/// sample did.
///
/// A distance of fitted parameters is smaller than the table has it, so that what the table refuses at 5 % is
/// refused. Else at most 199 samples are drawn, fewer where ten of them lie as far. They have at most 100 values: the
/// distance times √n − 0.01 + 0.85/√n hardly depends on n. Source: Besag and Clifford 1991,
/// doi:10.1093/biomet/78.2.301, for the sequence; Stephens 1974, doi:10.1080/01621459.1974.10480196, for the factor.
private func bootstrapped(_ test: KolmogorovSmirnovTest, _ best: Candidate) -> Double {
  guard test.pValue >= 0.05 else { return test.pValue }
  func factor(_ count: Int) -> Double {
    let root = Double(count).squareRoot()
    return root - 0.01 + 0.85 / root
  }
  let count = min(100, test.count)
  let distance = test.statistic * factor(test.count) / factor(count)
  var random = SampleRandom()
  var (drawn, asLarge) = (0, 0)
  while drawn < 199, asLarge < 10 {
    drawn += 1
    let values = (0..<count).map { _ in best.distribution.quantile(random.share()) }.sorted()
    let mean = values.reduce(0, +) / Double(count)
    let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (square / Double(count - 1)).squareRoot()
    // What cannot be fitted lies far from everything.
    guard values[0] > 0,
      let own = candidates(values, mean, deviation, only: best.name, { _ in "" }).first,
      let its = KolmogorovSmirnovTest(values, cdf: own.distribution.cdf)
    else {
      asLarge += 1
      continue
    }
    if its.statistic >= distance { asLarge += 1 }
  }
  return asLarge >= 10 ? Double(asLarge) / Double(drawn) : Double(asLarge + 1) / Double(drawn + 1)
}

private func candidates(
  _ values: [Double], _ mean: Double, _ deviation: Double, only family: String? = nil,
  _ durations: (Double) -> String
) -> [Candidate] {
  func isWanted(_ name: String) -> Bool { family.map { $0 == name } ?? true }
  let n = Double(values.count)
  let logs = values.map(naturalLogarithm)
  let logMean = logs.reduce(0, +) / n
  let logSquare = logs.reduce(0) { $0 + ($1 - logMean) * ($1 - logMean) }
  var found: [Candidate] = []
  func add(
    _ name: String, _ text: String, _ family: Distribution.Family, logLikelihood: Double,
    parameters: Double
  ) {
    guard logLikelihood.isFinite, let distribution = try? Distribution(family) else { return }
    found.append(
      Candidate(
        name: name, text: text, distribution: distribution,
        aic: 2 * parameters - 2 * logLikelihood))
  }
  if isWanted("exponential") {
    add(
      "exponential", "exponential mean \(durations(mean))", .exponential(mean: mean),
      logLikelihood: -n * (naturalLogarithm(mean) + 1), parameters: 1)
  }
  let sigma = (logSquare / n).squareRoot()
  if sigma > 1e-6, isWanted("lognormal") {
    let half = sigma * sigma
    let lognormalMean = exponential(logMean + half / 2)
    let variation = expm1(half).squareRoot()
    add(
      "lognormal", "lognormal mean \(durations(lognormalMean)) cv \(plainNumber(variation))",
      .lognormal(logMean: logMean, logStandardDeviation: sigma),
      logLikelihood: -n * (logMean + naturalLogarithm(sigma) + 0.918_938_533_204_673 + 0.5),
      parameters: 2)
  }
  let spread = naturalLogarithm(mean) - logMean
  if spread > 1e-9, isWanted("gamma") {
    // Minka 2002, Estimating a gamma distribution: the starting value is within 1.5 % of the maximum.
    let shape =
      (3 - spread + ((spread - 3) * (spread - 3) + 24 * spread).squareRoot()) / (12 * spread)
    let scale = mean / shape
    add(
      "gamma", "gamma mean \(durations(mean)) cv \(plainNumber(1 / shape.squareRoot()))",
      .gamma(shape: shape, scale: scale),
      logLikelihood: n
        * ((shape - 1) * logMean - shape - shape * naturalLogarithm(scale) - logGamma(shape)),
      parameters: 2)
  }
  if isWanted("weibull"), let (shape, scale) = weibull(values, logs, logMean) {
    let sum = values.reduce(0) { $0 + power($1 / scale, shape) }
    add(
      "weibull", "weibull shape \(plainNumber(shape)) scale \(durations(scale))",
      .weibull(shape: shape, scale: scale),
      logLikelihood: n * (naturalLogarithm(shape) - shape * naturalLogarithm(scale))
        + (shape - 1) * logMean * n - sum, parameters: 2)
  }
  if deviation > 0, deviation <= mean / 3 || family != nil, isWanted("normal") {
    add(
      "normal", "normal mean \(durations(mean)) sd \(durations(deviation))",
      .truncatedNormal(mean: mean, standardDeviation: deviation),
      logLikelihood: -n * (naturalLogarithm(deviation) + 0.918_938_533_204_673 + 0.5),
      parameters: 2)
  }
  let (least, most) = (values[0], values[values.count - 1])
  if most > least, isWanted("uniform") {
    add(
      "uniform", "uniform \(durations(least)) \(durations(most))",
      .uniform(minimum: least, maximum: most),
      logLikelihood: -n * naturalLogarithm(most - least), parameters: 2)
  }
  return found
}

/// Shape and scale of largest likelihood, by Newton's method; `nil` where it does not settle.
private func weibull(
  _ values: [Double], _ logs: [Double], _ logMean: Double
) -> (shape: Double, scale: Double)? {
  let largest = values[values.count - 1]
  var shape = 1.0
  for _ in 0..<60 {
    var (zero, one, two) = (0.0, 0.0, 0.0)
    for (value, log) in zip(values, logs) {
      let term = power(value / largest, shape)
      zero += term
      one += term * log
      two += term * log * log
    }
    let ratio = one / zero
    let value = ratio - 1 / shape - logMean
    let slope = two / zero - ratio * ratio + 1 / (shape * shape)
    let next = max(shape / 3, min(shape * 3, shape - value / slope))
    if abs(next - shape) < 1e-9 * shape {
      let scale = largest * power(zero / Double(values.count), 1 / shape)
      return 0.05...1000 ~= shape && scale > 0 && scale.isFinite ? (shape, scale) : nil
    }
    shape = next
  }
  return nil
}
