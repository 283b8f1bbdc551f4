import ArgumentParser
import Auditing
import Experiments
import Facts
import Foundation
import Reporting
import Scenarios
import Workbench

/// `rehearse compare`.
struct CompareCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Play the variants of a scenario forward in time and compare them.",
    discussion: """
      All variants see the same cases with the same luck, so that differences are differences of the \
      stacks. The headline is printed; --output writes the whole report in the form that the ending of \
      its name says: .html (one file that opens offline), .pdf, .xlsx, .csv (a folder with a file for each \
      table), .json or .md (for a pull request). It may be given several times. A scenario with a single variant is simulated on its own.

      EXAMPLES
        rehearse compare scenarios/loan-approval.yaml --output output/loan-approval.html
        rehearse compare scenarios/loan-approval.yaml --output loan.pdf --output loan.xlsx
        rehearse compare scenarios/loan-approval.yaml --format json --replications 50
        rehearse compare scenarios/loan-approval.yaml --precision 'cost_per_case=1 %' --replications 2000
        rehearse compare scenarios/loan-approval.yaml --set teams.underwriting.people=3
        rehearse compare scenarios/loan-approval.yaml --sensitivity teams.legal.people=6..10

      A scenario with a section 'uncertain' shows which of its parameters moves the decision most: that is \
      ignorance, which more rehearsals do not narrow. --draws says with how many sets of them.

      The workspace keeps every replication as soon as it is done, so that the same comparison is there \
      at once when it is asked for again, one that was stopped or killed goes on where it was, and more \
      replications cost only those that are missing. --no-record neither takes nor keeps anything; see \
      rehearse studies.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(help: "How to print the results.")
  var format = Format.text
  @OptionGroup var outputs: ReportOptions
  @OptionGroup var inputs: InputTrialOptions
  @OptionGroup var run: StudyRunOptions
  @OptionGroup var precision: PrecisionOption
  @OptionGroup var workspace: WorkspaceOption
  @Flag(
    inversion: .prefixedNo,
    help: "Keep replications and results in the workspace, and take from it what is there.")
  var record = true

  func run() async throws {
    let file = try readScenarioFile(scenario)
    let places = try outputs.places
    if record { try checkWorkspace(workspace.file) }
    let bar = ProgressBar("Rehearsing", unit: "rehearsals")
    let keeping =
      record
      ? StudyKeeping(
        workspace: workspace.file, trials: inputs.trials, command: commandLine,
        time: Date().formatted(.iso8601)) : nil
    var options = run.options
    options.changes += precision.changes
    let compared = try await compare(
      file, options: options, keeping: keeping, stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    let report = try await studyReport(
      of: compared, scenarioPath: scenario, command: commandLine,
      tried: try await inputs.run(on: file, options: options))
    let text = try jsonText(StudyDocument(report))
    // Kept first: a report that cannot be written must not cost the results, nor a workspace the report.
    var notKept: WorkbenchError?
    if let kept = compared.kept {
      do { try kept.finish(result: text, report: report) } catch { notKept = error }
    }
    for note in try await write(report, to: places) { Terminal.note(note) }
    switch format {
    case .json: Terminal.result(text)
    case .text: printHeadline(compared, report)
    }
    if let kept = compared.kept { sayWhatWasTaken(kept, of: compared.study) }
    if let notKept { throw notKept }
    try endWhereStopped(compared.study.interruption)
  }

  private func sayWhatWasTaken(_ kept: KeptStudy, of study: StudyResult) {
    let total = study.replications * study.variants.count
    guard kept.taken > 0 else { return }
    let share = kept.taken >= total ? "all" : "\(kept.taken) of"
    Terminal.note("taken from the workspace: \(share) \(total) rehearsals (study \(kept.id))")
  }

  private func printHeadline(_ compared: ComparedScenario, _ report: StudyReport) {
    for warning in compared.scenario.warnings { Terminal.note("note: \(warning)") }
    for variant in compared.study.variants {
      if let shortfall = variant.shortfallSentence {
        Terminal.note("warning: \(variant.title): \(shortfall)")
      }
    }
    Terminal.result(
      headlineText(
        compared.study, workingDays: report.scenario.workingDays, style: Terminal.style))
    if !report.findings.isEmpty {
      Terminal.result("\nThe gravest findings about the estate")
      for finding in report.findings.prefix(3) {
        Terminal.result("  \(finding.severity.rawValue): \(finding.title)")
      }
    }
    Terminal.result(
      outputs.sentence.map { "\n\($0)" }
        ?? "\nFor the whole report: \(commandLine) --output output/report.html")
  }

  /// What was typed, without what cannot change the results.
  private var commandLine: String {
    shellText(
      ["rehearse", "compare", scenario] + run.words + precision.words + inputs.words
        + outputs.words)
  }
}
