public import Auditing
public import Experiments
public import IntegrationGraph
public import Scenarios

/// Everything a report of a comparison shows, as a value.
public struct StudyReport: Sendable, Codable {
  /// Title of the scenario.
  public var title: String
  /// The question the scenario asks; `nil` where it asks none.
  public var question: String?
  /// What the comparison found.
  public var study: StudyResult
  /// What the scenario says beside its numbers.
  public var scenario: ScenarioFacts
  /// Every value the study ran with, in order of reading.
  public var parameters: [ParameterRecord]
  /// The gravest findings of the audit of the estate, worst first; empty where none was audited.
  public var findings: [Finding]
  /// Number of findings in all; more than `findings` where only the gravest are shown.
  public var findingCount: Int
  /// The map of the estate, as `renderSVG` returns it; `nil` for none.
  public var map: String?
  /// What the signs of the map mean; `nil` to show no legend.
  public var mapLegend: MapLegend?
  /// Remarks of the run that a reader should know, one sentence each.
  public var notes: [String]
  /// What single values do to the variant advised; `nil` where none was tried.
  public var tornado: TornadoResult?
  /// How the result hangs on what the scenario calls uncertain; `nil` where it calls nothing so.
  public var ignorance: UncertaintyResult?
  /// Where the report comes from.
  public var provenance: ReportProvenance

  /// Creates a report.
  public init(
    title: String, question: String? = nil, study: StudyResult, scenario: ScenarioFacts,
    parameters: [ParameterRecord], findings: [Finding] = [], findingCount: Int? = nil,
    map: String? = nil, mapLegend: MapLegend? = nil, notes: [String] = [],
    provenance: ReportProvenance
  ) {
    self.title = title
    self.question = question
    self.study = study
    self.scenario = scenario
    self.parameters = parameters
    self.findings = findings
    self.findingCount = findingCount ?? findings.count
    self.map = map
    self.mapLegend = mapLegend
    self.notes = notes
    self.provenance = provenance
  }
}

/// What a scenario says beside its numbers; words are shown as they are.
public struct ScenarioFacts: Sendable, Hashable, Codable {
  /// Day 0, such as `2026-01-05`.
  public var startDate: String
  /// IANA name of the time zone.
  public var timeZone: String
  /// Arrivals in words, such as `100 per working day, Poisson`.
  public var demand: String
  /// The process cases walk, by name or id; `nil` where it has none.
  public var process: String?
  /// What runs before day 0, in words, such as `as-is for 8 weeks`; `nil` for an empty start.
  public var startState: String?
  /// Date of each working day of the horizon, such as `2026-01-05`; empty where not known.
  public var workingDays: [String]
  /// Kind of each automation, such as `agent`; automations not named here have no known kind.
  public var automationKinds: [AutomationKind]
  /// Which remarks on the brief concern the scenario; see `BriefRemark`.
  public var topics: Set<BriefRemark.Topic> {
    get { Set(topicList) }
    set { topicList = newValue.sorted { $0.rawValue < $1.rawValue } }
  }

  /// The topics in one order, so that the same facts are kept as the same bytes.
  private var topicList: [BriefRemark.Topic]

  /// An automation and its kind.
  public struct AutomationKind: Sendable, Hashable, Codable {
    /// Name, as in `AutomationResult`.
    public var name: String
    /// Kind: `rpa`, `rules`, `workflow`, `agent`, `script` or `orchestrator`.
    public var kind: String

    /// Creates a pair.
    public init(name: String, kind: String) {
      self.name = name
      self.kind = kind
    }
  }

  /// Creates facts.
  public init(
    startDate: String, timeZone: String, demand: String, process: String? = nil,
    startState: String? = nil, workingDays: [String] = [], automationKinds: [AutomationKind] = [],
    topics: Set<BriefRemark.Topic> = [.always]
  ) {
    self.startDate = startDate
    self.timeZone = timeZone
    self.demand = demand
    self.process = process
    self.startState = startState
    self.workingDays = workingDays
    self.automationKinds = automationKinds
    topicList = topics.sorted { $0.rawValue < $1.rawValue }
  }
}

/// Where a report comes from: what it takes to get the same bytes again.
public struct ReportProvenance: Sendable, Hashable, Codable {
  /// Version of the program.
  public var programVersion: String
  /// Path of the scenario as shown to people.
  public var scenarioPath: String
  /// SHA-256 of the scenario file, lower-case hexadecimal.
  public var scenarioDigest: String
  /// The command that makes the report again.
  public var command: String
  /// What path and digest are of: `scenario`, or `records` where a report rests on these.
  public var subject = "scenario"

  private enum CodingKeys: CodingKey {
    case programVersion, scenarioPath, scenarioDigest, command
  }

  /// Creates provenance.
  public init(
    programVersion: String, scenarioPath: String, scenarioDigest: String, command: String,
    subject: String = "scenario"
  ) {
    self.programVersion = programVersion
    self.scenarioPath = scenarioPath
    self.scenarioDigest = scenarioDigest
    self.command = command
    self.subject = subject
  }
}
