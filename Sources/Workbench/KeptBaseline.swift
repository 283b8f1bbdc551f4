public import Auditing
public import Facts
import Foundation
import Reporting

/// The state of an audit that was kept in the browser, for later ones to be compared with.
public struct KeptBaseline: Sendable, Hashable {
  /// The file, as `rehearse audit --format json` writes it and `--baseline` reads it.
  public var path: String
  /// The day on which it was kept, in UTC.
  public var day: CalendarDay

  /// The state kept for a workspace; `nil` where none is.
  public init?(ofWorkspace file: String) {
    path = WorkspaceFolder(ofWorkspace: file).baseline.path
    guard
      let changed = try? FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        as? Date
    else { return nil }
    day = CalendarDay(number: Int((changed.timeIntervalSince1970 / 86_400).rounded(.down)))
  }
}

/// Keeps the state of an audit; one that was kept before gives way.
///
/// - Parameter report: the whole report, with findings of all severities.
/// - Throws: `WorkbenchError.badInput` where the file cannot be written.
public func keepBaseline(
  _ report: AuditReport, inWorkspace file: String
) throws(WorkbenchError) {
  var report = report
  report.comparison = nil
  let text: String
  do { text = try jsonText(AuditDocument(report)) } catch { throw WorkbenchError(error) }
  try writeFile(
    text.utf8, to: WorkspaceFolder(ofWorkspace: file).baseline.path, option: "--workspace")
}

/// Forgets the state that was kept.
///
/// - Throws: `WorkbenchError.badInput` where none is kept, or the file cannot be removed.
public func forgetBaseline(ofWorkspace file: String) throws(WorkbenchError) {
  guard let kept = KeptBaseline(ofWorkspace: file) else {
    throw .badInput(["no state of the audit is kept"])
  }
  do {
    try FileManager.default.removeItem(atPath: kept.path)
  } catch {
    throw .badInput([
      "\(kept.path): the file cannot be removed (\(error.localizedDescription)); check the permissions"
    ])
  }
}
