import Facts
import Inventory

/// What happened, as Orchestrator records it: jobs, queue items, tasks for people, log lines.
struct OrchestratorRecords {
  private let table: OrchestratorTable
  private let tenant: OrchestratorTenant
  private var result: FileReading
  private let times: OrchestratorTimes

  init(_ table: OrchestratorTable, _ tenant: OrchestratorTenant) {
    self.table = table
    self.tenant = tenant
    result = FileReading(path: table.path)
    times = OrchestratorTimes(table)
  }

  /// What the list says.
  func reading() -> FileReading {
    var copy = self
    copy.read()
    return copy.result
  }

  private mutating func read() {
    guard !table.rows.isEmpty else {
      result.note(
        .low, "the list has no rows, so that nothing is measured by it",
        at: SourceLocation(path: table.path))
      return
    }
    switch table.entity {
    case .jobs: readJobs()
    case .queueItems: readItems()
    case .tasks: readTasks()
    default: readLogs()
    }
  }

  // MARK: Samples

  /// Runs, items or tasks of one kind.
  private struct Sample {
    var place: SourceLocation
    var count = 0
    var finished = 0
    var failed = 0
    var retried = 0
    var durations = 0
    var totalSeconds = 0.0
  }

  /// The time that the whole list covers; a list of a month in which a process ran once says that it
  /// ran once a month.
  private func window(_ columns: [String]) -> (from: Timestamp, to: Timestamp)? {
    var range: (from: Timestamp, to: Timestamp)?
    let present = columns.filter { column in
      table.rows.prefix(1000).contains { $0[column] != nil }
    }
    for row in table.rows {
      for column in present {
        guard let moment = moment(row, column) else { continue }
        range = range.map { (min($0.from, moment), max($0.to, moment)) } ?? (moment, moment)
      }
    }
    return range
  }

  private func moment(_ row: OrchestratorRow, _ columns: String...) -> Timestamp? {
    times.moment(row, columns)
  }

  private func evidence(
    _ sample: Sample, _ count: Int, _ what: String, _ window: (from: Timestamp, to: Timestamp)?
  ) -> Evidence {
    let period = window.map { ", \($0.from.date) to \($0.to.date)" } ?? ""
    return Evidence(.measured, sample.place, note: "n = \(count) \(what)\(period)")
  }

  private func volume(_ count: Int, _ window: (from: Timestamp, to: Timestamp)?) -> Frequency? {
    guard let window else { return nil }
    let days = (window.to.seconds - window.from.seconds) / 86_400
    // Less than a day tells nothing of nights and weekends.
    guard days >= 1, count > 0 else { return nil }
    return Frequency(count: Double(count) / days, per: .day)
  }

  private func state(
    _ sample: Sample, _ what: String, _ window: (from: Timestamp, to: Timestamp)?,
    in system: inout AutomationSystem
  ) {
    if let volume = volume(sample.count, window) {
      system.volume.state(volume, evidence(sample, sample.count, what, window))
    } else {
      system.unknowns.append(
        "How often it runs: the \(what) that are listed cover less than a day, or their times are not"
          + " given.")
    }
    if sample.finished > 0,
      let rate = Probability(Double(sample.failed) / Double(sample.finished))
    {
      system.failureRate.state(
        rate, evidence(sample, sample.finished, "finished \(what)", window))
    }
    if sample.durations > 0,
      let mean = TimeSpan(seconds: sample.totalSeconds / Double(sample.durations))
    {
      system.runTime.state(
        mean, evidence(sample, sample.durations, "\(what) with start and end", window))
    }
  }

  private func system(_ name: String, _ place: SourceLocation) -> AutomationSystem {
    var system = AutomationSystem(name: name, source: Evidence(.imported, place))
    system.kind.state(.rpa, Evidence(.inferred, place, note: "a process of Orchestrator"))
    system.technology.state("UiPath", Evidence(.imported, place))
    return system
  }

  // MARK: Jobs

