internal import EventEngine
public import Simulation
internal import Statistics

/// Runs one variant and says what it shows: the first of the design's variants.
///
/// The result depends on the design alone. Of a run that was stopped it has the replications that were
/// done, from the first on without a gap.
/// - Throws: what the runner throws; `StudyError` where the variant cannot be run, or was stopped before a
///   replication was done.
public func runSimulation(
  _ design: StudyDesign, runner: some ReplicationRunner, control: RunControl = RunControl()
) async throws -> SimulationRun {
  var single = design
  single.variants = Array(design.variants.prefix(1))
  single.baseline = 0
  let records = try await runReplications(single, runner: runner, control: control)[0]
  guard !records.isEmpty else {
    throw StudyError.stoppedTooEarly(done: 0, reason: control.stopReason)
  }
  return SimulationRun(
    design: single, records: records,
    interruption: Interruption(single, done: records.count, control))
}

/// A simulation that has been run: the records of its replications.
public struct SimulationRun: Sendable {
  /// What was run: one variant.
  public let design: StudyDesign
  /// One record per replication done.
  public let records: [ReplicationRecord]
  /// Why there are fewer than asked for; `nil` where there are not.
  public let interruption: Interruption?

  /// Cases counted in all replications.
  public var cases: Int { records.reduce(0) { $0 + $1.arrived } }

  /// Pieces of work done on them by people and automations.
  public var activities: Int { records.reduce(0) { $0 + $1.work.reduce(0) { $0 + $1.count } } }

  /// Events handled.
  public var events: Int { records.reduce(0) { $0 + $1.eventCount } }

  /// What the records show; sums run in the order of replications.
  public var result: SimulationResult {
    let variant = design.variants[0]
    let timeline = variant.model.timeline
    var found = VariantResult(
      variant, records: records, baselineRecords: records, isBaseline: true, design: design)
    // It stands beside the variant here.
    let work = found.work ?? []
    found.work = nil
    return SimulationResult(
      seed: design.seed, replications: records.count, interruption: interruption, level: 0.95,
      currency: design.currency, caseLimit: timeline.caseLimit,
      weeks: Estimate(of: records.map(\.weeksCounted)),
      followUpHours: timeline.followUp == Timeline.endless
        ? nil : Double(timeline.followUp) / 3600e6,
      daysPerSample: timeline.daysPerSample,
      weeksPerCohort: Double(timeline.cohortLength) / 604_800e6,
      cases: CaseFlowResult(records),
      work: work,
      teams: variant.model.stack.teams.indices.map {
        TeamWorkResult(team: $0, model: variant.model, records: records)
      },
      overload: Overload(worstOf: variant.model),
      variant: found,
      events: events)
  }
}

extension SimulationRun {
  /// The same as a study of one variant; the work on its activities stands in `result`.
  public var study: StudyResult {
    var done = design
    done.replications = records.count
    var study = StudyResult(design: done, records: [records])
    study.interruption = interruption
    study.variants[0].work = nil
    return study
  }
}

extension CaseFlowResult {
  /// Shares of cases whose time to completion is reported.
  static let shares = [0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 0.99]

  init(_ records: [ReplicationRecord]) {
    func estimate(_ value: (ReplicationRecord) -> Double) -> Estimate {
      Estimate(of: records.map(value))
    }
    /// Of replications in which cases arrived.
    func perCase(_ sum: (ReplicationRecord) -> Double) -> Estimate {
      let some = records.filter { $0.arrived > 0 }
      return Estimate(of: some.map { sum($0) / Double($0.arrived) })
    }
    arrived = estimate { Double($0.arrived) }
    unfinished = estimate { record in
      Double(record.cohorts.reduce(0) { $0 + $1.arrived - $1.completed })
    }
    completedPerWeek = estimate { record in
      record.weeksCounted > 0 ? Double(record.completedWhileCounting) / record.weeksCounted : 0
    }
    timeToCompletion = perCase { record in
      Double(record.cohorts.reduce(Int128(0)) { $0 + $1.restrictedTime }) / 3600e6
    }
    percentiles = Self.percentiles(records)
    waiting = perCase { Double($0.work.reduce(Int128(0)) { $0 + $1.waitingTime }) / 3600e6 }
    processing = perCase { Double($0.work.reduce(Int128(0)) { $0 + $1.serviceTime }) / 3600e6 }
    work = perCase { Double($0.work.reduce(Int64(0)) { $0 + $1.workTime }) / 3600e6 }
  }

  private static func percentiles(_ records: [ReplicationRecord]) -> [Percentile] {
    let times = records.filter { $0.arrived > 0 }.map { record in
      var histogram = LogLinearHistogram()
      for group in record.completionTimes { histogram.merge(group) }
      return (histogram, Double(record.arrived))
    }
    return shares.compactMap { share in
      // The share is of all that arrived; whoever was not completed took longer.
      let hours = times.compactMap { histogram, arrived -> Double? in
        let ofCompleted = share * arrived / Double(histogram.count)
        guard histogram.count > 0, ofCompleted <= 1 else { return nil }
        return histogram.quantile(ofCompleted).map { $0 / 3600e6 }
      }
      guard !hours.isEmpty, hours.count == times.count else { return nil }
      return Percentile(share: share, hours: Estimate(of: hours))
    }
  }
}

