import Auditing
import Experiments
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
///   - tried: what trials of its inputs showed.
public func studyReport(
  of compared: ComparedScenario, scenarioPath: String, command: String,
  tried: TriedInputs = TriedInputs()
) async throws(WorkbenchError) -> StudyReport {
  let scenario = compared.scenario
  let audited = auditReport(of: compared.loaded.estate, minimumSeverity: nil)
  // The map numbers what the report lists.
  var shown = audited
  shown.findings = Array(audited.findings.prefix(24))
  var report = reportAlone(
    of: compared.study, scenario, compared.loaded, scenarioPath: scenarioPath, command: command)
  report.findings = shown.findings
  report.findingCount = audited.findings.count
  // A report without a map is still a report; the note says what is missing.
  do {
    let picture = try await drawnMap(of: compared.loaded.estate, numbering: shown)
    report.map = picture.svg
    report.mapLegend = picture.legend
  } catch {
    report.notes += error.messages
  }
  report.tornado = tried.tornado
  report.ignorance = tried.ignorance
  return report
}

/// The report of a simulation of one variant, ready to be rendered; the estate is not looked at.
///
/// - Parameters:
///   - loaded: the scenario as read.
///   - command: the command line that gives the same report again.
public func simulationReport(
  of simulated: SimulatedScenario, _ loaded: LoadedScenario, scenarioPath: String, command: String
) -> StudyReport {
  reportAlone(
    of: simulated.run.study, simulated.scenario, loaded, scenarioPath: scenarioPath,
    command: command)
}

/// The report of a study without what an audit says of the estate.
private func reportAlone(
  of study: StudyResult, _ scenario: CompiledScenario, _ loaded: LoadedScenario,
  scenarioPath: String, command: String
) -> StudyReport {
  var notes = scenario.warnings.map(\.description)
  if let stopped = study.interruption { notes.append(stopped.sentence) }
  notes += shortfallNotes(study) + stuckCaseNotes(study)
  return StudyReport(
    title: scenario.title, question: scenario.question, study: study,
    scenario: ScenarioFacts(loaded.scenario, compiled: scenario),
    parameters: scenario.parameters, notes: notes,
    provenance: ReportProvenance(
      programVersion: programVersion, scenarioPath: scenarioPath,
      scenarioDigest: scenario.sourceDigest, command: command))
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
