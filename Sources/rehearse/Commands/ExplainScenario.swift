import ArgumentParser
import Reporting
import Workbench

/// `rehearse scenario explain`.
struct ExplainScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Print every parameter and where it comes from, worst evidence first.",
    discussion: """
      Parameters that are assumed without a source come first, then those that are assumed, inferred, \
      imported, declared and measured. 'default' marks those that nobody wrote and the program supplied.

      EXAMPLES
        rehearse scenario explain scenarios/loan-approval.yaml
        rehearse scenario explain scenarios/loan-approval.yaml --variant agents --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(help: "The variant whose parameters are meant (default: those of all variants).")
  var variant: String?
  @Option(help: "text or json.")
  var format = Format.text

  func run() throws {
    let document = try explainScenario(scenario, variant: variant)
    Terminal.result(
      format == .json
        ? try jsonText(document) : explanationText(document, style: Terminal.style))
  }
}
