internal import DocumentReading
internal import Facts
public import ProcessModel

/// Formats of other simulators from which a scenario can be made.
public enum ScenarioFormat: String, Sendable, Hashable, CaseIterable {
  /// Prosimos and Simod: a BPMN file, and a JSON file with everything else.
  case prosimos
}

/// What a file of another simulator leaves open.
public struct ScenarioImportOptions: Sendable, Hashable {
  /// How many cases are simulated.
  public var cases: Int
  /// Day 0, such as `2026-01-05`.
  public var start: String
  /// IANA name of the time zone of the calendars.
  public var timeZone: String
  /// ISO 4217 code of the currency of costs; `XXX`, no currency, where it is not known.
  public var currency: String
  /// Title; `nil` for the name of the process.
  public var title: String?
  /// The BPMN file as the scenario is to name it: from the scenario's folder.
  public var bpmn: String
  /// Replications of the experiment.
  public var replications: Int

  /// Creates options.
  ///
  /// The default start is a Monday, so that week one is a whole week.
  public init(
    bpmn: String, cases: Int = 1000, start: String = "2026-01-05", timeZone: String = "UTC",
    currency: String = "XXX", title: String? = nil, replications: Int = 20
  ) {
    self.bpmn = bpmn
    self.cases = cases
    self.start = start
    self.timeZone = timeZone
    self.currency = currency
    self.title = title
    self.replications = replications
  }
}

/// A scenario made of another simulator's file.
public struct ImportedScenario: Sendable, Hashable {
  /// The scenario file.
  public var text: String
  /// What should be known about it: what was left out, and why that changes nothing.
  public var notes: [ScenarioProblem]
}

/// Makes a scenario of another simulator's file.
///
/// - Parameters:
///   - bytes: the file of parameters.
///   - path: its path as shown to people, also in the scenario.
///   - process: the process that it speaks of.
/// - Throws: `ScenarioErrors` with everything in the file that a scenario cannot say; nothing is left out
///   in silence.
public func importScenario(
  _ bytes: [UInt8], path: String, process: BusinessProcess, options: ScenarioImportOptions
) throws(ScenarioErrors) -> ImportedScenario {
  let document: DataNode
  do {
    document = try parseJSON(bytes, path: path, limits: parameterLimits)
  } catch {
    throw ScenarioErrors([ScenarioProblem(error.message, at: error.location)])
  }
  guard recognise(document) == .prosimos else {
    throw ScenarioErrors([
      ScenarioProblem(
        "this is no file of parameters that is known; expected Prosimos' JSON, with "
          + "\(prosimosMarks.joined(separator: ", ")) at its top", at: document.location)
    ])
  }
  var reading = ProsimosReading(process: process, path: path, options: options)
  let model = reading.read(document)
  guard let model, reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
  return ImportedScenario(
    text: model.scenarioText(process: process, path: path, options: options),
    notes: inOrder(reading.notes))
}

/// The format of a document; `nil` for none that is known.
func recognise(_ document: DataNode) -> ScenarioFormat? {
  guard document.object != nil else { return nil }
  return prosimosMarks.contains { document[$0] != nil } ? .prosimos : nil
}

/// Sections by which Prosimos' file is told from any other JSON.
private let prosimosMarks = [
  "resource_profiles", "task_resource_distribution", "gateway_branching_probabilities",
]

/// Bounds on a file of parameters: Simod writes one distribution for each task and person.
private let parameterLimits = DocumentLimits(bytes: 64 << 20, depth: 32, nodes: 2_000_000)
