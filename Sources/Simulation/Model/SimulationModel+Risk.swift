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
    requireConsistentSpread(risk, in: stack)
  }

  private func requireConsistentSpread(_ risk: RiskModel, in stack: StackModel) {
    let (automations, units) = (stack.automations.indices, stack.unitNames.indices)
    if let compromise = risk.compromise {
      precondition(
        compromise.targets.allSatisfy(automations.contains) && compromise.every.mean > 0
          && (0...1).contains(compromise.affects), "what is attacked exists, and time passes")
      precondition(
        compromise.links.allSatisfy {
          automations.contains($0.from) && automations.contains($0.to) && $0.from != $0.to
            && (0...1).contains($0.probability)
        }, "a compromise reaches other automations")
      precondition(
        Set(compromise.links.map { [$0.from, $0.to] }).count == compromise.links.count,
        "two automations have one link")
    }
    if let cascade = risk.cascade {
      let first = stack.applications.count
      precondition(
        cascade.links.allSatisfy {
          units.contains($0.from) && automations.contains($0.to - first) && $0.from != $0.to
            && (0...1).contains($0.probability)
        } && (0...1).contains(cascade.inconsistent), "a cascade takes other automations down")
      precondition(
        Set(cascade.links.map { [$0.from, $0.to] }).count == cascade.links.count,
        "two units have one link")
    }
    precondition(risk.leaks.count <= 64, "at most 64 classes of data")
    for leak in risk.leaks {
      precondition(
        leak.collectedAt.allSatisfy(stack.activities.indices.contains)
          && leak.clearedAutomations.allSatisfy(automations.contains)
          && (0...1).contains(leak.share) && (0...1).contains(leak.byPeople),
        "who handles data exists")
    }
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
    for leak in risk.leaks {
      streams += ids.map { LeakRow.stream(of: leak.name, at: $0) }
      streams += ids.flatMap { IncidentStreams.all(of: LeakRow.incidentName(leak.name, $0)) }
    }
    let (automations, units) = (stack.automations.map(\.name), stack.unitNames)
    if let compromise = risk.compromise {
      streams += IncidentStreams.all(of: RiskState.compromiseName)
      streams += automations.flatMap { TargetStreams.all(of: $0) }
      streams += ids.map { RiskState.affected(at: $0) }
      streams += compromise.links.flatMap {
        LinkRow.streams(automations[$0.from], automations[$0.to], "compromise")
      }
    }
    if let cascade = risk.cascade {
      streams += ids.flatMap { CascadeStreams.all(of: $0) }
      streams += units.map { CascadeStreams.lasts(of: $0) }
      streams += cascade.links.flatMap {
        LinkRow.streams(units[$0.from], units[$0.to], "cascade")
      }
    }
    return streams
  }
}
