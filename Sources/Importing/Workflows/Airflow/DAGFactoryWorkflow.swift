import DocumentReading
import Facts
import Inventory

/// One workflow of a file for dag-factory, with what it inherits.
struct DAGFactoryWorkflow {
  let name: String
  let root: DataNode
  let defaults: DataNode?
  private var said: AgentStatements
  private var runsCode = false

  init(_ name: String, _ root: DataNode, defaults: DataNode?, path: String) {
    self.name = name
    self.root = root
    self.defaults = defaults
    said = AgentStatements(path: path)
  }

  private var source: EntityReference { EntityReference(.system, name) }

  /// A setting of the workflow, else the common one.
  private func setting(_ key: String) -> DataNode? { root[key] ?? defaults?[key] }

  /// A setting for all tasks of the workflow, else the common one.
  private func argument(_ key: String) -> DataNode? {
    root["default_args"]?[key] ?? defaults?["default_args"]?[key]
  }

  /// What the workflow says.
  mutating func reading() -> FileReading {
    for group in groups() {
      said.reading.fragment.steps.append(
        Step(
          system: name, id: group.id, name: group.id, kind: .group, evidence: group.node.evidence))
    }
    for task in tasks() { add(task.id, task.node, common: task.common) }
    addSchedule()
    addAlerts()
    addSystem()
    return said.reading
  }

  private func groups() -> [(id: String, node: DataNode)] {
    if let members = setting("task_groups")?.object { return members.map { ($0.key, $0.value) } }
    return (setting("task_groups")?.array ?? []).compactMap { group in
      group["group_name"]?.text?.trimmedOrNil.map { ($0, group) }
    }
  }

  /// The tasks in order; a common task of the same name fills in what a task leaves out.
  private func tasks() -> [(id: String, node: DataNode, common: DataNode?)] {
    let common = taskNodes(defaults)
    let own = taskNodes(root)
    let commonByID = Dictionary(common.map { ($0.id, $0.node) }, uniquingKeysWith: { a, _ in a })
    let ownByID = Dictionary(own.map { ($0.id, $0.node) }, uniquingKeysWith: { a, _ in a })
    var seen: Set<String> = []
    var all: [(id: String, node: DataNode, common: DataNode?)] = []
    for (id, node) in common + own where seen.insert(id).inserted {
      all.append((id, ownByID[id] ?? node, commonByID[id]))
    }
    return all
  }

  private mutating func addSystem() {
    let place = root.inferred("the key under which the workflow stands")
    var system = AutomationSystem(name: name, source: Evidence(.imported, place.location))
    system.kind.state(.workflow, root.evidence)
    system.technology.state("Apache Airflow", root.evidence)
    if let shown = singleLine(root["dag_display_name"]?.string) { system.addAlias(shown) }
    for key in ["description", "doc_md"] {
      if let text = setting(key), let purpose = singleLine(text.string) {
        system.purpose.state(String(purpose.prefix(500)), text.evidence)
        break
      }
    }
    // `airflow` is what the product fills in where nobody is named.
    if let owner = argument("owner"), let text = owner.string?.trimmedOrNil, text != "airflow" {
      system.owner.state(text, owner.evidence)
    }
    if let paused = setting("is_paused_upon_creation"), paused.bool == true {
      system.unknowns.append(
        "The workflow is paused when it is made; whether somebody switched it on is not in the file."
      )
    }
    if let schedule = setting("schedule") ?? setting("schedule_interval"),
      let text = scheduleText(schedule), let frequency = frequency(ofCron: text)
    {
      system.volume.state(frequency, schedule.inferred("from its schedule"))
    }
    if runsCode {
      system.unknowns.append(
        "What its Python and shell tasks call is written in code, which is not read.")
    }
    said.add(system)
  }

  // MARK: Schedule and alerts

  /// A schedule as cron expression or preset; `nil` where it is none.
  private func scheduleText(_ schedule: DataNode) -> String? {
    if let text = schedule.string?.trimmedOrNil { return text }
    if schedule["__type__"]?.string?.contains("Cron") == true {
      return (schedule["__args__"]?[0] ?? schedule["cron"])?.string?.trimmedOrNil
    }
    return nil
  }

  private mutating func addSchedule() {
    guard let schedule = setting("schedule") ?? setting("schedule_interval"), !schedule.isNull,
      schedule.string?.lowercased() != "none"
    else { return }
    var kind = Trigger.Kind.schedule
    var expression = scheduleText(schedule)
    let named = assets(in: schedule)
    if !named.isEmpty {
      kind = .event
      expression = "updated: \(named.joined(separator: ", "))"
    } else if expression == nil, let type = schedule["__type__"]?.string {
      let parts = (schedule.object ?? []).filter { !$0.key.hasPrefix("__") }
        .compactMap { member in member.value.text.map { "\(member.key) \($0)" } }
      expression = ([lastWord(of: type)] + parts).joined(separator: " ")
    }
    said.reading.fragment.triggers.append(
      Trigger(system: name, kind: kind, expression: expression, evidence: schedule.evidence))
  }

  /// Mail to a group where a task fails.
  private mutating func addAlerts() {
    guard let mail = argument("email"), argument("email_on_failure")?.bool != false else { return }
    let addresses = mail.texts.map(\.text).joined(separator: ",")
    guard let group = groupMailbox(among: addresses) else { return }
    said.connect(
      source, .escalates, EntityReference(.team, group), .mail, "email_on_failure", mail.evidence)
  }

