import DocumentReading
import Facts
import Inventory

/// What the records of one file say of the estate.
///
/// Extensions hold one kind of record each; this part has what they share.
struct ServiceNowReader {
  let records: ServiceNowRecords
  /// Records of all files of the application.
  let index: ServiceNowIndex
  let path: String
  let limits: DocumentLimits
  var result: FileReading
  /// Names of systems that this file has described, by what they are.
  private var described: Set<String> = []

  init(
    _ records: ServiceNowRecords, index: ServiceNowIndex, path: String, limits: DocumentLimits
  ) {
    self.records = records
    self.index = index
    self.path = path
    self.limits = limits
    result = FileReading(path: path)
  }

  /// Tables whose records say something of an estate.
  static let tables: Set<String> = [
    "sys_hub_flow", "sys_hub_flow_snapshot", "sys_hub_action_type_definition",
    "sys_hub_action_instance", "sys_hub_action_instance_v2", "sys_hub_flow_logic",
    "sys_hub_flow_logic_instance_v2", "sys_hub_sub_flow_instance", "sys_hub_sub_flow_instance_v2",
    "sys_hub_trigger_instance", "sys_hub_trigger_instance_v2", "wf_workflow",
    "wf_workflow_version", "wf_activity", "sys_script", "sysauto_script", "sysevent_script_action",
    "sysevent_in_email_action", "sys_script_include", "sys_rest_message", "sys_rest_message_fn",
    "sys_soap_message", "sys_soap_message_function", "sys_ws_definition", "sys_ws_operation",
    "sys_data_source", "scheduled_import_set", "sc_cat_item", "sc_cat_item_producer",
    "sc_cat_item_guide", "sn_aia_agent", "sn_aia_usecase", "sn_aia_tool", "sn_aia_agent_tool_m2m",
    "sn_aia_team_member", "sn_aia_trigger_configuration", "http_connection", "jdbc_connection",
    "sys_pd_process_definition", "sysrule_assignment", "sysrule_approvals", "sys_decision",
    "sys_decision_question", "sys_ui_action", "sys_processor", "sys_script_fix",
    "sys_transform_script", "sys_web_service", "sys_pd_activity", "sn_aia_agent_config",
    "sn_aia_team", "sys_hub_step_instance",
  ]

  /// Whether records of a table say something; scheduled jobs have a table for each kind of work.
  static func isRead(_ table: String) -> Bool {
    tables.contains(table) || table.hasPrefix("sysauto_")
  }

  /// What the file says.
  mutating func reading() -> FileReading {
    result.problems = records.problems
    readFlows()
    readActionTypes()
    readWorkflows()
    readPlaybooks()
    readScripts()
    readRules()
    readServices()
    readCatalogItems()
    readAgents()
    let unread = records.all.filter {
      !Self.readTables.contains($0.table) && !Self.isRead($0.table)
    }
    if result.fragment.isEmpty {
      result.isBeside = records.problems.isEmpty
      let tables = tableCounts(unread.isEmpty ? records.all : unread)
      if !tables.isEmpty {
        result.note(
          .info, "the file holds no automation, but \(tables)", at: SourceLocation(path: path))
      } else if result.problems.isEmpty, records.deleted == 0 {
        result.note(.info, "the file holds no records", at: SourceLocation(path: path))
      }
    } else if !unread.isEmpty {
      result.note(
        .info,
        "\(unread.count) records are no automation and were left out: \(tableCounts(unread))",
        at: SourceLocation(path: path))
    }
    if records.deleted > 0 {
      result.note(
        .info, "\(records.deleted) records are deleted by this file and were left out",
        at: SourceLocation(path: path))
    }
    return result
  }

  /// Tables that are read, those included that only serve others.
  private static let readTables: Set<String> = tables.union([
    "sys_variable_value", "sys_element_mapping", "sys_hub_flow_input", "sys_hub_flow_output",
    "sys_hub_flow_variable", "wf_transition", "wf_condition", "wf_workflow_instance", "wf_stage",
    "sys_flow_record_trigger", "sys_flow_timer_trigger", "sys_flow_trigger_plan",
    "sys_trigger_runner_mapping", "sys_remote_update_set", "sys_update_set",
  ])

  /// `3 sys_dictionary, 1 sys_choice`, most frequent first, at most six.
  private func tableCounts(_ records: [ServiceNowRecord]) -> String {
    let counts = Dictionary(grouping: records, by: \.table).mapValues(\.count)
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    let listed = sorted.prefix(6).map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    return sorted.count > 6 ? "\(listed) and \(sorted.count - 6) other tables" : listed
  }

  func all(_ tables: String...) -> [ServiceNowRecord] { records.of(tables) }

  // MARK: What all readers add

  /// Describes a system from its own record.
  mutating func addSystem(
    _ name: String, _ kind: SystemKind, _ technology: String, _ record: ServiceNowRecord,
    aliases: [String?] = [], change: (inout AutomationSystem) -> Void = { _ in }
  ) {
    let whole = record.evidence()
    var system = AutomationSystem(name: name, source: whole)
    system.aliases = ([record.value("sys_id")] + aliases).compactMap { $0?.trimmedOrNil }
      .filter { $0 != name }
    system.kind.state(kind, whole)
    system.technology.state(technology, whole)
    let purpose = record.value("description") ?? record.value("short_description")
    if let purpose { system.purpose.state(plainText(purpose), whole) }
    if let creator = record.value("sys_created_by") {
      system.creator.state(creator, record.evidence(note: "who created the record"))
    }
    switch record.flag("active") {
    case true: system.status.state(.production, record.evidence(note: "active"))
    case false: system.status.state(.disabled, record.evidence(note: "not active"))
    case nil: break
    }
    change(&system)
    described.insert(name)
    result.fragment.systems.append(system)
  }

