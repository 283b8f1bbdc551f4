import DocumentReading
import Facts
import Inventory

/// Workflows of the older Workflow Editor, action types, and playbooks.
extension ServiceNowReader {
  // MARK: Workflow Editor

  mutating func readWorkflows() {
    let activities = all("wf_activity", "wf_workflow_instance").filter {
      $0.value("workflow_version") != nil
    }
    let byVersion = Dictionary(grouping: activities) { $0.value("workflow_version") ?? "" }
    let versions = all("wf_workflow_version")
    let versionsOf = Dictionary(grouping: versions) { $0.value("workflow") ?? "" }
    var read: Set<String> = []
    for workflow in all("wf_workflow") {
      let own = versionsOf[workflow.id] ?? []
      // What runs is the published version; others are drafts or history.
      let version =
        own.last { $0.flag("published") == true && $0.flag("active") != false }
        ?? own.last { $0.flag("published") == true } ?? own.last
      for other in own where other.id != version?.id {
        read.insert(other.id)
        result.note(
          .info,
          "another version of the workflow '\(workflow.value("name") ?? workflow.id)' is not"
            + " the published one and was left out", at: other.place)
      }
      readWorkflow(workflow, version, version.flatMap { byVersion[$0.id] } ?? [])
      if let version { read.insert(version.id) }
    }
    for version in versions where !read.contains(version.id) {
      readWorkflow(nil, version, byVersion[version.id] ?? [])
      read.insert(version.id)
    }
    for activity in activities {
      guard let version = activity.value("workflow_version"), read.insert(version).inserted else {
        continue
      }
      let name = activity.display("workflow_version") ?? version
      addFragmentOfSystem(name, .workflow, "ServiceNow Workflow", activity, id: version)
      addActivities(byVersion[version] ?? [], of: name)
    }
  }

  private mutating func readWorkflow(
    _ workflow: ServiceNowRecord?, _ version: ServiceNowRecord?, _ activities: [ServiceNowRecord]
  ) {
    guard let record = workflow ?? version else { return }
    let name =
      record.value("name") ?? version?.display("workflow") ?? record.value("sys_name") ?? record.id
    addSystem(
      name, .workflow, "ServiceNow Workflow", record,
      aliases: [version?.value("sys_id"), version?.value("workflow")]
    ) { system in
      guard let version else { return }
      if version.flag("published") == false {
        system.status = Field(.development, version.evidence(note: "not published"))
      } else if let active = version.flag("active") {
        system.status.state(
          active ? .production : .disabled,
          version.evidence(note: active ? "published" : "not active"))
      }
    }
    let table = version?.value("table") ?? record.value("table")
    if let version, let table, nameKey(table) != "global" {
      let condition = version.value("condition")
      let isEvent = condition != nil || version.value("condition_type") == "1"
      addTrigger(
        name, isEvent ? .event : .call, ["record", table].joined(separator: " "), version)
      connectTrigger(name, table, version)
    }
    addActivities(activities, of: name)
    if activities.isEmpty {
      result.isPartial = true
      result.note(
        .low,
        "the workflow '\(name)' has no activities in this file; export its published version with it",
        at: record.place)
    }
  }

  private mutating func addActivities(_ activities: [ServiceNowRecord], of workflow: String) {
    for record in activities {
      let type =
        record.display("activity_definition") ?? record.value("name")
        ?? record.value("activity_definition") ?? "Activity"
      let name = record.value("name") ?? type
      let inputs = ServiceNowInputs(record, index: index, limits: limits)
      let meaning = ServiceNowActivity(type)
      addStep(
        workflow, record.id, name, meaning.kind, record,
        timeout: duration(record.value("timeout")))
      if let act = meaning.act {
        addTouchPoint(
          workflow, record.id, name, act, record.evidence(),
          team: inputs.assignmentGroup ?? inputs.display("groups").flatMap(groupName))
      }
      connect(record, meaning, inputs, type, of: workflow)
    }
  }

