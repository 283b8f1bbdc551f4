import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep best`.
struct BestCommand: AsyncParsableCommand {
  enum Streams: String, ExpressibleByArgument, CaseIterable { case common, independent }

  static let configuration = CommandConfiguration(
    commandName: "best",
    abstract: "Which variant is best, within what matters, with as few rehearsals as it takes.",
    discussion: """
      With common streams all variants have the same luck and drop out one after the other (Kim and \
      Nelson): the last is the best or within --within of it, with 95 % probability. With independent \
      streams a budget of rehearsals is shared out so that the best is found most surely (OCBA).

      EXAMPLES
        rehearse sweep best scenarios/loan-approval.yaml
        rehearse sweep best scenarios/loan-approval.yaml --figure time_to_completion --within 2
        rehearse sweep best scenarios/loan-approval.yaml --streams independent --most 300
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(help: "The figure by which variants are judged.")
  var figure = "cost_per_case"
  @Option(
    help: ArgumentHelp(
      "The smallest difference that matters, in the figure's unit (default: experiment.matters).",
      valueName: "number"))
  var within: Double?
  @Option(help: "Whether variants have the same luck or each its own.")
  var streams = Streams.common
  @Option(help: "Most rehearsals: of each variant; with independent streams of all together.")
  var most = 1000
  @Option(
    name: .customLong("variant"),
    help: "Choose from this variant and the baseline only; may be given several times.")
  var variants: [String] = []
  @OptionGroup var output: SweepOutput
  @OptionGroup var shared: RunOptions
  @OptionGroup var limits: StudyLimitOptions

  func validate() throws {
    if Figure(rawValue: figure) == nil {
      throw ValidationError(
        "there is no figure '\(figure)'; there are "
          + Figure.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    if let within, within <= 0 { throw ValidationError("--within must be above 0.") }
    if !(20...1_000_000).contains(most) {
      throw ValidationError("--most must be from 20 to 1000000.")
    }
  }

  func run() async throws {
    let selecting = VariantSelectionOptions(
      figure: Figure(rawValue: figure) ?? .costPerCase, difference: within,
      isIndependent: streams == .independent, maximum: most)
    try await output.carryOut("Choosing", on: scenario) { file, progress in
      try await selectVariant(
        file, selecting: selecting,
        options: StudyOptions(variants: variants, shared: shared, limits: limits),
        stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      selectionText($0, style: $1)
    }
  }
}
