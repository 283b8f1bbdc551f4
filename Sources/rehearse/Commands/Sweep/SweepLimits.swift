import ArgumentParser
import Experiments
import Reporting
import Scenarios
import Workbench

/// A share such as `20 %`, `20%` or `0.2`; `nil` where it is none.
private func share(_ text: String) -> Double? {
  let isPercent = text.hasSuffix("%")
  let digits = isPercent ? String(text.dropLast()).filter { $0 != " " } : text
  guard let number = Double(digits) else { return nil }
  let share = isPercent ? number / 100 : number
  return share > 0 && share < 1 ? share : nil
}

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
  @Option(help: "Seed of the random numbers (default: the scenario's).")
  var seed: UInt64?
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: InputStudyOutput

  func validate() throws {
    if let replications, replications < 10 {
      throw ValidationError("--replications must be at least 10, to judge a point by.")
    }
    try checkRun(replications: replications, threads: threads, changes: [])
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
    let file = try readScenarioFile(scenario)
    try output.check()
    let bar = ProgressBar("Halving", unit: "rehearsals")
    // Only these variants are run; risk by net work needs the baseline too.
    let options = StudyOptions(
      replications: replications, seed: seed, threads: threads,
      variants: [tried] + (against.map { [$0] } ?? []), limits: limits.limits)
    let result = try await findTippingPoint(
      file, options: InputStudyOptions(run: options, ranges: inputs.values),
      question: try question(), effort: TippingEffort(maximum: most), stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    try output.deliver(result) { tippingText(result, style: $0) }
  }
}

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
  @Option(help: "Seed of the random numbers (default: the scenario's).")
  var seed: UInt64?
  @Option(help: "Threads; the results do not depend on it (default: one per core).")
  var threads: Int?
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: InputStudyOutput

  func validate() throws {
    if let replications, replications < 10 {
      throw ValidationError("--replications must be at least 10, to judge a value by.")
    }
    try checkRun(replications: replications, threads: threads, changes: [])
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
    try output.check()
    let bar = ProgressBar("Looking", unit: "rehearsals")
    let options = StudyOptions(
      replications: replications, seed: seed, threads: threads, variants: [tried],
      limits: limits.limits)
    let found = try await findSafeValue(
      file, options: InputStudyOptions(run: options, ranges: inputs.values), variant: tried,
      bound: share(bound) ?? 0.2, steps: steps, stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    let decision = decideBy(
      found, leadDays: leadTime.flatMap(leadDays), start: file.scenario.clock.start)
    try output.deliver(SafeValueDocument(found.result, decideBy: decision)) {
      safeValueText(found.result, decideBy: decision, style: $0)
    }
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

/// `rehearse sweep best`.
struct BestCommand: AsyncParsableCommand {
  enum Streams: String, ExpressibleByArgument, CaseIterable { case common, independent }

  static let configuration = CommandConfiguration(
    commandName: "best",
    abstract: "Which variant is best, within what matters, with as few rehearsals as it takes.",
    discussion: """
      With common streams all variants have the same luck and drop out one after the other (Kim and \
      Nelson): the last is the best or within --within of it, with 95 % probability. With independent \
      streams a budget of rehearsals is shared out so that the best is found most surely (OCBA).

      EXAMPLES
        rehearse sweep best scenarios/loan-approval.yaml
        rehearse sweep best scenarios/loan-approval.yaml --figure time_to_completion --within 2
        rehearse sweep best scenarios/loan-approval.yaml --streams independent --most 300
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(help: "The figure by which variants are judged.")
  var figure = "cost_per_case"
  @Option(
    help: ArgumentHelp(
      "The smallest difference that matters, in the figure's unit (default: experiment.matters).",
      valueName: "number"))
  var within: Double?
  @Option(help: "Whether variants have the same luck or each its own.")
  var streams = Streams.common
  @Option(help: "Most rehearsals: of each variant; with independent streams of all together.")
  var most = 1000
  @OptionGroup var output: InputStudyOutput
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
  @OptionGroup var limits: StudyLimitOptions

  func validate() throws {
    try checkRun(replications: nil, threads: threads, changes: changes)
    if Figure(rawValue: figure) == nil {
      throw ValidationError(
        "there is no figure '\(figure)'; there are "
          + Figure.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    }
    if let within, within <= 0 { throw ValidationError("--within must be above 0.") }
    if !(20...1_000_000).contains(most) {
      throw ValidationError("--most must be from 20 to 1000000.")
    }
  }

  func run() async throws {
    let file = try readScenarioFile(scenario)
    try output.check()
    let bar = ProgressBar("Choosing", unit: "rehearsals")
    let result = try await selectVariant(
      file,
      selecting: VariantSelectionOptions(
        figure: Figure(rawValue: figure) ?? .costPerCase, difference: within,
        isIndependent: streams == .independent, maximum: most),
      options: StudyOptions(
        seed: seed, threads: threads, changes: pairs(changes), limits: limits.limits),
      stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    try output.deliver(result) { selectionText(result, style: $0) }
  }
}

/// `rehearse sweep why`.
struct WhyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why",
    abstract: "Why a variant is exhausted: which guardrail, which drift, which team, by how much.",
    discussion: """
      Switches each guardrail, each drift and each automation's failures off in turn, and gives each \
      watched team one person more, with the same luck as before. Beside it stand all four definitions \
      of exhaustion and what arithmetic alone says.

      EXAMPLES
        rehearse sweep why scenarios/loan-approval.yaml
        rehearse sweep why scenarios/loan-approval.yaml --variant agents --replications 50
      """)

  @Argument(help: "The scenario file.")
  var scenario: String
  @Option(
    name: .customLong("variant"), help: "The variant (default: the one most often exhausted).")
  var tried: String?
  @Option(help: "Replications, at least 2 (default: the scenario's).")
  var replications: Int?
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
  @OptionGroup var limits: StudyLimitOptions
  @OptionGroup var output: InputStudyOutput

  func validate() throws {
    if let replications, replications < 2 {
      throw ValidationError("--replications must be at least 2, to know the spread.")
    }
    try checkRun(replications: replications, threads: threads, changes: changes)
  }

  func run() async throws {
    let file = try readScenarioFile(scenario)
    try output.check()
    let bar = ProgressBar("Switching off", unit: "rehearsals")
    let (compiled, causes) = try await attributeExhaustion(
      file, variant: tried,
      options: StudyOptions(
        replications: replications, seed: seed, threads: threads,
        variants: tried.map { [$0] } ?? [], changes: pairs(changes), limits: limits.limits),
      stopping: stopOnInterrupt, progress: { bar.show($0, of: $1) })
    bar.clear()
    try output.deliver(causes) {
      causesText(
        causes, workingDays: compiled.workingDates.map(\.description), style: $0)
    }
  }
}
