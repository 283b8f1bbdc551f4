import DocumentReading
import Facts

/// The history of one run of a Temporal workflow: what was begun in it, what came of that, and what it waited
/// for.
///
/// Source: temporal.api.history.v1, `HistoryEvent`; as JSON with the event types of protojson
/// (`EVENT_TYPE_ACTIVITY_TASK_SCHEDULED`) or in short (`ActivityTaskScheduled`).
struct TemporalHistory {
  /// How something ended.
  enum Ending {
    case completed, failed, timedOut
    /// Somebody stopped it, which says nothing of whether it works.
    case stopped
    /// It goes on as a run of its own, or is tried again as one.
    case continued
  }

  /// Something that the run had done and waited for.
  struct Work {
    enum Kind { case activity, localActivity, childWorkflow, operation }

    var kind: Kind
    var name: String
    /// Task queue of an activity or child, endpoint of an operation.
    var queue: String?
    /// Attempts after the first; `nil` where the history does not say or there is no limit.
    var retries: Int?
    var isRetriedWithoutLimit = false
    var timeout: TimeSpan?
    var begun: Double?
    var started: Double?
    var ended: Double?
    /// Attempts that were begun, as far as the history says.
    var attempts = 1
    var ending: Ending?
    var location: SourceLocation

    /// Seconds of the last attempt.
    var seconds: Double? {
      guard let started, let ended, ended >= started else { return nil }
      return ended - started
    }
  }

  /// A signal that came from outside.
  struct Signal {
    var name: String
    /// Seconds for which the run had nothing else to do; `nil` where it had.
    var waited: Double?
    var location: SourceLocation
  }

  /// A timer of a length.
  struct Timer {
    var span: TimeSpan?
    var location: SourceLocation
  }

  /// Something with a name and nothing else that matters.
  struct Named {
    var name: String
    var location: SourceLocation
  }

  private(set) var type: String?
  private(set) var queue: String?
  private(set) var runID: String?
  private(set) var cron: Named?
  private(set) var isChild = false
  /// Which attempt at the workflow it is, from 1 on.
  private(set) var attempt = 1
  private(set) var start: Double?
  private(set) var end: Double?
  private(set) var ending: Ending?
  private(set) var works: [Work] = []
  private(set) var timers: [Timer] = []
  private(set) var signals: [Signal] = []
  private(set) var updates: [Named] = []
  /// Signals and requests to cancel that it sent to other workflows.
  private(set) var sent: [Named] = []
  /// Where an event of a type that is not known stands, and how many there are.
  private(set) var unknown: (first: SourceLocation, count: Int)?
  /// Events that the numbers of the others leave out.
  private(set) var missing = 0
  let location: SourceLocation
  let path: String

  /// Works by the number of the event that begun them.
  private var begunBy: [String: Int] = [:]
  private var open = 0
  private var idleSince: Double?
  private var lastNumber = 0

  /// The histories of a document: one object with `events`, a list of such, or the list of events itself.
  static func histories(in root: DataNode, path: String) -> [TemporalHistory] {
    if let items = root.array {
      if items.first?["eventType"] != nil || items.first?["event_type"] != nil {
        return [TemporalHistory(items, at: root.location, path: path)].compactMap(\.self)
      }
      return items.prefix(100_000).flatMap { item in
        item.object == nil ? [] : histories(in: item, path: path)
      }
    }
    if let inner = root["history"], inner.object != nil { return histories(in: inner, path: path) }
    guard let events = root["events"]?.array else { return [] }
    return [TemporalHistory(events, at: root.location, path: path)].compactMap(\.self)
  }

  /// Reads events; `nil` where they are none of Temporal's.
  private init?(_ events: [DataNode], at location: SourceLocation, path: String) {
    self.location = location
    self.path = path
    let isTemporal = events.contains { event in
      event.temporal("eventType")?.text != nil && event.temporal("eventTime") != nil
        && event.temporalAttributes != nil
    }
    guard isTemporal else { return nil }
    for event in events { read(event) }
  }

