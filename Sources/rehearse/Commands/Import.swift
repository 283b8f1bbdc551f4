import ArgumentParser
import Importing
import Reporting
import Workbench
import Workspace

/// `rehearse import`, spelt out `rehearse import files`.
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "files",
    abstract: "Read exported files into the inventory.",
    discussion: """
      Folders are read with everything below them, archives included; files are recognised by their \
      content. Importing again replaces what the same folder or file said before.

      EXAMPLES
        rehearse import exports/
        rehearse import loan.bpmn limits.dmn --format json
        rehearse import exports/ --strict     # exit code 2 and no change if any file failed
      """)

  @Argument(help: "Files and folders to read.")
  var paths: [String]
  @OptionGroup var workspace: WorkspaceOption
  @Flag(help: "Import nothing if any file cannot be read.")
  var strict = false
  @Option(help: "How to print the result.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    let bar = ProgressBar("Importing", unit: "files")
    let outcome = try importIntoWorkspace(workspace.file, paths: paths, isStrict: strict) {
      bar.show(Double($0.done), of: $0.total)
    }
    bar.clear()
    switch format {
    case .json:
      Terminal.result(
        try jsonText(
          ImportDocument(
            outcome.result.documents, problems: outcome.result.problems, estate: outcome.estate)))
    case .text:
      Terminal.result(
        importText(
          outcome.result.documents, problems: outcome.result.problems, estate: outcome.estate,
          style: Terminal.style))
      let change = outcome.change
      Terminal.result(
        "\(change.added.count) new, \(change.changed.count) changed, \(change.unchanged.count) as "
          + "before, \(change.removed.count) gone. The inventory is in \(workspace.file); next: "
          + "rehearse audit")
    }
  }
}
