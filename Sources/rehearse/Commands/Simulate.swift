public import ArgumentParser
import Experiments
import Foundation
import Reporting
import Scenarios
import Simulation
public import Workbench

/// `rehearse simulate`.
struct SimulateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simulate",
    abstract: "Play one variant of a scenario forward in time and print its figures.",
    discussion: """
      Without --variant the baseline is simulated. Figures are means over replications with their 95 % \
      intervals; of a single replication there is no interval. Ctrl-C and --max-time keep the \
      replications that are done. --output takes what is printed where its name ends in .txt or .json; with \
      .html, .pdf, .xlsx, .csv or / (a folder) and .md it writes a report of the same figures, with charts. It \
      may be given several times.

      EXAMPLES
        rehearse simulate scenarios/loan-approval.yaml --replications 20
        rehearse simulate scenarios/loan-approval.yaml --variant agents --format json
        rehearse simulate scenarios/loan-approval.yaml --variant agents --output output/agents.html
        rehearse simulate scenarios/loan-approval.yaml --replications 1 --log output/log.csv
        rehearse simulate scenarios/loan-approval.yaml --replications 1 --log output/log.xes
        rehearse simulate scenarios/loan-approval.yaml --replications 1 --log output/log.jsonocel
        rehearse simulate scenarios/loan-approval.yaml --set 'clock.horizon=10000 cases' --replications 1
        rehearse simulate scenarios/loan-approval.yaml --steady-state --replications 20
        rehearse simulate scenarios/loan-approval.yaml --variant agents --trace slowest
      """)

  enum Format: String, OutputFormat {
    case text, json
    static let standard = Format.text
  }

  @Argument(help: "The scenario file, or with --bpmn the parameters of another simulator.")
  var scenario: String
  @Option(
    help: "BPMN file of another simulator's parameters, which are simulated as they are.")
  var bpmn: String?
  @Option(help: "With --bpmn: the global configuration of Scylla.")
  var global: String?
  @OptionGroup(title: "With --bpmn") var choices: ImportedScenarioOptions
  @Option(help: "The variant (default: the baseline).")
  var variant: String?
  @Option(help: "Replications (default: the scenario's).")
  var replications: Int?
  @OptionGroup var shared: RunOptions
  @Option(help: "How to print the results (default: as the name of the output says, else text).")
  var format: Format?
  @OptionGroup var outputs: ReportOptions
  @Option(
    help: ArgumentHelp(
      "Event log to write, with every piece of work done: CSV, XES for .xes, OCEL 2.0 for .jsonocel.",
      valueName: "file"))
  var log: String?
  @Option(
    help:
      "Format of the log (default: xes for FILE.xes, ocel for FILE.jsonocel or .json, else csv).")
  var logFormat: LogFormat?
  @Option(
    help: ArgumentHelp(
      "Tell the story of one case instead: its number in the log, 'slowest' or 'dearest'.",
      valueName: "case"))
  var trace: String?
  @Option(help: "With --trace: the replication the case is of (default: 1).")
  var replication: Int?
  @Option(help: "JSON file to write with the time each phase took, and the peak of memory.")
  var timing: String?
  @OptionGroup var limits: StudyLimitOptions
  @Flag(
    help: ArgumentHelp(
      "Ask what the teams' queues settle to instead of what happens in the horizon; refused where "
        + "nothing settles."))
  var steadyState = false

  /// The reports; JSON is what is printed as JSON.
  private var reports: ReportOptions {
    var reports = outputs
    reports.output = outputs.output.filter(Self.isReport)
    return reports
  }

  /// The file that takes what is printed; `nil` for standard output.
  private var output: String? { outputs.output.first { !Self.isReport($0) } }

  private static func isReport(_ path: String) -> Bool {
    ReportFormat(path: path).map { $0 != .json } ?? false
  }

  /// What was asked for, or what the name of the output says.
  private var chosenFormat: Format {
    get throws {
      try Format.chosen(
        format, output: output,
        advice:
          "Reports are written as .html, .pdf, .xlsx, .csv and .md, and --log writes event logs.")
    }
  }

  func validate() throws {
    _ = try chosenFormat
    let printed = outputs.output.filter { !Self.isReport($0) }
    guard printed.count <= 1 else {
      throw ValidationError(
        "--output names \(printed.joined(separator: " and ")) for what is printed; leave one out.")
    }
    if steadyState || trace != nil,
      !reports.output.isEmpty || outputs.charts != nil || outputs.locale != nil
    {
      let name = reports.output.first.map { "\($0): " } ?? ""
      throw ValidationError(
        "\(name)--trace and --steady-state write text or json; reports are of the figures.")
    }
    if steadyState, log != nil || timing != nil {
      throw ValidationError("--steady-state does not go with --log or --timing.")
    }
    if bpmn == nil, choices.isGiven || global != nil {
      throw ValidationError(
        "--cases, --start, --time-zone, --currency, --between, --scenario and --global go with --bpmn; "
          + "a scenario says them itself.")
    }
    if logFormat != nil, log == nil {
      throw ValidationError("--log-format goes with --log, which names the file.")
    }
    if let trace, CaseChoice(trace) == nil {
      throw ValidationError("--trace takes the number of a case, 'slowest' or 'dearest'.")
    }
    if trace != nil, log != nil || timing != nil || replications != nil {
      throw ValidationError(
        "--trace is of one replication (--replication) and goes with no --log, --timing or --replications."
      )
    }
    if replication != nil, trace == nil {
      throw ValidationError("--replication goes with --trace.")
    }
    if let replication, !(1...1_000_000).contains(replication) {
      throw ValidationError("--replication must be from 1 to 1000000.")
    }
    if let replications, replications < 1 {
      throw ValidationError("--replications must be at least 1.")
    }
    try checkReplications(replications)
  }

  /// The scenario, or the one that another simulator's files make.
  private func read() throws -> LoadedScenario {
    guard let bpmn else { return try readScenarioFile(scenario) }
    let (made, loaded) = try makeScenario(
      of: scenario, bpmn: bpmn, global: global, options: choices.options)
    for note in made.notes { Terminal.note("note: \(note)") }
    return loaded
  }

  /// Tells the story of one case.
  private func tell(_ choice: CaseChoice) async throws {
    let file = try read()
    if let output { try checkWritable(output) }
    let traced = try await Workbench.trace(
      choice, of: file, variant: variant, replication: replication ?? 1, options: options,
      stopping: stopOnInterrupt)
    switch try chosenFormat {
    case .text:
      try deliver(
        caseStoryText(
          traced.story, style: output == nil ? Terminal.style : .plain, instant: traced.minute),
        to: output)
    case .json:
      try deliver(
        try jsonText(
          CaseStoryDocument(
            traced.story, title: traced.scenario.title,
            provenance: provenance(traced.scenario), instant: { traced.instant($0) })),
        to: output)
    }
  }

  private func provenance(_ compiled: CompiledScenario) -> ReportProvenance {
    ReportProvenance(
      programVersion: programVersion, scenarioPath: scenario,
      scenarioDigest: compiled.sourceDigest, command: shellText(words))
  }

  func run() async throws {
    if let choice = trace.flatMap(CaseChoice.init) { return try await tell(choice) }
    let phases = PhaseTiming()
    let file = try phases.phase("read") { try read() }
    if let output { try checkWritable(output) }
    let places = try reports.places
    if let timing { try checkWritable(timing, option: "--timing") }
    if steadyState { return try await runSteadyState(file) }
    let bar = ProgressBar("Simulating", unit: "replications")
    let simulated = try await simulate(
      file, variant: variant, log: log.map { EventLogFile(path: $0, format: logFormat) },
      options: options, timing: phases, stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    try phases.phase("write") {
      for warning in simulated.scenario.warnings { Terminal.note("note: \(warning)") }
      if let shortfall = simulated.result.variant.shortfallSentence {
        Terminal.note("warning: \(shortfall)")
      }
      try deliver(try text(of: simulated), to: output)
    }
    try await report(simulated, file, to: places)
    if let timing {
      let document = phases.document(of: simulated, threads: options.threadCount)
      try writeFile(try jsonText(document).utf8, to: timing, option: "--timing")
    }
    try endWhereStopped(simulated.result.interruption)
  }

  private func report(
    _ simulated: SimulatedScenario, _ file: LoadedScenario, to places: ReportOutputs
  ) async throws {
    guard let sentence = reports.sentence else { return }
    let report = simulationReport(
      of: simulated, file, scenarioPath: scenario, command: shellText(words + reports.words))
    let notes = try await write(document(of: simulated), to: places) {
      ReportDocument(simulated.result, in: report)
    }
    for note in notes { Terminal.note(note) }
    Terminal.note(sentence)
  }

  private func runSteadyState(_ file: LoadedScenario) async throws {
    let bar = ProgressBar("Simulating", unit: "replications")
    let result = try await findSteadyState(
      file, variant: variant, options: options, stopping: stopOnInterrupt,
      progress: { bar.show($0, of: $1) })
    bar.clear()
    let text =
      switch try chosenFormat {
      case .json: try jsonText(result)
      case .text: steadyStateText(result, style: output == nil ? Terminal.style : .plain)
      }
    try deliver(text, to: output)
  }

  private func text(of simulated: SimulatedScenario) throws -> String {
    switch try chosenFormat {
    case .text:
      simulationText(
        simulated.result, scenario: simulated.scenario,
        style: output == nil ? Terminal.style : .plain)
    case .json: try jsonText(document(of: simulated))
    }
  }

  private func document(of simulated: SimulatedScenario) -> SimulationDocument {
    SimulationDocument(
      simulated.result, scenario: simulated.scenario,
      notes: simulated.scenario.warnings.map(\.description),
      provenance: provenance(simulated.scenario))
  }

  private var options: StudyOptions {
    StudyOptions(replications: replications, shared: shared, limits: limits)
  }

  /// What was typed, without what cannot change the results.
  private var words: [String] {
    var words = ["rehearse", "simulate", scenario]
    if let bpmn { words += ["--bpmn", bpmn] + choices.words }
    if let global { words += ["--global", global] }
    if let variant { words += ["--variant", variant] }
    if let replications { words += ["--replications", "\(replications)"] }
    if let seed = shared.seed { words += ["--seed", "\(seed)"] }
    for change in shared.changes { words += ["--set", change] }
    if let trace { words += ["--trace", trace] }
    if let replication { words += ["--replication", "\(replication)"] }
    return words
  }
}

extension LogFormat: ExpressibleByArgument {}
