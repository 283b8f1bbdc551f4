import Experiments
import Synchronization

/// Weekly figures of replications, which come from any thread in any order.
final class ForecastParts: Sendable {
  private let parts = Mutex<[Int: WeeklyFacts]>([:])

  /// Keeps those of a replication.
  func keep(_ facts: WeeklyFacts, of replication: Int) {
    parts.withLock { $0[replication] = facts }
  }

  /// All of them by number.
  var inOrder: [WeeklyFacts] {
    parts.withLock { $0.sorted { $0.key < $1.key }.map(\.value) }
  }
}
