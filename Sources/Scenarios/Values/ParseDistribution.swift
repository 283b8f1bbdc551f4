import Statistics

/// The families that scenarios can write, with an example each.
let distributionForms: [(name: String, example: String)] = [
  ("constant", "constant 6 min"),
  ("uniform", "uniform 2 min 4 min"),
  ("triangular", "triangular 2 min 3 min 6 min"),
  ("exponential", "exponential mean 10 min"),
  ("erlang", "erlang 2 mean 1 min"),
  ("gamma", "gamma mean 10 min cv 0.8"),
  ("lognormal", "lognormal mean 14 min cv 0.6"),
  ("weibull", "weibull shape 1.5 scale 10 min"),
  ("normal", "normal mean 10 min sd 2 min"),
  ("discrete", "discrete 5 min 80 % 20 min 20 %"),
  ("empirical", "empirical 3 min 5 min 5 min 12 min"),
]

/// Reads a distribution of times; its values are seconds.
///
/// - Parameters:
///   - clock: which clocks its durations may count by.
///   - workingDay: length of a working day in seconds.
func parseDistribution(
  _ text: String, clock: DurationClock, workingDay: Double
) throws(ValueError) -> Distribution {
  var reader = DistributionReader(
    words: valueWords(text)[...], clock: clock, workingDay: workingDay)
  let family = try reader.endings(of: try reader.family())
  if let rest = reader.words.first {
    throw ValueError("'\(shown(rest))' at its end is not understood")
  }
  let distribution: Distribution
  do {
    distribution = try Distribution(family)
  } catch {
    throw ValueError(error.description)
  }
  guard distribution.support.lowerBound >= 0 else {
    throw ValueError(
      "such times may be negative; end it with bounds, such as `between 0 s and 1 h`")
  }
  return distribution
}

/// Reads a distribution of plain numbers, which `unit` may follow.
func parseNumberDistribution(
  _ text: String, unit: String?
) throws(ValueError) -> Distribution {
  var reader = DistributionReader(
    words: valueWords(text)[...], clock: .either, workingDay: 0, isOfNumbers: true, unit: unit)
  let family = try reader.endings(of: try reader.family())
  if let rest = reader.words.first {
    let expected = unit.map { "; numbers here are in \($0)" } ?? ""
    throw ValueError("'\(shown(rest))' is not understood\(expected)")
  }
  do {
    return try Distribution(family)
  } catch {
    throw ValueError(error.description)
  }
}

private struct DistributionReader {
  var words: ArraySlice<String>
  let clock: DurationClock
  let workingDay: Double
  /// Whether plain numbers stand where otherwise durations do.
  var isOfNumbers = false
  /// Word that may follow such a number.
  var unit: String?

  mutating func family() throws(ValueError) -> Distribution.Family {
    guard let first = words.first else { throw ValueError("there is no time") }
    // A duration alone is a constant.
    if (try? parseNumber(first)) != nil { return .constant(value: try duration()) }
    words.removeFirst()
    switch first {
    case "constant": return .constant(value: try duration())
    case "uniform": return .uniform(minimum: try duration(), maximum: try duration())
    case "triangular":
      return .triangular(
        minimum: try duration(), mode: try duration(), maximum: try duration())
    case "exponential": return .exponential(mean: try duration(named: "mean"))
    case "erlang": return try erlang()
    case "gamma": return try gamma()
    case "lognormal": return try lognormal()
    case "weibull": return try weibull()
    case "normal": return try normal()
    case "discrete": return try discrete()
    case "empirical": return try empirical()
    case "beta":
      throw ValueError(
        "'\(first)' is not in version 1 of the language; use another distribution")
    default:
      let hint =
        nearestName(to: first, among: distributionForms.map(\.name))
        .map { "did you mean '\($0)'?" }
        ?? "use \(distributionForms.map(\.name).joined(separator: ", "))"
      throw ValueError("'\(shown(first))' is no number and no distribution; \(hint)")
    }
  }

  /// `plus 2 min` or `minus 2 min`, and `between 1 min and 1 h`, after a family.
  mutating func endings(of family: Distribution.Family) throws(ValueError) -> Distribution.Family {
    var result = family
    if words.first == "plus" || words.first == "minus" {
      let isUp = words.removeFirst() == "plus"
      let distance = try duration()
      result = .shifted(result, by: isUp ? distance : -distance)
    }
    if words.first == "between" {
      words.removeFirst()
      let minimum = try duration()
      try expect("and")
      result = .truncated(result, minimum: minimum, maximum: try duration())
    }
    return result
  }

  /// A duration in seconds, positive or zero.
  private mutating func duration() throws(ValueError) -> Double {
    if isOfNumbers { return try plainNumber() }
    let duration = try takeDuration(&words)
    try requireClock(duration.unit, clock)
    if duration.amount < 0 { throw ValueError("\(duration) is negative") }
    return try boundedSeconds(duration, workingDay: workingDay)
  }

  private mutating func plainNumber() throws(ValueError) -> Double {
    guard let word = words.popFirst() else { throw ValueError("a number is missing at its end") }
    let value = try parseNumber(word)
    guard value.magnitude <= 1e15 else { throw ValueError("\(shown(word)) is too large") }
    if let unit, words.first == unit { words.removeFirst() }
    return value
  }

  private mutating func duration(named name: String) throws(ValueError) -> Double {
    try expect(name)
    return try duration()
  }

  private mutating func number(named name: String) throws(ValueError) -> Double {
    try expect(name)
    guard let word = words.popFirst() else {
      throw ValueError("the number after '\(name)' is missing")
    }
    return try parseNumber(word)
  }

