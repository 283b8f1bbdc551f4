public import Calibration
import DocumentReading
import EventLogs
public import Importing

/// Reads what products recorded of automations and calibrates them.
///
/// - Parameters:
///   - paths: Files, and folders whose files are all read.
///   - columns: Columns of ticket logs by name; the others are guessed.
/// - Returns: What was read, and what it says.
/// - Throws: `WorkbenchError.badInput` where a file cannot be read or is none of these.
public func calibrateAutomations(
  paths: [String], columns: [TicketPart: String] = [:]
) throws(WorkbenchError) -> (records: OperationalRecords, calibration: AutomationCalibration) {
  let records: OperationalRecords
  do {
    var files: [(path: String, bytes: [UInt8])] = []
    for path in paths {
      for file in try DocumentReader.files(under: path) {
        let shown = file.absolutePath == path ? path : "\(path)/\(file.relativePath)"
        let bytes = try DocumentReader.read(
          file: file.absolutePath, shownAs: shown, limits: eventLogLimits)
        files.append((shown, bytes))
      }
    }
    records = try readOperations(files, columns: columns, limits: eventLogLimits)
  } catch {
    throw WorkbenchError(error)
  }
  guard !records.runs.isEmpty || !records.uses.isEmpty || !records.tickets.isEmpty else {
    throw .badInput([
      "\(paths.joined(separator: ", ")): nothing is measured by these files; give lists of jobs, queue items "
        + "or tasks, histories of workflows, traces of agents or a log of tickets"
    ])
  }
  return (records, calibrateAutomations(records))
}
