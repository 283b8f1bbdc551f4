import ArgumentParser
import Calibration
import Facts
import Importing
import Inventory
import Reporting
import Workbench

/// `rehearse calibrate`.
struct CalibrateGroup: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract:
      "Make a scenario of an event log, or measure automations by what is recorded of them.",
    discussion: """
      EXAMPLES
        rehearse calibrate log.csv --preview
        rehearse calibrate log.csv --column case=order --column end=closed_at --out output/orders
        rehearse calibrate automations jobs.csv tickets.csv
      """,
    subcommands: [CalibrateCommand.self, CalibrateAutomationsCommand.self],
    defaultSubcommand: CalibrateCommand.self)
}

/// `rehearse calibrate automations`.
struct CalibrateAutomationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "automations",
    abstract: "Measure automations and reviews by what products recorded of them.",
    discussion: """
      Reads jobs, queue items and tasks of UiPath Orchestrator (CSV, OData as JSON), histories of Temporal \
      workflows, traces of agents (OpenTelemetry) and logs of tickets (CSV). Probabilities of failure, retry, \
      giving up and escalation, of each use of an application and each outcome of a review come with their \
      95 % credible interval (Beta posterior, Jeffreys' prior), and with when they changed. Which column of a log \
      of tickets is what is guessed from names, shown, and said by --column. --output writes keys of the scenario \
      language to merge into a scenario.

      EXAMPLES
        rehearse calibrate automations exports/orchestrator
        rehearse calibrate automations history.json tickets.csv --output output/measured.yaml
        rehearse calibrate automations tickets.csv --column outcome=verdict --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, yaml }

  @Argument(help: "Files, or folders of them.")
  var files: [String]
  @Option(
    name: .customLong("column"),
    help: ArgumentHelp(
      "The column of a part of a ticket: automation, type, opened, started, answered, minutes, outcome; "
        + "several times.", valueName: "part=name"))
  var columns: [String] = []
  @Option(help: "YAML file for the keys of a scenario.")
  var output: String?
  @Option(help: "How to print the results; yaml prints the keys of a scenario.")
  var format = Format.text

  func validate() throws {
    for column in columns {
      let parts = column.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, TicketPart(rawValue: String(parts[0])) != nil else {
        throw ValidationError(
          "--column takes part=name with one of "
            + "\(TicketPart.allCases.map(\.rawValue).joined(separator: ", ")), such as outcome=verdict."
        )
      }
    }
  }

  func run() throws {
    var given: [TicketPart: String] = [:]
    for (part, name) in pairs(columns) {
      if let part = TicketPart(rawValue: part) { given[part] = name }
    }
    let (records, calibration) = try Workbench.calibrateAutomations(paths: files, columns: given)
    for problem in records.problems {
      Terminal.note("note: \(problem.location): \(problem.message)")
    }
    if let output {
      try writeFile(calibration.scenarioFragment.utf8, to: output, option: "--output")
    }
    switch format {
    case .text: Terminal.result(automationCalibrationText(calibration, scenario: output))
    case .json:
      Terminal.result(
        try jsonText(AutomationCalibrationDocument(calibration, scenario: output)))
    case .yaml: Terminal.result(calibration.scenarioFragment)
    }
  }
}
