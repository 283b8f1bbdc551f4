import DocumentReading
import Facts
import Inventory

/// What the histories of one file say of the estate.
struct TemporalStatements {
  /// A signal counts as awaited where the run had nothing else to do for so many seconds; our choice, for
  /// programs answer sooner.
  static let leastWait = 1.0

  /// What was said so far.
  private(set) var reading: FileReading
  private let runs: [String: TemporalRuns]
  private var isMeasured: Set<String> = []
  private var said: Set<[String]> = []

  init(path: String, runs: [String: TemporalRuns]) {
    reading = FileReading(path: path)
    self.runs = runs
  }

  /// Adds what a history says.
  mutating func add(_ history: TemporalHistory) {
    guard let name = history.type else {
      reading.note(
        .medium,
        "the history does not begin with the start of its run, so that nobody knows which workflow it is; "
          + "export it from its first event on", at: history.location)
      return
    }
    if said.insert(["system", nameKey(name)]).inserted { addSystem(name, history) }
    addWorks(of: name, history)
    addWaits(of: name, history)
    if let cron = history.cron, said.insert(["cron", name, cron.name]).inserted {
      reading.fragment.triggers.append(
        Trigger(
          system: name, kind: .schedule, expression: cron.name,
          evidence: Evidence(.imported, cron.location)))
    }
    if history.missing > 0 {
      reading.note(
        .low, "events are missing from the history: \(history.missing); export it whole",
        at: history.location)
    }
    if let unknown = history.unknown {
      reading.note(
        .low, "events of a type that is not known are left out: \(unknown.count)", at: unknown.first
      )
    }
    if history.ending == nil {
      reading.note(
        .info, "the run was not over when its history was exported", at: history.location)
    }
  }

  private mutating func addSystem(_ name: String, _ history: TemporalHistory) {
    let evidence = Evidence(.imported, history.location)
    var system = AutomationSystem(name: name, source: evidence)
    system.kind.state(.workflow, evidence)
    system.technology.state("Temporal", evidence)
    let runs = runs[nameKey(name)] ?? TemporalRuns()
    // Every file of a folder would say the same.
    if runs.place?.path == reading.path { runs.state(in: &system) }
    system.unknowns += [
      "Branches that none of its runs took: histories tell what happened, not what its code could do.",
      "What its activities call stands in code, not in a history.",
    ]
    reading.fragment.systems.append(system)
  }

  // MARK: Work

  /// Works of one kind and name.
  private struct Sample {
    var count = 0
    var failed = 0
    var repeated = 0
    var timed = 0
    var seconds = 0.0

    mutating func add(_ work: TemporalHistory.Work) {
      count += 1
      repeated += work.attempts - 1
      if work.ending == .failed || work.ending == .timedOut { failed += 1 }
      if let taken = work.seconds {
        timed += 1
        seconds += taken
      }
    }

    var note: String {
      var parts = ["n = \(count)"]
      if timed > 0 {
        parts.append("mean \(secondsText(seconds / Double(timed))) from start to end")
      }
      if repeated > 0 { parts.append("\(repeated) repeated attempts") }
      if failed > 0 { parts.append("\(failed) failed for good") }
      return parts.joined(separator: "; ")
    }
  }

  private mutating func addWorks(of name: String, _ history: TemporalHistory) {
    var samples: [[String]: Sample] = [:]
    for work in history.works { samples[key(work), default: Sample()].add(work) }
    for work in history.works {
      let key = key(work)
      guard said.insert([name] + key).inserted, let sample = samples[key] else { continue }
      let limit = work.isRetriedWithoutLimit ? "; retried without limit" : ""
      let evidence = Evidence(.imported, work.location, note: sample.note + limit)
      let source = EntityReference(.system, name)
      var step = Step(
        system: name, id: work.name, kind: .action, retries: work.retries, timeout: work.timeout,
        evidence: evidence)
      switch work.kind {
      case .activity:
        // Workers of another queue are another program.
        if let queue = work.queue, let own = history.queue, queue != own {
          connect(source, EntityReference(.application, queue), .queue, work.name, evidence)
        }
      case .localActivity: step.evidence.note = sample.note + "; in the worker of the workflow"
      case .childWorkflow:
        step.kind = .call
        connect(
          source, EntityReference(.system, work.name), .internalCall, "child workflow", evidence)
      case .operation:
        step.kind = .call
        let target = EntityReference(.application, work.queue ?? work.name)
        connect(source, target, .api, work.name, evidence)
      }
      reading.fragment.steps.append(step)
    }
    for sent in history.sent where said.insert([name, "sent", sent.name]).inserted {
      reading.fragment.steps.append(
        Step(
          system: name, id: sent.name, kind: .call, evidence: Evidence(.imported, sent.location)))
    }
  }

  private func key(_ work: TemporalHistory.Work) -> [String] { ["\(work.kind)", work.name] }

  private mutating func connect(
    _ source: EntityReference, _ target: EntityReference, _ channel: Connection.Channel,
    _ action: String, _ evidence: Evidence
  ) {
    reading.fragment.connections.append(
      Connection(
        .invokes, from: source, to: target, channel: channel, action: action, evidence: evidence))
  }

  // MARK: Waiting

  private mutating func addWaits(of name: String, _ history: TemporalHistory) {
    for timer in history.timers {
      let length = timer.span.map { secondsText($0.seconds) } ?? "without a length"
      guard said.insert([name, "timer", length]).inserted else { continue }
      reading.fragment.steps.append(
        Step(
          system: name, id: "timer \(length)", kind: .wait, delay: timer.span,
          evidence: Evidence(.imported, timer.location)))
    }
    for signal in history.signals {
      guard let waited = signal.waited, waited >= Self.leastWait else {
        addTrigger(name, .event, "signal \(signal.name)", signal.location)
        continue
      }
      guard said.insert([name, "awaited", signal.name]).inserted else { continue }
      let evidence = Evidence(
        .inferred, signal.location,
        note:
          "the run had nothing else to do for \(secondsText(waited)) until the signal came; the history does not "
          + "say whether a person or a program sent it")
      reading.fragment.steps.append(
        Step(system: name, id: "signal \(signal.name)", kind: .human, evidence: evidence))
      reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: "signal \(signal.name)", name: signal.name,
          kind: touchPointKind(label: signal.name, fallback: .approval), evidence: evidence))
    }
    for update in history.updates {
      addTrigger(name, .call, "update \(update.name)", update.location)
    }
  }

  private mutating func addTrigger(
    _ name: String, _ kind: Trigger.Kind, _ expression: String, _ location: SourceLocation
  ) {
    guard said.insert([name, expression]).inserted else { return }
    reading.fragment.triggers.append(
      Trigger(
        system: name, kind: kind, expression: expression, evidence: Evidence(.imported, location)))
  }
}

/// Seconds with three decimals at most, and none where they are whole.
private func secondsText(_ seconds: Double) -> String {
  guard seconds.magnitude < 1e12 else { return "more than 1e12 s" }
  let rounded = (seconds * 1000).rounded() / 1000
  return rounded == rounded.rounded() ? "\(Int(rounded)) s" : "\(rounded) s"
}
