public import EventEngine

/// The keys of all random numbers that a run has asked for, in order; for tests.
///
/// An observer that carries one and whose type says `recordsDraws` gets them all.
public final class DrawLog {
  /// The key of one random number within a replication.
  public struct Key: Hashable, Sendable {
    /// What the draw is for.
    public var stream: RandomStream
    /// Which case or occurrence.
    public var ordinal: UInt32
    /// Which visit to the element.
    public var visit: Int64
    /// Which attempt.
    public var attempt: Int32
    /// Which draw of a method that needs several.
    public var counter: UInt32
  }

  /// The keys in the order in which they were used.
  public private(set) var keys: [Key] = []

  /// Creates an empty log.
  public init() {}

  func note(_ key: Key) { keys.append(key) }
}

extension SimulationObserver {
  /// No draws are recorded.
  public static var recordsDraws: Bool { false }
  /// There is none.
  public var drawLog: DrawLog? { nil }
}

/// The random numbers of a run, noted where its observer wants that.
///
/// Whether it does is known when the engine is compiled for the observer's type, so that otherwise
/// nothing is left of it.
struct DrawSource<Observer: SimulationObserver> {
  private let numbers: KeyedRandom
  /// Kept alive by the observer.
  private let log: Unmanaged<DrawLog>?

  init(seed: UInt64, replication: Int, observer: Observer) {
    numbers = KeyedRandom(seed: seed, replication: replication)
    log = Observer.recordsDraws ? observer.drawLog.map(Unmanaged.passUnretained) : nil
  }

  /// Numbers of neighbours that may be used later on; whoever uses one notes it then.
  @inline(__always)
  func uniformsAhead(
    _ uniforms: UnsafeMutableBufferPointer<Double>, _ stream: RandomStream, from ordinal: UInt32
  ) {
    numbers.fill(uniforms, stream, from: ordinal)
  }

  /// A number uniform on the open interval (0, 1); see `KeyedRandom.uniform`.
  @inline(__always)
  func uniform(
    _ stream: RandomStream, ordinal: UInt32, visit: Int64 = 0, attempt: Int32 = 0,
    counter: UInt32 = 0
  ) -> Double {
    note(stream, ordinal: ordinal, visit: visit, attempt: attempt, counter: counter)
    return numbers.uniform(
      stream, ordinal: ordinal, visit: visit, attempt: attempt, counter: counter)
  }

  /// Notes that a number is used.
  @inline(__always)
  func note(
    _ stream: RandomStream, ordinal: UInt32, visit: Int64 = 0, attempt: Int32 = 0,
    counter: UInt32 = 0
  ) {
    if Observer.recordsDraws, let log {
      log.takeUnretainedValue().note(
        DrawLog.Key(
          stream: stream, ordinal: ordinal, visit: visit, attempt: attempt, counter: counter))
    }
  }
}
