public import Experiments
import Facts
public import Scenarios
public import Simulation

/// A scenario of which one variant was simulated.
public struct SimulatedScenario: Sendable {
  /// The scenario as compiled.
  public var scenario: CompiledScenario
  /// What was run.
  public var run: SimulationRun
  /// What it showed.
  public var result: SimulationResult
}

/// Simulates one variant of a scenario.
///
/// - Parameters:
///   - variant: its name; `nil` for the baseline.
///   - log: file for a log of all work done; `nil` for none.
///   - timing: takes what the phases took.
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
public func simulate(
  _ loaded: LoadedScenario, variant: String? = nil, log: EventLogFile? = nil,
  options: StudyOptions = StudyOptions(), timing: PhaseTiming,
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> SimulatedScenario {
  do {
    let (compiled, design) = try timing.phase("compile") {
      var options = options
      options.variants = variant.map { [$0] } ?? []
      var (compiled, design) = try study(of: loaded.scenario, options: options)
      let name = variant ?? design.variants[design.baseline].name
      design.variants.removeAll { $0.name != name }
      design.baseline = 0
      design.precision = nil
      return (compiled, design)
    }
    let total = design.replications
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    let log = try log.map {
      try ReplicationLogs(
        $0, of: compiled, model: design.variants[0].model, replications: design.replications)
    }
    let runner =
      log.map { LocalReplicationRunner(threads: options.threadCount, execute: $0.run) }
      ?? options.runner
    let run: SimulationRun
    do {
      run = try await timing.phase("run") {
        try await options.limits.watching(control) {
          try await runSimulation(design, runner: runner, control: control)
        }
      }
    } catch {
      log?.removeParts(from: 0, upTo: design.replications)
      throw log?.problem ?? error
    }
    if let log {
      log.removeParts(from: run.records.count, upTo: design.replications)
      if let problem = log.problem {
        log.removeParts(from: 0, upTo: design.replications)
        throw problem
      }
      try timing.phase("write") { try log.finish(replications: run.records.count) }
    }
    let result = timing.phase("reduce") { run.result }
    return SimulatedScenario(scenario: compiled, run: run, result: result)
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}
