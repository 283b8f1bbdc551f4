import DocumentReading
import Facts
import Inventory

/// Flows and subflows of Flow Designer (Workflow Studio).
extension ServiceNowReader {
  private static let componentTables: Set<String> = [
    "sys_hub_action_instance", "sys_hub_action_instance_v2", "sys_hub_flow_logic",
    "sys_hub_flow_logic_instance_v2", "sys_hub_sub_flow_instance", "sys_hub_sub_flow_instance_v2",
  ]
  private static let triggerTables: Set<String> = [
    "sys_hub_trigger_instance", "sys_hub_trigger_instance_v2",
  ]

  mutating func readFlows() {
    var components: [String: [ServiceNowRecord]] = [:]
    var triggers: [String: [ServiceNowRecord]] = [:]
    var order: [String] = []
    for record in records.all {
      guard let flow = record.value("flow") else { continue }
      if Self.componentTables.contains(record.table) {
        if components[flow] == nil { order.append(flow) }
        components[flow, default: []].append(record)
      } else if Self.triggerTables.contains(record.table) {
        triggers[flow, default: []].append(record)
      }
    }
    var known: Set<String> = []
    // A snapshot is the flow as it was published, with a copy of every step.
    let copies = all("sys_hub_flow_snapshot")
    known.formUnion(copies.map(\.id))
    var headers = all("sys_hub_flow")
    let own = Set(headers.map(\.id))
    headers += copies.filter { !own.contains($0.value("parent_flow") ?? "") }
    let copiesOf = Dictionary(grouping: copies) { $0.value("parent_flow") ?? "" }
    for header in headers {
      known.insert(header.id)
      let snapshots =
        [header.value("master_snapshot"), header.value("latest_snapshot")].compactMap { $0 }
        + (copiesOf[header.id] ?? []).map(\.id)
      known.formUnion(snapshots)
      let place = ([header.id] + snapshots).first { components[$0] != nil }
      let start = ([header.id] + snapshots).first { triggers[$0] != nil }
      readFlow(
        header, steps: place.flatMap { components[$0] } ?? [],
        triggers: start.flatMap { triggers[$0] } ?? [])
    }
    for flow in order where !known.contains(flow) {
      guard let steps = components[flow], let first = steps.first else { continue }
      let header = index.record("sys_hub_flow", flow)
      let name = header?.value("name") ?? first.display("flow") ?? flow
      if header == nil {
        addFragmentOfSystem(name, .workflow, "ServiceNow Flow Designer", first, id: flow)
      }
      addSteps(steps, of: name)
    }
  }

  // MARK: The flow itself

  private mutating func readFlow(
    _ header: ServiceNowRecord, steps: [ServiceNowRecord], triggers: [ServiceNowRecord]
  ) {
    let name = header.value("name") ?? header.value("sys_name") ?? header.id
    let internalName = header.value("internal_name")
    let scope = header.scope
    let scoped = scope.flatMap { scope in internalName.map { "\(scope).\($0)" } }
    addSystem(
      name, .workflow, "ServiceNow Flow Designer", header,
      aliases: [internalName, scoped, header.value("parent_flow")]
    ) { system in
      // What was never published is being built; `active` alone says nothing of a draft.
      if header.value("status")?.lowercased() == "draft", header.flag("active") == false {
        system.status = Field(.development, header.evidence(note: "draft"))
      }
    }
    if let mode = header.value("run_as") { addPermission(name, "run as \(mode)", header) }
    for role in header.value("run_with_roles")?.split(separator: ",") ?? [] {
      guard let role = String(role).trimmedOrNil else { continue }
      addPermission(name, "run with role \(role)", header)
    }
    if triggers.isEmpty {
      addTriggerOfRecords(header, name)
    }
    for trigger in triggers { readTrigger(trigger, of: name) }
    addSteps(steps, of: name)
    if steps.isEmpty {
      result.isPartial = true
      result.note(
        .low,
        "the flow '\(name)' has no steps in this file; export it from Workflow Studio or with its"
          + " update set", at: header.place)
    }
  }

  /// Starts that are not written as instances: subflows are called, and old exports have plans only.
  private mutating func addTriggerOfRecords(_ header: ServiceNowRecord, _ name: String) {
    if header.value("type")?.lowercased() == "subflow" {
      addTrigger(name, .call, "subflow", header)
      return
    }
    if let record = index.record("sys_flow_record_trigger", header.value("remote_trigger_id")) {
      let table = record.value("table")
      addTrigger(name, .event, ["record", table].compactMap { $0 }.joined(separator: " "), record)
      connectTrigger(name, table, record)
    }
  }

