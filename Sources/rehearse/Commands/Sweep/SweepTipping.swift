import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep tipping`.
struct TippingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tipping",
    abstract: "At which value of a parameter the verdict tips.",
    discussion: """
      Halves the range of one parameter until the tipping point is known as closely as noise allows. \
      Asks for the probability of exhaustion of --variant to cross --level; with --measure, for that \
      measure to cross --level; with --against, for --variant to stop being better than another one. \
      Without --replications a point is judged by 25, which are doubled up to --most.

      EXAMPLES
        rehearse sweep tipping scenarios/loan-approval.yaml --variant agents --level '50 %' \\
          --range 'guardrails.creditworthiness.fires=20 %..80 %'
        rehearse sweep tipping scenarios/loan-approval.yaml --variant agents --against as-is \\
          --measure cost_per_case --range 'automations.loan_agent.licence=0 EUR per month..90000 EUR per month'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @Option(name: .customLong("variant"), help: "The variant that is asked about.")
  var tried: String
  @Option(help: "The variant it is compared with.")
  var against: String?
  @Option(
    help: "The measure (default: the probability of exhaustion; with --against, cost_per_case).")
  var measure: String?
  @Option(
    help:
      "The level that is crossed: a probability such as '50 %', or a number in the measure's unit.")
  var level: String?
  @Option(help: "Most replications at a point.")
  var most = 400
  @Option(help: "Replications of each variant at a point (default: 25).")
  var replications: Int?
  @OptionGroup var shared: RunOptions
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: SweepOutput

  func validate() throws {
    if let replications, replications < 10 {
      throw ValidationError("--replications must be at least 10, to judge a point by.")
    }
    try checkReplications(replications)
    if !(10...100_000).contains(most) {
      throw ValidationError("--most must be from 10 to 100000.")
    }
    guard inputs.ranges.count == 1 else {
      throw ValidationError("give one --range: the parameter whose tipping point is looked for.")
    }
    _ = try question()
  }

  private func question() throws -> TippingQuestion {
    if let against {
      if level != nil { throw ValidationError("--level does not go with --against.") }
      return .difference(
        try rehearse.measure(named: measure ?? "cost_per_case"), variant: tried, against: against)
    }
    guard let measure, measure != "exhaustion" else {
      guard let level = share(level ?? "50 %") else {
        throw ValidationError("--level takes a probability between 0 and 1, such as '50 %'.")
      }
      return .risk(variant: tried, level: level)
    }
    guard let level, let number = Double(level) else {
      throw ValidationError("--measure needs --level, a number in the unit of the measure.")
    }
    return .measure(try rehearse.measure(named: measure), variant: tried, level: number)
  }

  func run() async throws {
    // Only these variants are run; risk by net work needs the baseline too.
    let options = StudyOptions(
      replications: replications, variants: [tried] + (against.map { [$0] } ?? []),
      shared: shared, limits: limits)
    let question = try question()
    try await output.carryOut("Halving", on: scenario) { file, progress in
      try await studyInputs(
        file, options: InputStudyOptions(run: options, ranges: inputs.values),
        .tippingPoint(question, effort: TippingEffort(maximum: most)), stopping: stopOnInterrupt,
        progress: progress)
    } document: {
      ReportDocument($0, in: $1)
    } text: {
      tippingText($0, style: $1)
    }
  }
}
