import Facts
import Inventory

extension AuditCheck {
  static let guardrailWithoutPolicy = AuditCheck(
    id: "guardrail-without-policy", summary: "Guardrails that no policy stands behind",
    matters:
      "A guardrail without a policy keeps what its maker meant, which may not be what is meant."
  ) { context in
    let guardrails = context.estate.guardrails
    guard !guardrails.isEmpty else { return Outcome() }
    let policies = context.policy.policies
    guard !policies.isEmpty else {
      return Outcome(remarks: [
        "\(counted(guardrails.count, "guardrail")) \(guardrails.count == 1 ? "is" : "are") known, but no "
          + "policy is listed; whether one stands behind them is not known."
      ])
    }
    let covers = policies.flatMap(\.covers)
    let keys = Set(covers.map(nameKey))
    let patterns = covers.map(WordPattern.init)
    var open: [String: [Guardrail]] = [:]
    for guardrail in guardrails {
      let technology = context.system(named: guardrail.system)?.technology.value
      let all = words(of: guardrail.name)
      let isCovered =
        keys.contains(nameKey(guardrail.system))
        || technology.map { keys.contains(nameKey($0)) } ?? false
        || patterns.contains { $0.matchesInAnyOrder(all) }
      if !isCovered { open[nameKey(guardrail.system), default: []].append(guardrail) }
    }
    return Outcome(
      findings: open.sorted { $0.key < $1.key }.map { finding($0.value, policies) })
  }
}

private func finding(_ guardrails: [Guardrail], _ policies: [GovernancePolicy]) -> Finding {
  let system = guardrails[0].system
  let names = Set(guardrails.map { "“\($0.name.prefix(60))”" }).sorted()
  return Finding(
    check: AuditCheck.guardrailWithoutPolicy.id, .low,
    "\(system): no policy covers \(listText(names, limit: 3))",
    subjects: [EntityReference(.system, system)],
    evidence: guardrails.map(\.evidence) + [Evidence(.declared, policies[0].location)],
    why:
      "None of \(counted(policies.count, "policy", "policies")) covers the system, its technology or words "
      + "of \(counted(guardrails.count, "guardrail")).",
    remedy: "Enter which policy asks for \(names[0]), or ask who decided on it.")
}
