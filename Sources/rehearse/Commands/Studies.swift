import ArgumentParser
import Foundation
import Reporting
import Workbench
import Workspace

/// `rehearse studies`.
struct StudiesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studies",
    abstract: "List the studies that the workspace keeps, show one, compare two, remove some.",
    discussion: """
      rehearse compare keeps every replication in the workspace as soon as it is done. A study that was \
      stopped or killed goes on when the same command is given again; the same study asked for twice \
      costs nothing.
      """,
    subcommands: [List.self, Show.self, Compare.self, Remove.self],
    defaultSubcommand: List.self)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  /// `rehearse studies list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List all studies, oldest first.",
      discussion: """
        EXAMPLES
          rehearse studies
          rehearse studies list --format json
        """)
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How to print the list.")
    var format = Format.text

    func run() throws {
      let all = try studies(inWorkspace: workspace.file)
      switch format {
      case .text: Terminal.result(studyListText(all.map(StudyLine.init), style: Terminal.style))
      case .json: Terminal.result(try jsonText(all.map(StudyLine.init)))
      }
    }
  }

  /// `rehearse studies show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show one study: what it read, how it was asked for, its figures.",
      discussion: """
        With --format json the results are printed as rehearse compare --format json printed them, byte \
        for byte.

        EXAMPLES
          rehearse studies show 3
          rehearse studies show 3 --format json
        """)
    @Argument(help: "Number of the study.")
    var study: Int64
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How to print it.")
    var format = Format.text

    func run() throws {
      let entry = try Workbench.study(study, inWorkspace: workspace.file)
      guard format == .json else {
        Terminal.result(try studyDetailsText(entry.details(), style: Terminal.style))
        return
      }
      guard let result = entry.result else { throw WorkbenchError.noResult(of: entry) }
      Terminal.result(String(decoding: result, as: UTF8.self))
    }
  }

  /// `rehearse studies compare`.
  struct Compare: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Compare two studies: which inputs changed, which figures moved by more than noise.",
      discussion: """
        The two are taken as independent: a figure has moved where the 95 % interval of the difference \
        (Welch for means, Newcombe for probabilities) does not hold zero.

        EXAMPLES
          rehearse studies compare 2 5
          rehearse studies compare 2 5 --format json
        """)
    @Argument(help: "Number of the earlier study.")
    var before: Int64
    @Argument(help: "Number of the later study.")
    var after: Int64
    @OptionGroup var workspace: WorkspaceOption
    @Option(help: "How to print the comparison.")
    var format = Format.text

    func run() throws {
      let change = try studyChange(from: before, to: after, inWorkspace: workspace.file)
      switch format {
      case .text: Terminal.result(studyChangeText(change, style: Terminal.style))
      case .json: Terminal.result(try jsonText(change))
      }
    }
  }

  /// `rehearse studies remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Remove studies, with the replications and files that no other study has.",
      discussion: """
        EXAMPLES
          rehearse studies remove 3
          rehearse studies remove 1 2 3
        """)
    @Argument(help: "Numbers of the studies.")
    var numbers: [Int64]
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
      try removeStudies(numbers, inWorkspace: workspace.file)
      let what = numbers.count == 1 ? "study \(numbers[0])" : "\(numbers.count) studies"
      Terminal.note("Removed \(what).")
    }
  }
}

extension StudyLine {
  fileprivate init(_ study: RecordedStudy) {
    self.init(
      number: study.id, recorded: study.recorded, scenario: study.scenario, title: study.title,
      replications: study.replications, done: study.done, hasResult: study.hasResult)
  }
}
