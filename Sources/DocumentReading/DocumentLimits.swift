import Facts

/// How much one document may ask of the machine before it is refused.
public struct DocumentLimits: Hashable, Sendable {
  /// Largest document, in bytes.
  public var bytes: Int
  /// Deepest nesting of elements, objects and arrays; libxml2 itself stops at 256.
  public var depth: Int
  /// Most elements, attributes, members, items and cells of one document, aliases expanded.
  public var nodes: Int
  /// Most members of one archive.
  public var archiveMembers: Int
  /// Most bytes all members of one archive may unpack to.
  public var expandedBytes: Int
  /// Largest ratio of unpacked to packed size; small archives (below 16 MiB unpacked) are exempt.
  public var compressionRatio: Int

  /// Creates limits; what is not given is as in `standard`.
  public init(
    bytes: Int = 256 << 20, depth: Int = 250, nodes: Int = 5_000_000,
    archiveMembers: Int = 20_000, expandedBytes: Int = 1 << 30, compressionRatio: Int = 200
  ) {
    self.bytes = bytes
    self.depth = depth
    self.nodes = nodes
    self.archiveMembers = archiveMembers
    self.expandedBytes = expandedBytes
    self.compressionRatio = compressionRatio
  }

  /// Limits that real exports stay far below (256 MiB, depth 250, 5 million nodes, 20 000 members,
  /// 1 GiB unpacked, ratio 200): our choice, from the sizes of public samples.
  public static let standard = DocumentLimits()

  /// Refuses a document of too many bytes.
  func checkSize(_ count: Int, path: String) throws(DocumentError) {
    guard count > bytes else { return }
    throw DocumentError(
      .tooLarge,
      "the document has \(count) bytes, more than the limit of \(bytes); split it or raise the limit",
      at: SourceLocation(path: path))
  }

  /// The refusal of a document with too many nodes.
  func tooManyNodes(at location: SourceLocation) -> DocumentError {
    DocumentError(
      .tooLarge, "the document has more than \(nodes) nodes; split it or raise the limit",
      at: location)
  }

  /// The refusal of a document nested too deeply.
  func tooDeep(at location: SourceLocation) -> DocumentError {
    DocumentError(
      .tooDeep, "the document is nested more than \(depth) levels deep, which no product does",
      at: location)
  }
}
