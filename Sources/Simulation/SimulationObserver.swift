/// Sees everything that happens in a replication and changes nothing.
///
/// The engine is compiled for each observer type, so that `NoObserver` costs nothing. Times are
/// microseconds from the start of the scenario.
public protocol SimulationObserver {
  /// Whether the keys of all draws go to `drawLog`; without saying so they do not.
  static var recordsDraws: Bool { get }
  /// Where they go.
  var drawLog: DrawLog? { get }
  /// Whether it looks at all; the engine tells nothing to one that does not.
  static var isObserving: Bool { get }
  /// Whether it takes the work done on counted cases, with all that a log says of it.
  static var takesWorkDone: Bool { get }
  /// A piece of work on a counted case has been done; of a batch, each of its items.
  mutating func workDone(_ work: WorkDone)
  /// No more work is done on a case: its process is over, and so are tickets that nobody waits for. Told to
  /// who takes the work done; `slot` may be used again.
  mutating func caseClosed(slot: Int32)
  /// Whether it follows cases step by step; the engine tells nothing to one that does not.
  static var tracesCases: Bool { get }
  /// Something happens to a case, run-in included; `ordinal` counts from 1.
  mutating func traced(_ step: CaseStep, ordinal: UInt32, at time: Int64)
  /// A case arrives or leaves; `ordinal` counts from 1.
  mutating func caseChanged(_ change: CaseChange, ordinal: UInt32, at time: Int64)
  /// A work item enters a state, or leaves the system where `state` is `nil`. `item` is its slot, used
  /// again after it has left.
  mutating func workChanged(
    item: Int32, kind: ObservedWork, station: Int, to state: ObservedState?, at time: Int64)
  /// The shift of a calendar opens or closes.
  mutating func shiftChanged(calendar: Int, isOpen: Bool, at time: Int64)
  /// A team has taken what it can: how many of its people are idle on shift beside work that they have
  /// the skills for, and in how many lanes such work waits.
  mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int)
  /// The run has ended with this many cases inside.
  mutating func ended(at time: Int64, casesInside: Int)
}

/// What happens to a case.
public enum CaseChange: Sendable {
  /// It arrives.
  case arrived
  /// Its process is done.
  case completed
  /// It is given up.
  case abandoned
}

/// Kinds of work an observer sees.
public enum ObservedWork: UInt8, Sendable, CaseIterable, BitwiseCopyable {
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
  /// Human work that a mechanism gives to a team.
  case errand
  /// What an automation does beside the runs that do activities.
  case aside
}

/// States of work an observer sees.
public enum ObservedState: UInt8, Sendable, CaseIterable {
  /// In a queue.
  case waiting
  /// In a batch that is not full.
  case forming
  /// Being worked on.
  case inService
  /// With a person whose shift is over.
  case suspended
  /// With a server that waits for an application, or for something that is down.
  case awaitingApplication
}

extension SimulationObserver {
  /// It looks.
  public static var isObserving: Bool { true }
  /// It takes none.
  public static var takesWorkDone: Bool { false }
  /// Does nothing.
  @inline(__always)
  public mutating func workDone(_ work: WorkDone) {}
  /// Does nothing.
  @inline(__always)
  public mutating func caseClosed(slot: Int32) {}
  /// It follows none.
  public static var tracesCases: Bool { false }
  /// Does nothing.
  @inline(__always)
  public mutating func traced(_ step: CaseStep, ordinal: UInt32, at time: Int64) {}
}

/// A piece of work that has been done.
public struct WorkDone: Sendable, BitwiseCopyable {
  /// The case, from 1.
  public var ordinal: UInt32
  /// Slot of the case, used again after it has left.
  public var caseSlot: Int32
  /// Kind of work.
  public var kind: ObservedWork
  /// Index of the activity; of tickets of the guardrail, of errands among those of all stacks.
  public var source: Int32
  /// Index of the station: teams first, then automations.
  public var station: Int32
  /// Position of who did it within the team; −1 for automations.
  public var person: Int32
  /// Which attempt of an automation it was, from 1; 1 for people.
  public var attempt: Int32
  /// When it came to its performer, in microseconds as all that follow.
  public var enabled: Int64
  /// When it, or the batch it was done in, was first begun.
  public var started: Int64
  /// When it was done.
  public var finished: Int64
  /// What it cost, in millionths of the currency unit, without licences.
  public var cost: Int64
}

/// Sees nothing.
public struct NoObserver: SimulationObserver {
  /// Creates the observer.
  public init() {}
  /// It does not look.
  public static var isObserving: Bool { false }
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
  public mutating func settled(at time: Int64, team: Int, idle: Int, waiting: Int) {}
  /// Does nothing.
  @inline(__always)
  public mutating func ended(at time: Int64, casesInside: Int) {}
}
