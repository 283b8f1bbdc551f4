import ArgumentParser
import Scenarios
import Workbench

/// `rehearse scenario import`.
struct ImportScenarioCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Make a scenario of another simulator's files.",
    discussion: """
      Reads the JSON of Prosimos and Simod, recognised by its content, beside its BPMN file, and writes \
      an ordinary scenario. What a scenario cannot say is refused by name. How the two programs differ \
      is in docs/guides/import-a-prosimos-scenario.md.

      EXAMPLES
        rehearse scenario import loan.json --bpmn loan.bpmn --output scenarios/loan.yaml
        rehearse scenario import loan.json --bpmn loan.bpmn --cases 10000 --currency EUR
      """)

  @Argument(help: "The file of parameters.")
  var parameters: String
  @Option(help: "The BPMN file that it speaks of.")
  var bpmn: String
  @Option(help: "Id or name of the process (default: the only one).")
  var process: String?
  @OptionGroup var choices: ImportedScenarioOptions
  @Option(help: "File to write to instead of standard output.")
  var output: String?

  func run() throws {
    if let output { try checkWritable(output) }
    let (made, loaded) = try makeScenario(
      of: parameters, bpmn: bpmn, processName: process, output: output, options: choices.options)
    for note in made.notes + loaded.scenario.warnings { Terminal.note("note: \(note)") }
    if let output {
      try writeFile(made.text.utf8, to: output)
      Terminal.result("\(output) is written; next: rehearse simulate \(output)")
    } else {
      Terminal.result(made.text)
    }
  }
}

/// What a file of another simulator leaves open.
struct ImportedScenarioOptions: ParsableArguments {
  @Option(help: "How many cases to simulate (default: 1000).")
  var cases: Int?
  @Option(help: "Day 0 (default: 2026-01-05, a Monday).")
  var start: String?
  @Option(help: "Time zone of the calendars (default: UTC).")
  var timeZone: String?
  @Option(help: "Currency of costs, by its ISO 4217 code (default: XXX, no currency).")
  var currency: String?

  var isGiven: Bool { cases != nil || start != nil || timeZone != nil || currency != nil }

  var options: ScenarioImportOptions {
    var options = ScenarioImportOptions(bpmn: "")
    if let cases { options.cases = cases }
    if let start { options.start = start }
    if let timeZone { options.timeZone = timeZone }
    if let currency { options.currency = currency }
    return options
  }
}
