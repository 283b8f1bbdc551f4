import Dispatch
import Foundation
import Synchronization

/// Threads of their own for what computes for long, so that Swift's pool stays free for those who read,
/// on a machine with one core, too.
///
/// They are of lower priority than the rest of the server: the system gives them what readers leave. They
/// live as long as the process and sleep while there is nothing to do.
final class StudyThreads: TaskExecutor {
  /// For jobs.
  static let ofJobs = StudyThreads(niceness: 10)
  /// For previews, which somebody waits for.
  static let ofPreviews = StudyThreads(niceness: 5)

  /// Replications that run at once: one core is left to those who read.
  static let count = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)

  private let waiting = Mutex<[UnownedJob]>([])
  private let signal = DispatchSemaphore(value: 0)

  private init(niceness: Int32) {
    for _ in 0..<Self.count {
      let thread = Thread { [self] in
        // On Linux, of this thread alone.
        _ = nice(niceness)
        while true {
          signal.wait()
          let next = waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
          next?.runSynchronously(on: asUnownedTaskExecutor())
        }
      }
      // As much as the main thread has: deep documents are read by recursion.
      thread.stackSize = 8 << 20
      thread.start()
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    waiting.withLock { $0.append(job) }
    signal.signal()
  }
}
