import Experiments
import Synchronization

/// Between a job at work and those who watch or stop it; used from any thread.
final class JobControl: Sendable {
  private struct State {
    var isStopped = false
    var onStop: (@Sendable () -> Void)?
    var lastTold: ContinuousClock.Instant?
    var records: InterimRecords?
  }

  private let state = Mutex(State())
  private let tell: @Sendable (_ done: Double, _ total: Double, _ message: String) -> Void
  private let show: @Sendable (InterimStudy) -> Void

  /// Creates a control.
  ///
  /// - Parameters:
  ///   - tell: Told of progress, at most ten times a second.
  ///   - show: Told what a study shows so far.
  init(
    tell: @escaping @Sendable (_ done: Double, _ total: Double, _ message: String) -> Void,
    show: @escaping @Sendable (InterimStudy) -> Void = { _ in }
  ) {
    self.tell = tell
    self.show = show
  }

  /// Says where the records of the study are that is about to begin.
  func watch(_ records: InterimRecords) { state.withLock { $0.records = records } }

  /// Shows what the study shows so far, again and again, until the task is cancelled.
  ///
  /// It takes a tenth of one core at most: the longer a result takes to be made, the rarer it is.
  func showResults() async {
    var pause = Duration.milliseconds(400)
    while !Task.isCancelled {
      do { try await Task.sleep(for: pause) } catch { return }
      guard let records = state.withLock({ $0.records }) else { continue }
      let begun = ContinuousClock.now
      guard let study = try? await onThread({ records.result() }) else { continue }
      show(InterimStudy(study: study, requested: records.requested))
      pause = max(.milliseconds(700), (ContinuousClock.now - begun) * 9)
    }
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

/// What a study that is being run shows so far.
struct InterimStudy: Sendable {
  var study: StudyResult
  /// Replications of each variant that were asked for.
  var requested: Int
}
