import Experiments
import Facts
import Foundation
import Importing
import Inventory
import Reporting
import Scenarios
import Simulation
import Workbench
import Workspace

/// What each kind of job does: always a verb of the workbench.
struct JobWork: Sendable {
  let workspace: String
  let folder: WorkspaceFolder

  /// Carries a job out.
  func carryOut(_ job: Job, _ control: JobControl) async throws -> JobOutcome {
    switch job.kind {
    case .importing: try await importing(job, control)
    case .study: try await study(job, control)
    }
  }

  private func importing(_ job: Job, _ control: JobControl) async throws -> JobOutcome {
    let workspace = workspace
    let outcome = try await onThread {
      // Without a path, everything that was imported before is read again.
      var request = ImportRequest(
        paths: job.parameters["path"].map { [$0] } ?? [], time: now())
      request.isStopped = { control.isStopped }
      return try importIntoWorkspace(workspace, request) {
        control.report(Double($0.done), of: Double($0.total), $0.path)
      }
    }
    let change = outcome.change
    let message =
      "\(plural(outcome.documents.count, "file")): \(change.added.count) new, "
      + "\(change.changed.count) changed, \(change.unchanged.count) as before, "
      + "\(change.removed.count) gone. The estate has "
      + "\(plural(outcome.estate.systems.count, "system"))."
    let problems = (outcome.documents.flatMap(\.problems) + outcome.problems).map {
      "\($0.severity.rawValue): \($0.location): \($0.message)"
    }
    return JobOutcome(message: message, problems: problems, result: "/estate")
  }
}

extension JobWork {
  /// Runs a scenario, keeps what it showed and writes its report.
  private func study(_ job: Job, _ control: JobControl) async throws -> JobOutcome {
    let path = job.parameters["scenario"] ?? ""
    let loaded = try await onThread { try readScenarioFile(path) }
    // One core is left to those who read.
    let threads = max(1, ProcessInfo.processInfo.activeProcessorCount - 1)
    let options = StudyOptions(
      replications: job.parameters["replications"].flatMap(Int.init), threads: threads)
    let compared = try await compare(
      loaded, options: options,
      stopping: { run in control.onStop { run.stop(.interrupted) } },
      progress: { control.report($0, of: Double($1), "rehearsals") })
    var words = ["rehearse", "compare", path]
    if let count = options.replications { words += ["--replications", "\(count)"] }
    let report = try await studyReport(
      of: compared, scenarioPath: path, command: words.joined(separator: " "))
    let text = try jsonText(StudyDocument(report))
    let html = try renderHTML(report, charts: chartBundle())
    let headline = headlineText(
      compared.study, workingDays: report.scenario.workingDays, style: .plain)
    let number = try recordStudy(
      compared, scenarioPath: path, result: text, inWorkspace: workspace, recorded: now())
    try writeFile(html.utf8, to: reportFile(folder, number).path, option: "--workspace")
    try writeFile(headline.utf8, to: headlineFile(folder, number).path, option: "--workspace")
    let stopped = compared.study.interruption.map {
      " It was stopped after \($0.done) of \($0.requested) replications."
    }
    return JobOutcome(
      message: "Study \(number) is done.\(stopped ?? "")",
      problems: compared.scenario.warnings.map(\.description), result: "/studies/\(number)")
  }
}
