import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep sample`.
struct SampleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample",
    abstract: "Try many values and list what came of each, such as tickets against wrong cases.",
    discussion: """
      One --range is tried evenly from its lowest to its highest value: a threshold that moves from \
      cautious to bold shows what tickets cost in errors. Several are spread over all their \
      combinations by a Latin hypercube. All points have the same luck, and lines that no other beats \
      in all measures at once are marked. Without --replications, 20 are run at each point.

      EXAMPLES
        rehearse sweep sample scenarios/loan-approval.yaml --variant agents --points 7 \\
          --range 'guardrails.creditworthiness.fires=20 %..80 %' \\
          --measure tickets_per_hundred --measure done_right
        rehearse sweep sample scenarios/limit-change.yaml --points 30 --format json \\
          --range 'teams.customer_service.people=3..6' \\
          --range 'demand.arrivals.rate=30 per working day..50 per working day'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @OptionGroup var measures: MeasureOption
  @Option(help: "Points tried; values that are rounded to the same are tried once.")
  var points = 9
  @OptionGroup var output: SweepOutput
  @OptionGroup var run: StudyRunOptions

  func validate() throws {
    guard 2...10_000 ~= points else { throw ValidationError("--points must be from 2 to 10000.") }
  }

  func run() async throws {
    try await output.carryOut("Trying", on: scenario) { file, progress in
      try await studyInputs(
        file,
        options: InputStudyOptions(
          run: run.options, ranges: inputs.values, measures: measures.values),
        .sample(count: points), stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      sampleText($0, style: $1)
    }
  }
}
