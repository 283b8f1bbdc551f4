/// What happens first when several events fall on the same instant; lower runs first.
///
/// The order at one instant is (priority, sequence of scheduling). Shifts change before work that ends
/// at that instant is finished, so nobody starts work at the instant their shift closes; whoever
/// finishes is free before the next arrival is served; samples see the instant when all is done.
@frozen public enum EventPriority: UInt8, Sendable, CaseIterable {
  /// The stack that is tried takes over from the one before (day 0).
  case changePhase = 10
  /// A shift opens or closes.
  case changeShift = 20
  /// Work ends and its server is free.
  case finishService = 30
  /// Something goes down or comes up, or requests are allowed again.
  case changeAvailability = 35
  /// A delay ends: back-off, hop, outside wait.
  case endDelay = 40
  /// A forming batch has waited long enough.
  case releaseBatch = 50
  /// A case arrives.
  case arrive = 60
  /// Statistics look at the state.
  case sample = 200
  /// The run ends.
  case endRun = 250
}
