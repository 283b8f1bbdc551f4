import ArgumentParser
import Calibration
import EventLogs
import Reporting
import Workbench

/// `rehearse calibrate log`, which `log` may be left out of.
struct CalibrateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Make a scenario of an event log, and say how well it fits.",
    discussion: """
      Reads CSV, XES (IEEE 1849) and OCEL in JSON, XML, SQLite or CSV, packed by gzip or not. Which column is what is \
      guessed from names; --preview shows it and --column says it. Flow, arrivals, working times, hours, teams and \
      waiting that nothing explains are measured, each with its sample and fit. With --evaluate the period of \
      a second log is simulated and compared with what happened.

      EXAMPLES
        rehearse calibrate log.csv --preview
        rehearse calibrate log.csv --column case=order --column end=closed_at --out output/orders
        rehearse calibrate train.csv --evaluate test.csv --runs 10 --seed 1 --out output/check --format json
        rehearse calibrate log.xes.gz --time-zone Europe/Berlin
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "The event log.")
  var log: String
  @Option(
    help: ArgumentHelp(
      "A later log of the same process: its period is simulated and compared with it.",
      valueName: "log"))
  var evaluate: String?
  @Flag(help: "Only show how the log is read and what is odd about it.")
  var preview = false
  @Option(
    name: .customLong("column"),
    help: ArgumentHelp(
      "The column of a part: case, activity, start, end, resource, enabled, lifecycle, instance; several times.",
      valueName: "part=name"))
  var columns: [String] = []
  @Option(
    help: "Of OCEL, the object type whose objects are the cases (default: that of most events).")
  var objectType: String?
  @Option(help: "Time zone of people's hours (default: that of the log's times).")
  var timeZone: String?
  @Option(help: "Folder to write to.")
  var out = "output/calibrated"
  @Option(help: "Runs of the evaluation.")
  var runs = 10
  @Option(help: "Seed of the random numbers.")
  var seed: UInt64 = 1
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @Flag(
    help: ArgumentHelp(
      "Let cases of the evaluation choose their ways independently; otherwise they are spread evenly, which "
        + "takes chance out of single runs."))
  var independent = false
  @Option(help: "How to print the results.")
  var format = Format.text

  func validate() throws {
    if !(1...1000).contains(runs) { throw ValidationError("--runs must be from 1 to 1000.") }
    if preview, evaluate != nil {
      throw ValidationError("--preview only looks at the log; leave out --evaluate.")
    }
    for column in columns {
      let parts = column.split(separator: "=", maxSplits: 1)
      guard parts.count == 2, LogPart(rawValue: String(parts[0])) != nil else {
        throw ValidationError(
          "--column takes part=name with one of "
            + "\(LogPart.allCases.map(\.rawValue).joined(separator: ", ")), such as case=order_id.")
      }
    }
    try checkThreads(threads)
  }

  private var options: EventLogOptions {
    var options = EventLogOptions(objectType: objectType)
    for (part, name) in pairs(columns) {
      if let part = LogPart(rawValue: part) { options.columns[part] = name }
    }
    return options
  }

  func run() async throws {
    if preview {
      let log = try readLog(log, options: options)
      Terminal.result(
        format == .json ? try jsonText(LogPreview(log)) : previewText(log))
      return
    }
    var request = CalibrationRequest(
      log: log, test: evaluate, options: options, timeZone: timeZone, folder: out, runs: runs,
      seed: seed, threads: threads)
    request.isBalanced = !independent
    let done = try await calibrateScenario(request) {
      if Terminal.showsProgress { Terminal.note($0) }
    }
    for problem in done.log.problems { Terminal.note("note: \(problem.text)") }
    Terminal.result(
      format == .json ? try jsonText(CalibrationDocument(done)) : calibrationText(done))
  }
}
