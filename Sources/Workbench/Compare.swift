import DocumentReading
public import Experiments
import Facts
public import Foundation
public import Inventory
public import Scenarios
public import Simulation
import Workspace

/// What can be said on the command line instead of in the scenario.
public struct StudyOptions: Sendable {
  /// Replications of each variant; `nil` for the scenario's.
  public var replications: Int?
  /// Seed; `nil` for the scenario's.
  public var seed: UInt64?
  /// Threads; `nil` for one per core.
  public var threads: Int?
  /// Names of the variants to run; empty for all.
  ///
  /// The baseline is always among them.
  public var variants: [String]
  /// Values of the scenario changed for this run: dotted path and value as it would be written.
  public var changes: [(path: String, value: String)]
  /// Bounds on a run that may not end.
  public var limits: StudyLimits

  /// Creates options.
  public init(
    replications: Int? = nil, seed: UInt64? = nil, threads: Int? = nil, variants: [String] = [],
    changes: [(path: String, value: String)] = [], limits: StudyLimits = StudyLimits()
  ) {
    self.replications = replications
    self.seed = seed
    self.threads = threads
    self.variants = variants
    self.changes = changes
    self.limits = limits
  }

  var runner: LocalReplicationRunner { LocalReplicationRunner(threads: threadCount) }

  /// Threads that the run may use.
  public var threadCount: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }
}

/// A scenario file that was read, and the estate it speaks of.
public struct LoadedScenario: Sendable {
  /// The scenario.
  public var scenario: Scenario
  /// The estate that its `inventory` or `bpmn` names.
  public var estate: Estate
  /// Where its files are read from; `nil` where it was made of another simulator's.
  var source: ScenarioSource?
}

/// A scenario that was run, and what it showed.
public struct ComparedScenario: Sendable {
  /// The scenario as compiled.
  public var scenario: CompiledScenario
  /// The scenario as read, with the estate it speaks of.
  public var loaded: LoadedScenario
  /// What it showed.
  public var study: StudyResult
  /// What the workspace has to do with it; `nil` where none was asked to keep it.
  public var kept: KeptStudy?
}

/// Reads and compiles a scenario without running it.
///
/// - Parameter roots: folders that hold everything it may name; `nil` for any place.
public func checkScenario(
  _ path: String, within roots: [URL]? = nil
) throws(WorkbenchError) -> CompiledScenario {
  let loaded = try readScenarioFile(path, within: roots)
  do { return try compile(loaded.scenario) } catch { throw WorkbenchError(error) }
}

/// Runs the variants of a scenario and compares them.
///
/// - Parameters:
///   - keeping: where replications are kept and taken from; `nil` to run all and keep none.
///   - stopping: told how to stop the run from outside, before it begins.
///   - showing: told where the records of a study that is kept can be looked at while it runs, before it
///     begins; `nil` where nobody looks.
///   - progress: told how many of how many replications are done.
public func compare(
  _ loaded: LoadedScenario, options: StudyOptions = StudyOptions(),
  keeping: StudyKeeping? = nil, stopping: (RunControl) -> Void = { _ in },
  showing: (@Sendable (InterimRecords) -> Void)? = nil,
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> ComparedScenario {
  do {
    let (compiled, design) = try study(of: loaded.scenario, options: options)
    let total = design.variants.count * design.replications
    let control = options.limits.control { progress($0, total) }
    let open = try keeping?.open(loaded, compiled, design, options: options)
    stopping(control)
    do {
      let study = try await options.limits.watching(control) {
        guard let open else {
          return try await runStudy(design, runner: options.runner, control: control)
        }
        let threads = options.threadCount
        guard let showing else {
          return try await runStudy(
            design, runner: KeepingReplicationRunner(threads: threads, store: open.store),
            control: control)
        }
        let records = InterimRecords(design)
        showing(records)
        let store = WatchedReplicationStore(open.store, records: records)
        return try await runStudy(
          design, runner: KeepingReplicationRunner(threads: threads, store: store),
          control: control)
      }
      return ComparedScenario(
        scenario: compiled, loaded: loaded, study: study, kept: open?.close())
    } catch {
      open?.abandon()
      throw error
    }
  } catch {
    throw WorkbenchError(error, in: loaded.scenario.path)
  }
}

/// Tries all combinations of the values on a scenario's two axes.
///
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
public func sweep(
  _ loaded: LoadedScenario, options: StudyOptions = StudyOptions(),
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> SweepResult {
  let scenario = loaded.scenario
  guard scenario.sweep.count == 2 else {
    throw .badInput([
      "\(scenario.path): the scenario has no sweep; add a section 'sweep' with two axes "
        + "(see docs/reference/scenario-keys.md)"
    ])
  }
  do {
    let (rows, columns) = (scenario.sweep[0], scenario.sweep[1])
    var points: [SweepPoint] = []
    for (row, rowValue) in rows.values.enumerated() {
      for (column, columnValue) in columns.values.enumerated() {
        var local = options
        local.changes += rows.paths.map { ($0, rowValue) }
        local.changes += columns.paths.map { ($0, columnValue) }
        var (_, design) = try study(of: scenario, options: local)
        // Points have as many replications as one another.
        design.precision = nil
        points.append(SweepPoint(coordinates: [row, column], design: design))
      }
    }
    let axes = scenario.sweep.map {
      SweepAxisValues(name: $0.name, title: $0.title, values: $0.values)
    }
    let total = points.reduce(0) { $0 + $1.design.variants.count * $1.design.replications }
    let control = options.limits.control { progress($0, total) }
    stopping(control)
    return try await options.limits.watching(control) {
      try await runSweep(axes, points: points, runner: options.runner, control: control)
    }
  } catch {
    throw WorkbenchError(error, in: scenario.path)
  }
}

func study(
  of scenario: Scenario, options: StudyOptions
) throws -> (CompiledScenario, StudyDesign) {
  let changed = options.changes.isEmpty ? scenario : try scenario.changing(options.changes)
  let compiled = try compile(changed)
  var design = StudyDesign(compiled)
  if let replications = options.replications { design.replications = replications }
  if let seed = options.seed { design.seed = seed }
  if let most = options.limits.casesInside {
    for index in design.variants.indices { design.variants[index].model.limits.liveCases = most }
  }
  if !options.variants.isEmpty {
    let known = design.variants.map(\.name)
    for name in options.variants where !known.contains(name) {
      let hint = closestName(to: name, among: known).map { "; did you mean '\($0)'?" } ?? ""
      throw WorkbenchError.badInput([
        "the scenario has no variant '\(name)'\(hint.isEmpty ? "; it has \(known.joined(separator: ", "))" : hint)"
      ])
    }
    let baseline = known[design.baseline]
    design.variants = design.variants.filter {
      $0.name == baseline || options.variants.contains($0.name)
    }
    design.baseline = design.variants.firstIndex { $0.name == baseline } ?? 0
  }
  return (compiled, design)
}
