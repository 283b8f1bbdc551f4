import DocumentReading
import Facts
import Inventory

/// AI agents and agentic workflows (AI Agent Studio).
extension ServiceNowReader {
  mutating func readAgents() {
    for record in all("sn_aia_agent") { readAgent(record) }
    for record in all("sn_aia_usecase") { readUseCase(record) }
    for record in all("sn_aia_team_member") { readMember(record) }
    for record in all("sn_aia_tool") { readTool(record) }
    for record in all("sn_aia_agent_tool_m2m") { readUse(record) }
    for record in all("sn_aia_trigger_configuration") { readAgentTrigger(record) }
  }

  private func agentName(_ id: String?, _ shown: String?) -> String? {
    index.record("sn_aia_agent", id)?.value("name") ?? shown ?? id
  }

  private mutating func readAgent(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    let configuration = index.records("sn_aia_agent_config", of: record.id).first
    addSystem(
      name, .agent, "ServiceNow AI agent", record, aliases: [record.value("internal_name")]
    ) { system in
      if let active = configuration?.flag("active"), let configuration {
        system.status.state(
          active ? .production : .disabled,
          configuration.evidence(note: active ? "active" : "not active"))
      }
      system.unknowns = [
        "Which language model answers is set for the instance, not for the agent."
      ]
    }
    if let user = record.shown("run_as_user") ?? record.value("run_as") {
      addPermission(name, user.contains("system") ? "run as system" : "run as a user", record)
    }
    if record.value("agent_type") == "external" {
      connect(
        name, .invokes, to: EntityReference(.application, "external agent \(name)"), .a2a,
        "external agent", record)
    }
  }

  // MARK: Agentic workflows

  private mutating func readUseCase(_ record: ServiceNowRecord) {
    guard let name = record.value("name") else { return }
    addSystem(
      name, .orchestrator, "ServiceNow agentic workflow", record,
      aliases: [record.value("internal_name")])
    if isSupervised(record) { addGuardrail(name, record) }
    guard let team = record.value("team") else { return }
    for member in index.records("sn_aia_team_member", of: team) {
      guard let agent = agentName(member.value("agent"), member.display("agent")) else { continue }
      result.fragment.connections.append(
        Connection(
          .invokes, from: EntityReference(.system, name), to: EntityReference(.system, agent),
          channel: .internalCall, action: "team member", evidence: record.evidence()))
    }
  }

  /// A member of a team whose agentic workflow is in another file.
  private mutating func readMember(_ record: ServiceNowRecord) {
    guard let team = record.value("team"),
      !all("sn_aia_usecase").contains(where: { $0.value("team") == team }),
      let shown = record.display("team"),
      let agent = agentName(record.value("agent"), record.display("agent"))
    else { return }
    connect(
      shown, .invokes, to: EntityReference(.system, agent), .internalCall, "team member", record)
  }

  // MARK: Tools

  /// What a tool leads to.
  private func target(of tool: ServiceNowRecord) -> EntityReference? {
    let document = tool.display("target_document") ?? tool.value("target_document")
    switch tool.value("type")?.lowercased() {
    case "subflow", "flow", "action", "flow_action", "capability", "skill", "topic", "agent",
      "mcp", "mcp_tool", "catalog", "catalog_item":
      return document.map { EntityReference(.system, $0) }
    case "web_search", "websearch": return EntityReference(.application, "Web search")
    default: return nil
    }
  }

  private mutating func readTool(_ record: ServiceNowRecord) {
    // A tool belongs to the agents that use it; one that nobody uses here is a system by itself.
    guard let script = record.value("script"), let name = record.value("name") else { return }
    let calls = ServiceNowScript(script)
    guard calls.reachesOut || !calls.flows.isEmpty || !calls.tables.isEmpty else { return }
    addSystem(name, .script, "ServiceNow AI agent tool", record)
    addStep(name, record.id, name, .action, record)
    connect(calls, of: name, record)
  }

  private mutating func readUse(_ record: ServiceNowRecord) {
    guard let agent = agentName(record.value("agent"), record.display("agent")) else { return }
    if index.record("sn_aia_agent", record.value("agent")) == nil {
      addFragmentOfSystem(
        agent, .agent, "ServiceNow AI agent", record, id: record.value("agent"))
    }
    let tool = index.record("sn_aia_tool", record.value("tool"))
    let name = record.value("name") ?? tool?.value("name") ?? record.display("tool") ?? record.id
    guard record.flag("active") != false else {
      result.note(
        .info, "the tool '\(name)' of the agent '\(agent)' is not active and was left out",
        at: record.place)
      return
    }
    let toolName = tool?.value("name") ?? record.display("tool") ?? name
    let leadsTo = tool.flatMap { target(of: $0) }
    let isScript = tool?.value("script") != nil
    connect(
      agent, .invokes,
      to: leadsTo ?? EntityReference(isScript ? .system : .application, toolName), .internalCall,
      "tool", record,
      data: [tool?.value("target_document_table")].compactMap { $0 }.filter {
        !$0.hasPrefix("sys_hub") && !$0.hasPrefix("sn_")
      })
    addPermission(agent, "tool \(name)", record)
    let timeout = record.value("timeout").flatMap { Double($0) }.flatMap { TimeSpan(seconds: $0) }
    if isSupervised(record) {
      addStep(agent, record.id, name, .human, record, timeout: timeout)
      addTouchPoint(
        agent, record.id, name, .approval,
        record.evidence(note: "a person has to agree before the tool runs"))
      result.fragment.guardrails.append(
        Guardrail(
          system: agent, name: "supervised: a person agrees before '\(name)' runs",
          evidence: record.evidence()))
    } else {
      addStep(agent, record.id, name, .call, record, timeout: timeout)
    }
    if let limit = record.value("max_auto_executions") {
      result.fragment.guardrails.append(
        Guardrail(
          system: agent, name: "'\(name)' runs at most \(limit) times by itself",
          evidence: record.evidence()))
    }
  }

  /// `copilot` and `supervised` ask a person, `autopilot` and `autonomous` do not.
  private func isSupervised(_ record: ServiceNowRecord) -> Bool {
    ["copilot", "supervised"].contains(record.value("execution_mode")?.lowercased() ?? "")
  }

  private mutating func addGuardrail(_ system: String, _ record: ServiceNowRecord) {
    result.fragment.guardrails.append(
      Guardrail(
        system: system, name: "supervised: a person agrees before tools run",
        evidence: record.evidence()))
  }

  private mutating func readAgentTrigger(_ record: ServiceNowRecord) {
    let useCase =
      index.record("sn_aia_usecase", record.value("usecase"))?.value("name")
      ?? record.display("usecase")
    guard let system = useCase ?? agentName(record.value("agent"), record.display("agent")),
      record.flag("active") != false
    else { return }
    let table = record.value("target_table")
    let isSchedule = table == nil && record.value("run_type") != nil
    let words = [
      record.value("trigger_strategy"), record.value("run_type"), table,
    ]
    addTrigger(
      system, isSchedule ? .schedule : .event,
      words.compactMap { $0 }.joined(separator: " ").trimmedOrNil, record)
    connectTrigger(system, table, record)
    if record.value("run_as_user") != nil || record.value("run_as") != nil {
      addPermission(system, "run as a user", record)
    }
  }
}
