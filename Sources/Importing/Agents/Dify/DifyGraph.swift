import DocumentReading
import Facts
import Inventory

/// The nodes of an app of Dify.
extension DifyApp {
  mutating func addGraph(_ graph: DataNode) {
    let onError = errorTargets(graph)
    var unknown: Set<String> = []
    for node in graph["nodes"]?.array ?? [] {
      guard let data = node["data"], data.object != nil else {
        statements.reading.note(
          .medium, "a node has no data and was left out; export the app again", at: node.location)
        continue
      }
      let type = data["type"]?.string ?? ""
      if DifyNodeKind.isMark(type, canvas: node["type"]?.string) { continue }
      guard let id = node["id"]?.text?.trimmedOrNil else {
        statements.reading.note(
          .medium, "a node has no id and was left out; export the app again", at: node.location)
        continue
      }
      if DifyNodeKind.step(type) == nil, unknown.count < 20, unknown.insert(type).inserted {
        statements.reading.note(
          .info, "nodes of the unknown type '\(type)' are taken for actions", at: node.location)
      }
      add(data, id: id, type: type, isErrorPath: onError.contains(id))
    }
    if !(graph["nodes"]?.array ?? []).contains(where: { isTrigger($0["data"]) }) {
      system.unknowns.append("What starts it is not in its file.")
    }
  }

  private func isTrigger(_ data: DataNode?) -> Bool {
    let type = data?["type"]?.string ?? ""
    return type == "start" || type == "datasource" || type.hasPrefix("trigger-")
  }

  /// Nodes to which only the way after a failure leads.
  private func errorTargets(_ graph: DataNode) -> Set<String> {
    var failed: Set<String> = []
    var regular: Set<String> = []
    for edge in graph["edges"]?.array ?? [] {
      guard let target = edge["target"]?.text else { continue }
      if edge["sourceHandle"]?.string == "fail-branch" {
        failed.insert(target)
      } else {
        regular.insert(target)
      }
    }
    return failed.subtracting(regular)
  }

  private mutating func add(_ data: DataNode, id: String, type: String, isErrorPath: Bool) {
    let evidence = data.evidence
    let title = data["title"]?.text?.trimmedOrNil
    var kind = DifyNodeKind.step(type) ?? .action
    if isErrorPath, kind == .action { kind = .errorHandling }
    if type == "tool", data["provider_type"]?.string == "workflow" { kind = .call }
    let retry = data["retry_config"]
    statements.addStep(
      id, title, kind, of: name,
      retries: retry?["retry_enabled"]?.bool == true
        ? retry?["max_retries"]?.int.flatMap { $0 >= 0 ? $0 : nil } : nil,
      timeout: timeout(data, type), evidence)
    switch type {
    case "start": addStart(data, evidence)
    case "trigger-schedule": statements.addTrigger(.schedule, schedule(data), of: name, evidence)
    case "trigger-webhook":
      statements.addTrigger(.call, data["method"]?.string?.uppercased(), of: name, evidence)
    case "trigger-plugin", "datasource": addOutsideStart(data, type, evidence)
    case "human-input", "human-feedback": addPerson(data, id: id, title, evidence)
    case "llm", "question-classifier", "parameter-extractor":
      addModel(data["model"], of: name, to: source, evidence)
    case "knowledge-retrieval": addRetrieval(data, evidence)
    case "knowledge-index":
      addKnowledge(data["dataset_id"], "index", kind: .writes, from: source, evidence)
    case "tool": addTool(data, of: source)
    case "http-request": addRequest(data, title ?? id, evidence)
    case "code":
      if let code = data["code"], let text = code.string {
        statements.addReach(ofCode: text, from: source, code)
      }
    case "agent": addAgent(data, title ?? id, evidence)
    default: break
    }
  }

  private func timeout(_ data: DataNode, _ type: String) -> TimeSpan? {
    let given = data["timeout"]
    if let read = given?["read"]?.double ?? given?["max_read_timeout"]?.double, read > 0 {
      return TimeSpan(seconds: read)
    }
    guard type.hasPrefix("human"), let amount = given?["value"]?.double ?? given?.double, amount > 0
    else { return nil }
    let unit = data["timeout_unit"]?.string ?? given?["unit"]?.string ?? ""
    let seconds = ["hour": 3600.0, "hours": 3600, "day": 86400, "days": 86400][unit]
    return seconds.flatMap { TimeSpan(seconds: amount * $0) }
  }

  // MARK: Starts

  private mutating func addStart(_ data: DataNode, _ evidence: Evidence) {
    guard system.kind.value == .workflow,
      !statements.reading.fragment.triggers.contains(where: { $0.kind == .manual })
    else { return }
    statements.addTrigger(
      .manual, data["title"]?.text?.trimmedOrNil, of: name,
      Evidence(
        .imported, evidence.location, note: "started in its page, by its interface or as a tool"))
  }

  private func schedule(_ data: DataNode) -> String? {
    let zone = data["timezone"]?.string?.trimmedOrNil.map { " \($0)" } ?? ""
    if data["mode"]?.string != "visual", let cron = data["cron_expression"]?.string?.trimmedOrNil {
      return cron + zone
    }
    guard let frequency = data["frequency"]?.string?.trimmedOrNil else { return nil }
    let visual = data["visual_config"]
    var parts = [frequency]
    if frequency == "hourly" {
      if let minute = visual?["on_minute"]?.text { parts.append("at minute \(minute)") }
    } else {
      if frequency == "weekly" {
        parts += (visual?["weekdays"]?.array ?? []).compactMap(\.text)
      } else if frequency == "monthly" {
        parts += (visual?["monthly_days"]?.array ?? []).compactMap(\.text)
      }
      if let time = visual?["time"]?.string { parts.append("at \(time)") }
    }
    return parts.joined(separator: " ") + zone
  }

