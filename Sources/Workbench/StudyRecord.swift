import Foundation
public import Reporting
import Scenarios
import Workspace

/// Keeps the results of a study in a workspace and returns its number there.
///
/// - Parameters:
///   - result: the results as JSON.
///   - report: the report, to be written again later; `nil` keeps the results alone.
///   - recorded: when, ISO 8601.
@discardableResult
public func recordStudy(
  _ compared: ComparedScenario, scenarioPath: String, result: String, report: StudyReport? = nil,
  inWorkspace file: String, recorded: String
) throws(WorkbenchError) -> Int64 {
  do {
    let workspace = try Workspace(file: file)
    let study = try workspace.record(
      scenario: scenarioPath, digest: compared.scenario.sourceDigest, recorded: recorded,
      result: Data(result.utf8))
    if let report {
      try workspace.keep(report: Data(try jsonText(report).utf8), ofStudy: study)
    }
    return study
  } catch {
    throw WorkbenchError(error)
  }
}

/// Checks, before long work begins, that its results could be kept in a workspace.
///
/// - Throws: `WorkbenchError.badInput` where there is a file that is no workspace or cannot be used.
public func checkWorkspace(_ file: String) throws(WorkbenchError) {
  guard FileManager.default.fileExists(atPath: file) else { return }
  do { _ = try Workspace(file: file).studies().count } catch { throw WorkbenchError(error) }
}
