import DocumentReading
import Facts
import Inventory

extension ImportFormat {
  /// Agent cards of the Agent2Agent protocol, versions 0.2 to 1.0 (a2a-protocol.org, AgentCard).
  static let a2aAgentCard = ImportFormat(
    id: "a2a-agent-card", title: "A2A agent card",
    isFormat: { file in
      guard file.contains("\"skills\""), let card = file.jsonObject else { return false }
      let hasAddress =
        card["url"] != nil || card["supportedInterfaces"] != nil || card["protocolVersion"] != nil
      return hasAddress && card["name"]?.string != nil && card["skills"]?.array != nil
        && card["capabilities"]?.object != nil
    },
    readFile: { file throws(DocumentError) in readAgentCard(try file.json(), path: file.path) })
}

private func readAgentCard(_ card: DataNode, path: String) -> FileReading {
  var reading = FileReading(path: path)
  let whole = Evidence(.imported, (card["name"] ?? card).location)
  guard let name = card["name"]?.string?.trimmedOrNil else {
    reading.hasFailed = true
    reading.note(
      .high, "the agent card has an empty name; give the agent a name", at: card.location)
    return reading
  }
  var system = AutomationSystem(name: name, source: whole)
  system.kind.state(.agent, whole)
  system.technology.state("Agent2Agent (A2A)", whole)
  if let text = card["description"], let purpose = text.string?.trimmedOrNil {
    system.purpose.state(purpose, Evidence(.imported, text.location))
  }
  if let version = card["version"], let text = version.text {
    system.version.state(text, Evidence(.imported, version.location))
  }
  if let organization = card["provider"]?["organization"],
    let text = organization.string?.trimmedOrNil
  {
    system.creator.state(text, Evidence(.imported, organization.location, note: "provider"))
  }
  system.unknowns = ["Which agents and applications it calls is not told by an agent card."]
  for address in addresses(card) {
    reading.fragment.triggers.append(
      Trigger(
        system: name, kind: .call, expression: address.string,
        evidence: Evidence(.imported, address.location)))
    // An address on the developer's own machine identifies nothing.
    if let host = address.string.flatMap(host(ofAddress:)), host.contains("."), !isLoopback(host) {
      system.aliases.append(address.string ?? host)
    }
  }
  for skill in card["skills"]?.array ?? [] {
    guard let id = (skill["id"] ?? skill["name"])?.text?.trimmedOrNil else {
      reading.note(
        .medium, "a skill has neither id nor name; both are required", at: skill.location)
      continue
    }
    reading.fragment.steps.append(
      Step(
        system: name, id: id, name: skill["name"]?.string, kind: .action,
        evidence: Evidence(.imported, skill.location)))
  }
  reading.fragment.systems = [system]
  return reading
}

/// Addresses under which the agent is reached, each once.
private func addresses(_ card: DataNode) -> [DataNode] {
  let interfaces =
    (card["supportedInterfaces"]?.array ?? []) + (card["additionalInterfaces"]?.array ?? [])
  var seen: Set<String> = []
  return ([card["url"]] + interfaces.map { $0["url"] }).compactMap { $0 }.filter { node in
    node.string?.trimmedOrNil != nil && seen.insert(node.string ?? "").inserted
  }
}

private func isLoopback(_ host: String) -> Bool {
  host == "localhost" || host.hasPrefix("127.") || host == "0.0.0.0"
}
