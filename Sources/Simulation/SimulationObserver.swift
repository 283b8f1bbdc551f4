/// Sees everything that happens in a replication and changes nothing.
///
/// The engine is compiled for each observer type, so that `NoObserver` costs nothing. Times are
/// microseconds from the start of the scenario.
public protocol SimulationObserver {
  /// A case arrives or leaves; `ordinal` counts from 1.
  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64)
  /// A work item enters a state, or leaves the system where `state` is `nil`. `item` is its slot, used
  /// again after it has left.
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64)
  /// The shift of a calendar opens or closes.
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64)
  /// All that happens at this instant up to here has been handled: servers idle and work waiting, per
  /// team.
  mutating func settled(at time: Int64, team: Int, idleOnShift: Int, waiting: Int)
  /// The run has ended with this many cases inside.
  mutating func ended(at time: Int64, casesInside: Int)
}

/// What happens to a case.
public enum CaseChange: Sendable {
  /// It arrives.
  case arrived
  /// Its process is done.
  case completed
}

/// Kinds of work an observer sees.
public enum ObservedWork: UInt8, Sendable, CaseIterable {
  /// Planned human work.
  case task
  /// Guardrail ticket.
  case ticket
  /// Exception of an automation.
  case exception
  /// Run of an automation.
  case run
  /// Hop through the orchestration layer.
  case hop
  /// Human work to repair something.
  case repair
}

/// States of work an observer sees.
public enum ObservedState: UInt8, Sendable, CaseIterable {
  /// In a queue.
  case waiting
  /// In a batch that is not full.
  case forming
  /// With a server, at work or suspended over closed hours.
  case inService
  /// With a server that waits for an application, or for something that is down.
  case awaitingApplication
}

/// Sees nothing.
public struct NoObserver: SimulationObserver {
  /// Creates the observer.
  public init() {}
  /// Does nothing.
  @inline(__always)
  public mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64) {}
  /// Does nothing.
  @inline(__always)
  public mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64
  ) {}
  /// Does nothing.
  @inline(__always)
  public mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64) {}
  /// Does nothing.
  @inline(__always)
  public mutating func settled(at time: Int64, team: Int, idleOnShift: Int, waiting: Int) {}
  /// Does nothing.
  @inline(__always)
  public mutating func ended(at time: Int64, casesInside: Int) {}
}
