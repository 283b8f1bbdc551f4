public import Facts
public import Inventory
public import ProcessModel

/// What the inventory leaves open when a scenario is made of it.
public struct InitialScenarioOptions: Sendable, Hashable {
  /// Day 0, such as `2026-01-05`; the default is a Monday, so that week one is a whole week.
  public var start: String
  /// IANA name of the time zone of the calendars.
  public var timeZone: String

  /// Creates options.
  public init(start: String = "2026-01-05", timeZone: String = "UTC") {
    self.start = start
    self.timeZone = timeZone
  }
}

/// How a scenario names its process: by the inventory that holds it, or by its BPMN file alone.
public struct ProcessReference: Sendable {
  /// Whether `path` is an inventory; else it is a BPMN file.
  public var isInventory: Bool
  /// Path from the scenario's folder.
  public var path: String
  /// What is read from there.
  public var estate: Estate

  /// Creates a reference.
  public init(isInventory: Bool, path: String, estate: Estate) {
    self.isInventory = isInventory
    self.path = path
    self.estate = estate
  }
}

/// A process of the inventory of which a scenario is to be made.
public struct ProcessOfEstate: Sendable, Hashable {
  /// The flow.
  public var process: BusinessProcess
  /// Name of the system that carries it.
  public var system: String
  /// What each activity of a flow that was made of the inventory's steps stands for, by its id; empty for
  /// a BPMN process.
  public var stretches: [String: Stretch]
  /// What should be known of a flow that was made.
  public var remarks: [String]

  /// Creates a process.
  public init(
    process: BusinessProcess, system: String, stretches: [String: Stretch] = [:],
    remarks: [String] = []
  ) {
    self.process = process
    self.system = system
    self.stretches = stretches
    self.remarks = remarks
  }

  /// An activity that stands for steps of the inventory.
  public struct Stretch: Sendable, Hashable {
    /// The system whose run it is; `nil` for people.
    public var system: String?
    /// The team, where the inventory knows it.
    public var team: String?
    /// Where its first step stands.
    public var evidence: Evidence

    /// Creates a stretch.
    public init(system: String?, team: String? = nil, evidence: Evidence) {
      self.system = system
      self.team = team
      self.evidence = evidence
    }
  }
}

/// A scenario that was made of the inventory.
public struct InitialScenario: Sendable {
  /// The scenario file.
  public var text: String
  /// The scenario, as it is read back.
  public var scenario: Scenario
}

/// Makes a scenario of a process of the inventory, that compiles and can be run at once.
///
/// Every value says how it is known. What the inventory does not know is a placeholder, marked as
/// assumed; teams and robots get as many people and runners as leave one fifth of their time free at
/// these values, so that the first run shows the process and not a shortage that nobody measured.
/// - Parameters:
///   - process: the process; `processOfEstate` finds it.
///   - estate: the whole inventory.
///   - reference: how the scenario names the process.
///   - path: the scenario file, as shown in messages.
/// - Throws: `ScenarioErrors` where the process cannot be simulated.
public func initialScenario(
  of process: ProcessOfEstate, in estate: Estate, reference: ProcessReference,
  options: InitialScenarioOptions = InitialScenarioOptions(), path: String
) throws(ScenarioErrors) -> InitialScenario {
  var draft = try EstateDraft(process, in: estate, reference: reference, options: options)
  var made = try draft.readBack(path: path)
  draft.size(by: try compile(made))
  made = try draft.readBack(path: path)
  return InitialScenario(text: draft.text, scenario: made)
}

extension EstateDraft {
  fileprivate func readBack(path: String) throws(ScenarioErrors) -> Scenario {
    let estate = reference.estate
    return try readScenario(Array(text.utf8), path: path) { _ in estate }
  }
}
