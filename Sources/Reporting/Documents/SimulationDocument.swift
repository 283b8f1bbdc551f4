public import Experiments
public import Scenarios

/// What `rehearse simulate --format json` prints; every field is defined in `docs/reference/outputs.md`.
public struct SimulationDocument: Encodable, Sendable {
  private let title: String
  private let question: String?
  private let result: SimulationResult
  private let parameters: [ParameterRecord]
  private let notes: [String]
  private let workingDays: [String]
  private let provenance: ReportProvenance

  /// The document of a simulation.
  ///
  /// - Parameters:
  ///   - scenario: what was simulated.
  ///   - notes: what should be known beside the figures.
  public init(
    _ result: SimulationResult, scenario: CompiledScenario, notes: [String],
    provenance: ReportProvenance
  ) {
    title = scenario.title
    question = scenario.question
    self.result = result
    parameters = scenario.parameters
    self.notes = notes
    workingDays = scenario.workingDates.map(\.description)
    self.provenance = provenance
  }

  /// The variant's results stand under `variant`, as `compare` has them.
  public func encode(to encoder: any Encoder) throws {
    try ResultWithVariant(result: result).encode(to: encoder)
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(title, forKey: TextKey("title"))
    try container.encodeIfPresent(question, forKey: TextKey("question"))
    try container.encode(parameters, forKey: TextKey("parameters"))
    try container.encode(notes, forKey: TextKey("notes"))
    let days = result.variant.exhaustion.byDay.count
    try container.encode(Array(workingDays.prefix(days)), forKey: TextKey("workingDays"))
    var nested = container.nestedContainer(keyedBy: TextKey.self, forKey: TextKey("provenance"))
    try nested.encode(provenance.programVersion, forKey: TextKey("programVersion"))
    try nested.encode(provenance.scenarioPath, forKey: TextKey("scenarioPath"))
    try nested.encode(provenance.scenarioDigest, forKey: TextKey("scenarioDigest"))
    try nested.encode(provenance.command, forKey: TextKey("command"))
  }
}

/// A simulation's result with its variant as it stands in a comparison.
private struct ResultWithVariant: Encodable {
  let result: SimulationResult

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(result.seed, forKey: TextKey("seed"))
    try container.encode(result.replications, forKey: TextKey("replications"))
    try container.encodeIfPresent(result.interruption, forKey: TextKey("interruption"))
    try container.encode(result.level, forKey: TextKey("level"))
    try container.encode(result.currency, forKey: TextKey("currency"))
    try container.encodeIfPresent(result.caseLimit, forKey: TextKey("caseLimit"))
    try container.encode(result.weeks, forKey: TextKey("weeks"))
    try container.encodeIfPresent(result.followUpHours, forKey: TextKey("followUpHours"))
    try container.encode(result.daysPerSample, forKey: TextKey("daysPerSample"))
    try container.encode(result.weeksPerCohort, forKey: TextKey("weeksPerCohort"))
    try container.encode(result.cases, forKey: TextKey("cases"))
    try container.encode(result.work, forKey: TextKey("work"))
    try container.encode(result.teams, forKey: TextKey("teams"))
    try container.encodeIfPresent(result.overload, forKey: TextKey("overload"))
    try container.encode(result.variant.name, forKey: TextKey("name"))
    try container.encode(VariantDocument(variant: result.variant), forKey: TextKey("variant"))
    try container.encode(result.events, forKey: TextKey("events"))
  }
}