/// Rows of activities, in document order, then of guardrails, then of errands; ways in which nothing can be done are left
/// out.
func workResults(
  _ records: [ReplicationRecord], model: SimulationModel
) -> [WorkResult] {
  let stack = model.stack
  let rows = WorkRecordRows(
    activities: model.flow.activities.count, guardrails: stack.guardrails.count,
    errands: stack.errands.count)
  // Records that were made without a run have none.
  guard records.allSatisfy({ $0.work.count >= rows.count }) else { return [] }
  var results: [WorkResult] = []
  for (index, activity) in stack.activities.enumerated() {
    let name = model.flow.elementNames[Int(model.flow.activities[index])]
    func add(_ kind: WorkResult.Kind, _ way: WorkRecordRows.Way, _ performer: String) {
      let mine = records.map { ($0.work[rows.row(activity: index, way)], $0.arrived) }
      guard mine.contains(where: { $0.0.count > 0 }) else { return }
      results.append(
        WorkResult(
          id: model.flow.activityID(index), name: name, kind: kind, performer: performer, mine))
    }
    let team = activity.team.map { stack.teams[$0].name }
    let automation = activity.automation.map { stack.automations[$0] }
    add(.run, .run, automation?.name ?? "")
    add(.task, .task, team ?? "")
    add(
      .exception, .exception,
      automation?.exceptionTeam.map { stack.teams[$0].name } ?? team ?? "")
  }
  for (index, guardrail) in stack.guardrails.enumerated() {
    let mine = records.map { ($0.work[rows.row(guardrail: index)], $0.arrived) }
    guard mine.contains(where: { $0.0.count > 0 }) else { continue }
    results.append(
      WorkResult(
        id: guardrail.name, name: nil, kind: .ticket,
        performer: guardrail.teams.map { stack.teams[$0].name }.joined(separator: ", "), mine))
  }
  for (index, errand) in stack.errands.enumerated() {
    let mine = records.map { ($0.work[rows.row(errand: index)], $0.arrived) }
    guard mine.contains(where: { $0.0.count > 0 }) else { continue }
    results.append(
      WorkResult(
        id: errand.name, name: nil, kind: .errand, performer: stack.teams[errand.team].name, mine))
  }
  return results
}

extension WorkResult {
  fileprivate init(
    id: String, name: String?, kind: Kind, performer: String,
    _ mine: [(work: WorkRecord, cases: Int)]
  ) {
    func perCase(_ value: (WorkRecord) -> Double) -> Estimate {
      Estimate(of: mine.filter { $0.cases > 0 }.map { value($0.work) / Double($0.cases) })
    }
    /// Of replications in which some was done.
    func perPiece(_ value: (WorkRecord) -> Double) -> Estimate? {
      let some = mine.map(\.work).filter { $0.count > 0 }
      return some.isEmpty ? nil : Estimate(of: some.map { value($0) / Double($0.count) })
    }
    self.id = id
    self.name = name
    self.kind = kind
    self.performer = performer
    count = mine.reduce(0) { $0 + $1.work.count }
    self.perCase = perCase { Double($0.count) }
    waitingMinutes = perPiece { Double($0.waitingTime) / 60e6 }
    processingMinutes = perPiece { Double($0.serviceTime) / 60e6 }
    workMinutes = perPiece { Double($0.workTime) / 60e6 }
    costEach = perPiece { Double($0.cost) / 1e6 }
    costPerCase = perCase { Double($0.cost) / 1e6 }
  }
}

extension TeamWorkResult {
  fileprivate init(team: Int, model: SimulationModel, records: [ReplicationRecord]) {
    name = model.stack.teams[team].name
    people = model.stack.teams[team].people.count
    let schedule = TeamSchedule(team: team, stack: model.stack, model: model)
    let shares = records.compactMap { record in
      workShare(of: record, team: team, model: model, schedule: schedule)
    }
    occupancy = shares.isEmpty ? nil : Estimate(of: shares)
    // Beyond the last arrival of a case-limited run a team only empties its queue.
    let counts = records.map { record in
      model.timeline.dayCloses.prefix(model.timeline.horizonDays)
        .count { model.timeline.caseLimit == nil || $0 <= record.countedUntil }
    }
    func mean(_ value: (TeamSeries, Int) -> Double) -> Estimate? {
      let means = zip(records, counts).filter { $0.1 > 0 }.map { record, count in
        average((0..<count).map { value(record.teams[team], $0) })
      }
      return means.isEmpty ? nil : Estimate(of: means)
    }
    waitingAtClose = mean { Double($0.waitingTickets[$1] + $0.waitingTasks[$1]) }
    backlogHours = mean { Double($0.remainingContent[$1]) / 3600e6 }
  }
}

/// Work done over work scheduled, from day 0 to the close of the last working day of the horizon, or to
/// the arrival of the last case of a case-limited run.
private func workShare(
  of record: ReplicationRecord, team: Int, model: SimulationModel, schedule: TeamSchedule
) -> Double? {
  let series = record.teams[team]
  guard model.timeline.caseLimit == nil else {
    let scheduled =
      model.stack.teams[team].people.reduce(Int64(0)) {
        $0 + model.calendars[$1.calendar].workTime(from: 0, to: record.countedUntil)
      } + extraWork(series, until: record.countedUntil, model)
    return scheduled > 0 ? Double(series.workWhileCounting) / Double(scheduled) : nil
  }
  let days = model.timeline.horizonDays
  let cumulative = schedule.adding(series.extraScheduled).cumulative
  guard days > 0, cumulative[days - 1] > 0 else { return nil }
  return Double(series.workDone[days - 1] - series.workBefore) / Double(cumulative[days - 1])
}

/// Work scheduled beyond what the stack says, at the last sample by an instant.
private func extraWork(
  _ series: TeamSeries, until instant: Int64, _ model: SimulationModel
) -> Int64 {
  let samples = model.timeline.dayCloses.prefix(series.extraScheduled.count)
    .prefix { $0 <= instant }.count
  return samples > 0 ? series.extraScheduled[samples - 1] : 0
}
