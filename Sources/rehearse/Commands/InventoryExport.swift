public import ArgumentParser
import Facts
import Foundation
import Inventory
import Reporting
public import Workbench

extension InventoryCommand {
  /// `rehearse inventory export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the whole inventory as tables, for a configuration management database.",
      discussion: """
        Tables: systems, steps, connections, applications, teams, touch_points, triggers, permissions, \
        credentials, problems. The format follows from the name: a workbook with a sheet each (.xlsx), \
        one file (.json), else a folder with a CSV file each.

        EXAMPLES
          rehearse inventory export --output output/inventory.xlsx
          rehearse inventory export --output output/inventory --format csv
          rehearse inventory export --table connections --output output/connections.csv
        """)
    @Option(help: "File, or folder for several CSV files.")
    var output: String
    @Option(help: "csv, xlsx or json; without it the name says it.")
    var format: InventoryFormat?
    @Option(help: "Only this table.")
    var table: String?
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions

    func run() throws {
      var tables = try inventoryTables(inWorkspace: workspace.file, people: people.shown)
      if let table {
        let names = tables.map(\.name)
        tables.removeAll { $0.name != table }
        guard !tables.isEmpty else {
          throw ValidationError("--table is one of \(names.joined(separator: ", ")).")
        }
      }
      let format = format ?? InventoryFormat(ofFile: output) ?? .csv
      let files = try write(tables, as: format, to: output)
      Terminal.note(
        "Written to \(files.count == 1 ? files[0] : "\(files.count) files in \(output)")")
    }
  }

  /// `rehearse inventory register`.
  struct Register: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a register for owners to complete, with the gaps marked.",
      discussion: """
        One row per system with what is known. Owners fill in what is missing and rehearse import reads \
        the file back: what they filled in or changed is then declared by them, and what stands there as \
        it was written changes nothing. Several owners' files are imported together.

        EXAMPLES
          rehearse inventory register --output output/register.xlsx
          rehearse inventory register --team "Lending Operations" --output output/lending.csv
        """)
    @Option(help: "File for it, .csv or .xlsx.")
    var output: String
    @Option(help: "Only systems of this owner.")
    var owner: String?
    @Option(help: "Only systems of this team.")
    var team: String?
    @Flag(help: "Only systems that lack one of the audited fields.")
    var gaps = false
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions

    func validate() throws {
      guard let format = InventoryFormat(ofFile: output), format != .json else {
        throw ValidationError("--output takes a file that ends in .csv or .xlsx.")
      }
    }

    func run() throws {
      let estate = try estate(inWorkspace: workspace.file, people: people.shown)
      var table = registerTable(estate) { system in
        (owner.map { nameKey($0) == nameKey(system.owner.value ?? "") } ?? true)
          && (team.map { nameKey($0) == nameKey(system.team.value ?? "") } ?? true)
      }
      if gaps { table.rows.removeAll { !$0.contains(.gap) } }
      guard !table.rows.isEmpty else {
        throw WorkbenchError.badInput([
          "no system is to be listed; see what there is with: rehearse inventory"
        ])
      }
      _ = try write([table], as: InventoryFormat(ofFile: output) ?? .csv, to: output)
      let open = table.rows.count { $0.contains(.gap) }
      Terminal.note(
        "Written to \(output): \(table.rows.count) systems, \(open) with gaps. When it is filled in: "
          + "rehearse import \(shellText([output]))")
    }
  }

  /// `rehearse inventory history`.
  struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List all imports, or show what one changed.",
      discussion: """
        EXAMPLES
          rehearse inventory history
          rehearse inventory history 2 --format json
        """)
    @Argument(help: "Number of an import; all without it.")
    var number: Int64?
    @Option(help: "text or json.")
    var format = Format.text
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions

    func validate() throws {
      if format == .csv { throw ValidationError("history prints text or json.") }
    }

    func run() throws {
      let entries = try importHistory(inWorkspace: workspace.file, people: people.shown)
      guard let number else {
        Terminal.result(
          format == .json ? try jsonText(entries) : historyText(entries, style: Terminal.style))
        return
      }
      guard let entry = entries.first(where: { $0.number == number }) else {
        throw WorkbenchError.badInput([
          "there is no import \(number); list them with: rehearse inventory history"
        ])
      }
      Terminal.result(
        format == .json ? try jsonText(entry) : historyText(entry, style: Terminal.style))
    }
  }
}

extension InventoryFormat: ExpressibleByArgument {}
