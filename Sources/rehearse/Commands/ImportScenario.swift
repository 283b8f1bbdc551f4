import ArgumentParser
import Scenarios
import Workbench

/// `rehearse scenario import`.
struct ImportScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a scenario of another simulator's files.",
    discussion: """
      Reads parameters of BPSim, QBP (BIMP), Scylla, Prosimos and Simod, recognised by their content, with \
      the BPMN file that they speak of or stand in, and writes an ordinary scenario. What a scenario \
      cannot say is refused by name, with file and line. How the programs differ is in \
      docs/guides/import-simulation-parameters.md.

      EXAMPLES
        rehearse scenario import loan.json --bpmn loan.bpmn --output scenarios/loan.yaml
        rehearse scenario import repair.bpmn --scenario expected --currency EUR
        rehearse scenario import mortgage.bpmn2 --between 'exponential mean 20 min'
        rehearse scenario import sim.xml --global global.xml --bpmn loan.bpmn --cases 10000
      """)

  @Argument(help: "The file of parameters; a BPMN file where it holds them itself.")
  var parameters: String
  @Option(help: "The BPMN file that it speaks of (default: the file itself).")
  var bpmn: String?
  @Option(help: "The global configuration of Scylla.")
  var global: String?
  @Option(help: "Id or name of the process (default: the only one).")
  var process: String?
  @OptionGroup var choices: ImportedScenarioOptions
  @Option(help: "File to write to instead of standard output.")
  var output: String?

  func run() throws {
    if let output { try checkWritable(output) }
    let (made, loaded) = try makeScenario(
      of: parameters, bpmn: bpmn, global: global, processName: process, output: output,
      options: choices.options)
    for note in made.notes + loaded.scenario.warnings { Terminal.note("note: \(note)") }
    if let output {
      try writeFile(made.text.utf8, to: output)
      Terminal.result("\(output) is written; next: rehearse simulate \(output)")
    } else {
      Terminal.result(made.text)
    }
  }
}

/// What files of another simulator leave open.
struct ImportedScenarioOptions: ParsableArguments {
  @Option(help: "How many cases to simulate (default: what the files say, else 1000).")
  var cases: Int?
  @Option(help: "Day 0 (default: what the files say, else 2026-01-05, a Monday).")
  var start: String?
  @Option(help: "Time zone of the calendars (default: what the files say, else UTC).")
  var timeZone: String?
  @Option(
    help:
      "Currency of costs, by its ISO 4217 code (default: what the files say, else XXX, no currency)."
  )
  var currency: String?
  @Option(
    help: ArgumentHelp(
      "Time between cases, such as 'exponential mean 10 min', for files that do not give it.",
      valueName: "time"))
  var between: String?
  @Option(
    name: .customLong("scenario"),
    help: ArgumentHelp("Id or name of one of several scenarios of BPSim.", valueName: "name"))
  var scenarioName: String?

  var isGiven: Bool {
    cases != nil || start != nil || timeZone != nil || currency != nil || between != nil
      || scenarioName != nil
  }

  /// What was typed of them.
  var words: [String] {
    let typed = [
      ("--cases", cases.map { "\($0)" }), ("--start", start), ("--time-zone", timeZone),
      ("--currency", currency), ("--between", between), ("--scenario", scenarioName),
    ]
    return typed.flatMap { name, value in value.map { [name, $0] } ?? [] }
  }

  var options: ScenarioImportOptions {
    ScenarioImportOptions(
      bpmn: "", cases: cases, start: start, timeZone: timeZone, currency: currency,
      between: between, scenario: scenarioName)
  }
}
