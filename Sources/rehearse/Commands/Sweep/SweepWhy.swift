import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep why`.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Why a variant is exhausted: which guardrail, which drift, which team, by how much.",
    discussion: """
      Switches each guardrail, each drift and each automation's failures off in turn, and gives each \
      watched team one person more, with the same luck as before. Beside it stand all four definitions \
      of exhaustion and what arithmetic alone says.

      EXAMPLES
        rehearse sweep why scenarios/loan-approval.yaml
        rehearse sweep why scenarios/loan-approval.yaml --variant agents --replications 50
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(
    name: .customLong("variant"), help: "The variant (default: the one most often exhausted).")
  var tried: String?
  @Option(help: "Replications, at least 2 (default: the scenario's).")
  var replications: Int?
  @OptionGroup var shared: RunOptions
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: SweepOutput

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError("--replications must be at least 2, to know the spread.")
    }
    try checkReplications(replications)
  }

  func run() async throws {
    let file = try readScenarioFile(scenario)
    _ = try output.places
    let bar = ProgressBar("Switching off", unit: "rehearsals")
    let (compiled, causes) = try await attributeExhaustion(
      file, variant: tried,
      options: StudyOptions(
        replications: replications, variants: tried.map { [$0] } ?? [], shared: shared,
        limits: limits),
      stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    let days = compiled.workingDates.map(\.description)
    let frame = sweepFrame(
      of: file, scenarioPath: scenario, command: typedCommand(), workingDays: days)
    try await output.deliver(
      causes, document: { ReportDocument(causes, in: frame) },
      text: { causesText(causes, workingDays: days, style: $0) })
  }
}
