public import ArgumentParser
import Auditing
public import Facts
import Foundation
import Reporting
import Workbench

/// `rehearse audit`.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Find what is missing, doubled, contradictory or fragile in the estate.",
    discussion: """
      Every finding names its evidence, why it was concluded, what it costs where that can be \
      computed, whom it falls to, and one act that mends it; see docs/reference/audit-checks.md. \
      What the audit could not see is said, too.

      The format follows from the name of the output where none is given: .html, .json, .csv, .xlsx, \
      .sarif. With --format csv the output may be a folder, which gets one file for each who is to act.

      EXAMPLES
        rehearse audit
        rehearse audit --policy inventories/meridian-bank.audit.yaml --full
        rehearse audit --output output/audit.html
        rehearse audit --format csv --output output/work-lists
        rehearse audit --fail-on high         # exit code 1 if anything is high or critical
        rehearse audit --baseline output/last.json --fail-on high --new-only
        rehearse audit --plan scenarios/case-studies/rollout.yaml --plan-variant staged
        rehearse audit --study output/study.json      # can applications take their busiest hour?
        rehearse audit --questionnaire platforms.yaml --output output/audit.html
        rehearse audit checks                 # what is looked for and computed
      """,
    subcommands: [Checks.self])

  enum Format: String, OutputFormat {
    case text, json, html, csv, xlsx, sarif
    static let standard = Format.text
    static let furtherEndings = ["htm": Format.html]
  }

  @Option(help: "How to print it (default: as the name of the output says, else text).")
  var format: Format?
  @Option(help: "File to write to instead of standard output; of csv also a folder.")
  var output: String?
  @Option(
    help: ArgumentHelp(
      "What the organisation says itself: thresholds, prices, waivers (YAML).", valueName: "file"))
  var policy: String?
  @Option(
    help: ArgumentHelp(
      "A scenario: hold its rollout against the mistakes of rollouts.", valueName: "file"))
  var plan: String?
  @Option(
    help: ArgumentHelp("The variant with that rollout, if several have one.", valueName: "name"))
  var planVariant: String?
  @Option(
    help: ArgumentHelp(
      "Results of simulate or compare in JSON: hold the busiest hour of each application against its limit.",
      valueName: "file"))
  var study: String?
  @Option(
    name: .customLong("questionnaire"),
    help: ArgumentHelp(
      "A questionnaire whose tables stand behind the computed figures; may be given several times.",
      valueName: "file"))
  var questionnaires: [String] = []
  @Option(
    name: .customLong("check"),
    help: ArgumentHelp(
      "Run only this check or assessment; may be given several times.", valueName: "id"))
  var checks: [String] = []
  @Option(help: "Show only findings at least this grave: \(Severity.words).")
  var severity: Severity?
  @Option(help: "Show only this many findings, the gravest first (text only).")
  var top: Int?
  @Flag(help: "Show the tables of computed figures and everything that was not seen (text only).")
  var full = false
  @Option(
    help: ArgumentHelp(
      "An earlier report in JSON: say what is new, still there, and fixed.", valueName: "file"))
  var baseline: String?
  @Option(
    name: .customLong("fail-on"),
    help: "Exit with code 1 if a finding is at least this grave: \(Severity.words).")
  var failOn: Severity?
  @Flag(help: "Let --fail-on count only findings that are not in the baseline.")
  var newOnly = false
  @Option(
    help: ArgumentHelp(
      "What stands before each path, such as automations/ (sarif only).", valueName: "prefix"))
  var pathPrefix: String?
  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var people: PeopleOptions

  /// What was asked for, or what the name of the output says.
  var chosenFormat: Format {
    get throws { try Format.chosen(format, output: output) }
  }

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top must be at least 1.") }
    for check in checks {
      if let problem = problem(withCheck: check) { throw ValidationError(problem) }
    }
    if planVariant != nil, plan == nil {
      throw ValidationError("--plan-variant is of use with --plan only.")
    }
    if newOnly, baseline == nil || failOn == nil {
      throw ValidationError("--new-only is of use with --baseline and --fail-on only.")
    }
    let chosenFormat = try chosenFormat
    if chosenFormat == .xlsx, output == nil {
      throw ValidationError("a workbook needs --output FILE.xlsx.")
    }
    if pathPrefix != nil, chosenFormat != .sarif {
      throw ValidationError("--path-prefix is of use with --format sarif only.")
    }
  }

  func run() async throws {
    var request = AuditRequest()
    request.policy = policy
    request.plan = plan
    request.planVariant = planVariant
    request.study = study
    request.checks = checks
    request.baseline = baseline
    request.questionnaires = questionnaires
    request.today = today()
    request.people = people.shown
    let audit = try audit(workspace: workspace.file, as: request)
    let report = severity.map(audit.report.shown) ?? audit.report
    switch try chosenFormat {
    case .text:
      try deliver(
        findingsText(
          report, FindingsTextOptions(limit: top, isFull: full),
          style: output == nil ? Terminal.style : .plain), to: output)
    case .json: try deliver(try jsonText(AuditDocument(report)), to: output)
    case .sarif:
      try deliver(
        try jsonText(
          SARIFDocument(report, programVersion: programVersion, prefix: pathPrefix ?? "")),
        to: output)
    case .csv: try deliverWorkLists(report)
    case .xlsx:
      let files = try write(auditTables(report), as: .xlsx, to: output ?? "")
      Terminal.note("Written to \(files.joined(separator: ", "))")
    case .html:
      var picture: DrawnMap?
      do {
        picture = try await drawnMap(of: audit.estate, numbering: report)
      } catch {
        for message in error.messages { Terminal.note("warning: no map: \(message)") }
      }
      try deliver(
        renderAuditHTML(report, map: picture, programVersion: programVersion), to: output)
    }
    if let failOn, fails(audit.report, on: failOn) { throw ExitCode(1) }
  }

  /// One table, or a folder with a file for each who is to act.
  private func deliverWorkLists(_ report: AuditReport) throws {
    guard let output, !output.lowercased().hasSuffix(".csv") else {
      try deliver(workListTable(report).csv, to: output)
      return
    }
    let lists = workLists(report)
    let files = try writeWorkLists(lists, coverage: coverageTable(report), to: output)
    Terminal.note(
      "Written to \(files.count) files in \(output); index.csv lists them, coverage.csv says what was not seen"
    )
  }

  /// Whether something counts that is at least so grave, shown or not.
  private func fails(_ report: AuditReport, on severity: Severity) -> Bool {
    report.findings.contains { finding in
      finding.severity <= severity && (!newOnly || report.comparison?.isNew(finding) ?? true)
    }
  }

  /// The day by the machine's clock, in UTC.
  private func today() -> CalendarDay {
    CalendarDay(number: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
  }
}

extension AuditCommand {
  /// `rehearse audit checks`.
  struct Checks: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what the audit looks for and computes (text or json).",
      discussion: """
        EXAMPLES
          rehearse audit checks
          rehearse audit checks --format json
        """)
    @ParentCommand var audit: AuditCommand

    func run() throws {
      switch try audit.chosenFormat {
      case .text:
        try deliver(
          auditChecksText(style: audit.output == nil ? Terminal.style : .plain), to: audit.output)
      case .json: try deliver(try jsonText(AuditChecksDocument()), to: audit.output)
      default: throw ValidationError("audit checks prints text or json.")
      }
    }
  }
}

extension Severity: ExpressibleByArgument {
  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
