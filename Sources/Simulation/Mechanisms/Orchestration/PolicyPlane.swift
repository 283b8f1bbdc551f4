internal import EventEngine

// Mechanism *orchestrator*, control plane: policies are kept apart from the work that passes through the
// layer. When they are down, work goes on up to the next guardrail, which waits, lets pass or asks people,
// as the model says. Brief rows 91 and 92.

extension Replication {
  /// Schedules the first outage of policies, from the start of the run or from day 0 on.
  mutating func startPolicyPlane() {
    guard orchestration.isOn else { return }
    for index in 0..<orchestration.policyPlanes.count
    where orchestration.policyPlanes[index].isOn {
      schedulePolicyFailure(orchestration.policyPlanes[index], from: index == 0 ? now : 0)
      return
    }
  }

  mutating func schedulePolicyFailure(_ row: PolicyPlaneRow, from time: Int64) {
    orchestration.awaitsPolicyFailure = true
    orchestration.policyOutages &+= 1
    let uniform = random.uniform(
      OrchestrationState.policyStreams[0], ordinal: orchestration.policyOutages)
    schedule(
      .policyFailure, at: time &+ max(1, microseconds(row.every, uniform)))
  }

  /// The policies fail.
  mutating func failPolicies() {
    let row = orchestration.policyPlanes[Int(stack)]
    orchestration.awaitsPolicyFailure = false
    guard row.isOn else { return }
    let uniform = random.uniform(
      OrchestrationState.policyStreams[1], ordinal: orchestration.policyOutages)
    orchestration.policiesDownUntil = now &+ microseconds(row.repair, uniform)
    schedulePolicyFailure(row, from: orchestration.policiesDownUntil)
  }

  /// What a guardrail hears when it asks the policies for a token.
  @inline(__always)
  mutating func policyAnswer(for token: Int32) -> PolicyAnswer {
    guard orchestration.isOn, now < orchestration.policiesDownUntil else { return .asked }
    let answer = orchestration.policyPlanes[Int(tokens[token].stack)].whenDown
    switch answer {
    case .pass: note(.policyUnchecked, caseSlot: tokens[token].caseSlot)
    case .escalate: note(.policyEscalated, caseSlot: tokens[token].caseSlot)
    case .asked, .wait: break
    }
    return answer
  }

  /// Holds a token at a guardrail until the policies are up, and lets it ask again.
  mutating func awaitPolicies(_ token: Int32) -> EffectOutcome {
    note(.policyAwaited, caseSlot: tokens[token].caseSlot)
    tokens[token].effect &-= 1
    holdToken(token, for: orchestration.policiesDownUntil &- now)
    return .hold
  }
}