  /// Names a system of which only a part is among the files.
  mutating func addFragmentOfSystem(
    _ name: String, _ kind: SystemKind, _ technology: String, _ record: ServiceNowRecord,
    id: String?
  ) {
    guard described.insert(name).inserted else { return }
    let concluded = Evidence(
      .inferred, record.place, note: "named by a part of it; its own record is not among the files")
    var system = AutomationSystem(name: name, source: concluded)
    system.aliases = [id].compactMap { $0 }.filter { $0 != name }
    system.kind.state(kind, concluded)
    system.technology.state(technology, record.evidence())
    system.unknowns = ["Only a part of it is among the files."]
    result.fragment.systems.append(system)
    result.isPartial = true
  }

  mutating func addStep(
    _ system: String, _ id: String, _ name: String?, _ kind: Step.Kind, _ record: ServiceNowRecord,
    timeout: TimeSpan? = nil
  ) {
    result.fragment.steps.append(
      Step(
        system: system, id: id, name: name, kind: kind, timeout: timeout,
        evidence: record.evidence()))
  }

  mutating func addTouchPoint(
    _ system: String, _ step: String, _ name: String?, _ kind: HumanTouchPoint.Kind,
    _ evidence: Evidence, team: String? = nil
  ) {
    result.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: name, kind: kind, team: team, evidence: evidence))
  }

  mutating func addTrigger(
    _ system: String, _ kind: Trigger.Kind, _ expression: String?, _ record: ServiceNowRecord
  ) {
    result.fragment.triggers.append(
      Trigger(system: system, kind: kind, expression: expression, evidence: record.evidence()))
  }

  mutating func addPermission(_ system: String, _ name: String, _ record: ServiceNowRecord) {
    result.fragment.permissions.append(
      Permission(
        system: system, name: name, application: "ServiceNow", evidence: record.evidence()))
  }

  mutating func addCredential(
    _ system: String, _ name: String?, _ application: String?, _ record: ServiceNowRecord
  ) {
    guard let name else { return }
    result.fragment.credentials.append(
      CredentialUse(
        system: system, name: name, application: application, evidence: record.evidence()))
  }

  mutating func connect(
    _ system: String, _ kind: Connection.Kind, to target: EntityReference,
    _ channel: Connection.Channel, _ action: String?, _ record: ServiceNowRecord,
    data: [String] = [], note: String? = nil
  ) {
    result.fragment.connections.append(
      Connection(
        kind, from: EntityReference(.system, system), to: target, channel: channel, action: action,
        data: data, evidence: record.evidence(note: note)))
  }

  /// What a change of a record starts.
  mutating func connectTrigger(_ system: String, _ table: String?, _ record: ServiceNowRecord) {
    guard let table else { return }
    result.fragment.connections.append(
      Connection(
        .triggers, from: EntityReference(.application, "ServiceNow"),
        to: EntityReference(.system, system), channel: .internalCall, action: nil, data: [table],
        evidence: record.evidence()))
  }

  /// Connects to the application behind an address and returns its name.
  @discardableResult
  mutating func connect(
    _ system: String, toAddress address: String?, _ method: String?, _ action: String?,
    _ record: ServiceNowRecord, note: String? = nil
  ) -> String? {
    guard let address else { return nil }
    guard let host = host(ofAddress: address) ?? fixedHost(ofAddress: address) else {
      result.note(
        .low,
        "the address that '\(system)' calls is computed, so that only a name for its target is known",
        at: record.place)
      connect(
        system, httpDirection(method), to: EntityReference(.application, "\(system) endpoint"),
        .api, action ?? method, record, note: note)
      return nil
    }
    let application = KnownApplication.named(byHost: host) ?? host
    if application != host {
      result.fragment.applications.append(
        Application(name: application, aliases: [host], source: record.evidence(note: note)))
    }
    connect(
      system, httpDirection(method), to: EntityReference(.application, application), .api,
      action ?? method, record, note: note)
    return application
  }

  /// The host of `https://${instance}.service-now.com/…` without its computed part.
  private func fixedHost(ofAddress address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let server = address[scheme.upperBound...].prefix { $0 != "/" }
    guard server.contains("${"), let end = server.lastIndex(of: "}") else { return nil }
    let rest = server[server.index(after: end)...].drop { $0 == "." }
    return rest.contains(".") ? host(ofAddress: "https://\(rest)") : nil
  }

  /// The name of a record with that of its application, for names that are short in themselves.
  func scopedName(_ name: String, _ record: ServiceNowRecord) -> String {
    guard let scope = record.display("sys_scope"), nameKey(scope) != "global",
      !nameKey(name).hasPrefix(nameKey(scope))
    else { return name }
    return "\(scope) \(name)"
  }
}

/// A text without the tags of HTML, which descriptions of ServiceNow may be written in.
func plainText(_ text: String) -> String {
  guard text.contains("<"), text.contains(">") else { return text }
  var plain = ""
  var isTag = false
  for character in text {
    if character == "<" {
      isTag = true
    } else if character == ">", isTag {
      isTag = false
      plain.append(" ")
    } else if !isTag {
      plain.append(character)
    }
  }
  let words = plain.split { $0.isWhitespace }.joined(separator: " ")
  return words.isEmpty ? text : words
}
