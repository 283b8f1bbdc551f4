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
struct CalibrateAutomationsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "automations",
    abstract: "Measure automations and reviews by what products recorded of them.",
    discussion: """
      Reads jobs, queue items and tasks of UiPath Orchestrator (CSV, OData as JSON), histories of Temporal \
      workflows, traces of agents (OpenTelemetry) and logs of tickets (CSV). Probabilities of failure, retry, \
      giving up and escalation, of each use of an application and each outcome of a review come with their \
      95 % credible interval (Beta posterior, Jeffreys' prior), and with when they changed. Which column of a log \
      of tickets is what is guessed from names, shown, and said by --column. --output FILE.yaml writes keys of the \
      scenario language to merge into a scenario, .html, .pdf and the like a report.

      EXAMPLES
        rehearse calibrate automations exports/orchestrator
        rehearse calibrate automations exports/orchestrator --output output/automations.html
        rehearse calibrate automations history.json tickets.csv --output output/measured.yaml
        rehearse calibrate automations tickets.csv --column outcome=verdict --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, yaml, html, markdown }

  @Argument(help: "Files, or folders of them.")
  var files: [String]
  @Option(
    name: .customLong("column"),
    help: ArgumentHelp(
      "The column of a part of a ticket: automation, type, opened, started, answered, minutes, outcome; "
        + "several times.", valueName: "part=name"))
  var columns: [String] = []
  @Option(
    help: ArgumentHelp(
      "File to write; its ending says what: .yaml the keys of a scenario; .html, .pdf, .xlsx, .csv or / (a "
        + "folder), .json, .md a report. May be given several times.", valueName: "file"))
  var output: [String] = []
  @Option(
    help: ArgumentHelp(
      "Folder for the Vega-Lite specification of each chart.", valueName: "folder"))
  var charts: String?
  @Option(
    help: ArgumentHelp(
      "Write numbers and dates of reports as in this locale, such as de_DE.", valueName: "name"))
  var locale: String?
  @Option(help: "How to print the results; yaml prints the keys of a scenario.")
  var format = Format.text

  /// Whether a file takes the keys of a scenario.
  private static func isKeys(_ path: String) -> Bool {
    let name = path.lowercased()
    return name.hasSuffix(".yaml") || name.hasSuffix(".yml")
  }

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
    for path in output where !Self.isKeys(path) && ReportFormat(path: path) == nil {
      throw ValidationError(
        "\(path): the ending says what is written, and this is none; name a file that ends in .yaml (keys of a "
          + "scenario), .html, .pdf, .xlsx, .json or .md, or a folder that ends in / for CSV files."
      )
    }
    guard output.count(where: Self.isKeys) <= 1 else {
      throw ValidationError("--output names several files for the keys of a scenario; leave one.")
    }
  }

  func run() async throws {
    var given: [TicketPart: String] = [:]
    for (part, name) in pairs(columns) {
      if let part = TicketPart(rawValue: part) { given[part] = name }
    }
    let places = try ReportOutputs(
      output.filter { !Self.isKeys($0) }, charts: charts, locale: locale)
    let (records, digest, calibration) = try Workbench.calibrateAutomations(
      paths: files, columns: given)
    for problem in records.problems {
      Terminal.note("note: \(problem.location): \(problem.message)")
    }
    let keys = output.first(where: Self.isKeys)
    if let keys {
      try writeFile(calibration.scenarioFragment.utf8, to: keys, option: "--output")
    }
    let document = AutomationCalibrationDocument(calibration, scenario: keys)
    func report() -> ReportDocument {
      automationReport(
        records, digest: digest, calibration, paths: files, scenario: keys,
        command: typedCommand())
    }
    for note in try await write(document, to: places, document: report) { Terminal.note(note) }
    func styled(_ make: () throws -> String) rethrows -> String {
      try NumberStyle.$current.withValue(places.style) { try make() }
    }
    switch format {
    case .text: Terminal.result(automationCalibrationText(calibration, scenario: keys))
    case .json: Terminal.result(try jsonText(document))
    case .yaml: Terminal.result(calibration.scenarioFragment)
    case .html: Terminal.result(try styled { try printedPage(report()) })
    case .markdown: Terminal.result(styled { reportMarkdown(report()) })
    }
    if !places.files.isEmpty {
      Terminal.note("The report is in \(places.files.map(\.path).joined(separator: ", "))")
    } else if let charts {
      Terminal.note("The charts are in \(charts)")
    }
  }
}
