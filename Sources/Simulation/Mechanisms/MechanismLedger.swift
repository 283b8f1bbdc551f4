internal import EventEngine

/// How often something happened, and what it took.
public struct LedgerEntry: Sendable, Hashable, Codable, BitwiseCopyable {
  /// Occurrences on counted cases; of what belongs to no case, within the horizon.
  public var count: Int64 = 0
  /// Human work on it, in microseconds.
  public var time: Int64 = 0
  /// What it cost, in millionths of the currency unit; part of the cost components, not beside them.
  public var cost: Int64 = 0

  /// Nothing happened.
  public init() {}
}

extension Replication {
  /// Whether something that happens now to a case counts; to no case, where the slot is negative.
  @inline(__always)
  func isCounted(_ caseSlot: Int32) -> Bool {
    caseSlot >= 0 ? cases[caseSlot].cohort >= 0 : now >= 0 && now < countingEnd
  }

  /// Notes that a mechanism did something; what it costs is charged by whoever knows the component.
  ///
  /// - Parameters:
  ///   - caseSlot: the case it happened to; −1 for none.
  ///   - count: how often.
  ///   - time: human work, in microseconds.
  ///   - cost: in millionths of the currency unit.
  @inline(__always)
  mutating func note(
    _ event: MechanismEvent, caseSlot: Int32, count: Int64 = 1, time: Int64 = 0, cost: Double = 0
  ) {
    guard isCounted(caseSlot) else { return }
    ledger[event.rawValue].count &+= count
    ledger[event.rawValue].time &+= time
    ledger[event.rawValue].cost &+= roundedToInteger(cost)
    if Observer.tracesCases, caseSlot >= 0 { trace(caseSlot, .mechanism(event, count: count)) }
  }

  /// Adds to what something took that was noted before.
  mutating func addToNote(_ event: MechanismEvent, caseSlot: Int32, time: Int64, cost: Double) {
    guard isCounted(caseSlot) else { return }
    ledger[event.rawValue].time &+= time
    ledger[event.rawValue].cost &+= roundedToInteger(cost)
  }

  /// Charges what belongs to no case but to the horizon; the caller knows that it falls into it.
  ///
  /// - Parameter cameUp: when the work came up, which the cohort of that week counts; `nil` for now.
  mutating func chargeBesideCases(
    _ component: CostComponent, time: Int64 = 0, cost: Double, cameUp: Int64? = nil
  ) {
    record.timeBesideCases &+= time
    let week = max(0, cameUp ?? now) / cohortLength
    let own = Int(min(week, Int64(lastCohort)))
    let amount = roundedToInteger(cost)
    cohortTallies[own].timeBesideCases &+= time
    cohortTallies[own].costBesideCases &+= amount
    record.costBesideCases[component.rawValue] &+= amount
  }
}
