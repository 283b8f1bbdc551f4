public import Facts
public import IntegrationGraph
public import Inventory

/// Audits an estate.
///
/// A pure function: the same estate and options give the same report.
/// - Parameters:
///   - estate: The estate.
///   - graph: Its integration graph.
///   - policy: What the organisation itself says, and from which figures on something is a finding.
///   - documents: What became of the files that the estate was read from; `nil` where that is not known.
///   - today: Day against which waivers are held where the policy names none; `nil` to end none.
/// - Complexity: O(n · m) for n nodes and m edges, in the search for single points of failure; the
///   other checks are about linear.
public func audit(
  estate: Estate, graph: IntegrationGraph, policy: AuditPolicy = AuditPolicy(),
  documents: [DocumentHead]? = nil, today: CalendarDay? = nil
) -> AuditReport {
  let options = policy.options
  let wanted = options.checks.map(Set.init)
  let checks = AuditCheck.all.filter { wanted?.contains($0.id) ?? true }
  var context = AuditContext(estate: estate, graph: graph, policy: policy)
  let unfinished = (documents ?? []).filter { $0.status == .failed || $0.status == .partial }
  context.unreadFiles = unfinished.filter { $0.steps == 0 && $0.connections == 0 }.map(\.path)
  context.partlyReadFiles = Set(unfinished.map(\.path))
  context.foundGovernance = GovernanceFacts(context)
  if wanted == nil { context.foundRedundancy = RedundancyClusters(context) }
  let names = ShownNames(graph)
  var findings: [Finding] = []
  var remarks: [AuditRemark] = []
  for check in checks {
    let outcome = check.run(context)
    findings += outcome.findings.map { finding in
      var finding = names.shown(gradedAsExample(finding, context))
      if finding.matters.isEmpty { finding.matters = check.matters }
      return finding
    }
    remarks += outcome.remarks.map { AuditRemark(check: check.id, text: $0) }
  }
  findings = withOwnIdentifiers(inOrder(findings))
  context.findings = findings
  context.ran = Set(checks.map(\.id))
  for index in findings.indices { findings[index].actors = context.actors(of: findings[index]) }
  let judged = WaiverJudgement(
    of: findings, waivers: policy.waivers, on: policy.asOf ?? today, context: context,
    isComplete: wanted == nil, checks: checks.map(\.id))
  let ghosts = graph.ghosts.count
  let report = AuditReport(
    findings: inOrder(judged.open),
    completeness: Completeness(of: context),
    visibility: .init(described: estate.systems.count, named: estate.systems.count + ghosts),
    remarks: remarks, checks: checks.map(\.id), omitted: 0,
    assessments: Assessment.all.filter { wanted?.contains($0.id) ?? true }
      .map { $0.table(context) },
    waived: judged.waived, day: policy.asOf ?? (policy.waivers.isEmpty ? nil : today),
    coverage: AuditCoverage(of: estate, documents: documents))
  return report.shown(atLeast: options.minimumSeverity)
}

/// Findings of which no two have one identifier: of several, as copies of one decision table give
/// them, the later ones are numbered.
private func withOwnIdentifiers(_ findings: [Finding]) -> [Finding] {
  var seen: [String: Int] = [:]
  return findings.map { finding in
    var finding = finding
    seen[finding.id, default: 0] += 1
    if let count = seen[finding.id], count > 1 { finding.id += "~\(count)" }
    return finding
  }
}

/// Findings by severity, then what they cost, then check, then subjects, then identifier.
private func inOrder(_ findings: [Finding]) -> [Finding] {
  let keyed = findings.map { finding in
    (keys: finding.subjects.map { ($0.kind, $0.key) }, finding: finding)
  }
  return keyed.sorted { a, b in
    if a.finding.severity != b.finding.severity { return a.finding.severity < b.finding.severity }
    let (dear, cheap) = (a.finding.cost?.money.amount ?? 0, b.finding.cost?.money.amount ?? 0)
    if dear != cheap { return dear > cheap }
    if a.finding.check != b.finding.check { return a.finding.check < b.finding.check }
    for (first, second) in zip(a.keys, b.keys) where first != second { return first < second }
    let (first, second) = (a.finding, b.finding)
    return (a.keys.count, first.id, first.title, first.evidence.first?.location.path ?? "")
      < (b.keys.count, second.id, second.title, second.evidence.first?.location.path ?? "")
  }.map(\.finding)
}
