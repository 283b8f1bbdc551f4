import Dispatch
public import Simulation

/// Bounds on a run that may not end by itself, or not soon enough.
public struct StudyLimits: Sendable, Hashable {
  /// Longest time to run; `nil` for as long as it takes.
  ///
  /// What is done by then is kept.
  public var time: Duration?
  /// Most events of one replication; `nil` for any number.
  public var events: Int?
  /// Most cases in progress at one time; `nil` for the engine's own bound.
  public var casesInside: Int?

  /// Creates bounds; without arguments: none but the engine's own.
  public init(time: Duration? = nil, events: Int? = nil, casesInside: Int? = nil) {
    self.time = time
    self.events = events
    self.casesInside = casesInside
  }

  /// A control that keeps the bound on events.
  func control(progress: @escaping @Sendable (Double) -> Void) -> RunControl {
    RunControl(eventLimit: events ?? .max, progress: progress)
  }

  /// Does work that a control can stop, and stops it when its time is over.
  func watching<Value: Sendable>(
    _ control: RunControl, _ work: () async throws -> Value
  ) async throws -> Value {
    guard let time else { return try await work() }
    // Replications keep every thread of Swift's pool busy, so a task would wake too late.
    let alarm = DispatchSource.makeTimerSource(queue: .global())
    let (seconds, attoseconds) = time.components
    alarm.schedule(
      deadline: .now() + .seconds(Int(clamping: seconds))
        + .milliseconds(Int(attoseconds / 1_000_000_000_000_000)))
    alarm.setEventHandler { control.stop(.timeLimit) }
    alarm.activate()
    defer { alarm.cancel() }
    return try await work()
  }
}

extension StopReason {
  /// The exit code of a run that was stopped; see `docs/reference/exit-codes.md`.
  public var exitCode: Int32 {
    switch self {
    case .interrupted: 130
    case .timeLimit: 4
    }
  }
}
