public import Facts
import IntegrationGraph
import Inventory

/// What an audit of an estate found.
public struct AuditReport: Hashable, Sendable, Codable {
  /// Findings, ordered by severity, then what they cost, then check, then subjects.
  public var findings: [Finding]
  /// How much is known of the seven audit fields.
  public var completeness: Completeness
  /// How much of what is spoken of is in the inventory.
  public var visibility: Visibility
  /// What a check could not conclude, and why.
  public var remarks: [AuditRemark]
  /// Identifiers of the checks that ran, in order.
  public var checks: [String]
  /// Number of findings less severe than was asked for.
  public var omitted: Int
  /// Tables of computed figures, in order; where single checks were asked for, only those named.
  public var assessments: [AssessmentTable]
  /// Findings that a waiver accepts, in the order of findings; they are not among `findings`.
  public var waived: [WaivedFinding] = []
  /// Day against which waivers were held; `nil` where there was none to hold.
  public var day: CalendarDay?
  /// What the audit could see, and what it could not.
  public var coverage = AuditCoverage()
  /// What changed since an earlier audit; `nil` where none was given.
  public var comparison: BaselineComparison?

  /// Number of findings of a severity.
  public func count(_ severity: Severity) -> Int { findings.count { $0.severity == severity } }

  /// The same without findings less severe than asked for, which are counted as omitted.
  public func shown(atLeast severity: Severity) -> AuditReport {
    var report = self
    report.findings.removeAll { $0.severity > severity }
    report.waived.removeAll { $0.finding.severity > severity }
    report.comparison?.fixed.removeAll { $0.severity > severity }
    report.omitted += findings.count - report.findings.count
    return report
  }

  /// Numbers of the findings, from 1 in report order, about each node of the integration graph, by
  /// node id: the badges of its map.
  public var badges: [String: [Int]] {
    var badges: [String: [Int]] = [:]
    for (index, finding) in findings.enumerated() {
      for id in Set(finding.subjects.map(\.nodeID)) {
        badges[id, default: []].append(index + 1)
      }
    }
    return badges
  }

  /// Systems in the inventory and systems spoken of.
  public struct Visibility: Hashable, Sendable, Codable {
    /// Systems that some file describes.
    public var described: Int
    /// Systems that some file describes or only names.
    public var named: Int

    /// Share of the systems spoken of that are described, in 0...1; `nil` where none is spoken of.
    public var share: Double? { named == 0 ? nil : Double(described) / Double(named) }
  }
}

/// Something a check could not conclude.
public struct AuditRemark: Hashable, Sendable, Codable {
  /// Identifier of the check.
  public var check: String
  /// What was left open and why, in one sentence.
  public var text: String
}
