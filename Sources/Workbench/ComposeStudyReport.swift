public import Auditing
import Facts
public import Foundation
import Inventory
public import Reporting
import Scenarios
import Simulation

extension ComparedScenario {
  /// The gravest findings about the estate the scenario speaks of, at most three.
  public var gravestFindings: [Finding] {
    Array(auditReport(of: loaded.estate, minimumSeverity: nil).findings.prefix(3))
  }
}

/// The report of a comparison, ready to be rendered.
///
/// - Parameter command: the command line that gives the same report again.
public func studyReport(
  of compared: ComparedScenario, scenarioPath: String, command: String
) async throws(WorkbenchError) -> StudyReport {
  let scenario = compared.scenario
  let audited = auditReport(of: compared.loaded.estate, minimumSeverity: nil)
  // A report without a map is still a report; the note says what is missing.
  var notes = scenario.warnings.map(\.description)
  var picture: String?
  do {
    picture = try await map(of: compared.loaded.estate, format: .svg, showsFindings: true)
  } catch {
    notes += error.messages
  }
  return StudyReport(
    title: scenario.title, question: scenario.question, study: compared.study,
    scenario: ScenarioFacts(compared), parameters: scenario.parameters,
    findings: Array(audited.findings.prefix(12)), findingCount: audited.findings.count,
    map: picture, notes: notes,
    provenance: ReportProvenance(
      programVersion: programVersion, scenarioPath: scenarioPath,
      scenarioDigest: scenario.sourceDigest, command: command))
}

extension ScenarioFacts {
  init(_ compared: ComparedScenario) {
    let scenario = compared.scenario
    let read = compared.loaded.scenario
    func text(_ path: String) -> String? {
      scenario.parameters.first { $0.path == path }?.text
    }
    let rate = text("demand.arrivals.rate") ?? "an unnamed rate"
    let startState: String? =
      switch scenario.startState {
      case .empty: nil
      case .variant(let name, let days): "\(name) for \(days) days"
      case .own(let days): "each variant's own stack for \(days) days"
      }
    let horizonDays = compared.study.horizonDays
    self.init(
      startDate: scenario.start.description, timeZone: scenario.timeZone,
      demand: "\(rate), \(read.demand.pattern.rawValue)",
      process: read.process.name ?? read.process.id, startState: startState,
      workingDays: scenario.workingDates.prefix(horizonDays).map(\.description),
      automationKinds: read.variants.first.map { variant in
        variant.stack.automations.map { .init(name: $0.name, kind: $0.kind.rawValue) }
      } ?? [],
      topics: topics(of: compared))
  }
}

/// Which remarks on the brief concern a scenario.
private func topics(of compared: ComparedScenario) -> Set<BriefRemark.Topic> {
  let scenario = compared.scenario
  var topics: Set<BriefRemark.Topic> = [.always]
  let stacks = scenario.variants.map(\.model.stack)
  let guardrails = stacks.flatMap(\.guardrails)
  if !guardrails.isEmpty { topics.insert(.escalationShare) }
  if guardrails.contains(where: { $0.drift != nil }) { topics.insert(.escalationDrift) }
  if stacks.first?.activities.count == 17 { topics.insert(.loanProcess) }
  if stacks.contains(where: { $0.layer != nil }) { topics.insert(.orchestration) }
  let kinds = Set(
    compared.loaded.scenario.variants.flatMap { $0.stack.automations.map(\.kind.rawValue) })
  if !kinds.isDisjoint(with: ["rpa", "rules"]) { topics.insert(.deterministic) }
  if kinds.contains("agent") { topics.formUnion([.agentFirst, .agentReliability]) }
  return topics
}

/// The chart bundle that set-up made; `nil` where there is none.
///
/// Looked for in `REHEARSE_SHARE`, then beside the program, then, for a program in a build folder, in
/// the checkout it was built from.
public func chartBundle() -> ChartBundle? {
  shareFolders().lazy.compactMap { ChartBundle.read(folder: $0) }.first
}

/// Folders that may hold the data files of the program, most specific first.
func shareFolders() -> [URL] {
  if let named = ProcessInfo.processInfo.environment["REHEARSE_SHARE"], !named.isEmpty {
    return [URL(fileURLWithPath: named)]
  }
  let program = (Bundle.main.executableURL ?? URL(fileURLWithPath: CommandLine.arguments[0]))
    .resolvingSymlinksInPath()
  let folder = program.deletingLastPathComponent()
  var folders = [
    folder.appending(path: "share/rehearse"),
    folder.deletingLastPathComponent().appending(path: "share/rehearse"),
  ]
  let components = program.pathComponents
  if let build = components.lastIndex(of: ".build") {
    let checkout = components[..<build].dropFirst().joined(separator: "/")
    folders.append(URL(fileURLWithPath: "/\(checkout)/share/rehearse"))
  }
  return folders
}
