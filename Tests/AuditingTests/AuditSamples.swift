import EstateTestSupport
import Facts
import IntegrationGraph
import Inventory

@testable import Auditing

/// The report on what a builder has said.
func report(
  _ builder: EstateBuilder, _ options: AuditOptions = AuditOptions(),
  policy: AuditPolicy = AuditPolicy()
) -> AuditReport {
  var policy = policy
  policy.options = options
  let estate = builder.estate
  return audit(estate: estate, graph: IntegrationGraph(estate), policy: policy)
}

/// The findings of one check on what a builder has said.
func findings(
  _ check: AuditCheck, _ builder: EstateBuilder, policy: AuditPolicy = AuditPolicy(),
  _ change: (inout AuditOptions) -> Void = { _ in }
) -> [Finding] {
  var options = policy.options
  options.checks = [check.id]
  change(&options)
  return report(builder, options, policy: policy).findings
}

/// The table of one assessment of what a builder has said.
func table(
  _ assessment: Assessment, _ builder: EstateBuilder, policy: AuditPolicy = AuditPolicy()
) -> AssessmentTable? {
  report(builder, policy.options, policy: policy).assessments.first { $0.id == assessment.id }
}

/// The report on what a builder has said, by a policy and on a day.
func audited(_ builder: EstateBuilder, _ policy: AuditPolicy, today: CalendarDay?) -> AuditReport {
  let estate = builder.estate
  return audit(estate: estate, graph: IntegrationGraph(estate), policy: policy, today: today)
}
