/// How far an empirical distribution is from a continuous one, and how likely that is by chance.
public struct KolmogorovSmirnovTest: Hashable, Sendable {
  /// Greatest distance between the two distribution functions.
  public let statistic: Double
  /// Probability of at least that distance where the sample is from that distribution.
  public let pValue: Double
  /// Number of observations.
  public let count: Int

  /// Tests whether `sample` may come from the continuous distribution function `cdf`; `nil` of an
  /// empty sample.
  ///
  /// The p-value holds where `cdf` was not fitted to the same sample.
  public init?(_ sample: [Double], cdf: (Double) -> Double) {
    let sorted = sample.sorted()
    guard !sorted.isEmpty else { return nil }
    let n = Double(sorted.count)
    var greatest = 0.0
    for (index, value) in sorted.enumerated() {
      let probability = cdf(value)
      greatest = max(
        greatest, Double(index + 1) / n - probability, probability - Double(index) / n)
    }
    statistic = greatest
    count = sorted.count
    pValue = kolmogorovSurvival(greatest, count: sorted.count)
  }
}

/// Probability that the Kolmogorov–Smirnov distance of `count` observations is at least `distance`.
///
/// Exact for up to 140 observations where the probability is above some 1e-4, else within 5e-6
/// (absolute), and in the far tail within 1e-4 relative. The choice of method is that of Simard and
/// L'Ecuyer, Journal of Statistical Software 39(11), 2011, doi:10.18637/jss.v039.i11.
/// - Precondition: count ≥ 1.
public func kolmogorovSurvival(_ distance: Double, count: Int) -> Double {
  precondition(count >= 1, "A distance needs an observation")
  let n = Double(count)
  if distance.isNaN { return .nan }
  if 2 * n * distance <= 1 { return 1 }
  if distance >= 1 { return 0 }
  let scaled = n * distance * distance
  if distance >= 0.5 || scaled > (count <= 140 ? 4 : 2.2) {
    return min(1, 2 * oneSidedSurvival(distance, count: count))
  }
  let cdf =
    count <= 140
    ? matrixKolmogorovCDF(distance, count: count) : expandedKolmogorovCDF(distance, count: n)
  return min(max(1 - cdf, 0), 1)
}

/// P(D⁺ ≥ d), by the sum of Birnbaum and Tingey 1951; its exponential limit beyond 100,000
/// observations, where the sum would take long.
private func oneSidedSurvival(_ d: Double, count: Int) -> Double {
  let n = Double(count)
  if count > 100_000 {
    // The limit with its first correction.
    return exponential(-2 * n * d * d - 2 * d / 3)
  }
  var sum = power(1 - d, n)
  var j = 1.0
  while j <= n * (1 - d) {
    let rise = d + j / n
    if rise < 1 {
      // C(n, j) (j/n + d)^(j−1) (1 − d − j/n)^(n−j) d by the binomial probability of j.
      let mass = j < n ? binomialProbability(j, n - j, rise, 1 - rise) : power(rise, n)
      sum += mass * d / rise
    }
    j += 1
  }
  return sum
}

/// P(D < d) by the matrix power of Marsaglia, Tsang and Wang, Journal of Statistical Software 8(18),
/// 2003, doi:10.18637/jss.v008.i18.
private func matrixKolmogorovCDF(_ d: Double, count: Int) -> Double {
  let n = Double(count)
  let k = Int(n * d) + 1
  let size = 2 * k - 1
  let h = Double(k) - n * d
  var matrix = [Double](repeating: 0, count: size * size)
  for row in 0..<size {
    for column in 0..<min(row + 2, size) { matrix[row * size + column] = 1 }
  }
  var hPower = 1.0
  var hPowers: [Double] = []
  for _ in 0..<size {
    hPower *= h
    hPowers.append(hPower)
  }
  for i in 0..<size {
    matrix[i * size] -= hPowers[i]
    matrix[(size - 1) * size + i] -= hPowers[size - 1 - i]
  }
  if h > 0.5 { matrix[(size - 1) * size] += power(2 * h - 1, Double(size)) }
  for row in 0..<size {
    for column in 0...row {
      for divisor in 1...(row - column + 1) { matrix[row * size + column] /= Double(divisor) }
    }
  }
  // Of the n-th power only the middle entry is needed; 140! / 140^140 is far from underflow.
  var result = [Double](repeating: 0, count: size)
  result[k - 1] = 1
  var squared = matrix
  var remaining = count
  while remaining > 0 {
    if remaining & 1 == 1 { result = product(result, squared, rows: 1, size: size) }
    remaining >>= 1
    if remaining > 0 { squared = product(squared, squared, rows: size, size: size) }
  }
  var probability = result[k - 1]
  for i in 1...count { probability *= Double(i) / n }
  return probability
}

/// A matrix of `rows` rows times a square one.
private func product(_ a: [Double], _ b: [Double], rows: Int, size: Int) -> [Double] {
  var result = [Double](repeating: 0, count: rows * size)
  for row in 0..<rows {
    for inner in 0..<size {
      let factor = a[row * size + inner]
      if factor == 0 { continue }
      for column in 0..<size { result[row * size + column] += factor * b[inner * size + column] }
    }
  }
  return result
}

/// P(D < d) by the expansion of Pelz and Good, JRSS B 38(2), 1976, to the order n^(−3/2).
private func expandedKolmogorovCDF(_ d: Double, count n: Double) -> Double {
  let pi2 = 9.8696044010893586188
  let pi4 = pi2 * pi2
  let rootTwoPi = 2.5066282746310005024
  let z = n.squareRoot() * d
  let z2 = z * z
  let z4 = z2 * z2
  let z6 = z4 * z2
  let base = exponential(-pi2 / (8 * z2))
  if base == 0 { return 0 }
  var sums = [0.0, 0, 0, 0]
  var evenSums = (second: 0.0, third: 0.0)
  // Terms shrink as base to the square of the index.
  for k in 1...(4 + Int(6 * z)) {
    let m2 = Double((2 * k - 1) * (2 * k - 1))
    let odd = power(base, m2)
    sums[0] += odd
    sums[1] += odd * (pi2 / 4 * m2 - z2)
    sums[2] +=
      odd
      * (6 * z6 + 2 * z4 + pi2 / 4 * (2 * z4 - 5 * z2) * m2 + pi4 / 16 * (1 - 2 * z2) * m2 * m2)
    sums[3] +=
      odd
      * (-30 * z6 - 90 * z4 * z4 + pi2 / 4 * (135 * z4 - 96 * z6) * m2
        + pi4 / 16 * (212 * z4 - 60 * z2) * m2 * m2
        + pi4 * pi2 / 64 * (5 - 30 * z2) * m2 * m2 * m2)
    let k2 = Double(k * k)
    let even = power(base, 4 * k2)
    evenSums.second += even * k2
    evenSums.third += even * k2 * (3 * z2 - pi2 * k2)
  }
  let first = rootTwoPi / z * sums[0]
  let second = rootTwoPi / (6 * z4) * sums[1]
  let third =
    rootTwoPi / (72 * z6 * z) * sums[2] - pi2 * rootTwoPi / (36 * z2 * z) * evenSums.second
  let fourth =
    rootTwoPi / (6480 * z6 * z4) * sums[3] + pi2 * rootTwoPi / (216 * z6) * evenSums.third
  let root = n.squareRoot()
  return first + second / root + third / n + fourth / (n * root)
}
