import ArgumentParser
import Foundation
import Workbench

/// The command line.
@main
struct Rehearse: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rehearse",
    abstract: "Rehearse an automation rollout before it happens.",
    discussion: """
      Reads what an organisation runs today from the files its products export, draws and audits it, \
      and plays a planned rollout forward in time: when review tickets overwhelm the reviewers, what \
      a case costs, how long it takes.

      EXAMPLES
        rehearse import inventories/meridian-bank
        rehearse audit --fail-on critical
        rehearse graph --format svg --output output/map.svg
        rehearse simulate scenarios/loan-approval.yaml --variant agents
        rehearse compare scenarios/loan-approval.yaml --output output/loan-approval.html

      EXIT CODES
        0   done
        1   findings at or above --fail-on
        2   what was given cannot be used
        3   a fault of the program
        4   stopped by --max-time; the results are of the replications done by then
        64  wrong usage
        130 interrupted; the results are of the replications done by then
      """,
    version: programVersion,
    subcommands: [
      ImportGroup.self, InventoryCommand.self, GraphCommand.self, AuditCommand.self,
      CalibrateGroup.self, SimulateCommand.self, CompareCommand.self, ReportCommand.self,
      SweepCommand.self, StudiesCommand.self, BundleCommand.self, RerunCommand.self,
      BackTestCommand.self, ScenarioCommand.self, QuestionnaireCommand.self, ServeCommand.self,
      DoctorCommand.self,
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch let error as WorkbenchError {
      for message in error.messages { Terminal.error(message) }
      Foundation.exit(error.exitCode)
    } catch {
      if let hint = optionHint(message(for: error)) {
        Terminal.note("\(fullMessage(for: error))\n\(hint)")
        Foundation.exit(exitCode(for: error).rawValue)
      }
      exit(withError: error)
    }
  }
}
