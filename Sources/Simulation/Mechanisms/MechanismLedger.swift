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
  /// A ticket approved after changes by the reviewer.
  case ticketModified
  /// A ticket rejected.
  case ticketRejected
  /// What was rejected, done again by a team.
  case ticketReworked
  /// What was rejected, sent back to the automation.
  case ticketSentBack
  /// An answered ticket that came again.
  case ticketReopened
  /// A ticket that waited so long that nobody needs it.
  case ticketWithdrawn
  /// A ticket answered after its due date, or still open after it.
  case ticketLate
  /// A review that follows a wrong recommendation.
  case reviewerMisled
  /// A second automation asked before people.
  case opinionAsked
  /// A case that the second automation settled.
  case settledByOpinion
  /// Documents asked of a customer before people are.
  case documentsAsked
  /// A case that the documents settled.
  case settledByDocuments
  /// An escalation that was forecast, its context prepared.
  case escalationPrepared
  /// A preparation that was ready when the ticket came.
  case preparationUsed
  /// A preparation that came too late or for nothing.
  case preparationWasted
  /// A review begun under load that changes it.
  case reviewTired
  /// A review approved without looking.
  case reviewStamped
  /// An approval that would have been none without load.
  case wronglyApproved
  /// Errors that a review missed for load or a wrong recommendation.
  case errorMissed

  /// A call made within a run, failed ones included.
  case agentCall
  /// One of those that failed.
  case agentCallFailed
  /// One of those that took too long.
  case agentCallTimedOut
  /// A token used by calls.
  case tokensUsed
  /// A person asked because of what the case is.
  case askedByTier
  /// A person asked because of low confidence.
  case askedForConfidence
  /// One of either after a run that was right.
  case askedNeedlessly
  /// A wrong run that was confident enough to ask nobody.
  case confidentlyWrong
  /// An error of a run that a review it had asked for found.
  case askedReviewFoundError
  /// A run for which the automation has no rule or script.
  case uncovered
  /// A release of an application.
  case release
  /// An automation broken by one.
  case breakage
  /// Work that went to people because the automation was broken.
  case workWhileBroken
  /// Something else asked of an automation.
  case changeAsked
  /// Such a change that has taken effect.
  case changeMade
  /// Work that went to people because a change had not been made.
  case workUnchanged
  /// Upkeep of an automation.
  case upkeep
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
  /// Something that leaders have decided.
  case responseDecided
  /// Somebody who was hired and has come.
  case hired
  /// Shifts that became longer.
  case shiftsLengthened
  /// People who came to help from another team.
  case peopleBorrowed
  /// A limit on how fast cases begin.
  case intakeLimited
  /// A case that had to wait before the process.
  case caseKeptWaiting
  /// A case that was turned away.
  case caseTurnedAway
  /// Another share of the cases for an automation.
  case shareChanged
  /// Something that leaders have undone.
  case responseEnded

  /// The mechanism it belongs to, as its scenario section is called.
  public var mechanism: String {
    switch self {
    case .guardrailWaved, .guardrailWavedFalsely: "remedies"
    case .agentCall, .agentCallFailed, .agentCallTimedOut, .tokensUsed, .askedByTier,
      .askedForConfidence, .askedNeedlessly, .confidentlyWrong, .askedReviewFoundError:
      "agents"
    case .uncovered, .changeAsked, .changeMade, .workUnchanged, .upkeep: "rules"
    case .release, .breakage, .workWhileBroken: "rpa"
    case .ticketModified, .ticketRejected, .ticketReworked, .ticketSentBack, .ticketReopened,
      .ticketWithdrawn, .ticketLate, .reviewerMisled, .opinionAsked, .settledByOpinion,
      .documentsAsked, .settledByDocuments, .escalationPrepared, .preparationUsed,
      .preparationWasted:
      "tickets"
    case .reviewTired, .reviewStamped, .wronglyApproved, .errorMissed: "fatigue"
    case .handOver, .contextLost, .dataPulledAgain, .customerAskedAgain, .customerIrritated,
      .handOverMisread, .waitTimedOut, .partialFailure, .doubleEffect, .agentConflict:
      "coordination"
    case .layerRetry, .rolledBack, .reroutedAroundOutage, .routedByReliability, .policyAwaited,
      .policyUnchecked, .policyEscalated, .alert, .falseAlarm:
      "orchestration"
    case .delegated, .conflictSettled, .synthesised, .triggerCoalesced, .triggerHeldBack,
      .triggerDropped:
      "patterns"
    case .responseDecided, .hired, .shiftsLengthened, .peopleBorrowed, .intakeLimited,
      .caseKeptWaiting, .caseTurnedAway, .shareChanged, .responseEnded:
      "response"
    }
  }

  /// Name in files, in snake case.
  public var name: String {
    switch self {
    case .guardrailWaved: "guardrail_waved"
    case .guardrailWavedFalsely: "guardrail_waved_falsely"
    case .agentCall: "agent_call"
    case .agentCallFailed: "agent_call_failed"
    case .agentCallTimedOut: "agent_call_timed_out"
    case .tokensUsed: "tokens_used"
    case .askedByTier: "asked_by_tier"
    case .askedForConfidence: "asked_for_confidence"
    case .askedNeedlessly: "asked_needlessly"
    case .confidentlyWrong: "confidently_wrong"
    case .askedReviewFoundError: "asked_review_found_error"
    case .uncovered: "uncovered"
    case .release: "release"
    case .breakage: "breakage"
    case .workWhileBroken: "work_while_broken"
    case .changeAsked: "change_asked"
    case .changeMade: "change_made"
    case .workUnchanged: "work_unchanged"
    case .upkeep: "upkeep"
    case .ticketModified: "ticket_modified"
    case .ticketRejected: "ticket_rejected"
    case .ticketReworked: "ticket_reworked"
    case .ticketSentBack: "ticket_sent_back"
    case .ticketReopened: "ticket_reopened"
    case .ticketWithdrawn: "ticket_withdrawn"
    case .ticketLate: "ticket_late"
    case .reviewerMisled: "reviewer_misled"
    case .opinionAsked: "opinion_asked"
    case .settledByOpinion: "settled_by_opinion"
    case .documentsAsked: "documents_asked"
    case .settledByDocuments: "settled_by_documents"
    case .escalationPrepared: "escalation_prepared"
    case .preparationUsed: "preparation_used"
    case .preparationWasted: "preparation_wasted"
    case .reviewTired: "review_tired"
    case .reviewStamped: "review_stamped"
    case .wronglyApproved: "wrongly_approved"
    case .errorMissed: "error_missed"
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
    case .alert: "alert"
    case .falseAlarm: "false_alarm"
    case .delegated: "delegated"
    case .conflictSettled: "conflict_settled"
    case .synthesised: "synthesised"
    case .triggerCoalesced: "trigger_coalesced"
    case .triggerHeldBack: "trigger_held_back"
    case .triggerDropped: "trigger_dropped"
    case .responseDecided: "response_decided"
    case .hired: "hired"
    case .shiftsLengthened: "shifts_lengthened"
    case .peopleBorrowed: "people_borrowed"
    case .intakeLimited: "intake_limited"
    case .caseKeptWaiting: "case_kept_waiting"
    case .caseTurnedAway: "case_turned_away"
    case .shareChanged: "share_changed"
    case .responseEnded: "response_ended"
    }
  }

  /// What happened, in words.
  public var title: String {
    switch self {
    case .guardrailWaved: "guardrail found needless and waved through"
    case .guardrailWavedFalsely: "waved through although it was needed"
    case .agentCall: "call made"
    case .agentCallFailed: "call that failed"
    case .agentCallTimedOut: "call that took too long"
    case .tokensUsed: "token used"
    case .askedByTier: "person asked because of what the case is"
    case .askedForConfidence: "person asked because of low confidence"
    case .askedNeedlessly: "person asked although the run was right"
    case .confidentlyWrong: "wrong, but confident enough to ask nobody"
    case .askedReviewFoundError: "error found by a review that was asked for"
    case .uncovered: "run without a rule for the case"
    case .release: "release of an application"
    case .breakage: "automation broken by a release"
    case .workWhileBroken: "work given to people while broken"
    case .changeAsked: "change asked of an automation"
    case .changeMade: "change in effect"
    case .workUnchanged: "work given to people until a change is made"
    case .upkeep: "upkeep of an automation"
    case .ticketModified: "ticket approved after changes by the reviewer"
    case .ticketRejected: "ticket rejected"
    case .ticketReworked: "rejected work done again by a team"
    case .ticketSentBack: "rejected work sent back to the automation"
    case .ticketReopened: "answered ticket that came again"
    case .ticketWithdrawn: "ticket withdrawn because nobody needs it any more"
    case .ticketLate: "ticket past its due date"
    case .reviewerMisled: "reviewer misled by a wrong recommendation"
    case .opinionAsked: "second automation asked before people"
    case .settledByOpinion: "case settled by the second automation"
    case .documentsAsked: "documents asked of the customer"
    case .settledByDocuments: "case settled by the customer's documents"
    case .escalationPrepared: "escalation forecast and its context prepared"
    case .preparationUsed: "preparation that was ready when the ticket came"
    case .preparationWasted: "preparation that came too late or for nothing"
    case .reviewTired: "review changed by the reviewer's load"
    case .reviewStamped: "ticket approved without looking"
    case .wronglyApproved: "ticket approved that would not have been without load"
    case .errorMissed: "error missed for load or a wrong recommendation"
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
    case .alert: "alert of the monitor"
    case .falseAlarm: "false alarm of the monitor"
    case .delegated: "delegated by the supervisor"
    case .conflictSettled: "conflict settled by the supervisor"
    case .synthesised: "results put together by the supervisor"
    case .triggerCoalesced: "trigger taken into a case under way"
    case .triggerHeldBack: "trigger that waited its turn"
    case .triggerDropped: "trigger dropped"
    case .responseDecided: "act of response decided"
    case .hired: "person hired"
    case .shiftsLengthened: "shifts of a team made longer"
    case .peopleBorrowed: "help from another team"
    case .intakeLimited: "intake of cases limited"
    case .caseKeptWaiting: "case kept waiting before the process"
    case .caseTurnedAway: "case turned away"
    case .shareChanged: "share of an automation changed"
    case .responseEnded: "act of response ended"
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
    cohortTallies[Int(min(week, Int64(lastCohort)))].timeBesideCases &+= time
    record.costBesideCases[component.rawValue] &+= roundedToInteger(cost)
  }
}
