import DocumentReading
import Facts
import Inventory

/// Server-side scripts: business rules, scheduled jobs, event and mail actions, script includes.
extension ServiceNowReader {
  mutating func readScripts() {
    for record in all("sys_script") { readBusinessRule(record) }
    for record in all("sysevent_script_action") { readEventAction(record) }
    for record in all("sysevent_in_email_action") { readMailAction(record) }
    for record in records.all where record.table.hasPrefix("sysauto_script") { readJob(record) }
    readIncludes()
  }

  private mutating func readBusinessRule(_ record: ServiceNowRecord) {
    guard let plain = record.value("name") else { return }
    let table = record.value("collection")
    // Names of rules repeat from table to table.
    let name = table.map { "\(plain) (\($0))" } ?? plain
    addSystem(name, .rules, "ServiceNow business rule", record)
    let actions = ["insert", "update", "delete", "query"].filter {
      record.flag("action_\($0)") == true
    }
    let words: [String?] = [record.value("when"), actions.joined(separator: "/"), table]
    addTrigger(
      name, .event, words.compactMap { $0?.trimmedOrNil }.joined(separator: " "), record)
    connectTrigger(name, table, record)
    let hasCondition = record.value("condition") != nil || record.value("filter_condition") != nil
    addStep(name, record.id, plain, hasCondition ? .decision : .action, record)
    if let script = record.value("script"), record.flag("advanced") != false {
      connect(ServiceNowScript(script), of: name, record, exceptTable: table)
    }
    if record.value("template") != nil, record.value("template") != "^EQ" {
      connect(
        name, .writes, to: EntityReference(.application, "ServiceNow"), .internalCall,
        "set field values", record, data: [table].compactMap { $0 })
    }
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
    addSystem(name, .script, "ServiceNow scheduled script", record)
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

  /// Script includes are libraries; those that call other systems are part of the estate.
  private mutating func readIncludes() {
    var silent: [ServiceNowRecord] = []
    for record in all("sys_script_include") {
      let script = ServiceNowScript(record.value("script") ?? "")
      guard script.reachesOut || !script.flows.isEmpty else {
        silent.append(record)
        continue
      }
      guard let plain = record.value("name") else { continue }
      addSystem(
        plain, .script, "ServiceNow script include", record, aliases: [record.value("api_name")])
      addStep(plain, record.id, plain, .action, record)
      connect(script, of: plain, record)
    }
    if let first = silent.first {
      result.note(
        .info,
        "\(silent.count) script include(s) call no other system by name, so that they are no automation"
          + " by themselves, and were left out", at: first.place)
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
