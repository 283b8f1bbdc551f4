internal import EventEngine

/// What was done on counted cases for one activity in one way, or for one guardrail.
///
/// Times in microseconds, money in millionths of the currency unit.
public struct WorkRecord: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Pieces of work done; of automations failed runs too.
  public var count = 0
  /// Sum of the times from queueing until the work began, in calendar time.
  public var waitingTime: Int128 = 0
  /// Sum of the times from the beginning of the work to its end, in calendar time: pauses of whoever
  /// does it included.
  public var serviceTime: Int128 = 0
  /// Sum of the work itself.
  public var workTime: Int64 = 0
  /// What it cost.
  public var cost: Int64 = 0

  /// Nothing done.
  public init() {}

  /// Adds what another record counts.
  public mutating func add(_ other: WorkRecord) {
    count += other.count
    waitingTime += other.waitingTime
    serviceTime += other.serviceTime
    workTime += other.workTime
    cost += other.cost
  }
}

/// Where the records of a replication's work stand: for each activity one for each way of doing it,
/// then one for each guardrail, then one for each errand.
public struct WorkRecordRows: Sendable, Hashable {
  /// Number of activities.
  public let activities: Int
  /// Number of guardrails.
  public let guardrails: Int
  /// Number of errands that mechanisms give to teams.
  public let errands: Int

  /// Rows of a process with so many activities and a stack with so many guardrails and errands.
  public init(activities: Int, guardrails: Int, errands: Int = 0) {
    self.activities = activities
    self.guardrails = guardrails
    self.errands = errands
  }

  /// Ways of doing an activity.
  public enum Way: Int, Sendable, CaseIterable {
    /// As planned, by people.
    case task
    /// By people because an automation failed.
    case exception
    /// By an automation.
    case run
  }

  /// Number of rows.
  public var count: Int { activities * Way.allCases.count + guardrails + errands }

  /// Row of an activity done in one way.
  @inline(__always)
  public func row(activity: Int, _ way: Way) -> Int { activity * 3 + way.rawValue }

  /// Row of the tickets of a guardrail.
  @inline(__always)
  public func row(guardrail: Int) -> Int { activities * 3 + guardrail }

  /// Row of an errand.
  @inline(__always)
  public func row(errand: Int) -> Int { activities * 3 + guardrails + errand }
}

extension Replication {
  /// Notes a piece of work that has just been done; of a batch, each of its items.
  ///
  /// - Parameters:
  ///   - row: of `workRows`.
  ///   - time: spent on it.
  ///   - started: when it, or the batch it was done in, was begun.
  ///   - cost: in millionths of the currency unit.
  ///   - person: who did it; −1 for nobody.
  ///   - attempt: failed attempts before it.
  @inline(__always)
  mutating func noteDone(
    _ work: WorkItem, row: Int, time: Int64, started: Int64, cost: Int64, person: Int32 = -1,
    attempt: Int32 = 0
  ) {
    // Some errands are for no case.
    guard work.caseSlot >= 0, cases[work.caseSlot].cohort >= 0 else { return }
    if Observer.takesWorkDone {
      observer.workDone(
        WorkDone(
          ordinal: cases[work.caseSlot].ordinal, caseSlot: work.caseSlot,
          kind: observed(work.kind), source: work.source,
          station: work.station, person: person < 0 ? -1 : people[Int(person)].position,
          attempt: attempt + 1, enabled: work.queued, started: started, finished: now,
          cost: cost))
    }
    workDone[row].count &+= 1
    workDone[row].waitingTime &+= Int128(started &- work.queued)
    workDone[row].serviceTime &+= Int128(now &- started)
    workDone[row].workTime &+= time
    workDone[row].cost &+= cost
  }
}
