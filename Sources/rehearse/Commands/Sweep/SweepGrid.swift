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
    var options = run.options
    if options.replications == nil { options.replications = 20 }
    let asked = options
    try await output.carryOut("Sweeping", on: scenario) { file, progress in
      try await sweep(file, options: asked, stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      sweepText($0, style: $1)
    }
  }
}
