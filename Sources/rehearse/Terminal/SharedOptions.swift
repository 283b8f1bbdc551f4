import ArgumentParser
import Workbench

/// Where the workspace is.
struct WorkspaceOption: ParsableArguments {
  @Option(
    name: .customLong("workspace"),
    help: "The workspace: one SQLite file with everything imported.")
  var file = "output/workspace.sqlite"
}

/// How a study is run, where it is not as the scenario says.
struct StudyRunOptions: ParsableArguments {
  @Option(help: "Replications of each variant, at least 2 (default: the scenario's).")
  var replications: Int?
  @Option(help: "Seed of the random numbers (default: the scenario's).")
  var seed: UInt64?
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @Option(
    name: .customLong("variant"),
    help: "Run only this variant beside the baseline; may be given several times.")
  var variants: [String] = []
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Change a value of the scenario for this run; may be given several times.",
      valueName: "path=value"))
  var changes: [String] = []

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError("--replications must be at least 2, to know the spread.")
    }
    if let replications, replications > 1_000_000 {
      throw ValidationError("--replications must be at most 1000000.")
    }
    if let threads, !(1...1_024).contains(threads) {
      throw ValidationError("--threads must be from 1 to 1024.")
    }
    for change in changes where !change.contains("=") {
      throw ValidationError("--set takes path=value, such as teams.underwriting.people=3.")
    }
  }

  var options: StudyOptions {
    StudyOptions(
      replications: replications, seed: seed, threads: threads, variants: variants,
      changes: changes.map { change in
        let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), String(parts[1]))
      })
  }
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
