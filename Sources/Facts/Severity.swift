/// How bad a problem or a finding is, worst first.
public enum Severity: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
  /// Must not stay as it is.
  case critical
  /// Should be mended soon.
  case high
  /// Should be mended.
  case medium
  /// Worth knowing and cheap to mend.
  case low
  /// A remark.
  case info

  /// Worse sorts first.
  public static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
