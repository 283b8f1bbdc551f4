import DocumentReading
import Experiments
import Foundation
public import Reporting
import Scenarios
import Simulation
import Workspace

/// How a study was asked for: what, beside its files, decides what it shows.
public struct StudySettings: Sendable, Codable, Hashable {
  /// Replications of each variant; `nil` for the scenario's.
  public var replications: Int?
  /// Seed; `nil` for the scenario's.
  public var seed: UInt64?
  /// Variants beside the baseline; empty for all.
  public var variants: [String]
  /// Changes to the scenario, as `path=value`.
  public var changes: [String]
  /// Most cases in progress at one time; `nil` for the engine's own bound.
  public var casesInside: Int?
  /// What was tried of its inputs; `nil` for studies of versions that did not record it.
  public var trials: InputTrials?
  /// The command line, which reports repeat.
  public var command: String
  /// Version of the program.
  public var program: String

  init(_ options: StudyOptions, trials: InputTrials, command: String) {
    replications = options.replications
    seed = options.seed
    variants = options.variants
    changes = options.changes.map { "\($0.path)=\($0.value)" }
    casesInside = options.limits.casesInside
    self.trials = trials
    self.command = command
    program = programVersion
  }

  /// The options that ask for the same again.
  ///
  /// - Parameter threads: threads that the run may use; `nil` for one per core.
  public func options(threads: Int?) -> StudyOptions {
    StudyOptions(
      replications: replications, seed: seed, threads: threads, variants: variants,
      changes: changes.map { change in
        let parts = change.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
      }, limits: StudyLimits(casesInside: casesInside))
  }

  /// The settings as JSON, the same for the same settings.
  func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

/// A wish to keep a study in a workspace, and to take from it what is there.
public struct StudyKeeping: Sendable {
  /// The workspace.
  public var workspace: String
  /// What is tried of the study's inputs, once it is done.
  public var trials: InputTrials
  /// The command line, which reports repeat.
  public var command: String
  /// When, ISO 8601.
  public var time: String

  /// Creates a wish.
  public init(workspace: String, trials: InputTrials, command: String, time: String) {
    self.workspace = workspace
    self.trials = trials
    self.command = command
    self.time = time
  }

  /// Begins the study in the workspace, or goes on with it; `nil` where its files are not known.
  func open(
    _ loaded: LoadedScenario, _ compiled: CompiledScenario, _ design: StudyDesign,
    options: StudyOptions
  ) throws -> OpenStudy? {
    guard let planned = try plan(loaded, compiled, design, options: options) else { return nil }
    do {
      let opened = try Workspace(file: workspace)
      let id = try opened.begin(planned, at: time)
      return OpenStudy(
        id: id, workspace: opened, store: try WorkspaceReplications(opened, runs: planned.runs),
        time: time)
    } catch {
      throw cannotKeep(error)
    }
  }

  /// What makes two studies the same; `nil` where its files are not known.
  ///
  /// A study that is asked for with the same key goes on where it was, one with another begins anew.
  /// - Throws: `WorkbenchError.badInput` where the scenario cannot be run.
  public func key(of loaded: LoadedScenario, options: StudyOptions) throws(WorkbenchError)
    -> String?
  {
    do {
      let (compiled, design) = try study(of: loaded.scenario, options: options)
      return try plan(loaded, compiled, design, options: options)?.key
    } catch {
      throw WorkbenchError(error, in: loaded.scenario.path)
    }
  }

  /// The study as it would be begun; `nil` where its files are not known.
  private func plan(
    _ loaded: LoadedScenario, _ compiled: CompiledScenario, _ design: StudyDesign,
    options: StudyOptions
  ) throws -> PlannedStudy? {
    guard let source = loaded.source else { return nil }
    let files = try source.files(digest: compiled.sourceDigest)
    let settings = try StudySettings(options, trials: trials, command: command).json()
    let runs = try design.variants.map { variant in
      guard let model = fingerprint(of: variant.model) else {
        throw WorkbenchError.internalFault(
          "the model of variant '\(variant.name)' has no fingerprint; run with --no-record")
      }
      return contentDigest(Array("\(programIdentity) \(design.seed) \(model)".utf8))
    }
    var key = "\(programIdentity)\n\(source.path)\n\(String(decoding: settings, as: UTF8.self))\n"
    for run in runs { key += "\(run)\n" }
    for file in files { key += "\(file.digest) \(file.name) \(file.place)\n" }
    return PlannedStudy(
      key: contentDigest(Array(key.utf8)), scenario: source.path, digest: compiled.sourceDigest,
      title: compiled.title, settings: settings, replications: design.replications, runs: runs,
      files: files)
  }
}

/// A study that is being carried out.
struct OpenStudy: Sendable {
  var id: Int64
  var workspace: Workspace
  var store: WorkspaceReplications
  var time: String

  /// Writes what is done, and says what came of it.
  func close() -> KeptStudy {
    store.flush()
    let counts = store.counts
    return KeptStudy(
      id: id, taken: counts.taken, workspace: workspace.path, time: time,
      problem: store.problem)
  }

  /// The same for a study that has come to nothing: one without any replication is forgotten.
  func abandon() {
    store.flush()
    if !store.holdsAny { _ = try? workspace.removeStudy(id) }
  }
}

/// What a workspace has of a study.
public struct KeptStudy: Sendable {
  /// Number of the study in the workspace.
  public var id: Int64
  /// Replications, of all variants together, that were taken from it.
  public var taken: Int
  /// The workspace.
  public var workspace: String
  var time: String
  /// Why not all is kept; `nil` where it is.
  public var problem: String?

  /// Keeps the result, which is the JSON that `compare --format json` prints, and the report, to be
  /// written again later.
  ///
  /// - Throws: `WorkbenchError.badInput` where the workspace cannot be written.
  public func finish(result: String, report: StudyReport) throws(WorkbenchError) {
    if let problem {
      throw .badInput(["\(problem); the results above are complete, but are not kept"])
    }
    do {
      let workspace = try Workspace(file: workspace)
      try workspace.finish(study: id, result: Data(result.utf8), at: time)
      try workspace.keep(report: Data(try jsonText(report).utf8), ofStudy: id)
    } catch {
      throw WorkbenchError(error)
    }
  }
}

/// The program as it is built: what one build ran is not taken for what another would.
let programIdentity: String = {
  guard let program = Bundle.main.executableURL?.resolvingSymlinksInPath().path,
    let files = try? DocumentReader.files(under: program), let file = files.first
  else { return programVersion }
  return "\(programVersion) \(file.byteCount) \(file.modified)"
}()

/// Checks, before long work begins, that its results could be kept in a workspace.
///
/// - Throws: `WorkbenchError.badInput` where there is a file that is no workspace or cannot be used.
public func checkWorkspace(_ file: String) throws(WorkbenchError) {
  guard FileManager.default.fileExists(atPath: file) else { return }
  do { _ = try Workspace(file: file).studies().count } catch { throw cannotKeep(error) }
}

/// A workspace that cannot be used is no reason not to run.
private func cannotKeep(_ error: WorkspaceError) -> WorkbenchError {
  .badInput(["\(error.description); --no-record runs without a workspace"])
}
