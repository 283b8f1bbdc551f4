import DocumentReading
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
    case .calibration:
      try await CalibrationWork(job).carryOut(
        on: ScenarioShelf(workspace: workspace, folder: folder), control)
    }
  }

  private func importing(_ job: Job, _ control: JobControl) async throws -> JobOutcome {
    let workspace = workspace
    let outcome = try await onThread { () throws -> ImportOutcome in
      // Without a path, everything that was imported before is read again.
      var request = ImportRequest(
        paths: job.parameters["path"].map { [$0] } ?? [], time: now())
      request.isStopped = { control.isStopped }
      return try importIntoWorkspace(workspace, request) {
        control.report(Double($0.done), of: Double($0.total), $0.path)
      }
    }
    let change = outcome.change
    let counts = [
      "\(change.added.count) new", "\(change.changed.count) changed",
      "\(change.unchanged.count) as before", "\(change.removed.count) gone",
    ].joined(separator: ", ")
    let files = plural(outcome.documents.count, "file")
    let systems = plural(outcome.estate.systems.count, "system")
    let all = outcome.documents.flatMap(\.problems) + outcome.problems
    let problems = all.map { problem in
      "\(problem.severity.rawValue): \(problem.location): \(problem.message)"
    }
    return JobOutcome(
      message: "\(files): \(counts). The estate has \(systems).", problems: problems,
      result: "/estate")
  }

  /// Runs a scenario, or goes on with it, and keeps every replication as it is done, the result and the
  /// report.
  private func study(_ job: Job, _ control: JobControl) async throws -> JobOutcome {
    let request = try StudyJob(job)
    let shelf = ScenarioShelf(workspace: workspace, folder: folder)
    let loaded = try await onThread { () throws -> LoadedScenario in
      try request.loaded(from: shelf)
    }
    let keeping = request.keeping(in: workspace)
    let options = request.options(threads: StudyThreads.count)
    let showing = Task { await control.showResults() }
    defer { showing.cancel() }
    let compared = try await withTaskExecutorPreference(StudyThreads.ofJobs) {
      try await compare(
        loaded, options: options, keeping: keeping,
        stopping: { run in control.onStop { run.stop(.interrupted) } },
        showing: { control.watch($0) },
        progress: { done, total in
          control.report(done, of: Double(total), "\(Int(done)) of \(total) rehearsals")
        })
    }
    var report = try await studyReport(
      of: compared, scenarioPath: request.scenario, command: request.command)
    guard let kept = compared.kept else {
      throw WorkbenchError.internalFault("the study was run, but is not in the workspace")
    }
    try kept.finish(result: try jsonText(StudyDocument(report)), report: report)
    var problems = compared.scenario.warnings.map(\.description)
    var message = "Study \(kept.id) is done."
    if kept.taken > 0 {
      message += " \(plural(kept.taken, "rehearsal")) were in the workspace already."
    }
    if let stopped = compared.study.interruption {
      message =
        "Study \(kept.id) was stopped after \(stopped.done) of \(stopped.requested) rehearsals of each "
        + "variant, which are kept; it can go on."
    } else {
      // What was found so far stays whatever comes of this.
      let tried = try await withTaskExecutorPreference(StudyThreads.ofJobs) {
        try await request.trials.run(
          on: loaded, options: options,
          stopping: { run in control.onStop { run.stop(.interrupted) } },
          progress: { part, done, total in
            control.report(
              done, of: Double(total),
              part == .single
                ? "rehearsals with single values low and high"
                : "rehearsals with what is not known")
          })
      }
      problems += tried.untried
      if tried.tornado != nil || tried.ignorance != nil {
        report.tornado = tried.tornado
        report.ignorance = tried.ignorance
        try kept.finish(result: try jsonText(StudyDocument(report)), report: report)
      }
    }
    return JobOutcome(
      message: message, problems: problems,
      result: "/studies/\(kept.id)", isComplete: compared.study.interruption == nil)
  }
}

/// A study as a job keeps it: what to run, and how.
struct StudyJob: Sendable {
  /// The scenario file.
  var scenario: String
  /// Whether it is one of the workspace's own, which may name nothing outside of it.
  var isOwn = true
  /// Replications of each variant; `nil` for the scenario's.
  var replications: Int?
  /// Seed; `nil` for the scenario's.
  var seed: UInt64?
  /// Variants beside the baseline; empty for all.
  var variants: [String] = []
  /// Changes to the scenario, as `path=value`.
  var changes: [String] = []
  /// Values tried alone, as `path=low..high`.
  var sensitivity: [String] = []

  /// A study of a scenario file.
  init(scenario: String, replications: Int? = nil) {
    self.scenario = scenario
    self.replications = replications
  }

  /// The study of a job.
  init(_ job: Job) throws {
    guard let scenario = job.parameters["scenario"] else {
      throw WorkbenchError.internalFault("job \(job.id) names no scenario")
    }
    self.init(
      scenario: scenario, replications: job.parameters["replications"].flatMap { Int($0) })
    isOwn = job.parameters["elsewhere"] == nil
    seed = job.parameters["seed"].flatMap { UInt64($0) }
    variants = Self.lines(job.parameters["variants"])
    changes = Self.lines(job.parameters["changes"])
    sensitivity = Self.lines(job.parameters["sensitivity"])
  }

  private static func lines(_ text: String?) -> [String] {
    (text ?? "").split(separator: "\n").map(String.init)
  }

  /// As a job keeps it.
  var parameters: [String: String] {
    var parameters = ["scenario": scenario]
    if !isOwn { parameters["elsewhere"] = "yes" }
    parameters["replications"] = replications.map { "\($0)" }
    parameters["seed"] = seed.map { "\($0)" }
    if !variants.isEmpty { parameters["variants"] = variants.joined(separator: "\n") }
    if !changes.isEmpty { parameters["changes"] = changes.joined(separator: "\n") }
    if !sensitivity.isEmpty { parameters["sensitivity"] = sensitivity.joined(separator: "\n") }
    return parameters
  }

  /// The command line that does the same.
  var command: String {
    var words = ["rehearse", "compare", scenario]
    if let replications { words += ["--replications", "\(replications)"] }
    if let seed { words += ["--seed", "\(seed)"] }
    for variant in variants { words += ["--variant", variant] }
    for change in changes { words += ["--set", change] }
    for range in sensitivity { words += ["--sensitivity", range] }
    return words.map { $0.contains(" ") ? "'\($0)'" : $0 }.joined(separator: " ")
  }

  /// What is tried of its inputs, as on the command line, but that values it cannot be run with are left out.
  var trials: InputTrials {
    InputTrials(ranges: sensitivity.compactMap { InputRange($0) }, leavesOutImpossible: true)
  }

  /// The same as options of the verb.
  func options(threads: Int) -> StudyOptions {
    StudyOptions(
      replications: replications, seed: seed, threads: threads, variants: variants,
      changes: changes.map { change in
        let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      })
  }

  /// The scenario as it is now, with what it names.
  func loaded(from shelf: ScenarioShelf) throws -> LoadedScenario {
    try readScenarioFile(scenario, within: isOwn ? shelf.roots : nil)
  }

  /// The wish to keep it in a workspace.
  func keeping(in workspace: String) -> StudyKeeping {
    StudyKeeping(workspace: workspace, trials: trials, command: command, time: now())
  }

  /// What makes it the same study as another, as its scenario and files are now.
  ///
  /// - Throws: `WorkbenchError.badInput` where the scenario cannot be run.
  func key(of loaded: LoadedScenario, in workspace: String) throws -> String? {
    try keeping(in: workspace).key(of: loaded, options: options(threads: 1))
  }
}
