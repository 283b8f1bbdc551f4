import Foundation
import Testing

/// What a JSON value must look like.
indirect enum JSONShape: Sendable {
  case text, number, boolean
  /// A text, or `null`.
  case textOrNull
  case list(JSONShape)
  /// Names chosen by people, all with values of one shape.
  case named(JSONShape)
  /// An object with these keys and no others but the optional ones.
  case object([String: JSONShape], optional: [String: JSONShape] = [:])
  /// An object with at least these keys.
  case open([String: JSONShape])

  /// Where a value is different.
  func differences(_ value: Any, at path: String = "$") -> [String] {
    switch self {
    case .text: return value is String ? [] : ["\(path) is no text"]
    case .number: return value is NSNumber ? [] : ["\(path) is no number"]
    case .boolean: return value is Bool ? [] : ["\(path) is neither true nor false"]
    case .textOrNull: return value is String || value is NSNull ? [] : ["\(path) is no text"]
    case .list(let shape):
      guard let list = value as? [Any] else { return ["\(path) is no list"] }
      return list.enumerated().flatMap {
        shape.differences($0.element, at: "\(path)[\($0.offset)]")
      }
    case .named(let shape):
      guard let object = value as? [String: Any] else { return ["\(path) is no object"] }
      return object.sorted { $0.key < $1.key }
        .flatMap { shape.differences($0.value, at: "\(path).\($0.key)") }
    case .open(let keys):
      guard let object = value as? [String: Any] else { return ["\(path) is no object"] }
      return keys.sorted { $0.key < $1.key }.flatMap { key, shape in
        object[key].map { shape.differences($0, at: "\(path).\(key)") }
          ?? ["\(path).\(key) is missing"]
      }
    case .object(let keys, let optional):
      guard let object = value as? [String: Any] else { return ["\(path) is no object"] }
      let unknown = object.keys.filter { keys[$0] == nil && optional[$0] == nil }.sorted()
      let present = optional.filter { object[$0.key] != nil }
      return unknown.map { "\(path).\($0) is not documented" }
        + Self.open(keys.merging(present) { $1 }).differences(value, at: path)
    }
  }
}

/// The JSON value of a text.
func json(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}
