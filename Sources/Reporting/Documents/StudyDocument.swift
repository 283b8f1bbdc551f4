public import Experiments

/// What `rehearse compare --format json` prints; every field is defined in `docs/reference/outputs.md`.
public struct StudyDocument: Encodable, Sendable {
  private let study: StudyResult
  private let report: StudyReport?

  /// The document of a study alone.
  public init(_ study: StudyResult) {
    self.study = study
    report = nil
  }

  /// The document of a report: the study, and with it title, parameters and provenance.
  public init(_ report: StudyReport) {
    study = report.study
    self.report = report
  }

  /// The variants stand under their names; their order is in `order`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encodeIfPresent(report?.title, forKey: .title)
    try container.encodeIfPresent(report?.question, forKey: .question)
    try container.encode(study.seed, forKey: .seed)
    try container.encode(study.replications, forKey: .replications)
    try container.encode(study.level, forKey: .level)
    try container.encode(study.currency, forKey: .currency)
    try container.encode(study.baseline, forKey: .baseline)
    try container.encode(study.horizonDays, forKey: .horizonDays)
    try container.encode(study.horizonWeeks, forKey: .horizonWeeks)
    try container.encode(study.followUpHours, forKey: .followUpHours)
    try container.encode(study.exhaustionRule, forKey: .exhaustionRule)
    try container.encode(study.watchedTeams, forKey: .watchedTeams)
    try container.encode(study.variants.map(\.name), forKey: .order)
    var variants = container.nestedContainer(keyedBy: TextKey.self, forKey: .variants)
    for variant in study.variants {
      try variants.encode(VariantDocument(variant: variant), forKey: TextKey(variant.name))
    }
    try container.encode(study.differences, forKey: .differences)
    try container.encode(study.recommendation, forKey: .recommendation)
    try container.encodeIfPresent(study.costsOverTime, forKey: .costsOverTime)
    try container.encodeIfPresent(study.factorialEffects, forKey: .factorialEffects)
    try container.encodeIfPresent(study.comparisons, forKey: .comparisons)
    try container.encodeIfPresent(study.precision, forKey: .precision)
    try container.encode(study.events, forKey: .events)
    try container.encodeIfPresent(study.interruption, forKey: .interruption)
    guard let report else { return }
    try container.encode(report.scenario.workingDays, forKey: .workingDays)
    try container.encode(report.parameters, forKey: .parameters)
    try container.encode(report.notes, forKey: .notes)
    try container.encodeIfPresent(report.tornado, forKey: .tornado)
    try container.encodeIfPresent(report.ignorance, forKey: .ignorance)
    var provenance = container.nestedContainer(keyedBy: TextKey.self, forKey: .provenance)
    try provenance.encode(report.provenance.programVersion, forKey: TextKey("programVersion"))
    try provenance.encode(report.provenance.scenarioPath, forKey: TextKey("scenarioPath"))
    try provenance.encode(report.provenance.scenarioDigest, forKey: TextKey("scenarioDigest"))
    try provenance.encode(report.provenance.command, forKey: TextKey("command"))
  }

  private enum Key: String, CodingKey {
    case title, question, seed, replications, level, currency, baseline, horizonDays, horizonWeeks
    case followUpHours, exhaustionRule, watchedTeams, order, variants, differences, recommendation
    case costsOverTime, factorialEffects, comparisons, precision, events, workingDays, parameters
    case notes, provenance, interruption, tornado, ignorance
  }
}

/// A variant: its figures stand under their names, everything else as in `VariantResult`.
struct VariantDocument: Encodable {
  let variant: VariantResult

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(variant.title, forKey: .title)
    try container.encode(variant.mix, forKey: .mix)
    try container.encode(variant.orchestrationLevel, forKey: .orchestrationLevel)
    try container.encode(variant.casesArrived, forKey: .casesArrived)
    var figures = container.nestedContainer(keyedBy: TextKey.self, forKey: .figures)
    for figure in variant.figures {
      try figures.encode(
        EstimateDocument(estimate: figure.estimate, unit: figure.unit),
        forKey: TextKey(figure.figure.rawValue))
    }
    try container.encode(variant.exhaustion, forKey: .exhaustion)
    try container.encode(variant.exhaustionByDefinition, forKey: .exhaustionByDefinition)
    try container.encode(variant.costStack, forKey: .costStack)
    try container.encode(variant.teams, forKey: .teams)
    try container.encode(variant.completion, forKey: .completion)
    try container.encode(variant.guardrails, forKey: .guardrails)
    try container.encode(variant.automations, forKey: .automations)
    if !variant.applications.isEmpty {
      try container.encode(variant.applications, forKey: .applications)
    }
    if !variant.downtimes.isEmpty { try container.encode(variant.downtimes, forKey: .downtimes) }
    if !variant.mechanisms.isEmpty {
      try container.encode(variant.mechanisms, forKey: .mechanisms)
    }
    try container.encodeIfPresent(variant.rollout, forKey: .rollout)
    try container.encodeIfPresent(variant.responses, forKey: .responses)
    try container.encodeIfPresent(variant.stuckCases, forKey: .stuckCases)
    try container.encodeIfPresent(variant.missingCases, forKey: .missingCases)
    try container.encodeIfPresent(variant.work, forKey: .work)
  }

  private enum Key: String, CodingKey {
    case title, mix, orchestrationLevel, casesArrived, figures, exhaustion, exhaustionByDefinition
    case costStack, teams, completion, guardrails, automations, applications, downtimes
    case mechanisms, rollout, responses, stuckCases, missingCases, work
  }
}

/// An estimate with its unit.
private struct EstimateDocument: Encodable {
  let estimate: Estimate
  let unit: String

  func encode(to encoder: any Encoder) throws {
    try estimate.encode(to: encoder)
    var container = encoder.container(keyedBy: TextKey.self)
    try container.encode(unit, forKey: TextKey("unit"))
  }
}
