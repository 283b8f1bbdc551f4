import ArgumentParser
import Reporting
import Workbench

/// Where reports go, and how they are written.
struct ReportOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Report to write; its ending says the form: .html, .pdf, .xlsx, .csv or / (a folder), .json, .md. "
        + "May be given several times.", valueName: "file"))
  var output: [String] = []
  @Option(
    help: ArgumentHelp(
      "Folder for the Vega-Lite specification of each chart.", valueName: "folder"))
  var charts: String?
  @Option(
    help: ArgumentHelp(
      "Write numbers and dates for people as in this locale, such as de_DE; files for programs stay as "
        + "they are.", valueName: "name"))
  var locale: String?

  /// The places, checked.
  var places: ReportOutputs {
    get throws { try ReportOutputs(output, charts: charts, locale: locale) }
  }

  /// What was typed of them.
  var words: [String] {
    output.flatMap { ["--output", $0] } + (charts.map { ["--charts", $0] } ?? [])
      + (locale.map { ["--locale", $0] } ?? [])
  }

  /// Where the reports are; `nil` where none was asked for.
  var sentence: String? {
    switch output.count {
    case 0: charts.map { "The charts are in \($0)" }
    case 1: "The report is in \(output[0])"
    default: "The report is in \(output.joined(separator: ", "))"
    }
  }
}

/// The page of a report, as `--format html` prints it; says where it has no charts.
func printedPage(_ document: ReportDocument) throws -> String {
  let bundle = chartBundle()
  if bundle == nil {
    Terminal.note(
      "warning: the chart bundle is not installed, so the page shows tables only; run 'make setup' "
        + "(see rehearse doctor)")
  }
  return try renderHTML(document, charts: bundle)
}
