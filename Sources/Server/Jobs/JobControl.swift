import Synchronization

/// Between a job at work and those who watch or stop it; used from any thread.
final class JobControl: Sendable {
  private struct State {
    var isStopped = false
    var onStop: (@Sendable () -> Void)?
    var lastTold: ContinuousClock.Instant?
  }

  private let state = Mutex(State())
  private let tell: @Sendable (_ done: Double, _ total: Double, _ message: String) -> Void

  /// Creates a control.
  ///
  /// - Parameter tell: Told of progress, at most ten times a second.
  init(tell: @escaping @Sendable (_ done: Double, _ total: Double, _ message: String) -> Void) {
    self.tell = tell
  }

  /// Whether somebody has asked the job to end.
  var isStopped: Bool { state.withLock { $0.isStopped } }

  /// Says what to do when the job is to end; done at once where that has been asked.
  func onStop(_ action: @escaping @Sendable () -> Void) {
    let isStopped = state.withLock { state in
      state.onStop = action
      return state.isStopped
    }
    if isStopped { action() }
  }

  /// Asks the job to end.
  func stop() {
    let action = state.withLock { state in
      state.isStopped = true
      return state.onStop
    }
    action?()
  }

  /// Reports how far the job is.
  func report(_ done: Double, of total: Double, _ message: String) {
    let now = ContinuousClock.now
    let isDue = state.withLock { state in
      if let last = state.lastTold, now - last < .milliseconds(100), done < total { return false }
      state.lastTold = now
      return true
    }
    if isDue { tell(done, total, message) }
  }
}
