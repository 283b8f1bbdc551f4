import DocumentReading
import Facts
import Inventory

/// What AutoGen Studio of version 0.2 exported: agents, workflows and skills.
extension AgentStatements {
  /// Adds an agent with its models, skills and members, and gives its name.
  @discardableResult
  mutating func addLegacyAutoGenAgent(_ node: DataNode, depth: Int = 0) -> String? {
    guard depth < 50 else { return nil }
    let config = node["config"] ?? node
    guard let named = config["name"] ?? node["name"], let name = named.string?.trimmedOrNil else {
      reading.note(
        .medium, "an agent has no name under 'config.name'; it is left out", at: node.location)
      return nil
    }
    let type = node["type"]?.string ?? "assistant"
    var system = AutomationSystem(name: name, source: named.evidence)
    let kind = node["type"] ?? named
    system.kind.state(type == "groupchat" ? .orchestrator : .agent, kind.evidence)
    system.technology.state(AutoGenFile.product, kind.evidence)
    for text in [config["description"], config["system_message"]] {
      if let text, let purpose = text.string?.trimmedOrNil {
        system.purpose.state(purpose, text.evidence)
        break
      }
    }
    if let version = node["version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    let source = EntityReference(.system, name)
    let listed = (config["llm_config"]?["config_list"]?.array ?? []) + (node["models"]?.array ?? [])
    for model in listed {
      let id = model["model"] ?? model["azure_deployment"]
      if let text = id?.string?.trimmedOrNil { system.addModel(text) }
      if let key = model["api_key"], key.string?.trimmedOrNil != nil {
        let target = model["base_url"]?.string.flatMap(application(ofAddress:))
        addCredential("api_key", of: name, application: target, key.evidence)
      }
    }
    for skill in (node["skills"]?.array ?? []) + (config["skills"]?.array ?? []) {
      guard let tool = (skill["name"]?.string ?? skill["title"]?.string)?.trimmedOrNil else {
        continue
      }
      connect(
        source, .invokes, EntityReference(.application, tool), .internalCall, "skill",
        skill.evidence)
      if let code = skill["content"], let text = code.string {
        addReach(ofCode: text, from: source, code)
      }
    }
    addCodeExecution(config, of: name)
    addHumanInput(config, of: name)
    if let mode = config["human_input_mode"], mode.string?.uppercased() == "NEVER" {
      system.humanInvolvement.state(
        "none", Evidence(.imported, mode.location, note: "human_input_mode is NEVER"))
    }
    if let turns = config["max_consecutive_auto_reply"], let text = turns.text {
      addGuardrail("at most \(text) replies in a row", of: name, turns.evidence)
    }
    if type == "groupchat", let rounds = config["max_round"], let text = rounds.text {
      addGuardrail("at most \(text) rounds", of: name, rounds.evidence)
    }
    let chat = node["groupchat_config"] ?? config["groupchat_config"]
    let members = (chat?["agents"]?.array ?? []) + (node["agents"]?.array ?? [])
    addMembers(members, of: source, depth: depth)
    if type == "groupchat", members.isEmpty {
      system.unknowns.append("Which agents the group chat has is not in this file.")
      reading.isPartial = true
    }
    add(system)
    return name
  }

  private mutating func addCodeExecution(_ config: DataNode, of system: String) {
    guard let node = config["code_execution_config"] else { return }
    let isOn = node.object.map { !$0.isEmpty } ?? false
    if let text = node.string, text != "none" {
      addPermission("run code (\(text))", of: system, node.evidence)
    } else if isOn || node.bool == true {
      let isBoxed = node["use_docker"]?.bool != false
      addPermission("run code (\(isBoxed ? "docker" : "local"))", of: system, node.evidence)
    }
  }

  /// `ALWAYS` asks a person at every turn, `TERMINATE` before it ends, `NEVER` not at all.
  private mutating func addHumanInput(_ config: DataNode, of system: String) {
    guard let node = config["human_input_mode"], let mode = node.string?.uppercased(),
      ["ALWAYS", "TERMINATE"].contains(mode)
    else { return }
    reading.fragment.steps.append(
      Step(system: system, id: "human input", kind: .human, evidence: node.evidence))
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: "human input", kind: .review,
        evidence: Evidence(
          .imported, node.location,
          note: mode == "ALWAYS" ? "asked at every turn" : "asked before the conversation ends")))
  }

  private mutating func addMembers(_ members: [DataNode], of team: EntityReference, depth: Int) {
    for item in members {
      let member = item["agent"] ?? item
      let name =
        member.string?.trimmedOrNil ?? addLegacyAutoGenAgent(member, depth: depth + 1)
      guard let name else { continue }
      reading.fragment.steps.append(
        Step(system: team.name, id: name, kind: .call, evidence: item.evidence))
      connect(
        team, .invokes, EntityReference(.system, name), .internalCall, "participant", item.evidence)
    }
  }

  // MARK: Workflows and skills

  /// Adds a workflow: who begins the conversation and who answers.
  mutating func addLegacyAutoGenWorkflow(_ node: DataNode, path: String) {
    let given = node["name"]?.string?.trimmedOrNil
    let name = given ?? stem(of: lastComponent(of: path))
    let evidence =
      given == nil ? node.inferred("named after its file") : (node["name"] ?? node).evidence
    var system = AutomationSystem(name: name, source: evidence)
    system.kind.state(.orchestrator, (node["type"] ?? node).evidence)
    system.technology.state(AutoGenFile.product, (node["type"] ?? node).evidence)
    if let text = node["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    if let version = node["version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    let flow = node["flow"] ?? node
    let source = EntityReference(.system, name)
    let ends = [flow["sender"], flow["receiver"]].compactMap { $0 }
    let members = ends + (node["agents"]?.array ?? [])
    addMembers(members, of: source, depth: 0)
    if members.isEmpty {
      reading.isPartial = true
      system.unknowns.append("Which agents the workflow has is not in this file.")
    }
    reading.fragment.triggers.append(
      Trigger(
        system: name, kind: .manual,
        evidence: Evidence(
          .imported, node.location, note: "a person starts it in AutoGen Studio with a task")))
    add(system)
  }

  /// Adds a skill: a Python function that agents may call.
  mutating func addLegacyAutoGenSkill(_ node: DataNode) {
    guard let named = node["name"], let name = named.string?.trimmedOrNil else { return }
    var system = AutomationSystem(name: name, source: named.evidence)
    system.kind.state(
      .script, Evidence(.imported, named.location, note: "a Python function that agents call"))
    system.technology.state("Python", named.evidence)
    if let text = node["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    if let version = node["version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    for secret in node["secrets"]?.array ?? [] {
      if let text = (secret["secret"] ?? secret["name"])?.string?.trimmedOrNil {
        addCredential(text, of: name, secret.evidence)
      }
    }
    if let code = node["content"], let text = code.string {
      addReach(ofCode: text, from: EntityReference(.system, name), code)
    }
    system.unknowns.append("Its code is searched for addresses and variables, not run.")
    add(system)
  }
}
