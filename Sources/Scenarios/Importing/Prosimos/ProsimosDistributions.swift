internal import DocumentReading
internal import Statistics

// Prosimos 2 describes a time by mean and variance, smallest and largest value. Version 1 gave the
// parameters of SciPy, shape, location and scale, then smallest and largest. The two can be told apart
// by how many there are. Either draws again until a value lies within the bounds and is not negative:
// the distribution given that it does.

extension ProsimosReading {
  /// A time as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func time(_ node: DataNode) -> String? { draw(node, of: .time)?.text }

  /// A distribution as a scenario writes it; `nil` for one that cannot be said, which is reported.
  mutating func draw(_ node: DataNode, of quantity: ImportedQuantity) -> ImportedDraw? {
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

  /// A distribution within its bounds.
  private mutating func bounded(
    _ time: ProsimosTime, _ node: DataNode, _ quantity: ImportedQuantity
  ) -> ImportedDraw? {
    do {
      let draw = try time.shape.draw(quantity, minimum: time.minimum, maximum: time.maximum)
      if draw.kept < 0.05 {
        note(
          node,
          "leaves \(plainNumber((draw.kept * 1e6).rounded() / 1e4)) % of its distribution between the "
            + "bounds; Prosimos gives up after 100 draws and takes the mean, Rehearse draws "
            + "between them")
      }
      return draw
    } catch {
      fail(node, error.message)
      return nil
    }
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
      .map { "\(durationText($0.0)) \(scenarioShare($0.1))" }
    return "discrete \(parts.joined(separator: " "))"
  }
}

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
  var shape: ImportedShape
  var minimum: Double?
  var maximum: Double?

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
      self.init(.modifiedNormal, p[3], p[4])
    default: return nil
    }
  }

  private init(_ shape: ImportedShape, _ minimum: Double? = nil, _ maximum: Double? = nil) {
    self.shape = shape
    self.minimum = minimum
    self.maximum = maximum
  }
}
