import ArgumentParser
import Reporting
import Workbench

/// `rehearse sweep`.
struct SweepCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Try all combinations of two parameters and show where the verdict flips.",
    discussion: """
      The two axes stand in the section 'sweep' of the scenario. Without --replications, 20 are run of \
      each variant at each point: fewer than 16 cannot show that a risk is under 20 %.

      EXAMPLES
        rehearse sweep scenarios/loan-approval.yaml --replications 30
        rehearse sweep scenarios/loan-approval.yaml --format json --output output/sweep.json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(help: "How to print the results.")
  var format = Format.text
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
    try deliver(
      format == .json
        ? try jsonText(result)
        : sweepText(result, style: output == nil ? Terminal.style : .plain), to: output)
  }
}
