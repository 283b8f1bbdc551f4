import DocumentReading
import Facts
import Inventory

/// What starts a flow.
extension SalesforceFlow {
  mutating func addTriggers() {
    let start = root.first("start")
    let object = start?.first("object")?.text.trimmedOrNil
    switch start?.first("triggerType")?.text.trimmedOrNil {
    case "Scheduled":
      addSchedule(start)
    case "PlatformEvent":
      addEvent(object, [object], .queue, start)
    case .some(let type):
      let change = start?.first("recordTriggerType")?.text.trimmedOrNil
      addEvent(object, [object, change, type], .internalCall, start)
    case nil:
      addTriggerOfType(start)
    }
    for path in start?.all("scheduledPaths") ?? [] { addScheduledPath(path) }
  }

  /// The trigger of a flow whose start names none: what its type says.
  private mutating func addTriggerOfType(_ start: XMLElement?) {
    let evidence = Evidence(
      .imported, root.first("processType")?.location ?? root.location)
    switch processType {
    case "Workflow", "CustomEvent":
      let object = metadataValue("ObjectType") ?? metadataValue("EventType")
      let change = metadataValue("TriggerType")
      addEvent(
        object, [object, change], processType == "Workflow" ? .internalCall : .queue, nil)
    case "Flow", "FieldServiceMobile", "FieldServiceWeb", "Survey", "LoginFlow",
      "ContactRequestFlow",
      "DigitalForm", "Appointments", "ActionPlan":
      addTrigger(.manual, processType, evidence)
    case "":
      if start?.first("schedule") != nil { addSchedule(start) }
    default:
      if start?.first("schedule") != nil {
        addSchedule(start)
      } else {
        addTrigger(.call, processType, evidence)
      }
    }
  }

  private mutating func addTrigger(
    _ kind: Trigger.Kind, _ expression: String?, _ evidence: Evidence
  ) {
    result.fragment.triggers.append(
      Trigger(system: name.shown, kind: kind, expression: expression, evidence: evidence))
  }

  private mutating func addEvent(
    _ object: String?, _ words: [String?], _ channel: Connection.Channel, _ element: XMLElement?
  ) {
    let evidence = Evidence(.imported, element?.location ?? root.location)
    let expression = words.compactMap { $0 }.joined(separator: " ")
    addTrigger(.event, expression.isEmpty ? nil : expression, evidence)
    result.fragment.connections.append(
      Connection(
        .triggers, from: EntityReference(.application, "Salesforce"), to: source, channel: channel,
        action: words.dropFirst().compactMap { $0 }.first, data: [object].compactMap { $0 },
        evidence: evidence))
  }

  private mutating func addSchedule(_ start: XMLElement?) {
    guard let schedule = start?.first("schedule") else {
      addTrigger(.schedule, nil, Evidence(.imported, start?.location ?? root.location))
      return
    }
    let frequency = schedule.first("frequency")?.text.trimmedOrNil
    var words = [frequency].compactMap { $0 }
    if let date = schedule.first("startDate")?.text.trimmedOrNil { words += ["from", date] }
    if let time = schedule.first("startTime")?.text.trimmedOrNil { words += ["at", time] }
    let evidence = Evidence(.imported, schedule.location)
    addTrigger(.schedule, words.isEmpty ? nil : words.joined(separator: " "), evidence)
    let periods: [String: Frequency.Period] = [
      "Hourly": .hour, "Daily": .day, "Weekly": .week, "Monthly": .month,
    ]
    // With an object it runs once for each record that fits, of which the file does not say how many.
    guard let period = frequency.flatMap({ periods[$0] }), start?.first("object") == nil,
      !result.fragment.systems.isEmpty
    else { return }
    result.fragment.systems[0].volume.state(
      Frequency(count: 1, per: period),
      Evidence(.inferred, schedule.location, note: "from its schedule"))
  }

  /// A path that runs some time before or after the trigger or a date of the record.
  private mutating func addScheduledPath(_ path: XMLElement) {
    guard let offset = path.first("offsetNumber")?.text.trimmedOrNil else { return }
    let name = path.first("name")?.text.trimmedOrNil
    let unit = path.first("offsetUnit")?.text.trimmedOrNil
    let base = (path.first("recordField") ?? path.first("timeSource"))?.text.trimmedOrNil
    let words = [offset, unit, base.map { "from \($0)" }].compactMap { $0 }
      .joined(separator: " ")
    addTrigger(.schedule, name.map { "\($0): \(words)" } ?? words, evidence(path))
  }

  /// A value that Process Builder keeps beside the flow.
  private func metadataValue(_ key: String) -> String? {
    root.all("processMetadataValues").first { $0.first("name")?.text.trimmedOrNil == key }?
      .first("value")?.children.first?.text.trimmedOrNil
  }
}
