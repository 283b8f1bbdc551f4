import ArgumentParser
import Reporting
import Scenarios
import Workbench

/// `rehearse scenario`.
struct ScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scenario",
    abstract:
      "Make a scenario of the inventory or of another simulator's files, check it, explain it.",
    subcommands: [
      InitScenarioCommand.self, Check.self, ExplainScenarioCommand.self,
      ImportScenarioCommand.self, Keys.self,
    ])

  /// `rehearse scenario check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Read and compile a scenario without running it, and sum up its teams.",
      discussion: """
        EXAMPLES
          rehearse scenario check scenarios/loan-approval.yaml
          rehearse scenario check scenarios/loan-approval.yaml --format json
        """)
    @Argument(help: "The scenario file.")
    var scenario: String
    @Option(help: "text or json.")
    var format = Format.text

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

    func run() throws {
      let compiled = try checkScenario(scenario)
      for warning in compiled.warnings { Terminal.note("note: \(warning)") }
      let staff = StaffDocument(compiled, path: scenario)
      if format == .json {
        Terminal.result(try jsonText(staff))
        return
      }
      Terminal.result(staffText(staff, style: Terminal.style))
      let names = compiled.variants.map(\.name).joined(separator: ", ")
      Terminal.result(
        "\(scenario) can be run: \(plural(compiled.variants.count, "variant")) (\(names)), "
          + "\(compiled.replications) replications; next: rehearse compare \(scenario)")
    }
  }

  /// `rehearse scenario keys`.
  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the reference of all keys, as Markdown.",
      discussion: """
        EXAMPLES
          rehearse scenario keys
        """)

    func run() throws { Terminal.result(scenarioReferencePage()) }
  }
}
