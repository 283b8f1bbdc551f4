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
  /// Different fragile selectors of one system from which on they are a medium finding.
  ///
  /// Default 5 (assumed).
  public var fragileSelectors = 5
  /// Seconds that one pass of an automation waits at fixed pauses from which on it is a medium finding.
  ///
  /// Default 60 (assumed).
  public var fixedWaitSeconds = 60.0
  /// Hours a month that people handle cases at one touch point from which on it is a bottleneck.
  ///
  /// Default 80, about half a person (assumed).
  public var bottleneckHours = 80.0
  /// Brittleness from which on it is a finding: share of the work on user interfaces × releases of
  /// these a year × share of runs that fail.
  ///
  /// Default 0.1, such as four releases a year and one failure in forty runs (assumed).
  public var brittleness = 0.1
  /// Systems in use of one technology that one or two people keep from which on it is a finding.
  ///
  /// Default 2 (assumed).
  public var scarceSkillSystems = 2
  /// Rules of one system from which on it is a finding.
  ///
  /// Default 100 (assumed).
  public var ruleCount = 100
  /// Rules of decision tables looked at for one pair of tables before it is given up, with a remark.
  ///
  /// All pairs together may take about ten times as many, and each table by itself five times.
  ///
  /// Default 1,000,000 (keeps the audit of a large estate within seconds).
  public var ruleEvaluations = 1_000_000
  /// Applications that one agent works on from which on its mandate is broad.
  ///
  /// Default 6 (assumed; the essay says "narrow").
  public var mandateApplications = 6
  /// Domains or teams whose systems one agent works on from which on its mandate is broad.
  ///
  /// Default 3 (assumed).
  public var mandateDomains = 3
  /// Tools and operations of one agent from which on its mandate is broad.
  ///
  /// Default 15 (assumed).
  public var mandateTools = 15
  /// Score of a candidate for agents from which on its direction is to be given to agents.
  ///
  /// Between 0 and 1. Default 0.2 (assumed).
  public var agentifyScore = 0.2
  /// Calendar days from the start of a plan within which more than one workflow is too much at once.
  ///
  /// Default 91, three months (*AI Agent Orchestration: Making Multi-Agent Systems Work Together*: the
  /// first pilot takes two to three).
  public var pilotDays = 91.0
  /// Share of decisions through one node from which on a plan makes it a bottleneck, in 0...1.
  ///
  /// Default 0.8 (assumed).
  public var planHubShare = 0.8

  /// Creates options with the documented defaults.
  public init() {}
}
