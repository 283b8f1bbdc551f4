import ArgumentParser
import Foundation
import Reporting
import Scenarios
import Workbench

/// `rehearse scenario init`.
struct InitScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a scenario of a process of the inventory, or show what has changed since.",
    discussion: """
      Volumes, failure rates, teams, retries, approvals and applications come from the inventory, each \
      with its place; what the inventory does not know is a placeholder, marked as assumed. The scenario \
      can be run at once. Where FILE is there already, the differences are printed, nothing is written, \
      and the exit code is 1 if the inventory has changed; with --accept the changes are taken over and \
      yours are kept.

      EXAMPLES
        rehearse scenario init --from-inventory --process loan-approval --output scenarios/loan.yaml
        rehearse scenario init --from-inventory --process loan-approval --output scenarios/loan.yaml --accept
      """)

  @Flag(help: "Make it of the inventory of the workspace.")
  var fromInventory = false
  @Option(help: "Id, name or file of a BPMN process, or name of an automation.")
  var process: String
  @OptionGroup var workspace: WorkspaceOption
  @Option(help: "The scenario file (default: standard output).")
  var output: String?
  @Flag(help: "Take the changes of the inventory over into a file that is there, and keep yours.")
  var accept = false
  @Option(help: "Day 0 (default: 2026-01-05, a Monday).")
  var start: String?
  @Option(help: "Time zone of the calendars (default: UTC).")
  var timeZone: String?

  func validate() throws {
    guard fromInventory else {
      throw ValidationError("Say what the scenario is to be made of: --from-inventory.")
    }
    if accept, output == nil {
      throw ValidationError("--accept changes a file; name it with --output.")
    }
  }

  func run() throws {
    if let output { try checkWritable(output) }
    let outcome = try initScenario(
      ScenarioInitRequest(
        process: process, workspace: workspace.file, output: output, start: start,
        timeZone: timeZone))
    for note in outcome.notes { Terminal.note("note: \(note)") }
    guard let output else {
      Terminal.result(outcome.text)
      return
    }
    guard let merge = outcome.merge else {
      try write(outcome, to: output)
      let beside = outcome.flow.map { " and \($0.path)" } ?? ""
      Terminal.result(
        "\(output)\(beside) written; next: rehearse scenario explain \(output), then rehearse simulate "
          + output)
      return
    }
    Terminal.result(scenarioDifferenceText(merge, style: Terminal.style))
    let count = merge.differences.count
    if count == 0 {
      Terminal.result("\(output) is as the inventory has it; \(merge.kept.count) values are yours")
    } else if accept {
      try write(outcome, to: output)
      Terminal.result("\(output) is brought up to date; \(merge.kept.count) values of yours stay")
    } else {
      Terminal.note(
        "Nothing was written: take the \(count) changes of the inventory over with --accept")
      throw ExitCode(1)
    }
  }
}
