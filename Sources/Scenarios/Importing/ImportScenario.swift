internal import DocumentReading
internal import Facts
public import ProcessModel

/// Formats of other simulators from which a scenario can be made.
public enum ScenarioFormat: String, Sendable, Hashable, CaseIterable {
  /// Prosimos and Simod: a BPMN file, and a JSON file with everything else.
  case prosimos
  /// BPSim 1.0 and 2.0, in a BPMN file or beside it.
  case bpsim
  /// QBP, the format of BIMP and of Apromore's simulator, in a BPMN file.
  case qbp
  /// Scylla: a simulation configuration and a global configuration beside a BPMN file.
  case scylla
}

/// What files of another simulator leave open.
public struct ScenarioImportOptions: Sendable, Hashable {
  /// How many cases are simulated; `nil` for what the files say, else `defaultCases`.
  public var cases: Int?
  /// Day 0, such as `2026-01-05`; `nil` for what the files say, else `defaultStart`.
  public var start: String?
  /// IANA name of the time zone of the calendars; `nil` for what the files say, else UTC.
  public var timeZone: String?
  /// ISO 4217 code of the currency of costs; `nil` for what the files say, else `noCurrency`.
  public var currency: String?
  /// Time between cases, as a scenario writes it, for files that do not say how cases arrive.
  public var between: String?
  /// Id or name of the scenario, where the files hold several.
  public var scenario: String?
  /// Title; `nil` for the name of the process.
  public var title: String?
  /// The BPMN file as the scenario is to name it: from the scenario's folder.
  public var bpmn: String
  /// Replications of the experiment.
  public var replications: Int

  /// A Monday, so that week one is a whole week.
  public static let defaultStart = "2026-01-05"
  /// Cases where nothing says how many.
  public static let defaultCases = 1000
  /// What ISO 4217 has for no currency.
  public static let noCurrency = "XXX"

  /// Creates options.
  public init(
    bpmn: String, cases: Int? = nil, start: String? = nil, timeZone: String? = nil,
    currency: String? = nil, between: String? = nil, scenario: String? = nil, title: String? = nil,
    replications: Int = 20
  ) {
    self.bpmn = bpmn
    self.cases = cases
    self.start = start
    self.timeZone = timeZone
    self.currency = currency
    self.between = between
    self.scenario = scenario
    self.title = title
    self.replications = replications
  }

  /// What is wrong with them.
  var problems: [String] {
    var problems: [String] = []
    if let start, CivilDate(start) == nil {
      problems.append("the start '\(shown(start))' is no date such as 2026-01-05")
    }
    if let cases, cases < 1 {
      problems.append("at least 1 case must be simulated, not \(cases)")
    }
    if let currency,
      currency.count != 3 || !currency.allSatisfy({ $0.isASCII && $0.isUppercase })
    {
      problems.append("the currency '\(shown(currency))' is no ISO 4217 code such as EUR")
    }
    if let between {
      do {
        _ = try parseDistribution(between, clock: .calendar, workingDay: 28_800)
      } catch {
        problems.append("the time between cases '\(shown(between))': \(error.message)")
      }
    }
    return problems
  }
}

/// A file beside the parameters, with its path as shown to people.
public struct ParameterFile: Sendable, Hashable {
  /// What is in it.
  public var bytes: [UInt8]
  /// Its path.
  public var path: String

  /// Creates a file.
  public init(bytes: [UInt8], path: String) {
    self.bytes = bytes
    self.path = path
  }
}

/// A scenario made of another simulator's file.
public struct ImportedScenario: Sendable, Hashable {
  /// The scenario file.
  public var text: String
  /// What should be known about it: what was left out, and why that changes nothing.
  public var notes: [ScenarioProblem]
}

/// Makes a scenario of another simulator's files, recognised by their content.
///
/// - Parameters:
///   - bytes: the file of parameters; a BPMN file where it holds them itself.
///   - path: its path as shown to people, also in the scenario.
///   - global: Scylla's global configuration.
///   - process: the process that they speak of.
/// - Throws: `ScenarioErrors` with everything in the files that a scenario cannot say; nothing is left out
///   in silence.
public func importScenario(
  _ bytes: [UInt8], path: String, global: ParameterFile? = nil, process: BusinessProcess,
  options: ScenarioImportOptions
) throws(ScenarioErrors) -> ImportedScenario {
  let parameters = try readParameters(bytes, path: path)
  let whole = SourceLocation(path: path)
  if let global, parameters.format != .scylla {
    throw ScenarioErrors([
      ScenarioProblem(
        "a global configuration belongs to Scylla's simulation configuration only; leave it out",
        at: SourceLocation(path: global.path))
    ])
  }
  let model: ImportedModel?
  let (errors, notes): ([ScenarioProblem], [ScenarioProblem])
  switch parameters {
  case .json(let document):
    var reading = ProsimosReading(process: process, path: path, options: options)
    model = reading.read(document)
    (errors, notes) = (reading.errors, reading.notes)
  case .xml(let root, let format):
    var reading = ElementReading(process: process, path: path, options: options)
    switch format {
    case .qbp: model = reading.readQBP(root)
    case .scylla: model = reading.readScylla(root, global: global)
    default: model = reading.readBPSim(root)
    }
    (errors, notes) = (reading.errors, reading.notes)
  }
  guard let model, errors.isEmpty else {
    throw ScenarioErrors(
      errors.isEmpty ? [ScenarioProblem("nothing could be read of it", at: whole)] : errors)
  }
  return ImportedScenario(
    text: model.scenarioText(process: process, path: path, options: options),
    notes: inOrder(notes))
}

