import Foundation
import Scenarios
import Workspace

/// Keeps the results of a study in a workspace and returns its number there.
///
/// - Parameters:
///   - result: the results as JSON.
///   - recorded: when, ISO 8601.
@discardableResult
public func recordStudy(
  _ compared: ComparedScenario, scenarioPath: String, result: String, inWorkspace file: String,
  recorded: String
) throws(WorkbenchError) -> Int64 {
  do {
    return try Workspace(file: file).record(
      scenario: scenarioPath, digest: compared.scenario.sourceDigest, recorded: recorded,
      result: Data(result.utf8))
  } catch {
    throw WorkbenchError(error)
  }
}
