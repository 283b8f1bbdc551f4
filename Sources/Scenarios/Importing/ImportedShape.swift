internal import Statistics

/// What the values of a distribution are.
enum ImportedQuantity {
  /// Times, in seconds.
  case time
  /// Numbers of an attribute.
  case number

  func text(_ value: Double) -> String {
    self == .time ? durationText(value) : plainNumber(value)
  }

  /// The largest that a scenario takes: of times a century.
  var largest: Double { self == .time ? 3.15e9 : 1e15 }
  var unit: String { self == .time ? " s" : "" }
}

/// A distribution as a scenario writes it.
struct ImportedDraw {
  var text: String
  /// Its value, where it always is the same.
  var constant: Double?
  /// Between which values it lies.
  var low: Double
  var high: Double
  /// Share of the distribution that lies between its bounds; 1 without any.
  var kept = 1.0
}

/// A distribution of another simulator, in seconds or as plain numbers.
enum ImportedShape {
  case constant(Double)
  case uniform(from: Double, to: Double)
  case normal(mean: Double, deviation: Double)
  case triangular(from: Double, mode: Double, to: Double)
  case exponential(scale: Double, location: Double)
  case lognormal(mean: Double, variance: Double, location: Double)
  case gamma(mean: Double, variance: Double, location: Double)
  case erlang(phases: Int, mean: Double)
  case weibull(shape: Double, scale: Double)
  case discrete([(value: Double, share: Double)])
  case modifiedNormal

  /// Without its bounds.
  private struct Plain {
    var text: String
    var distribution: Distribution
    /// The value of one that is always the same.
    var constant: Double? {
      if case .constant(let value) = distribution.family { value } else { nil }
    }
  }

  /// The distribution given that it lies between bounds and is not negative, as a scenario writes it.
  ///
  /// The text is parsed to see that a scenario takes it.
  /// - Throws: `ValueError` with what cannot be said; it goes on a sentence that names the place.
  func draw(
    _ quantity: ImportedQuantity, minimum: Double? = nil, maximum: Double? = nil
  ) throws(ValueError) -> ImportedDraw {
    let low = max(0, minimum ?? 0)
    let high = maximum ?? .infinity
    let (unit, largest) = (quantity.unit, quantity.largest)
    guard low <= high, low < largest else {
      throw ValueError(
        "has bounds between which there is no \(quantity == .time ? "time" : "number"): at least "
          + "\(plainNumber(low))\(unit), at most \(plainNumber(maximum ?? 0))\(unit)")
    }
    func constant(_ value: Double) -> ImportedDraw {
      ImportedDraw(text: quantity.text(value), constant: value, low: value, high: value)
    }
    if low == high { return constant(low) }
    do {
      let plain = try plain(quantity)
      if let value = plain.constant {
        guard low...high ~= value else {
          throw Unsayable(
            message: "is always \(plainNumber(value))\(unit), which is not within its bounds")
        }
        return constant(value)
      }
      let support = plain.distribution.support
      var text = plain.text
      var kept = 1.0
      if support.lowerBound < low || support.upperBound > high {
        let top = min(high, largest)
        kept = plain.distribution.cdf(top) - plain.distribution.cdf(low)
        if support.lowerBound < low || kept < 1 - 1e-12 {
          text += " between \(quantity.text(low)) and \(quantity.text(top))"
        }
      }
      switch quantity {
      case .time: _ = try parseDistribution(text, clock: .calendar, workingDay: 28_800)
      case .number: _ = try parseNumberDistribution(text, unit: nil)
      }
      return ImportedDraw(
        text: text, low: max(low, support.lowerBound), high: min(high, support.upperBound),
        kept: kept)
    } catch let error as Unsayable {
      throw ValueError(error.message)
    } catch let error as ValueError {
      throw ValueError("cannot be taken over: \(error.message)")
    } catch let error as DistributionError {
      throw ValueError("cannot be taken over: \(error.description)")
    } catch {
      throw ValueError("cannot be taken over")
    }
  }

  /// A whole sentence's end, as it is to be shown.
  private struct Unsayable: Error { var message: String }

