/// Something the audit computes of the estate and shows as a table, without calling it wrong.
public struct Assessment: Sendable {
  /// Stable identifier, such as `orchestration-tax`.
  public let id: String
  /// Title of its table.
  public let title: String
  /// How it is computed, with units; docs/reference/assessments.md has the same in full.
  public let formula: String
  let run: @Sendable (AuditContext) -> AssessmentTable

  func table(_ context: AuditContext) -> AssessmentTable {
    var table = run(context)
    table.id = id
    table.title = title
    table.formula = formula
    return table
  }

  /// Every assessment, in the order in which they are shown and documented.
  ///
  /// A new one is one file under `Assessments`, one line here and one section of
  /// docs/reference/assessments.md.
  public static let all: [Assessment] = [
    .ownership,
    .registryCoverage,
    .governanceBeforeScale,
    .observability,
    .securityChecklist,
    .memoryMatrix,
    .sprawlIndex,
    .agentAwareness,
    .orchestrationCapability,
    .contextContract,
    .multiAgentRoles,
    .apiReadiness,
    .weakestLink,
    .lockIn,
    .wrapperShare,
    .workflowIntegrations,
    .workflowObservability,
    .standards,
    .pointToPoint,
    .coupling,
    .crossDomain,
    .maturitySigns,
    .humanTouchPoints,
    .orchestrationTax,
    .consolidation,
    .maintainability,
    .guardrailLedger,
    .orchestrationFirst,
    .agentCandidates,
    .disposition,
    .readiness,
    .maturity,
    .useCases,
    .fourQuestions,
    .decisionLogic,
    .technologyMix,
    .nextStep,
    .dataToAction,
    .vendorOrigins,
    .threeMandates,
  ]
}
