public import Auditing
public import Facts
import IntegrationGraph
public import Inventory

/// The audit of an estate, with the standard options.
public func auditReport(of estate: Estate, minimumSeverity: Severity?) -> AuditReport {
  var policy = AuditPolicy()
  if let minimumSeverity { policy.options.minimumSeverity = minimumSeverity }
  return audit(estate: estate, graph: IntegrationGraph(estate), policy: policy)
}
