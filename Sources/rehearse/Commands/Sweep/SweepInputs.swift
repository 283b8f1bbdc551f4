import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// Which inputs vary.
struct InputRanges: ParsableArguments {
  @Option(
    name: .customLong("range"),
    help: ArgumentHelp(
      "A parameter and the values it takes; may be given several times. Without it, the section "
        + "'uncertain' of the scenario.", valueName: "path=low..high"))
  var ranges: [String] = []

  func validate() throws {
    for range in ranges where InputRange(range) == nil {
      throw ValidationError(
        "--range takes path=low..high, such as 'teams.aml.people=2..8' or "
          + "'guardrails.credit.fires=20 %..60 %'.")
    }
  }

  var values: [InputRange] { ranges.compactMap { InputRange($0) } }
}

/// Which measures are looked at.
struct MeasureOption: ParsableArguments {
  @Option(
    name: .customLong("measure"),
    help: ArgumentHelp(
      "A measure to look at; may be given several times (default: cost_per_case, "
        + "time_to_completion, backlog_hours, exhaustion).", valueName: "name"))
  var measures: [String] = []

  func validate() throws { for name in measures { _ = try measure(named: name) } }

  var values: [StudyMeasure] { measures.compactMap { StudyMeasure(name: $0) } }
}

/// The measure of a name.
func measure(named name: String) throws -> StudyMeasure {
  guard let measure = StudyMeasure(name: name) else {
    throw ValidationError(
      "there is no measure '\(name)'; there are "
        + StudyMeasure.all.map(\.name).joined(separator: ", ") + ".")
  }
  return measure
}

/// A share such as `20 %`, `20%` or `0.2`; `nil` where it is none.
func share(_ text: String) -> Double? {
  let isPercent = text.hasSuffix("%")
  let digits = isPercent ? String(text.dropLast()).filter { $0 != " " } : text
  guard let number = Double(digits) else { return nil }
  let share = isPercent ? number / 100 : number
  return share > 0 && share < 1 ? share : nil
}

/// `rehearse sweep screen`.
struct ScreenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "screen",
    abstract: "Which parameters matter at all (Morris's screening).",
    discussion: """
      Random paths change one parameter after the other. μ* is the mean size of what a parameter \
      changes over its whole range; a σ as large as μ* says that it acts in a curve or together with \
      others. All points have the same luck. Without --replications, 5 are averaged at each point.

      EXAMPLES
        rehearse sweep screen scenarios/limit-change.yaml --output screening.html \\
          --range 'teams.customer_service.people=3..6'
        rehearse sweep screen scenarios/loan-approval.yaml --paths 20 --measure cost_per_case \\
          --range 'guardrails.creditworthiness.fires=30 %..70 %' --range 'teams.aml.people=6..9'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @OptionGroup var measures: MeasureOption
  @Option(help: "Random paths; each costs one point more than there are parameters.")
  var paths = 10
  @OptionGroup var output: SweepOutput
  @OptionGroup var run: StudyRunOptions

  func validate() throws {
    guard 2...1000 ~= paths else { throw ValidationError("--paths must be from 2 to 1000.") }
  }

  func run() async throws {
    try await output.carryOut("Screening", on: scenario) { file, progress in
      try await studyInputs(
        file,
        options: InputStudyOptions(
          run: run.options, ranges: inputs.values, measures: measures.values),
        .screening(paths: paths), stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      sensitivityText($0, style: $1)
    }
  }
}

/// `rehearse sweep sobol`.
struct SobolCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sobol",
    abstract: "How much of a figure's spread each parameter explains (Sobol indices).",
    discussion: """
      S1 is the share of the variance that a parameter explains alone, ST what it explains with all it \
      does together with others. Costs rows × (parameters + 2) points; screen first, then ask for the \
      few that matter. Without --replications, 5 are averaged at each point.

      EXAMPLES
        rehearse sweep sobol scenarios/loan-approval.yaml --rows 64 --variant agents \\
          --range 'guardrails.creditworthiness.fires=30 %..70 %' --range 'teams.aml.people=6..9'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @OptionGroup var measures: MeasureOption
  @Option(help: "Rows of the design.")
  var rows = 64
  @OptionGroup var output: SweepOutput
  @OptionGroup var run: StudyRunOptions

  func validate() throws {
    guard 4...100_000 ~= rows else { throw ValidationError("--rows must be from 4 to 100000.") }
  }

  func run() async throws {
    try await output.carryOut("Decomposing", on: scenario) { file, progress in
      try await studyInputs(
        file,
        options: InputStudyOptions(
          run: run.options, ranges: inputs.values, measures: measures.values),
        .sobol(rows: rows), stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      sensitivityText($0, style: $1)
    }
  }
}

/// `rehearse sweep uncertainty`.
struct UncertaintyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "uncertainty",
    abstract: "What is chance and what is ignorance, and what more data would buy.",
    discussion: """
      An outer loop draws sets of the parameters that are not known (Latin hypercube), an inner one \
      plays each set several times. Chance is what stays when the parameters are known; ignorance is \
      what goes. Without --replications, 5 are run with each set.

      EXAMPLES
        rehearse sweep uncertainty scenarios/loan-approval.yaml --draws 40 \\
          --range 'guardrails.creditworthiness.fires=40 %..60 %'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @OptionGroup var measures: MeasureOption
  @Option(help: "Sets of parameters drawn.")
  var draws = 40
  @OptionGroup var output: SweepOutput
  @OptionGroup var run: StudyRunOptions

  func validate() throws {
    guard 5...10_000 ~= draws else { throw ValidationError("--draws must be from 5 to 10000.") }
  }

  func run() async throws {
    try await output.carryOut("Drawing", on: scenario) { file, progress in
      try await studyInputs(
        file,
        options: InputStudyOptions(
          run: run.options, ranges: inputs.values, measures: measures.values),
        .uncertainty(draws: draws), stopping: stopOnInterrupt, progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      uncertaintyText($0, style: $1)
    }
  }
}