  private mutating func connect(
    _ record: ServiceNowRecord, _ meaning: ServiceNowActivity, _ inputs: ServiceNowInputs,
    _ type: String, of workflow: String
  ) {
    if record.table == "wf_workflow_instance" || nameKey(type) == "workflow" {
      if let called = record.display("workflow") ?? inputs.display("workflow") {
        connect(
          workflow, .invokes, to: EntityReference(.system, called), .internalCall, "workflow",
          record)
      }
      return
    }
    if meaning.isMessage {
      if let message = inputs.display("rest_message", "soap_message", "web_service_message") {
        connect(
          workflow, .invokes, to: EntityReference(.system, message), .api, type, record)
        return
      }
      let address = inputs.text("rest_endpoint", "endpoint", "soap_endpoint")
      connect(workflow, toAddress: address, inputs.text("http_method"), type, record)
      return
    }
    if let script = inputs.text("script"), meaning.kind == .action {
      connect(ServiceNowScript(script), of: workflow, record)
    }
    guard let direction = meaning.direction else { return }
    connect(
      workflow, direction, to: EntityReference(.application, "ServiceNow"), meaning.channel, type,
      record, data: [inputs.text("table", "task_table", "table_name")].compactMap { $0 })
  }

  /// A name of a group; an identifier says nothing to people.
  private func groupName(_ text: String) -> String? {
    text.contains("$") || text.utf8.count >= 32 ? nil : text
  }

