import EstateTestSupport
import IntegrationGraph
import Inventory

@testable import Auditing

/// The report on what a builder has said.
func report(_ builder: EstateBuilder, _ options: AuditOptions = AuditOptions()) -> AuditReport {
  let estate = builder.estate
  return audit(estate: estate, graph: IntegrationGraph(estate), options: options)
}

/// The findings of one check on what a builder has said.
func findings(
  _ check: AuditCheck, _ builder: EstateBuilder, _ change: (inout AuditOptions) -> Void = { _ in }
) -> [Finding] {
  var options = AuditOptions()
  options.checks = [check.id]
  change(&options)
  return report(builder, options).findings
}
