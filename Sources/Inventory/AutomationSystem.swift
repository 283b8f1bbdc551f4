public import Facts

/// One automation of the estate, with everything that any file says about it.
public struct AutomationSystem: Hashable, Sendable, Codable {
  /// Name under which it is shown; `nameKey` of it identifies it within the estate.
  public var name: String
  /// Other names it goes by: package ids, display names, GUIDs.
  public var aliases: [String]
  /// What kind of technology it is.
  public var kind: Field<SystemKind>
  /// Product or platform, such as `UiPath` or `Camunda 8`: the audit field *technology*.
  public var technology: Field<String>
  /// What it does: the audit field *purpose*.
  public var purpose: Field<String>
  /// Accountable person: the audit field *owner*.
  public var owner: Field<String>
  /// Who made it, as the file says (a creator is not an accountable person).
  public var creator: Field<String>
  /// Team it belongs to.
  public var team: Field<String>
  /// How often it fails, as a share of its runs: the audit field *failure frequency*.
  public var failureRate: Field<Probability>
  /// How often it runs: the audit field *volume*.
  public var volume: Field<Frequency>
  /// How long one run takes on average, from start to end.
  public var runTime: Field<TimeSpan>
  /// Whether and where people step in, in words: the audit field *human involvement*.
  public var humanInvolvement: Field<String>
  /// What it integrates with, where a register says so in words; `none` is an answer too.
  public var integrations: Field<String>
  /// Where it is in its life.
  public var status: Field<LifecycleStatus>
  /// How much depends on it.
  public var criticality: Field<Criticality>
  /// Language models it uses.
  public var models: [String]
  /// Version, as the file says.
  public var version: Field<String>
  /// Every place that speaks of it.
  public var sources: [Evidence]
  /// What its file cannot tell, one sentence each ("tools are wired in Python, which is not read").
  public var unknowns: [String]
  /// What in its definition says that it was made to show or test something.
  public var exampleSigns: [ExampleSign]

  /// Creates a system of which only the name and one source are known.
  public init(name: String, source: Evidence) {
    self.name = name
    aliases = []
    kind = Field()
    technology = Field()
    purpose = Field()
    owner = Field()
    creator = Field()
    team = Field()
    failureRate = Field()
    volume = Field()
    runTime = Field()
    humanInvolvement = Field()
    integrations = Field()
    status = Field()
    criticality = Field()
    models = []
    version = Field()
    sources = [source]
    unknowns = []
    exampleSigns = []
  }

  /// `nameKey` of the name.
  public var key: String { nameKey(name) }
}

/// Technology families of automations.
public enum SystemKind: String, Hashable, Sendable, Codable, CaseIterable {
  /// Robotic process automation: drives user interfaces.
  case rpa
  /// Rules engine or decision service.
  case rules
  /// Workflow or integration flow.
  case workflow
  /// AI agent.
  case agent
  /// Script or one-off integration.
  case script
  /// Orchestration layer or supervisor.
  case orchestrator
}

/// Where an automation is in its life.
public enum LifecycleStatus: String, Hashable, Sendable, Codable, CaseIterable {
  /// Being built or proposed.
  case development
  /// In a pilot.
  case pilot
  /// In production.
  case production
  /// Switched off, not removed.
  case disabled
  /// Taken out of service.
  case retired
}

/// How much depends on a system.
public enum Criticality: String, Hashable, Sendable, Codable, CaseIterable {
  /// Business stops without it.
  case missionCritical = "mission-critical"
  /// Many feel its absence.
  case high
  /// Some feel its absence.
  case medium
  /// Few feel its absence.
  case low
}
