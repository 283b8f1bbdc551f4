import ArgumentParser
import Foundation
import Inventory
import Reporting
import Workbench

/// `rehearse inventory`.
struct InventoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inventory",
    abstract:
      "List the systems of the estate, show one with the evidence of each fact, correct it.",
    subcommands: [List.self, Show.self, Correct.self],
    defaultSubcommand: List.self)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

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
    @Option(help: "How to print the list; json holds everything known.")
    var format = Format.text
    @Option(help: "File to write to instead of standard output.")
    var output: String?

    func run() throws {
      let estate = try estate(inWorkspace: workspace.file, people: people.shown)
      let text =
        switch format {
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

  /// `rehearse inventory correct`.
  struct Correct: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Correct a fact by hand; it wins over all files and stays when they are read again.",
      discussion: """
        EXAMPLES
          rehearse inventory correct "KYC Screening Bot" owner "Ada Example" --by "Bo Example"
        """)
    @Argument(help: "Name or alias of the system.")
    var name: String
    @Argument(help: "Field: \(Correction.Field.allCases.map(\.rawValue).joined(separator: ", ")).")
    var field: String
    @Argument(help: "The right value.")
    var value: String
    @Option(help: "Who says so.")
    var by: String
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
      let now = Date().formatted(.iso8601)
      try correct(
        inWorkspace: workspace.file, system: name, field: field, value: value, author: by,
        date: now)
      Terminal.note("Corrected. See it with: rehearse inventory show \"\(name)\"")
    }
  }
}
