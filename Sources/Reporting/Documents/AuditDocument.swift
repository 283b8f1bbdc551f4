public import Auditing
import Facts
import Inventory

/// What `rehearse audit --format json` prints; every field is defined in `docs/reference/outputs.md`.
public struct AuditDocument: Encodable, Sendable {
  private var findings: [FindingDocument]
  private var counts: [String: Int]
  private var omitted: Int
  private var checks: [String]
  private var remarks: [AuditRemark]
  private var completeness: CompletenessDocument
  private var visibility: VisibilityDocument

  /// The document of a report.
  public init(_ report: AuditReport) {
    findings = report.findings.map(FindingDocument.init)
    counts = Dictionary(
      uniqueKeysWithValues: Severity.allCases.map { ($0.rawValue, report.count($0)) })
    omitted = report.omitted
    checks = report.checks
    remarks = report.remarks
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
  }

  private struct FindingDocument: Encodable {
    var id: String
    var check: String
    var severity: String
    var title: String
    var subjects: [Subject]
    var evidence: [EvidenceDocument]
    var why: String
    var remedy: String
    var example: String?

    init(_ finding: Finding) {
      id = finding.id
      check = finding.check
      severity = finding.severity.rawValue
      title = finding.title
      subjects = finding.subjects.map { Subject(kind: $0.kind.rawValue, name: $0.name) }
      evidence = finding.evidence.map(EvidenceDocument.init)
      why = finding.why
      remedy = finding.remedy
      example = finding.example
    }
  }

  private struct Subject: Encodable {
    var kind: String
    var name: String
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
