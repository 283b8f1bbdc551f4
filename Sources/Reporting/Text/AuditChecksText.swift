import Auditing

/// What the audit looks for and computes, for a terminal.
public func auditChecksText(style: TextStyle = .plain) -> String {
  var text = style.strong("Checks") + "\n"
  for check in AuditCheck.listed {
    text += wrapped("\(check.id): \(check.summary)", indent: "  ", next: "    ")
  }
  text += "\n" + style.strong("Assessments") + "\n"
  for assessment in Assessment.all {
    text += wrapped("\(assessment.id): \(assessment.title)", indent: "  ", next: "    ")
  }
  return text + "\nRun single ones with: rehearse audit --check ID\n"
}

/// What `rehearse audit checks --format json` prints; every field is defined in
/// `docs/reference/outputs.md`.
public struct AuditChecksDocument: Encodable, Sendable {
  private var checks: [Check]
  private var assessments: [Computed]

  /// The document of all checks and assessments.
  public init() {
    checks = AuditCheck.listed.map {
      Check(id: $0.id, summary: $0.summary, matters: $0.matters)
    }
    assessments = Assessment.all.map {
      Computed(id: $0.id, title: $0.title, formula: $0.formula)
    }
  }

  private struct Check: Encodable {
    var id: String
    var summary: String
    var matters: String
  }

  private struct Computed: Encodable {
    var id: String
    var title: String
    var formula: String
  }
}
