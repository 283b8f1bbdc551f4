public import Facts

/// A value of a JSON or YAML document and where it stands.
public struct DataNode: Sendable {
  /// The value.
  public let value: Value
  /// Explicit YAML tag as written, such as `!Ref`; `nil` for JSON and for untagged values.
  public let tag: String?
  /// A number or truth value as written (`1.10`, `0x1F`); `nil` for everything else.
  let written: String?
  let line: Int32
  let column: Int32
  let place: DataPlace

  init(
    _ value: Value, tag: String? = nil, written: String? = nil, line: Int, column: Int,
    place: DataPlace
  ) {
    self.value = value
    self.tag = tag
    self.written = written
    self.line = Int32(clamping: line)
    self.column = Int32(clamping: column)
    self.place = place
  }

  /// What a node can be.
  public enum Value: Sendable {
    /// Nothing.
    case null
    /// A truth value.
    case bool(Bool)
    /// A number; integers are exact to ±2⁵³.
    case number(Double)
    /// A text.
    case string(String)
    /// Items in order.
    case array([DataNode])
    /// Members in document order; no two have the same key.
    case object([DataMember])
  }

  /// Where the value stands: line, column and, as `element`, its path, such as `$.nodes[3].name`.
  public var location: SourceLocation { place.location(line: line, column: column) }
}

/// A member of an object.
public struct DataMember: Sendable {
  /// Key, unescaped.
  public let key: String
  /// Value.
  public let value: DataNode
  let keyLine: Int32
  let keyColumn: Int32

  init(key: String, line: Int, column: Int, value: DataNode) {
    self.key = key
    self.value = value
    keyLine = Int32(clamping: line)
    keyColumn = Int32(clamping: column)
  }

  /// Where the key stands; `element` is the path of the value.
  public var keyLocation: SourceLocation {
    value.place.location(line: keyLine, column: keyColumn)
  }
}

// MARK: - Access

extension DataNode {
  /// Value of a key; `nil` where this is not an object or has no such key.
  /// - Complexity: O(members).
  public subscript(_ key: String) -> DataNode? {
    object?.first { $0.key == key }?.value
  }

  /// Value of the first of several keys that is there; `nil` where none is.
  public func first(of keys: [String]) -> DataNode? {
    for key in keys {
      if let value = self[key] { return value }
    }
    return nil
  }

  /// Item of an index; `nil` where this is not an array or is shorter.
  public subscript(_ index: Int) -> DataNode? {
    guard let array, array.indices.contains(index) else { return nil }
    return array[index]
  }

  /// The text, where this is a string.
  public var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  /// The number, where this is one.
  public var double: Double? {
    if case .number(let number) = value { number } else { nil }
  }

  /// The number, where this is an integer within ±2⁵³.
  public var int: Int? {
    guard let double, double.magnitude <= 0x1p53 else { return nil }
    return Int(exactly: double)
  }

  /// The truth value, where this is one.
  public var bool: Bool? {
    if case .bool(let truth) = value { truth } else { nil }
  }

  /// The items, where this is an array.
  public var array: [DataNode]? {
    if case .array(let items) = value { items } else { nil }
  }

  /// The members in document order, where this is an object.
  public var object: [DataMember]? {
    if case .object(let members) = value { members } else { nil }
  }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// A scalar as written: strings unquoted, numbers and truth values as in the file; `nil` for
  /// `null`, arrays and objects.
  public var text: String? { string ?? written }
}

// MARK: - Places

/// Which member or item of which container a node is; containers share one object, so that a path is
/// spelt out only where somebody asks for it.
struct DataPlace: Sendable {
  var container: DataContainer
  var step: Step

  enum Step: Sendable {
    case root
    case key(String)
    case index(Int)
  }

  /// The place of the whole document.
  static func root(path: String) -> DataPlace {
    DataPlace(container: DataContainer(path: path, place: nil), step: .root)
  }

  /// The container at this place, for its items or members.
  func opened() -> DataContainer { DataContainer(path: container.path, place: self) }

  func location(line: Int32, column: Int32) -> SourceLocation {
    SourceLocation(
      path: container.path, line: line > 0 ? Int(line) : nil,
      column: column > 0 ? Int(column) : nil, element: jsonPath)
  }

  /// `$`, `$.a[0].b`, `$['odd key']`.
  var jsonPath: String {
    var steps: [Step] = []
    var current: DataPlace? = self
    while let place = current {
      steps.append(place.step)
      current = place.container.place
    }
    var path = "$"
    for step in steps.reversed() {
      switch step {
      case .root: break
      case .index(let index): path += "[\(index)]"
      case .key(let key):
        let isPlain =
          !key.isEmpty && key.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        path += isPlain ? ".\(key)" : "['\(key)']"
      }
    }
    return path
  }
}

/// An object or array of a document, as part of the places in it.
final class DataContainer: Sendable {
  /// Path of the file.
  let path: String
  /// Place of the container itself; `nil` around the whole document.
  let place: DataPlace?

  init(path: String, place: DataPlace?) {
    self.path = path
    self.place = place
  }
}
