import ArgumentParser
import Facts
import Foundation
import Inventory
import Reporting
import Workbench

/// Who corrects something.
struct AuthorOption: ParsableArguments {
  @Option(help: "Who says so.")
  var by: String

  var author: CorrectionAuthor { CorrectionAuthor(by, date: Date().formatted(.iso8601)) }
}

/// What a name belongs to.
enum ThingKind: String, ExpressibleByArgument, CaseIterable {
  case system, application, team

  var entity: EntityKind {
    switch self {
    case .system: .system
    case .application: .application
    case .team: .team
    }
  }
}

/// What a further name is said of, by whom.
struct AliasStatement: ParsableArguments {
  @Option(help: "What it is, where the name leaves it open.")
  var kind: ThingKind?
  @OptionGroup var author: AuthorOption
  @OptionGroup var workspace: WorkspaceOption

  /// Says that an alias is one of a thing's names, or is not.
  func make(about name: String, _ alias: String, isDenied: Bool) throws {
    say(
      try Workbench.alias(
        inWorkspace: workspace.file, kind: kind?.entity, name: name, alias: alias,
        isDenied: isDenied, by: author.author))
  }
}

/// Says what was corrected, and how it is taken back.
private func say(_ made: MadeCorrection) {
  Terminal.note(
    "Correction \(made.number): \(made.sentence). Take it back with: "
      + "rehearse inventory undo \(made.number)")
}

/// Says which files speak of which system.
private func sayWhere(_ names: [String], _ estate: Estate) {
  for name in names {
    guard let system = estate.system(named: name) else { continue }
    let paths = Swift.Set(system.sources.map(\.location.path)).sorted()
    Terminal.result("\(system.name): \(paths.joined(separator: ", "))")
  }
}

