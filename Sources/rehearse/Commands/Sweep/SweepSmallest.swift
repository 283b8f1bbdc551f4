import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// `rehearse sweep smallest`.
struct SmallestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "smallest",
    abstract: "The smallest staffing, batch, threshold or slowest rollout that is enough.",
    discussion: """
      Looks for the smallest value of one parameter (or the largest, where small ones are safe) that \
      keeps the upper end of the probability of exhaustion under --bound, and proves it with fresh \
      rehearsals: of the value, and of its neighbour that is not enough. With --lead-time it says by when \
      to decide. Without --replications, 200 are run at each value.

      EXAMPLES
        rehearse sweep smallest scenarios/loan-approval.yaml --variant agents \\
          --range 'teams.underwriting.people=2..6' --bound '10 %' --lead-time '8 weeks'
        rehearse sweep smallest scenarios/loan-approval.yaml --variant agents --steps 20 \\
          --range 'guardrails.creditworthiness.fires=20 %..60 %'
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @OptionGroup var inputs: InputRanges
  @Option(name: .customLong("variant"), help: "The variant that is asked about.")
  var tried: String
  @Option(help: "The bound on the probability of exhaustion by the horizon.")
  var bound = "20 %"
  @Option(help: "Steps of the range (default: every whole number, else 16).")
  var steps: Int?
  @Option(
    help: ArgumentHelp(
      "How long before it works a change must be decided, such as '8 weeks'.",
      valueName: "duration"))
  var leadTime: String?
  @Option(help: "Replications of each variant at a value (default: 200).")
  var replications: Int?
  @OptionGroup var shared: RunOptions
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: SweepOutput

  func validate() throws {
    if let replications, replications < 10 {
      throw ValidationError("--replications must be at least 10, to judge a value by.")
    }
    try checkReplications(replications)
    guard inputs.ranges.count == 1 else {
      throw ValidationError("give one --range: the parameter whose smallest value is looked for.")
    }
    if let steps, !(1...10_000).contains(steps) {
      throw ValidationError("--steps must be from 1 to 10000.")
    }
    if share(bound) == nil {
      throw ValidationError("--bound takes a probability between 0 and 1, such as '20 %'.")
    }
    if let leadTime, leadDays(leadTime) == nil {
      throw ValidationError("--lead-time takes calendar time such as '8 weeks'.")
    }
  }

  private func leadDays(_ text: String) -> Int? {
    calendarSeconds(of: text).map { Int(($0 / 86_400).rounded(.up)) }
  }

  func run() async throws {
    let file = try readScenarioFile(scenario)
    _ = try output.places
    let bar = ProgressBar("Looking", unit: "rehearsals")
    let options = StudyOptions(
      replications: replications, variants: [tried], shared: shared, limits: limits)
    let found = try await studyInputs(
      file, options: InputStudyOptions(run: options, ranges: inputs.values),
      .safeValue(variant: tried, bound: share(bound) ?? 0.2, steps: steps),
      stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    let decision = decideBy(
      found, leadDays: leadTime.flatMap(leadDays), start: file.scenario.clock.start)
    let frame = sweepFrame(
      of: file, scenarioPath: scenario, command: typedCommand(), workingDays: found.workingDates)
    try await output.deliver(
      SafeValueDocument(found.result, decideBy: decision),
      document: { ReportDocument(found.result, decideBy: decision, in: frame) },
      text: { safeValueText(found.result, decideBy: decision, style: $0) })
  }

  /// The date by which to decide, counted back from the first risky day of what is not enough.
  private func decideBy(_ found: SafeValue, leadDays: Int?, start: CivilDate) -> DecideBy? {
    guard let leadDays,
      let day = found.result.next?.riskyDay ?? found.result.riskiestProbe?.riskyDay,
      found.workingDates.indices.contains(day - 1)
    else { return nil }
    let risky = found.workingDates[day - 1]
    let date = CivilDate(risky).map { $0.advanced(by: -leadDays) }
    return DecideBy(
      riskyDay: day, riskyDate: risky, leadDays: leadDays, date: date?.description,
      isPast: date.map { $0 < start } ?? false)
  }
}
