import Foundation

// Records of replications as bytes: values one after the other in the order in which their types encode
// them, without names. JSON takes a few microseconds for each number, which a study of a thousand
// replications with thousands of numbers each would notice. The bytes are read by the build that wrote
// them alone: its mark is part of the key under which they are kept.

/// A value as bytes that `decodeRecord` of the same build reads.
func encodeRecord(_ value: some Encodable) throws -> Data {
  let sink = RecordSink()
  try sink.encode(value)
  return Data(sink.bytes)
}

/// The bytes as they grow.
private final class RecordSink {
  var bytes: [UInt8] = []

  func add(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  func add<Number: FixedWidthInteger>(all numbers: [Number]) {
    add(numbers.count)
    // All processors that Rehearse runs on store the lowest byte first, as `add` does.
    numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }

  func add(_ text: String) {
    add(text.utf8.count)
    bytes.append(contentsOf: text.utf8)
  }

  func encode<Value: Encodable>(_ value: Value) throws {
    if Value.self == [Int64].self, let numbers = value as? [Int64] {
      add(all: numbers)
    } else if Value.self == [Int32].self, let numbers = value as? [Int32] {
      add(all: numbers)
    } else if Value.self == [UInt64].self, let numbers = value as? [UInt64] {
      add(all: numbers)
    } else if Value.self == [Int].self, let numbers = value as? [Int] {
      add(all: numbers)
    } else {
      try value.encode(to: RecordEncoder(sink: self))
    }
  }
}

private struct RecordEncoder: Encoder, SingleValueEncodingContainer {
  let sink: RecordSink
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy: Key.Type) -> KeyedEncodingContainer<Key> {
    KeyedEncodingContainer(KeyedRecord(sink: sink))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer { RecordList(sink: sink) }

  func singleValueContainer() -> any SingleValueEncodingContainer { self }

  func encodeNil() throws { sink.add(0 as UInt8) }
  func encode(_ value: Bool) throws { sink.add((value ? 1 : 0) as UInt8) }
  func encode(_ value: String) throws { sink.add(value) }
  func encode(_ value: Double) throws { sink.add(value.bitPattern) }
  func encode(_ value: Float) throws { sink.add(value.bitPattern) }
  func encode(_ value: Int) throws { sink.add(value) }
  func encode(_ value: Int8) throws { sink.add(value) }
  func encode(_ value: Int16) throws { sink.add(value) }
  func encode(_ value: Int32) throws { sink.add(value) }
  func encode(_ value: Int64) throws { sink.add(value) }
  func encode(_ value: Int128) throws { sink.add(value) }
  func encode(_ value: UInt) throws { sink.add(value) }
  func encode(_ value: UInt8) throws { sink.add(value) }
  func encode(_ value: UInt16) throws { sink.add(value) }
  func encode(_ value: UInt32) throws { sink.add(value) }
  func encode(_ value: UInt64) throws { sink.add(value) }
  func encode(_ value: UInt128) throws { sink.add(value) }
  func encode(_ value: some Encodable) throws { try sink.encode(value) }
}

/// A list: the number of its items, then the items.
private struct RecordList: UnkeyedEncodingContainer {
  private let sink: RecordSink
  private let start: Int
  private(set) var count = 0
  var codingPath: [any CodingKey] { [] }

  init(sink: RecordSink) {
    self.sink = sink
    start = sink.bytes.count
    sink.add(0)
  }

  mutating func encode(_ value: some Encodable) throws {
    grow()
    try sink.encode(value)
  }

  // The library's own of these refuse, and go before what is generic.
  mutating func encode(_ value: Int128) throws {
    grow()
    sink.add(value)
  }

  mutating func encode(_ value: UInt128) throws {
    grow()
    sink.add(value)
  }

  mutating func encodeNil() throws {
    grow()
    sink.add(0 as UInt8)
  }

  mutating func nestedContainer<Key: CodingKey>(
    keyedBy: Key.Type
  ) -> KeyedEncodingContainer<Key> {
    grow()
    return KeyedEncodingContainer(KeyedRecord(sink: sink))
  }

  mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
    grow()
    return RecordList(sink: sink)
  }

  mutating func superEncoder() -> any Encoder {
    grow()
    return RecordEncoder(sink: sink)
  }

  private mutating func grow() {
    count += 1
    withUnsafeBytes(of: count.littleEndian) {
      sink.bytes.replaceSubrange(start..<(start + $0.count), with: $0)
    }
  }
}

/// Properties in the order in which they are encoded; before one that may be missing, whether it is there.
private struct KeyedRecord<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let sink: RecordSink
  var codingPath: [any CodingKey] { [] }

  mutating func encodeNil(forKey key: Key) throws { sink.add(0 as UInt8) }
  mutating func encode(_ value: some Encodable, forKey key: Key) throws { try sink.encode(value) }
  mutating func encode(_ value: Int128, forKey key: Key) throws { sink.add(value) }
  mutating func encode(_ value: UInt128, forKey key: Key) throws { sink.add(value) }

  mutating func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: String?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: Int128?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent(_ value: UInt128?, forKey key: Key) throws { try add(value) }
  mutating func encodeIfPresent<Value: Encodable>(
    _ value: Value?, forKey key: Key
  ) throws { try add(value) }

  private func add(_ value: (some Encodable)?) throws {
    sink.add((value == nil ? 0 : 1) as UInt8)
    if let value { try sink.encode(value) }
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) -> KeyedEncodingContainer<Nested> {
    KeyedEncodingContainer(KeyedRecord<Nested>(sink: sink))
  }

  mutating func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
    RecordList(sink: sink)
  }

  mutating func superEncoder() -> any Encoder { RecordEncoder(sink: sink) }
  mutating func superEncoder(forKey key: Key) -> any Encoder { RecordEncoder(sink: sink) }
}
