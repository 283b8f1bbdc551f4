public import Auditing
public import Foundation

/// The folder beside a workspace that holds the files which belong to it.
///
/// Beside `output/workspace.sqlite` it is `output/workspace.files`. The workbench in the browser keeps
/// there what was uploaded, scenarios, waivers, answers to questionnaires and its jobs; the command line reads
/// waivers and answers, too.
public struct WorkspaceFolder: Sendable, Hashable {
  /// The folder.
  public let url: URL

  /// The folder of a workspace; nothing is made.
  public init(ofWorkspace file: String) {
    let workspace = URL(fileURLWithPath: file).standardizedFileURL
    url = workspace.deletingPathExtension().appendingPathExtension("files")
  }

  /// Files and folders that were uploaded, each import in a folder of its own.
  public var imports: URL { url.appending(path: "imports") }
  /// Uploads that have not been imported.
  public var uploads: URL { url.appending(path: "uploads") }
  /// Scenarios.
  public var scenarios: URL { url.appending(path: "scenarios") }
  /// Event logs that were calibrated, each with what came of it in a folder of its own.
  public var calibrations: URL { url.appending(path: "calibrations") }
  /// What the workbench in the browser has been asked to do, one file for each job.
  public var jobs: URL { url.appending(path: "jobs") }
  /// Reports that jobs wrote.
  public var reports: URL { url.appending(path: "reports") }
  /// Waivers of findings that were given in the browser, in the form of a policy file.
  public var waivers: URL { url.appending(path: "audit-waivers.yaml") }

  /// The state of an audit that was kept in the browser, as `rehearse audit --format json` writes it.
  public var baseline: URL { url.appending(path: "audit-baseline.json") }

  /// Answers to a questionnaire that were given in the browser; to readiness in the form of a policy file.
  public func questionnaire(_ kind: QuestionnaireKind) -> URL {
    url.appending(path: "questionnaires/\(kind.rawValue).yaml")
  }

  /// Creates a folder where it is not there.
  ///
  /// - Throws: `WorkbenchError.badInput` where it cannot be made.
  public static func make(_ folder: URL) throws(WorkbenchError) {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw .badInput([
        "\(folder.path): the folder cannot be made (\(error.localizedDescription)); check the "
          + "permissions, or name another workspace with --workspace"
      ])
    }
  }
}
