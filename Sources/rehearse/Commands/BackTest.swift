import ArgumentParser
import Foundation
import Reporting
import Workbench

/// `rehearse backtest`.
struct BackTestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Hold a past study against a log of what then happened.",
    discussion: """
      Week by week from the scenario's first day: cases that arrived and ended, cycle time, cases inside, \
      and tickets where --review says which activities of the log they are. Each fact is laid beside the \
      band of the replications; coverage, CRPS and interval score say how good the bands were.

      EXAMPLES
        rehearse backtest 3 log.csv --variant agents
        rehearse backtest 3 log.xes --review 'Review decision' --last 'Pay out' --last 'Refuse'
        rehearse backtest 3 log.csv --column case=order_id --column end=done_at --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Number of the study in the workspace.")
  var study: Int64
  @Argument(help: "The event log: CSV, XES or OCEL 2.0 (JSON).")
  var log: String
  @Option(help: "The variant that was put into practice (default: the baseline).")
  var variant: String?
  @Option(
    name: .customLong("review"),
    help: ArgumentHelp(
      "An activity of the log that is a ticket; may be given several times.", valueName: "activity")
  )
  var reviews: [String] = []
  @Option(
    name: .customLong("last"),
    help: ArgumentHelp(
      "An activity that ends a case; may be given several times (default: all cases are done).",
      valueName: "activity"))
  var lastActivities: [String] = []
  @Option(
    name: .customLong("column"),
    help: ArgumentHelp(
      "Which column of a CSV log is which part; may be given several times.",
      valueName: "part=column"))
  var columns: [String] = []
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @OptionGroup var workspace: WorkspaceOption
  @Option(help: "How to print the comparison.")
  var format = Format.text

  func validate() throws {
    try checkThreads(threads)
    for column in columns where !column.contains("=") {
      throw ValidationError("--column takes part=column, such as case=order_id.")
    }
  }

  func run() async throws {
    let bar = ProgressBar("Rehearsing", unit: "replications")
    let report = try await backTest(
      BackTestRequest(
        study: study, log: log, variant: variant, reviews: reviews,
        lastActivities: lastActivities,
        columns: Dictionary(pairs(columns).map { ($0.path, $0.value) }, uniquingKeysWith: { $1 }),
        threads: threads),
      inWorkspace: workspace.file, stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    switch format {
    case .text: Terminal.result(backTestText(report, style: Terminal.style))
    case .json: Terminal.result(try jsonText(report))
    }
  }
}
