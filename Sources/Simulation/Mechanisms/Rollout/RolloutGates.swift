internal import EventEngine

// Mechanism *rollout*, what is measured and judged: errors that checks of the new way find, what closed
// cases cost, work that waits. Only what somebody could have seen counts. Brief rows 134, 148, 159.

/// What a gate says.
enum GateVerdict {
  case passed
  case failed
  /// Too little was seen.
  case undecided
}

extension Replication {
  /// What a gate says now: failed where anything that can be judged is beyond its bound.
  func verdict(_ gate: RolloutGateRow) -> GateVerdict {
    guard gate.isOn else { return .passed }
    let seen = rollout.measure
    var isUndecided = false
    if gate.errors < .infinity {
      if seen.checks < max(1, gate.minimum) {
        isUndecided = true
      } else if Double(seen.errors) > gate.errors * Double(seen.checks) {
        return .failed
      }
    }
    if gate.costPerCase < .infinity {
      if seen.newCases < max(1, gate.minimum) {
        isUndecided = true
      } else if seen.newCost > gate.costPerCase * Double(seen.newCases) {
        return .failed
      }
    }
    if gate.costAgainstOld < .infinity {
      if min(seen.newCases, rollout.oldCases) < max(1, gate.minimum) {
        isUndecided = true
      } else if seen.newCost / Double(seen.newCases)
        > gate.costAgainstOld * rollout.oldCost / Double(rollout.oldCases)
      {
        return .failed
      }
    }
    if gate.backlogTeam >= 0,
      stations[Int(gate.backlogTeam)].waitingContent > gate.backlog
    {
      return .failed
    }
    return isUndecided ? .undecided : .passed
  }

  /// Work of the new way was checked.
  @inline(__always)
  mutating func noteRolloutCheck(found: Bool) {
    rollout.measure.checks &+= 1
    if found { rollout.measure.errors &+= 1 }
  }

  /// The process of a case is done: what it has cost until now counts for the way it went.
  mutating func measureClosed(_ caseSlot: Int32) {
    let state = rollout.cases[caseSlot, 0]
    if state.isNew {
      rollout.measure.newCases &+= 1
      rollout.measure.newCost += state.cost
    } else {
      rollout.oldCases &+= 1
      rollout.oldCost += state.cost
    }
  }
}
