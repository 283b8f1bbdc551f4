public import Auditing
import Facts
import Inventory

/// What `rehearse audit --format json` prints; every field is defined in `docs/reference/outputs.md`.
public struct AuditDocument: Encodable, Sendable {
  private var verdict: String
  private var day: String?
  private var findings: [FindingDocument]
  private var counts: [String: Int]
  private var omitted: Int
  private var waived: [WaivedDocument]
  private var comparison: ComparisonDocument?
  private var checks: [String]
  private var remarks: [AuditRemark]
  private var assessments: [AssessmentDocument]
  private var completeness: CompletenessDocument
  private var visibility: VisibilityDocument
  private var coverage: CoverageDocument

  /// The document of a report.
  public init(_ report: AuditReport) {
    verdict = auditVerdict(report)
    day = report.day.map(\.description)
    findings = report.findings.map { FindingDocument($0, in: report) }
    counts = Dictionary(
      uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, report.count($0)) })
    omitted = report.omitted
    waived = report.waived.map { WaivedDocument($0, in: report) }
    comparison = report.comparison.map { ComparisonDocument($0, of: report) }
    checks = report.checks
    remarks = report.remarks
    assessments = report.assessments.map(AssessmentDocument.init)
    completeness = CompletenessDocument(
      known: report.completeness.known, total: report.completeness.total,
      fields: report.completeness.fields.map {
        .init(field: $0.field.rawValue, known: $0.known, total: $0.total)
      },
      systems: report.completeness.systems.map {
        .init(system: $0.system.name, known: $0.known, missing: $0.missing.map(\.rawValue))
      })
    visibility = VisibilityDocument(
      described: report.visibility.described, named: report.visibility.named)
    coverage = CoverageDocument(report)
  }

  private struct CompletenessDocument: Encodable {
    var known: Int
    var total: Int
    var fields: [Known]
    var systems: [Missing]

    struct Known: Encodable {
      var field: String
      var known: Int
      var total: Int
    }

    struct Missing: Encodable {
      var system: String
      var known: Int
      var missing: [String]
    }
  }

  private struct VisibilityDocument: Encodable {
    var described: Int
    var named: Int
  }
}

/// A finding as JSON.
private struct FindingDocument: Encodable {
  var id: String
  var check: String
  var severity: String
  var title: String
  var subjects: [Subject]
  var evidence: [EvidenceDocument]
  var why: String
  var matters: String
  var cost: Cost?
  var remedy: String
  var example: String?
  var actors: [Actor]
  var isNew: Bool?

  init(_ finding: Finding, in report: AuditReport) {
    id = finding.id
    check = finding.check
    severity = finding.severity.rawValue
    title = finding.title
    subjects = finding.subjects.map(Subject.init)
    evidence = finding.evidence.map(EvidenceDocument.init)
    why = finding.why
    matters = finding.matters
    cost = finding.cost.map {
      Cost(hours: $0.hours, money: $0.money.amount, currency: $0.money.currency)
    }
    remedy = finding.remedy
    example = finding.example
    actors = finding.actors.map {
      Actor(name: $0.name, role: $0.role.rawValue, subjects: $0.subjects.map(Subject.init))
    }
    isNew = report.comparison?.isNew(finding)
  }

  struct Cost: Encodable {
    var hours: Double
    var money: Double
    var currency: String
  }

  struct Actor: Encodable {
    var name: String
    var role: String
    var subjects: [Subject]
  }
}

private struct Subject: Encodable {
  var kind: String
  var name: String

  init(_ reference: EntityReference) {
    kind = reference.kind.rawValue
    name = reference.name
  }
}

/// A finding that somebody accepts: as a finding, with its waiver.
private struct WaivedDocument: Encodable {
  var finding: FindingDocument
  var waiver: WaiverDocument

  init(_ waived: WaivedFinding, in report: AuditReport) {
    finding = FindingDocument(waived.finding, in: report)
    waiver = WaiverDocument(
      reason: waived.waiver.reason, owner: waived.waiver.owner,
      expires: waived.waiver.expires?.description, path: waived.waiver.location.path,
      position: waived.waiver.location.position)
  }

  func encode(to encoder: any Encoder) throws {
    try finding.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(waiver, forKey: .waiver)
  }

  private enum CodingKeys: String, CodingKey { case waiver }

  struct WaiverDocument: Encodable {
    var reason: String
    var owner: String
    var expires: String?
    var path: String
    var position: String?
  }
}

private struct ComparisonDocument: Encodable {
  var baseline: String
  var new: Int
  var stillThere: Int
  var fixed: [Entry]
  var remarks: [String]

  init(_ comparison: BaselineComparison, of report: AuditReport) {
    baseline = comparison.baseline
    new = report.findings.count(where: comparison.isNew)
    stillThere = report.findings.count - new
    fixed = comparison.fixed.map {
      Entry(
        id: $0.id, check: $0.check, severity: $0.severity.rawValue, title: $0.title,
        isOutOfSight: $0.isOutOfSight)
    }
    remarks = comparisonRemarks(comparison)
  }

  struct Entry: Encodable {
    var id: String
    var check: String
    var severity: String
    var title: String
    var isOutOfSight: Bool
  }
}

private struct CoverageDocument: Encodable {
  var statement: [String]
  var files: Files?
  var limits: [Limit]
  var absentKinds: [String]
  var kindless: Int
  var figures: [Figure]

  init(_ report: AuditReport) {
    statement = coverageSentences(report)
    files = report.coverage.files.map { files in
      Files(
        count: files.count, whole: files.whole,
        others: files.others.map {
          .init(
            path: $0.path, status: $0.status.rawValue, reasons: $0.reasons, problems: $0.problems)
        })
    }
    limits = report.coverage.limits.map { Limit(text: $0.text, systems: $0.systems.map(\.name)) }
    absentKinds = report.coverage.absentKinds.map(\.rawValue)
    kindless = report.coverage.kindless
    figures = report.coverage.figures.map {
      Figure(field: $0.field.rawValue, measured: $0.measured, stated: $0.stated)
    }
  }

  struct Files: Encodable {
    var count: Int
    var whole: Int
    var others: [File]

    struct File: Encodable {
      var path: String
      var status: String
      var reasons: [String]
      var problems: Int
    }
  }

  struct Limit: Encodable {
    var text: String
    var systems: [String]
  }

  struct Figure: Encodable {
    var field: String
    var measured: Int
    var stated: Int
  }
}

/// A place that speaks for a statement.
struct EvidenceDocument: Encodable {
  var path: String
  var position: String?
  var element: String?
  var provenance: String
  var note: String?

  init(_ evidence: Evidence) {
    path = evidence.location.path
    position = evidence.location.position
    element = evidence.location.element
    provenance = evidence.provenance.rawValue
    note = evidence.note
  }

  /// The position is `null` where the format has no lines: the key is always there.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(path, forKey: .path)
    try container.encode(position, forKey: .position)
    try container.encodeIfPresent(element, forKey: .element)
    try container.encode(provenance, forKey: .provenance)
    try container.encodeIfPresent(note, forKey: .note)
  }

  private enum CodingKeys: String, CodingKey { case path, position, element, provenance, note }
}
