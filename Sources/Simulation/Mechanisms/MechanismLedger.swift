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
  /// A hand-over between islands of automations.
  case handOver
  /// A hand-over that lost the context of the case.
  case contextLost
  /// Data that an automation pulled again.
  case dataPulledAgain
  /// A customer who was asked again for what was known.
  case customerAskedAgain
  /// A case whose customer was asked again, counted once.
  case customerIrritated
  /// A hand-over that was misread, so that the work was done again.
  case handOverMisread
  /// A wait for an automation that took too long, so that people took over.
  case waitTimedOut
  /// Something carried out in part, unnoticed.
  case partialFailure
  /// Something carried out twice, unnoticed.
  case doubleEffect
  /// A conflict between two automations.
  case agentConflict
  /// An attempt that the layer added to an automation's own.
  case layerRetry
  /// A case that the layer rolled back.
  case rolledBack
  /// Work given to another performer because an automation was down.
  case reroutedAroundOutage
  /// Work given to another performer because an automation was not reliable at it.
  case routedByReliability
  /// A case that waited at a guardrail because policies were down.
  case policyAwaited
  /// A case that passed a guardrail unchecked because policies were down.
  case policyUnchecked
  /// A ticket raised because policies were down.
  case policyEscalated
  /// A firing that a second automation looked at.
  case escalatedToAutomation
  /// A firing for which documents were asked for.
  case documentsAsked
  /// A firing settled without people that should not have been.
  case settledWrongly
  /// An alert of something that was wrong.
  case alert
  /// An alert of something that was in order.
  case falseAlarm
  /// An activity that a supervisor delegated.
  case delegated
  /// A conflict that a supervisor settled.
  case conflictSettled
  /// Results that a supervisor put together.
  case synthesised
  /// A trigger that was taken into a case under way.
  case triggerCoalesced
  /// A trigger that waited its turn.
  case triggerHeldBack
  /// A trigger that was dropped.
  case triggerDropped

  /// The mechanism it belongs to, as its scenario section is called.
  public var mechanism: String {
    switch self {
    case .guardrailWaved, .guardrailWavedFalsely: "remedies"
    case .handOver, .contextLost, .dataPulledAgain, .customerAskedAgain, .customerIrritated,
      .handOverMisread, .waitTimedOut, .partialFailure, .doubleEffect, .agentConflict:
      "coordination"
    case .layerRetry, .rolledBack, .reroutedAroundOutage, .routedByReliability, .policyAwaited,
      .policyUnchecked, .policyEscalated, .escalatedToAutomation, .documentsAsked,
      .settledWrongly, .alert, .falseAlarm:
      "orchestration"
    case .delegated, .conflictSettled, .synthesised, .triggerCoalesced, .triggerHeldBack,
      .triggerDropped:
      "patterns"
    }
  }

  /// Name in files, in snake case.
  public var name: String {
    switch self {
    case .guardrailWaved: "guardrail_waved"
    case .guardrailWavedFalsely: "guardrail_waved_falsely"
    case .handOver: "hand_over"
    case .contextLost: "context_lost"
    case .dataPulledAgain: "data_pulled_again"
    case .customerAskedAgain: "customer_asked_again"
    case .customerIrritated: "customer_irritated"
    case .handOverMisread: "hand_over_misread"
    case .waitTimedOut: "wait_timed_out"
    case .partialFailure: "partial_failure"
    case .doubleEffect: "double_effect"
    case .agentConflict: "agent_conflict"
    case .layerRetry: "layer_retry"
    case .rolledBack: "rolled_back"
    case .reroutedAroundOutage: "rerouted_around_outage"
    case .routedByReliability: "routed_by_reliability"
    case .policyAwaited: "policy_awaited"
    case .policyUnchecked: "policy_unchecked"
    case .policyEscalated: "policy_escalated"
    case .escalatedToAutomation: "escalated_to_automation"
    case .documentsAsked: "documents_asked"
    case .settledWrongly: "settled_wrongly"
    case .alert: "alert"
    case .falseAlarm: "false_alarm"
    case .delegated: "delegated"
    case .conflictSettled: "conflict_settled"
    case .synthesised: "synthesised"
    case .triggerCoalesced: "trigger_coalesced"
    case .triggerHeldBack: "trigger_held_back"
    case .triggerDropped: "trigger_dropped"
    }
  }

  /// What happened, in words.
  public var title: String {
    switch self {
    case .guardrailWaved: "guardrail found needless and waved through"
    case .guardrailWavedFalsely: "waved through although it was needed"
    case .handOver: "hand-over between islands"
    case .contextLost: "context lost at a hand-over"
    case .dataPulledAgain: "data pulled again"
    case .customerAskedAgain: "customer asked again for what was known"
    case .customerIrritated: "case whose customer was asked again"
    case .handOverMisread: "hand-over misread, work done again"
    case .waitTimedOut: "wait for an automation timed out"
    case .partialFailure: "carried out in part, unnoticed"
    case .doubleEffect: "carried out twice, unnoticed"
    case .agentConflict: "conflict between two automations"
    case .layerRetry: "attempt added by the layer"
    case .rolledBack: "case rolled back"
    case .reroutedAroundOutage: "rerouted around an outage"
    case .routedByReliability: "routed by measured reliability"
    case .policyAwaited: "waited for policies that were down"
    case .policyUnchecked: "passed unchecked while policies were down"
    case .policyEscalated: "escalated while policies were down"
    case .escalatedToAutomation: "escalated to a second automation"
    case .documentsAsked: "further documents asked for"
    case .settledWrongly: "settled without people although it should not have been"
    case .alert: "alert of the monitor"
    case .falseAlarm: "false alarm of the monitor"
    case .delegated: "delegated by the supervisor"
    case .conflictSettled: "conflict settled by the supervisor"
    case .synthesised: "results put together by the supervisor"
    case .triggerCoalesced: "trigger taken into a case under way"
    case .triggerHeldBack: "trigger that waited its turn"
    case .triggerDropped: "trigger dropped"
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
