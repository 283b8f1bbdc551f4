/// A queue of continuous work that cannot fall below zero: dQ/dt = λ(t) − c(t) while Q > 0 or
/// λ(t) > c(t), else 0.
///
/// It is what a large queue does on average, and without the reflection at zero it would be wrong for
/// any queue that is empty at times, every night for instance. Each segment is integrated exactly.
/// Source: Newell, *Applications of Queueing Theory*, 2nd ed., ch. 2.
public struct ReflectedFluidQueue: Sendable {
  /// The instant at which arrivals begin or cease to exceed capacity.
  public struct Crossing: Hashable, Sendable {
    /// Time of the crossing.
    public var time: Double
    /// Whether arrivals exceed capacity after it.
    public var isOverload: Bool

    /// Creates a crossing.
    public init(time: Double, isOverload: Bool) {
      self.time = time
      self.isOverload = isOverload
    }
  }

  /// Instants at which arrivals begin or cease to exceed capacity, in order.
  ///
  /// Beginning in overload at the first instant counts as a crossing then.
  public let crossings: [Crossing]
  /// Instants at which the queue has just emptied, in order.
  public let emptyings: [Double]
  /// Time of the first segment's start.
  public let start: Double
  /// Time of the last segment's end.
  public let end: Double
  /// Work that arrived from start to end.
  public let totalArrivals: Double
  /// Work that was done from start to end.
  public let totalServed: Double
  /// Work that waits at the end.
  public let finalLevel: Double

  /// A part of a segment in which arrivals exceed capacity throughout or nowhere.
  private struct Piece: Sendable {
    var segment: FluidSegment
    /// Time at which the segment starts.
    var segmentStart: Double
    /// Bounds of the piece since the segment's start.
    var from: Double
    var to: Double
    /// Queue at the piece's start.
    var level: Double
    /// When the queue becomes empty for the rest of the piece, since the segment's start.
    var emptyFrom: Double?

    func level(at time: Double) -> Double {
      if let emptyFrom, time >= emptyFrom { return 0 }
      let inflow = segment.arrivals(until: time) - segment.arrivals(until: from)
      return max(0, level + inflow - segment.capacity * (time - from))
    }
  }

  private let pieces: [Piece]

  /// Follows a queue through `segments`, one after the other.
  ///
  /// - Precondition: `level`, the queue at `start`, is finite and ≥ 0.
  public init(start: Double = 0, level: Double = 0, segments: [FluidSegment]) {
    precondition(level >= 0 && level.isFinite, "A queue is not negative")
    var pieces: [Piece] = []
    var crossings: [Crossing] = []
    var emptyings: [Double] = []
    var current = level
    var time = start
    var arrived = 0.0
    var wasOverloaded = false
    for segment in segments {
      arrived += segment.arrivals(until: segment.duration)
      let bounds = [0] + (segment.crossing().map { [$0] } ?? []) + [segment.duration]
      for (from, to) in zip(bounds, bounds.dropFirst()) {
        var piece = Piece(
          segment: segment, segmentStart: time, from: from, to: to, level: current)
        let isOverloaded = segment.rate(at: from + (to - from) / 2) > segment.capacity
        if isOverloaded != wasOverloaded {
          crossings.append(Crossing(time: time + from, isOverload: isOverloaded))
          wasOverloaded = isOverloaded
        }
        if !isOverloaded {
          let inflow = segment.arrivals(until: to) - segment.arrivals(until: from)
          if current == 0 {
            piece.emptyFrom = from
          } else if current + inflow - segment.capacity * (to - from) <= 0 {
            let instant = segment.emptying(current, from: from, to: to)
            piece.emptyFrom = instant
            emptyings.append(time + instant)
          }
        }
        current = piece.level(at: to)
        pieces.append(piece)
      }
      time += segment.duration
    }
    self.pieces = pieces
    self.crossings = crossings
    self.emptyings = emptyings
    self.start = start
    end = time
    totalArrivals = arrived
    totalServed = level + arrived - current
    finalLevel = current
  }

  /// Work that waits at `time`; `nil` before the start and after the end.
  public func level(at time: Double) -> Double? {
    guard time >= start, time <= end else { return nil }
    if time == end { return finalLevel }
    // The last piece that starts no later.
    var low = 0
    var high = pieces.count
    while low + 1 < high {
      let middle = low + (high - low) / 2
      if pieces[middle].segmentStart + pieces[middle].from <= time {
        low = middle
      } else {
        high = middle
      }
    }
    let piece = pieces[low]
    return piece.level(at: min(max(time - piece.segmentStart, piece.from), piece.to))
  }

  /// Work that waits at each of `times`; `nil` where a time is outside.
  public func levels(at times: [Double]) -> [Double?] { times.map(level(at:)) }
}
