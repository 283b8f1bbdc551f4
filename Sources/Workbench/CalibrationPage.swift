import Calibration
import EventLogs
import Facts
import Foundation
import Reporting
import Scenarios

extension CalibrationWriting {
  /// Writes the page of a calibration, `calibration.html`.
  mutating func writePage(
    _ log: EventLogs.EventLog, scenario: String, _ evaluation: CalibrationEvaluation?
  ) throws(WorkbenchError) {
    var command = "rehearse calibrate \(request.log)"
    if let test = request.test { command += " --evaluate \(test) --runs \(request.runs)" }
    command += " --seed \(request.seed) --out \(request.folder)"
    do {
      let digest = try readScenarioFile(scenario).scenario.sourceDigest
      let report = CalibrationReport(
        calibration: calibration, logName: name,
        reading: log.source.mapping.map { ($0.part.rawValue, $0.column) },
        problems: log.problems.map { problem in
          problem.text + (problem.location?.line.map { " (first in line \($0))" } ?? "")
        }, runs: evaluation?.runs ?? [],
        runsWithFittedArrivals: evaluation?.runsWithFittedArrivals ?? [],
        residuals: evaluation?.residuals ?? [],
        end: evaluation?.end,
        provenance: ReportProvenance(
          programVersion: programVersion, scenarioPath: scenario, scenarioDigest: digest,
          command: command))
      try write(
        "calibration.html", try renderHTML(ReportDocument(report), charts: chartBundle()))
    } catch {
      throw WorkbenchError(error)
    }
  }
}
