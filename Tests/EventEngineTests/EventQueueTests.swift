import EventEngine
import Testing

@Suite("Event queue") struct EventQueueTests {
  @Test(
    "events come in the order of time, priority and scheduling", arguments: 0..<200 as Range<UInt64>
  )
  func order(seed: UInt64) {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func random(_ bound: UInt64) -> UInt64 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return state % bound
    }
    var queue = EventQueue()
    var expected: [(time: Int64, priority: UInt8, sequence: Int)] = []
    var taken: [(time: Int64, priority: UInt8, sequence: Int)] = []
    func take() {
      let event = queue.popNext()
      taken.append(
        (event.time, UInt8(event.order >> 56), Int(event.payload)))
    }
    for sequence in 0..<400 {
      let priority = EventPriority.allCases[Int(random(UInt64(EventPriority.allCases.count)))]
      // Few distinct times, so that ties are the rule; negative times before day 0.
      let time = Int64(random(20)) - 5
      queue.schedule(UInt64(sequence), at: time, priority)
      expected.append((time, priority.rawValue, sequence))
      let isHeap = queue.satisfiesHeapOrder()
      #expect(isHeap)
    }
    while !queue.isEmpty { take() }
    expected.sort { ($0.time, $0.priority, $0.sequence) < ($1.time, $1.priority, $1.sequence) }
    #expect(taken.elementsEqual(expected) { $0 == $1 })
  }

  @Test("taking and scheduling in turn never gives an earlier event after a later one")
  func hold() {
    var queue = EventQueue()
    for index in 0..<1_000 { queue.schedule(UInt64(index), at: Int64(index % 97), .arrive) }
    var last: (Int64, UInt64) = (.min, 0)
    for step in 0..<10_000 {
      let event = queue.popNext()
      #expect((event.time, event.order) > last)
      last = (event.time, event.order)
      queue.schedule(UInt64(step), at: event.time + 1 + Int64(step * 7_919 % 101), .finishService)
    }
    let left = queue.count
    #expect(left == 1_000)
  }

  @Test(
    "queues of few events, where each is taken before the next is scheduled, keep the order too",
    arguments: 1...12)
  func fewEvents(count: Int) {
    var queue = EventQueue()
    var waiting: [(time: Int64, payload: UInt64)] = []
    func schedule(_ payload: UInt64, at time: Int64) {
      queue.schedule(payload, at: time, .arrive)
      // What comes at the same time stands behind what was scheduled before it.
      waiting.insert(
        (time, payload), at: waiting.firstIndex { $0.time > time } ?? waiting.count)
    }
    for payload in 0..<UInt64(count) { schedule(payload, at: Int64(payload % 3)) }
    for step in 0..<5_000 as Range<UInt64> {
      let event = queue.popNext()
      let expected = waiting.removeFirst()
      #expect(event.time == expected.time && event.payload == expected.payload)
      // Now and then one fewer or one more is left.
      if step % 11 != 5 || queue.isEmpty {
        schedule(step + 100, at: event.time + Int64(step * 7_919 % 5))
      }
      if step % 11 == 9 { schedule(step + 1_000_000, at: event.time + Int64(step % 4)) }
      let isHeap = queue.satisfiesHeapOrder()
      #expect(isHeap)
    }
  }
}
