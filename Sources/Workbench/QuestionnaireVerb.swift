public import Auditing
import DocumentReading
public import Facts
import Foundation
import IntegrationGraph
import Inventory

/// A questionnaire with what is known without asking.
public struct QuestionnaireSheet: Sendable {
  /// Which it is.
  public var kind: QuestionnaireKind
  /// The questionnaire with the answers that could be computed; `nil` for readiness.
  public var questionnaire: Questionnaire?
  /// What it says.
  public var tables: [AssessmentTable]
  /// Title; `nil` for the kind's own.
  public var title: String? { questionnaire?.title }
}

/// What answers can be computed of.
public struct QuestionnaireSources: Sendable {
  /// The workspace with the inventory; `nil` to look at none.
  public var workspace: String?
  /// The policy file of the audit; `nil` for the documented defaults.
  public var policy: String?
  /// Layers that were simulated.
  public var uses: [PlatformUse] = []
  /// Day of the audit.
  public var today: CalendarDay?

  /// Sources of nothing.
  public init() {}
}

/// Reads a questionnaire and fills in what can be computed.
///
/// A policy file of the audit is the questionnaire of readiness.
/// - Throws: `WorkbenchError.badInput` with everything that is wrong in the files.
public func questionnaire(
  _ path: String, with sources: QuestionnaireSources
) throws(WorkbenchError) -> QuestionnaireSheet {
  let bytes: [UInt8]
  do { bytes = try DocumentReader.read(file: path, shownAs: path) } catch {
    throw WorkbenchError(error)
  }
  var sources = sources
  if let root = try? parseYAML(bytes, path: path), root["questionnaire"] == nil,
    root["readiness"] != nil
  {
    sources.policy = path
    return try readinessSheet(sources)
  }
  do {
    return sheet(
      of: try readQuestionnaire(bytes, path: path), try audit(of: sources), uses: sources.uses)
  } catch {
    throw WorkbenchError(error)
  }
}

/// The tables of a questionnaire, with what an estate and its audit say.
func questionnaireTables(
  _ path: String, estate: Estate, report: AuditReport
) throws -> [AssessmentTable] {
  let questionnaire = try readQuestionnaire(
    DocumentReader.read(file: path, shownAs: path), path: path)
  let evidence = QuestionnaireEvidence(
    estate: estate, graph: IntegrationGraph(estate), report: report)
  return Auditing.questionnaireTables(questionnaire.filled(evidence), evidence: evidence)
}

/// The questionnaire that was answered in the browser for a workspace; without answers where none was given.
///
/// - Parameter audit: the audit of the workspace; `nil` where nothing was imported.
public func questionnaire(
  _ kind: QuestionnaireKind, ofWorkspace file: String, audit: WorkspaceAudit?
) throws(WorkbenchError) -> QuestionnaireSheet {
  if kind == .readiness {
    guard let audit else {
      var policy = AuditPolicy()
      policy.readiness = try readinessAnswers(ofWorkspace: file)
      return readinessSheet(of: emptyAudit(policy))
    }
    return readinessSheet(of: audit.report)
  }
  return sheet(of: try kept(kind, ofWorkspace: file), audit, uses: [])
}

private func sheet(
  of questionnaire: Questionnaire, _ audit: WorkspaceAudit?, uses: [PlatformUse]
) -> QuestionnaireSheet {
  var evidence = QuestionnaireEvidence()
  if let audit {
    evidence = QuestionnaireEvidence(
      estate: audit.estate, graph: IntegrationGraph(audit.estate), report: audit.report)
  }
  evidence.uses = uses
  let filled = questionnaire.filled(evidence)
  return QuestionnaireSheet(
    kind: questionnaire.kind, questionnaire: filled,
    tables: Auditing.questionnaireTables(filled, evidence: evidence))
}

private func readinessSheet(
  _ sources: QuestionnaireSources
) throws(WorkbenchError) -> QuestionnaireSheet {
  if let found = try audit(of: sources) { return readinessSheet(of: found.report) }
  var policy = AuditPolicy()
  do {
    if let path = sources.policy {
      policy = try readAuditPolicy(DocumentReader.read(file: path, shownAs: path), path: path)
    }
  } catch {
    throw WorkbenchError(error)
  }
  return readinessSheet(of: emptyAudit(policy))
}