  // MARK: Events

  private mutating func read(_ event: DataNode) {
    guard let written = event.temporal("eventType")?.text else { return }
    if let number = event.temporal("eventId")?.text.flatMap({ Int($0) }) {
      if number > lastNumber + 1 { missing += number - lastNumber - 1 }
      lastNumber = max(lastNumber, number)
    }
    var kind = written.lowercased().filter { $0 != "_" }
    if kind.hasPrefix("eventtype") { kind = String(kind.dropFirst(9)) }
    let time = temporalTime(event.temporal("eventTime"))
    guard let attributes = event.temporalAttributes else {
      if !Self.isPassed(kind) { note(event) }
      return
    }
    if kind == "workflowexecutionstarted" {
      readStart(attributes, time)
    } else if kind == "workflowtaskcompleted" {
      idleSince = open == 0 ? time : nil
    } else if kind.hasPrefix("workflowexecution"), readOwn(kind, attributes, time, event) {
      return
    } else if kind.hasPrefix("activitytask"), readActivity(kind, attributes, time, event) {
      return
    } else if readChild(kind, attributes, time, event)
      || readOperation(kind, attributes, time, event)
    {
      return
    } else if kind == "timerstarted" {
      timers.append(
        Timer(
          span: temporalSpan(attributes.temporal("startToFireTimeout")), location: event.location))
    } else if kind == "markerrecorded" {
      readMarker(attributes, time, event)
    } else if kind == "signalexternalworkflowexecutioninitiated" {
      let name = attributes.temporal("signalName")?.text?.trimmedOrNil ?? "?"
      sent.append(Named(name: "signal \(name)", location: event.location))
    } else if kind == "requestcancelexternalworkflowexecutioninitiated" {
      sent.append(Named(name: "cancel another workflow", location: event.location))
    } else if !Self.isPassed(kind) {
      note(event)
    }
  }

  private mutating func note(_ event: DataNode) {
    unknown = (unknown?.first ?? event.location, (unknown?.count ?? 0) + 1)
  }

  /// Whether an event is known and says nothing of what the workflow does.
  private static func isPassed(_ kind: String) -> Bool {
    let parts = [
      "workflowtask", "decisiontask", "timer", "externalworkflowexecution", "workflowexecution",
      "upsertworkflowsearchattributes", "workflowproperties", "activityproperties",
      "markerrecorded",
      "requestcancelexternal", "signalexternal", "nexusoperation", "activitytask", "childworkflow",
    ]
    return parts.contains { kind.hasPrefix($0) }
  }

  private mutating func readStart(_ attributes: DataNode, _ time: Double?) {
    type = attributes.temporal("workflowType")?["name"]?.text?.trimmedOrNil
    queue = attributes.temporal("taskQueue")?["name"]?.text?.trimmedOrNil
    runID = attributes.temporal("originalExecutionRunId")?.text?.trimmedOrNil
    isChild = attributes.temporal("parentWorkflowExecution")?.object != nil
    attempt = max(1, attributes["attempt"]?.text.flatMap { Int($0) } ?? 1)
    if let node = attributes.temporal("cronSchedule"), let text = node.text?.trimmedOrNil {
      cron = Named(name: text, location: node.location)
    }
    start = time
  }

  /// The end of the run, and what came to it; whether the event is one of these.
  private mutating func readOwn(
    _ kind: String, _ attributes: DataNode, _ time: Double?, _ event: DataNode
  ) -> Bool {
    switch kind.dropFirst("workflowexecution".count) {
    case "completed": ending = .completed
    case "failed", "timedout":
      let isRetried = attributes.temporal("newExecutionRunId")?.text?.trimmedOrNil != nil
      ending = isRetried ? .continued : kind.hasSuffix("failed") ? .failed : .timedOut
    case "canceled", "terminated": ending = .stopped
    case "continuedasnew": ending = .continued
    case "signaled":
      let name = attributes.temporal("signalName")?.text?.trimmedOrNil ?? "?"
      var waited: Double?
      if open == 0, let since = idleSince, let time, time > since { waited = time - since }
      signals.append(Signal(name: name, waited: waited, location: event.location))
      idleSince = nil
      return true
    case "updateaccepted", "updateadmitted":
      let request = attributes.temporal("acceptedRequest") ?? attributes["request"]
      if let name = request?["input"]?["name"]?.text?.trimmedOrNil {
        updates.append(Named(name: name, location: event.location))
      }
      idleSince = nil
      return true
    default: return Self.isPassed(kind)
    }
    end = time
    return true
  }

