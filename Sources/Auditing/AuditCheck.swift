/// One check of the audit.
public struct AuditCheck: Sendable {
  /// Stable identifier, such as `owner-gap`.
  public let id: String
  /// What it looks for, in one line.
  public let summary: String
  /// Why it matters, in one sentence, shown with each of its findings.
  public let matters: String
  let run: @Sendable (AuditContext) -> Outcome

  struct Outcome {
    var findings: [Finding] = []
    /// What could not be concluded, one sentence each.
    var remarks: [String] = []
  }

  /// Every check, in the order in which they run and are documented.
  ///
  /// A new check is one file under `Checks`, one line here and one section of
  /// docs/reference/audit-checks.md.
  public static let all: [AuditCheck] = [
    .completeness,
    .ownerGap,
    .ghostReference,
    .humanApprovals,
    .redundancy,
    .conflictingThresholds,
    .decisionTableFlaws,
    .differingBounds,
    .ruleDebt,
    .hotspotManyAutomations,
    .hotspotDataCrossing,
    .hotspotHumanCarrying,
    .hotspotContradiction,
    .orphan,
    .singlePointOfFailure,
    .broadPermissions,
    .mandateBreadth,
    .superuser,
    .sharedCredential,
    .escalationPath,
    .constraintList,
    .segregationOfDuties,
    .leakagePath,
    .auditTrail,
    .retention,
    .sensitiveAct,
    .policyReview,
    .guardrailWithoutPolicy,
    .alwaysOn,
    .businessBuilt,
    .triggerLoop,
    .writeCollision,
    .duplicateTask,
    .callCascade,
    .missingAgentRole,
    .hubConcentration,
    .fragileSelector,
    .hardCodedWait,
    .missingErrorPath,
    .bottleneck,
    .brittleness,
    .scarceSkills,
    .rolloutPlan,
  ]
}
