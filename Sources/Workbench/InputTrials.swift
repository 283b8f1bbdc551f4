public import Experiments
import Scenarios
public import Simulation

/// What a comparison tries of its inputs beside its variants: single values low and high, and sets of what
/// the scenario calls `uncertain`.
public struct InputTrials: Sendable, Hashable, Codable {
  /// Values tried alone, each low and high.
  public var ranges: [InputRange]
  /// Replications of each variant with each of them, ≥ 2.
  public var replications: Int
  /// Sets of what is uncertain, each rehearsed five times: ≥ 5, or 0 for none.
  public var draws: Int
  /// Whether values with which the scenario cannot be run are left out and named, instead of refused.
  public var leavesOutImpossible: Bool

  /// Replications of each value where nothing else is asked for.
  public static let usualReplications = 20
  /// Sets where nothing else is asked for.
  public static let usualDraws = 20
  /// Nothing is tried.
  static let nothing = InputTrials(draws: 0)

  /// Creates trials; without arguments, of what is uncertain alone.
  public init(
    ranges: [InputRange] = [], replications: Int = InputTrials.usualReplications,
    draws: Int = InputTrials.usualDraws, leavesOutImpossible: Bool = false
  ) {
    self.ranges = ranges
    self.replications = replications
    self.draws = draws
    self.leavesOutImpossible = leavesOutImpossible
  }

  /// The parts of the trials, one after the other.
  public enum Part: Sendable {
    /// Single values, low and high.
    case single
    /// What is not known.
    case uncertain
  }

  /// Runs the trials of a scenario.
  ///
  /// The replications of the options are those of the comparison and hold for no trial.
  /// - Parameters:
  ///   - stopping: told how to stop each part from outside, before it begins.
  ///   - progress: told of a part how many of how many replications are done.
  public func run(
    on loaded: LoadedScenario, options: StudyOptions, stopping: (RunControl) -> Void = { _ in },
    progress: @escaping @Sendable (_ part: Part, _ done: Double, _ total: Int) -> Void = {
      _, _, _ in
    }
  ) async throws(WorkbenchError) -> TriedInputs {
    var found = TriedInputs()
    if !ranges.isEmpty {
      (found.tornado, found.untried) = try await trySingleValues(
        of: loaded, options: options, stopping: stopping, progress: { progress(.single, $0, $1) })
    }
    if draws > 0, !loaded.scenario.uncertain.isEmpty {
      var local = options
      local.replications = 5
      found.ignorance = try await studyInputs(
        loaded,
        options: InputStudyOptions(run: local, measures: [.figure(.costPerCase), .exhaustion]),
        .uncertainty(draws: draws), stopping: stopping,
        progress: { progress(.uncertain, $0, $1) })
    }
    return found
  }

  /// What single values do, and why some were not tried: with half of its people a team may have no start
  /// state.
  private func trySingleValues(
    of loaded: LoadedScenario, options: StudyOptions, stopping: (RunControl) -> Void,
    progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void
  ) async throws(WorkbenchError) -> (TornadoResult?, untried: [String]) {
    func run(_ ranges: [InputRange], _ replications: Int) async throws(WorkbenchError)
      -> TornadoResult
    {
      var local = options
      local.replications = replications
      return try await tornado(
        loaded, ranges: ranges, options: local, stopping: stopping, progress: progress)
    }
    do {
      return (try await run(ranges, replications), [])
    } catch {
      guard leavesOutImpossible, case .badInput = error else { throw error }
    }
    // Two rehearsals show which of them can be run at all.
    var possible: [InputRange] = []
    var untried: [String] = []
    for range in ranges {
      do {
        _ = try await run([range], 2)
        possible.append(range)
      } catch {
        guard case .badInput(let messages) = error else { throw error }
        untried += messages.map {
          "\(range.path) from \(range.low) to \(range.high) was not tried: \($0)"
        }
      }
    }
    return (possible.isEmpty ? nil : try await run(possible, replications), untried)
  }
}

/// What trials of inputs showed.
public struct TriedInputs: Sendable {
  /// What single values do; `nil` where none was tried.
  public var tornado: TornadoResult?
  /// Why values were not tried, a sentence each.
  public var untried: [String] = []
  /// How the result hangs on what is uncertain; `nil` where nothing is, or no sets were asked for.
  public var ignorance: UncertaintyResult?

  /// Nothing was tried.
  public init() {}
}

/// Runs the variants of a scenario with single values low and high, all else as it is.
private func tornado(
  _ loaded: LoadedScenario, ranges: [InputRange], options: StudyOptions,
  stopping: (RunControl) -> Void,
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void
) async throws(WorkbenchError) -> TornadoResult {
  do {
    /// Every end has as many replications as the others.
    func design(_ changes: [(path: String, value: String)]) throws -> StudyDesign {
      var local = options
      local.changes += changes
      var (_, design) = try study(of: loaded.scenario, options: local)
      design.precision = nil
      return design
    }
    let base = try design([])
    let factors = try ranges.map { range in
      TornadoFactor(
        path: range.path, low: (range.low, try design([(range.path, range.low)])),
        high: (range.high, try design([(range.path, range.high)])))
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
