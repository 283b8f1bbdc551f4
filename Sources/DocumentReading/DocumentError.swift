public import Facts

/// Why a document could not be read, and where.
///
/// Messages name identifiers and positions, never the content of the document.
public struct DocumentError: Error, Hashable, Sendable {
  /// What kind of trouble it is.
  public var kind: Kind
  /// One sentence: what was found, what was expected, what to do.
  public var message: String
  /// Where.
  public var location: SourceLocation

  /// Creates an error.
  public init(_ kind: Kind, _ message: String, at location: SourceLocation) {
    self.kind = kind
    self.message = message
    self.location = location
  }

  /// Kinds of trouble with a document.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The file cannot be opened, or is protected.
    case unreadable
    /// The content breaks the rules of its format.
    case malformed
    /// The content ends too early.
    case truncated
    /// A limit on size or number is exceeded.
    case tooLarge
    /// Elements are nested beyond the limit.
    case tooDeep
    /// The content would do harm if it were expanded or unpacked.
    case hostile
    /// The bytes are not text in the encoding that is declared or expected.
    case wrongEncoding
  }
}

extension DocumentError: CustomStringConvertible {
  /// `path:line:column: message`.
  public var description: String {
    let position = location.position.map { ":\($0)" } ?? ""
    return "\(location.path)\(position): \(message)"
  }
}
