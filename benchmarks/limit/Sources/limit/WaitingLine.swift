/// Values first in, first out, in a ring that doubles when it is full.
struct WaitingLine<Element: BitwiseCopyable>: ~Copyable {
  private var values: UnsafeMutablePointer<Element>
  private var mask: Int
  private var first = 0
  private var end = 0

  init() {
    values = .allocate(capacity: 1024)
    mask = 1023
  }

  deinit { values.deallocate() }

  @inline(__always) var isEmpty: Bool { first == end }

  /// The value that is next.
  @inline(__always) var front: Element { values[first & mask] }

  @inline(__always)
  mutating func append(_ value: Element) {
    if end &- first > mask { grow() }
    values[end & mask] = value
    end &+= 1
  }

  @inline(__always)
  mutating func removeFirst() -> Element {
    let value = values[first & mask]
    first &+= 1
    return value
  }

  @inline(never)
  private mutating func grow() {
    let count = mask + 1
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: 2 * count)
    for position in 0..<count { larger[position] = values[(first + position) & mask] }
    values.deallocate()
    values = larger
    (first, end, mask) = (0, count, 2 * count - 1)
  }
}