  private mutating func readTrigger(_ record: ServiceNowRecord, of name: String) {
    let inputs = ServiceNowInputs(record, index: index, limits: limits)
    if inputs.isUnreadable { noteUnreadable(record) }
    let type =
      record.value("trigger_type") ?? record.display("trigger_definition") ?? record.value("name")
      ?? ""
    let shown = record.display("trigger_definition") ?? record.value("name") ?? type
    let key = nameKey(type)
    let kind: Trigger.Kind
    switch key {
    case "daily", "weekly", "monthly", "runonce", "repeat", "scheduled": kind = .schedule
    case "servicecatalog", "catalog": kind = .manual
    case "rest", "subflow", "restapi": kind = .call
    default: kind = .event
    }
    var words = [shown]
    if kind == .schedule {
      words += ["day_of_week", "day_of_month", "time", "repeat", "run_in"].compactMap {
        inputs.display($0)
      }
    }
    if let table = inputs.table {
      words.append(table)
      connectTrigger(name, table, record)
    }
    addTrigger(name, kind, words.joined(separator: " "), record)
    if kind == .manual {
      addTouchPoint(name, record.id, "Service Catalog request", .form, record.evidence())
    }
    let periods: [String: Frequency.Period] = ["daily": .day, "weekly": .week, "monthly": .month]
    if let period = periods[key],
      let position = result.fragment.systems.firstIndex(where: { $0.name == name })
    {
      result.fragment.systems[position].volume.state(
        Frequency(count: 1, per: period),
        Evidence(.inferred, record.place, note: "from its schedule"))
    }
  }

  // MARK: Steps

  mutating func noteUnreadable(_ record: ServiceNowRecord) {
    result.note(
      .low,
      "the inputs of '\(record.id)' could not be unpacked, so that what it works on is unknown",
      at: record.place)
  }

  private mutating func addSteps(_ steps: [ServiceNowRecord], of flow: String) {
    var handlers: Set<String> = []
    for record in steps where isErrorHandler(record) {
      if let id = record.value("ui_id") { handlers.insert(id) }
    }
    for record in steps.sorted(by: {
      Self.position($0).lexicographicallyPrecedes(Self.position($1))
    }) {
      if record.table.hasPrefix("sys_hub_flow_logic") {
        addLogic(record, of: flow)
      } else if record.table.hasPrefix("sys_hub_sub_flow") {
        addSubflow(record, of: flow)
      } else {
        addAction(
          record, of: flow, handlesErrors: record.value("parent_ui_id").map(handlers.contains))
      }
    }
  }

  private func isErrorHandler(_ record: ServiceNowRecord) -> Bool {
    let name = (record.display("logic_definition") ?? "").lowercased()
    return name.contains("catch") || name.contains("error")
  }

  /// `3`, `3.1` and `2➛3` as numbers.
  private static func position(_ record: ServiceNowRecord) -> [Int] {
    (record.value("order") ?? "").split { !($0.isASCII && $0.isNumber) }.map { Int($0) ?? 0 }
  }

  private func stepName(_ record: ServiceNowRecord, _ type: String) -> String {
    if let text = record.value("display_text") { return text }
    guard let comment = record.value("comment"), comment.count <= 80 else { return type }
    return "\(type): \(comment)"
  }

  private mutating func addAction(
    _ record: ServiceNowRecord, of flow: String, handlesErrors: Bool?
  ) {
    let type =
      record.display("action_type") ?? record.display("action_type_parent")
      ?? index.record("sys_hub_action_type_definition", record.value("action_type_parent"))?
      .value("name") ?? record.value("name") ?? record.value("action_type") ?? "Action"
    let inputs = ServiceNowInputs(record, index: index, limits: limits)
    if inputs.isUnreadable { noteUnreadable(record) }
    let meaning = ServiceNowAction(type)
    let name = stepName(record, type)
    addStep(
      flow, record.id, name,
      [.action, .call].contains(meaning.kind) && handlesErrors == true
        ? .errorHandling : meaning.kind, record)
    if let act = meaning.act {
      let evidence =
        meaning.isConcluded
        ? Evidence(
          .inferred, record.place,
          note: "waits until the record is as wanted, which people usually bring about")
        : record.evidence()
      addTouchPoint(flow, record.id, name, act, evidence, team: inputs.assignmentGroup)
    }
    guard let direction = meaning.direction else { return }
    if meaning.isCore {
      connect(
        flow, direction, to: EntityReference(.application, "ServiceNow"), meaning.channel, type,
        record, data: [inputs.table].compactMap { $0 })
    } else {
      connect(
        flow, .invokes, to: EntityReference(.system, type), .internalCall, "action", record,
        data: [inputs.table].compactMap { $0 })
    }
  }

