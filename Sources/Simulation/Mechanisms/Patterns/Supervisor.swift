internal import EventEngine

// Pattern *supervisor*: an automation leads others. It delegates their activities, settles conflicts of
// their results and puts results together, each as work of its own runners, so that it can saturate and be
// down. Brief rows 90, 91, 166.

extension Replication {
  private func leads(_ supervisor: SupervisorRow, _ automation: Int32) -> Bool {
    automation >= 0 && supervisor.leads & (1 << UInt64(min(automation, 63))) != 0
  }

  private mutating func occupy(
    _ supervisor: SupervisorRow, _ token: Int32, _ content: Int64, _ event: MechanismEvent
  ) -> EffectOutcome {
    let cost =
      automationTable[automationIndex(tokens[token].stack, supervisor.automation)].costPerRun
    note(event, caseSlot: tokens[token].caseSlot, cost: cost)
    giveAside(to: supervisor.automation, token, content: content, cost: cost)
    return .hold
  }

  /// Admission effect: the supervisor hands the activity out.
  mutating func delegate(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = orchestration.supervisors[Int(tokens[token].stack)]
    guard leads(row, orchestration.tokens[token, 0].performer) else { return .proceed }
    let uniform = draw(orchestration.streams[Int(activity)].delegation, for: token)
    return occupy(row, token, microseconds(row.delegation, uniform), .delegated)
  }

  /// Completion effect: now and then a result contradicts another, and the supervisor settles it.
  mutating func supervise(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = orchestration.supervisors[Int(tokens[token].stack)]
    let streams = orchestration.streams[Int(activity)]
    guard tokens[token].isDoneByAutomation, leads(row, orchestration.tokens[token, 0].performer),
      happens(row.conflict, streams.conflict, token)
    else { return .proceed }
    let uniform = draw(streams.resolution, for: token)
    return occupy(row, token, microseconds(row.resolution, uniform), .conflictSettled)
  }

  /// Completion effect: the supervisor puts results together.
  mutating func synthesise(_ token: Int32, activity: Int32) -> EffectOutcome {
    let row = orchestration.supervisors[Int(tokens[token].stack)]
    let uniform = draw(orchestration.streams[Int(activity)].synthesis, for: token)
    return occupy(row, token, microseconds(row.synthesis, uniform), .synthesised)
  }
}