  private mutating func addOutsideStart(_ data: DataNode, _ type: String, _ evidence: Evidence) {
    let id = (data["provider_name"] ?? data["provider_id"] ?? data["plugin_id"])?.string
    let provider = id?.split(separator: "/").last.map(String.init) ?? "plugin"
    let target = knownService(provider) ?? words(ofIdentifier: provider)
    let event =
      (data["event_name"] ?? data["datasource_name"] ?? data["title"])?.string?.trimmedOrNil
    if type == "datasource" {
      statements.connect(
        source, .reads, EntityReference(.application, target), .api, event, evidence)
      return
    }
    statements.addTrigger(.event, event, of: name, evidence)
    statements.connect(
      EntityReference(.application, target), .triggers, source, .api, event, evidence)
  }

  // MARK: People

  private mutating func addPerson(
    _ data: DataNode, id: String, _ title: String?, _ evidence: Evidence
  ) {
    let actions = (data["user_actions"] ?? data["userActions"])?.array ?? []
    let words = actions.compactMap { ($0["title"] ?? $0["label"] ?? $0["id"])?.string }
    let isChoice = actions.count > 1
    let worded = touchPointKind(
      label: words.joined(separator: " "), fallback: isChoice ? .approval : .form)
    var team: String?
    for method in (data["delivery_methods"] ?? data["deliveryMethod"])?.array ?? [] {
      guard method["enabled"]?.bool != false else { continue }
      let recipients = (method["config"] ?? method["configure"])?["recipients"]
      for item in recipients?["items"]?.array ?? recipients?.array ?? [] {
        if let address = item["email"]?.string, let group = groupMailbox(among: address) {
          team = team ?? group
        }
      }
    }
    statements.addTouchPoint(
      touchPointKind(label: title, fallback: worded), at: id, title, of: name, team: team, evidence)
  }

  // MARK: Calls

  private mutating func addRetrieval(_ data: DataNode, _ evidence: Evidence) {
    let sets = data["dataset_ids"]?.array ?? []
    for set in sets { addKnowledge(set, "knowledge", from: source, evidence) }
    if sets.isEmpty { addKnowledge(nil, "knowledge", from: source, evidence) }
    for key in ["single_retrieval_config", "multiple_retrieval_config"] {
      for model in [data[key]?["model"], data[key]?["reranking_model"]] {
        if let title = (model?["name"] ?? model?["model"])?.text?.trimmedOrNil {
          system.addModel(title)
        }
      }
    }
  }

  private mutating func addRequest(_ data: DataNode, _ title: String, _ evidence: Evidence) {
    statements.request(source, data["method"]?.string, data["url"]?.string, of: name, evidence)
    guard let login = data["authorization"], let kind = login["type"]?.string, kind != "no-auth"
    else { return }
    let value = login["config"]?["api_key"]?.string ?? ""
    // `{{#env.API_KEY#}}` names a variable; a value that is written out is not taken.
    let variable = value.firstRange(of: "{{#env.").map { open in
      String(value[open.upperBound...].prefix { $0 != "#" })
    }
    statements.addCredential(
      variable?.trimmedOrNil ?? "\(kind) of '\(title)'", of: name, login.evidence)
  }

  private mutating func addAgent(_ data: DataNode, _ title: String, _ evidence: Evidence) {
    let agentName = "\(name): \(title)"
    var agent = AutomationSystem(name: agentName, source: evidence)
    agent.kind.state(.agent, evidence)
    agent.technology.state(Self.product, evidence)
    if let text = data["desc"], let purpose = singleLine(text.string) {
      agent.purpose.state(purpose, text.evidence)
    }
    statements.add(agent)
    let caller = EntityReference(.system, agentName)
    statements.connect(source, .invokes, caller, .internalCall, "agent", evidence)
    let parameters = data["agent_parameters"]
    func value(_ key: String) -> DataNode? {
      parameters?[key]?["value"] ?? parameters?[key] ?? data[key]
    }
    if let model = value("model"), model.object != nil {
      addModel(model, of: agentName, to: caller, model.evidence)
    }
    for tool in value("tools")?.array ?? [] { addTool(tool, of: caller) }
    if let servers = value("mcp_server") ?? value("servers_config") ?? value("mcp_servers_config"),
      let text = servers.string?.trimmedOrNil
    {
      addServers(text, of: caller, servers)
    }
    if let limit = value("maximum_iterations") ?? value("max_iterations"), let text = limit.text {
      statements.addGuardrail("at most \(text) iterations", of: agentName, limit.evidence)
    }
  }

  /// Servers of the Model Context Protocol that an agent's settings have as text: an address, or the
  /// JSON that clients have.
  private mutating func addServers(_ text: String, of agent: EntityReference, _ node: DataNode) {
    if let address = application(ofAddress: text) {
      statements.connect(
        agent, .invokes, EntityReference(.system, address), .mcp, "MCP server", node.evidence)
      return
    }
    guard let servers = try? parseJSON(Array(text.utf8), path: node.location.path) else { return }
    for server in (servers["mcpServers"] ?? servers).object ?? [] where server.value.object != nil {
      statements.connect(
        agent, .invokes, EntityReference(.system, server.key), .mcp, "MCP server", node.evidence)
    }
  }
}
