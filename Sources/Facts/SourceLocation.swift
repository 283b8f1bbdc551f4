/// A place in a file that somebody can open: path, line and column, and the element or key there.
public struct SourceLocation: Hashable, Sendable, Codable, Comparable {
  /// Path as shown to people: relative to the import root or scenario; for a member of an archive
  /// `archive.zip!/inner/path`.
  public var path: String
  /// Line, counted from 1; `nil` where the format has no lines.
  public var line: Int?
  /// Column in characters, counted from 1; `nil` where unknown.
  public var column: Int?
  /// Element id, JSON path or key at that place, as the file spells it.
  public var element: String?

  /// Creates a location.
  public init(path: String, line: Int? = nil, column: Int? = nil, element: String? = nil) {
    self.path = path
    self.line = line
    self.column = column
    self.element = element
  }

  /// Orders by path, then line, then column, then element.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.path, a.line ?? 0, a.column ?? 0, a.element ?? "")
      < (b.path, b.line ?? 0, b.column ?? 0, b.element ?? "")
  }
}

extension SourceLocation: CustomStringConvertible {
  /// `path:line:column (element)`, without the parts that are unknown.
  public var description: String {
    var text = path
    if let position { text += ":\(position)" }
    if let element { text += " (\(element))" }
    return text
  }

  /// `line:column` or `line`; `nil` where the line is unknown.
  public var position: String? {
    guard let line else { return nil }
    return column.map { "\(line):\($0)" } ?? "\(line)"
  }
}