  private mutating func readJobs() {
    let window = window([
      "creationtime", "starttime", "started", "startedabsolute", "start", "endtime", "ended", "end",
      "endedabsolute",
    ])
    var samples: [String: Sample] = [:]
    var names: [String] = []
    var shown: [String: String] = [:]
    var processOfJob: [String: String] = [:]
    var isUnknown = 0
    for row in table.rows {
      guard let process = tenant.process(of: row) else {
        isUnknown += 1
        continue
      }
      if let key = row["key"] { processOfJob[key.lowercased()] = process }
      let key = nameKey(process)
      if samples[key] == nil {
        samples[key] = Sample(place: row.place)
        names.append(key)
        shown[key] = process
      }
      guard var sample = samples[key] else { continue }
      sample.count += 1
      let state = (row["state", "status"] ?? "").lowercased()
      let isFailed = ["faulted", "failed", "5"].contains(state)
      if isFailed || ["successful", "success", "stopped", "6"].contains(state) {
        sample.finished += 1
        if isFailed { sample.failed += 1 }
      }
      if let start = moment(row, "starttime", "started", "startedabsolute", "start"),
        let end = moment(row, "endtime", "ended", "endedabsolute", "end"), end >= start
      {
        sample.durations += 1
        sample.totalSeconds += end.seconds - start.seconds
      }
      samples[key] = sample
    }
    for key in names {
      guard let sample = samples[key], let name = shown[key] else { continue }
      var system = system(name, sample.place)
      state(sample, "jobs", window, in: &system)
      result.fragment.systems.append(system)
    }
    addMachinesAndCallers(processOfJob)
    if isUnknown > 0 {
      result.note(
        .low,
        "jobs without the name of their process are left out (rows: \(isUnknown)); export with"
          + " ReleaseName", at: SourceLocation(path: table.path))
    }
  }

  private mutating func addMachinesAndCallers(_ processOfJob: [String: String]) {
    var said: Set<[String]> = []
    for row in table.rows {
      guard let process = tenant.process(of: row) else { continue }
      if let machine = row["hostmachinename", "hostname", "machine", "machinename"],
        said.insert([process, machine]).inserted
      {
        result.fragment.permissions.append(
          Permission(
            system: process, name: "run on \(machine)", application: machine,
            evidence: Evidence(.measured, row.place)))
      }
      if let parent = row["parentjobkey"].flatMap({ processOfJob[$0.lowercased()] }),
        said.insert([parent, process, "job"]).inserted
      {
        result.fragment.connections.append(
          Connection(
            .invokes, from: EntityReference(.system, parent), to: EntityReference(.system, process),
            channel: .api, action: "StartJob", evidence: Evidence(.measured, row.place)))
      }
    }
  }

  // MARK: Queue items

  private mutating func readItems() {
    let window = window([
      "creationtime", "startprocessing", "started", "starttime", "endprocessing", "ended",
      "endtime",
    ])
    var samples: [String: Sample] = [:]
    var names: [String] = []
    let file = stem(of: lastComponent(of: table.path))
    for row in table.rows {
      // The user interface exports the items of one queue and does not say which.
      let queue = tenant.queue(of: row) ?? file
      if samples[queue] == nil {
        samples[queue] = Sample(place: row.place)
        names.append(queue)
      }
      guard var sample = samples[queue] else { continue }
      let attempt = row["retrynumber", "retryno", "itemretry"].flatMap { Int($0) } ?? 0
      if attempt > 0 { sample.retried += 1 } else { sample.count += 1 }
      let status = (row["status"] ?? "").lowercased()
      let isFailed = ["failed", "abandoned", "2", "4"].contains(status)
      // An item that was retried is followed by another one, whose end counts.
      if isFailed || ["successful", "3"].contains(status) {
        sample.finished += 1
        if isFailed { sample.failed += 1 }
      }
      if let start = moment(row, "startprocessing", "started", "starttime"),
        let end = moment(row, "endprocessing", "ended", "endtime"), end >= start
      {
        sample.durations += 1
        sample.totalSeconds += end.seconds - start.seconds
      }
      samples[queue] = sample
    }
    let isNamed = table.rows.contains { tenant.queue(of: $0) != nil }
    if !isNamed {
      result.note(
        .info, "the list does not name its queue, which is called after the file",
        at: SourceLocation(path: table.path))
    }
    for queue in names {
      guard let sample = samples[queue] else { continue }
      add(queue, sample, window)
    }
  }

