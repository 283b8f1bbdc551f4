import Experiments
import Foundation
import Reporting
import Scenarios
import Simulation
import Synchronization
import Workbench

/// Answers at once, from a few replications, what a scenario shows with other values.
///
/// One preview runs at a time; a newer one stops the one before it, whose answer nobody waits for any
/// more. Nothing of a preview is kept.
final class PreviewDesk: Sendable {
  /// What runs; stopped by what comes after it.
  private let running = Mutex<RunControl?>(nil)

  /// Longest time that a preview computes.
  private let time: Duration
  /// Most replications of each variant.
  static let replications = 12

  /// Creates a desk.
  ///
  /// - Parameter time: longest time that a preview computes.
  init(time: Duration) { self.time = time }

  /// Runs a scenario with changes for a short time.
  ///
  /// - Throws: `WorkbenchError` where the changes cannot be run, or where not even two replications of
  ///   each variant were done in time.
  func preview(
    _ loaded: LoadedScenario, changes: [(path: String, value: String)]
  ) async throws -> StudyResult {
    let options = StudyOptions(
      replications: Self.replications, threads: StudyThreads.count, changes: changes,
      limits: StudyLimits(time: time))
    let compared = try await withTaskExecutorPreference(StudyThreads.ofPreviews) {
      try await Workbench.compare(
        loaded, options: options, stopping: { control in begin(control) })
    }
    return compared.study
  }

  private func begin(_ control: RunControl) {
    let before = running.withLock { running -> RunControl? in
      defer { running = control }
      return running
    }
    before?.stop(.interrupted)
  }
}

/// A value of a scenario that can be tried with a slider.
struct Slider: Sendable, Hashable, Encodable {
  /// Dotted path of the key.
  var path: String
  /// What it means.
  var summary: String
  /// The value as it is.
  var value: Double
  /// Lowest value offered.
  var low: Double
  /// Highest value offered.
  var high: Double
  /// Distance of values.
  var step: Double
  /// What stands behind the number, such as ` per working day`.
  var suffix: String

  /// The slider's ends as a range of the tornado.
  var range: String { "\(path)=\(Self.text(low))\(suffix)..\(Self.text(high))\(suffix)" }

  /// A number as it stands in a scenario.
  static func text(_ number: Double) -> String {
    number == number.rounded()
      ? "\(Int(number))" : numberText(number, decimals: 3).replacing(",", with: "")
  }

  /// The sliders of a scenario: those inputs of its sweep and its uncertain values, then people of the
  /// teams watched, then arrivals; three at most.
  ///
  /// - Parameters:
  ///   - records: every value of the scenario.
  ///   - watched: names of the teams whose exhaustion is watched, in order.
  ///   - named: paths that the scenario itself names as worth varying, in order.
  static func sliders(
    of records: [ParameterRecord], watched: [String], named: [String]
  ) -> [Slider] {
    var byPath: [String: ParameterRecord] = [:]
    for record in records where byPath[record.path] == nil { byPath[record.path] = record }
    let people = watched.map { "teams.\($0).people" }
    let wanted = named + people + ["demand.arrivals.rate", "demand.arrivals.volume"]
    var found: [Slider] = []
    for path in wanted where !found.contains(where: { $0.path == path }) {
      guard found.count < 3 else { break }
      if let slider = byPath[path].flatMap(Slider.init) { found.append(slider) }
    }
    return found
  }

  /// The sliders of a scenario.
  static func sliders(of sheet: ExplanationDocument, _ scenario: Scenario) -> [Slider] {
    sliders(
      of: sheet.parameters.map(\.record), watched: scenario.exhaustion.watch,
      named: scenario.sweep.flatMap(\.paths) + scenario.uncertain.flatMap(\.paths))
  }

  /// The slider of a value that begins with a number.
  init?(_ record: ParameterRecord) {
    let digits = record.text.prefix { $0.isNumber || $0 == "." }
    guard let number = Double(digits), number > 0, let key = ScenarioKey.at(path: record.path)
    else { return nil }
    suffix = String(record.text.dropFirst(digits.count))
    // Where more numbers follow, it is a distribution, and one slider would not say what it moves.
    guard !suffix.contains(where: \.isNumber) else { return nil }
    path = record.path
    summary = key.summary
    value = number
    let isShare = suffix.contains("%")
    let isWhole = number == number.rounded() && !isShare
    step = isWhole ? max(1, (number / 20).rounded(.down)) : number / 20
    low = isWhole ? max(1, (number / 2).rounded(.down)) : number / 2
    high = isShare ? min(100, number * 2) : number * 2
  }
}
