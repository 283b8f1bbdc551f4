import ArgumentParser
import Foundation
import Reporting
import Workbench

/// `rehearse doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Say which parts are installed, and how to get those that are missing.",
    discussion: """
      EXAMPLES
        rehearse doctor
        rehearse doctor --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Option(help: "How to print the result.")
  var format = Format.text
  @OptionGroup var workspace: WorkspaceOption

  func run() async throws {
    let parts = await examineParts(workspace: workspace.file)
    if format == .json {
      Terminal.result(try jsonText(parts))
    } else {
      let width = parts.map(\.name.count).max() ?? 0
      for part in parts {
        let name = part.name.padding(toLength: width, withPad: " ", startingAt: 0)
        Terminal.result("\(part.isPresent ? "ok      " : "missing ") \(name)  \(part.detail)")
      }
    }
    if parts.contains(where: { !$0.isPresent && $0.isRequired }) { throw ExitCode(2) }
  }
}
