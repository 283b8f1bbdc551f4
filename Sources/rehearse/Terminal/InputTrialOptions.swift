import ArgumentParser
import Workbench

/// What a comparison tries of its inputs beside its variants.
struct InputTrialOptions: ParsableArguments {
  @Option(
    name: .customLong("sensitivity"),
    help: ArgumentHelp(
      "Show what one value alone does: run again with it low and with it high. May be given several times.",
      valueName: "path=low..high"))
  var ranges: [String] = []
  @Option(
    name: .customLong("sensitivity-replications"),
    help: ArgumentHelp(
      "Replications of each variant for each value of --sensitivity.", valueName: "number"))
  var replications = InputTrials.usualReplications
  @Option(
    help: ArgumentHelp(
      """
      Sets of what the scenario calls 'uncertain', each rehearsed five times beside the comparison, to show \
      what of the decision is ignorance; 0 for none.
      """, valueName: "number"))
  var draws = InputTrials.usualDraws

  func validate() throws {
    for text in ranges where InputRange(text) == nil {
      throw ValidationError(
        "--sensitivity takes path=low..high, such as 'teams.underwriting.people=1..4'; this is '\(text)'."
      )
    }
    if replications < 2 {
      throw ValidationError("--sensitivity-replications must be at least 2, to know the spread.")
    }
    if draws != 0, draws < 5 {
      throw ValidationError("--draws must be 0 or at least 5, to know the spread.")
    }
  }

  var trials: InputTrials {
    InputTrials(
      ranges: ranges.compactMap { InputRange($0) }, replications: replications, draws: draws)
  }

  /// What was typed of them.
  var words: [String] {
    var words = ranges.flatMap { ["--sensitivity", $0] }
    if !ranges.isEmpty, replications != InputTrials.usualReplications {
      words += ["--sensitivity-replications", "\(replications)"]
    }
    if draws != InputTrials.usualDraws { words += ["--draws", "\(draws)"] }
    return words
  }

  /// Runs the trials of a comparison and shows how far they have come.
  func run(on file: LoadedScenario, options: StudyOptions) async throws -> TriedInputs {
    let single = ProgressBar("Trying values", unit: "rehearsals")
    let uncertain = ProgressBar("Trying what is not known", unit: "rehearsals")
    defer {
      single.clear()
      uncertain.clear()
    }
    return try await trials.run(on: file, options: options, stopping: stopOnInterrupt) {
      ($0 == .single ? single : uncertain).show($1, of: $2)
    }
  }
}
