/// The next event of each of a fixed number of slots, as a tournament: the root names the earliest slot.
///
/// A slot is a server, the arrivals, or a row of constant delays, so that the tree never grows.
struct EventTree: ~Copyable {
  private let slots: Int
  private let times: UnsafeMutablePointer<Double>
  private let winners: UnsafeMutablePointer<UInt8>

  /// - Parameter slots: a power of two, at most 256.
  init(slots: Int) {
    self.slots = slots
    times = .allocate(capacity: slots)
    winners = .allocate(capacity: 2 * slots)
    for slot in 0..<slots {
      times[slot] = .infinity
      winners[slots + slot] = UInt8(slot)
    }
    for match in stride(from: slots - 1, to: 0, by: -1) { winners[match] = winners[2 * match] }
    winners[0] = 0
  }

  deinit {
    times.deallocate()
    winners.deallocate()
  }

  /// The slot whose event is next.
  @inline(__always) var next: Int { Int(winners[1]) }

  /// When a slot's event happens; infinity for never.
  @inline(__always)
  func time(of slot: Int) -> Double { times[slot] }

  /// Sets a slot's event and plays its matches again.
  @inline(__always)
  func set(_ slot: Int, _ time: Double) {
    times[slot] = time
    var match = (slots &+ slot) &>> 1
    while match != 0 {
      let left = winners[2 &* match]
      let right = winners[2 &* match &+ 1]
      winners[match] = times[Int(left)] <= times[Int(right)] ? left : right
      match &>>= 1
    }
  }
}
