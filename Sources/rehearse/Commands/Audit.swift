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
      Every finding names its evidence, why it was concluded, and one act that mends it; see \
      docs/reference/audit-checks.md.

      EXAMPLES
        rehearse audit
        rehearse audit --format html --output output/audit.html
        rehearse audit --fail-on high         # exit code 1 if anything is high or critical
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Option(help: "How to print the findings.")
  var format = Format.text
  @Option(help: "File to write to instead of standard output.")
  var output: String?
  @Option(
    name: .customLong("fail-on"),
    help: "Exit with code 1 if a finding is at least this grave: \(Severity.words).")
  var failOn: Severity?
  @Option(help: "Show only findings at least this grave: \(Severity.words).")
  var severity: Severity?
  @Option(help: "Show only this many findings, the gravest first (text only).")
  var top: Int?
  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var people: PeopleOptions

  func validate() throws {
    if let top, top < 1 { throw ValidationError("--top must be at least 1.") }
  }

  func run() async throws {
    let estate = try estate(inWorkspace: workspace.file, people: people.shown)
    let report = auditReport(of: estate, minimumSeverity: severity)
    switch format {
    case .text:
      try deliver(
        findingsText(report, limit: top, style: output == nil ? Terminal.style : .plain),
        to: output)
    case .json: try deliver(try jsonText(AuditDocument(report)), to: output)
    case .html:
      var picture: DrawnMap?
      do {
        picture = try await drawnMap(of: estate, numbering: report)
      } catch {
        for message in error.messages { Terminal.note("warning: no map: \(message)") }
      }
      try deliver(
        renderAuditHTML(report, map: picture, programVersion: programVersion), to: output)
    }
    if let failOn {
      let all = severity == nil ? report : auditReport(of: estate, minimumSeverity: nil)
      if all.findings.contains(where: { $0.severity <= failOn }) { throw ExitCode(1) }
    }
  }
}

extension Severity: ExpressibleByArgument {
  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
