import Inventory
public import Reporting
import Workspace

/// Every import of a workspace, oldest first.
///
/// - Parameters:
///   - file: The workspace.
///   - people: How people are named.
/// - Throws: `WorkbenchError.badInput` where there is no workspace.
public func importHistory(
  inWorkspace file: String, people: PeopleShown = .byName
) throws(WorkbenchError) -> [ImportHistoryEntry] {
  try checkWorkspaceExists(file)
  do {
    let workspace = try Workspace(file: file)
    let shown =
      people == .byName
      ? { $0 } : people.texts(about: try workspace.documents(), try workspace.corrections())
    return try workspace.imports().map { number, record in
      ImportHistoryEntry(
        number: number, time: record.time, roots: record.roots, statuses: record.statuses,
        files: [
          "added": record.files.added, "changed": record.files.changed,
          "removed": record.files.removed,
        ], unchangedFiles: record.unchanged, totals: record.totals,
        estate: record.estate.mapTexts(shown))
    }
  } catch {
    throw WorkbenchError(error)
  }
}