  // MARK: Tasks

  private mutating func add(_ id: String, _ task: DataNode, common: DataNode?) {
    let kindKeys = ["operator", "decorator"]
    var performer = task.first(of: kindKeys)
    if performer == nil, let common { performer = common.first(of: kindKeys) }
    guard let written = performer?.string?.trimmedOrNil else {
      said.reading.note(
        .medium, "task '\(id)' has neither operator nor decorator and was left out; give it one",
        at: task.location)
      return
    }
    let type = AirflowOperator(written)
    func value(_ keys: String...) -> DataNode? { Self.value(keys, task, common) }
    var kind = type.humanAct != nil ? .human : type.kind
    let rule = value("trigger_rule")?.string ?? ""
    if ["one_failed", "all_failed"].contains(rule), [.action, .call].contains(kind) {
      kind = .errorHandling
    }
    var step = Step(system: name, id: id, name: id, kind: kind, evidence: task.evidence)
    var retries = value("retries")
    if retries == nil { retries = argument("retries") }
    if let count = retries?.int, count >= 0 { step.retries = count }
    if let seconds = value("execution_timeout_secs", "timeout")?.double, seconds > 0 {
      step.timeout = TimeSpan(seconds: seconds)
    }
    said.reading.fragment.steps.append(step)
    if let act = type.humanAct {
      let team = value("assigned_users", "respondents")?.texts.first?.text
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: id, name: singleLine(value("subject")?.string) ?? id, kind: act,
          team: team.flatMap { groupMailbox(among: $0) }, evidence: task.evidence))
    }
    if type.runsCode { runsCode = true }
    addCalls(id, task, common, type)
  }

  /// The first of several settings of a task, else of the common one that it rests on.
  ///
  /// For each key in turn the task's own comes first.
  private static func value(_ keys: [String], _ task: DataNode, _ common: DataNode?) -> DataNode? {
    for key in keys {
      if let own = task[key] { return own }
      if let common, let shared = common[key] { return shared }
    }
    return nil
  }

  private mutating func addCalls(
    _ id: String, _ task: DataNode, _ common: DataNode?, _ type: AirflowOperator
  ) {
    func value(_ keys: String...) -> DataNode? { Self.value(keys, task, common) }
    let connectionID = (task.object ?? []).first {
      $0.key.hasSuffix("conn_id") && $0.value.string?.trimmedOrNil != nil
    }
    var application: String?
    if type.callsWorkflow {
      let written = value("trigger_dag_id", "external_dag_id")?.string?.trimmedOrNil
      let target = written.flatMap { isExpression($0) ? nil : $0 }
      if target == nil {
        said.reading.note(
          .low, "which workflow '\(id)' is about is computed or not stated, so that it is unknown",
          at: task.location)
      }
      let other = EntityReference(.system, target ?? "computed workflow of '\(name)'")
      if type.kind == .call {
        said.connect(source, .invokes, other, .internalCall, type.name, task.evidence)
      } else {
        said.connect(other, .triggers, source, .internalCall, type.name, task.evidence)
      }
    } else if type.name == "BashOperator" || type.name == "SSHOperator" {
      let code = value("bash_command", "command")?.string ?? ""
      let targets = uniqueInOrder(
        addresses(inCode: code).compactMap { address in
          Importing.application(ofAddress: address)
        })
      for target in targets {
        said.connect(
          source, .invokes, EntityReference(.application, target), .api, type.name, task.evidence)
      }
    }
    if let provider = type.application {
      application = provider
      var target = provider
      // Where an operator serves many products, its connection is all that names one.
      if type.isGeneric {
        let address = value("endpoint")?.string.flatMap { Importing.application(ofAddress: $0) }
        target =
          address ?? connectionID?.value.string.map { "connection \($0) of Airflow" } ?? provider
        application = nil
      }
      let statement = value("sql")?.texts.first?.text
      var data = statement.map { tableNames(inSQL: $0) } ?? []
      for key in [
        "table", "destination_table", "bucket", "bucket_name", "source_bucket", "dest_bucket",
        "topic", "queue", "sqs_queue", "dataset_id", "table_id", "channel", "s3_bucket",
        "external_task_id", "job_name",
      ] {
        if let text = value(key)?.string?.trimmedOrNil, !isExpression(text), !text.contains("@") {
          data.append(text)
        }
      }
      let method = value("method")?.string
      let kind =
        statement.map { direction(ofSQL: $0) }
        ?? (type.isSensor ? .reads : nil)
        ?? (type.package.contains("http") ? httpDirection(method ?? "POST") : nil)
        ?? direction(ofOperation: type.operation) ?? .invokes
      said.connect(
        source, kind, EntityReference(.application, target), type.channel, method ?? type.name,
        data: uniqueInOrder(data), task.evidence)
    }
    if let member = connectionID, let text = member.value.string?.trimmedOrNil, !isExpression(text)
    {
      said.addCredential(text, of: name, application: application, member.value.evidence)
    }
  }
}

/// The last part of a dotted name.
private func lastWord(of name: String) -> String {
  name.split(separator: ".").last.map(String.init) ?? name
}
