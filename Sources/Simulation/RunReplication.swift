/// Why a replication could not be carried to its end.
public enum SimulationError: Error, Equatable, Sendable {
  /// Cases in progress reached the limit at an instant (microseconds).
  case tooManyLiveCases(limit: Int, at: Int64)
  /// Tokens move in a loop that takes no time through an element, at an instant (microseconds).
  case endlessLoop(element: String, at: Int64)
  /// No condition of a gateway, or rule of an activity's decision, holds for a case.
  case noRuleHolds(element: String, caseOrdinal: UInt32, attributes: String)
  /// Several do where they must not.
  case severalRulesHold(element: String, caseOrdinal: UInt32, attributes: String)
  /// More events than allowed were needed; the run was at an instant (microseconds).
  case tooManyEvents(limit: Int, at: Int64, casesInside: Int)
  /// Somebody stopped the run.
  case stopped
}

extension SimulationError {
  /// What a rule that fails for a case comes to, in one sentence; `nil` for other errors.
  public var sentenceOfRule: String? {
    switch self {
    case .noRuleHolds(let element, let ordinal, let attributes):
      "no condition or rule at '\(element)' holds for case \(ordinal) (\(attributes)); say under "
        + "`otherwise` what happens then"
    case .severalRulesHold(let element, let ordinal, let attributes):
      "several rules at '\(element)' hold for case \(ordinal) (\(attributes)), which the hit policy "
        + "of their table does not allow; mend the table"
    default: nil
    }
  }
}

/// Runs one replication.
///
/// - Parameters:
///   - model: the compiled variant.
///   - seed: seed of the scenario.
///   - replication: number of the replication, from 0.
///   - control: stops the run from outside; `nil` where nobody does.
///   - observer: sees what happens.
/// - Returns: the record, the same for the same arguments on any thread.
/// - Throws: `SimulationError` where the run cannot end.
public func runReplication<Observer: SimulationObserver>(
  of model: SimulationModel, seed: UInt64, replication: Int, control: RunControl? = nil,
  observer: inout Observer
) throws(SimulationError) -> ReplicationRecord {
  model.requireConsistency()
  var run = Replication(model: model, seed: seed, replication: replication, observer: observer)
  try run.run(control)
  observer = run.observer
  return run.record
}

/// Runs one replication that nobody observes.
public func runReplication(
  of model: SimulationModel, seed: UInt64, replication: Int, control: RunControl? = nil
) throws(SimulationError) -> ReplicationRecord {
  var observer = NoObserver()
  return try runReplication(
    of: model, seed: seed, replication: replication, control: control, observer: &observer)
}
