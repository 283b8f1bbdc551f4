public import Foundation

/// A value as JSON text: sorted keys, two spaces of indentation, a newline at the end.
///
/// The same value gives the same bytes. Numbers that JSON cannot hold are written as the words
/// `"infinite"`, `"-infinite"` and `"unknown"`.
/// - Throws: what the value's own `encode(to:)` throws.
public func jsonText(_ value: some Encodable) throws -> String {
  let encoder = stableEncoder()
  encoder.outputFormatting.insert(.prettyPrinted)
  return String(decoding: try encoder.encode(value), as: UTF8.self) + "\n"
}

/// JSON on one line that may stand inside an HTML `script` element.
///
/// `<`, `>` and `&` can occur in strings only, where an escape means the same.
/// - Parameter packed: Whether rows of charts are packed, as `drawingScript` reads them.
func inlineJSON(_ value: some Encodable, packed: Bool = false) throws -> String {
  let encoder = stableEncoder()
  if let key = CodingUserInfoKey.packsRows { encoder.userInfo[key] = packed }
  return String(decoding: try encoder.encode(value), as: UTF8.self)
    .replacing("&", with: "\\u0026").replacing("<", with: "\\u003c")
    .replacing(">", with: "\\u003e")
}

/// A value from the JSON that `jsonText` wrote.
///
/// - Throws: `DecodingError` where the text is of another program.
public func jsonValue<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
  let decoder = JSONDecoder()
  decoder.nonConformingFloatDecodingStrategy = .convertFromString(
    positiveInfinity: "infinite", negativeInfinity: "-infinite", nan: "unknown")
  return try decoder.decode(type, from: data)
}

private func stableEncoder() -> JSONEncoder {
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
  encoder.nonConformingFloatEncodingStrategy = .convertToString(
    positiveInfinity: "infinite", negativeInfinity: "-infinite", nan: "unknown")
  return encoder
}
