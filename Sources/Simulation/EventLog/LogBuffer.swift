/// Bytes on their way out.
struct LogBuffer {
  private let base: UnsafeMutablePointer<UInt8>
  private let capacity: Int
  private var count = 0
  private let write: (UnsafeRawBufferPointer) -> Void

  /// - Parameters:
  ///   - longest: bytes of the longest piece that room is made for.
  init(longest: Int, write: @escaping (UnsafeRawBufferPointer) -> Void) {
    capacity = max(1 << 18, longest)
    base = .allocate(capacity: capacity + 64)
    self.write = write
  }

  /// Makes room for a row.
  @inline(__always)
  mutating func reserve(_ length: Int) { if count &+ length > capacity { flush() } }

  private mutating func flush() {
    write(UnsafeRawBufferPointer(start: base, count: count))
    count = 0
  }

  mutating func finish() {
    if count > 0 { flush() }
    base.deallocate()
  }

  @inline(__always)
  mutating func add(_ byte: UInt8) {
    base[count] = byte
    count &+= 1
  }

  /// Adds the bytes of a value, the lowest first.
  @inline(__always)
  mutating func add<Value: FixedWidthInteger>(_ value: Value) where Value: BitwiseCopyable {
    UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: Value.self)
    count &+= MemoryLayout<Value>.size
  }

  /// Adds the lowest bytes of a value.
  @inline(__always)
  mutating func addLow(_ value: UInt32, bytes: Int) {
    UnsafeMutableRawPointer(base + count).storeBytes(of: value.littleEndian, as: UInt32.self)
    count &+= bytes
  }

  /// Adds two digits.
  @inline(__always)
  mutating func addPair(_ number: UInt64) {
    base[count] = UInt8(truncatingIfNeeded: 48 &+ number / 10)
    base[count &+ 1] = UInt8(truncatingIfNeeded: 48 &+ number % 10)
    count &+= 2
  }

  /// Adds a fraction of a second in microseconds without zeros at its end.
  @inline(__always)
  mutating func addFraction(_ microseconds: UInt64) {
    var rest = microseconds
    var digits = 6
    while rest % 10 == 0 {
      rest /= 10
      digits &-= 1
    }
    base[count] = UInt8(ascii: ".")
    var position = count &+ digits
    while position > count {
      base[position] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
      position &-= 1
    }
    count &+= digits &+ 1
  }

  /// Adds a whole number.
  @inline(__always)
  mutating func addNumber(_ number: UInt64) {
    var length = 1
    var power: UInt64 = 10
    while number >= power, length < 19 {
      power &*= 10
      length &+= 1
    }
    var rest = number
    var position = count &+ length
    while position > count {
      position &-= 1
      base[position] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
      rest /= 10
    }
    count &+= length
  }

  /// Adds ASCII text.
  @inline(__always)
  mutating func add(_ text: StaticString) { add(text.utf8Start, text.utf8CodeUnitCount) }

  /// Adds bytes.
  @inline(__always)
  mutating func add(_ source: UnsafePointer<UInt8>, _ length: Int) {
    UnsafeMutableRawPointer(base + count).copyMemory(from: source, byteCount: length)
    count &+= length
  }
}
