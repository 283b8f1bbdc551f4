internal import EventEngine

// Ticks: what mechanisms do at times of their own, such as a weekly review, apart from cases and work.

/// What comes at times of its own.
///
/// **A mechanism with times of its own adds a case here, a line to `startMechanisms` that schedules the
/// first, and a line to `tick`, which schedules the next.**
enum Tick: Int32, CaseIterable {
  /// A release of an application, by its index.
  case release
  /// An automation, by its index as those below, works again after a release has broken it.
  case mended
  /// Something else is asked of an automation.
  case changeAsked
  /// A change of an automation takes effect.
  case changeMade
  /// Upkeep of an automation comes up.
  case upkeepDue
  /// The policies of the layer fail.
  case policyFailure
  /// Others call an application, by its index.
  case otherCall
  /// The time of a stage of the rollout is over.
  case stageGate
  /// Work on the design of what is overseen comes up, by guardrail.
  case oversightDesign
  /// The ledger of a guardrail, by its index as that below, is looked at.
  case ledgerReview
  /// A guardrail's redesign takes effect.
  case redesignDone
  /// The behaviour of an automation, by its index as those below, begins to drift.
  case driftOnset
  /// An alarm of drift has been looked into.
  case driftInvestigated
  /// An automation is calibrated anew.
  case recalibrated
  /// Somebody gets hold of an automation.
  case compromise
  /// Leaders look at their teams.
  case responseReview
  /// What a rule of response has decided takes effect, by its number.
  case responseBegins
  /// Somebody who was hired comes, by their number among the reserves.
  case hireComes
  /// A case that waits before the process may enter it.
  case intakeTurn
  /// An error of a case that was done is noticed by those who hand cases to agents.
  case errorNoticed
  /// It is time to tell people what the agents do.
  case communicationDue
}

extension Replication {
  /// Schedules the first tick of every mechanism that has any.
  mutating func startMechanisms() {
    scheduleCare()
    startPolicyPlane()
    scheduleOtherLoad()
    startOversight()
    scheduleLedgerReviews()
    scheduleDrifts()
    scheduleAttacks()
    startResponse()
    startAdoption()
    startAbsences()
  }

  /// Schedules a tick; `number` tells which of several of its kind, below 2^16.
  mutating func schedule(_ tick: Tick, number: Int32 = 0, stamp: UInt32 = 0, at time: Int64) {
    schedule(.tick, tick.rawValue << 16 | number, stamp: stamp, at: time, .changePhase)
  }

  /// A tick comes.
  mutating func tick(_ subject: Int32, stamp: UInt32) {
    guard let tick = Tick(rawValue: subject >> 16) else { return }
    let number = subject & 0xFFFF
    switch tick {
    case .release: release(ofApplication: number)
    case .mended: mend(number)
    case .changeAsked: askForChange(number)
    case .changeMade: makeChange(number)
    case .upkeepDue: giveUpkeep(number)
    case .policyFailure: failPolicies()
    case .otherCall: giveOtherCall(of: number)
    case .stageGate: lookAtGate(number, stamp: stamp)
    case .oversightDesign: giveDesign(number, stamp: stamp)
    case .ledgerReview: reviewLedger(number)
    case .driftOnset: beginDrift(number)
    case .driftInvestigated: endInvestigation(number)
    case .recalibrated: recalibrate(number)
    case .redesignDone: redesigns.states[Int(number)].isInEffect = true
    case .compromise: compromise(number)
    case .responseReview: reviewResponse()
    case .responseBegins: beginAct(number)
    case .hireComes: startHire(number)
    case .intakeTurn: takeTurn(stamp: stamp)
    case .errorNoticed: noticeReleasedError(number)
    case .communicationDue: giveCommunication(stamp: stamp)
    }
  }
}