private func readinessSheet(of report: AuditReport) -> QuestionnaireSheet {
  QuestionnaireSheet(
    kind: .readiness, questionnaire: nil,
    tables: report.assessments.filter { $0.id == QuestionnaireKind.readiness.rawValue })
}

/// The audit of an estate of which nothing is known, by a policy that may say something.
private func emptyAudit(_ policy: AuditPolicy) -> AuditReport {
  let estate = Estate()
  return Auditing.audit(estate: estate, graph: IntegrationGraph(estate), policy: policy)
}

private func audit(of sources: QuestionnaireSources) throws(WorkbenchError) -> WorkspaceAudit? {
  guard let workspace = sources.workspace else { return nil }
  var request = AuditRequest()
  request.policy = sources.policy
  request.today = sources.today
  return try audit(workspace: workspace, as: request)
}

// MARK: Answers given in the browser

private func kept(
  _ kind: QuestionnaireKind, ofWorkspace file: String
) throws(WorkbenchError) -> Questionnaire {
  let path = WorkspaceFolder(ofWorkspace: file).questionnaire(kind).path
  guard FileManager.default.fileExists(atPath: path) else { return Questionnaire(kind) }
  do {
    return try readQuestionnaire(DocumentReader.read(file: path, shownAs: path), path: path)
  } catch {
    throw WorkbenchError(error)
  }
}

private func keep(
  _ questionnaire: Questionnaire, ofWorkspace file: String
) throws(WorkbenchError) {
  try writeFile(
    questionnaire.fileText.utf8,
    to: WorkspaceFolder(ofWorkspace: file).questionnaire(questionnaire.kind).path,
    option: "--workspace")
}

/// Keeps a platform that is to be looked at.
///
/// - Throws: `WorkbenchError.badInput` where it has no name, or one of the name is there.
public func addPlatform(
  _ title: String, to kind: QuestionnaireKind, ofWorkspace file: String
) throws(WorkbenchError) {
  let title = title.trimmingCharacters(in: .whitespaces)
  guard !title.isEmpty, kind != .readiness else {
    throw .badInput(["the platform has no name; say which it is"])
  }
  var questionnaire = try kept(kind, ofWorkspace: file)
  guard questionnaire.platforms.allSatisfy({ $0.title != title }) else {
    throw .badInput(["there is a platform '\(title)' already"])
  }
  if kind == .scorecard, questionnaire.weights.isEmpty {
    for item in kind.items { questionnaire.weights[item.key] = 1 }
  }
  questionnaire.platforms.append(Questionnaire.Platform(title, title: title))
  try keep(questionnaire, ofWorkspace: file)
}

/// Keeps the weight of a criterion.
///
/// - Throws: `WorkbenchError.badInput` where it is no weight, or all would be 0.
public func weigh(
  _ item: String, as weight: Double, ofWorkspace file: String
) throws(WorkbenchError) {
  var questionnaire = try kept(.scorecard, ofWorkspace: file)
  guard !questionnaire.platforms.isEmpty else {
    throw .badInput(["there is no platform to weigh; add one first"])
  }
  guard questionnaire.kind.items.contains(where: { $0.key == item }), weight >= 0,
    weight <= 1_000_000
  else {
    throw .badInput(["a weight is a number of 0 or more of one of the nine criteria"])
  }
  questionnaire.weights[item] = weight
  guard questionnaire.weights.values.contains(where: { $0 > 0 }) else {
    throw .badInput(["all weights would be 0; give at least one criterion more"])
  }
  try keep(questionnaire, ofWorkspace: file)
}

/// An answer as it is given in the browser.
public struct GivenAnswer: Sendable {
  /// The questionnaire.
  public var kind: QuestionnaireKind
  /// Key of the platform; of no use for readiness.
  public var platform: String
  /// Key of the item.
  public var item: String
  /// A score such as `3` or `2 to 4`; `yes`, `partly` or `no` where no score is asked for.
  public var answer: String
  /// What was shown; empty for nothing.
  public var artefact: String
  /// Why; empty for no reason.
  public var because: String
  /// Who answers.
  public var by: String

