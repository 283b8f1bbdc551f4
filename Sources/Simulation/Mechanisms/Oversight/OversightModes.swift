internal import EventEngine
internal import Statistics

// Mechanism *oversight*: of what a guardrail stops, people look at all, at a sample, at certain kinds of
// decisions, or at next to nothing, and cases wait for them or do not. Where the mode may change, it does so
// by what the reviews that are made have found, so that luck may promote what should not be. Brief rows
// 114–118.

extension Replication {
  @inline(__always)
  private func oversightIndex(_ stack: UInt8, _ guardrail: Int32) -> Int {
    Int(stack) &* guardrailCount &+ Int(guardrail)
  }

  /// Completion effect: what a guardrail has stopped is looked at, or passes.
  mutating func oversee(_ guardrail: Int32, on token: Int32) -> EffectOutcome {
    guard tokens[token].guardrailFired else { return .proceed }
    let index = oversightIndex(tokens[token].stack, guardrail)
    let caseSlot = tokens[token].caseSlot
    let share = overseenShare(index, caseSlot).share
    guard share < 1, draw(oversight.rows[index].shareStream, for: token) >= share else {
      return .proceed
    }
    tokens[token].guardrailFired = false
    note(.reviewSpared, caseSlot: caseSlot)
    if cases[caseSlot].errors > 0 { note(.errorUnreviewed, caseSlot: caseSlot) }
    return .proceed
  }

  /// Share of firings that people look at for a case, and whether it waits for them.
  private func overseenShare(_ index: Int, _ caseSlot: Int32) -> (share: Double, blocks: Bool) {
    let row = oversight.rows[index]
    let rung = oversight.rungs[Int(row.firstRung + oversight.places[index].rung)]
    if rung.usesTiers {
      for position in row.firstTier..<(row.firstTier + row.tierCount) {
        let tier = oversight.tiers[Int(position)]
        if tier.condition < 0 || holds(tier.condition, caseSlot: caseSlot) {
          return (tier.share, true)
        }
      }
    }
    return (rung.share, rung.blocks)
  }

  /// Whether oversight lets a case wait for a guardrail's tickets.
  func oversightBlocks(_ guardrail: Int32, for token: Int32) -> Bool {
    let index = oversightIndex(tokens[token].stack, guardrail)
    return !oversight.rows[index].isOn || overseenShare(index, tokens[token].caseSlot).blocks
  }

  // MARK: Promotion and demotion

  /// A review of a guardrail's ticket is done: what it has found may move the mode.
  mutating func noteOversight(_ work: WorkItem, found: Bool) {
    let index = oversightIndex(work.stack, work.source)
    let row = oversight.rows[index]
    guard row.isOn else { return }
    if found, work.token < 0, !cases[work.caseSlot].isDone {
      note(.redirected, caseSlot: work.caseSlot)
    }
    guard row.isControlled else { return }
    oversight.places[index].checks &+= 1
    if found { oversight.places[index].errors &+= 1 }
    let (checks, errors) = (oversight.places[index].checks, oversight.places[index].errors)
    guard checks >= Int64(row.controller.minimum),
      let interval = wilsonInterval(
        successes: Int(errors), of: Int(checks), confidence: row.controller.confidence)
    else { return }
    let rung = oversight.places[index].rung
    if interval.lower > row.controller.demoteAbove, rung > 0 {
      move(index, guardrail: work.source, to: rung - 1, .oversightTightened)
    } else if interval.upper <= row.controller.promoteBelow, rung + 1 < row.rungCount {
      move(index, guardrail: work.source, to: rung + 1, .oversightLoosened)
    } else if checks >= Int64(row.controller.window) {
      oversight.places[index].checks = checks / 2
      oversight.places[index].errors = errors / 2
    }
  }

  private mutating func move(
    _ index: Int, guardrail: Int32, to rung: Int32, _ event: MechanismEvent
  ) {
    oversight.places[index].rung = rung
    oversight.places[index].checks = 0
    oversight.places[index].errors = 0
    note(event, caseSlot: -1)
    scheduleDesign(guardrail)
  }

  // MARK: Design

  /// Start of the run and day 0: schedules work on design where cases do not wait for people.
  mutating func startOversight() {
    guard oversight.isOn else { return }
    for guardrail in 0..<Int32(guardrailCount) { scheduleDesign(guardrail) }
  }

  private func needsDesign(_ guardrail: Int32) -> Bool {
    let index = oversightIndex(stack, guardrail)
    let row = oversight.rows[index]
    guard row.isOn, row.designErrand >= 0 else { return false }
    return !oversight.rungs[Int(row.firstRung + oversight.places[index].rung)].blocks
  }

  private mutating func scheduleDesign(_ guardrail: Int32) {
    let index = oversightIndex(stack, guardrail)
    guard needsDesign(guardrail), !oversight.places[index].awaitsDesign else { return }
    oversight.places[index].awaitsDesign = true
    schedule(
      .oversightDesign, number: guardrail, stamp: UInt32(stack) + 1,
      at: now &+ oversight.rows[index].designEvery)
  }

  /// Work on design comes up.
  mutating func giveDesign(_ guardrail: Int32, stamp: UInt32) {
    // That of the stack before day 0 has gone with it.
    guard stamp == UInt32(stack) + 1 else { return }
    let index = oversightIndex(stack, guardrail)
    oversight.places[index].awaitsDesign = false
    guard needsDesign(guardrail) else { return }
    let row = oversight.rows[index]
    oversight.places[index].designs &+= 1
    note(.designWork, caseSlot: -1)
    let uniform = random.uniform(
      row.designStream, ordinal: oversight.places[index].designs, visit: Int64(stack))
    giveErrand(row.designErrand, caseSlot: -1, content: microseconds(row.designWork, uniform))
    scheduleDesign(guardrail)
  }
}
