internal import Statistics

/// A parameter whose value is not known, or that one may choose: what it may be, and how likely that is.
///
/// Values are written as they would be at the key; between two of them every number is taken in between.
public struct UncertainParameter: Sendable, Hashable {
  /// Name, the key in the file.
  public var name: String
  /// Title for people.
  public var title: String
  /// Dotted paths of the keys that change together.
  public var paths: [String]
  /// What is known of the value.
  public var knowledge: Knowledge
  /// Whether the keys take whole numbers only.
  public var isWhole: Bool

  /// What can be known of a value.
  public enum Knowledge: Sendable, Hashable {
    /// It lies between two values; where one is likely, with a triangular density, else anywhere.
    case range(low: String, likely: String?, high: String)
    /// A share that was counted.
    case counted(successes: Int, of: Int)
  }

  /// Creates a parameter.
  public init(
    name: String, title: String, paths: [String], knowledge: Knowledge, isWhole: Bool = false
  ) {
    self.name = name
    self.title = title
    self.paths = paths
    self.knowledge = knowledge
    self.isWhole = isWhole
  }

  /// Observations behind it; `nil` where it is a judgement.
  public var sample: Int? {
    if case .counted(_, let count) = knowledge { count } else { nil }
  }

  /// The value that it stays below with a probability, as it would be written.
  ///
  /// A share that was counted has Jeffreys' Beta posterior; its ends are quantiles of 0.1 and 99.9 %.
  public func value(at probability: Double) -> String {
    switch knowledge {
    case .counted(let successes, let count):
      let p = min(max(probability, 0.001), 0.999)
      let share = inverseRegularizedBeta(
        Double(successes) + 0.5, Double(count - successes) + 0.5, p)
      return "\(writtenRounded(100 * share)) %"
    case .range(let low, let likely, let high):
      let parts = WrittenNumbers(low)
      guard let ends = WrittenNumbers(high).matching(parts) else { return low }
      let modes = likely.flatMap { WrittenNumbers($0).matching(parts) }
      let numbers = parts.numbers.indices.map { index -> Double in
        let (a, b) = (parts.numbers[index], ends[index])
        guard let modes, a != b else { return a + probability * (b - a) }
        let mode = min(max((modes[index] - a) / (b - a), 0), 1)
        let share =
          probability < mode
          ? (probability * mode).squareRoot()
          : 1 - ((1 - probability) * (1 - mode)).squareRoot()
        return a + share * (b - a)
      }
      return parts.text(with: isWhole ? numbers.map { $0.rounded() } : numbers)
    }
  }

  /// Why values cannot be taken in between; `nil` where they can.
  var problem: String? {
    guard case .range(let low, let likely, let high) = knowledge else { return nil }
    let parts = WrittenNumbers(low)
    guard !parts.numbers.isEmpty else { return "`\(shown(low))` has no number" }
    for other in [likely, high].compactMap(\.self)
    where WrittenNumbers(other).matching(parts) == nil {
      return "`\(shown(low))` and `\(shown(other))` differ in more than their numbers"
    }
    return nil
  }
}

/// A written value as its numbers and what stands between them.
private struct WrittenNumbers {
  var numbers: [Double] = []
  /// One more than there are numbers.
  var texts: [String] = [""]

  init(_ text: String) {
    for (position, word) in valueWords(text).enumerated() {
      let separator = position == 0 ? "" : " "
      // What begins with a letter is a name, such as p95.
      if let number = Double(word), number.isFinite, word.first?.isLetter == false {
        texts[texts.count - 1] += separator
        numbers.append(number)
        texts.append("")
      } else {
        texts[texts.count - 1] += separator + word
      }
    }
  }

  /// The numbers, where all else is as in another value.
  func matching(_ other: WrittenNumbers) -> [Double]? { texts == other.texts ? numbers : nil }

  func text(with numbers: [Double]) -> String {
    zip(texts, numbers.map(writtenRounded)).map { $0 + $1 }.joined() + (texts.last ?? "")
  }
}

/// A number to eight significant digits, as people write it.
private func writtenRounded(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return "0" }
  var scale = 1.0
  // Decimal by decimal, because logarithms of the platform differ between machines.
  while (value * scale).magnitude < 1e7, scale < 1e15 { scale *= 10 }
  while (value * scale).magnitude >= 1e8, scale > 1e-15 { scale /= 10 }
  return written((value * scale).rounded() / scale)
}
