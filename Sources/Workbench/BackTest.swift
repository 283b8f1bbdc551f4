import DocumentReading
import EventLogs
import Experiments
import Foundation
public import Reporting
import Scenarios
public import Simulation
import Workspace

/// How a past study is held against a log.
public struct BackTestRequest: Sendable {
  /// Number of the study.
  public var study: Int64
  /// The log: CSV, XES or OCEL.
  public var log: String
  /// The variant that was put into practice; `nil` for the baseline.
  public var variant: String?
  /// Activities of the log that are reviews by people; none to leave them out.
  public var reviews: [String]
  /// Activities that end a case: one that ends otherwise is still open; none where all cases of the log
  /// are done.
  public var lastActivities: [String]
  /// Columns of a log as CSV, by what they are; those that are not named are guessed.
  public var columns: [String: String]
  /// Threads; `nil` for one per core.
  public var threads: Int?

  /// Creates a request.
  public init(
    study: Int64, log: String, variant: String? = nil, reviews: [String] = [],
    lastActivities: [String] = [], columns: [String: String] = [:], threads: Int? = nil
  ) {
    self.study = study
    self.log = log
    self.variant = variant
    self.reviews = reviews
    self.lastActivities = lastActivities
    self.columns = columns
    self.threads = threads
  }
}

/// Holds a past study against what then happened.
///
/// The study is run again from the inputs that it had, case by case; the log is laid over it by the dates
/// of the scenario. Only whole weeks count that lie in the horizon and before the end of the log.
/// - Parameters:
///   - stopping: told how to stop the run from outside, before it begins.
///   - progress: told how many of how many replications are done.
/// - Throws: `WorkbenchError.badInput` where there is no such study, the log cannot be read, or the two
///   have no whole week in common.
public func backTest(
  _ request: BackTestRequest, inWorkspace file: String,
  stopping: (RunControl) -> Void = { _ in },
  progress: @escaping @Sendable (_ done: Double, _ total: Int) -> Void = { _, _ in }
) async throws(WorkbenchError) -> BackTestReport {
  let entry = try study(request.study, inWorkspace: file)
  guard let settings = entry.settings, !entry.files.isEmpty else {
    throw .badInput([
      "study \(request.study) was recorded by an earlier version, without its inputs; compare its "
        + "scenario again"
    ])
  }
  do {
    let source = ScenarioSource(path: entry.study.scenario, files: entry.files)
    let loaded = try readScenario(from: source)
    var options = settings.options(threads: request.threads)
    if let variant = request.variant { options.variants = [variant] }
    let (compiled, design) = try Workbench.study(of: loaded.scenario, options: options)
    let name = request.variant ?? design.variants[design.baseline].name
    guard let chosen = design.variants.first(where: { $0.name == name }) else {
      throw WorkbenchError.badInput(["the study has no variant '\(name)'"])
    }
    let past = try datedLog(request, origin: compiled.origin)
    let week: Int64 = 604_800_000_000
    let weeks = Int(min(chosen.model.timeline.horizon, past.end) / week)
    guard weeks >= 1 else {
      throw WorkbenchError.badInput([
        "\(request.log): the log ends on \(past.lastDay), before the first week of the study is over, which "
          + "begins on \(compiled.start); give a log of the time that was forecast"
      ])
    }
    let control = options.limits.control { progress($0, design.replications) }
    stopping(control)
    let forecast = try await weeklyForecast(
      chosen.model, design, weeks: weeks, threads: options.threadCount, control: control)
    // A run's tickets are known by cohorts, which are weeks where the scenario says nothing else.
    let knowsTickets = !request.reviews.isEmpty && chosen.model.timeline.cohortLength == week
    let figures = WeeklyFigure.allCases.filter { $0 != .tickets || knowsTickets }
    return BackTestReport(
      study: request.study, variant: name, log: request.log, start: "\(compiled.start)",
      notes: past.notes,
      test: BackTest(
        facts: WeeklyFacts(of: past.cases, weeks: weeks), forecast: forecast, weeks: weeks,
        figures: figures))
  } catch {
    throw WorkbenchError(error, in: entry.study.scenario)
  }
}

