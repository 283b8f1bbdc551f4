internal import DocumentReading
internal import Statistics

// Prosimos 2 describes a time by mean and variance, smallest and largest value. Version 1 gave the
// parameters of SciPy, shape, location and scale, then smallest and largest. The two can be told apart
// by how many there are. Either draws again until a value lies within the bounds and is not negative:
// the distribution given that it does.

/// What the values of a distribution are.
enum ProsimosQuantity {
  /// Times, in seconds.
  case time
  /// Numbers of an attribute.
  case number

  func text(_ value: Double) -> String {
    self == .time ? durationText(value) : plainNumber(value)
  }

  /// The largest that a scenario takes: of times a century.
  var largest: Double { self == .time ? longestTime : 1e15 }
  var unit: String { self == .time ? " s" : "" }
}

/// A distribution as a scenario writes it.
struct ProsimosDraw {
  var text: String
  /// Its value, where it always is the same.
  var constant: Double?
  /// Between which values it lies.
  var low: Double
  var high: Double
}

extension ProsimosReading {
  /// A time as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func time(_ node: DataNode) -> String? { draw(node, of: .time)?.text }

  /// A distribution as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func draw(_ node: DataNode, of quantity: ProsimosQuantity) -> ProsimosDraw? {
    guard let name = text(node, "distribution_name"),
      let family = DistributionName(rawValue: name.lowercased())
    else {
      if let odd = node["distribution_name"], odd.text?.isEmpty == false {
        fail(
          odd,
          "is '\(shown(odd.text ?? ""))', which is no distribution that Prosimos has; known are "
            + DistributionName.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return nil
    }
    guard let list = node["distribution_params"] else {
      missing("distribution_params", node)
      return nil
    }
    guard let items = list.array else {
      fail(list, "is \(list.kindName); expected a list of numbers")
      return nil
    }
    var parameters: [Double] = []
    for item in items {
      guard let value = number(item["value"] ?? item) else { return nil }
      parameters.append(value)
    }
    guard let time = ProsimosTime(family, parameters) else {
      fail(list, "has \(parameters.count) numbers; \(family.rawValue) takes \(family.parameters)")
      return nil
    }
    return bounded(time, list, quantity)
  }

  /// A distribution within its bounds, whose text is parsed to see that it can be.
  private mutating func bounded(
    _ time: ProsimosTime, _ node: DataNode, _ quantity: ProsimosQuantity
  ) -> ProsimosDraw? {
    let low = max(0, time.minimum ?? 0)
    let high = time.maximum ?? .infinity
    let (unit, largest) = (quantity.unit, quantity.largest)
    guard low <= high, low < largest else {
      fail(
        node,
        "has bounds between which there is no \(quantity == .time ? "time" : "number"): at least "
          + "\(plainNumber(low))\(unit), at most \(plainNumber(time.maximum ?? 0))\(unit)")
      return nil
    }
    func constant(_ value: Double) -> ProsimosDraw {
      ProsimosDraw(text: quantity.text(value), constant: value, low: value, high: value)
    }
    do {
      if low == high { return constant(low) }
      let plain = try time.plain(quantity)
      if let value = plain.constant {
        guard low...high ~= value else {
          fail(node, "is always \(plainNumber(value))\(unit), which is not within its bounds")
          return nil
        }
        return constant(value)
      }
      let support = plain.distribution.support
      var text = plain.text
      if support.lowerBound < low || support.upperBound > high {
        let top = min(high, largest)
        let kept = plain.distribution.cdf(top) - plain.distribution.cdf(low)
        if support.lowerBound < low || kept < 1 - 1e-12 {
          text += " between \(quantity.text(low)) and \(quantity.text(top))"
        }
        if kept < 0.05 {
          note(
            node,
            "leaves \(plainNumber((kept * 1e6).rounded() / 1e4)) % of its distribution between the "
              + "bounds; Prosimos gives up after 100 draws and takes the mean, Rehearse draws "
              + "between them")
        }
      }
      switch quantity {
      case .time: _ = try parseDistribution(text, clock: .calendar, workingDay: 28_800)
      case .number: _ = try parseNumberDistribution(text, unit: nil)
      }
      return ProsimosDraw(
        text: text, low: max(low, support.lowerBound), high: min(high, support.upperBound))
    } catch let error as ValueError {
      fail(node, "cannot be taken over: \(error.message)")
    } catch let error as DistributionError {
      fail(node, "cannot be taken over: \(error.description)")
    } catch {
      fail(node, "cannot be taken over")
    }
    return nil
  }

  /// Times between arrivals; also by a histogram.
  mutating func readArrivals(_ node: DataNode) -> String? {
    guard node["distribution_name"]?.text == "histogram_sampling" else {
      guard let text = time(node) else { return nil }
      guard let gap = try? parseDistribution(text, clock: .calendar, workingDay: 28_800),
        gap.mean > 0
      else {
        fail(node, "lets all cases come at once; expected times with a mean above 0")
        return nil
      }
      return text
    }
    guard let histogram = node["histogram_data"] else {
      missing("histogram_data", node)
      return nil
    }
    let bounds = list(histogram, "cdf", of: "probabilities")
    let middles = list(histogram, "bin_midpoints", of: "times")
    let cumulative = bounds.compactMap { number($0) }
    let times = middles.compactMap { number($0) }
    guard cumulative.count == bounds.count, times.count == middles.count else { return nil }
    var shares: [Double] = []
    for (index, value) in cumulative.enumerated() {
      shares.append(value - (index == 0 ? 0 : cumulative[index - 1]))
    }
    guard !times.isEmpty, times.count == shares.count, shares.allSatisfy({ $0 >= 0 }),
      times.allSatisfy({ $0 >= 0 }), abs((cumulative.last ?? 0) - 1) <= 1e-6
    else {
      fail(
        histogram,
        "is no histogram of times: expected as many times, 0 or more, as probabilities that rise "
          + "to 1")
      return nil
    }
    let parts = zip(times, shares).filter { $0.1 > 0 }
      .map { "\(durationText($0.0)) \(shareText($0.1))" }
    return "discrete \(parts.joined(separator: " "))"
  }
}

/// A century, the longest time that a scenario takes, in seconds.
private let longestTime = 3.15e9

/// Distributions by the names that Prosimos gives them.
private enum DistributionName: String, CaseIterable {
  case fix, uniform, norm, triang, expon, lognorm, gamma, exponnorm

