import Facts
import Inventory

extension OperationalRecords {
  /// Adds what a list of Orchestrator says of runs; other lists only name what these refer to.
  mutating func add(_ table: OrchestratorTable, _ tenant: OrchestratorTenant) {
    let runsBefore = runs.count + tickets.count
    switch table.entity {
    case .jobs: addJobs(table, tenant)
    case .queueItems: addItems(table, tenant)
    case .tasks: addTasks(table)
    default:
      problems.append(
        ImportProblem(
          .info, "a list of Orchestrator that says nothing of runs; names are taken from it",
          at: SourceLocation(path: table.path)))
      return
    }
    let count = runs.count + tickets.count - runsBefore
    sources.append(
      OperationalSource(
        path: table.path, title: "UiPath Orchestrator, \(table.entity.rawValue)", count: count,
        leftOut: table.rows.count - count, columns: [], unused: []))
  }

  /// Jobs: whether one was tried again is not recorded.
  private mutating func addJobs(_ table: OrchestratorTable, _ tenant: OrchestratorTenant) {
    let times = OrchestratorTimes(table)
    for row in table.rows {
      guard let process = tenant.process(of: row) else { continue }
      let state = (row["state", "status"] ?? "").lowercased()
      let isFailed = ["faulted", "failed", "5"].contains(state)
      // A job that somebody stopped says nothing of whether it would have worked.
      guard isFailed || ["successful", "success", "6"].contains(state) else { continue }
      let start = times.moment(row, ["starttime", "started", "startedabsolute", "start"])
      let end = times.moment(row, ["endtime", "ended", "endedabsolute", "end"])
      runs.append(
        AutomationRun(
          automation: process, caseType: nil, attempts: 1, failures: isFailed ? 1 : 0,
          isFirst: nil, isRetried: nil, isGivenUp: nil, start: start?.seconds,
          seconds: seconds(from: start, to: end), location: row.place))
      addMachine(row, process, isFailed)
    }
  }

  /// Queue items: each attempt is an item of its own, and one that is tried again has the status *Retried*.
  private mutating func addItems(_ table: OrchestratorTable, _ tenant: OrchestratorTenant) {
    let times = OrchestratorTimes(table)
    let file = stem(of: lastComponent(of: table.path))
    for row in table.rows {
      let queue = tenant.queue(of: row) ?? file
      let process = tenant.consumers[nameKey(queue)]
      let status = (row["status"] ?? "").lowercased()
      let isRetried = ["retried", "5"].contains(status)
      let isGivenUp = ["failed", "abandoned", "2", "4"].contains(status)
      guard isRetried || isGivenUp || ["successful", "3"].contains(status) else { continue }
      let number = row["retrynumber", "retryno", "itemretry"].flatMap { Int($0) }.flatMap {
        (0...1_000_000).contains($0) ? $0 : nil
      }
      let start = times.moment(row, ["startprocessing", "started", "starttime"])
      let end = times.moment(row, ["endprocessing", "ended", "endtime"])
      let isFirst = number.map { $0 == 0 }
      runs.append(
        AutomationRun(
          automation: process ?? queue, caseType: process == nil ? nil : queue, attempts: 1,
          failures: isRetried || isGivenUp ? 1 : 0, number: number.map { $0 + 1 }, isFirst: isFirst,
          isRetried: isFirst == true ? isRetried : nil, isGivenUp: isRetried ? nil : isGivenUp,
          start: start?.seconds, seconds: seconds(from: start, to: end), location: row.place))
      addMachine(row, process ?? queue, isRetried || isGivenUp)
    }
  }

  private mutating func addMachine(_ row: OrchestratorRow, _ automation: String, _ hasFailed: Bool)
  {
    guard
      let machine = row[
        "robotname", "robot", "hostmachinename", "hostname", "machine", "machinename"]
    else { return }
    uses.append(
      AutomationUse(
        automation: automation, partner: machine, kind: .machine, uses: 1,
        failures: hasFailed ? 1 : 0))
  }

  /// Tasks of Action Center: which process asks is not told.
  private mutating func addTasks(_ table: OrchestratorTable) {
    let times = OrchestratorTimes(table)
    for row in table.rows {
      let status = (row["status"] ?? "").lowercased()
      guard ["completed", "2"].contains(status) else { continue }
      tickets.append(
        ReviewTicket(
          automation: nil,
          caseType: row["taskcatalogname", "taskcatalog", "catalogname", "actioncatalog"]
            ?? row["type"],
          opened: times.moment(row, ["creationtime"])?.seconds, workSeconds: nil,
          outcome: row["action"].flatMap(reviewOutcome), location: row.place))
    }
  }

  private func seconds(from start: Timestamp?, to end: Timestamp?) -> Double? {
    guard let start, let end, end >= start else { return nil }
    return end.seconds - start.seconds
  }
}
