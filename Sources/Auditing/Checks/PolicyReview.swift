import Facts
import Inventory

extension AuditCheck {
  static let policyReview = AuditCheck(
    id: "policy-review", summary: "Policies whose review is overdue, or that nobody keeps",
    matters: "A policy that nobody looks at again governs an estate that is no longer there."
  ) { context in
    let policies = context.policy.policies
    guard !policies.isEmpty else {
      return Outcome(remarks: [
        "No policy is listed under 'policies' of the policy file; whether there are any, and how old "
          + "they are, is not known."
      ])
    }
    var outcome = Outcome()
    for policy in policies {
      if let finding = finding(policy, context.policy.asOf) { outcome.findings.append(finding) }
    }
    if context.policy.asOf == nil {
      outcome.remarks.append(
        "The policy file gives no 'as_of', so that nothing is concluded from the age of "
          + "\(counted(policies.count, "policy", "policies")).")
    }
    return outcome
  }
}

/// Mean length of a month in days, of the Gregorian calendar.
private let daysPerMonth = 365.2425 / 12

private func finding(_ policy: GovernancePolicy, _ asOf: CalendarDay?) -> Finding? {
  var reasons: [String] = []
  var severity = Severity.low
  if let asOf, let reviewed = policy.reviewedOn {
    let months = Double(asOf.days(since: reviewed)) / daysPerMonth
    if months > policy.reviewEvery {
      reasons.append(
        "last reviewed on \(reviewed), \(numberText((months * 10).rounded() / 10)) months before \(asOf) > "
          + "\(numberText(policy.reviewEvery)) months")
      severity = .medium
    }
  }
  if policy.reviewedOn == nil { reasons.append("no review is on record") }
  if policy.owner.map(isPlaceholder) ?? true { reasons.append("nobody keeps it") }
  guard !reasons.isEmpty else { return nil }
  return Finding(
    check: AuditCheck.policyReview.id, severity, "Policy “\(policy.name)”: \(reasons[0])",
    subjects: [], topic: nameKey(policy.name), evidence: [Evidence(.declared, policy.location)],
    why: "Declared: \(reasons.joined(separator: "; ")). An overdue review is medium, a gap low.",
    remedy: policy.owner.map { "Let \($0) review “\(policy.name)” and enter the day." }
      ?? "Name who keeps “\(policy.name)”, and let that person review it.")
}
