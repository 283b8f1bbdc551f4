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
  /// A layer that comes with a stage goes to work.
  case layerBegun
  /// Work began that connects an activity to such a layer.
  case activityConnected
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
  /// A case that people handed to agents.
  case handedToAgents
  /// A case that people did themselves although they could have handed it over.
  case keptByPeople
  /// Something of an agent that people did not expect and that cost trust.
  case trustSurprise
  /// One of those that people could follow.
  case surpriseExplained
  /// A case done by agents with no bad surprise.
  case trustGained
  /// One that people could not follow, so that they trust them less.
  case trustUnexplained
  /// Work that tells people what the agents do.
  case trustCommunicated
  /// A call through a standard wrapper.
  case callWrapped
  /// Somebody who comes from another team, to help or in another role; with training and price.
  case personMoved
  /// Somebody who goes away for a time; the time is that of their work which they miss.
  case absence

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
    case .agentCall, .callWrapped, .agentCallFailed, .agentCallTimedOut, .tokensUsed, .askedByTier,
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
      .rolloutCancelled, .rolloutDone, .layerBegun, .activityConnected, .activityMoved,
      .trainedForStage, .besideOld, .besideFound:
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
      .caseKeptWaiting, .caseTurnedAway, .shareChanged, .responseEnded,
      .personMoved:
      "response"
    case .handedToAgents, .keptByPeople, .trustSurprise, .surpriseExplained, .trustGained,
      .trustUnexplained, .trustCommunicated:
      "adoption"
    case .absence: "teams"
    }
  }
}
