import DocumentReading
import Facts
import Inventory

// MARK: - UiPath Maestro

/// The owner that the case management of a process names, a group.
func uiPathCaseOwner(_ process: XMLElement) -> Fact<String>? {
  for management in process.extensions(in: BPMNDialect.uiPath)
  where management.name == "caseManagement" {
    guard
      let settings = try? parseJSON(Array(management.text.utf8), path: management.location.path),
      let owner = settings["owner"]?.string?.trimmedOrNil, !owner.contains("@")
    else { continue }
    return Fact(owner, Evidence(.imported, management.location, note: "owner of the case"))
  }
  return nil
}

/// Values of the bindings of a process, by binding id.
func uiPathBindings(_ process: XMLElement) -> [String: String] {
  var values: [String: String] = [:]
  for bindings in process.extensions(in: BPMNDialect.uiPath) where bindings.name == "bindings" {
    for binding in bindings.all("binding") {
      if let id = binding["id"] { values[id] = binding["default"] ?? binding["name"] }
    }
  }
  return values
}

func uiPathImplementation(
  of element: XMLElement, bindings: [String: String]
) -> BPMNImplementation? {
  let extensions = element.extensions(in: BPMNDialect.uiPath)
  guard
    let activity = extensions.first(where: { ["activity", "event", "mapping"].contains($0.name) }),
    let type = activity.first("type")?["value"] ?? activity["type"]
  else { return nil }
  var context: [String: String] = [:]
  for input in activity.first("context")?.all("input") ?? [] {
    guard let name = input["name"], var value = input["value"] ?? singleLine(input.deepText) else {
      continue
    }
    if value.hasPrefix("=bindings.") { value = bindings[String(value.dropFirst(10))] ?? value }
    if !isExpression(value) { context[name.lowercased()] = singleLine(value) }
  }
  let called =
    context["name"] ?? context["processname"] ?? context["agentname"] ?? context["queuename"]
  let ownName = singleLine(element["name"]) ?? element["id"] ?? type
  var implementation = BPMNImplementation(text: type, channel: .internalCall)
  switch type {
  case "Orchestrator.StartAgentJob", "Orchestrator.StartInlineAgentJob":
    implementation.target = .agent(called ?? ownName, models: [])
  case _ where type.hasPrefix("A2A."):
    let host = (context["url"] ?? context["agenturl"]).flatMap(host(inExpression:))
    implementation.target = .agent(called ?? host ?? ownName, models: [])
    implementation.channel = .a2a
  case "Orchestrator.BusinessRules":
    implementation.target = .system(called ?? ownName)
    implementation.action = "decide"
  case _ where type.hasPrefix("Orchestrator.") && type.contains("Queue"):
    implementation.target = called.map { .data($0) } ?? .computed
    implementation.channel = .queue
  case _ where type.hasPrefix("Orchestrator."):
    implementation.target = called.map { .system($0) } ?? .computed
  case _ where type.hasPrefix("Intsvc."):
    let connector = (context["connectorkey"] ?? context["connector"]).map {
      UiPathConnector.application(key: $0)
    }
    implementation.target =
      connector.map { .application($0) } ?? applicationTarget(address: context["url"])
      ?? (type.hasSuffix("Trigger") ? nil : .computed)
    implementation.action = context["operation"] ?? context["objectname"] ?? context["method"]
    implementation.channel = .api
    implementation.isInbound = type.hasSuffix("Trigger") || type.hasSuffix("WaitForEvent")
  default: break
  }
  return implementation
}