  /// Which numbers it takes, in words.
  var parameters: String {
    switch self {
    case .fix: "the value"
    case .uniform: "smallest and largest value, or location, scale, smallest and largest value"
    case .norm: "mean, standard deviation, smallest and largest value"
    case .triang: "mode (as a share of the scale), location, scale, smallest and largest value"
    case .expon:
      "mean, smallest and largest value, or location, scale, smallest and largest value"
    case .lognorm:
      "mean, variance, smallest and largest value, or sigma, location, scale, smallest and largest "
        + "value"
    case .gamma:
      "mean, variance, smallest and largest value, or shape, location, scale, smallest and largest "
        + "value"
    case .exponnorm: "K, location, scale, smallest and largest value"
    }
  }
}

/// A distribution of Prosimos, from its numbers.
private struct ProsimosTime {
  var shape: Shape
  var minimum: Double?
  var maximum: Double?

  enum Shape {
    case constant(Double)
    case uniform(from: Double, to: Double)
    case normal(mean: Double, deviation: Double)
    case triangular(from: Double, mode: Double, to: Double)
    case exponential(scale: Double, location: Double)
    case lognormal(mean: Double, variance: Double, location: Double)
    case gamma(mean: Double, variance: Double, location: Double)
    case modifiedNormal(mean: Double, deviation: Double, tail: Double)
  }

  /// `nil` where the numbers are not as many as any version has.
  init?(_ name: DistributionName, _ p: [Double]) {
    switch (name, p.count) {
    case (.fix, 1...): self.init(.constant(p[0]))
    case (.uniform, 2): self.init(.uniform(from: p[0], to: p[1]))
    case (.uniform, 4): self.init(.uniform(from: p[0], to: p[0] + p[1]), p[2], p[3])
    case (.norm, 4): self.init(.normal(mean: p[0], deviation: p[1]), p[2], p[3])
    case (.triang, 5):
      self.init(.triangular(from: p[1], mode: p[1] + p[0] * p[2], to: p[1] + p[2]), p[3], p[4])
    case (.expon, 3):
      // Version 2 takes the mean for the scale where it is less than the smallest value.
      let scale = p[0] < p[1] ? p[0] : p[0] - p[1]
      self.init(.exponential(scale: scale, location: p[1]), p[1], p[2])
    case (.expon, 4): self.init(.exponential(scale: p[1], location: p[0]), p[2], p[3])
    case (.lognorm, 4):
      self.init(.lognormal(mean: p[0], variance: p[1], location: 0), p[2], p[3])
    case (.lognorm, 5):
      let mean = p[2] * exponential(p[0] * p[0] / 2)
      self.init(
        .lognormal(mean: mean, variance: mean * mean * expm1(p[0] * p[0]), location: p[1]),
        p[3], p[4])
    case (.gamma, 4): self.init(.gamma(mean: p[0], variance: p[1], location: 0), p[2], p[3])
    case (.gamma, 5):
      self.init(
        .gamma(mean: p[0] * p[2], variance: p[0] * p[2] * p[2], location: p[1]), p[3], p[4])
    case (.exponnorm, 5):
      self.init(
        .modifiedNormal(mean: p[1], deviation: p[2], tail: p[0] * p[2]), p[3], p[4])
    default: return nil
    }
  }

  private init(_ shape: Shape, _ minimum: Double? = nil, _ maximum: Double? = nil) {
    self.shape = shape
    self.minimum = minimum
    self.maximum = maximum
  }

  /// A time without its bounds.
  struct Plain {
    var text: String
    var distribution: Distribution
    /// The value of a time that is always the same.
    var constant: Double? {
      if case .constant(let value) = distribution.family { value } else { nil }
    }
  }

  func plain(_ quantity: ProsimosQuantity) throws -> Plain {
    switch shape {
    case .constant(let value): return try fixed(quantity, value)
    case .uniform(let from, let to):
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
    case .modifiedNormal:
      throw ValueError(
        "the exponentially modified normal distribution is not supported; Prosimos 2 cannot read "
          + "it either, fit another one")
    }
  }

  private func fixed(_ quantity: ProsimosQuantity, _ value: Double) throws -> Plain {
    try require(
      value >= 0,
      "\(quantity == .time ? "a time" : "a value") of \(plainNumber(value))\(quantity.unit) is negative"
    )
    return Plain(
      text: quantity.text(value), distribution: try Distribution(.constant(value: value)))
  }

  private func shifted(
    _ quantity: ProsimosQuantity, _ text: String, _ family: Distribution.Family,
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