  // MARK: Work

  private mutating func begin(_ work: Work, _ event: DataNode) {
    begunBy[event.temporal("eventId")?.text ?? "\(works.count)"] = works.count
    works.append(work)
    open += 1
    idleSince = nil
  }

  private func work(_ attributes: DataNode, _ key: String) -> Int? {
    attributes.temporal(key)?.text.flatMap { begunBy[$0] }
  }

  private mutating func finish(_ index: Int?, _ ending: Ending, _ time: Double?) {
    guard let index, works[index].ending == nil else { return }
    works[index].ending = ending
    works[index].ended = time
    open -= 1
  }

  private mutating func readActivity(
    _ kind: String, _ attributes: DataNode, _ time: Double?, _ event: DataNode
  ) -> Bool {
    let part = kind.dropFirst("activitytask".count)
    if part == "scheduled" {
      let name = attributes.temporal("activityType")?["name"]?.text?.trimmedOrNil
      var work = Work(
        kind: .activity, name: name ?? "?",
        queue: attributes.temporal("taskQueue")?["name"]?.text?.trimmedOrNil,
        location: event.location)
      work.timeout =
        temporalSpan(attributes.temporal("startToCloseTimeout"))
        ?? temporalSpan(attributes.temporal("scheduleToCloseTimeout"))
      if let policy = attributes.temporal("retryPolicy"), policy.object != nil {
        let most = policy.temporal("maximumAttempts")?.text.flatMap { Int($0) } ?? 0
        if most > 0, most <= 1_000_000 { work.retries = most - 1 }
        work.isRetriedWithoutLimit = most == 0
      }
      work.begun = time
      begin(work, event)
      return true
    }
    guard let index = work(attributes, "scheduledEventId") else { return true }
    switch part {
    case "started":
      works[index].started = time
      let attempt = attributes["attempt"]?.text.flatMap { Int($0) } ?? 1
      works[index].attempts = min(max(1, attempt), 1_000_000)
    case "completed": finish(index, .completed, time)
    case "failed": finish(index, .failed, time)
    case "timedout": finish(index, .timedOut, time)
    case "canceled": finish(index, .stopped, time)
    default: break
    }
    return true
  }

  private mutating func readChild(
    _ kind: String, _ attributes: DataNode, _ time: Double?, _ event: DataNode
  ) -> Bool {
    switch kind {
    case "startchildworkflowexecutioninitiated":
      let name = attributes.temporal("workflowType")?["name"]?.text?.trimmedOrNil
      var work = Work(
        kind: .childWorkflow, name: name ?? "?",
        queue: attributes.temporal("taskQueue")?["name"]?.text?.trimmedOrNil,
        location: event.location)
      work.timeout = temporalSpan(attributes.temporal("workflowRunTimeout"))
      work.begun = time
      begin(work, event)
      return true
    case "startchildworkflowexecutionfailed":
      finish(work(attributes, "initiatedEventId"), .failed, time)
      return true
    default: break
    }
    guard kind.hasPrefix("childworkflowexecution") else { return false }
    let index = work(attributes, "initiatedEventId")
    switch kind.dropFirst("childworkflowexecution".count) {
    case "started": if let index { works[index].started = time }
    case "completed": finish(index, .completed, time)
    case "failed": finish(index, .failed, time)
    case "timedout": finish(index, .timedOut, time)
    case "canceled", "terminated": finish(index, .stopped, time)
    default: break
    }
    return true
  }