  /// Creates an answer.
  public init(
    kind: QuestionnaireKind, platform: String, item: String, answer: String, artefact: String = "",
    because: String = "", by: String
  ) {
    self.kind = kind
    self.platform = platform
    self.item = item
    self.answer = answer
    self.artefact = artefact
    self.because = because
    self.by = by
  }
}

/// Keeps an answer that somebody gives in the browser; the one before gives way.
///
/// - Throws: `WorkbenchError.badInput` where it is no answer, or of nothing that is asked.
public func give(
  _ given: GivenAnswer, on day: CalendarDay, ofWorkspace file: String
) throws(WorkbenchError) {
  func said(_ text: String) -> String? {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    return trimmed.isEmpty ? nil : trimmed
  }
  guard let by = said(given.by) else {
    throw .badInput(["the answer has no name; say who answers"])
  }
  if given.kind == .readiness {
    try giveReadiness(given, by: by, on: day, ofWorkspace: file)
    return
  }
  var questionnaire = try kept(given.kind, ofWorkspace: file)
  guard questionnaire.platforms.contains(where: { $0.key == given.platform }) else {
    throw .badInput(["there is no platform '\(given.platform)'; add it first"])
  }
  guard given.kind.items.contains(where: { $0.key == given.item }) else {
    throw .badInput(["there is no question '\(given.item)'"])
  }
  let score: ClosedRange<Double>
  if given.kind == .vendors {
    guard let level = ReadinessAnswer.Answer(rawValue: given.answer)?.level else {
      throw .badInput(["'\(given.answer)' is no answer; say yes, partly or no"])
    }
    score = (level * Questionnaire.bestScore)...(level * Questionnaire.bestScore)
  } else {
    guard let range = scoreRange(given.answer) else {
      throw .badInput([
        "'\(given.answer)' is no score; say a number from 0 to 5 such as 3, or a range such as 2 to 4"
      ])
    }
    score = range
  }
  questionnaire.give(
    Questionnaire.Answer(
      platform: given.platform, item: given.item, score: score, artefact: said(given.artefact),
      because: said(given.because), by: by, on: day))
  try keep(questionnaire, ofWorkspace: file)
}

// MARK: Readiness

/// Answers to the items of readiness that were given in the browser; none where there are none.
func readinessAnswers(
  ofWorkspace file: String
) throws(WorkbenchError) -> [ReadinessAnswer] {
  let path = WorkspaceFolder(ofWorkspace: file).questionnaire(.readiness).path
  guard FileManager.default.fileExists(atPath: path) else { return [] }
  do {
    return try readAuditPolicy(DocumentReader.read(file: path, shownAs: path), path: path).readiness
  } catch {
    throw WorkbenchError(error)
  }
}

private func giveReadiness(
  _ given: GivenAnswer, by: String, on day: CalendarDay, ofWorkspace file: String
) throws(WorkbenchError) {
  guard let item = ReadinessItem(rawValue: given.item) else {
    throw .badInput(["there is no item '\(given.item)' of readiness"])
  }
  guard let answer = ReadinessAnswer.Answer(rawValue: given.answer) else {
    throw .badInput(["'\(given.answer)' is no answer; say yes, partly or no"])
  }
  var all = try readinessAnswers(ofWorkspace: file).filter { $0.item != item }
  all.append(ReadinessAnswer(item, answer, by: by, on: day, at: SourceLocation(path: "")))
  let entries = all.map {
    (
      $0.item.rawValue,
      ["answer": $0.answer.rawValue, "by": $0.by ?? "", "on": $0.on?.description ?? ""]
    )
  }
  let document = ["readiness": Dictionary(entries, uniquingKeysWith: { first, _ in first })]
  let encoder = JSONEncoder()
  encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
  let bytes: Data
  do { bytes = try encoder.encode(document) } catch { throw WorkbenchError(error) }
  try writeFile(
    bytes, to: WorkspaceFolder(ofWorkspace: file).questionnaire(.readiness).path,
    option: "--workspace")
}