extension InventoryCommand {
  /// `rehearse inventory set`.
  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Set a fact by hand; it wins over all files and stays when they are read again.",
      discussion: """
        EXAMPLES
          rehearse inventory set "KYC Screening Bot" owner "Ada Example" --by "Bo Example"
          rehearse inventory set "KYC Screening Bot" run-time "90 s" --by "Bo Example"
        """)
    @Argument(help: "Name or alias of the system.")
    var name: String
    @Argument(help: "Field: \(Correction.Field.allCases.map(\.rawValue).joined(separator: ", ")).")
    var field: String
    @Argument(help: "The right value.")
    var value: String
    @OptionGroup var author: AuthorOption
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
      say(
        try setFact(
          inWorkspace: workspace.file, system: name, field: field, value: value, by: author.author))
    }
  }

  /// `rehearse inventory merge`.
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say that several systems, applications or teams are one.",
      discussion: """
        The first name is the one it is shown under; the others become aliases.

        EXAMPLES
          rehearse inventory merge "KYC Screening Bot" "KYC_Bot_v2" --by "Bo Example"
          rehearse inventory merge "SAP" "ECC" --kind application --by "Bo Example"
        """)
    @Argument(help: "Names or aliases, two at least.")
    var names: [String]
    @Option(help: "What they are, where the names leave it open.")
    var kind: ThingKind?
    @OptionGroup var author: AuthorOption
    @OptionGroup var workspace: WorkspaceOption

    func validate() throws {
      if names.count < 2 { throw ValidationError("merge takes two names at least.") }
    }

    func run() throws {
      say(
        try merge(
          inWorkspace: workspace.file, kind: kind?.entity, names: names, by: author.author))
    }
  }

  /// `rehearse inventory split`.
  struct Split: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say that some of what was taken for one system is another.",
      discussion: """
        What the files and folders given with --from say, or what goes by the names given with --named, \
        is the other system; with both, what fits both. Without either, the files and names are listed. \
        Where there is a system of the other name, it goes to that.

        EXAMPLES
          rehearse inventory split "researcher" --from crews/fraud --into "Fraud researcher" --by "Bo Example"
          rehearse inventory split "KYC Bot" --named "KYC_Bot_v2" --into "KYC Bot 2" --by "Bo Example"
        """)
    @Argument(help: "Name or alias of the system.")
    var name: String
    @Option(help: "A file or folder, as the inventory shows it; may be given several times.")
    var from: [String] = []
    @Option(help: "A name that files call it by; may be given several times.")
    var named: [String] = []
    @Option(help: "Name of the other system.")
    var into: String
    @OptionGroup var author: AuthorOption
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
      let made = try split(
        inWorkspace: workspace.file, system: name,
        selection: StatementSelection(documents: from, names: named), into: into,
        by: author.author)
      sayWhere([name, into], made.estate)
      say(made)
    }
  }

  /// `rehearse inventory alias`.
  struct Alias: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Give a system, application or team a further name.",
      discussion: """
        Calls of that name then lead to it, and what is imported under it later is it.

        EXAMPLES
          rehearse inventory alias "KYC Screening Bot" "PROC-0042" --by "Bo Example"
        """)
    @Argument(help: "Name or alias.")
    var name: String
    @Argument(help: "The further name.")
    var alias: String
    @OptionGroup var statement: AliasStatement

    func run() throws { try statement.make(about: name, alias, isDenied: false) }
  }

  /// `rehearse inventory unalias`.
  struct Unalias: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Say that a name which files give a thing is not its name.",
      discussion: """
        What was joined by that alias parts.

        EXAMPLES
          rehearse inventory unalias "KYC Screening Bot" "main_flow" --by "Bo Example"
        """)
    @Argument(help: "Name or other alias.")
    var name: String
    @Argument(help: "The alias that is wrong.")
    var alias: String
    @OptionGroup var statement: AliasStatement

    func run() throws { try statement.make(about: name, alias, isDenied: true) }
  }

  /// `rehearse inventory matches`.
  struct Matches: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Show by what statements of several files were taken for one system.",
      discussion: """
        EXAMPLES
          rehearse inventory matches
          rehearse inventory matches "KYC Screening Bot"
        """)
    @Argument(help: "Name or alias of a system; all without it.")
    var name: String?
    @Option(help: "text or json.")
    var format = Format.text
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions

    func validate() throws {
      if format == .csv { throw ValidationError("matches prints text or json.") }
    }

    func run() throws {
      var matches = try matches(inWorkspace: workspace.file, people: people.shown)
      if let name {
        let system = try system(
          named: name, of: estate(inWorkspace: workspace.file, people: people.shown)
        ).name
        matches.systems.removeAll { $0.system != system }
        matches.references.removeAll { $0.meant.name != system }
      }
      Terminal.result(
        format == .json ? try jsonText(matches) : matchesText(matches, style: Terminal.style))
    }
  }

  /// `rehearse inventory corrections`.
  struct Corrections: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List what was put right by hand, in order, with who did it and when.",
      discussion: """
        EXAMPLES
          rehearse inventory corrections
        """)
    @Option(help: "text or json.")
    var format = Format.text
    @OptionGroup var workspace: WorkspaceOption
    @OptionGroup var people: PeopleOptions

    func validate() throws {
      if format == .csv { throw ValidationError("corrections prints text or json.") }
    }

    func run() throws {
      let found = try corrections(inWorkspace: workspace.file, people: people.shown)
      Terminal.result(
        format == .json
          ? try jsonText(CorrectionsDocument(found.all, idle: found.idle))
          : correctionsText(found.all, idle: found.idle, style: Terminal.style))
    }
  }

  /// `rehearse inventory undo`.
  struct Undo: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take a correction back.",
      discussion: """
        EXAMPLES
          rehearse inventory undo 3
        """)
    @Argument(help: "Its number, as rehearse inventory corrections has it.")
    var number: Int64
    @OptionGroup var workspace: WorkspaceOption

    func run() throws {
      let sentence = try undoCorrection(inWorkspace: workspace.file, number: number)
      Terminal.note("Taken back: \(sentence).")
    }
  }
}
