public import ArgumentParser
public import Auditing
import Facts
import Foundation
import Reporting
import Workbench

/// `rehearse questionnaire`.
struct QuestionnaireCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "questionnaire",
    abstract: "Judge platforms, ask vendors, and see how ready the estate is.",
    discussion: """
      A questionnaire is a YAML file: platform-scorecard (nine criteria, weights of your own, three price \
      models), vendor-checklist (five questions, each with what would show the answer), or readiness (a \
      part of the policy file of the audit). What files and simulations can say is filled in with its \
      basis; the rest is asked, and unknown until somebody answers. See docs/guides/questionnaires.md.

      EXAMPLES
        rehearse questionnaire new platform-scorecard --output platforms.yaml
        rehearse questionnaire show platforms.yaml --scenario scenarios/loan-approval.yaml
        rehearse questionnaire fill platforms.yaml --scenario scenarios/loan-approval.yaml
        rehearse questionnaire show readiness.yaml --output output/readiness.html
      """,
    subcommands: [New.self, Fill.self, Show.self])

  /// `rehearse questionnaire new`.
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Begin a questionnaire: a file with every question as a comment.",
      discussion: """
        EXAMPLES
          rehearse questionnaire new platform-scorecard --output platforms.yaml
          rehearse questionnaire new vendor-checklist
          rehearse questionnaire new readiness --output readiness.yaml
        """)
    @Argument(help: "platform-scorecard, vendor-checklist or readiness.")
    var kind: QuestionnaireKind
    @Option(help: "File to write to instead of standard output.")
    var output: String?

    func run() throws { try deliver(Questionnaire.template(kind), to: output) }
  }

  /// `rehearse questionnaire fill`.
  struct Fill: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write what can be computed into the file; what somebody answered stays.",
      discussion: """
        EXAMPLES
          rehearse questionnaire fill platforms.yaml --scenario scenarios/loan-approval.yaml
          rehearse questionnaire fill platforms.yaml --output filled.yaml
        """)
    @Argument(help: "The questionnaire.")
    var file: String
    @Option(help: "File to write to (default: the questionnaire itself).")
    var output: String?
    @OptionGroup var sources: QuestionnaireSourceOptions

    func run() async throws {
      let sheet = try await sources.sheet(of: file)
      guard let questionnaire = sheet.questionnaire else {
        throw ValidationError(
          "readiness is computed by the audit each time and needs no filling; look at it with show."
        )
      }
      let computed = questionnaire.answers.count { $0.basis != nil }
      try writeFile(questionnaire.fileText.utf8, to: output ?? file)
      Terminal.result("\(output ?? file) is written; \(computed) of its answers are computed")
    }
  }

  /// `rehearse questionnaire show`.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show answers, what they rest on, and what follows from them.",
      discussion: """
        EXAMPLES
          rehearse questionnaire show platforms.yaml
          rehearse questionnaire show platforms.yaml --scenario loan.yaml --output platforms.html
        """)

    enum Format: String, OutputFormat {
      case text, json, html
      static let standard = Format.text
      static let furtherEndings = ["htm": Format.html]
    }

    @Argument(help: "The questionnaire; for readiness a policy file of the audit.")
    var file: String
    @Option(help: "How to print it (default: as the name of the output says, else text).")
    var format: Format?
    @Option(help: "File to write to instead of standard output.")
    var output: String?
    @OptionGroup var sources: QuestionnaireSourceOptions

    func validate() throws { _ = try Format.chosen(format, output: output) }

    func run() async throws {
      let sheet = try await sources.sheet(of: file)
      switch try Format.chosen(format, output: output) {
      case .text:
        try deliver(
          questionnaireText(
            sheet.kind, title: sheet.title, tables: sheet.tables,
            style: output == nil ? Terminal.style : .plain), to: output)
      case .json:
        try deliver(
          try jsonText(
            QuestionnaireDocument(sheet.kind, title: sheet.title, tables: sheet.tables)),
          to: output)
      case .html:
        try deliver(
          renderQuestionnaireHTML(
            sheet.kind, title: sheet.title, tables: sheet.tables, programVersion: programVersion),
          to: output)
      }
    }
  }
}

/// What answers are computed of.
struct QuestionnaireSourceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A scenario whose layers are simulated for volumes, latency and load.", valueName: "file"))
  var scenario: String?
  @Option(help: "With --scenario: the only variant to look at.")
  var variant: String?
  @Option(help: "With --scenario: replications (default: the scenario's).")
  var replications: Int?
  @OptionGroup var shared: RunOptions
  @Option(help: ArgumentHelp("The policy file of the audit.", valueName: "file"))
  var policy: String?
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if scenario == nil,
      variant != nil || replications != nil || shared.seed != nil || !shared.changes.isEmpty
    {
      throw ValidationError("--variant, --replications, --seed and --set go with --scenario.")
    }
    if let replications, replications < 2 {
      throw ValidationError("--replications must be at least 2.")
    }
    try checkReplications(replications)
  }

  func sheet(of file: String) async throws -> QuestionnaireSheet {
    var sources = QuestionnaireSources()
    if FileManager.default.fileExists(atPath: workspace.file) {
      sources.workspace = workspace.file
    } else {
      Terminal.note(
        "note: there is no workspace \(workspace.file); nothing is filled in of an inventory")
    }
    sources.policy = policy
    sources.today = CalendarDay(
      number: Int((Date().timeIntervalSince1970 / 86_400).rounded(.down)))
    if let scenario {
      sources.uses = try await platformUses(
        of: try readScenarioFile(scenario), variant: variant,
        options: StudyOptions(replications: replications, shared: shared),
        stopping: stopOnInterrupt)
    }
    return try questionnaire(file, with: sources)
  }
}

extension QuestionnaireKind: ExpressibleByArgument {}
