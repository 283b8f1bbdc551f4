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
  /// Leaders look at their teams.
  case responseReview
  /// What a rule of response has decided takes effect, by its number.
  case responseBegins
  /// Somebody who was hired comes, by their number among the reserves.
  case hireComes
  /// A case that waits before the process may enter it.
  case intakeTurn
}

extension Replication {
  /// Schedules the first tick of every mechanism that has any.
  mutating func startMechanisms() {
    scheduleCare()
    startPolicyPlane()
    startResponse()
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
    case .responseReview: reviewResponse()
    case .responseBegins: beginAct(number)
    case .hireComes: startHire(number)
    case .intakeTurn: takeTurn(stamp: stamp)
    }
  }
}
