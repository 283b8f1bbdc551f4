import Facts
import Inventory

extension OperationalRecords {
  /// Adds what histories of Temporal workflows say: runs of the workflows, and of their activities, whose
  /// kind of case is the workflow.
  mutating func add(_ histories: [TemporalHistory], path: String) {
    var count = 0
    for history in histories {
      guard let workflow = history.type else {
        problems.append(
          ImportProblem(
            .low, "a history that does not begin with the start of its run is left out",
            at: history.location))
        continue
      }
      count += 1
      addRun(of: workflow, history)
      for work in history.works { add(work, of: workflow) }
    }
    sources.append(
      OperationalSource(
        path: path, title: "Temporal workflow history", count: count,
        leftOut: histories.count - count, columns: [], unused: []))
  }

  private mutating func addRun(of workflow: String, _ history: TemporalHistory) {
    let hasFailed: Bool
    switch history.ending {
    case .completed: hasFailed = false
    case .failed, .timedOut: hasFailed = true
    // Stopped by somebody, gone on as another run, or not over.
    case .stopped, .continued, nil: return
    }
    var seconds: Double?
    if let start = history.start, let end = history.end, end >= start { seconds = end - start }
    runs.append(
      AutomationRun(
        automation: workflow, caseType: nil, attempts: 1, failures: hasFailed ? 1 : 0,
        number: history.attempt, isFirst: history.attempt == 1,
        isRetried: history.attempt == 1 ? false : nil,
        isGivenUp: hasFailed, start: history.start, seconds: seconds, location: history.location))
  }

  private mutating func add(_ work: TemporalHistory.Work, of workflow: String) {
    let isGivenUp: Bool
    switch work.ending {
    case .completed: isGivenUp = false
    case .failed, .timedOut: isGivenUp = true
    case .stopped, .continued, nil: return
    }
    let failures = work.attempts - (isGivenUp ? 0 : 1)
    if work.kind == .activity || work.kind == .localActivity {
      runs.append(
        AutomationRun(
          automation: work.name, caseType: workflow, attempts: work.attempts, failures: failures,
          number: work.attempts, isFirst: true, isRetried: work.attempts > 1, isGivenUp: isGivenUp,
          start: work.started ?? work.begun, seconds: work.seconds, location: work.location))
    }
    uses.append(
      AutomationUse(
        automation: workflow, partner: work.name, kind: .application, uses: work.attempts,
        failures: failures))
  }
}
