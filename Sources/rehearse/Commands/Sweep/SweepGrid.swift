import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep grid`, which is also `rehearse sweep`.
struct SweepGridCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "grid",
    abstract: "Try all combinations of two parameters and show where the verdict flips.",
    discussion: """
      The two axes stand in the section 'sweep' of the scenario. Without --replications, 20 are run of \
      each variant at each point: fewer than 16 cannot show that a risk is under 20 %. Below the table \
      stands what no other point beats in cost, time to completion and risk at once.

      EXAMPLES
        rehearse sweep scenarios/loan-approval.yaml --replications 30
        rehearse sweep scenarios/loan-approval.yaml --format json --output output/sweep.json
        rehearse sweep scenarios/loan-approval.yaml --output output/sweep.html
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html }

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(
    help:
      "How to print the results; without it, html for an --output that ends in .html, else text.")
  var format: Format?
  @Option(help: "File to write to instead of standard output.")
  var output: String?
  @OptionGroup var run: StudyRunOptions

  func run() async throws {
    let file = try readScenarioFile(scenario)
    if let output { try checkWritable(output) }
    let bar = ProgressBar("Sweeping", unit: "rehearsals")
    var options = run.options
    if options.replications == nil { options.replications = 20 }
    let result = try await sweep(
      file, options: options, stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    try deliver(try text(of: result, file), to: output)
  }

  private func text(of result: SweepResult, _ file: LoadedScenario) throws -> String {
    switch format ?? (output?.hasSuffix(".html") == true ? .html : .text) {
    case .json: return try jsonText(result)
    case .text: return sweepText(result, style: output == nil ? Terminal.style : .plain)
    case .html:
      let bundle = chartBundle()
      if bundle == nil {
        Terminal.note(
          "warning: the chart bundle is not installed, so the page shows a table only; run 'make setup' "
            + "(see rehearse doctor)")
      }
      return try renderSweepHTML(
        result, title: file.scenario.title,
        provenance: ReportProvenance(
          programVersion: programVersion, scenarioPath: scenario,
          scenarioDigest: file.scenario.sourceDigest, command: commandLine), charts: bundle)
    }
  }

  /// What was typed, without what cannot change the results.
  private var commandLine: String {
    var words = ["rehearse", "sweep", scenario]
    words += run.words
    if let format { words += ["--format", format.rawValue] }
    if let output { words += ["--output", output] }
    return shellText(words)
  }
}
