public import Calibration
import DocumentReading
public import EventLogs
import Facts
import Foundation
import Scenarios

/// What is calibrated, and how it is judged.
public struct CalibrationRequest: Sendable {
  /// The log.
  public var log: String
  /// The log that the calibration is judged by; `nil` for none.
  public var test: String?
  /// How the logs are read.
  public var options: EventLogOptions
  /// IANA name of the time zone of the hours; `nil` to find one.
  public var timeZone: String?
  /// Folder that is written to.
  public var folder: String
  /// Runs of the evaluation.
  public var runs: Int
  /// Seed of the runs.
  public var seed: UInt64
  /// Threads; `nil` for one per core.
  public var threads: Int?
  /// Whether the runs of the evaluation spread branching evenly over cases; else it is by chance alone.
  public var isBalanced = true

  /// Creates a request.
  public init(
    log: String, test: String? = nil, options: EventLogOptions = EventLogOptions(),
    timeZone: String? = nil, folder: String, runs: Int = 10, seed: UInt64 = 1, threads: Int? = nil
  ) {
    self.log = log
    self.test = test
    self.options = options
    self.timeZone = timeZone
    self.folder = folder
    self.runs = runs
    self.seed = seed
    self.threads = threads
  }
}

/// What calibrating a log gave.
public struct CalibratedScenario: Sendable {
  /// The log as it was read.
  public var log: EventLogs.EventLog
  /// The parameters.
  public var calibration: LogCalibration
  /// The scenario file, with arrivals as fitted.
  public var scenario: String
  /// Everything that was written.
  public var written: [String]
  /// How close simulated logs come to the test log; `nil` where there is none.
  public var evaluation: CalibrationEvaluation?
}

/// How close simulated logs come to a real one.
public struct CalibrationEvaluation: Sendable {
  /// The scenario that was run: cases arrive when they did in the test log.
  public var scenario: String
  /// The distances of each run.
  public var runs: [LogDistances]
  /// The distances of each run with arrivals as fitted on the training log; empty where no case arrived.
  public var runsWithFittedArrivals: [LogDistances]
  /// How far the runs are from the test log at each activity.
  public var residuals: [ActivityResidual]
  /// How the test log ends, and what was done to the simulated logs so that they end like it.
  public var end: TestLogEnd
}

/// Reads an event log.
///
/// - Throws: `WorkbenchError.badInput` where it cannot be read.
public func readLog(
  _ path: String, options: EventLogOptions = EventLogOptions()
) throws(WorkbenchError) -> EventLogs.EventLog {
  do {
    let bytes = try DocumentReader.read(file: path, shownAs: path, limits: options.limits)
    return try readEventLog(bytes, path: path, options: options)
  } catch {
    throw WorkbenchError(error)
  }
}

/// Calibrates a log, writes the scenario, and where there is a test log simulates its period and measures how
/// close that comes.
///
/// - Parameter progress: told what is done at the moment.
public func calibrateScenario(
  _ request: CalibrationRequest, progress: (String) -> Void = { _ in }
) async throws(WorkbenchError) -> CalibratedScenario {
  progress("reading \(request.log)")
  let log = try readLog(request.log, options: request.options)
  let test = try request.test.map { path throws(WorkbenchError) in
    try readLog(path, options: request.options)
  }
  let clock = try logClock(of: log, named: request.timeZone)
  progress("calibrating \(log.events.count) events")
  var calibration = calibrate(log, clock: clock)
  let offsets = log.source.offsets
  if request.timeZone == nil, clock.zone == "UTC", !offsets.isEmpty, offsets != [0] {
    calibration.remarks.append(
      "no known time zone has the distances from UTC that the times of the log have "
        + "(\(offsets.prefix(6).map { "\($0) min" }.joined(separator: ", "))); hours are read in UTC, or name a "
        + "zone with --time-zone")
  }
  if request.timeZone == nil, clock.zone != "UTC", offsets.count > 1, offsets.contains(0),
    !log.events.contains(where: { clock.offset($0.start / 1_000_000) == 0 })
  {
    calibration.remarks.append(
      "some times stand in UTC, others as in \(clock.zone); all hours are read there, or name a zone with "
        + "--time-zone")
  }
  let name = URL(fileURLWithPath: request.log).lastPathComponent
  var writing = CalibrationWriting(
    calibration: calibration, name: name, request: request, clock: clock)
  try writing.write("process.bpmn", calibration.bpmn)
  let scenario = try await writing.writeScenario()
  var evaluation: CalibrationEvaluation?
  if let test {
    evaluation = try await writing.evaluate(training: log, test: test, progress: progress)
  }
  try writing.writePage(log, scenario: scenario, evaluation)
  return CalibratedScenario(
    log: log, calibration: calibration, scenario: scenario, written: writing.written,
    evaluation: evaluation)
}

/// The files of a calibration.
struct CalibrationWriting {
  let calibration: LogCalibration
  let name: String
  let request: CalibrationRequest
  let clock: LogClock
  var written: [String] = []

  func path(_ file: String) -> String {
    request.folder.hasSuffix("/") ? request.folder + file : "\(request.folder)/\(file)"
  }

  mutating func write(_ file: String, _ text: String) throws(WorkbenchError) {
    try writeFile(text.utf8, to: path(file), option: "--out")
    written.append(path(file))
  }

  static let day: Int64 = 86_400_000_000

  static func date(_ local: Int64) -> CalendarDay {
    CalendarDay(number: Int(local >= 0 ? local / day : (local - day + 1) / day))
  }

  /// Days that a case is followed: four times as long as almost all took, thirteen weeks at least.
  var followDays: Int { max(91, Int(calibration.longestCase * 4 / 86_400) + 1) }

  /// Days that the log spans; a log says nothing of longer times.
  var spanDays: Int {
    Self.date(calibration.span.upperBound).number - Self.date(calibration.span.lowerBound).number
      + 1
  }

  /// Days that the scenario forecasts: four weeks, or as long as the log lasts where that is less.
  var horizonDays: Int { min(28, spanDays) }

  /// Days of the run-in: twice as long as almost all cases took, two weeks at least, eight at most, and no
  /// longer than the log.
  var runInDays: Int {
    min(spanDays, min(56, max(14, Int(calibration.longestCase * 2 / 86_400) + 1)))
  }

  /// The scenario with fitted arrivals: it begins on the day after the log ends, with what a run-in leaves
  /// behind; empty where people have more to do than they can, so that there is no steady state.
  mutating func writeScenario() async throws(WorkbenchError) -> String {
    let last = Self.date(calibration.span.upperBound)
    func text(runIn: Int) -> String {
      calibration.scenario(
        title: "Calibrated from \(name)", file: name, bpmnFile: "process.bpmn", demand: .fitted,
        period: ScenarioPeriod(
          start: CalendarDay(number: last.number + 1), days: horizonDays, runInDays: runIn,
          followDays: followDays), replications: max(2, request.runs), seed: request.seed)
    }
    let file = path("scenario.yaml")
    try write("scenario.yaml", text(runIn: runInDays))
    do {
      try await tryOut(file)
    } catch {
      // People who have more to do than they can leave no steady state to start from.
      try writeFile(text(runIn: 0).utf8, to: file, option: "--out")
      try await tryOut(file)
    }
    return file
  }

  /// Runs a scenario once, which shows whether it can be run at all.
  private func tryOut(_ file: String) async throws(WorkbenchError) {
    _ = try await simulate(
      try readScenarioFile(file), options: StudyOptions(replications: 1), timing: PhaseTiming())
  }
}