  private mutating func readOperation(
    _ kind: String, _ attributes: DataNode, _ time: Double?, _ event: DataNode
  ) -> Bool {
    guard kind.hasPrefix("nexusoperation") else { return false }
    let part = kind.dropFirst("nexusoperation".count)
    if part == "scheduled" {
      let name = [attributes["service"]?.text, attributes["operation"]?.text]
        .compactMap { $0?.trimmedOrNil }.joined(separator: "/")
      var work = Work(
        kind: .operation, name: name.isEmpty ? "?" : name,
        queue: attributes["endpoint"]?.text?.trimmedOrNil, location: event.location)
      work.timeout = temporalSpan(attributes.temporal("scheduleToCloseTimeout"))
      work.begun = time
      work.started = time
      begin(work, event)
      return true
    }
    let index = work(attributes, "scheduledEventId")
    switch part {
    case "completed": finish(index, .completed, time)
    case "failed": finish(index, .failed, time)
    case "timedout": finish(index, .timedOut, time)
    case "canceled": finish(index, .stopped, time)
    default: break
    }
    return true
  }

  /// A local activity leaves nothing but a marker, which names it in a payload of the SDK's own.
  private mutating func readMarker(
    _ attributes: DataNode, _ time: Double?, _ event: DataNode
  ) {
    let marker = attributes.temporal("markerName")?.text ?? ""
    guard ["LocalActivity", "core_local_activity"].contains(marker) else { return }
    var name: String?
    for key in ["data", "type"] where name == nil {
      guard let payload = attributes["details"]?[key]?["payloads"]?[0]?["data"]?.string,
        payload.utf8.count < 1 << 16, let bytes = decodedBase64(Array(payload.utf8)),
        let node = try? parseJSON(bytes, path: path)
      else { continue }
      name = (node["ActivityType"] ?? node["activity_type"] ?? node).string?.trimmedOrNil
    }
    var work = Work(
      kind: .localActivity, name: name ?? "local activity", location: event.location)
    work.ended = time
    let hasFailed = attributes["failure"]?.object != nil
    work.ending = hasFailed ? .failed : .completed
    works.append(work)
  }
}

extension DataNode {
  /// A member by its name in protojson, or as the proto file spells it (`event_type`).
  fileprivate func temporal(_ key: String) -> DataNode? {
    if let member = self[key] { return member }
    var spelt = ""
    for character in key {
      if character.isUppercase { spelt += "_" }
      spelt += character.lowercased()
    }
    return self[spelt]
  }

  /// What an event says, whatever its type.
  fileprivate var temporalAttributes: DataNode? {
    for member in object ?? [] {
      let isNamed =
        member.key.hasSuffix("EventAttributes") || member.key.hasSuffix("_event_attributes")
      if isNamed || member.key == "attributes", member.value.object != nil { return member.value }
    }
    return nil
  }
}

/// Seconds since 1970 of a time as text, or in seconds and nanoseconds.
private func temporalTime(_ node: DataNode?) -> Double? {
  guard let node else { return nil }
  if let text = node.string { return Timestamp(text)?.seconds }
  guard let seconds = node["seconds"]?.text.flatMap({ Double($0) }) else { return nil }
  return seconds + (node["nanos"]?.double ?? 0) / 1e9
}

/// A length of time as `90s`, or in seconds and nanoseconds; `nil` for none, and for ten years and more,
/// which stand for no limit.
private func temporalSpan(_ node: DataNode?) -> TimeSpan? {
  guard let node else { return nil }
  var seconds: Double?
  if let text = node.string, text.hasSuffix("s") {
    seconds = Double(text.dropLast())
  } else if let whole = node["seconds"]?.text.flatMap({ Double($0) }) {
    seconds = whole + (node["nanos"]?.double ?? 0) / 1e9
  }
  guard let seconds, seconds > 0, seconds < 10 * 365 * 86_400 else { return nil }
  return TimeSpan(seconds: seconds)
}