  private func plain(_ quantity: ImportedQuantity) throws -> Plain {
    switch self {
    case .constant(let value): return try fixed(quantity, value)
    case .uniform(let from, let to):
      if from == to { return try fixed(quantity, from) }
      return Plain(
        text: "uniform \(quantity.text(from)) \(quantity.text(to))",
        distribution: try Distribution(.uniform(minimum: from, maximum: to)))
    case .normal(let mean, let deviation):
      if deviation == 0 { return try fixed(quantity, mean) }
      try require(mean > 0, "a normal one whose mean is not above 0 cannot be written")
      return Plain(
        text: "normal mean \(quantity.text(mean)) sd \(quantity.text(deviation))",
        distribution: try Distribution(
          .truncatedNormal(mean: mean, standardDeviation: deviation)))
    case .triangular(let from, let mode, let to):
      let parts = [from, mode, to].map(quantity.text).joined(separator: " ")
      return Plain(
        text: "triangular \(parts)",
        distribution: try Distribution(.triangular(minimum: from, mode: mode, maximum: to)))
    case .exponential(let scale, let location):
      if scale == 0 { return try fixed(quantity, location) }
      return try shifted(
        quantity, "exponential mean \(quantity.text(scale))", .exponential(mean: scale),
        by: location)
    case .lognormal(let mean, let variance, let location):
      try require(mean > 0 && variance >= 0, "its mean must be above 0, its variance 0 or more")
      if variance == 0 { return try fixed(quantity, mean + location) }
      let variation = variance.squareRoot() / mean
      let family = try Distribution.lognormal(mean: mean, coefficientOfVariation: variation).family
      return try shifted(
        quantity, "lognormal mean \(quantity.text(mean)) cv \(plainNumber(variation))", family,
        by: location)
    case .gamma(let mean, let variance, let location):
      try require(mean > 0 && variance >= 0, "its mean must be above 0, its variance 0 or more")
      if variance == 0 { return try fixed(quantity, mean + location) }
      let variation = variance.squareRoot() / mean
      let family = try Distribution.gamma(mean: mean, coefficientOfVariation: variation).family
      return try shifted(
        quantity, "gamma mean \(quantity.text(mean)) cv \(plainNumber(variation))", family,
        by: location)
    case .erlang(let phases, let mean):
      if mean == 0 { return try fixed(quantity, 0) }
      return Plain(
        text: "erlang \(phases) mean \(quantity.text(mean))",
        distribution: try Distribution(.erlang(phases: phases, mean: mean)))
    case .weibull(let shape, let scale):
      return Plain(
        text: "weibull shape \(plainNumber(shape)) scale \(quantity.text(scale))",
        distribution: try Distribution(.weibull(shape: shape, scale: scale)))
    case .discrete(let points):
      let total = points.reduce(0) { $0 + $1.share }
      let kept = points.filter { $0.share > 0 }
      try require(
        !kept.isEmpty && total > 0 && points.allSatisfy { $0.share >= 0 && $0.value >= 0 },
        "its values and their weights must be 0 or more, with some weight above 0")
      if kept.count == 1 { return try fixed(quantity, kept[0].value) }
      let shares = kept.map { $0.share / total }
      let parts = zip(kept, shares).map { "\(quantity.text($0.value)) \(scenarioShare($1))" }
      return Plain(
        text: "discrete \(parts.joined(separator: " "))",
        distribution: try Distribution(
          .discrete(values: kept.map(\.value), probabilities: shares)))
    case .modifiedNormal:
      throw ValueError(
        "the exponentially modified normal distribution is not supported; Prosimos 2 cannot read "
          + "it either, fit another one")
    }
  }

  private func fixed(_ quantity: ImportedQuantity, _ value: Double) throws -> Plain {
    try require(
      value >= 0,
      "\(quantity == .time ? "a time" : "a value") of \(plainNumber(value))\(quantity.unit) is negative"
    )
    return Plain(
      text: quantity.text(value), distribution: try Distribution(.constant(value: value)))
  }

  private func shifted(
    _ quantity: ImportedQuantity, _ text: String, _ family: Distribution.Family,
    by location: Double
  ) throws -> Plain {
    let ending =
      location == 0
      ? "" : " \(location < 0 ? "minus" : "plus") \(quantity.text(location.magnitude))"
    return Plain(
      text: text + ending, distribution: try Distribution(.shifted(family, by: location)))
  }

  private func require(_ isMet: Bool, _ message: String) throws(ValueError) {
    if !isMet { throw ValueError(message) }
  }
}

extension ImportedShape {
  /// A time that is a number of pieces of the same length, counted by a binomial variable.
  static func counts(
    binomial trials: Double, _ probability: Double, each length: Double
  ) -> ImportedShape {
    guard let count = Int(exactly: trials), 0...100_000 ~= count, 0...1 ~= probability else {
      return .discrete([])
    }
    if probability == 0 || probability == 1 { return .constant(trials * probability * length) }
    // From the most likely number outwards, so that nothing underflows.
    return counted(around: Int((trials * probability).rounded(.down)), length, to: count) {
      number in
      Double(count - number) / Double(number + 1) * probability / (1 - probability)
    }
  }

  /// A time that is a number of pieces of the same length, counted by a Poisson variable.
  static func counts(poisson mean: Double, each length: Double) -> ImportedShape {
    guard mean >= 0, mean <= 10_000 else { return .discrete([]) }
    if mean == 0 { return .constant(0) }
    return counted(around: Int(mean.rounded(.down)), length, to: .max - 1) { number in
      mean / Double(number + 1)
    }
  }

  /// Weights of numbers, from the ratio of each to the one before; what is less than 10⁻¹⁰ of the most likely
  /// is left out.
  private static func counted(
    around mode: Int, _ length: Double, to last: Int, ratio: (_ after: Int) -> Double
  ) -> ImportedShape {
    var below: [(value: Double, share: Double)] = []
    var weight = 1.0
    var number = mode
    while weight > 1e-10 {
      below.append((Double(number) * length, weight))
      guard number > 0 else { break }
      number -= 1
      weight /= ratio(number)
    }
    var points = Array(below.reversed())
    weight = 1
    number = mode
    while number < last {
      weight *= ratio(number)
      number += 1
      guard weight > 1e-10 else { break }
      points.append((Double(number) * length, weight))
    }
    let total = points.reduce(0) { $0 + $1.share }
    return .discrete(points.map { ($0.value, $0.share / total) })
  }
}
