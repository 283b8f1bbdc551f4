public import Statistics

/// What is known of a case: an amount, a segment, a flag, drawn when it arrives.
///
/// A value is kept as one number: itself, the position among the categories, or 0 and 1 for false and
/// true. The draw is keyed by the attribute's name and the case, so that a case has the same attributes
/// in every variant.
public struct AttributeModel: Sendable, Hashable {
  /// Name.
  public var name: String
  /// What values it can have.
  public var domain: Domain
  /// How its value is drawn on arrival.
  public var value: Value
  /// Its dependence on one attribute before it; `nil` for none.
  public var correlation: Correlation?

  /// Kinds of attribute.
  public enum Domain: Sendable, Hashable {
    /// A number.
    case number
    /// One of several names; kept as their position.
    case categories([String])
    /// True or false; kept as 1 or 0.
    case boolean
  }

  /// How a value is drawn.
  public enum Value: Sendable, Hashable {
    /// In the same way for all cases.
    case drawn(AttributeDraw)
    /// In the way that the value of an attribute before it says: one draw for each of its values.
    ///
    /// That attribute has categories, or is boolean: then the draws are those for false and true.
    case given(attribute: Int, [AttributeDraw])
  }

  /// A Gaussian copula: the normal scores of two attributes have this correlation.
  public struct Correlation: Sendable, Hashable {
    /// Index of the other attribute, which stands before this one.
    public var attribute: Int
    /// Correlation of the normal scores, in −1...1.
    public var coefficient: Double

    /// Creates a correlation.
    public init(attribute: Int, coefficient: Double) {
      self.attribute = attribute
      self.coefficient = coefficient
    }

    /// Creates the one that gives continuous values a rank correlation (Spearman's), in −1...1.
    ///
    /// coefficient = 2 sin(π·rank/6); Kruskal, *Ordinal measures of association*, JASA 53 (1958),
    /// doi:10.1080/01621459.1958.10501481.
    public init(attribute: Int, rank: Double) {
      let angle = Double.pi * min(1, max(-1, rank)) / 6
      // The series is exact to the last bits for |angle| ≤ π/6, and the same on every processor.
      var term = angle
      var sine = angle
      for n in 1...9 {
        term *= -angle * angle / Double(2 * n * (2 * n + 1))
        sine += term
      }
      self.init(attribute: attribute, coefficient: min(1, max(-1, 2 * sine)))
    }
  }

  /// Creates an attribute.
  public init(name: String, domain: Domain, value: Value, correlation: Correlation? = nil) {
    self.name = name
    self.domain = domain
    self.value = value
    self.correlation = correlation
  }

  /// Number of its values, for attributes that others can be given by; `nil` for numbers.
  public var valueCount: Int? {
    switch domain {
    case .number: nil
    case .categories(let names): names.count
    case .boolean: 2
    }
  }

  /// A value as people write it.
  public func text(of value: Double) -> String {
    switch domain {
    case .number: "\(value)"
    case .categories(let names):
      names.indices.contains(Int(value)) ? names[Int(value)] : "\(value)"
    case .boolean: value == 0 ? "false" : "true"
    }
  }
}

/// A way to draw a value, by inversion of one uniform number.
public enum AttributeDraw: Sendable, Hashable {
  /// A number.
  case number(CompiledSampler)
  /// A position with the share of each, which sum to 1; for booleans those of false and true.
  case position(shares: [Double])

  /// A number of a distribution; some add to `table`, as `SampledTime` says.
  public static func number(
    _ distribution: Distribution, table: inout SamplerTable
  ) -> AttributeDraw {
    .number(CompiledSampler(distribution, table: &table))
  }

  /// Always the same value, of any kind of attribute.
  public static func constant(_ value: Double) -> AttributeDraw {
    guard let distribution = try? Distribution(.constant(value: value)) else {
      preconditionFailure("a constant attribute is a finite number")
    }
    var table = SamplerTable()
    return .number(distribution, table: &table)
  }
}

/// A new value that an activity gives an attribute when it is done.
public struct AttributeUpdate: Sendable, Hashable {
  /// Index of the attribute.
  public var attribute: Int
  /// How the value is drawn.
  public var draw: AttributeDraw

  /// Creates an update.
  public init(attribute: Int, draw: AttributeDraw) {
    self.attribute = attribute
    self.draw = draw
  }
}
