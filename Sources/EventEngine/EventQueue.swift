/// An entry of the event queue.
@frozen public struct Event: Sendable, BitwiseCopyable {
  /// Instant it happens, in microseconds from the start of the scenario; negative before day 0.
  public var time: Int64
  /// Order at that instant: priority in the high 8 bits, sequence of scheduling in the low 56.
  public var order: UInt64
  /// What happens, encoded by whoever scheduled it.
  public var payload: UInt64

  @inlinable init(time: Int64, order: UInt64, payload: UInt64) {
    self.time = time
    self.order = order
    self.payload = payload
  }

  /// Whether this event happens before another.
  @inlinable @inline(__always) func precedes(_ other: Event) -> Bool {
    time < other.time || (time == other.time && order < other.order)
  }
}

/// The events to come, in the order (time, priority, sequence of scheduling).
///
/// A 4-ary implicit heap over plain memory: no reference counting, no allocation per event. Events are
/// not removed from the middle; who schedules something that may be cancelled puts a stamp into the
/// payload and ignores the event when the stamp is old.
public struct EventQueue: ~Copyable {
  @usableFromInline var heap: UnsafeMutablePointer<Event>
  @usableFromInline var capacity: Int
  @usableFromInline var storedCount: Int
  @usableFromInline var sequence: UInt64

  /// An empty queue.
  public init() {
    capacity = 256
    heap = .allocate(capacity: capacity)
    storedCount = 0
    sequence = 0
  }

  deinit { heap.deallocate() }

  /// Number of events to come.
  @inlinable public var count: Int { storedCount }

  /// Whether nothing is to come.
  @inlinable public var isEmpty: Bool { storedCount == 0 }

  /// Schedules an event.
  /// - Complexity: O(log count).
  @inlinable @inline(__always)
  public mutating func schedule(_ payload: UInt64, at time: Int64, _ priority: EventPriority) {
    if storedCount == capacity { grow() }
    let event = Event(
      time: time, order: UInt64(priority.rawValue) << 56 | sequence, payload: payload)
    sequence &+= 1
    var hole = storedCount
    storedCount &+= 1
    while hole > 0 {
      let parent = (hole &- 1) >> 2
      if !event.precedes(heap[parent]) { break }
      heap[hole] = heap[parent]
      hole = parent
    }
    heap[hole] = event
  }

  /// Removes and returns the next event.
  /// - Precondition: not empty.
  /// - Complexity: O(log count).
  @inlinable @inline(__always)
  public mutating func popNext() -> Event {
    let first = heap[0]
    storedCount &-= 1
    guard storedCount > 0 else { return first }
    let last = heap[storedCount]
    var hole = 0
    while true {
      let child = 4 &* hole &+ 1
      var smallest: Int
      if child &+ 3 < storedCount {
        let a = heap[child &+ 1].precedes(heap[child]) ? child &+ 1 : child
        let b = heap[child &+ 3].precedes(heap[child &+ 2]) ? child &+ 3 : child &+ 2
        smallest = heap[b].precedes(heap[a]) ? b : a
      } else {
        if child >= storedCount { break }
        smallest = child
        var other = child &+ 1
        while other < storedCount {
          if heap[other].precedes(heap[smallest]) { smallest = other }
          other &+= 1
        }
      }
      if !heap[smallest].precedes(last) { break }
      heap[hole] = heap[smallest]
      hole = smallest
    }
    heap[hole] = last
    return first
  }

  @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2)
    larger.moveInitialize(from: heap, count: storedCount)
    heap.deallocate()
    heap = larger
    capacity *= 2
  }
}

extension EventQueue {
  /// Whether every event comes no earlier than its parent in the heap; for tests.
  public func satisfiesHeapOrder() -> Bool {
    (1..<max(1, storedCount)).allSatisfy { !heap[$0].precedes(heap[($0 - 1) >> 2]) }
  }
}
