import ArgumentParser
import Facts
import Foundation
import Reporting
import Workbench
import Workspace

/// `rehearse report`.
struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write the report of a study that the workspace keeps, without running it again.",
    discussion: """
      `rehearse compare` keeps every study in the workspace. Without a number the studies are listed; \
      with one, or with `latest`, the report is written as --output says, and without --output its \
      Markdown is printed.

      EXAMPLES
        rehearse report
        rehearse report latest --output output/loan.pdf --output output/loan.xlsx
        rehearse report 3 --output output/tables/ --charts output/charts
        rehearse report --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "Number of the study, or 'latest'; without it, the studies are listed.")
  var study: String?
  @Option(help: "How to print what goes to the terminal.")
  var format = Format.text
  @OptionGroup var outputs: ReportOptions
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if study == nil, !outputs.words.isEmpty {
      throw ValidationError("Name the study whose report is to be written, or 'latest'.")
    }
  }

  func run() async throws {
    guard let study else { return try list() }
    let places = try outputs.places
    let report = try keptReport(study, inWorkspace: workspace.file)
    for note in try await write(report, to: places) { Terminal.note(note) }
    if let sentence = outputs.sentence {
      Terminal.note(sentence)
    } else {
      let document = NumberStyle.$current.withValue(places.style) { ReportDocument(report) }
      Terminal.result(
        format == .json
          ? try jsonText(ReportFileDocument(report, document))
          : NumberStyle.$current.withValue(places.style) { reportMarkdown(document) })
    }
  }

  private func list() throws {
    let studies = try keptStudies(inWorkspace: workspace.file)
    if format == .json { return Terminal.result(try jsonText(studies)) }
    guard !studies.isEmpty else {
      return Terminal.result(
        "\(workspace.file) keeps no study yet; 'rehearse compare SCENARIO' makes one")
    }
    for study in studies {
      let note = study.hasReport ? "" : "  (results alone, of an earlier version)"
      Terminal.result("\(study.id)  \(study.recorded)  \(study.scenario)\(note)")
    }
    Terminal.result("\nTo write one: rehearse report \(studies.last?.id ?? 1) --output report.html")
  }
}
