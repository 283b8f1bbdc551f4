/// Something wrong within one decision table.
struct TableFlaw {
  enum Kind: Int, CaseIterable {
    /// Two rules match one case, of which only one may count, and say different things.
    case contradiction
    /// Two rules match one case, which the hit policy forbids; whether they say the same is not known.
    case undecided
    /// A rule that never counts, since others always come before it.
    case shadowed
    /// Two rules match one case, which the hit policy forbids, and say the same.
    case overlap
    /// Two rules ask and say the same.
    case duplicate
    /// A rule that no case can match.
    case impossible
    /// Rules of which each matches cases of the other, and only their order says which counts.
    case masked
    /// No rule matches a case that is to be expected.
    case gap
  }

  let kind: Kind
  /// How often it was found, at least where `isLowerBound`.
  var count: Double
  var isLowerBound = false
  /// The rules of the first instances, each with those that it is at odds with; empty for a gap.
  var instances: [[Int]] = []
  /// A case, each input with a value; empty where every case will do.
  var values: [String] = []
  /// Whether the case has neither `null` nor values that no test mentions.
  var isPlain = true

  /// The rules of the first instance.
  var rules: [Int] { instances.first ?? [] }
}
