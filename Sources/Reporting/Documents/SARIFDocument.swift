public import Auditing
import Facts
import Inventory

/// What `rehearse audit --format sarif` prints: SARIF 2.1.0 with Errata 01 (OASIS, 2023), for places that
/// show findings beside code.
///
/// docs/reference/outputs.md says which of our words became which of theirs.
public struct SARIFDocument: Encodable, Sendable {
  private var schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
  private var version = "2.1.0"
  private var runs: [SARIFRun]

  /// The document of a report.
  /// - Parameters:
  ///   - report: What the audit found.
  ///   - programVersion: Version of the program.
  ///   - prefix: What stands before every path of an imported file, such as `automations/`, so that it
  ///     leads from the root of a repository.
  public init(_ report: AuditReport, programVersion: String, prefix: String = "") {
    runs = [SARIFRun(report, programVersion: programVersion, prefix: prefix)]
  }

  private enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }
}

/// The one run of a document.
private struct SARIFRun: Encodable {
  var tool: Tool
  var invocations: [Invocation]
  var originalUriBaseIds = [
    SARIFArtifacts.base: Base(
      description: SARIFMessage("The files and folders that were given to rehearse import."))
  ]
  var artifacts: [SARIFArtifacts.Artifact]
  var columnKind = "unicodeCodePoints"
  var results: [SARIFResult]
  var properties: Properties

  init(_ report: AuditReport, programVersion: String, prefix: String) {
    let shown = Set(
      report.checks + report.findings.map(\.check) + report.waived.map(\.finding.check))
    let checks = AuditCheck.listed.filter { shown.contains($0.id) }
    let places = Dictionary(
      checks.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    var files = SARIFArtifacts(prefix: prefix)
    results = []
    for finding in report.findings {
      results.append(
        SARIFResult(
          finding, rule: places[finding.check], waiver: nil,
          isNew: report.comparison?.isNew(finding), &files))
    }
    for waived in report.waived {
      results.append(
        SARIFResult(
          waived.finding, rule: places[waived.finding.check], waiver: waived.waiver,
          isNew: report.comparison?.isNew(waived.finding), &files))
    }
    for entry in report.comparison?.fixed ?? [] {
      results.append(SARIFResult(absent: entry, rule: places[entry.check]))
    }
    tool = Tool(
      driver: Driver(
        semanticVersion: programVersion, version: programVersion, rules: checks.map(Rule.init)))
    invocations = [
      Invocation(
        toolExecutionNotifications: report.remarks.map { remark in
          Notification(
            associatedRule: places[remark.check].map { Reference(id: remark.check, index: $0) },
            message: SARIFMessage(remark.text))
        })
    ]
    artifacts = files.artifacts
    properties = Properties(
      verdict: auditVerdict(report), coverage: coverageSentences(report),
      assessments: Dictionary(
        report.assessments.map { ($0.id, $0.summary) }, uniquingKeysWith: { first, _ in first }))
  }

  struct Tool: Encodable {
    var driver: Driver
  }

  struct Driver: Encodable {
    var name = "Rehearse"
    var semanticVersion: String
    var version: String
    var rules: [Rule]
  }

  struct Rule: Encodable {
    var id: String
    var name: String
    var shortDescription: SARIFMessage
    var fullDescription: SARIFMessage
    var help: SARIFMessage

    init(_ check: AuditCheck) {
      id = check.id
      name = check.id.split(separator: "-").map { sentenceCase(String($0)) }.joined()
      let summary = check.summary.hasSuffix(".") ? check.summary : check.summary + "."
      shortDescription = SARIFMessage(summary)
      fullDescription = SARIFMessage("\(summary) \(check.matters)")
      help = SARIFMessage(
        "\(check.matters) Formula, severities and remedy: docs/reference/audit-checks.md, section "
          + "\(check.id).",
        markdown: "\(check.matters)\n\nFormula, severities and remedy: "
          + "`docs/reference/audit-checks.md`, section `\(check.id)`.")
    }
  }

  struct Invocation: Encodable {
    var executionSuccessful = true
    var toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable {
    var level = "note"
    var associatedRule: Reference?
    var message: SARIFMessage
  }

  struct Reference: Encodable {
    var id: String
    var index: Int
  }

  struct Base: Encodable {
    var description: SARIFMessage
  }

  struct Properties: Encodable {
    var verdict: String
    var coverage: [String]
    var assessments: [String: String]
  }
}

/// A finding, an accepted finding, or one that is no longer there.
private struct SARIFResult: Encodable {
  var ruleId: String
  var ruleIndex: Int?
  var level: String
  var message: SARIFMessage
  var locations: [SARIFArtifacts.Location] = []
  var relatedLocations: [SARIFArtifacts.Location] = []
  var partialFingerprints: [String: String]
  var suppressions: [Suppression] = []
  var baselineState: String?
  var properties: Properties

  init(
    _ finding: Finding, rule: Int?, waiver: Waiver?, isNew: Bool?, _ files: inout SARIFArtifacts
  ) {
    ruleId = finding.check
    ruleIndex = rule
    level = Self.level(finding.severity)
    message = SARIFMessage(
      "\(finding.title). \(finding.why) Remedy: \(finding.remedy)",
      markdown:
        "**\(finding.title)**\n\n\(finding.why)\n\n\(finding.matters)\n\nRemedy: \(finding.remedy)")
    if let first = finding.evidence.first { locations = [files.location(first)] }
    relatedLocations = finding.evidence.dropFirst().enumerated().map { index, evidence in
      files.location(evidence, id: index + 1)
    }
    partialFingerprints = ["findingId/v1": finding.id]
    if let waiver {
      suppressions = [
        Suppression(
          justification: waiver.reason, location: files.location(ofWaiver: waiver),
          properties: .init(
            owner: waiver.owner, expires: waiver.expires?.description))
      ]
    }
    baselineState = isNew.map { $0 ? "new" : "unchanged" }
    properties = Properties(
      severity: finding.severity.rawValue, matters: finding.matters,
      hoursPerMonth: finding.cost?.hours, costPerMonth: finding.cost?.money.amount,
      currency: finding.cost?.money.currency, fallsTo: finding.actors.map(\.name))
  }

  init(absent entry: AuditBaseline.Entry, rule: Int?) {
    ruleId = entry.check
    ruleIndex = rule
    level = Self.level(entry.severity)
    message = SARIFMessage(entry.title)
    partialFingerprints = ["findingId/v1": entry.id]
    baselineState = "absent"
    properties = Properties(severity: entry.severity.rawValue)
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low, .info: "note"
    }
  }

  struct Suppression: Encodable {
    var kind = "external"
    var status = "accepted"
    var justification: String
    var location: SARIFArtifacts.Location
    var properties: Properties

    struct Properties: Encodable {
      var owner: String
      var expires: String?
    }
  }

  struct Properties: Encodable {
    var severity: String
    var matters: String?
    var hoursPerMonth: Double?
    var costPerMonth: Double?
    var currency: String?
    var fallsTo: [String]?
  }
}

/// A text for people.
struct SARIFMessage: Encodable {
  var text: String
  var markdown: String?

  /// A text without anything to fill in: braces would mark places for arguments.
  init(_ text: String, markdown: String? = nil) {
    func literal(_ text: String) -> String {
      text.replacing("{", with: "{{").replacing("}", with: "}}")
    }
    self.text = literal(text).replacing("](", with: "] (")
    self.markdown = markdown.map(literal)
  }
}
