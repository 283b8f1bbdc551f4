/// Plain values in one growing block of memory, addressed by slot; freed slots are used again, the
/// last freed first.
///
/// Memory grows with what lives at one time, not with what ever lived.
public struct FlatPool<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<Element>
  @usableFromInline var freeSlots: UnsafeMutablePointer<Int32>
  @usableFromInline var freeCount: Int
  @usableFromInline var capacity: Int
  @usableFromInline var storedHighWater: Int
  @usableFromInline let blank: Element

  /// An empty pool whose fresh slots hold `blank`.
  public init(blank: Element, capacity: Int = 64) {
    self.blank = blank
    self.capacity = max(1, capacity)
    storage = .allocate(capacity: self.capacity)
    freeSlots = .allocate(capacity: self.capacity)
    freeCount = 0
    storedHighWater = 0
  }

  deinit {
    storage.deallocate()
    freeSlots.deallocate()
  }

  /// Slots ever used: slots are `0 ..< highWater`.
  @inlinable public var highWater: Int { storedHighWater }

  /// Number of slots in use.
  @inlinable public var liveCount: Int { storedHighWater - freeCount }

  /// Takes a slot and fills it with the blank value.
  @inlinable @inline(__always)
  public mutating func take() -> Int32 {
    let slot = takeSlot()
    storage[Int(slot)] = blank
    return slot
  }

  /// Takes a slot and fills it.
  @inlinable @inline(__always)
  public mutating func take(_ value: Element) -> Int32 {
    let slot = takeSlot()
    storage[Int(slot)] = value
    return slot
  }

  @inlinable @inline(__always)
  mutating func takeSlot() -> Int32 {
    let slot: Int32
    if freeCount > 0 {
      freeCount &-= 1
      slot = freeSlots[freeCount]
    } else {
      if storedHighWater == capacity { grow() }
      slot = Int32(truncatingIfNeeded: storedHighWater)
      storedHighWater &+= 1
    }
    return slot
  }

  /// Gives a slot back.
  @inlinable @inline(__always)
  public mutating func free(_ slot: Int32) {
    freeSlots[freeCount] = slot
    freeCount &+= 1
  }

  /// The value of a slot.
  @inlinable public subscript(slot: Int32) -> Element {
    @inline(__always) _read { yield storage[Int(slot)] }
    @inline(__always) _modify { yield &storage[Int(slot)] }
  }

  @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: storedHighWater)
    storage.deallocate()
    storage = larger
    let largerFree = UnsafeMutablePointer<Int32>.allocate(capacity: capacity * 2)
    largerFree.moveInitialize(from: freeSlots, count: freeCount)
    freeSlots.deallocate()
    freeSlots = largerFree
    capacity *= 2
  }
}

/// Plain values in the order in which they were added, in one growing block of memory.
public struct FlatList<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<Element>
  @usableFromInline var capacity: Int
  @usableFromInline var storedCount: Int

  /// An empty list.
  public init(capacity: Int = 64) {
    self.capacity = max(1, capacity)
    storage = .allocate(capacity: self.capacity)
    storedCount = 0
  }

  deinit { storage.deallocate() }

  /// Number of values.
  @inlinable public var count: Int { storedCount }

  /// Whether there is none.
  @inlinable public var isEmpty: Bool { storedCount == 0 }

  /// Positions of the values.
  @inlinable public var indices: Range<Int> { 0..<storedCount }

  /// Adds a value at the end.
  @inlinable @inline(__always)
  public mutating func append(_ value: Element) {
    if storedCount == capacity { grow() }
    storage[storedCount] = value
    storedCount &+= 1
  }

  /// Removes all values.
  @inlinable @inline(__always)
  public mutating func removeAll() { storedCount = 0 }

  /// The value at a position.
  @inlinable public subscript(position: Int) -> Element {
    @inline(__always) _read {
      assert(position >= 0 && position < storedCount)
      yield storage[position]
    }
    @inline(__always) _modify {
      assert(position >= 0 && position < storedCount)
      yield &storage[position]
    }
  }

  @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: storage, count: storedCount)
    storage.deallocate()
    storage = larger
    capacity *= 2
  }
}

/// A block of plain values of fixed size, for tables read on the hot path and for counters.
public struct FlatArray<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<Element>
  /// Number of values.
  public let count: Int

  /// A copy of an array.
  public init(_ values: [Element]) {
    count = values.count
    storage = .allocate(capacity: max(1, count))
    values.withUnsafeBufferPointer { source in
      if let base = source.baseAddress { storage.initialize(from: base, count: count) }
    }
  }

  /// `count` times the same value.
  public init(repeating value: Element, count: Int) {
    self.count = count
    storage = .allocate(capacity: max(1, count))
    storage.initialize(repeating: value, count: count)
  }

  deinit { storage.deallocate() }

  /// The value at a position.
  @inlinable public subscript(position: Int) -> Element {
    @inline(__always) _read {
      assert(position >= 0 && position < count)
      yield storage[position]
    }
    @inline(__always) _modify {
      assert(position >= 0 && position < count)
      yield &storage[position]
    }
  }

  /// The block itself, for loops over all of it; good for as long as the array is.
  @inlinable public var block: UnsafeMutableBufferPointer<Element> {
    UnsafeMutableBufferPointer(start: storage, count: count)
  }

  /// The values as an array.
  public var values: [Element] { Array(UnsafeBufferPointer(start: storage, count: count)) }
}

/// Counters in rows of fixed length that grow by rows, addressed by (row, column).
public struct FlatRows<Element: BitwiseCopyable>: ~Copyable {
  @usableFromInline var storage: UnsafeMutablePointer<Element>
  @usableFromInline let stride: Int
  @usableFromInline var rows: Int
  @usableFromInline let blank: Element

  /// Rows of `columns` values.
  public init(blank: Element, columns: Int) {
    // Rows of small counters are filled up to whole vectors, so that none is cleared one by one.
    let perVector = 16 / MemoryLayout<Element>.stride
    stride = perVector < 4 ? columns : (columns + perVector - 1) / perVector * perVector
    self.blank = blank
    rows = 64
    storage = .allocate(capacity: max(1, rows * stride))
    storage.initialize(repeating: blank, count: rows * stride)
  }

  deinit { storage.deallocate() }

  /// Fills a row with the blank value, growing the block where the row is new.
  @inlinable @inline(__always)
  public mutating func clear(row: Int32) {
    if Int(row) >= rows { grow(toInclude: Int(row)) }
    (storage + Int(row) &* stride).update(repeating: blank, count: stride)
  }

  /// The value of a row and column.
  @inlinable public subscript(row: Int32, column: Int) -> Element {
    @inline(__always) _read { yield storage[Int(row) &* stride &+ column] }
    @inline(__always) _modify { yield &storage[Int(row) &* stride &+ column] }
  }

  @usableFromInline mutating func grow(toInclude row: Int) {
    let newRows = max(rows * 2, row + 1)
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: max(1, newRows * stride))
    larger.moveInitialize(from: storage, count: rows * stride)
    (larger + rows * stride).initialize(repeating: blank, count: (newRows - rows) * stride)
    storage.deallocate()
    storage = larger
    rows = newRows
  }
}
