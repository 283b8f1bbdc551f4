import DocumentReading
import Facts
import Inventory

/// Server-side scripts: scheduled jobs, event and mail actions, libraries that call other systems.
extension ServiceNowReader {
  mutating func readScripts() {
    for record in all("sysevent_script_action") { readEventAction(record) }
    for record in all("sysevent_in_email_action") { readMailAction(record) }
    for record in records.all where record.table.hasPrefix("sysauto_") { readJob(record) }
    readLibraries()
  }

  private mutating func readEventAction(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    addSystem(name, .script, "ServiceNow script action", record)
    addTrigger(name, .event, record.value("event_name"), record)
    addStep(name, record.id, name, .action, record)
    if let event = record.value("event_name") {
      result.fragment.connections.append(
        Connection(
          .triggers, from: EntityReference(.application, "ServiceNow"),
          to: EntityReference(.system, name), channel: .queue, data: [event],
          evidence: record.evidence()))
    }
    if let script = record.value("script") { connect(ServiceNowScript(script), of: name, record) }
  }

  private mutating func readMailAction(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    addSystem(name, .script, "ServiceNow inbound email action", record)
    addTrigger(name, .event, "email", record)
    addStep(name, record.id, name, .action, record)
    connect(
      name, .reads, to: EntityReference(.application, "ServiceNow"), .mail, "inbound email", record,
      data: [record.value("table")].compactMap { $0 })
    if let script = record.value("script") { connect(ServiceNowScript(script), of: name, record) }
  }

  private mutating func readJob(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    let isScript = record.table.hasPrefix("sysauto_script")
    addSystem(
      name, .script, isScript ? "ServiceNow scheduled script" : "ServiceNow scheduled job", record)
    let type = record.value("run_type") ?? "scheduled"
    // The form keeps values of fields that the type does not use.
    let words = [
      type, type == "weekly" ? record.value("run_dayofweek").map { "day \($0)" } : nil,
      type == "monthly" ? record.value("run_dayofmonth").map { "day \($0)" } : nil,
      type == "periodically" ? record.value("run_period").map { "every \(timePart($0))" } : nil,
      type == "periodically" || type == "on_demand"
        ? nil : record.value("run_time").map { "at \(timePart($0))" },
    ]
    let isManual = type == "on_demand"
    addTrigger(
      name, isManual ? .manual : .schedule, words.compactMap { $0 }.joined(separator: " "), record)
    addStep(name, record.id, name, .action, record)
    if let user = record.display("run_as") ?? record.value("run_as") {
      // A person's name is none of the estate's business; that there is one is.
      addPermission(name, user.contains("system") ? "run as system" : "run as a user", record)
    }
    let periods: [String: Frequency.Period] = ["daily": .day, "weekly": .week, "monthly": .month]
    if let period = periods[type],
      let position = result.fragment.systems.lastIndex(where: { $0.name == name })
    {
      result.fragment.systems[position].volume.state(
        Frequency(count: 1, per: period),
        Evidence(.inferred, record.place, note: "from its schedule"))
    }
    if let script = record.value("script") { connect(ServiceNowScript(script), of: name, record) }
  }

  /// Time of day, or a period, from a date of 1970.
  private func timePart(_ text: String) -> String {
    let parts = text.split(separator: " ")
    guard parts.count == 2, parts[0].hasPrefix("1970-01-") else { return text }
    let days = (Int(parts[0].suffix(2)) ?? 1) - 1
    return days > 0 ? "\(days) d \(parts[1])" : String(parts[1])
  }

  /// Tables of scripts that are libraries or parts of a form, with what they are called.
  private static let libraries: [(table: String, technology: String)] = [
    ("sys_script_include", "ServiceNow script include"), ("sys_ui_action", "ServiceNow UI action"),
    ("sys_processor", "ServiceNow processor"), ("sys_script_fix", "ServiceNow fix script"),
    ("sys_transform_script", "ServiceNow transform script"),
    ("sys_web_service", "ServiceNow scripted SOAP service"),
  ]

  /// Libraries and the like that call other systems are part of the estate, others are not.
  private mutating func readLibraries() {
    var silent: [ServiceNowRecord] = []
    for (table, technology) in Self.libraries {
      for record in all(table) {
        let script = ServiceNowScript(record.value("script") ?? "")
        guard script.reachesOut || !script.flows.isEmpty, let plain = record.value("name") else {
          silent.append(record)
          continue
        }
        let place = record.value("collection") ?? record.value("table")
        let isAction = table == "sys_ui_action"
        let name = isAction ? place.map { "\(plain) (\($0))" } ?? plain : plain
        addSystem(name, .script, technology, record, aliases: [record.value("api_name")])
        addStep(name, record.id, plain, .action, record)
        if isAction { addTrigger(name, .manual, place.map { "button on \($0)" }, record) }
        if table == "sys_web_service" { addTrigger(name, .call, "SOAP", record) }
        connect(script, of: name, record)
      }
    }
    if let first = silent.first {
      result.note(
        .info,
        "\(silent.count) script(s) of libraries and forms call no other system by name, so that they"
          + " are no automation by themselves, and were left out", at: first.place)
    }
  }

  /// Connects what a script names outright.
  mutating func connect(
    _ script: ServiceNowScript, of system: String, _ record: ServiceNowRecord,
    exceptTable table: String? = nil
  ) {
    let note = "named in its script"
    for message in script.messages {
      connect(
        system, .invokes, to: EntityReference(.system, message), .api, "RESTMessageV2", record,
        note: note)
    }
    for address in script.addresses {
      connect(system, toAddress: address, nil, "setEndpoint", record, note: note)
    }
    for flow in script.flows {
      connect(
        system, .invokes, to: EntityReference(.system, flow), .internalCall, "FlowAPI", record,
        note: note)
    }
    let tables = script.tables.filter { $0 != table }
    if !tables.isEmpty {
      connect(
        system, script.writes ? .writes : .reads, to: EntityReference(.application, "ServiceNow"),
        .internalCall, "GlideRecord", record, data: tables, note: note)
    }
    if !script.events.isEmpty {
      connect(
        system, .invokes, to: EntityReference(.application, "ServiceNow"), .queue, "eventQueue",
        record, data: script.events, note: note)
    }
  }
}
