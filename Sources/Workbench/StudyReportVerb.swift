import Foundation
public import Reporting
public import Workspace

/// The studies that a workspace keeps, oldest first.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace.
public func keptStudies(inWorkspace file: String) throws(WorkbenchError) -> [ReportedStudy] {
  try checkWorkspaceExists(file)
  do { return try Workspace(file: file).keptStudies() } catch { throw WorkbenchError(error) }
}

/// What changes whenever the report of a study does; `nil` where none is kept.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace.
public func keptReportMark(
  ofStudy study: Int64, inWorkspace file: String
) throws(WorkbenchError) -> String? {
  try checkWorkspaceExists(file)
  do {
    return try Workspace(file: file).reportMark(ofStudy: study)
  } catch {
    throw WorkbenchError(error)
  }
}

/// The report of a study that a workspace keeps, without running anything again.
///
/// - Parameter study: Number of the study, or `latest`.
/// - Throws: `WorkbenchError.badInput` where there is no such study, or only its results were kept.
public func keptReport(_ study: String, inWorkspace file: String) throws(WorkbenchError)
  -> StudyReport
{
  let kept = try keptStudies(inWorkspace: file)
  let known =
    kept.isEmpty
    ? "it keeps none; 'rehearse compare SCENARIO' makes one"
    : "it keeps \(kept.map { "\($0.id)" }.joined(separator: ", "))"
  let wanted = study == "latest" ? kept.last?.id : Int64(study)
  guard let wanted, let entry = kept.first(where: { $0.id == wanted }) else {
    throw .badInput(["\(file): there is no study '\(study)'; \(known)"])
  }
  do {
    guard let data = try Workspace(file: file).report(ofStudy: entry.id) else {
      throw WorkbenchError.badInput([
        "\(file): of study \(entry.id) an earlier version kept the results alone; run "
          + "'rehearse compare \(entry.scenario)' again"
      ])
    }
    return try jsonValue(StudyReport.self, from: data)
  } catch let error as DecodingError {
    _ = error
    throw .badInput([
      "\(file): the report of study \(entry.id) was written by another version of Rehearse; use that "
        + "version, or run 'rehearse compare \(entry.scenario)' again"
    ])
  } catch {
    throw WorkbenchError(error)
  }
}
