import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Flows of Kestra, as its editor, its Git synchronisation and its API write them.
  static let kestra = ImportFormat(
    id: "kestra", title: "Kestra flow",
    isFormat: { file in
      guard file.contains("namespace"), file.contains("tasks"), file.contains("type"),
        let documents = try? file.documents()
      else { return false }
      return documents.contains(where: isKestraFlow)
    },
    readFile: { file throws(DocumentError) in
      var reading = FileReading(path: file.path)
      for root in try file.documents() where isKestraFlow(root) {
        var flow = KestraFlow(root, path: file.path)
        reading.add(flow.reading())
      }
      return reading
    })
}

private func isKestraFlow(_ root: DataNode) -> Bool {
  guard root["id"]?.text != nil, root["namespace"]?.string != nil, root["apiVersion"] == nil,
    let tasks = root["tasks"]?.array
  else { return false }
  return !tasks.isEmpty && tasks.allSatisfy { $0["id"]?.text != nil && $0["type"]?.string != nil }
}

/// One flow: tasks, which may hold others, triggers, and what is done on errors.
struct KestraFlow {
  let root: DataNode
  let name: String
  var said: AgentStatements
  var models: [String] = []
  private var disabled: [SourceLocation] = []
  private var ids: Set<String> = []
  private var runsCode = false

  init(_ root: DataNode, path: String) {
    self.root = root
    name = root["id"]?.text?.trimmedOrNil ?? stem(of: lastComponent(of: path))
    said = AgentStatements(path: path)
  }

  var source: EntityReference { EntityReference(.system, name) }

  /// What the flow says.
  mutating func reading() -> FileReading {
    for key in ["tasks", "errors", "finally", "afterExecution", "listeners"] {
      if key == "listeners" {
        for listener in root[key]?.array ?? [] {
          walk(listener["tasks"], handlesErrors: false, depth: 0)
        }
      } else {
        walk(root[key], handlesErrors: key == "errors", depth: 0)
      }
    }
    for trigger in root["triggers"]?.array ?? [] { addTrigger(trigger) }
    addSystem()
    if let first = disabled.first {
      said.reading.note(
        .info, "left out, because they are disabled: \(disabled.count)", at: first)
    }
    return said.reading
  }

  private mutating func addSystem() {
    var system = AutomationSystem(name: name, source: (root["id"] ?? root).evidence)
    if let namespace = root["namespace"]?.string?.trimmedOrNil {
      system.aliases = ["\(namespace).\(name)"]
    }
    system.kind.state(.workflow, root.evidence)
    system.technology.state("Kestra", root.evidence)
    if let text = root["description"], let purpose = singleLine(text.string) {
      system.purpose.state(String(purpose.prefix(500)), text.evidence)
    }
    if let switched = root["disabled"], switched.bool == true {
      system.status.state(
        .disabled, Evidence(.imported, switched.location, note: "disabled"))
    }
    // Labels are free; these two are what their names say.
    for (key, value) in labels() {
      switch key.lowercased() {
      case "owner": system.owner.state(value.text ?? "", value.evidence)
      case "team": system.team.state(value.text ?? "", value.evidence)
      default: break
      }
    }
    let schedules = (root["triggers"]?.array ?? []).filter {
      ($0["type"]?.string ?? "").hasSuffix(".Schedule") && $0["disabled"]?.bool != true
    }
    if schedules.count == 1, let cron = schedules.first?["cron"], let text = cron.string,
      let frequency = frequency(ofCron: text)
    {
      system.volume.state(frequency, cron.inferred("from its schedule"))
    }
    system.models = models
    if runsCode {
      system.unknowns.append("What its scripts call is written in code, which is not read.")
    }
    said.add(system)
  }

  private func labels() -> [(String, DataNode)] {
    let labels = root["labels"]
    let pairs =
      labels?.object?.map { ($0.key, $0.value) }
      ?? (labels?.array ?? []).compactMap { item in
        item["key"]?.text.flatMap { key in item["value"].map { (key, $0) } }
      }
    return pairs.filter { $0.1.text?.trimmedOrNil != nil }
  }

  // MARK: Tasks

