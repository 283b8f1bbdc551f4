import ArgumentParser
import Experiments
import Foundation
import Reporting
import Workbench

/// `rehearse bundle`.
struct BundleCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Put a study into one file: inputs, options, seed, versions, results.",
    discussion: """
      Names the study by its number in the workspace, or a scenario file, which is compared first. The \
      file is a ZIP archive that holds the scenario with every file it refers to; rehearse rerun \
      reproduces the results from it alone, with what was tried of its inputs (--sensitivity, and what it \
      calls 'uncertain'). The same study gives the same bytes.

      EXAMPLES
        rehearse bundle 3 --output output/study-3.zip
        rehearse bundle scenarios/loan-approval.yaml --replications 20 --output output/loan.zip
        rehearse bundle scenarios/limit-change.yaml --draws 40 --output output/limit.zip
      """)

  @Argument(help: "Number of a study of the workspace, or a scenario file.")
  var study: String
  @Option(help: "ZIP file to write.")
  var output: String
  @OptionGroup var inputs: InputTrialOptions
  @OptionGroup var run: StudyRunOptions
  @OptionGroup var precision: PrecisionOption
  @OptionGroup var workspace: WorkspaceOption

  func validate() throws {
    if Int64(study) != nil, !words.isEmpty {
      throw ValidationError(
        "A study of the workspace is bundled as it was run; options of a run go with a scenario file."
      )
    }
  }

  func run() async throws {
    try checkWritable(output)
    let bundle: StudyBundle
    if let number = Int64(study) {
      bundle = try StudyBundle(Workbench.study(number, inWorkspace: workspace.file))
    } else {
      bundle = try await compared()
    }
    try writeFile(try bundle.archive(), to: output)
    Terminal.note("Written to \(output): \(bundle.files.count) inputs and the results")
  }

  private func compared() async throws -> StudyBundle {
    let file = try readScenarioFile(study)
    let command = shellText(["rehearse", "compare", study] + words)
    var options = run.options
    options.changes += precision.changes
    let bar = ProgressBar("Rehearsing", unit: "rehearsals")
    let compared = try await compare(
      file, options: options, stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    if let interruption = compared.study.interruption {
      throw WorkbenchError.stopped(
        "\(interruption.sentence) Nothing was written: a bundle is of a whole study.",
        interruption.reason)
    }
    let report = try await studyReport(
      of: compared, scenarioPath: study, command: command,
      tried: try await inputs.run(on: file, options: options))
    return try StudyBundle(
      compared, options: options, trials: inputs.trials, command: command,
      result: try jsonText(StudyDocument(report)))
  }

  /// What was typed of the comparison's options.
  private var words: [String] { run.words + precision.words + inputs.words }
}

/// `rehearse rerun`.
struct RerunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rerun",
    abstract:
      "Run the study of a bundle again and say whether its results are the same to the byte.",
    discussion: """
      Reads nothing but the bundle. Exit code 0 where the results are the same byte for byte, 1 where \
      some field differs: each is then named with what the bundle says and what the run says.

      EXAMPLES
        rehearse rerun output/study-3.zip
        rehearse rerun output/study-3.zip --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  @Argument(help: "A bundle, as rehearse bundle writes it.")
  var bundle: String
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @Option(help: "How to print what was found.")
  var format = Format.text

  func validate() throws { try checkThreads(threads) }

  func run() async throws {
    let bundle = try StudyBundle(file: self.bundle)
    let bar = ProgressBar("Rehearsing", unit: "rehearsals")
    let outcome = try await rerun(
      bundle, threads: threads, stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    switch format {
    case .text: Terminal.result(text(outcome))
    case .json: Terminal.result(try jsonText(outcome))
    }
    if !outcome.isSame { throw ExitCode(1) }
  }

  private func text(_ outcome: RerunOutcome) -> String {
    let versions = "made by Rehearse \(outcome.madeBy), run again by \(outcome.rerunBy)"
    if outcome.isSame { return "The results are the same to the byte (\(versions))." }
    if outcome.differences.isEmpty {
      return "The results say the same, but are written otherwise (\(versions))."
    }
    let shown = 40
    var text = "\(outcome.differences.count) fields differ (\(versions)):\n"
    for difference in outcome.differences.prefix(shown) {
      text +=
        "  \(difference.field): bundle \(difference.bundled ?? "nothing"), run \(difference.rerun ?? "nothing")\n"
    }
    if outcome.differences.count > shown {
      text += "  and \(outcome.differences.count - shown) more: --format json lists all\n"
    }
    return text
  }
}
