import Facts

/// A value of a scenario, and between which values it is tried.
public struct InputRange: Sendable, Hashable {
  /// Dotted path of the value.
  public var path: String
  /// The low value, as it would be written.
  public var low: String
  /// The high value, as it would be written.
  public var high: String

  /// Reads `path=low..high`, such as `teams.aml.people=2..8`; `nil` where the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let dots = parts[1].firstRange(of: "..") else { return nil }
    path = String(parts[0]).trimmed
    low = String(parts[1][..<dots.lowerBound]).trimmed
    high = String(parts[1][dots.upperBound...]).trimmed
    guard !low.isEmpty, !high.isEmpty else { return nil }
  }
}

extension InputRange: Codable {
  /// Reads what `description` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let range = InputRange(try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected PATH=LOW..HIGH")
    }
    self = range
  }

  /// Writes `description`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension InputRange: CustomStringConvertible {
  /// As it is read: `path=low..high`.
  public var description: String { "\(path)=\(low)..\(high)" }
}