/// The weekly figures of every replication, by number.
private func weeklyForecast(
  _ model: SimulationModel, _ design: StudyDesign, weeks: Int, threads: Int, control: RunControl
) async throws -> [WeeklyFacts] {
  let facts = ForecastParts()
  let runner = LocalReplicationRunner(threads: threads) {
    model, seed, job, control throws(SimulationError) in
    var observer = CaseTraceObserver(following: nil)
    let record = try runReplication(
      of: model, seed: seed, replication: job.replication, control: control, trace: &observer)
    let cases = observer.entries.map { DatedCase(arrival: $0.arrival, end: $0.end) }
    facts.keep(
      WeeklyFacts(of: cases, weeks: weeks, tickets: record.cohorts.map(\.tickets)),
      of: job.replication)
    return record
  }
  let jobs = (0..<design.replications).map { ReplicationJob(model: 0, replication: $0) }
  _ = try await runner.run(jobs, models: [model], seed: design.seed, control: control)
  if let reason = control.stopReason {
    throw WorkbenchError.stopped("stopped before the forecast was whole", reason)
  }
  return facts.inOrder
}

/// The cases of a log, on the clock of a scenario.
private struct DatedLog {
  var cases: [DatedCase]
  /// When the log ends, in microseconds from day 0.
  var end: Int64
  var lastDay: String
  var notes: [String]
}

private func datedLog(_ request: BackTestRequest, origin: Int64) throws -> DatedLog {
  var options = EventLogOptions()
  for (name, column) in request.columns {
    guard let part = LogPart(rawValue: name) else {
      throw WorkbenchError.badInput([
        "there is no part '\(name)' of a log; --column takes \(LogPart.allCases.map(\.rawValue).joined(separator: ", "))"
      ])
    }
    options.columns[part] = column
  }
  let bytes = try DocumentReader.read(
    file: request.log, shownAs: request.log, limits: options.limits)
  let log = try readEventLog(bytes, path: request.log, options: options)
  for name in request.reviews + request.lastActivities where !log.activities.contains(name) {
    throw WorkbenchError.badInput([
      "\(request.log): the log has no activity '\(name)'; it has "
        + log.activities.prefix(20).joined(separator: ", ")
    ])
  }
  let reviews = Set(log.activities.indices.filter { request.reviews.contains(log.activities[$0]) })
  let lasts = Set(
    log.activities.indices.filter { request.lastActivities.contains(log.activities[$0]) })
  let zero = origin * 1_000_000
  var cases: [DatedCase] = []
  var end = Int64.min
  for index in log.cases.indices {
    let events = log.events(ofCase: index)
    var (first, last) = (Int64.max, Int64.min)
    var tickets = 0
    var isDone = lasts.isEmpty
    for event in events {
      first = min(first, event.enabled == .min ? event.start : min(event.enabled, event.start))
      last = max(last, event.end)
      if reviews.contains(Int(event.activity)) { tickets += 1 }
      if lasts.contains(Int(event.activity)) { isDone = true }
    }
    guard first <= last else { continue }
    cases.append(
      DatedCase(arrival: first - zero, end: isDone ? last - zero : nil, tickets: tickets))
    end = max(end, last - zero)
  }
  let lastDay = Date(timeIntervalSince1970: Double(end + zero) / 1e6)
    .formatted(.iso8601.year().month().day())
  var notes = log.problems.map(\.text)
  if lasts.isEmpty {
    notes.append(
      "every case counts as done with its last event; where the log has cases that are still open, name "
        + "the activities that end a case with --last")
  }
  return DatedLog(cases: cases, end: end, lastDay: lastDay, notes: notes)
}
