import Calibration
import DocumentReading
import EventLogs
import Facts
import Foundation
import Scenarios
import Simulation

/// How close the runs of a scenario come to a test log.
private struct JudgedRuns {
  var distances: [LogDistances] = []
  var figures: [ActivityFigures] = []
  /// As in `SplitLogs`.
  var replaced: Int
  var leftOut: Int
}

extension CalibrationWriting {
  /// Simulates the period of a test log, once with its arrivals and once with the fitted ones.
  mutating func evaluate(
    training: EventLogs.EventLog, test: EventLogs.EventLog, progress: (String) -> Void
  ) async throws(WorkbenchError) -> CalibrationEvaluation {
    let arrivals = test.cases.indices.compactMap { index in
      test.events(ofCase: index).map(\.start).min().map {
        (local: clock.local($0), id: test.cases[index])
      }
    }.sorted { ($0.local, $0.id) < ($1.local, $1.id) }
    guard let first = arrivals.first?.local, let last = arrivals.last?.local else {
      throw .badInput(["\(request.test ?? ""): the test log has no case"])
    }
    let start = Self.date(first)
    let days = Self.date(last).number - start.number + 1
    // The real start state: from an empty start the training cases of the weeks before come as they came.
    let runIn = runInDays
    let begin = Int64(start.number - runIn) * Self.day
    let known = Set(test.cases)
    var list = arrivals.map { (local: $0.local, id: String?.some($0.id)) }
    for index in training.cases.indices where !known.contains(training.cases[index]) {
      guard let time = training.events(ofCase: index).map(\.start).min() else { continue }
      let local = clock.local(time)
      if local >= begin { list.append((local, nil)) }
    }
    list.sort {
      ($0.local, $0.id == nil ? 0 : 1, $0.id ?? "") < ($1.local, $1.id == nil ? 0 : 1, $1.id ?? "")
    }
    try write("arrivals.csv", "time\n" + list.map { wallClock($0.local) + "\n" }.joined())
    let text = calibration.scenario(
      title: "\(name), arrivals of the test log", file: name, bpmnFile: "process.bpmn",
      demand: .list(file: "arrivals.csv"),
      period: ScenarioPeriod(
        start: CalendarDay(number: start.number - runIn), days: days + runIn, runInDays: 0,
        followDays: followDays),
      replications: max(2, request.runs), seed: request.seed, isBalanced: request.isBalanced)
    try write("replay.yaml", text)
    progress("simulating \(request.runs) runs")
    let ids: [String?] = [nil] + list.map(\.id)
    var ending = TestLogEnd(of: test, training: training)
    let lastEnd = test.events.map(\.end).max().map { stamp(clock.local($0)) }
    let end: SimulatedLogs.End? = lastEnd.flatMap { time in
      switch ending.kind {
      case .whole: nil
      case .cutsCases: .cutting(at: time)
      case .leavesOutCases: .leavingOut(at: time)
      }
    }
    let replay = try await runs(
      of: path("replay.yaml"), cases: ids, within: nil, until: end, test: test, files: "simulated")
    ending.replaced = replay.replaced
    ending.leftOut = replay.leftOut
    progress("simulating \(request.runs) runs with fitted arrivals")
    let fitted = calibration.scenario(
      title: "\(name), fitted arrivals", file: name, bpmnFile: "process.bpmn", demand: .fitted,
      period: ScenarioPeriod(
        start: CalendarDay(number: start.number - runIn), days: days + runIn, runInDays: 0,
        followDays: followDays),
      replications: max(2, request.runs), seed: request.seed, isBalanced: request.isBalanced)
    try write("fitted.yaml", fitted)
    let withFitted = try await runs(
      of: path("fitted.yaml"), cases: nil, within: stamp(first)...stamp(last), until: end,
      test: test, files: nil)
    return CalibrationEvaluation(
      scenario: path("replay.yaml"), runs: replay.distances,
      runsWithFittedArrivals: withFitted.distances,
      residuals: ActivityResidual.all(real: test, simulated: replay.figures),
      end: ending)
  }

  /// Local time as a list of arrivals has it.
  private func wallClock(_ local: Int64) -> String {
    let date = Self.date(local)
    let rest = local - Int64(date.number) * Self.day
    func padded(_ number: Int64, _ width: Int) -> String {
      let text = String(number)
      return String(repeating: "0", count: max(0, width - text.count)) + text
    }
    let seconds = rest / 1_000_000
    return "\(date) \(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):"
      + "\(padded(seconds % 60, 2)).\(padded(rest % 1_000_000, 6))"
  }

  /// Local time as logs have it, without its distance from UTC.
  private func stamp(_ local: Int64) -> String { wallClock(local).replacing(" ", with: "T") }

  /// Runs a scenario, writes its logs like the test log, and measures them.
  private mutating func runs(
    of scenario: String, cases: [String?]?, within period: ClosedRange<String>?,
    until end: SimulatedLogs.End?, test: EventLogs.EventLog, files: String?
  ) async throws(WorkbenchError) -> JudgedRuns {
    let loaded = try readScenarioFile(scenario)
    let work = path(".work.csv")
    defer { try? FileManager.default.removeItem(atPath: work) }
    _ = try await simulate(
      loaded, log: EventLogFile(path: work, format: .csv),
      options: StudyOptions(
        replications: request.runs, seed: request.seed, threads: request.threads),
      timing: PhaseTiming())
    do {
      let bytes = try DocumentReader.read(file: work, shownAs: work, limits: eventLogLimits)
      let logs = try SimulatedLogs(like: test, names: calibration.logNames).split(
        bytes, path: work, runs: request.runs, cases: cases, within: period, until: end,
        leavingOut: Set(calibration.waitingTeams))
      var judged = JudgedRuns(replaced: logs.replaced, leftOut: logs.leftOut)
      var columns = request.options
      for use in test.source.mapping where test.source.format == "csv" {
        columns.columns[use.part] = use.column
      }
      if test.source.format != "csv" { columns.columns = [:] }
      for (index, text) in logs.texts.enumerated() {
        if let files { try write("\(files)_\(index).csv", text) }
        guard let log = try? readEventLog(Array(text.utf8), path: "run \(index)", options: columns)
        else { continue }
        judged.distances.append(LogDistances(real: test, simulated: log))
        judged.figures.append(ActivityFigures(log))
      }
      return judged
    } catch {
      throw WorkbenchError(error)
    }
  }
}
