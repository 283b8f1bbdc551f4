/// How a fact came to be known.
///
/// The order is the order of precedence: the first wins a disagreement.
public enum Provenance: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Corrected by hand in the workbench.
  case corrected
  /// Measured from logs or counts.
  case measured
  /// Declared by a person in a register or scenario.
  case declared
  /// Read from the file a product exported.
  case imported
  /// Concluded by a rule of ours from other facts.
  case inferred
  /// Assumed for want of anything better; names its source.
  case assumed

  /// Rank of precedence, 0 for the strongest.
  public var rank: Int { Self.allCases.firstIndex(of: self) ?? Self.allCases.count }

  /// Stronger provenance sorts first.
  public static func < (a: Provenance, b: Provenance) -> Bool { a.rank < b.rank }
}
