/// A stretch of time in which work arrives at a smooth rate and capacity is constant.
///
/// Any unit of work and of time will do; rates are work per unit of time.
public struct FluidSegment: Hashable, Sendable {
  /// How the arrival rate goes from its value at the segment's start to that at its end.
  public enum Course: Hashable, Sendable {
    /// In a straight line.
    case linear
    /// By an equal factor in equal times; both values must be above zero.
    case exponential
  }

  /// Length in time, > 0 and finite.
  public let duration: Double
  /// Arrival rate at the start, ≥ 0 and finite.
  public let startRate: Double
  /// Arrival rate at the end, ≥ 0 and finite.
  public let endRate: Double
  /// How the rate goes from one to the other.
  public let course: Course
  /// Rate at which work can be done, ≥ 0 and finite: servers times service rate.
  public let capacity: Double

  /// Creates a segment whose arrival rate goes from `startRate` to `endRate`.
  ///
  /// - Precondition: the ranges stated at the properties.
  public init(
    duration: Double, startRate: Double, endRate: Double, course: Course = .linear, capacity: Double
  ) {
    precondition(duration > 0 && duration.isFinite, "A segment takes time")
    precondition(
      startRate >= 0 && startRate.isFinite && endRate >= 0 && endRate.isFinite
        && capacity >= 0 && capacity.isFinite, "Rates are finite and not negative")
    precondition(
      course == .linear || (startRate > 0 && endRate > 0), "An exponential rate is above zero")
    self.duration = duration
    self.startRate = startRate
    self.endRate = endRate
    // Equal ends are one thing, and the exponential's formulas divide by the growth.
    self.course = startRate == endRate ? .linear : course
    self.capacity = capacity
  }

  /// Creates a segment of constant arrival rate.
  public init(duration: Double, rate: Double, capacity: Double) {
    self.init(duration: duration, startRate: rate, endRate: rate, capacity: capacity)
  }

  /// Arrival rate at a time since the segment's start.
  func rate(at time: Double) -> Double {
    switch course {
    case .linear: startRate + (endRate - startRate) * (time / duration)
    case .exponential: startRate * exponential(logGrowth * (time / duration))
    }
  }

  /// Work that arrives from the segment's start until `time` since then.
  func arrivals(until time: Double) -> Double {
    let share = time / duration
    switch course {
    case .linear: return time * (startRate + (endRate - startRate) * share / 2)
    case .exponential: return startRate * duration * expm1(logGrowth * share) / logGrowth
    }
  }

  /// Logarithm of the factor by which the rate grows over the segment.
  private var logGrowth: Double { log1p((endRate - startRate) / startRate) }

  /// Time since the start at which arrivals meet capacity; `nil` where they do not within the segment.
  func crossing() -> Double? {
    let (before, after) = (startRate - capacity, endRate - capacity)
    // Touching at an end is no crossing inside.
    guard (before < 0 && after > 0) || (before > 0 && after < 0) else { return nil }
    switch course {
    case .linear: return duration * (before / (before - after))
    case .exponential:
      return duration * (log1p((capacity - startRate) / startRate) / logGrowth)
    }
  }

  /// The first time after `from` at which a queue of `queue` > 0 at `from` is empty; capacity must
  /// exceed arrivals from there until `to`, where the queue would be negative.
  func emptying(_ queue: Double, from: Double, to: Double) -> Double {
    switch course {
    case .linear:
      // queue + f x + g x²/2 = 0 in the form without cancellation; f ≤ 0.
      let drain = capacity - rate(at: from)
      let growth = (endRate - startRate) / duration
      let root = max(0, drain * drain - 2 * growth * queue).squareRoot()
      return min(max(from + 2 * queue / (drain + root), from), to)
    case .exponential:
      let start = arrivals(until: from)
      var (low, high) = (from, to)
      while true {
        let middle = low + (high - low) / 2
        if middle <= low || middle >= high { return high }
        let level = queue + arrivals(until: middle) - start - capacity * (middle - from)
        if level > 0 { low = middle } else { high = middle }
      }
    }
  }
}
