public import Experiments

/// What lies between two studies: their inputs, and the figures that differ.
public struct StudyChange: Encodable, Sendable {
  /// Numbers of the two.
  public var before: Int64
  /// The later.
  public var after: Int64
  /// Inputs that differ, in order.
  public var inputs: [Input]
  /// Figures of the variants that both have.
  public var figures: [Moved]
  /// Variants that only the earlier has.
  public var variantsGone: [String]
  /// Variants that only the later has.
  public var variantsNew: [String]

  /// Creates a change.
  public init(
    before: Int64, after: Int64, inputs: [Input], figures: [Moved], variantsGone: [String],
    variantsNew: [String]
  ) {
    self.before = before
    self.after = after
    self.inputs = inputs
    self.figures = figures
    self.variantsGone = variantsGone
    self.variantsNew = variantsNew
  }

  /// An input that differs.
  public struct Input: Encodable, Sendable, Hashable {
    /// What: an option, a key of the scenario, a file.
    public var what: String
    /// What it was; `nil` where it was not there.
    public var before: String?
    /// What it is; `nil` where it is not there.
    public var after: String?

    /// Creates an input.
    public init(_ what: String, before: String?, after: String?) {
      self.what = what
      self.before = before
      self.after = after
    }
  }

  /// A figure in both.
  public struct Moved: Encodable, Sendable {
    /// The variant.
    public var variant: String
    /// The figure, as in the results; `exhaustion` for the probability of exhaustion by the horizon.
    public var figure: String
    /// Its unit.
    public var unit: String
    /// What it was.
    public var before: Double
    /// What it is.
    public var after: Double
    /// Later minus earlier; `nil` where one of them has no interval.
    public var change: IndependentDifference?
    /// Whether it moved by more than noise; `nil` likewise.
    public var isClear: Bool? { change?.isClear }

    /// Creates a figure.
    public init(
      variant: String, figure: String, unit: String, before: Double, after: Double,
      change: IndependentDifference?
    ) {
      self.variant = variant
      self.figure = figure
      self.unit = unit
      self.before = before
      self.after = after
      self.change = change
    }

    private enum CodingKeys: CodingKey {
      case variant, figure, unit, before, after, change, isClear
    }

    /// Writes the verdict beside the numbers.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(variant, forKey: .variant)
      try container.encode(figure, forKey: .figure)
      try container.encode(unit, forKey: .unit)
      try container.encode(before, forKey: .before)
      try container.encode(after, forKey: .after)
      try container.encodeIfPresent(change, forKey: .change)
      try container.encodeIfPresent(isClear, forKey: .isClear)
    }
  }
}

/// What lies between two studies, for a terminal.
public func studyChangeText(_ change: StudyChange, style: TextStyle = .plain) -> String {
  var text = style.strong("Inputs of study \(change.after) that differ from study \(change.before)")
  text += "\n"
  if change.inputs.isEmpty { text += "  none\n" }
  for input in change.inputs {
    text += wrapped(
      "\(input.what): \(input.before ?? "nothing") → \(input.after ?? "nothing")", width: 110,
      indent: "  ", next: "    ")
  }
  for (label, names) in [
    ("Variants that are gone", change.variantsGone), ("Variants that are new", change.variantsNew),
  ] where !names.isEmpty {
    text += wrapped("\(label): \(names.joined(separator: ", "))", indent: "  ", next: "    ")
  }
  let clear = change.figures.filter { $0.isClear == true }
  text += "\n" + style.strong("Figures that moved by more than noise") + "\n"
  if clear.isEmpty {
    text += "  none of \(change.figures.count)\n"
  } else {
    var table = TextTable(
      heads: ["variant", "figure", "was", "is", "change", ""], numbers: [2, 3, 4])
    for moved in clear { table.add(cells(moved)) }
    text += table.text(style)
    let others = change.figures.count - clear.count
    if others > 0 { text += "  \(others) others did not, or cannot be told from noise.\n" }
  }
  return text + "\n"
    + style.quiet("Brackets: 95 % intervals of the difference of two independent estimates.") + "\n"
}

private func cells(_ moved: StudyChange.Moved) -> [String] {
  let title = Figure(rawValue: moved.figure)?.title ?? "Probability of exhaustion"
  guard let change = moved.change else { return [moved.variant, title] }
  let shown = MovedText(moved, change)
  return [moved.variant, title, shown.before, shown.after, shown.difference, shown.interval]
}

/// A figure of two studies, rounded to what the interval of their difference supports.
package struct MovedText: Sendable {
  /// What it was, with its unit.
  package var before: String
  /// What it is, with its unit.
  package var after: String
  /// Later minus earlier, with its sign.
  package var difference: String
  /// The interval of the difference, in brackets.
  package var interval: String

  /// The texts of a figure and its change.
  package init(_ moved: StudyChange.Moved, _ change: IndependentDifference) {
    let isShare = moved.unit == "share"
    let factor = isShare ? 100.0 : 1
    let supported = supportedDecimals(
      halfWidth: factor * (change.upper - change.lower) / 2, value: factor * change.difference)
    let decimals = max(0, supported)
    func number(_ value: Double) -> String { numberText(factor * value, decimals: decimals) }
    let unit = isShare ? "%" : moved.unit
    before = "\(number(moved.before)) \(unit)"
    after = "\(number(moved.after)) \(unit)"
    difference = (change.difference > 0 ? "+" : "") + number(change.difference)
    interval = "(\(rangeText(number(change.lower), number(change.upper))))"
  }
}
