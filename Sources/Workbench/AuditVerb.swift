public import Auditing
import DocumentReading
public import Facts
import Foundation
import Importing
import IntegrationGraph
public import Inventory
import Workspace

/// What an audit is asked for.
public struct AuditRequest: Sendable {
  /// The policy file; `nil` for the documented defaults.
  public var policy: String?
  /// A scenario whose rollout is held against the mistakes of rollouts; `nil` for that of the policy.
  public var plan: String?
  /// The variant with that rollout; `nil` where only one has any.
  public var planVariant: String?
  /// Results of a study in JSON, whose busiest hours applications must take; `nil` for those of the policy.
  public var study: String?
  /// Checks and assessments to run; empty for all.
  public var checks: [String] = []
  /// An earlier report in JSON to compare with; `nil` for none.
  public var baseline: String?
  /// Day against which waivers are held where the policy names none.
  public var today: CalendarDay?
  /// How people are named.
  public var people = PeopleShown.byName
  /// Questionnaires whose tables stand behind the computed figures.
  public var questionnaires: [String] = []

  /// Creates a request for all checks.
  public init() {}
}

/// An audit of a workspace.
public struct WorkspaceAudit: Sendable {
  /// Everything that was found.
  public var report: AuditReport
  /// The estate that was audited.
  public var estate: Estate
  /// The files that it was read from, with their digests.
  public var documents: [DocumentHead]
}

/// The audit of an estate, with the standard options.
public func auditReport(of estate: Estate, minimumSeverity: Severity?) -> AuditReport {
  var policy = AuditPolicy()
  if let minimumSeverity { policy.options.minimumSeverity = minimumSeverity }
  return audit(estate: estate, graph: IntegrationGraph(estate), policy: policy)
}

/// Audits what a workspace holds, with the waivers of the policy file and those given in the browser.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace, or policy file or earlier report
///   cannot be used.
public func audit(
  workspace file: String, as request: AuditRequest
) throws(WorkbenchError) -> WorkspaceAudit {
  try checkInventory(file)
  do {
    var policy = AuditPolicy()
    if let path = request.policy {
      policy = try readAuditPolicy(
        DocumentReader.read(file: path, shownAs: path), path: path)
    }
    if let path = request.plan {
      policy.plan = try rolloutPlan(ofScenario: path, variant: request.planVariant)
    }
    if let path = request.study {
      policy.load += try readSimulatedLoads(
        DocumentReader.read(file: path, shownAs: path), path: path)
    }
    policy.waivers += try waivers(ofWorkspace: file)
    let answered = Set(policy.readiness.map(\.item))
    policy.readiness += try readinessAnswers(ofWorkspace: file).filter {
      !answered.contains($0.item)
    }
    if !request.checks.isEmpty { policy.options.checks = request.checks }
    let baseline = try request.baseline.map { path in
      try readAuditBaseline(DocumentReader.read(file: path, shownAs: path), path: path)
    }
    let workspace = try Workspace(file: file)
    let (all, made) = (try workspace.documents(), try workspace.corrections())
    if request.people != .byName {
      let named = request.people.texts(about: all, made)
      let person = request.people.person
      for index in policy.waivers.indices {
        policy.waivers[index].owner = person(policy.waivers[index].owner)
        policy.waivers[index].reason = named(policy.waivers[index].reason)
      }
    }
    let (documents, corrections) = request.people.applied(to: all, made)
    let estate = Estate(merging: documents, corrections: corrections)
    let heads = documents.map(DocumentHead.init)
    var report = Auditing.audit(
      estate: estate, graph: IntegrationGraph(estate), policy: policy, documents: heads,
      today: request.today)
    if let baseline { report = report.compared(with: baseline) }
    for path in request.questionnaires {
      report.assessments += try questionnaireTables(path, estate: estate, report: report)
    }
    return WorkspaceAudit(report: report, estate: estate, documents: heads)
  } catch {
    throw WorkbenchError(error)
  }
}

/// What is wrong with the name of a check or assessment; `nil` where there is one.
public func problem(withCheck name: String) -> String? {
  let names = AuditCheck.all.map(\.id) + Assessment.all.map(\.id)
  guard !names.contains(name) else { return nil }
  let hint = closestName(to: name, among: names).map { "did you mean '\($0)'? List" } ?? "list"
  return "'\(name)' is neither a check nor an assessment; \(hint) them with: rehearse audit checks"
}
