public import DocumentReading
internal import Facts

/// How a log is to be read, where guessing is not enough.
public struct EventLogOptions: Sendable, Hashable {
  /// Columns named by the user; the others are guessed.
  public var columns: [LogPart: String]
  /// Of OCEL, the object type whose objects are the cases; `nil` for the one that most events have.
  public var objectType: String?
  /// Bounds on the file.
  public var limits: DocumentLimits

  /// Creates options.
  public init(
    columns: [LogPart: String] = [:], objectType: String? = nil,
    limits: DocumentLimits = eventLogLimits
  ) {
    self.columns = columns
    self.objectType = objectType
    self.limits = limits
  }
}

/// Bounds on a log: 2 GiB, 200 million fields; our choice, from ten million events of twenty columns.
public let eventLogLimits = DocumentLimits(
  bytes: 2_147_000_000, nodes: 200_000_000, expandedBytes: 2_147_000_000, compressionRatio: 1000)

/// Reads an event log: CSV, XES (IEEE 1849) or OCEL in JSON, XML, SQLite or CSV, packed by gzip or not.
///
/// The format is recognised by content. Records that cannot be read are left out and counted.
/// - Throws: `DocumentError` where there is nothing to be read: no known format, no columns for case,
///   activity and time, or no record that can be used.
public func readEventLog(
  _ bytes: [UInt8], path: String, options: EventLogOptions = EventLogOptions()
) throws(DocumentError) -> EventLog {
  let content = isGzip(bytes) ? try expandGzip(bytes, path: path, limits: options.limits) : bytes
  // The marks of an encoding stand before everything else; UTF-16 has a byte of 0 beside each of the first ones.
  let start = content.first {
    ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF, 0xFE, 0xFF, 0x00].contains($0)
  }
  let log: EventLog
  switch start {
  case _ where SQLiteTables.areDatabase(content):
    log = try readOCELDatabase(content, path: path, options: options)
  case nil:
    throw DocumentError(
      .truncated, "the file is empty where an event log was expected; export it again",
      at: SourceLocation(path: path))
  case UInt8(ascii: "<"): log = try readXES(content, path: path, options: options)
  case UInt8(ascii: "{"): log = try readOCEL(content, path: path, options: options)
  default: log = try readCSVLog(content, path: path, options: options)
  }
  guard !log.events.isEmpty else {
    let first = log.problems.first
    throw DocumentError(
      .malformed,
      "no event of the log can be read"
        + (first.map { ": \($0.text)" } ?? "; export it with its events"),
      at: first?.location ?? SourceLocation(path: path))
  }
  return log
}
