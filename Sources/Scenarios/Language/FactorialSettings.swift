internal import Facts

/// A full factorial design among the variants: every combination of factors is one of them.
public struct FactorialSettings: Sendable, Hashable {
  /// Names of the factors, in the order in which variants name them first; two to four.
  public var factors: [String]
  /// Name of the variant of each combination: bit *i* of the index is set where it has factor *i*.
  public var variants: [String]
}

/// The factors that one variant has.
struct VariantFactors {
  /// Name of the variant.
  var variant: String
  /// Its factors; empty for `none`.
  var factors: [String]
  /// Where the file says so.
  var location: SourceLocation
}
