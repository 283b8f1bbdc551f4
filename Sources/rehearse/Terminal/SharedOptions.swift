import ArgumentParser
import Scenarios
import Workbench

/// Where the workspace is.
struct WorkspaceOption: ParsableArguments {
  @Option(
    name: .customLong("workspace"),
    help: "The workspace: one SQLite file with everything imported.")
  var file = "output/workspace.sqlite"
}

/// How people are named.
struct PeopleOptions: ParsableArguments {
  @Flag(help: "Name people by pseudonyms: owners, creators and every mail address.")
  var pseudonymise = false
  @Option(
    help: ArgumentHelp(
      "A secret that goes into the pseudonyms, so that nobody can try names out.",
      valueName: "text"))
  var pseudonymKey: String?

  func validate() throws {
    if pseudonymKey != nil, !pseudonymise {
      throw ValidationError("--pseudonym-key is of use with --pseudonymise only.")
    }
  }

  var shown: PeopleShown { pseudonymise ? .byPseudonym(key: pseudonymKey ?? "") : .byName }
}

/// Bounds on a run that may not end by itself, or not soon enough.
struct StudyLimitOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Stop after so long, such as '90 s' or '5 min', and keep the replications done.",
      valueName: "duration"))
  var maxTime: String?
  @Option(
    help: ArgumentHelp(
      "Give up where one replication needs more events than this.", valueName: "number"))
  var maxEvents: Int?
  @Option(
    help: ArgumentHelp(
      "Give up where more cases than this are in progress at once (default: 2000000).",
      valueName: "number"))
  var maxCasesInside: Int?

  func validate() throws {
    if let maxTime, duration(maxTime) == nil {
      throw ValidationError("--max-time takes a duration such as '90 s' or '5 min'.")
    }
    if let maxEvents, maxEvents < 1 { throw ValidationError("--max-events must be at least 1.") }
    if let maxCasesInside, !(1...1_000_000_000).contains(maxCasesInside) {
      throw ValidationError("--max-cases-inside must be from 1 to 1000000000.")
    }
  }

  var limits: StudyLimits {
    StudyLimits(
      time: maxTime.flatMap(duration), events: maxEvents, casesInside: maxCasesInside)
  }

  private func duration(_ text: String) -> Duration? {
    guard let seconds = calendarSeconds(of: text), seconds > 0, seconds <= 31_536_000 else {
      return nil
    }
    return .microseconds(Int64((seconds * 1e6).rounded()))
  }
}

/// What every run of a scenario takes, whatever is asked of it.
struct RunOptions: ParsableArguments {
  @Option(help: "Seed of the random numbers (default: the scenario's).")
  var seed: UInt64?
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a value of the scenario for this run; may be given several times.",
      valueName: "path=value"))
  var changes: [String] = []

  func validate() throws {
    try checkThreads(threads)
    for change in changes where !change.contains("=") {
      throw ValidationError("--set takes path=value, such as teams.underwriting.people=3.")
    }
  }
}

/// How a study is run, where it is not as the scenario says.
struct StudyRunOptions: ParsableArguments {
  @Option(help: "Replications of each variant, at least 2 (default: the scenario's).")
  var replications: Int?
  @Option(
    name: .customLong("variant"),
    help: "Run only this variant beside the baseline; may be given several times.")
  var variants: [String] = []
  @OptionGroup var shared: RunOptions
  @OptionGroup var limits: StudyLimitOptions

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError("--replications must be at least 2, to know the spread.")
    }
    try checkReplications(replications)
  }

  /// What was typed of them, without what cannot change the results.
  var words: [String] {
    var words: [String] = []
    if let replications { words += ["--replications", "\(replications)"] }
    if let seed = shared.seed { words += ["--seed", "\(seed)"] }
    for variant in variants { words += ["--variant", variant] }
    for change in shared.changes { words += ["--set", change] }
    return words
  }

  var options: StudyOptions {
    StudyOptions(
      replications: replications, variants: variants, shared: shared, limits: limits)
  }
}

/// Until when a study goes on, where its replications are not a fixed number.
struct PrecisionOption: ParsableArguments {
  @Option(
    name: .customLong("precision"),
    help: ArgumentHelp(
      "End as soon as a figure of all variants is so precise, such as 'cost_per_case=1 %', "
        + "'exhaustion=5 points' or 'backlog_hours=10 %'; may be given several times. --replications is "
        + "then the most of them.", valueName: "figure=precision"))
  var wanted: [String] = []

  func validate() throws {
    for one in wanted where !one.contains("=") {
      throw ValidationError("--precision takes figure=precision, such as 'cost_per_case=1 %'.")
    }
  }

  /// The same as changes of the scenario.
  var changes: [(path: String, value: String)] {
    pairs(wanted).map { ("experiment.precision.\($0.path)", $0.value) }
  }

  /// What was typed.
  var words: [String] { wanted.flatMap { ["--precision", $0] } }
}

/// Refuses a number of replications that no run can have.
func checkReplications(_ replications: Int?) throws {
  if let replications, replications > 1_000_000 {
    throw ValidationError("--replications must be at most 1000000.")
  }
}

/// Refuses a number of threads that no run can have.
func checkThreads(_ threads: Int?) throws {
  if let threads, !(1...1_024).contains(threads) {
    throw ValidationError("--threads must be from 1 to 1024.")
  }
}

extension StudyOptions {
  /// The options of a run as they were typed.
  init(
    replications: Int? = nil, variants: [String] = [], shared: RunOptions,
    limits: StudyLimitOptions? = nil
  ) {
    self.init(
      replications: replications, seed: shared.seed, threads: shared.threads, variants: variants,
      changes: pairs(shared.changes), limits: limits?.limits ?? StudyLimits())
  }
}

/// Path and value of what `--set` was given.
func pairs(_ changes: [String]) -> [(path: String, value: String)] {
  changes.map { change in
    let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), String(parts[1]))
  }
}

/// A command line as one could type it again.
func shellText(_ words: [String]) -> String {
  words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
}

/// Prints a result, or writes it to a file and says so.
func deliver(_ text: String, to output: String?) throws {
  guard let output else {
    Terminal.result(text)
    return
  }
  try writeFile(text.utf8, to: output)
  Terminal.note("Written to \(output)")
}