  private mutating func add(
    _ queue: String, _ sample: Sample, _ window: (from: Timestamp, to: Timestamp)?
  ) {
    var parts = ["\(sample.count) items, \(sample.retried) repeated attempts"]
    if sample.finished > 0 { parts.append("\(sample.failed) of \(sample.finished) ends failed") }
    if let window { parts.append("\(window.from.date) to \(window.to.date)") }
    let evidence = Evidence(.measured, sample.place, note: parts.joined(separator: "; "))
    guard let process = tenant.consumers[nameKey(queue)] else {
      let name = OrchestratorTenant.name
      if result.fragment.systems.isEmpty {
        var system = AutomationSystem(name: name, source: evidence)
        system.kind.state(.orchestrator, Evidence(.imported, sample.place))
        system.technology.state("UiPath Orchestrator", Evidence(.imported, sample.place))
        result.fragment.systems.append(system)
      }
      result.fragment.connections.append(
        Connection(
          .governs, from: EntityReference(.system, name), to: EntityReference(.data, queue),
          channel: .queue, action: "queue", evidence: evidence))
      return
    }
    var system = system(process, sample.place)
    // Jobs are runs; where they are listed they count, and one of them works off many items.
    if !tenant.withJobs.contains(nameKey(process)) {
      state(sample, "items of the queue \(queue)", window, in: &system)
    }
    result.fragment.systems.append(system)
    result.fragment.connections.append(
      Connection(
        .reads, from: EntityReference(.system, process), to: EntityReference(.data, queue),
        channel: .queue, action: "GetQueueItem", evidence: evidence))
  }

  // MARK: Tasks

  /// Tasks of Action Center, by catalogue and type; titles are those of cases.
  private mutating func readTasks() {
    let window = window(["creationtime", "completiontime", "lastassignedtime"])
    var samples: [String: Sample] = [:]
    var names: [(key: String, type: String)] = []
    for row in table.rows {
      let type = row["type"] ?? "Task"
      let catalog = row["taskcatalogname", "taskcatalog", "catalogname", "actioncatalog"]
      let key = catalog ?? type
      if samples[key] == nil {
        samples[key] = Sample(place: row.place)
        names.append((key, type))
      }
      guard var sample = samples[key] else { continue }
      sample.count += 1
      if let start = moment(row, "creationtime"), let end = moment(row, "completiontime"),
        end >= start
      {
        sample.durations += 1
        sample.totalSeconds += end.seconds - start.seconds
      }
      samples[key] = sample
    }
    var system = AutomationSystem(
      name: OrchestratorTenant.name,
      source: Evidence(.imported, SourceLocation(path: table.path)))
    system.kind.state(.orchestrator, Evidence(.imported, SourceLocation(path: table.path)))
    system.technology.state(
      "UiPath Orchestrator", Evidence(.imported, SourceLocation(path: table.path)))
    system.unknowns = ["Which process creates the tasks for people is not told by their list."]
    result.fragment.systems = [system]
    for (key, type) in names {
      guard let sample = samples[key] else { continue }
      var note = evidence(sample, sample.count, "tasks", window)
      if sample.durations > 0 {
        let hours = sample.totalSeconds / Double(sample.durations) / 3600
        let tenths = (hours * 10).rounded() / 10
        note.note = (note.note ?? "") + "; \(tenths) h on average from creation to completion"
      }
      result.fragment.steps.append(
        Step(system: system.name, id: "catalog \(key)", name: key, kind: .human, evidence: note))
      result.fragment.touchPoints.append(
        HumanTouchPoint(
          system: system.name, step: "catalog \(key)", name: key,
          kind: kind(ofTask: type, label: key), evidence: note))
    }
  }

  private func kind(ofTask type: String, label: String) -> HumanTouchPoint.Kind {
    let type = type.lowercased()
    if type.contains("validation") || type.contains("classification") { return .review }
    return touchPointKind(label: label, fallback: type.contains("external") ? .work : .form)
  }

  // MARK: Logs

  private mutating func readLogs() {
    let window = window(["timestamp", "time", "timestampabsolute"])
    var jobs: [String: Set<String>] = [:]
    var samples: [String: Sample] = [:]
    var names: [String] = []
    for row in table.rows {
      guard let process = row.process else { continue }
      if samples[process] == nil {
        samples[process] = Sample(place: row.place)
        names.append(process)
      }
      if let job = row["jobkey", "jobid"] { jobs[process, default: []].insert(job) }
    }
    for process in names {
      guard let sample = samples[process] else { continue }
      var system = system(process, sample.place)
      let count = jobs[process]?.count ?? 0
      if !tenant.withJobs.contains(nameKey(process)), let volume = volume(count, window) {
        system.volume.state(volume, evidence(sample, count, "jobs in the log", window))
      }
      result.fragment.systems.append(system)
    }
  }
}