  private mutating func expect(_ word: String) throws(ValueError) {
    guard let found = words.popFirst() else { throw ValueError("'\(word)' is missing at its end") }
    guard found == word else {
      throw ValueError("'\(shown(found))' stands where '\(word)' is expected")
    }
  }

  private mutating func erlang() throws(ValueError) -> Distribution.Family {
    guard let word = words.popFirst() else { throw ValueError("the number of phases is missing") }
    let phases = try parseNumber(word)
    guard let count = Int(exactly: phases), 1...100_000 ~= count else {
      throw ValueError("the number of phases, \(shown(word)), is no whole number in 1 … 100000")
    }
    return .erlang(phases: count, mean: try duration(named: "mean"))
  }

  private mutating func gamma() throws(ValueError) -> Distribution.Family {
    let mean = try positiveMean()
    let variation = try number(named: "cv")
    guard variation > 0 else { throw ValueError("cv is \(written(variation)), not greater than 0") }
    let shape = 1 / (variation * variation)
    return .gamma(shape: shape, scale: mean / shape)
  }

  private mutating func weibull() throws(ValueError) -> Distribution.Family {
    let shape = try number(named: "shape")
    return .weibull(shape: shape, scale: try duration(named: "scale"))
  }

  /// A normal time; one that would often be negative is refused, unless bounds follow.
  private mutating func normal() throws(ValueError) -> Distribution.Family {
    let mean = try positiveMean()
    let deviation = try duration(named: "sd")
    guard deviation * 3 <= mean || words.contains("between") else {
      throw ValueError(
        "sd is more than a third of the mean, so that times would often be negative; "
          + "use lognormal or gamma, or give bounds by `between`")
    }
    return deviation == 0
      ? .constant(value: mean) : .truncatedNormal(mean: mean, standardDeviation: deviation)
  }

  /// Times that were seen, each as likely as any other.
  private mutating func empirical() throws(ValueError) -> Distribution.Family {
    var values: [Double] = []
    while let first = words.first, (try? parseNumber(first)) != nil {
      values.append(try duration())
    }
    guard !values.isEmpty else { throw ValueError("there are no values to draw from") }
    return .empirical(values: values)
  }

  /// Times with their shares in percent.
  private mutating func discrete() throws(ValueError) -> Distribution.Family {
    var values: [Double] = []
    var probabilities: [Double] = []
    while let first = words.first, (try? parseNumber(first)) != nil {
      values.append(try duration())
      guard let word = words.popFirst(), words.popFirst() == "%" else {
        throw ValueError("the time \(written(values[values.count - 1])) s has no share in %")
      }
      probabilities.append(try parseNumber(word) / 100)
    }
    guard !values.isEmpty else { throw ValueError("there are no times with their shares") }
    return .discrete(values: values, probabilities: probabilities)
  }

  /// By mean and coefficient of variation, or by mean and 95 % quantile.
  private mutating func lognormal() throws(ValueError) -> Distribution.Family {
    let mean = try positiveMean()
    guard let word = words.popFirst() else {
      throw ValueError("'cv' or 'p95' is missing after the mean")
    }
    let deviation: Double
    switch word {
    case "cv":
      words.insert("cv", at: words.startIndex)
      let variation = try number(named: "cv")
      guard variation >= 0 else { throw ValueError("cv is \(written(variation)), less than 0") }
      deviation = naturalLogarithm(1 + variation * variation).squareRoot()
    case "p95":
      deviation = try logDeviation(mean: mean, quantile95: try duration())
    default: throw ValueError("'\(shown(word))' stands where 'cv' or 'p95' is expected")
    }
    return .lognormal(
      logMean: naturalLogarithm(mean) - deviation * deviation / 2, logStandardDeviation: deviation)
  }

  /// Standard deviation of the logarithm from mean and 95 % quantile: the smaller root of
  /// s²/2 − z·s + ln(p95/mean) = 0, z the 95 % quantile of the standard normal distribution.
  private func logDeviation(mean: Double, quantile95: Double) throws(ValueError) -> Double {
    let z = normalQuantile(0.95)
    guard quantile95 >= mean else { throw ValueError("p95 is less than the mean") }
    let discriminant = z * z - 2 * naturalLogarithm(quantile95 / mean)
    guard discriminant >= 0 else {
      throw ValueError("p95 is more than 3.87 times the mean, which no lognormal distribution has")
    }
    return z - discriminant.squareRoot()
  }

  private mutating func positiveMean() throws(ValueError) -> Double {
    let mean = try duration(named: "mean")
    guard mean > 0 else { throw ValueError("the mean is 0") }
    return mean
  }
}

/// Refuses a unit of a clock that does not count here.
func requireClock(_ unit: ScenarioDuration.Unit, _ clock: DurationClock) throws(ValueError) {
  switch clock {
  case .calendar where unit.isWorkingTime:
    throw ValueError("'\(unit.rawValue)' counts working time where calendar time is expected")
  case .working where !unit.isWorkingTime:
    throw ValueError(
      "'\(unit.rawValue)' counts calendar time where working time is expected; "
        + "write working minutes, hours or days")
  case .work where unit == .days || unit == .weeks:
    throw ValueError("'\(unit.rawValue)' is no unit of work; write min, h or working days")
  default: break
  }
}

/// A duration in seconds; refused beyond a century, which integer time could not hold sums of.
func boundedSeconds(
  _ duration: ScenarioDuration, workingDay: Double
) throws(ValueError) -> Double {
  let seconds = duration.seconds(workingDay: workingDay)
  guard seconds.magnitude <= 3.2e9 else { throw ValueError("it is longer than a century") }
  return seconds
}
