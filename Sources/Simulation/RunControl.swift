internal import EventEngine
internal import Synchronization

/// Stops runs from outside, bounds their events, and learns how far they have come.
///
/// Shared by all replications of a study, on any thread. What it does changes no result: a run is
/// carried to its end or yields none.
public final class RunControl: Sendable {
  /// Most events of one replication; a run that needs more fails.
  public let eventLimit: Int
  private let stopCode = Atomic<UInt8>(0)
  private let millionths = Atomic<Int>(0)
  private let progress: @Sendable (_ replications: Double) -> Void

  /// Creates a control.
  ///
  /// - Parameters:
  ///   - eventLimit: most events of one replication, ≥ 1.
  ///   - progress: told from any thread, often, how many replications' worth of work is done.
  public init(
    eventLimit: Int = .max,
    progress: @escaping @Sendable (_ replications: Double) -> Void = { _ in }
  ) {
    self.eventLimit = eventLimit
    self.progress = progress
  }

  /// Ends all runs within a few thousand events each; the first reason given stays.
  public func stop(_ reason: StopReason) {
    let code: UInt8 = reason == .interrupted ? 1 : 2
    _ = stopCode.compareExchange(expected: 0, desired: code, ordering: .relaxed)
  }

  /// Why the runs are to end; `nil` where nobody has asked them to.
  public var stopReason: StopReason? {
    switch stopCode.load(ordering: .relaxed) {
    case 1: .interrupted
    case 2: .timeLimit
    default: nil
    }
  }

  /// Whether somebody has asked the runs to end.
  public var isStopped: Bool { stopCode.load(ordering: .relaxed) != 0 }

  /// Counts replications as done that need not be run, since their records are known.
  public func skip(_ replications: Int) {
    if replications > 0 { advance(by: replications * 1_000_000) }
  }

  /// Adds to what is done, in millionths of a replication.
  fileprivate func advance(by amount: Int) {
    let (_, total) = millionths.add(amount, ordering: .relaxed)
    progress(Double(total) / 1e6)
  }
}

/// Why runs are ended from outside.
public enum StopReason: String, Sendable, Hashable, Codable {
  /// Somebody interrupted the program.
  case interrupted
  /// The time given for it was over.
  case timeLimit = "time_limit"
}

/// One replication's view of its control: when to look at it next, and what it has reported.
struct RunWatch {
  fileprivate let control: RunControl?
  /// Number of events handled at which to look at the control; −1 where there is none.
  private(set) var nextCheck: Int
  private var reported = 0

  init(_ control: RunControl?) {
    self.control = control
    nextCheck = control == nil ? -1 : 0
  }

  /// Reports the share of the replication that is done, in 0...1.
  mutating func report(_ share: Double) {
    let millionths = Int((min(max(share, 0), 1) * 1e6).rounded())
    guard let control, millionths > reported else { return }
    control.advance(by: millionths - reported)
    reported = millionths
  }

  /// Rare enough to cost nothing, often enough that nobody waits.
  fileprivate mutating func lookAgain(after events: Int) {
    guard let control else { return }
    nextCheck = min(events + 4_096, control.eventLimit)
  }
}

extension Replication {
  /// Ends the run where its control says so.
  @inline(never)
  mutating func checkControl(_ watch: inout RunWatch) throws(SimulationError) {
    guard let control = watch.control else { return }
    if control.isStopped { throw .stopped }
    if record.eventCount >= control.eventLimit {
      throw .tooManyEvents(limit: control.eventLimit, at: now, casesInside: cases.liveCount)
    }
    watch.report(shareDone)
    watch.lookAgain(after: record.eventCount)
  }

  /// How much of the run is behind it, in 0...1.
  private var shareDone: Double {
    if let limit = model.timeline.caseLimit {
      return Double(limit - casesToCount - countedInside) / Double(limit)
    }
    let start = model.timeline.runInStart
    let end = model.timeline.horizon + model.timeline.followUp
    return Double(now - start) / Double(end - start)
  }
}
