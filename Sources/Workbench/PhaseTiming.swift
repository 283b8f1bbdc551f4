import Experiments
import Foundation

/// How long the phases of a command took, for benchmarks.
///
/// Not part of any result: it differs from run to run.
public final class PhaseTiming {
  private var phases: [(name: String, cost: Cost)] = []

  /// What a phase took.
  public struct Cost: Encodable, Sendable {
    /// Processor time of all threads, in seconds.
    public var processorSeconds: Double
    /// Time by the clock on the wall, in seconds.
    public var wallSeconds: Double

    private enum CodingKeys: String, CodingKey {
      case processorSeconds = "processor_seconds"
      case wallSeconds = "wall_seconds"
    }
  }

  /// Begins with what the program has taken so far, as its start-up.
  public init() {
    phases.append(("start", Cost(processorSeconds: processorSeconds(), wallSeconds: 0)))
  }

  /// Does the work of a phase and adds what it took.
  public func phase<Value>(_ name: String, _ work: () throws -> Value) rethrows -> Value {
    let before = (processorSeconds(), ContinuousClock.now)
    defer { add(name, since: before) }
    return try work()
  }

  /// The same for work that waits.
  public func phase<Value>(_ name: String, _ work: () async throws -> Value) async rethrows -> Value
  {
    let before = (processorSeconds(), ContinuousClock.now)
    defer { add(name, since: before) }
    return try await work()
  }

  private func add(_ name: String, since before: (Double, ContinuousClock.Instant)) {
    let wall = ContinuousClock.now - before.1
    let cost = Cost(
      processorSeconds: processorSeconds() - before.0,
      wallSeconds: Double(wall.components.seconds) + Double(wall.components.attoseconds) / 1e18)
    if let known = phases.firstIndex(where: { $0.name == name }) {
      phases[known].cost.processorSeconds += cost.processorSeconds
      phases[known].cost.wallSeconds += cost.wallSeconds
    } else {
      phases.append((name, cost))
    }
  }

  /// Everything measured, ready to be written.
  public func document(of simulated: SimulatedScenario, threads: Int) -> TimingDocument {
    TimingDocument(
      phases: Dictionary(uniqueKeysWithValues: phases.map { ($0.name, $0.cost) }),
      replications: simulated.run.records.count, threads: threads, cases: simulated.run.cases,
      activities: simulated.run.activities, events: simulated.run.events,
      peakMemoryBytes: peakMemoryBytes())
  }
}

/// What `rehearse simulate --timing` writes.
public struct TimingDocument: Encodable, Sendable {
  /// What each phase took: `start`, `read`, `compile`, `run`, `reduce`, `write`.
  public var phases: [String: PhaseTiming.Cost]
  /// Replications done.
  public var replications: Int
  /// Threads that were allowed.
  public var threads: Int
  /// Cases counted in all replications.
  public var cases: Int
  /// Pieces of work done on them by people and automations.
  public var activities: Int
  /// Events handled.
  public var events: Int
  /// Most memory that the program had at any time, in bytes.
  public var peakMemoryBytes: Int

  private enum CodingKeys: String, CodingKey {
    case phases, replications, threads, cases, activities, events
    case peakMemoryBytes = "peak_memory_bytes"
  }
}

/// Processor time that all threads of the program have taken, in seconds.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// Most memory that the program has had so far, in bytes.
private func peakMemoryBytes() -> Int {
  var usage = rusage()
  getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
  return usage.ru_maxrss * 1_024
}
