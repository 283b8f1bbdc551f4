import ArgumentParser
import Foundation
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
      content. Importing again replaces what the same folder or file said before; what has not \
      changed on the disk is not read again.

      EXAMPLES
        rehearse import exports/
        rehearse import loan.bpmn limits.dmn --format json
        rehearse import exports/ --pseudonymise
        rehearse import exports/ --strict     # exit code 2 and no change if any file failed
        rehearse import --again               # everything that was imported before
      """)

  @Argument(help: "Files and folders to read.")
  var paths: [String] = []
  @OptionGroup var workspace: WorkspaceOption
  @OptionGroup var people: PeopleOptions
  @Option(
    help: ArgumentHelp(
      "A YAML file that adds to the applications that are known by host, connector, program or "
        + "package.", valueName: "file"))
  var applications: String?
  @Flag(help: "Import nothing if any file cannot be read.")
  var strict = false
  @Flag(help: "Read everything again that was imported before.")
  var again = false
  @Flag(help: "Read all files, also those that have not changed.")
  var fresh = false
  @Option(help: "How to print the result.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func validate() throws {
    if paths.isEmpty, !again {
      throw ValidationError("Missing expected argument '<paths> ...' (or --again).")
    }
    if !paths.isEmpty, again {
      throw ValidationError("--again reads what was imported before; it takes no paths.")
    }
  }

  func run() throws {
    let bar = ProgressBar("Importing", unit: "files")
    var request = ImportRequest(
      paths: paths, isStrict: strict, isFresh: fresh, time: Date().formatted(.iso8601))
    request.applications = applications
    request.people = people.shown
    let outcome = try importIntoWorkspace(workspace.file, request) {
      bar.show(Double($0.done), of: $0.total)
    }
    bar.clear()
    try Self.show(outcome, as: format, workspace: workspace.file)
  }

  /// Prints what became of an import.
  static func show(_ outcome: ImportOutcome, as format: Format, workspace: String) throws {
    for root in outcome.readAgain {
      Terminal.note("read again, since an earlier version had stored it otherwise: \(root)")
    }
    for root in outcome.forgotten {
      Terminal.note("\(root) is no longer there; what it said is no longer in the inventory")
    }
    switch format {
    case .json:
      Terminal.result(
        try jsonText(
          ImportDocument(outcome.documents, problems: outcome.problems, estate: outcome.estate)))
    case .text:
      Terminal.result(
        importText(
          outcome.documents, problems: outcome.problems, estate: outcome.estate,
          style: Terminal.style))
      let change = outcome.change
      Terminal.result(
        "\(change.added.count) new, \(change.changed.count) changed, \(change.unchanged.count) as "
          + "before, \(change.removed.count) gone. The inventory is in \(workspace); next: "
          + "rehearse audit")
    }
  }
}
