import DocumentReading
import Facts

/// A top-level key of the policy file.
struct PolicySection: Sendable {
  /// The key.
  let key: String
  let read: @Sendable (DataNode, inout AuditPolicy, inout PolicyReading) -> Void

  /// Every top-level key.
  ///
  /// A new one is one line here, one file under `Policy` and one section of
  /// docs/reference/audit-policy.md.
  static let all: [PolicySection] = [
    PolicySection(key: "as_of") { node, policy, reading in policy.asOf = reading.day(node) },
    PolicySection(key: "hourly_cost") { node, policy, reading in
      if let money = reading.money(node) { policy.hourlyCost = money }
    },
    .applications,
    .thresholds,
    .load,
    .humanWork,
    .upkeep,
    .guardrailLedger,
    .waivers,
    .dataClasses,
    .duties,
    .sensitiveActs,
    .systems,
    .policies,
    .candidates,
    .readiness,
    .maturity,
    .plan,
  ]
}

extension PolicySection {
  /// Figures from which on something is a finding.
  static let thresholds = PolicySection(key: "thresholds") { node, policy, reading in
    let keys = PolicyThreshold.all
    let found = reading.group(node, keys: keys.map(\.key))
    for threshold in keys {
      if let node = found[threshold.key] { threshold.read(node, &policy.options, &reading) }
    }
  }

  /// Findings that somebody has accepted.
  static let waivers = PolicySection(key: "waivers") { node, policy, reading in
    for item in reading.items(node) {
      let found = reading.group(item, keys: ["finding", "reason", "owner", "expires"])
      var texts: [String] = []
      for key in ["finding", "reason", "owner"] {
        guard let node = found[key] else {
          reading.refuse(
            item, "the waiver has no '\(key)'; say which finding, why and who accepts it")
          continue
        }
        if let text = reading.text(node) { texts.append(text) }
      }
      let expires = found["expires"].flatMap { reading.day($0) }
      guard texts.count == 3 else { continue }
      policy.waivers.append(
        Waiver(
          finding: texts[0], reason: texts[1], owner: texts[2], expires: expires,
          location: item.location))
    }
  }
}

/// A threshold of the audit under its key in the policy file.
struct PolicyThreshold: Sendable {
  /// The key, such as `missing_fields`.
  let key: String
  let read: @Sendable (DataNode, inout AuditOptions, inout PolicyReading) -> Void

  static func whole(
    _ key: String, _ path: any WritableKeyPath<AuditOptions, Int> & Sendable, atLeast least: Int = 1
  ) -> PolicyThreshold {
    PolicyThreshold(key: key) { node, options, reading in
      if let count = reading.count(node, atLeast: least) { options[keyPath: path] = count }
    }
  }

  static func number(
    _ key: String, _ path: any WritableKeyPath<AuditOptions, Double> & Sendable,
    _ range: ClosedRange<Double> = 0...Double.greatestFiniteMagnitude
  ) -> PolicyThreshold {
    PolicyThreshold(key: key) { node, options, reading in
      if let number = reading.number(node, in: range) { options[keyPath: path] = number }
    }
  }

  /// Every threshold; a test holds it against `AuditOptions`.
  static let all: [PolicyThreshold] = [
    whole("missing_fields", \.missingFields),
    whole("systems_per_owner", \.systemsPerOwner),
    whole("human_approvals", \.humanApprovals),
    number("redundancy_score", \.redundancyScore, 0...1),
    number("different_owners_factor", \.differentOwnersFactor, 1...10),
    whole("touching_automations", \.touchingAutomations),
    whole("touching_technologies_or_owners", \.touchingTechnologiesOrOwners),
    number("carried_per_month", \.carriedPerMonth),
    whole("dependents", \.dependents),
    whole("cut_off", \.cutOff),
    whole("calls_per_case", \.callsPerCase, atLeast: 2),
    number("hub_share", \.hubShare, 0...1),
    whole("hub_links", \.hubLinks),
    whole("fragile_selectors", \.fragileSelectors),
    number("fixed_wait_seconds", \.fixedWaitSeconds),
    number("bottleneck_hours", \.bottleneckHours),
    number("brittleness", \.brittleness),
    whole("scarce_skill_systems", \.scarceSkillSystems),
    whole("rule_count", \.ruleCount),
    whole("rule_evaluations", \.ruleEvaluations),
    whole("mandate_applications", \.mandateApplications),
    whole("mandate_domains", \.mandateDomains),
    whole("mandate_tools", \.mandateTools),
    number("agentify_score", \.agentifyScore, 0...1),
    number("pilot_days", \.pilotDays),
    number("plan_hub_share", \.planHubShare, 0...1),
  ]
}
