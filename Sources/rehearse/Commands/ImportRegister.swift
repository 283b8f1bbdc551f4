import ArgumentParser
import Foundation
import Importing
import Reporting
import Workbench

/// `rehearse import`.
struct ImportGroup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read exported files, or your own register, into the inventory.",
    discussion: """
      EXAMPLES
        rehearse import exports/
        rehearse import register robots.xlsx --preview
      """,
    subcommands: [ImportCommand.self, ImportRegisterCommand.self],
    defaultSubcommand: ImportCommand.self)
}

/// `rehearse import register`.
struct ImportRegisterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "register",
    abstract: "Read one CSV file or workbook as a register, and say what its columns hold.",
    discussion: """
      A register whose header speaks for itself is recognised by rehearse import too. Where it does \
      not, look first, and then say what the columns hold: name, id, aliases, kind, technology, purpose, \
      owner, team, integrates with, failure frequency, volume, human involvement, status, criticality, \
      created by, version, model, or ignore.

      EXAMPLES
        rehearse import register robots.xlsx --preview
        rehearse import register robots.xlsx --map "Verantwortung=owner" --map "Notes=ignore"
        rehearse import register cmdb.csv --header-line 4 --preview --format json
      """)

  @Argument(help: "The CSV file or workbook.")
  var file: String
  @OptionGroup var workspace: WorkspaceOption
  @Flag(help: "Show how each column would be read, with the first rows; import nothing.")
  var preview = false
  @Option(help: "What a column holds, as \"Column=field\"; repeatable.")
  var map: [String] = []
  @Option(help: "Line of the header (default: found by what stands in it).")
  var headerLine: Int?
  @Option(help: "The only sheet to read (default: every visible one that is a register).")
  var sheet: String?
  @Option(help: "Rows that the preview shows.")
  var rows = 3
  @Flag(help: "Import nothing if the file cannot be read whole.")
  var strict = false
  @Option(help: "How to print the result.")
  var format = ImportCommand.Format.text

  func run() throws {
    let request = RegisterRequest(
      path: file, mapping: try registerMapping(map), headerLine: headerLine, sheet: sheet)
    guard !preview else {
      let preview = try Workbench.preview(of: request, rows: rows)
      Terminal.result(
        format == .json
          ? try jsonText(RegisterPreviewDocument(preview))
          : registerPreviewText(preview, style: Terminal.style))
      return
    }
    let outcome = try importIntoWorkspace(
      workspace.file,
      ImportRequest(register: request, isStrict: strict, time: Date().formatted(.iso8601)))
    try ImportCommand.show(outcome, as: format, workspace: workspace.file)
  }
}
