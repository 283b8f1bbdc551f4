import ArgumentParser
import Foundation
import Reporting
import Workbench

/// How a sweep prints its results, and which reports it writes.
struct SweepOutput: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, html, markdown }

  @Option(help: "How to print the results.")
  var format = Format.text
  @OptionGroup var outputs: ReportOptions

  /// The places of reports, checked before long work begins.
  var places: ReportOutputs {
    get throws { try outputs.places }
  }

  /// Reads a scenario, asks a question of it, and writes and prints the answer.
  ///
  /// - Parameters:
  ///   - title: what the bar of progress says.
  ///   - ask: the work, told how to report how far it has come.
  ///   - document: makes the report of the answer.
  ///   - text: the answer for a terminal.
  func carryOut<Answer: Encodable & Sendable>(
    _ title: String, on scenario: String,
    ask: (LoadedScenario, @escaping @Sendable (_ done: Double, _ total: Int) -> Void) async throws
      -> Answer,
    document: (Answer, SweepFrame) -> ReportDocument, text: (Answer, TextStyle) -> String
  ) async throws {
    let file = try readScenarioFile(scenario)
    // Whatever cannot be written is refused before long work begins.
    _ = try places
    let bar = ProgressBar(title, unit: "rehearsals")
    let answer = try await ask(file) { bar.show($0, of: $1) }
    bar.clear()
    let frame = sweepFrame(of: file, scenarioPath: scenario, command: typedCommand())
    try await deliver(answer, document: { document(answer, frame) }, text: { text(answer, $0) })
  }

  /// Writes the reports of a result and prints it.
  ///
  /// - Parameters:
  ///   - result: what its JSON holds.
  ///   - document: makes its report.
  ///   - text: the result for a terminal.
  func deliver(
    _ result: some Encodable & Sendable, document: () -> ReportDocument,
    text: (TextStyle) -> String
  ) async throws {
    let places = try places
    for note in try await write(result, to: places, document: document) { Terminal.note(note) }
    switch format {
    case .json: Terminal.result(try jsonText(result))
    case .text: Terminal.result(text(Terminal.style))
    case .markdown: Terminal.result(styled(places) { reportMarkdown(document()) })
    case .html: Terminal.result(try styled(places) { try printedPage(document()) })
    }
    if let sentence = outputs.sentence { Terminal.note(sentence) }
  }

  private func styled<Text>(_ places: ReportOutputs, _ make: () throws -> Text) rethrows -> Text {
    try NumberStyle.$current.withValue(places.style) { try make() }
  }
}

/// What was typed, without what cannot change the results.
func typedCommand() -> String {
  let idle: Set<String> = ["--threads", "--max-time", "--max-events", "--max-cases-inside"]
  var words = ["rehearse"]
  var isValue = false
  for word in CommandLine.arguments.dropFirst() {
    if isValue {
      isValue = false
    } else if idle.contains(word) {
      isValue = true
    } else if !idle.contains(where: { word.hasPrefix($0 + "=") }) {
      words.append(word)
    }
  }
  return shellText(words)
}
