public import Facts

/// Something in a system's own definition that says that it was made to show or test something.
public struct ExampleSign: Hashable, Sendable, Codable {
  /// What kind of sign it is.
  public var kind: Kind
  /// The name or text that says so, or how many values are set to constants.
  public var text: String
  /// Where it stands.
  public var evidence: Evidence

  /// Creates a sign.
  public init(_ kind: Kind, _ text: String, _ evidence: Evidence) {
    self.kind = kind
    self.text = text
    self.evidence = evidence
  }

  /// Kinds of sign.
  public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
    /// What it works with or answers is named a mock, dummy, stub, fake or sample.
    case named
    /// All that it does is to set values to constants.
    case constants
  }
}