  /// `1970-01-02 01:00:00` is a day and an hour; `nil` for none.
  private func duration(_ text: String?) -> TimeSpan? {
    guard let text else { return nil }
    let parts = text.split { $0 == " " || $0 == "-" || $0 == ":" }.map { Int64($0) }
    guard parts.count == 6, parts[0] == 1970, let month = parts[1], month == 1,
      let day = parts[2], let hours = parts[3], let minutes = parts[4], let seconds = parts[5],
      (1...31).contains(day), (0...24).contains(hours), (0...60).contains(minutes),
      (0...60).contains(seconds)
    else { return nil }
    let span = TimeSpan(
      microseconds: ((((day - 1) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000_000)
    return span == .zero ? nil : span
  }

  // MARK: Action types

  /// Actions that were made for reuse in flows, with the steps inside them.
  mutating func readActionTypes() {
    for record in all("sys_hub_action_type_definition") {
      let name = record.value("name") ?? record.value("sys_name") ?? record.id
      let scope = record.scope
      let internalName = record.value("internal_name")
      addSystem(
        name, .workflow, "ServiceNow Flow Designer action", record,
        aliases: [
          record.value("master_snapshot"), record.value("latest_snapshot"),
          scope.flatMap { scope in internalName.map { "\(scope).\($0)" } },
        ])
      addTrigger(name, .call, "action", record)
      let places = [
        record.id, record.value("latest_snapshot") ?? "", record.value("master_snapshot") ?? "",
      ]
      let steps =
        places.map { index.records("sys_hub_step_instance", of: $0) }.first { !$0.isEmpty } ?? []
      for step in steps { addStep(step, of: name) }
    }
  }

  private mutating func addStep(_ record: ServiceNowRecord, of action: String) {
    let type = record.display("step_type") ?? "Step"
    let inputs = ServiceNowInputs(record, index: index, limits: limits)
    let key = nameKey(type)
    let isHandled = record.value("error_handling_type") == "2"
    let kind: Step.Kind =
      key.contains("approval")
      ? .human : key == "createtask" ? .human : isHandled ? .errorHandling : .action
    addStep(action, record.id, record.value("label") ?? type, kind, record)
    if kind == .human {
      addTouchPoint(
        action, record.id, record.value("label") ?? type,
        key.contains("approval") ? .approval : .work,
        record.evidence(), team: inputs.assignmentGroup)
    }
    switch key {
    case "rest", "soap", "graphql", "jdbc", "powershell", "ssh", "sftp", "payloadbuilder":
      guard key != "payloadbuilder" else { return }
      let alias = inputs.display("connection_alias", "alias", "connection_alias_name")
      let address = inputs.text("base_url", "endpoint", "host", "connection_url", "url")
      if connect(action, toAddress: address, inputs.text("http_method", "method"), type, record)
        == nil, address == nil
      {
        connect(
          action, .invokes, to: EntityReference(.application, alias ?? "\(type) connection"), .api,
          type, record)
      }
    case "script":
      if let script = inputs.text("script") {
        connect(ServiceNowScript(script), of: action, record)
      }
    default:
      let meaning = ServiceNowAction(type)
      guard meaning.isCore, let direction = meaning.direction else { return }
      connect(
        action, direction, to: EntityReference(.application, "ServiceNow"), meaning.channel, type,
        record, data: [inputs.table].compactMap { $0 })
    }
  }

  // MARK: Playbooks

  /// Playbooks (Process Automation Designer): stages with activities for people and for the platform.
  mutating func readPlaybooks() {
    for record in all("sys_pd_process_definition") {
      let name = record.value("label") ?? record.value("name") ?? record.id
      addSystem(name, .workflow, "ServiceNow Playbook", record, aliases: [record.value("name")])
    }
    for record in all("sys_pd_activity") {
      let id = record.value("process_definition")
      guard
        let playbook = index.record("sys_pd_process_definition", id)?.value("label")
          ?? record.display("process_definition") ?? id
      else { continue }
      if index.record("sys_pd_process_definition", id) == nil {
        addFragmentOfSystem(playbook, .workflow, "ServiceNow Playbook", record, id: id)
      }
      let type = record.display("activity_definition") ?? record.value("name") ?? "Activity"
      let name = record.value("label") ?? record.value("name") ?? type
      let words = type.lowercased()
      let isHuman = ["task", "form", "approval", "manual", "instruction", "questionnaire"]
        .contains { words.contains($0) }
      addStep(playbook, record.id, name, isHuman ? .human : .call, record)
      if isHuman {
        addTouchPoint(
          playbook, record.id, name, touchPointKind(label: type, fallback: .work),
          record.evidence())
      } else {
        connect(
          playbook, .invokes, to: EntityReference(.system, type), .internalCall, "activity", record)
      }
    }
  }
}

/// What an activity of the Workflow Editor does, by the name of its definition.
struct ServiceNowActivity {
  var kind = Step.Kind.action
  var act: HumanTouchPoint.Kind?
  var direction: Connection.Kind?
  var channel = Connection.Channel.internalCall
  /// Whether it sends a message to another system.
  var isMessage = false

  /// The meaning of a definition.
  init(_ type: String) {
    let name = type.lowercased()
    let key = nameKey(type)
    switch key {
    case "begin", "end", "join", "branch", "parallelflowlauncher": kind = .group
    case "if", "switch", "turnstile", "ifscript": kind = .decision
    case "timer", "waitforcondition", "waitforevent", "waitforwfevent", "waitforreturnvalue":
      kind = .wait
    case "workflow": kind = .call
    case "rollbackto", "errorhandler": kind = .errorHandling
    case "approvalaction":
      // It sets the state of an approval by itself.
      direction = .writes
    case "userinput", "manualapprovals", "collectinformation":
      kind = .human
      act = key == "manualapprovals" ? .approval : .form
    case "catalogtask", "createtask", "task", "createcatalogtask", "sctask", "changetask":
      kind = .human
      act = .work
      direction = .writes
    case "notification", "sendemail":
      direction = .writes
      channel = .mail
    case "createevent", "setvalues", "createrecord", "updaterecord", "deleterecord",
      "attachmentnote", "attachschedule", "lock", "unlock":
      direction = .writes
    default:
      if name.hasPrefix("approval") || name.hasSuffix("approval")
        || name.hasSuffix("approval coordinator")
      {
        kind = .human
        act = .approval
        direction = .invokes
        channel = .people
      } else if name.contains("rest message") || name.contains("soap message")
        || name.contains("web service") || name.hasPrefix("rest ") || name.hasPrefix("soap ")
      {
        kind = .call
        isMessage = true
      }
    }
  }
}
