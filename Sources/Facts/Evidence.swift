/// Where a fact comes from: how it is known, in which file and place, and a remark.
public struct Evidence: Hashable, Sendable, Codable, Comparable {
  /// How the fact is known.
  public var provenance: Provenance
  /// The place that says so.
  public var location: SourceLocation
  /// Why it was concluded, or from where it was assumed; `nil` where the place speaks for itself.
  public var note: String?

  /// Creates evidence.
  public init(_ provenance: Provenance, _ location: SourceLocation, note: String? = nil) {
    self.provenance = provenance
    self.location = location
    self.note = note
  }

  /// Orders by precedence, then by place.
  public static func < (a: Evidence, b: Evidence) -> Bool {
    (a.provenance, a.location, a.note ?? "") < (b.provenance, b.location, b.note ?? "")
  }
}
