public import Experiments
import Scenarios
public import Simulation

/// Runs the variants of a scenario with single values low and high, all else as it is.
///
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
public func tornado(
  _ loaded: LoadedScenario, ranges: [InputRange], options: StudyOptions,
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> TornadoResult {
  do {
    let (_, base) = try study(of: loaded.scenario, options: options)
    let factors = try ranges.map { range in
      func design(_ value: String) throws -> StudyDesign {
        var local = options
        local.changes.append((range.path, value))
        return try study(of: loaded.scenario, options: local).1
      }
      return TornadoFactor(
        path: range.path, low: (range.low, try design(range.low)),
        high: (range.high, try design(range.high)))
    }
    let total = (1 + 2 * factors.count) * base.variants.count * base.replications
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    return try await options.limits.watching(control) {
      try await runTornado(base, factors: factors, runner: options.runner, control: control)
    }
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}
