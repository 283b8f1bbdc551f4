public import Reporting
import Workspace

/// Every import of a workspace, oldest first.
///
/// - Throws: `WorkbenchError.badInput` where there is no workspace.
public func importHistory(
  inWorkspace file: String
) throws(WorkbenchError) -> [ImportHistoryEntry] {
  try checkWorkspaceExists(file)
  do {
    return try Workspace(file: file).imports().map { number, record in
      ImportHistoryEntry(
        number: number, time: record.time, roots: record.roots, statuses: record.statuses,
        files: [
          "added": record.files.added, "changed": record.files.changed,
          "removed": record.files.removed,
        ], unchangedFiles: record.unchanged, totals: record.totals,
        estate: record.estate)
    }
  } catch {
    throw WorkbenchError(error)
  }
}
