import Foundation

/// Reads a value from the bytes that `encodeRecord` of the same build wrote.
///
/// - Throws: `DecodingError` where there are too few bytes or too many.
func decodeRecord<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
  let source = RecordBytes(Array(data))
  let value = try source.decode(type)
  guard source.isAtEnd else { throw source.damaged }
  return value
}

/// The bytes as they are read.
private final class RecordBytes {
  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  var damaged: DecodingError {
    .dataCorrupted(.init(codingPath: [], debugDescription: "The bytes of a record are damaged"))
  }

  func next<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw damaged }
    defer { position += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
    }
  }

  /// The number of items or bytes that follow, of which each takes at least one byte.
  func count() throws -> Int {
    let count: Int = try next()
    guard count >= 0, count <= bytes.count - position else { throw damaged }
    return count
  }

  func list<Number: FixedWidthInteger>(_ type: Number.Type) throws -> [Number] {
    let count: Int = try next()
    let size = MemoryLayout<Number>.size
    guard count >= 0, count <= (bytes.count - position) / size else { throw damaged }
    defer { position += count * size }
    return [Number](unsafeUninitializedCapacity: count) { buffer, initialised in
      bytes.withUnsafeBytes { source in
        UnsafeMutableRawBufferPointer(buffer).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: source[position..<(position + count * size)]))
      }
      initialised = count
    }
  }

  func text() throws -> String {
    let count = try count()
    defer { position += count }
    return String(decoding: bytes[position..<(position + count)], as: UTF8.self)
  }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if type == [Int64].self, let list = try list(Int64.self) as? Value { return list }
    if type == [Int32].self, let list = try list(Int32.self) as? Value { return list }
    if type == [UInt64].self, let list = try list(UInt64.self) as? Value { return list }
    if type == [Int].self, let list = try list(Int.self) as? Value { return list }
    return try type.init(from: RecordDecoder(source: self))
  }
}

private struct RecordDecoder: Decoder, SingleValueDecodingContainer {
  let source: RecordBytes
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    KeyedDecodingContainer(KeyedRecordBytes(source: source))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer { try RecordItems(source) }
  func singleValueContainer() throws -> any SingleValueDecodingContainer { self }

  func decodeNil() -> Bool { false }
  func decode(_ type: Bool.Type) throws -> Bool { try source.next(UInt8.self) != 0 }
  func decode(_ type: String.Type) throws -> String { try source.text() }
  func decode(_ type: Double.Type) throws -> Double { Double(bitPattern: try source.next()) }
  func decode(_ type: Float.Type) throws -> Float { Float(bitPattern: try source.next()) }
  func decode(_ type: Int.Type) throws -> Int { try source.next() }
  func decode(_ type: Int8.Type) throws -> Int8 { try source.next() }
  func decode(_ type: Int16.Type) throws -> Int16 { try source.next() }
  func decode(_ type: Int32.Type) throws -> Int32 { try source.next() }
  func decode(_ type: Int64.Type) throws -> Int64 { try source.next() }
  func decode(_ type: Int128.Type) throws -> Int128 { try source.next() }
  func decode(_ type: UInt.Type) throws -> UInt { try source.next() }
  func decode(_ type: UInt8.Type) throws -> UInt8 { try source.next() }
  func decode(_ type: UInt16.Type) throws -> UInt16 { try source.next() }
  func decode(_ type: UInt32.Type) throws -> UInt32 { try source.next() }
  func decode(_ type: UInt64.Type) throws -> UInt64 { try source.next() }
  func decode(_ type: UInt128.Type) throws -> UInt128 { try source.next() }
  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try source.decode(type) }
}

private struct RecordItems: UnkeyedDecodingContainer {
  private let source: RecordBytes
  private let length: Int
  private(set) var currentIndex = 0
  var codingPath: [any CodingKey] { [] }
  var count: Int? { length }
  var isAtEnd: Bool { currentIndex == length }

  init(_ source: RecordBytes) throws {
    self.source = source
    length = try source.count()
  }

  private mutating func advance() throws {
    guard !isAtEnd else { throw source.damaged }
    currentIndex += 1
  }

  // The library's own of these refuse, and go before what is generic.
  mutating func decode(_ type: Int128.Type) throws -> Int128 {
    try advance()
    return try source.next()
  }

  mutating func decode(_ type: UInt128.Type) throws -> UInt128 {
    try advance()
    return try source.next()
  }

  mutating func decodeNil() throws -> Bool { false }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try advance()
    return try source.decode(type)
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy: Key.Type
  ) throws -> KeyedDecodingContainer<Key> {
    try advance()
    return KeyedDecodingContainer(KeyedRecordBytes(source: source))
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    try advance()
    return try RecordItems(source)
  }

  mutating func superDecoder() throws -> any Decoder {
    try advance()
    return RecordDecoder(source: source)
  }
}

private struct KeyedRecordBytes<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let source: RecordBytes
  var codingPath: [any CodingKey] { [] }
  var allKeys: [Key] { [] }

  /// Asked once, and of what may be missing alone: before that it says whether it is there.
  func contains(_ key: Key) -> Bool { (try? source.next(UInt8.self)) == 1 }

  func decodeNil(forKey key: Key) throws -> Bool { false }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try source.decode(type)
  }

  func decode(_ type: Int128.Type, forKey key: Key) throws -> Int128 { try source.next() }
  func decode(_ type: UInt128.Type, forKey key: Key) throws -> UInt128 { try source.next() }

  func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    KeyedDecodingContainer(KeyedRecordBytes<Nested>(source: source))
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try RecordItems(source)
  }

  func superDecoder() throws -> any Decoder { RecordDecoder(source: source) }
  func superDecoder(forKey key: Key) throws -> any Decoder { RecordDecoder(source: source) }
}
