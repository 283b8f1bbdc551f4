import Statistics
import Testing

@Suite("Special functions")
struct SpecialFunctionTests {
  /// Values by mpmath with 140 bits.
  @Test(
    "every stored value is met within 1e-12 relative",
    arguments: [
      "normalCDF", "normalQuantile", "logGamma", "gamma", "inverseGamma", "beta", "inverseBeta",
      "studentTCDF", "studentTQuantile",
    ])
  func storedValuesAreMet(function: String) throws {
    let rows = try fixture("special").filter { $0[0] == function }
    #expect(rows.count >= 100)
    var worst = (error: 0.0, row: "")
    for row in rows {
      let numbers = row[1...].compactMap(Double.init)
      let (n, values): (Int, [Double]) =
        switch function {
        case "normalCDF": (1, [normalCDF(numbers[0])])
        case "normalQuantile": (1, [normalQuantile(numbers[0])])
        case "logGamma": (1, [logGamma(numbers[0])])
        case "gamma":
          (
            2,
            [
              regularizedGamma(shape: numbers[0], numbers[1]).lower,
              regularizedGamma(shape: numbers[0], numbers[1]).upper,
            ]
          )
        case "inverseGamma": (2, [inverseRegularizedGamma(shape: numbers[0], numbers[1])])
        case "beta":
          (
            3,
            [
              regularizedBeta(numbers[0], numbers[1], numbers[2]).lower,
              regularizedBeta(numbers[0], numbers[1], numbers[2]).upper,
            ]
          )
        case "inverseBeta": (3, [inverseRegularizedBeta(numbers[0], numbers[1], numbers[2])])
        case "studentTCDF": (2, [studentTCDF(numbers[1], degreesOfFreedom: numbers[0])])
        default: (2, [studentTQuantile(numbers[1], degreesOfFreedom: numbers[0])])
        }
      #expect(numbers.count == n + values.count)
      for (value, expected) in zip(values, numbers[n...]) where expected.magnitude > 1e-300 {
        let error = relativeError(value, expected)
        if error > worst.error { worst = (error, row.joined(separator: " ")) }
      }
    }
    #expect(worst.error < 1e-12, "\(worst.row)")
  }

  /// Degrees of freedom and the quantiles 0.95, 0.975 and 0.995 as printed tables have them.
  static let tTable: [(Double, [Double])] = [
    (1, [6.3138, 12.7062, 63.6567]), (4, [2.1318, 2.7764, 4.6041]), (9, [1.8331, 2.2622, 3.2498]),
    (19, [1.7291, 2.0930, 2.8609]), (29, [1.6991, 2.0452, 2.7564]),
    (49, [1.6766, 2.0096, 2.6800]), (99, [1.6604, 1.9842, 2.6264]),
  ]

  @Test("the t table is met to its four decimals", arguments: tTable)
  func tTableIsMet(degreesOfFreedom: Double, row: [Double]) {
    for (p, printed) in zip([0.95, 0.975, 0.995], row) {
      let value = studentTQuantile(p, degreesOfFreedom: degreesOfFreedom)
      #expect((value - printed).magnitude <= 0.5001e-4)
    }
  }

  @Test("a quantile undoes its distribution function", arguments: 0..<100 as Range<UInt64>)
  func quantilesUndo(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<10 {
      let p = random.uniform()
      let shape = exponential(random.uniform(-1, 6))
      let other = exponential(random.uniform(-1, 6))
      #expect(relativeError(normalCDF(normalQuantile(p)), p) < 1e-13)
      let gamma = regularizedGamma(shape: shape, inverseRegularizedGamma(shape: shape, p))
      #expect(relativeError(gamma.lower, p) < 1e-12)
      let beta = regularizedBeta(shape, other, inverseRegularizedBeta(shape, other, p))
      #expect(relativeError(beta.lower, p) < 1e-11)
      let t = studentTQuantile(p, degreesOfFreedom: shape)
      #expect(relativeError(studentTCDF(t, degreesOfFreedom: shape), p) < 1e-12)
    }
  }

  @Test("limits are exact and impossible arguments give NaN")
  func limits() {
    #expect(normalCDF(0) == 0.5)
    #expect(normalCDF(.infinity) == 1)
    #expect(normalCDF(-.infinity) == 0)
    #expect(normalQuantile(0.5) == 0)
    #expect(normalQuantile(0) == -.infinity)
    #expect(normalQuantile(1) == .infinity)
    #expect(logGamma(1) == 0)
    #expect(logGamma(2) == 0)
    #expect(logGamma(0) == .infinity)
    #expect(regularizedGamma(shape: 2, 0) == (0, 1))
    #expect(regularizedGamma(shape: 2, .infinity) == (1, 0))
    #expect(inverseRegularizedGamma(shape: 2, 0) == 0)
    #expect(inverseRegularizedGamma(shape: 2, 1) == .infinity)
    #expect(regularizedBeta(2, 3, 0) == (0, 1))
    #expect(regularizedBeta(2, 3, 1) == (1, 0))
    #expect(inverseRegularizedBeta(2, 3, 0) == 0)
    #expect(inverseRegularizedBeta(2, 3, 1) == 1)
    #expect(studentTCDF(0, degreesOfFreedom: 7) == 0.5)
    #expect(studentTQuantile(0.5, degreesOfFreedom: 7) == 0)
    #expect(studentTQuantile(1, degreesOfFreedom: 7) == .infinity)
    #expect(twoSidedTPValue(0, degreesOfFreedom: 7) == 1)
    for value in [
      normalCDF(.nan), normalQuantile(-0.1), normalQuantile(1.1), normalQuantile(.nan),
      logGamma(-1), logGamma(.nan), regularizedGamma(shape: -1, 2).lower,
      regularizedGamma(shape: 1, .nan).upper, inverseRegularizedGamma(shape: 1, 1.5),
      regularizedBeta(0, 1, 0.5).lower, inverseRegularizedBeta(1, 1, .nan),
      studentTCDF(1, degreesOfFreedom: 0), studentTCDF(.nan, degreesOfFreedom: 3),
      studentTQuantile(0.3, degreesOfFreedom: -2), twoSidedTPValue(.nan, degreesOfFreedom: 3),
    ] { #expect(value.isNaN) }
  }

  /// Chi-square with two degrees of freedom is exponential; I(1, b; x) = 1 − (1 − x)^b.
  @Test("where a closed form exists it is met", arguments: 0..<50 as Range<UInt64>)
  func closedForms(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let x = exponential(random.uniform(-8, 5))
    #expect(relativeError(regularizedGamma(shape: 1, x).upper, exponential(-x)) < 1e-12)
    let (b, y) = (random.uniform(0.1, 50), random.uniform())
    #expect(relativeError(regularizedBeta(1, b, y).lower, -expm1(b * log1p(-y))) < 1e-12)
    // Half-integer gamma is the normal distribution squared.
    let z = random.uniform(0, 8)
    let twoSided = 2 * normalSurvival(z)
    #expect(relativeError(regularizedGamma(shape: 0.5, z * z / 2).upper, twoSided) < 1e-12)
  }
}
