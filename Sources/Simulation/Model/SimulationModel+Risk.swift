internal import EventEngine

extension SimulationModel {
  /// Stops on risks that name what is not there, or whose numbers make no sense.
  func requireConsistentRisk(of stack: StackModel) {
    guard let risk = stack.risk else { return }
    precondition(risk.criticality.allSatisfy { $0.factor >= 0 }, "no factor is negative")
    for condition in riskConditions { requireFit(condition) }
    precondition(
      stack.riskErrands.allSatisfy { stack.teams.indices.contains($0.team) },
      "teams that clear up after incidents exist")
    if let errors = risk.errors { requireConsistency(of: errors, in: stack) }
    requireConsistentViolations(risk, in: stack)
  }

  private func requireConsistentViolations(_ risk: RiskModel, in stack: StackModel) {
    precondition(risk.violations.count <= 64, "at most 64 policies")
    for policy in risk.violations {
      let shares = [
        policy.byAutomations, policy.byPeople, policy.audit?.share ?? 0, policy.audit?.finds ?? 0,
        policy.exposure?.share ?? 0,
      ]
      precondition(
        shares.allSatisfy((0...1).contains)
          && policy.activities.allSatisfy(stack.activities.indices.contains)
          && (policy.audit?.every ?? 1) > 0, "a policy is decided at activities, audited in time")
    }
  }

  private func requireConsistency(of errors: ErrorRiskModel, in stack: StackModel) {
    precondition(errors.checks.count <= 1_000, "at most 1,000 checks")
    var shares = [errors.spread, errors.spreadToPeople, errors.noticed]
    for check in errors.checks {
      precondition(
        check.activities.allSatisfy(stack.activities.indices.contains), "checks follow activities")
      if case .automation(let index) = check.checker {
        precondition(stack.automations.indices.contains(index), "who checks exists")
      }
      shares += [check.share, check.sensitivity, check.falseAlarms, check.correlation]
    }
    precondition(shares.allSatisfy((0...1).contains), "a share lies between 0 and 1")
  }

  /// The conditions that risks read.
  var riskConditions: [CaseCondition] {
    [runInStack, stack].compactMap(\.self).flatMap { RiskState.conditions(of: [$0]) }
  }

  /// All streams of risks, for the check that none collide.
  var riskStreams: [RandomStream] {
    guard let risk = stack.risk else { return [] }
    let ids = flow.activities.indices.map { flow.activityID($0) }
    var streams = IncidentStreams.all(of: RiskState.escapeName)
    streams += ids.flatMap(TaintStreams.all)
    for check in risk.errors?.checks ?? [] {
      streams += ids.flatMap { CheckStreams.all(of: check.name, at: $0) }
    }
    for policy in risk.violations {
      streams += ids.flatMap { PolicyStreams.all(of: policy.name, at: $0) }
      streams += AuditStreams.all(of: policy.name)
      streams += IncidentStreams.all(of: "violation of \(policy.name)")
    }
    return streams
  }
}
