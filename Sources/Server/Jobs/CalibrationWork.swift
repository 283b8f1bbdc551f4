import EventLogs
import Foundation
import Reporting
import Simulation
import Workbench

/// A calibration as a job keeps it: which log, how it is read, and what its scenario is called.
struct CalibrationWork: Sendable {
  /// The log, in the folder of the calibration.
  var log: String
  /// Name of the scenario.
  var name: String
  /// Columns of the log that are not what their names say, by part.
  var columns: [LogPart: String] = [:]
  /// IANA name of the time zone of people's hours; `nil` to find one.
  var timeZone: String?

  /// A calibration of a log.
  init(log: String, name: String) {
    self.log = log
    self.name = name
  }

  /// The calibration of a job.
  init(_ job: Job) throws {
    guard let log = job.parameters["log"], let name = job.parameters["name"] else {
      throw WorkbenchError.internalFault("job \(job.id) names no log")
    }
    self.log = log
    self.name = name
    timeZone = job.parameters["time-zone"]
    columns = Self.columns(in: job.parameters)
  }

  /// What fields of the names of parts say.
  static func columns(in fields: [String: String]) -> [LogPart: String] {
    var columns: [LogPart: String] = [:]
    for part in LogPart.allCases {
      if let column = fields[part.rawValue], !column.isEmpty { columns[part] = column }
    }
    return columns
  }

  /// As a job keeps it.
  var parameters: [String: String] {
    var parameters = ["log": log, "name": name]
    parameters["time-zone"] = timeZone
    for (part, column) in columns { parameters[part.rawValue] = column }
    return parameters
  }

  /// Calibrates the log in its folder, and puts the scenario on the shelf.
  func carryOut(on shelf: ScenarioShelf, _ control: JobControl) async throws -> JobOutcome {
    guard !shelf.names.contains(name) else {
      throw WorkbenchError.badInput([
        "there is a scenario '\(name)' already; calibrate under another name"
      ])
    }
    let folder = shelf.calibration(of: name)
    var request = CalibrationRequest(
      log: log, options: EventLogOptions(), timeZone: timeZone, folder: folder.path)
    request.options.columns = columns
    request.threads = StudyThreads.count
    let asked = request
    let done = try await withTaskExecutorPreference(StudyThreads.ofJobs) {
      try await calibrateScenario(asked) { control.report(0, of: 0, $0) }
    }
    if control.isStopped {
      throw WorkbenchError.stopped("The calibration was stopped; it can begin again.", .interrupted)
    }
    try shelf.take(calibrated: done.scenario, as: name)
    let log = LogPreview(done.log)
    return JobOutcome(
      message:
        "\(plural(log.log.cases, "case")) and \(plural(log.log.events, "event")) gave the scenario "
        + "\(name); its page says how well it fits.",
      problems: log.problems.map { problem in
        let place = problem.line.map { " (first in line \($0))" } ?? ""
        return problem.text + place
      }, result: "/scenarios/\(name)")
  }
}
