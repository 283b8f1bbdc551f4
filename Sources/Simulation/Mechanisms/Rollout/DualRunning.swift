internal import EventEngine
internal import Statistics

// Mechanism *rollout*, dual running: what the new way has done, the old way does as well, beside the case.
// Both work and are paid; the old may find an error of the new. Brief row 131.

/// Names the draws of the old way beside the new apart from those of the way that counts.
private let besideAttempt: Int32 = 1 << 20

extension Replication {
  /// Completion effect: the old way does an activity as well that the new way has done.
  mutating func runBeside(_ token: Int32, activity: Int32) -> EffectOutcome {
    guard rollout.isOn, rollout.stage >= 0, rollout.differs[Int(activity)] else { return .proceed }
    let share = rollout.stages[Int(rollout.stage)].beside
    guard share > 0,
      draw(rollout.besideStreams[Int(activity)], for: token) < share
    else { return .proceed }
    let caseSlot = tokens[token].caseSlot
    // Rows of the stack before day 0 come first.
    let old = activityTable[Int(activity)]
    note(.besideOld, caseSlot: caseSlot)
    let item: Int32
    if old.automation >= 0,
      old.automationShare >= 1
        || draw(old.shareStream, for: token, attempt: besideAttempt)
          < old.automationShare
    {
      cases[caseSlot].openParts &+= 1
      item = newItem(
        .aside, source: -1, station: teamCount + Int(old.automation), caseSlot: caseSlot,
        token: -1,
        content: microseconds(
          old.runTime, draw(old.runStream, for: token, attempt: besideAttempt)))
      items[item].spentCost = automationTable[Int(old.automation)].costPerRun
      items[item].visit = besideVisit(token, activity)
      enqueue(item)
    } else if old.team >= 0, rollout.besideErrand >= 0 {
      item = giveErrand(
        rollout.besideErrand + old.team, caseSlot: caseSlot,
        content: microseconds(
          old.handlingTime, draw(old.handlingStream, for: token, attempt: besideAttempt)))
      items[item].visit = besideVisit(token, activity)
    }
    return .proceed
  }

  /// Visit and activity in one number, which the item keeps and which names the draw of what is found.
  ///
  /// It cannot be taken apart again: the visit of an instance is a hash of 63 bits.
  private func besideVisit(_ token: Int32, _ activity: Int32) -> Int64 {
    tokens[token].visit &* 1_024 &+ Int64(activity)
  }

  /// The old way is done beside the new: the two are compared.
  mutating func compareWays(_ work: WorkItem) {
    let caseSlot = work.caseSlot
    let finds = rollout.stage >= 0 ? rollout.stages[Int(rollout.stage)].besideFinds : 0
    let uniform = random.uniform(
      RolloutState.findsStream, ordinal: cases[caseSlot].ordinal, visit: work.visit)
    let found = cases[caseSlot].errors > 0 && uniform < finds
    noteRolloutCheck(found: found)
    guard found else { return }
    note(.besideFound, caseSlot: caseSlot)
    if adoption.isOn { surprise(.found, caseSlot: caseSlot) }
    // A case that is done stays as it was done.
    if !cases[caseSlot].isDone { cases[caseSlot].errors &-= 1 }
  }
}