  private mutating func walk(_ tasks: DataNode?, handlesErrors: Bool, depth: Int) {
    guard depth < 100 else {
      if let tasks {
        said.reading.note(
          .medium, "tasks lie more than 100 deep; what lies deeper was left out",
          at: tasks.location)
      }
      return
    }
    for item in tasks?.array ?? [tasks].compactMap(\.self) {
      // A directed graph has its tasks one level deeper, beside what they depend on.
      let task = item["task"]?.object != nil && item["type"] == nil ? item["task"] ?? item : item
      guard let type = task["type"]?.string?.trimmedOrNil else {
        if task.object != nil {
          said.reading.note(
            .medium, "a task has no type and was left out; give it one", at: task.location)
        }
        continue
      }
      if task["disabled"]?.bool == true {
        disabled.append(task.location)
        continue
      }
      add(task, KestraTask(type), handlesErrors)
      for key in ["tasks", "then", "else", "defaults", "errors", "finally", "task"] {
        guard let inner = task[key], inner.array != nil || key == "task" && inner.object != nil
        else { continue }
        walk(inner, handlesErrors: handlesErrors || key == "errors", depth: depth + 1)
      }
      for branch in task["cases"]?.object ?? [] {
        walk(branch.value, handlesErrors: handlesErrors, depth: depth + 1)
      }
    }
  }

