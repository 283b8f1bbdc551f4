public import Facts

/// One value that a scenario runs with: what is written, what it means, where it comes from.
public struct ParameterRecord: Hashable, Sendable, Codable {
  /// Dotted path as written, such as `guardrails.creditworthiness.fires`.
  public var path: String
  /// The value as written, or the default as it would be written.
  public var text: String
  /// The value in `unit`, where it is one number; a distribution's mean.
  public var value: Double?
  /// Unit of `value`, such as `s`, `EUR/h`, `1` for shares; empty where there is no number.
  public var unit: String
  /// How it is known.
  public var provenance: Provenance
  /// Source of the value or reason of the assumption; `nil` where none is given.
  public var note: String?
  /// Number of observations behind it; `nil` where not given.
  public var sample: Int?
  /// Where it is written; for a default, the section it is missing from.
  public var location: SourceLocation
  /// Whether nobody wrote it and the program supplied it.
  ///
  /// No part of a study's JSON, where the note of a default says so.
  public var isDefault = false

  /// Creates a record.
  public init(
    path: String, text: String, value: Double? = nil, unit: String = "", provenance: Provenance,
    note: String? = nil, sample: Int? = nil, location: SourceLocation, isDefault: Bool = false
  ) {
    self.path = path
    self.text = text
    self.value = value
    self.unit = unit
    self.provenance = provenance
    self.note = note
    self.sample = sample
    self.location = location
    self.isDefault = isDefault
  }

  private enum CodingKeys: String, CodingKey {
    case path, text, value, unit, provenance, note, sample, location
  }
}
