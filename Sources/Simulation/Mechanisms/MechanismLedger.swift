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
  /// A ticket that goes to somebody qualified for the decision.
  case ticketRouted
  /// A ticket that waited for somebody qualified although somebody else of the team was free.
  case specialistAwaited
  /// A ticket that waited so long for somebody qualified that anybody might answer it.
  case ticketOverflowed
  /// A review begun by somebody qualified for the decision.
  case reviewMatched
  /// A review begun by somebody not qualified for the decision.
  case reviewUnmatched
  /// A wrong decision of a reviewer.
  case reviewWrong
  /// A look at what a guardrail costs and prevents.
  case guardrailReviewed
  /// A guardrail that is redesigned or removed because it costs more than it prevents.
  case guardrailRedesigned
  /// A firing that made no ticket because its guardrail was redesigned or removed.
  case firingSpared
  /// One of those that was needed after all.
  case lossLetThrough
  /// A decision of an automation that was captured.
  case decisionLogged
  /// A change by people of what an automation had done that was captured.
  case overrideLogged
  /// A run of an automation that nobody has looked after for too long.
  case runDecayed
  /// The behaviour of an automation that began to drift.
  case driftBegan
  /// An outcome of an automation that was looked at.
  case outcomeSampled
  /// An alarm of drift.
  case driftAlarm
  /// One of those where nothing drifted.
  case falseDriftAlarm
  /// A drift that an alarm has detected.
  case driftDetected
  /// A day from the onset of such a drift to its detection.
  case dayUndetected
  /// An automation calibrated anew.
  case recalibrated
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
  /// Errors that a review missed for load, want of skill or a wrong recommendation.
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
  /// A case done after its due time, or not at all.
  case caseLate
  /// A case whose time cost something.
  case caseDelayed
  /// A case completed with an error that nobody noticed.
  case caseWrong
  /// A stage of the rollout that begins.
  case stageBegun
  /// A look at a stage at which too little had been seen.
  case stageExtended
  /// A gate that did not hold.
  case gateFailed
  /// A stage that fell back to the one before it.
  case stageRolledBack
  /// A rollout that did not go on after its first stage.
  case pilotStopped
  /// A rollout that was cancelled.
  case rolloutCancelled
  /// A rollout whose last stage is done.
  case rolloutDone
  /// An activity whose move to the new way was begun.
  case activityMoved
  /// A person trained for a stage.
  case trainedForStage
  /// Work in the old way beside the new.
  case besideOld
  /// An error of the new way that the old way found.
  case besideFound
  /// A firing that people did not look at.
  case reviewSpared
  /// One of those on a case with an error.
  case errorUnreviewed
  /// A case under way that was put right by people it did not wait for.
  case redirected
  /// Oversight that became looser.
  case oversightLoosened
  /// Oversight that became stricter.
  case oversightTightened
  /// Work on the design of what is overseen.
  case designWork
  /// Error made because of an earlier one.
  case errorSpread
  /// Error noticed by people at work on the case.
  case errorNoticed
  /// Check of a case.
  case checkMade
  /// Error found by a check.
  case checkFound
  /// Error missed by a check.
  case checkMissed
  /// Right case taken for wrong by a check.
  case checkFalseAlarm
  /// Alarm of a check that people looked into.
  case checkAlarm
  /// Case done with an error.
  case errorEscaped
  /// Case done that no automation met.
  case doneAfterNone
  /// Case done that one automation met.
  case doneAfterOne
  /// Case done that two automations met.
  case doneAfterTwo
  /// Case done that three automations met.
  case doneAfterThree
  /// Case done that four automations met.
  case doneAfterFour
  /// Case done that five automations or more met.
  case doneAfterMore
  /// Case done with an error, after no automation.
  case escapedAfterNone
  /// Case done with an error, after one automation.
  case escapedAfterOne
  /// Case done with an error, after two automations.
  case escapedAfterTwo
  /// Case done with an error, after three automations.
  case escapedAfterThree
  /// Case done with an error, after four automations.
  case escapedAfterFour
  /// Case done with an error, after five automations or more.
  case escapedAfterMore
  /// Decision that violated a policy within its guardrails.
  case policyViolated
  /// Decision audited.
  case decisionAudited
  /// Violation found by an audit.
  case violationFound
  /// Violation that came out otherwise.
  case violationExposed
  /// Day that a violation lasted until it was known.
  case violationDay
  /// Automation compromised from outside.
  case compromise
  /// Automation compromised, those reached from others included.
  case agentCompromised
  /// Case that a compromised automation worked on.
  case caseCompromised
  /// Compromise noticed and contained.
  case compromiseFound
  /// Data leaked by who is not cleared for them.
  case dataLeaked
  /// Automation taken down by a failure elsewhere.
  case takenDown
  /// Case left in an inconsistent state.
  case stateInconsistent
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
    case .guardrailWaved, .guardrailWavedFalsely, .ticketRouted, .specialistAwaited,
      .ticketOverflowed, .reviewMatched, .reviewUnmatched, .reviewWrong, .guardrailReviewed,
      .guardrailRedesigned, .firingSpared, .lossLetThrough:
      "remedies"
    case .decisionLogged, .overrideLogged, .runDecayed: "learning"
    case .driftBegan, .outcomeSampled, .driftAlarm, .falseDriftAlarm, .driftDetected,
      .dayUndetected, .recalibrated:
      "drift"
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
    case .caseLate, .caseDelayed, .caseWrong: "costs"
    case .stageBegun, .stageExtended, .gateFailed, .stageRolledBack, .pilotStopped,
      .rolloutCancelled, .rolloutDone, .activityMoved, .trainedForStage, .besideOld, .besideFound:
      "rollout"
    case .reviewSpared, .errorUnreviewed, .redirected, .oversightLoosened, .oversightTightened,
      .designWork:
      "oversight"
    case .errorSpread, .errorNoticed, .checkMade, .checkFound, .checkMissed, .checkFalseAlarm,
      .checkAlarm, .errorEscaped, .doneAfterNone, .doneAfterOne, .doneAfterTwo, .doneAfterThree,
      .doneAfterFour, .doneAfterMore, .escapedAfterNone, .escapedAfterOne, .escapedAfterTwo,
      .escapedAfterThree, .escapedAfterFour, .escapedAfterMore,
      .policyViolated, .decisionAudited, .violationFound, .violationExposed, .violationDay,
      .compromise, .agentCompromised, .caseCompromised, .compromiseFound, .dataLeaked,
      .takenDown, .stateInconsistent:
      "risk"
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
    case .ticketRouted: "ticket_routed"
    case .specialistAwaited: "specialist_awaited"
    case .ticketOverflowed: "ticket_overflowed"
    case .reviewMatched: "review_matched"
    case .reviewUnmatched: "review_unmatched"
    case .reviewWrong: "review_wrong"
    case .guardrailReviewed: "guardrail_reviewed"
    case .guardrailRedesigned: "guardrail_redesigned"
    case .firingSpared: "firing_spared"
    case .lossLetThrough: "loss_let_through"
    case .decisionLogged: "decision_logged"
    case .overrideLogged: "override_logged"
    case .runDecayed: "run_decayed"
    case .driftBegan: "drift_began"
    case .outcomeSampled: "outcome_sampled"
    case .driftAlarm: "drift_alarm"
    case .falseDriftAlarm: "false_drift_alarm"
    case .driftDetected: "drift_detected"
    case .dayUndetected: "day_undetected"
    case .recalibrated: "recalibrated"
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
    case .caseLate: "case_late"
    case .caseDelayed: "case_delayed"
    case .caseWrong: "case_wrong"
    case .stageBegun: "stage_begun"
    case .stageExtended: "stage_extended"
    case .gateFailed: "gate_failed"
    case .stageRolledBack: "stage_rolled_back"
    case .pilotStopped: "pilot_stopped"
    case .rolloutCancelled: "rollout_cancelled"
    case .rolloutDone: "rollout_done"
    case .activityMoved: "activity_moved"
    case .trainedForStage: "trained_for_stage"
    case .besideOld: "beside_old"
    case .besideFound: "beside_found"
    case .reviewSpared: "review_spared"
    case .errorUnreviewed: "error_unreviewed"
    case .redirected: "redirected"
    case .oversightLoosened: "oversight_loosened"
    case .oversightTightened: "oversight_tightened"
    case .designWork: "design_work"
    case .errorSpread: "error_spread"
    case .errorNoticed: "error_noticed"
    case .checkMade: "check_made"
    case .checkFound: "check_found_error"
    case .checkMissed: "check_missed_error"
    case .checkFalseAlarm: "check_false_alarm"
    case .checkAlarm: "check_alarm"
    case .errorEscaped: "error_escaped"
    case .doneAfterNone: "done_after_none"
    case .doneAfterOne: "done_after_one"
    case .doneAfterTwo: "done_after_two"
    case .doneAfterThree: "done_after_three"
    case .doneAfterFour: "done_after_four"
    case .doneAfterMore: "done_after_more"
    case .escapedAfterNone: "escaped_after_none"
    case .escapedAfterOne: "escaped_after_one"
    case .escapedAfterTwo: "escaped_after_two"
    case .escapedAfterThree: "escaped_after_three"
    case .escapedAfterFour: "escaped_after_four"
    case .escapedAfterMore: "escaped_after_more"
    case .policyViolated: "policy_violated"
    case .decisionAudited: "decision_audited"
    case .violationFound: "violation_found"
    case .violationExposed: "violation_exposed"
    case .violationDay: "violation_day"
    case .compromise: "compromise"
    case .agentCompromised: "agent_compromised"
    case .caseCompromised: "case_compromised"
    case .compromiseFound: "compromise_found"
    case .dataLeaked: "data_leaked"
    case .takenDown: "taken_down"
    case .stateInconsistent: "state_inconsistent"
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
    case .ticketRouted: "ticket sent to somebody qualified"
    case .specialistAwaited: "ticket that waited for somebody qualified while others were free"
    case .ticketOverflowed: "ticket that anybody might answer after waiting too long"
    case .reviewMatched: "review by somebody qualified"
    case .reviewUnmatched: "review by somebody not qualified"
    case .reviewWrong: "wrong decision of a reviewer"
    case .guardrailReviewed: "look at what a guardrail costs and prevents"
    case .guardrailRedesigned: "guardrail redesigned or removed"
    case .firingSpared: "ticket that a redesigned guardrail did not raise"
    case .lossLetThrough: "loss let through by a redesigned guardrail"
    case .decisionLogged: "decision captured"
    case .overrideLogged: "change by people captured"
    case .runDecayed: "run after too long without upkeep"
    case .driftBegan: "drift of an automation begun"
    case .outcomeSampled: "outcome sampled"
    case .driftAlarm: "alarm of drift"
    case .falseDriftAlarm: "alarm of drift where there was none"
    case .driftDetected: "drift detected"
    case .dayUndetected: "day from the onset of a drift to its detection"
    case .recalibrated: "recalibration of an automation"
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
    case .errorMissed: "error missed for load, want of skill or a wrong recommendation"
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
    case .caseLate: "case done too late, or not at all"
    case .caseDelayed: "case whose time cost something"
    case .caseWrong: "case completed with an error nobody noticed"
    case .stageBegun: "stage of the rollout begun"
    case .stageExtended: "stage extended because too little was seen"
    case .gateFailed: "gate that did not hold"
    case .stageRolledBack: "stage fallen back to the one before it"
    case .pilotStopped: "rollout that did not go on after its first stage"
    case .rolloutCancelled: "rollout cancelled"
    case .rolloutDone: "rollout done"
    case .activityMoved: "activity moved to the new way"
    case .trainedForStage: "person trained for a stage"
    case .besideOld: "done in the old way beside the new"
    case .besideFound: "error of the new way found by the old"
    case .reviewSpared: "firing that people did not look at"
    case .errorUnreviewed: "firing that people did not look at, on a case with an error"
    case .redirected: "case under way put right by people it did not wait for"
    case .oversightLoosened: "oversight loosened"
    case .oversightTightened: "oversight tightened"
    case .designWork: "work on the design of what is overseen"
    case .errorSpread: "error made because of an earlier one"
    case .errorNoticed: "error noticed by people at work on the case"
    case .checkMade: "check of a case"
    case .checkFound: "error found by a check"
    case .checkMissed: "error missed by a check"
    case .checkFalseAlarm: "right case taken for wrong by a check"
    case .checkAlarm: "alarm of a check that people looked into"
    case .errorEscaped: "case done with an error"
    case .doneAfterNone: "case done that no automation met"
    case .doneAfterOne: "case done that one automation met"
    case .doneAfterTwo: "case done that two automations met"
    case .doneAfterThree: "case done that three automations met"
    case .doneAfterFour: "case done that four automations met"
    case .doneAfterMore: "case done that five automations or more met"
    case .escapedAfterNone: "case done with an error, after no automation"
    case .escapedAfterOne: "case done with an error, after one automation"
    case .escapedAfterTwo: "case done with an error, after two automations"
    case .escapedAfterThree: "case done with an error, after three automations"
    case .escapedAfterFour: "case done with an error, after four automations"
    case .escapedAfterMore: "case done with an error, after five automations or more"
    case .policyViolated: "decision that violated a policy within its guardrails"
    case .decisionAudited: "decision audited"
    case .violationFound: "violation found by an audit"
    case .violationExposed: "violation that came out otherwise"
    case .violationDay: "day that a violation lasted until it was known"
    case .compromise: "automation compromised from outside"
    case .agentCompromised: "automation compromised, those reached from others included"
    case .caseCompromised: "case that a compromised automation worked on"
    case .compromiseFound: "compromise noticed and contained"
    case .dataLeaked: "data leaked by who is not cleared for them"
    case .takenDown: "automation taken down by a failure elsewhere"
    case .stateInconsistent: "case left in an inconsistent state"
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
    let own = Int(min(week, Int64(lastCohort)))
    let amount = roundedToInteger(cost)
    cohortTallies[own].timeBesideCases &+= time
    cohortTallies[own].costBesideCases &+= amount
    record.costBesideCases[component.rawValue] &+= amount
  }
}
