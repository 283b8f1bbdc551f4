public import IntegrationGraph
public import Inventory

/// Audits an estate.
///
/// A pure function: the same estate and options give the same report.
/// - Parameters:
///   - estate: The estate.
///   - graph: Its integration graph.
///   - options: What is audited, and from which figures on something is a finding.
/// - Complexity: O(n · m) for n nodes and m edges, in the search for single points of failure; the
///   other checks are about linear.
public func audit(
  estate: Estate, graph: IntegrationGraph, options: AuditOptions = AuditOptions()
) -> AuditReport {
  let wanted = options.checks.map(Set.init)
  let checks = AuditCheck.all.filter { wanted?.contains($0.id) ?? true }
  let context = AuditContext(estate: estate, graph: graph, options: options)
  var findings: [Finding] = []
  var remarks: [AuditRemark] = []
  for check in checks {
    let outcome = check.run(context)
    findings += outcome.findings
    remarks += outcome.remarks.map { AuditRemark(check: check.id, text: $0) }
  }
  let kept = findings.filter { $0.severity <= options.minimumSeverity }
  let ghosts = graph.ghosts.count
  return AuditReport(
    findings: inOrder(kept),
    completeness: Completeness(of: context),
    visibility: .init(described: estate.systems.count, named: estate.systems.count + ghosts),
    remarks: remarks, checks: checks.map(\.id), omitted: findings.count - kept.count)
}

/// Findings by severity, then check, then subjects, then identifier.
private func inOrder(_ findings: [Finding]) -> [Finding] {
  let keyed = findings.map { finding in
    (keys: finding.subjects.map { ($0.kind, $0.key) }, finding: finding)
  }
  return keyed.sorted { a, b in
    if a.finding.severity != b.finding.severity { return a.finding.severity < b.finding.severity }
    if a.finding.check != b.finding.check { return a.finding.check < b.finding.check }
    for (first, second) in zip(a.keys, b.keys) where first != second { return first < second }
    return (a.keys.count, a.finding.id) < (b.keys.count, b.finding.id)
  }.map(\.finding)
}
