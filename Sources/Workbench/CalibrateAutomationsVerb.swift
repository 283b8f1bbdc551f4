public import Calibration
import DocumentReading
import EventLogs
import Facts
public import Importing
import Inventory
public import Reporting

/// Reads what products recorded of automations and calibrates them.
///
/// - Parameters:
///   - paths: Files, and folders whose files are all read.
///   - columns: Columns of ticket logs by name; the others are guessed.
/// - Returns: What was read, the SHA-256 of the files (of their own, one a line), and what they say.
/// - Throws: `WorkbenchError.badInput` where a file cannot be read or is none of these.
public func calibrateAutomations(
  paths: [String], columns: [TicketPart: String] = [:]
) throws(WorkbenchError) -> (
  records: OperationalRecords, digest: String, calibration: AutomationCalibration
) {
  let records: OperationalRecords
  let digest: String
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
    digest = contentDigest(
      Array(files.map { contentDigest($0.bytes) }.joined(separator: "\n").utf8))
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
  return (records, digest, calibrateAutomations(records))
}

/// The report of calibrated automations.
///
/// - Parameters:
///   - paths: The files and folders, as people name them.
///   - scenario: Where the keys for a scenario were written; `nil` where they were not.
///   - command: What makes the report again.
public func automationReport(
  _ records: OperationalRecords, digest: String, _ calibration: AutomationCalibration,
  paths: [String], scenario: String?, command: String
) -> ReportDocument {
  ReportDocument(
    AutomationReport(
      calibration: calibration,
      problems: records.problems.map { "\($0.location): \($0.message)" }, scenario: scenario,
      provenance: ReportProvenance(
        programVersion: programVersion, scenarioPath: paths.joined(separator: ", "),
        scenarioDigest: digest, command: command, subject: "records")))
}
