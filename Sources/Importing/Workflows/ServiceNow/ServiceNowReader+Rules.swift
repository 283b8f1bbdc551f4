import DocumentReading
import Facts
import Inventory

/// Rules of tables: business rules, assignment and approval rules, decision tables.
extension ServiceNowReader {
  mutating func readRules() {
    for record in all("sys_script") { readBusinessRule(record) }
    for record in all("sysrule_assignment") { readAssignmentRule(record) }
    for record in all("sysrule_approvals") { readApprovalRule(record) }
    for record in all("sys_decision") { readDecision(record) }
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

  /// Gives new records to a group.
  private mutating func readAssignmentRule(_ record: ServiceNowRecord) {
    guard let (name, table) = addTableRule(record, "ServiceNow assignment rule") else { return }
    addStep(name, record.id, record.value("name"), .decision, record)
    if let group = record.display("group") {
      connect(
        name, .handsOver, to: EntityReference(.team, group), .people, "assignment", record,
        data: [table].compactMap { $0 })
    }
    if let script = record.value("script") { connect(ServiceNowScript(script), of: name, record) }
  }

  /// Asks for the approval of a user or group.
  private mutating func readApprovalRule(_ record: ServiceNowRecord) {
    guard let (name, _) = addTableRule(record, "ServiceNow approval rule") else { return }
    addStep(name, record.id, record.value("name"), .human, record)
    addTouchPoint(
      name, record.id, record.value("name"), .approval, record.evidence(),
      team: record.display("approval_group") ?? record.display("group"))
  }

  /// Describes a rule of a table with its trigger.
  private mutating func addTableRule(
    _ record: ServiceNowRecord, _ technology: String
  ) -> (name: String, table: String?)? {
    guard let plain = record.value("name") else { return nil }
    let table = record.value("table")
    let name = table.map { "\(plain) (\($0))" } ?? plain
    addSystem(name, .rules, technology, record)
    addTrigger(name, .event, table.map { "record \($0)" }, record)
    connectTrigger(name, table, record)
    return (name, table)
  }

  /// A decision table, of which the rows are steps; their conditions are not compared.
  private mutating func readDecision(_ record: ServiceNowRecord) {
    guard let name = record.value("label") ?? record.value("name") else { return }
    addSystem(name, .rules, "ServiceNow decision table", record, aliases: [record.value("name")]) {
      $0.unknowns = ["Conditions of its rows are encoded queries, which are not compared."]
    }
    addTrigger(name, .call, "decision table", record)
    for row in index.records("sys_decision_question", of: record.id) {
      addStep(name, row.id, row.value("label") ?? row.value("name"), .decision, row)
    }
  }
}
