internal import EventEngine

/// What mechanisms do that is counted, with the work and money it took.
///
/// **A mechanism adds its events here, and counts them with `note`; results, reports and files show them
/// by themselves.**
public enum MechanismEvent: Int, Sendable, CaseIterable, Hashable, Codable, BitwiseCopyable {
  /// A guardrail's firing that policy re-evaluation found needless and waved through.
  case guardrailWaved
  /// One of those that was needed after all.
  case guardrailWavedFalsely

  /// The mechanism it belongs to, as its scenario section is called.
  public var mechanism: String {
    switch self {
    case .guardrailWaved, .guardrailWavedFalsely: "remedies"
    }
  }

  /// Name in files, in snake case.
  public var name: String {
    switch self {
    case .guardrailWaved: "guardrail_waved"
    case .guardrailWavedFalsely: "guardrail_waved_falsely"
    }
  }

  /// What happened, in words.
  public var title: String {
    switch self {
    case .guardrailWaved: "guardrail found needless and waved through"
    case .guardrailWavedFalsely: "waved through although it was needed"
    }
  }
}

/// How often something happened, and what it took.
public struct LedgerEntry: Sendable, Hashable, BitwiseCopyable {
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
  ///   - time: human work, in microseconds.
  ///   - cost: in millionths of the currency unit.
  @inline(__always)
  mutating func note(
    _ event: MechanismEvent, caseSlot: Int32, time: Int64 = 0, cost: Double = 0
  ) {
    guard isCounted(caseSlot) else { return }
    ledger[event.rawValue].count &+= 1
    ledger[event.rawValue].time &+= time
    ledger[event.rawValue].cost &+= roundedToInteger(cost)
  }

  /// Adds to what something took that was noted before.
  mutating func addToNote(_ event: MechanismEvent, caseSlot: Int32, time: Int64, cost: Double) {
    guard isCounted(caseSlot) else { return }
    ledger[event.rawValue].time &+= time
    ledger[event.rawValue].cost &+= roundedToInteger(cost)
  }

  /// Charges what belongs to no case but to the horizon; the caller knows that it falls into it.
  mutating func chargeBesideCases(_ component: CostComponent, time: Int64 = 0, cost: Double) {
    record.timeBesideCases &+= time
    record.costBesideCases[component.rawValue] &+= roundedToInteger(cost)
  }
}
