import DocumentReading
import Simulation

/// SHA-256 of everything a compiled model holds, so that two models with the same fingerprint run alike.
///
/// The model is walked by reflection: a field that is added to it later counts without anybody thinking
/// of it. Numbers count by their bits, sets and dictionaries in an order of their own.
/// - Returns: `nil` where the model holds something that cannot be told apart by its parts, such as a
///   function or a reference.
func fingerprint(of model: SimulationModel) -> String? {
  var walk = FingerprintWalk()
  guard walk.add(model) else { return nil }
  return contentDigest(walk.bytes)
}

/// The bytes that say what a value holds.
private struct FingerprintWalk {
  var bytes: [UInt8] = []

  /// Adds a value; says whether all of it could be told.
  mutating func add(_ value: Any) -> Bool {
    switch value {
    case let value as Int: add(value, tag: "i")
    case let value as Double: add(value.bitPattern, tag: "d")
    case let value as Int64: add(value, tag: "i")
    case let value as Int32: add(value, tag: "i")
    case let value as Bool: add(value ? 1 as UInt8 : 0, tag: "b")
    case let value as String: add(value)
    case let value as [Int64]: add(all: value)
    case let value as [Int32]: add(all: value)
    case let value as [Double]: add(all: value.map(\.bitPattern))
    case let value as Float: add(value.bitPattern, tag: "f")
    case let value as Int128: add(value, tag: "i")
    case let value as any FixedWidthInteger: add(whole: value)
    default: return addParts(of: value)
    }
    return true
  }

  private mutating func add(_ number: some FixedWidthInteger, tag: Unicode.Scalar) {
    bytes.append(UInt8(truncatingIfNeeded: tag.value))
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private mutating func add(whole number: some FixedWidthInteger) { add(number, tag: "i") }

  private mutating func add(_ text: String) {
    add(text.utf8.count, tag: "s")
    bytes.append(contentsOf: text.utf8)
  }

  private mutating func add<Number: FixedWidthInteger>(all numbers: [Number]) {
    add(numbers.count, tag: "n")
    for number in numbers {
      withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
  }

  private mutating func addParts(of value: Any) -> Bool {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .struct, .tuple, .collection, .optional:
      add(mirror.children.count, tag: "(")
      return mirror.children.allSatisfy { add($0.value) }
    case .enum:
      guard let payload = mirror.children.first else {
        // No enumeration of a model describes itself otherwise than by its case.
        add("\(value)")
        return true
      }
      add(payload.label ?? "")
      return add(payload.value)
    case .set, .dictionary: return addUnordered(mirror)
    default: return false
    }
  }

  private mutating func addUnordered(_ mirror: Mirror) -> Bool {
    var parts: [[UInt8]] = []
    for child in mirror.children {
      var part = FingerprintWalk()
      guard part.add(child.value) else { return false }
      parts.append(part.bytes)
    }
    parts.sort { $0.lexicographicallyPrecedes($1) }
    add(parts.count, tag: "{")
    for part in parts { bytes.append(contentsOf: part) }
    return true
  }
}
