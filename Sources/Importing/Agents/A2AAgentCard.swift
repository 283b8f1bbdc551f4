import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agent cards of the Agent2Agent protocol, versions 0.1 to 1.0 (a2a-protocol.org, AgentCard), in
  /// the spelling of its JSON and in that of its protocol buffers; also catalogues that list them.
  static let a2aAgentCard = ImportFormat(
    id: "a2a-agent-card", title: "A2A agent card",
    isFormat: { file in
      guard file.contains("\"skills\""),
        [UInt8(ascii: "{"), UInt8(ascii: "[")].contains(file.firstByte),
        let root = try? file.json()
      else { return false }
      return !AgentCard.cards(in: root).isEmpty
    },
    readFile: { file throws(DocumentError) in
      var statements = AgentStatements(path: file.path)
      for card in AgentCard.cards(in: try file.json()) { statements.addAgentCard(card) }
      return statements.reading
    })
}

/// What distinguishes agent cards from other JSON.
private enum AgentCard {
  /// The cards of a document: itself, its items, or those of a catalogue.
  static func cards(in root: DataNode) -> [DataNode] {
    if isCard(root) { return [root] }
    let listed = root.array ?? root["agents"]?.array ?? root["agentCards"]?.array ?? []
    let cards = listed.map { item in
      ["card", "agentCard", "agent_card"].lazy.compactMap { item[$0] }.first ?? item
    }
    return !cards.isEmpty && cards.allSatisfy(isCard) ? cards : []
  }

  private static func isCard(_ node: DataNode) -> Bool {
    guard node["name"]?.string != nil, node["skills"]?.array != nil else { return false }
    let addressKeys = [
      "url", "supportedInterfaces", "supported_interfaces", "additionalInterfaces",
      "protocolVersion", "protocol_version",
    ]
    let cardKeys = [
      "defaultInputModes", "default_input_modes", "securitySchemes", "security_schemes",
      "preferredTransport", "protocolVersion", "supportedInterfaces", "authentication",
    ]
    return addressKeys.contains { node[$0] != nil }
      && (node["capabilities"] != nil || cardKeys.contains { node[$0] != nil })
  }
}

extension AgentStatements {
  /// Adds the agent of a card: its skills, addresses, and how callers log in.
  fileprivate mutating func addAgentCard(_ card: DataNode) {
    let whole = (card["name"] ?? card).evidence
    guard let name = card["name"]?.string?.trimmedOrNil else {
      reading.hasFailed = true
      reading.note(
        .high, "the agent card has an empty name; give the agent a name", at: card.location)
      return
    }
    var system = AutomationSystem(name: name, source: whole)
    system.kind.state(.agent, whole)
    system.technology.state("Agent2Agent (A2A)", whole)
    if let text = card["description"], let purpose = text.string?.trimmedOrNil {
      system.purpose.state(purpose, text.evidence)
    }
    if let version = card["version"], let text = version.text {
      system.version.state(text, version.evidence)
    }
    if let organization = card["provider"]?["organization"] ?? card["provider"]?["name"],
      let text = organization.string?.trimmedOrNil
    {
      system.creator.state(text, Evidence(.imported, organization.location, note: "provider"))
    }
    system.unknowns = ["Which agents and applications it calls is not told by an agent card."]
    for address in addresses(card) {
      guard let text = address.string?.trimmedOrNil else { continue }
      let shown = publicAddress(text)
      addCall(shown, of: name, address.evidence)
      // An address on the developer's own machine identifies nothing.
      system.addAddress(shown)
    }
    for skill in card["skills"]?.array ?? [] {
      guard let id = (skill["id"] ?? skill["name"] ?? skill).text?.trimmedOrNil else {
        reading.note(
          .medium, "a skill has neither id nor name; both are required", at: skill.location)
        continue
      }
      reading.fragment.steps.append(
        Step(
          system: name, id: id, name: skill["name"]?.string, kind: .action,
          evidence: skill.evidence))
      addRequirements(skill, of: name)
    }
    addSecurity(card, of: name)
    addRequirements(card, of: name)
    let extended =
      card["capabilities"]?["extendedAgentCard"] ?? card["supportsAuthenticatedExtendedCard"]
      ?? card["supports_authenticated_extended_card"]
    if extended?.bool == true {
      system.unknowns.append("Callers who log in see a longer card, which is not this file.")
    }
    add(system)
  }

  /// Addresses under which the agent is reached, each once.
  private func addresses(_ card: DataNode) -> [DataNode] {
    let interfaces = [
      "supportedInterfaces", "supported_interfaces", "additionalInterfaces",
      "additional_interfaces",
    ].flatMap { card[$0]?.array ?? [] }
    var seen: Set<String> = []
    return ([card["url"]] + interfaces.map { $0["url"] }).compactMap { $0 }.filter { node in
      node.string?.trimmedOrNil != nil && seen.insert(node.string ?? "").inserted
    }
  }

  // MARK: Security

  /// Schemes by which callers log in; each is named here and nowhere holds a secret.
  private mutating func addSecurity(_ card: DataNode, of system: String) {
    let schemes = card["securitySchemes"] ?? card["security_schemes"]
    for member in schemes?.object ?? [] {
      // Protocol buffers wrap a scheme into one member that says its kind.
      let only = member.value.object?.count == 1 ? member.value.object?.first : nil
      let wrapped = only.flatMap { $0.key.lowercased().hasSuffix("scheme") ? $0.value : nil }
      let scheme = wrapped ?? member.value
      let kind = scheme["type"]?.string ?? (wrapped == nil ? nil : only?.key)
      addCredential(
        member.key, of: system, Evidence(.imported, member.keyLocation, note: kind))
      for flow in (scheme["flows"]?.object ?? []) {
        for scope in flow.value["scopes"]?.object ?? [] {
          addPermission(
            scope.key, of: system,
            Evidence(.imported, scope.keyLocation, note: "a scope that callers ask for"))
        }
      }
    }
    // Version 0.1 listed the kinds of login only.
    for scheme in card["authentication"]?["schemes"]?.texts ?? []
    where scheme.text.lowercased() != "none" {
      addCredential(scheme.text, of: system, scheme.node.evidence)
    }
  }

  /// Scopes that callers need: `[{scheme: [scope]}]`, or `[{schemes: {scheme: {list: [scope]}}}]`.
  private mutating func addRequirements(_ node: DataNode, of system: String) {
    let keys = ["security", "securityRequirements", "security_requirements"]
    for requirement in keys.lazy.compactMap({ node[$0]?.array }).first ?? [] {
      for scheme in (requirement["schemes"] ?? requirement).object ?? [] {
        for scope in (scheme.value["list"] ?? scheme.value).array ?? [] {
          if let name = scope.string?.trimmedOrNil {
            addPermission(
              name, of: system,
              Evidence(.imported, scope.location, note: "a scope that callers need"))
          }
        }
      }
    }
  }
}
