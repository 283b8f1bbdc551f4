public import DocumentReading
public import Facts
public import Inventory

/// What an earlier audit found, as its JSON report says.
public struct AuditBaseline: Hashable, Sendable {
  /// Path of the report, as shown.
  public var path: String
  /// Checks that ran then.
  public var checks: [String]
  /// Findings then, those that were accepted among them.
  public var findings: [Entry]

  /// A finding of then.
  public struct Entry: Hashable, Sendable, Codable {
    /// Its identifier.
    public var id: String
    /// The check that found it.
    public var check: String
    /// How bad it was.
    public var severity: Severity
    /// What it said.
    public var title: String
    /// What it was about: kind and name.
    public var subjects: [EntityReference]
    /// Whether what it was about is no longer in the inventory, so that nobody can say it was mended.
    public var isOutOfSight = false
  }
}

/// What changed from an earlier audit to this one.
public struct BaselineComparison: Hashable, Sendable, Codable {
  /// Path of the earlier report.
  public var baseline: String
  /// Identifiers of findings, accepted ones among them, that were not there then.
  public var new: Set<String>
  /// Findings of then that are no longer there, in the order of then.
  public var fixed: [AuditBaseline.Entry]
  /// Checks that ran now and not then: whether their findings are new is not known, and they count as new.
  public var newChecks: [String]
  /// Checks that ran then and not now: nothing is said of their findings.
  public var missingChecks: [String]

  /// Whether a finding was not there then.
  public func isNew(_ finding: Finding) -> Bool { new.contains(finding.id) }
}

extension AuditReport {
  /// The report with what changed since an earlier one; of a report that shows all severities.
  public func compared(with baseline: AuditBaseline) -> AuditReport {
    let now = findings + waived.map(\.finding)
    let before = Set(baseline.findings.map(\.id))
    let present = Set(now.map(\.id))
    let ran = Set(checks + AuditCheck.ofWaivers.map(\.id))
    let systems = Set(completeness.systems.map(\.system.key))
    var report = self
    report.comparison = BaselineComparison(
      baseline: baseline.path,
      new: Set(now.map(\.id).filter { !before.contains($0) }),
      fixed: baseline.findings.filter { !present.contains($0.id) && ran.contains($0.check) }
        .map { entry in
          var entry = entry
          entry.isOutOfSight =
            entry.subjects.first.map { $0.kind == .system && !systems.contains($0.key) } ?? false
          return entry
        },
      newChecks: checks.filter { !baseline.checks.contains($0) },
      missingChecks: baseline.checks.filter { !checks.contains($0) })
    return report
  }
}

/// Reads what `rehearse audit --format json` wrote earlier.
///
/// - Throws: what `parseJSON` throws, and `malformed` where the file is something else, or leaves less
///   severe findings out.
public func readAuditBaseline(
  _ bytes: [UInt8], path: String
) throws(DocumentError) -> AuditBaseline {
  let root = try parseJSON(bytes, path: path)
  guard let checks = root["checks"]?.array, let list = root["findings"]?.array else {
    throw DocumentError(
      .malformed,
      "this is not a report of an audit, since it has no list of 'checks' and 'findings'; make one with: "
        + "rehearse audit --format json --output FILE", at: root.location)
  }
  if let omitted = root["omitted"]?.int, omitted > 0 {
    throw DocumentError(
      .malformed,
      "this report leaves out \(counted(omitted, "finding")) less severe, so that nobody can say which "
        + "are new; make it without --severity", at: root["omitted"]?.location ?? root.location)
  }
  var findings: [AuditBaseline.Entry] = []
  for node in list + (root["waived"]?.array ?? []) { findings.append(try entry(node)) }
  return AuditBaseline(path: path, checks: checks.compactMap(\.string), findings: findings)
}

private func entry(_ node: DataNode) throws(DocumentError) -> AuditBaseline.Entry {
  guard let id = node["id"]?.string, let check = node["check"]?.string,
    let severity = node["severity"]?.string.flatMap(Severity.init),
    let title = node["title"]?.string
  else {
    throw DocumentError(
      .malformed,
      "a finding has no id, check, severity or title; the report was not written by Rehearse",
      at: node.location)
  }
  let subjects = (node["subjects"]?.array ?? []).compactMap { subject -> EntityReference? in
    guard let kind = subject["kind"]?.string.flatMap(EntityKind.init),
      let name = subject["name"]?.string
    else { return nil }
    return EntityReference(kind, name)
  }
  return AuditBaseline.Entry(
    id: id, check: check, severity: severity, title: title, subjects: subjects)
}
