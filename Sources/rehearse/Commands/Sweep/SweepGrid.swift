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
        rehearse sweep scenarios/loan-approval.yaml --format json
        rehearse sweep scenarios/loan-approval.yaml --output output/sweep.html --output sweep.xlsx
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var output: SweepOutput
  @OptionGroup var run: StudyRunOptions

  func run() async throws {
    let file = try readScenarioFile(scenario)
    _ = try output.places
    let bar = ProgressBar("Sweeping", unit: "rehearsals")
    var options = run.options
    if options.replications == nil { options.replications = 20 }
    let result = try await sweep(
      file, options: options, stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    let frame = sweepFrame(of: file, scenarioPath: scenario, command: typedCommand())
    try await output.deliver(
      result, document: { ReportDocument(result, in: frame) },
      text: { sweepText(result, style: $0) })
  }
}
