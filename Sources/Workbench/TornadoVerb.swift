public import Experiments
import Scenarios
public import Simulation

/// A value of a scenario, and between which values it is tried.
public struct SensitivityRange: Sendable, Hashable {
  /// Dotted path of the value.
  public var path: String
  /// The low value, as it would be written.
  public var low: String
  /// The high value, as it would be written.
  public var high: String

  /// Reads `path=low..high`; `nil` where the text is none.
  public init?(_ text: String) {
    let parts = text.split(separator: "=", maxSplits: 1)
    guard parts.count == 2, let dots = parts[1].firstRange(of: "..") else { return nil }
    path = String(parts[0])
    low = String(parts[1][..<dots.lowerBound]).trimmed
    high = String(parts[1][dots.upperBound...]).trimmed
    guard !low.isEmpty, !high.isEmpty else { return nil }
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Runs the variants of a scenario with single values low and high, all else as it is.
///
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
public func tornado(
  _ loaded: LoadedScenario, ranges: [SensitivityRange], options: StudyOptions,
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
