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

  /// What comes after everything else.
  @inlinable static var never: Event { Event(time: .max, order: .max, payload: 0) }

  /// Time and order as one number, so that a comparison needs no branch.
  @inlinable @inline(__always) var key: Int128 { Int128(time) << 64 | Int128(order) }

  /// Whether this event happens before another.
  @inlinable @inline(__always) func precedes(_ other: Event) -> Bool { key < other.key }
}

/// The events to come, in the order (time, priority, sequence of scheduling).
///
/// A 4-ary implicit heap over plain memory: no reference counting, no allocation per event. Events are
/// not removed from the middle; who schedules something that may be cancelled puts a stamp into the
/// payload and ignores the event when the stamp is old.
///
/// The place of an event that was taken stays empty at the root until the next is scheduled, which most
/// often happens at once and then needs one walk through the heap instead of two. Places beyond the last
/// event hold one that never comes, so that every event has four to compare itself with.
public struct EventQueue: ~Copyable {
  @usableFromInline var heap: UnsafeMutablePointer<Event>
  /// Places for events; four more follow for comparison.
  @usableFromInline var capacity: Int
  /// Places used, the empty root included.
  @usableFromInline var storedCount: Int
  /// 1 where the root is empty, else 0.
  @usableFromInline var vacancies: Int
  @usableFromInline var sequence: UInt64

  /// An empty queue.
  public init() {
    capacity = 256
    heap = .allocate(capacity: capacity + 4)
    heap.initialize(repeating: .never, count: capacity + 4)
    storedCount = 0
    vacancies = 0
    sequence = 0
  }

  deinit { heap.deallocate() }

  /// Number of events to come.
  @inlinable public var count: Int { storedCount &- vacancies }

  /// Whether nothing is to come.
  @inlinable public var isEmpty: Bool { storedCount == vacancies }

  /// Schedules an event.
  /// - Complexity: O(log count).
  @inlinable @inline(__always)
  public mutating func schedule(_ payload: UInt64, at time: Int64, _ priority: EventPriority) {
    let event = Event(
      time: time, order: UInt64(priority.rawValue) << 56 | sequence, payload: payload)
    sequence &+= 1
    if vacancies != 0 {
      vacancies = 0
      sink(event)
      return
    }
    if storedCount == capacity { grow() }
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
    if vacancies != 0 {
      vacancies = 0
      storedCount &-= 1
      let last = heap[storedCount]
      heap[storedCount] = .never
      sink(last)
    }
    vacancies = 1
    return heap[0]
  }

  /// Puts an event where the root is empty, and lower down where others go before it.
  @usableFromInline @inline(never)
  mutating func sink(_ event: Event) {
    let places = heap
    if storedCount <= 5 { return sink(event, amongFew: places) }
    let key = event.key
    var hole = 0
    while true {
      let child = 4 &* hole &+ 1
      if child >= storedCount { break }
      // Which of four comes first nobody can foresee, so places are computed: of two selected values the
      // compiler makes a jump.
      let a = child &+ bit(places[child &+ 1].precedes(places[child]))
      let b = child &+ 2 &+ bit(places[child &+ 3].precedes(places[child &+ 2]))
      let smallest = a &+ ((b &- a) & (0 &- bit(places[b].precedes(places[a]))))
      if places[smallest].key >= key { break }
      places[hole] = places[smallest]
      hole = smallest
    }
    places[hole] = event
  }

  /// The same where the root's children are all there is.
  ///
  /// Which of so few comes first decides what happens next: a jump that is foreseen here is not waited
  /// for there.
  @inline(__always)
  private func sink(_ event: Event, amongFew places: UnsafeMutablePointer<Event>) {
    var smallest = 1
    for child in 2..<max(2, storedCount) where places[child].precedes(places[smallest]) {
      smallest = child
    }
    // Places beyond the last event hold one that never comes.
    if places[smallest].precedes(event) {
      places[0] = places[smallest]
      places[smallest] = event
    } else {
      places[0] = event
    }
  }

  @usableFromInline mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: capacity * 2 + 4)
    larger.moveInitialize(from: heap, count: storedCount)
    capacity *= 2
    (larger + storedCount).initialize(repeating: .never, count: capacity + 4 - storedCount)
    heap.deallocate()
    heap = larger
  }
}

/// 1 for true, 0 for false.
@inline(__always)
private func bit(_ condition: Bool) -> Int { Int(unsafeBitCast(condition, to: UInt8.self)) }

extension EventQueue {
  /// Whether every event comes no earlier than its parent in the heap; for tests.
  public func satisfiesHeapOrder() -> Bool {
    (1..<max(1, storedCount)).allSatisfy {
      let parent = ($0 - 1) >> 2
      return parent < vacancies || !heap[$0].precedes(heap[parent])
    }
  }
}
