import DocumentReading
import Facts
import Inventory

/// Bots and their versions: what talks for an agent, and the dialogues of older bots.
extension AgentforceProject {
  /// A bot: name, purpose, whom it serves; the versions, where they stand in the same file.
  func readBot(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    let agent = agentName(ofBot: item)
    let root = item.root
    part.addAgent(
      agent, aliases: [item.developerName], purpose: root.first("description"), isMain: false,
      at: root.location)
    if let kind = root.first("agentType"), let text = kind.text.trimmedOrNil {
      let words: String? =
        switch text {
        case "EinsteinServiceAgent", "AgentforceServiceAgent": "Converses with customers"
        case "AgentforceEmployeeAgent", "Employee": "Converses with employees"
        default: nil
        }
      if let words {
        part.reading.fragment.systems[0].humanInvolvement.state(
          words, Evidence(.imported, kind.location))
      }
    }
    if let user = root.first("botUser"), user.text.trimmedOrNil != nil {
      part.reading.fragment.permissions.append(
        Permission(
          system: agent, name: "runs as a user of its own", application: "Salesforce",
          evidence: Evidence(.imported, user.location)))
    }
    for version in root.all("botVersions") { addVersion(version, of: agent, &part) }
    return part.reading
  }

  /// A version of a bot.
  func readBotVersion(_ item: Item) -> FileReading {
    var part = AgentforcePart(path: item.path)
    let bot = self.item(.bot, item.developerName, near: item.path)
    let agent =
      bot.map { agentName(ofBot: $0) } ?? item.developerName.replacing("_", with: " ")
    part.addAgent(
      agent, aliases: [item.developerName], purpose: item.root.first("role"),
      isMain: false, at: item.root.location)
    if let version = item.root.first("fullName"), let text = version.text.trimmedOrNil {
      part.reading.fragment.systems[0].version.state(text, Evidence(.imported, version.location))
    }
    addVersion(item.root, of: agent, &part)
    return part.reading
  }

  private func addVersion(_ version: XMLElement, of agent: String, _ part: inout AgentforcePart) {
    for planner in version.all("conversationDefinitionPlanners") {
      guard let name = planner.first("genAiPlannerName")?.text.trimmedOrNil,
        item(.planner, name, near: part.reading.path) == nil, nameKey(name) != nameKey(agent)
      else { continue }
      part.reading.fragment.systems[0].aliases.append(name)
    }
    for dialog in version.all("botDialogs") {
      let name = dialog.first("developerName")?.text.trimmedOrNil ?? "dialog"
      let label = dialog.first("label")?.text.trimmedOrNil ?? name
      let isError = name.lowercased().contains("error")
      part.addStep(
        name, name: label, isError ? .errorHandling : .group, of: agent, at: dialog.location)
      var count = 0
      addSteps(of: dialog, inside: name, named: label, of: agent, &part, &count, depth: 0)
    }
  }

  /// The steps of a dialogue; groups hold steps of their own.
  private func addSteps(
    of parent: XMLElement, inside dialog: String, named label: String, of agent: String,
    _ part: inout AgentforcePart, _ count: inout Int, depth: Int
  ) {
    guard depth < 100 else {
      part.reading.note(
        .medium, "steps of the dialogue are nested beyond 100 levels; the inner ones were left out",
        at: parent.location)
      return
    }
    for step in parent.all("botSteps") {
      count += 1
      let id = "\(dialog).\(step.first("stepIdentifier")?.text.trimmedOrNil ?? String(count))"
      let type = step.first("type")?.text.trimmedOrNil ?? "Step"
      let operation = step.first("botVariableOperation")
      let invocation = step.first("botInvocation") ?? operation?.first("botInvocation")
      let message =
        step.first("conversationSystemMessage")?.first("type")?.text
        ?? step.first("botNavigation")?.first("type")?.text ?? ""
      let isTransfer = message.hasPrefix("Transfer")
      let asks = operation?.first("type")?.text == "Collect"
      let kind: Step.Kind =
        switch type {
        case _ where isTransfer: .human
        case _ where asks: .human
        case _ where invocation != nil: .call
        case "Wait": .wait
        case "Group": .group
        case "Navigation": .call
        default: .action
        }
      part.addStep(id, name: type, kind, of: agent, at: step.location)
      if isTransfer {
        part.addEscalation(id, name: label, of: agent, at: step.location)
      } else if asks {
        part.reading.fragment.touchPoints.append(
          HumanTouchPoint(
            system: agent, step: id, name: label, kind: .form,
            evidence: Evidence(.imported, step.location)))
      }
      if let invocation, let name = invocation.first("invocationActionName")?.text.trimmedOrNil {
        part.addCall(
          type: invocation.first("invocationActionType")?.text.trimmedOrNil ?? "", target: name,
          of: agent, label: label, at: invocation.location)
      }
      if let lookup = step.first("conversationRecordLookup"),
        let object = lookup.first("SObjectType")?.text.trimmedOrNil
      {
        part.reading.fragment.connections.append(
          Connection(
            .reads, from: EntityReference(.system, agent),
            to: EntityReference(.application, "Salesforce"), channel: .internalCall,
            action: "lookup", data: [object], evidence: Evidence(.imported, lookup.location)))
      }
      addSteps(of: step, inside: dialog, named: label, of: agent, &part, &count, depth: depth + 1)
    }
  }
}