  private mutating func addSubflow(_ record: ServiceNowRecord, of flow: String) {
    let called =
      record.display("subflow")
      ?? index.record("sys_hub_flow", record.value("subflow"))?.value("name")
      ?? record.value("subflow")
    addStep(flow, record.id, stepName(record, called ?? "Subflow"), .call, record)
    guard let called else {
      result.note(
        .low, "the step '\(record.id)' names no subflow that it calls", at: record.place)
      return
    }
    connect(
      flow, .invokes, to: EntityReference(.system, called), .internalCall, "subflow", record)
  }

  private mutating func addLogic(_ record: ServiceNowRecord, of flow: String) {
    let type =
      record.display("logic_definition") ?? record.value("name")
      ?? record.value("logic_definition") ?? "Logic"
    let inputs = ServiceNowInputs(record, index: index, limits: limits)
    if inputs.isUnreadable { noteUnreadable(record) }
    let label = inputs.text("condition_name", "condition_label")
    let kind = ServiceNowAction.kind(ofLogic: type)
    addStep(
      flow, record.id, label.map { "\(type): \($0)" } ?? stepName(record, type), kind, record)
    guard kind == .call else { return }
    if let called = inputs.display("workflow", "flow", "flow_name") {
      connect(
        flow, .invokes, to: EntityReference(.system, called), .internalCall, type, record)
    }
  }
}

/// What an action of Flow Designer does, by the name of its type.
struct ServiceNowAction {
  var kind = Step.Kind.action
  /// What a person does for it.
  var act: HumanTouchPoint.Kind?
  /// Whether that a person acts is concluded and not said.
  var isConcluded = false
  /// Whether it reads or writes; `nil` where it touches nothing.
  var direction: Connection.Kind?
  var channel = Connection.Channel.internalCall
  /// Whether it comes with the platform and works on its records.
  var isCore = true

  /// The meaning of a type, as ServiceNow lists its core actions.
  init(_ type: String) {
    let key = nameKey(type)
    switch key {
    case "askforapproval":
      self.init(.human, .approval, .invokes, .people)
    case "createtask", "createcatalogtask":
      self.init(.human, .work, .writes, .internalCall)
    case "waitforcondition":
      self.init(.wait, .work, .reads, .internalCall)
      isConcluded = true
    case "waitforemailreply":
      self.init(.human, .form, .reads, .mail)
    case "waitformessage", "slapercentagetimer":
      self.init(.wait, nil, .reads, .internalCall)
    case "sendemail", "sendnotification", "getemailheader", "getlatestresponsetextfromemail",
      "associaterecordtoemail", "associateemailtorecord":
      self.init(.action, nil, key.hasPrefix("get") ? .reads : .writes, .mail)
    case "sendsms":
      self.init(.action, nil, .writes, .api)
    case "log":
      self.init(.action, nil, nil, .internalCall)
    case "createrecord", "updaterecord", "deleterecord", "createorupdaterecord",
      "updatemultiplerecords", "deletemultiplerecords", "submitcatalogitemrequest", "fireevent",
      "copyattachment", "deleteattachment", "moveattachment", "moveemailattachmentstorecord",
      "addworknotelinktocontext", "recordproducer":
      self.init(.action, nil, .writes, .internalCall)
    case "lookuprecord", "lookuprecords", "getcatalogvariables", "lookupattachment",
      "lookupattachments", "lookupemailattachments", "getattachmentsonrecord",
      "lookupattachmentsonrecord", "lookuprecordproducer":
      self.init(.action, nil, .reads, .internalCall)
    default:
      self.init(.call, nil, .invokes, .internalCall)
      isCore = false
    }
  }

  private init(
    _ kind: Step.Kind, _ act: HumanTouchPoint.Kind?, _ direction: Connection.Kind?,
    _ channel: Connection.Channel
  ) {
    self.kind = kind
    self.act = act
    self.direction = direction
    self.channel = channel
  }

  /// What a piece of flow logic is, by its name.
  static func kind(ofLogic type: String) -> Step.Kind {
    let name = type.lowercased()
    if name.contains("catch") || name.contains("error") { return .errorHandling }
    if name == "else" || name.contains("each") || name.contains("until")
      || name.contains("parallel") || name.contains("try")
    {
      return .group
    }
    if name.hasPrefix("if") || name.contains("else if") || name.contains("elseif")
      || name.contains("decision")
    {
      return .decision
    }
    if name.contains("wait") || name.contains("timer") { return .wait }
    if name.contains("workflow") || name.contains("dynamic flow")
      || name.contains("flow outputs")
        && name.contains("get")
    {
      return .call
    }
    return .action
  }
}