/// A file of parameters, parsed.
private enum Parameters {
  case json(DataNode)
  case xml(XMLElement, ScenarioFormat)

  var format: ScenarioFormat {
    switch self {
    case .json: .prosimos
    case .xml(_, let format): format
    }
  }
}

/// Says what is wrong with a file of another simulator as such, before its process is looked for.
///
/// - Throws: `ScenarioErrors` where it is none that is known.
public func checkParameters(_ bytes: [UInt8], path: String) throws(ScenarioErrors) {
  _ = try readParameters(bytes, path: path)
}

private func readParameters(
  _ bytes: [UInt8], path: String
) throws(ScenarioErrors) -> Parameters {
  let whole = SourceLocation(path: path)
  do {
    let first = bytes.first { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
    if first == UInt8(ascii: "<") || xmlRootName(bytes) != nil {
      let root = try parseXML(bytes, path: path)
      guard let format = scenarioFormat(of: root) else {
        throw ScenarioErrors([ScenarioProblem(unknownXML(root), at: root.location)])
      }
      return .xml(root, format)
    }
    if first != UInt8(ascii: "{"), isSimodConfiguration(bytes, path: path) {
      throw ScenarioErrors([
        ScenarioProblem(
          "this is Simod's configuration: it says how to find a model in an event log, and holds "
            + "none; run Simod and import the JSON file that it writes, or calibrate with the log",
          at: whole)
      ])
    }
    let document = try parseJSON(bytes, path: path, limits: parameterLimits)
    guard document.object != nil, prosimosMarks.contains(where: { document[$0] != nil }) else {
      throw ScenarioErrors([
        ScenarioProblem(
          "this is no file of parameters that is known; expected Prosimos' JSON, with "
            + "\(prosimosMarks.joined(separator: ", ")) at its top, or XML of BPSim, QBP or Scylla",
          at: document.location)
      ])
    }
    return .json(document)
  } catch let error as ScenarioErrors {
    throw error
  } catch let error as DocumentError {
    throw ScenarioErrors([ScenarioProblem(error.message, at: error.location)])
  } catch {
    throw ScenarioErrors([ScenarioProblem("\(error)", at: whole)])
  }
}

/// The format of the parameters in an XML document; `nil` where there are none.
func scenarioFormat(of root: XMLElement) -> ScenarioFormat? {
  if isScylla(root) { return .scylla }
  if !bpsimData(of: root).isEmpty { return .bpsim }
  if qbpInformation(of: root) != nil { return .qbp }
  return nil
}

/// Whether a file of parameters is a BPMN file that holds them itself.
public func holdsItsProcess(_ bytes: [UInt8]) -> Bool {
  guard let root = xmlRootName(bytes) else { return false }
  return root.name == "definitions" && root.namespace?.contains("/BPMN/") == true
}

private func unknownXML(_ root: XMLElement) -> String {
  if root.name == "globalConfiguration" {
    return
      "this is Scylla's global configuration; name the simulation configuration, and this file with "
      + "--global"
  }
  return
    "there are no simulation parameters in it that are known: no BPSimData of BPSim, no "
    + "processSimulationInfo of QBP, and no simulationConfiguration of Scylla"
}

private func isSimodConfiguration(_ bytes: [UInt8], path: String) -> Bool {
  guard let document = try? parseYAML(bytes, path: path, limits: parameterLimits) else {
    return false
  }
  return document["version"] != nil && document["common"]?.object != nil
    && (document["control_flow"] != nil || document["resource_model"] != nil
      || document["preprocessing"] != nil)
}

/// The last part of a path.
func lastComponent(of path: String) -> String {
  path.split(separator: "/").last.map(String.init) ?? path
}

/// Sections by which Prosimos' file is told from any other JSON.
private let prosimosMarks = [
  "resource_profiles", "task_resource_distribution", "gateway_branching_probabilities",
]

/// Bounds on a file of parameters: Simod writes one distribution for each task and person.
private let parameterLimits = DocumentLimits(bytes: 64 << 20, depth: 32, nodes: 2_000_000)
