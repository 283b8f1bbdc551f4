import ArgumentParser
import Inventory
import Reporting
import Workbench

/// `rehearse inventory`.
struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory",
    abstract:
      "List the systems of the estate, show one with the evidence of each fact, put it right, export.",
    subcommands: [
      List.self, Show.self, Set.self, Merge.self, Split.self, Alias.self, Unalias.self,
      Matches.self, Corrections.self, Undo.self, Export.self, Register.self, History.self,
    ],
    defaultSubcommand: List.self)

  enum Format: String, OutputFormat {
    case text, json, csv
    static let standard = Format.text
  }

  /// `rehearse inventory list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List all systems, or export them.",
      discussion: """
        EXAMPLES
          rehearse inventory
          rehearse inventory list --format csv --output output/systems.csv
        """)
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions
    @Option(
      help: """
        How to print the list; json holds everything known (default: as the name of the output says, \
        else text).
        """)
    var format: Format?
    @Option(help: "File to write to instead of standard output.")
    var output: String?

    func validate() throws { _ = try Format.chosen(format, output: output) }

    func run() throws {
      let estate = try estate(inWorkspace: workspace.file, people: people.shown)
      let text =
        switch try Format.chosen(format, output: output) {
        case .text: inventoryText(estate, style: output == nil ? Terminal.style : .plain)
        case .json: try jsonText(estate)
        case .csv: inventoryCSV(estate)
        }
      try deliver(text, to: output)
    }
  }

  /// `rehearse inventory show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one system: every fact, who says so where, and what was overruled.",
      discussion: """
        EXAMPLES
          rehearse inventory show "KYC Screening Bot"
        """)
    @Argument(help: "Name or alias of the system.")
    var name: String
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions
    @Option(help: "text or json.")
    var format = Format.text

    func validate() throws {
      if format == .csv { throw ValidationError("show prints text or json.") }
    }

    func run() throws {
      let estate = try estate(inWorkspace: workspace.file, people: people.shown)
      let system = try system(named: name, of: estate)
      Terminal.result(
        format == .json
          ? try jsonText(system)
          : systemText(system, of: estate, style: Terminal.style))
    }
  }
}
