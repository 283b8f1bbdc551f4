import Statistics
import Testing

@Suite("Elementary functions")
struct ElementaryFunctionTests {
  /// Distance from the true value in units of its last place.
  func error(of value: Double, rounded: Double, residual: Double) -> Double {
    // From the smaller of the two when they lie on both sides of a power of two.
    let unit = max(rounded.ulp, Double.leastNonzeroMagnitude)
    return ((value - rounded) / unit - residual).magnitude
  }

  @Test(
    "every stored value is met within 0.6 units in the last place",
    arguments: ["exp", "log", "expm1", "log1p", "power"])
  func storedValuesAreMet(function: String) throws {
    let rows = try fixture("elementary").filter { $0[0] == function }
    #expect(rows.count >= 1100)
    var worst = (error: 0.0, row: "")
    for row in rows {
      let numbers = row[1...].dropLast().compactMap { UInt64($0, radix: 16) }
        .map(Double.init(bitPattern:))
      let residual = try #require(Double(row[row.count - 1])) / 1000
      let value =
        switch function {
        case "exp": exponential(numbers[0])
        case "log": naturalLogarithm(numbers[0])
        case "expm1": expm1(numbers[0])
        case "log1p": log1p(numbers[0])
        default: power(numbers[0], numbers[1])
        }
      let distance = error(of: value, rounded: try #require(numbers.last), residual: residual)
      if distance > worst.error { worst = (distance, row.joined(separator: " ")) }
    }
    #expect(worst.error < 0.6, "\(worst.row)")
  }

  @Test("exponential has its limits exactly")
  func exponentialLimits() {
    #expect(exponential(0) == 1)
    #expect(exponential(-0.0) == 1)
    #expect(exponential(.infinity) == .infinity)
    #expect(exponential(-.infinity) == 0)
    #expect(exponential(.nan).isNaN)
    #expect(exponential(709.782712893384) == 0x1.fffffffffff2ap+1023)
    #expect(exponential(709.782712893385) == .infinity)
    #expect(exponential(-745.1332191019411) == .leastNonzeroMagnitude)
    #expect(exponential(-745.1332191019413) == 0)
    #expect(exponential(.leastNonzeroMagnitude) == 1)
  }

  @Test("expm1 and log1p keep tiny arguments and the sign of zero")
  func tinyArgumentsPass() {
    for function in [expm1, log1p] {
      #expect(function(.leastNonzeroMagnitude) == .leastNonzeroMagnitude)
      #expect(function(0x1p-60) == 0x1p-60)
      #expect(function(0).sign == .plus)
      #expect(function(-0.0).sign == .minus)
      #expect(function(.nan).isNaN)
      #expect(function(.infinity) == .infinity)
    }
    #expect(expm1(-.infinity) == -1)
    #expect(expm1(-50) == -1)
    #expect(log1p(-1) == -.infinity)
    #expect(log1p(-1.5).isNaN)
    #expect(log1p(-.infinity).isNaN)
  }

  @Test("the logarithm has its limits exactly, also at subnormal numbers")
  func logarithmLimits() {
    #expect(naturalLogarithm(1) == 0)
    #expect(naturalLogarithm(1).sign == .plus)
    #expect(naturalLogarithm(0) == -.infinity)
    #expect(naturalLogarithm(-0.0) == -.infinity)
    #expect(naturalLogarithm(-1).isNaN)
    #expect(naturalLogarithm(-.infinity).isNaN)
    #expect(naturalLogarithm(.infinity) == .infinity)
    #expect(naturalLogarithm(.nan).isNaN)
    #expect(naturalLogarithm(.leastNonzeroMagnitude) == -744.4400719213812)
    #expect(naturalLogarithm(.greatestFiniteMagnitude) == 709.782712893384)
  }

  /// IEEE 754-2019, 9.2.1: base, exponent, power.
  static let specialPowers: [(Double, Double, Double)] = [
    (.nan, 0, 1), (1, .nan, 1), (0, 0, 1), (-2, 3, -8), (-2, 2, 4), (-2, -3, -0.125),
    (0, 3, 0), (-0.0, 3, -0.0), (-0.0, 2, 0), (0, -2, .infinity), (-0.0, -3, -.infinity),
    (-0.0, -2, .infinity), (-1, .infinity, 1), (-1, -.infinity, 1), (2, .infinity, .infinity),
    (0.5, .infinity, 0), (2, -.infinity, 0), (0.5, -.infinity, .infinity),
    (.infinity, 2, .infinity), (.infinity, -2, 0), (-.infinity, 3, -.infinity),
    (-.infinity, 2, .infinity), (-.infinity, -3, -0.0), (-.infinity, 0.5, .infinity),
    (2, 1023, 0x1p1023), (2, 1024, .infinity), (2, -1074, .leastNonzeroMagnitude),
    (2, -1080, 0), (-2, -1081, -0.0), (1.5, 0x1p70, .infinity), (0.5, 0x1p70, 0),
    (-1, 0x1p70, 1), (-1, 0x1p53 - 1, -1), (7, 1, 7), (3, 4, 81), (9, 0.5, 3), (7, 1e-30, 1),
  ]

  @Test("power keeps the special values of IEEE 754", arguments: specialPowers)
  func specialPower(base: Double, exponent: Double, expected: Double) {
    let value = power(base, exponent)
    #expect(value == expected)
    #expect(value.sign == expected.sign)
  }

  @Test("a negative base has no power for a broken exponent, nor has NaN any but zero")
  func powersThatAreNotNumbers() {
    #expect(power(-2, 0.5).isNaN)
    #expect(power(.nan, 1).isNaN)
    #expect(power(2, .nan).isNaN)
  }

  @Test("logarithm undoes exponential", arguments: 0..<100 as Range<UInt64>)
  func logarithmUndoesExponential(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let x = random.uniform(-700, 700)
      // The exponential's rounding moves the logarithm by 2^-53.
      #expect((naturalLogarithm(exponential(x)) - x).magnitude <= x.ulp + 0x1p-52)
    }
  }

  @Test("none decreases where its argument rises", arguments: 0..<100 as Range<UInt64>)
  func monotone(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      let x = random.uniform(-30, 30)
      #expect(exponential(x.nextUp) >= exponential(x))
      let y = exponential(random.uniform(-300, 300))
      #expect(naturalLogarithm(y.nextUp) >= naturalLogarithm(y))
    }
  }
}