  private mutating func add(_ task: DataNode, _ type: KestraTask, _ handlesErrors: Bool) {
    var id = task["id"]?.text?.trimmedOrNil ?? type.name
    if !ids.insert(id).inserted {
      id += " (\(ids.count + 1))"
      ids.insert(id)
    }
    let label = singleLine(task["description"]?.string).map { String($0.prefix(120)) } ?? id
    let waits = task["delay"] ?? task["pauseDuration"] ?? task["duration"]
    let asksPerson = type.name == "Pause" && (task["onResume"] != nil || waits == nil)
    var kind = type.kind
    if asksPerson { kind = .human } else if type.name == "Pause" { kind = .wait }
    if handlesErrors, [.action, .call, .group].contains(kind) { kind = .errorHandling }
    var step = Step(system: name, id: id, name: label, kind: kind, evidence: task.evidence)
    step.retries =
      (task["retry"]?["maxAttempts"] ?? task["retry"]?["maxAttempt"])?.int.flatMap {
        $0 >= 0 ? $0 : nil
      }
    step.timeout = task["timeout"]?.string.flatMap { TimeSpan(iso8601: $0) }
    if ["Pause", "Sleep"].contains(type.name) {
      step.delay = waits?.string.flatMap { TimeSpan(iso8601: $0) }
    }
    said.reading.fragment.steps.append(step)
    if asksPerson {
      // Values asked for on resuming make a form of it.
      let fallback: HumanTouchPoint.Kind = task["onResume"] == nil ? .approval : .form
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: id, name: label,
          kind: touchPointKind(label: label, fallback: fallback),
          evidence: task.evidence))
    }
    addModels(task)
    addSecrets(in: task, application: type.isOwn ? nil : type.application)
    addCalls(task, type, label)
  }

  /// Secrets are named in expressions: `{{ secret('NAME') }}`.
  mutating func addSecrets(in task: DataNode, application: String?) {
    for member in task.object ?? [] {
      guard let text = member.value.string, text.contains("secret(") else { continue }
      for start in text.ranges(of: "secret(").prefix(20) {
        let inner = text[start.upperBound...].drop { $0 == "'" || $0 == "\"" || $0 == " " }
        let secret = inner.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        if !secret.isEmpty {
          said.addCredential(
            String(secret), of: name, application: application, member.value.evidence)
        }
      }
    }
  }

  // MARK: Calls

  private mutating func addCalls(_ task: DataNode, _ type: KestraTask, _ label: String) {
    if type.callsFlow {
      let written = task["flowId"]?.text?.trimmedOrNil
      let target = written.flatMap { isExpression($0) ? nil : $0 }
      if target == nil {
        said.reading.note(
          .low, "which flow '\(label)' runs is computed or not stated, so that it is unknown",
          at: (task["flowId"] ?? task).location)
      }
      said.connect(
        source, .invokes, EntityReference(.system, target ?? "computed flow of '\(name)'"),
        .internalCall, type.name, task.evidence)
    } else if type.runsCode {
      runsCode = true
      callAddresses(in: task)
    } else if type.isRequest {
      request(task, type, label)
    } else if type.usesModels, !Self.providers(of: task).isEmpty {
      askModels(task, type)
    } else if !type.isOwn {
      useApplication(task, type)
    }
  }

  private mutating func callAddresses(in task: DataNode) {
    var texts: [String] = []
    for key in ["commands", "script", "beforeCommands"] {
      texts += (task[key]?.texts ?? []).map(\.text)
    }
    let targets = uniqueInOrder(
      texts.flatMap { addresses(inCode: $0) }.compactMap { application(ofAddress: $0) })
    for target in targets {
      said.connect(
        source, .invokes, EntityReference(.application, target), .api, "script", task.evidence)
    }
  }

  private mutating func request(_ task: DataNode, _ type: KestraTask, _ label: String) {
    let written = (task["uri"] ?? task["url"])?.string?.trimmedOrNil ?? ""
    let method = task["method"]?.string?.uppercased() ?? "GET"
    let target: String
    if let host = host(ofAddress: written) ?? host(inExpression: written) {
      target = KnownApplication.named(byHost: host) ?? host
      if nameKey(target) != nameKey(host) {
        said.addApplication(target, aliases: [host], task.evidence)
      }
    } else {
      target = symbolicName(written, of: name) ?? "computed address in '\(name)'"
      said.reading.note(
        .low, "the address of '\(label)' is computed, so that its target is unknown",
        at: (task["uri"] ?? task).location)
    }
    said.connect(
      source, httpDirection(method), EntityReference(.application, target), .api, method,
      task.evidence)
  }

  private mutating func useApplication(_ task: DataNode, _ type: KestraTask) {
    var target = type.application
    var data: [String] = []
    if let url = task["url"]?.string, url.lowercased().hasPrefix("jdbc:") {
      let connection = DatabaseConnection(url)
      if let product = connection.product { target = product }
      if let database = connection.name, !isExpression(database) { data.append(database) }
    }
    if type.packages.first == "git", let url = task["url"]?.string,
      let server = application(ofAddress: url)
    {
      target = server
    }
    let statement = (task["sql"] ?? task["query"])?.string
    if let statement { data += tableNames(inSQL: statement) }
    for key in [
      "table", "destinationTable", "bucket", "topic", "queue", "collection", "from", "to",
      "channel", "projectId", "dataset", "index", "key",
    ] {
      guard let text = task[key]?.string?.trimmedOrNil, !isExpression(text), !text.contains("@"),
        !text.contains("://"), text.count < 120
      else { continue }
      data.append(text)
    }
    let kind =
      statement.map { direction(ofSQL: $0) } ?? direction(ofOperation: type.name) ?? .invokes
    said.connect(
      source, kind, EntityReference(.application, target), type.channel, type.name,
      data: uniqueInOrder(data), task.evidence)
  }

  // MARK: Triggers

  private mutating func addTrigger(_ trigger: DataNode) {
    guard let written = trigger["type"]?.string?.trimmedOrNil else { return }
    if trigger["disabled"]?.bool == true {
      disabled.append(trigger.location)
      return
    }
    let type = KestraTask(written)
    var kind = Trigger.Kind.event
    var expression = trigger["id"]?.text
    switch type.name {
    case "Schedule", "ScheduleOnDates":
      kind = .schedule
      expression = trigger["cron"]?.text ?? expression
      if let zone = trigger["timezone"]?.string { expression = expression.map { "\($0) \(zone)" } }
    case "Webhook":
      // The key in its address is a secret.
      kind = .call
      expression = "webhook"
    case "Flow":
      let flows = flowNames(in: trigger)
      if !flows.isEmpty { expression = "after \(flows.joined(separator: ", "))" }
      for flow in flows {
        said.connect(
          EntityReference(.system, flow), .triggers, source, .internalCall, "Flow",
          trigger.evidence)
      }
    default:
      if !type.isOwn {
        if type.isRequest {
          if let address = (trigger["uri"] ?? trigger["url"])?.string,
            let target = application(ofAddress: address)
          {
            said.connect(
              EntityReference(.application, target), .triggers, source, .api, type.name,
              trigger.evidence)
          }
        } else {
          said.connect(
            EntityReference(.application, type.application), .triggers, source, type.channel,
            type.name, trigger.evidence)
        }
      }
    }
    said.reading.fragment.triggers.append(
      Trigger(system: name, kind: kind, expression: expression, evidence: trigger.evidence))
  }

  /// Flows whose end starts this one: those of its conditions and preconditions.
  private func flowNames(in trigger: DataNode) -> [String] {
    var names: [String] = []
    var waiting: [(DataNode, Int)] = [(trigger, 0)]
    while let (node, depth) = waiting.popLast() {
      guard depth < 12 else { continue }
      if let flow = node["flowId"]?.text?.trimmedOrNil, !isExpression(flow) { names.append(flow) }
      if node["field"]?.string == "FLOW_ID", node["type"]?.string == "EQUAL_TO",
        let flow = node["value"]?.text?.trimmedOrNil
      {
        names.append(flow)
      }
      waiting += (node.array ?? []).reversed().map { ($0, depth + 1) }
      waiting += (node.object ?? []).reversed().map { ($0.value, depth + 1) }
    }
    return uniqueInOrder(names)
  }
}
