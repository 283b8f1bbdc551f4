public import Facts

/// What the organisation itself says about its estate and its rules, beside the files of products:
/// prices, dates, thresholds, classes of data, duties, policies, waivers.
///
/// Read from a YAML file by `readAuditPolicy`; docs/reference/audit-policy.md lists its keys. What is
/// not said stays unknown, unless a default is documented as assumed.
public struct AuditPolicy: Hashable, Sendable, Codable {
  /// Day for which the audit is made; `nil` where it was not said, and then nothing is concluded from
  /// the age of things.
  public var asOf: CalendarDay?
  /// What an hour of people's work costs.
  ///
  /// Default 45 EUR (assumed).
  public var hourlyCost = Money(45, "EUR")
  /// From which figures on something is a finding.
  public var options = AuditOptions()
  /// What it says of applications, in file order.
  public var applications: [ApplicationPolicy] = []
  /// Busiest hours of applications, as a simulation has them.
  public var load: [SimulatedLoad] = []
  /// What people's part of automated work takes.
  public var humanWork = HumanWorkPolicy()
  /// What it takes to keep, mend, change and merge automations.
  public var upkeep = UpkeepPolicy()
  /// What the tickets of guardrails say, in file order.
  public var guardrailLedger: [LedgerEntry] = []
  /// Findings that somebody has accepted.
  public var waivers: [Waiver] = []
  /// Classes of data and the words by which they are found.
  ///
  /// Default `DataClass.assumed`.
  public var dataClasses = DataClass.assumed
  /// Acts that one actor must not do on one case.
  ///
  /// Default `DutyPair.assumed`.
  public var duties = DutyPair.assumed
  /// Acts that need a trace and a second approver.
  ///
  /// Default `SensitiveAct.assumed`.
  public var sensitiveActs = SensitiveAct.assumed
  /// Facts of systems that no export holds.
  public var systems: [SystemDeclaration] = []
  /// Written policies.
  public var policies: [GovernancePolicy] = []
  /// What is known of the work that agents might take over.
  public var candidates = CandidatePolicy()
  /// Answers to the items of readiness, in their order.
  public var readiness: [ReadinessAnswer] = []
  /// Answers to how mature the orchestration is, in their order.
  public var maturity: [MaturityAnswer] = []
  /// The plan for rolling out agents and orchestration; `nil` where there is none.
  public var plan: RolloutPlan?

  /// Creates a policy with the documented defaults.
  public init() {}
}

/// A finding that somebody accepts for a while.
public struct Waiver: Hashable, Sendable, Codable {
  /// Identifier of the finding.
  public var finding: String
  /// Why it is accepted.
  public var reason: String
  /// Who accepts it.
  public var owner: String
  /// Last day on which it holds; `nil` without end.
  public var expires: CalendarDay?
  /// Where it stands.
  public var location: SourceLocation

  /// Creates a waiver.
  public init(
    finding: String, reason: String, owner: String, expires: CalendarDay?, location: SourceLocation
  ) {
    self.finding = finding
    self.reason = reason
    self.owner = owner
    self.expires = expires
    self.location = location
  }
}
