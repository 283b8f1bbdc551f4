import Auditing
public import Experiments
import Facts
import Foundation
import Inventory
public import Reporting
import Scenarios
import Simulation

/// The report of a comparison, ready to be rendered.
///
/// - Parameters:
///   - command: the command line that gives the same report again.
///   - tornado: what single values do; `nil` where none was tried.
///   - ignorance: how the result hangs on what is uncertain; `nil` where that was not looked at.
public func studyReport(
  of compared: ComparedScenario, scenarioPath: String, command: String,
  tornado: TornadoResult? = nil, ignorance: UncertaintyResult? = nil
) async throws(WorkbenchError) -> StudyReport {
  let scenario = compared.scenario
  let audited = auditReport(of: compared.loaded.estate, minimumSeverity: nil)
  // The map numbers what the report lists.
  var shown = audited
  shown.findings = Array(audited.findings.prefix(24))
  // A report without a map is still a report; the note says what is missing.
  var notes = scenario.warnings.map(\.description)
  if let stopped = compared.study.interruption { notes.append(stopped.sentence) }
  notes += shortfallNotes(compared.study) + stuckCaseNotes(compared.study)
  var picture: DrawnMap?
  do {
    picture = try await drawnMap(of: compared.loaded.estate, numbering: shown)
  } catch {
    notes += error.messages
  }
  var report = StudyReport(
    title: scenario.title, question: scenario.question, study: compared.study,
    scenario: ScenarioFacts(compared.loaded.scenario, compiled: scenario),
    parameters: scenario.parameters,
    findings: shown.findings, findingCount: audited.findings.count,
    map: picture?.svg, mapLegend: picture?.legend, notes: notes,
    provenance: ReportProvenance(
      programVersion: programVersion, scenarioPath: scenarioPath,
      scenarioDigest: scenario.sourceDigest, command: command))
  report.tornado = tornado
  report.ignorance = ignorance
  return report
}

/// Figures of fewer cases than were asked for must not look like those of all.
private func shortfallNotes(_ study: StudyResult) -> [String] {
  study.variants.compactMap { variant in
    variant.shortfallSentence.map { "\(variant.title): \($0)" }
  }
}

/// A process that leaves cases waiting for ever is to be mended, not averaged over.
private func stuckCaseNotes(_ study: StudyResult) -> [String] {
  study.variants.compactMap { variant in
    variant.stuckCases.map {
      "\(variant.title): \($0) cases of all replications got stuck, because they wait at a parallel or "
        + "inclusive join for a token that never comes, or for an event that the process no longer "
        + "throws; correct the process"
    }
  }
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
