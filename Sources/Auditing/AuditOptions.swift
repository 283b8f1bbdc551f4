public import Facts

/// What is audited, and from which figures on something is a finding.
///
/// Every figure has a documented default and source; docs/reference/audit-checks.md lists them.
public struct AuditOptions: Hashable, Sendable, Codable {
  /// Findings that are less severe are left out of the report, but counted.
  public var minimumSeverity: Severity = .info
  /// Identifiers of the checks to run; `nil` for all.
  public var checks: [String]?

  /// Unknown fields of the seven from which on a system is badly incomplete.
  ///
  /// Default 3 (assumed).
  public var missingFields = 3
  /// Systems that one person answers for from which on that person is a bus factor.
  ///
  /// Default 8 (assumed).
  public var systemsPerOwner = 8
  /// Human approvals that one case may meet from which on a process is a candidate for agents.
  ///
  /// Default 3 (*AI Agent Orchestration: Making Multi-Agent Systems Work Together*).
  public var humanApprovals = 3
  /// Likeness of two systems, between 0 and 1, from which on they are redundant.
  ///
  /// Default 0.5 (assumed).
  public var redundancyScore = 0.5
  /// Factor on the likeness where the owners differ, for what different teams built independently.
  ///
  /// Default 1.15 (assumed).
  public var differentOwnersFactor = 1.15
  /// Automations around one workflow from which on it is a place where orchestration pays first.
  ///
  /// Default 3 (assumed; the essay says "several").
  public var touchingAutomations = 3
  /// Technologies or owners among those automations from which on it counts.
  ///
  /// Default 2 (*AI Agent Orchestration: Making Multi-Agent Systems Work Together*).
  public var touchingTechnologiesOrOwners = 2
  /// Runs a month from which on what people carry is severe.
  ///
  /// Default 1,000, about fifty a working day (assumed).
  public var carriedPerMonth = 1000.0
  /// Systems that need one point directly from which on its failure is a finding.
  ///
  /// Default 5 (assumed).
  public var dependents = 5
  /// Systems that lose touch with the rest when a cut point fails from which on it is a finding.
  ///
  /// Default 3 (assumed).
  public var cutOff = 3
  /// Calls of agents that one case may set off from which on it is a cascade.
  ///
  /// Default 20 (*AI Agent Orchestration 101: Stop Trying to Build a Super AI*).
  public var callsPerCase = 20
  /// Share of the links between automations that touch one of them from which on it is a hub.
  ///
  /// Default 0.5 (assumed).
  public var hubShare = 0.5
  /// Links between automations below which nothing is said of hubs.
  ///
  /// Default 20 (assumed).
  public var hubLinks = 20
  /// Rules of decision tables looked at for one pair of tables before it is given up, with a remark.
  ///
  /// All pairs together may take about ten times as many. Default 1,000,000 (keeps the audit of a large
  /// estate within seconds).
  public var ruleEvaluations = 1_000_000

  /// Creates options with the documented defaults.
  public init() {}
}
