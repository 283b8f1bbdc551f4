import DocumentReading
import Inventory

// MARK: - Camunda 8

func camunda8Implementation(of element: XMLElement) -> BPMNImplementation? {
  let extensions = element.extensions(in: BPMNDialect.camunda8)
  if let decision = extensions.first(where: { $0.name == "calledDecision" })?["decisionId"] {
    return BPMNImplementation(
      text: decision, target: isExpression(decision) ? .computed : .system(decision),
      action: "decide", channel: .internalCall)
  }
  if extensions.contains(where: { $0.name == "script" }) { return BPMNImplementation(text: "FEEL") }
  if let script = extensions.first(where: { $0.name == "linkedResources" })?.all("linkedResource")
    .first(where: { $0["resourceType"] == "RPA" })?["resourceId"]
  {
    return BPMNImplementation(
      text: script, target: isExpression(script) ? .computed : .system(script), action: "RPA",
      channel: .internalCall)
  }
  guard let definition = extensions.first(where: { $0.name == "taskDefinition" }),
    let type = definition["type"]
  else { return inboundConnector(extensions) }
  // Zeebe counts all attempts.
  let retries = definition["retries"].flatMap(Int.init).map { max($0 - 1, 0) }
  var implementation = BPMNImplementation(text: type, retries: retries)
  let parts = type.split(separator: ":").map(String.init)
  if isExpression(type) {
    implementation.target = .undetermined(type)
  } else if parts.count > 1, type.hasPrefix("io.camunda") {
    let inputs = Camunda8Inputs(extensions)
    fillConnector(&implementation, parts: parts, inputs: inputs, element: element)
  } else {
    implementation.target = .application(type)
    implementation.channel = channel(ofConnector: type.lowercased())
    implementation.note = "a worker for jobs of this type"
  }
  return implementation
}

/// Constant inputs of a Camunda 8 connector.
private struct Camunda8Inputs {
  private let inputs: [(target: String, source: String)]

  init(_ extensions: [XMLElement]) {
    inputs = extensions.filter { $0.name == "ioMapping" }.flatMap { $0.all("input") }.map {
      ($0["target"] ?? "", $0["source"] ?? "")
    }
  }

  /// The raw value of the input whose target ends in a path.
  func raw(_ suffix: String) -> String? {
    inputs.first { $0.target == suffix || $0.target.hasSuffix(".\(suffix)") }?.source
  }

  /// The value of an input, where it is a constant and no secret.
  func constant(_ suffix: String) -> String? {
    guard var value = raw(suffix) else { return nil }
    if value.hasPrefix("=\""), value.hasSuffix("\""), value.count > 2 {
      value = String(value.dropFirst(2).dropLast())
    }
    return isExpression(value) || value.contains("\"") ? nil : singleLine(value)
  }
}

private func fillConnector(
  _ implementation: inout BPMNImplementation, parts: [String], inputs: Camunda8Inputs,
  element: XMLElement
) {
  let connector = parts[1]
  let ownName = singleLine(element["name"]) ?? element["id"] ?? connector
  let address = inputs.raw("url") ?? inputs.raw("data.connection.url")
  let host = address.flatMap(host(inExpression:))
  if parts[0].hasPrefix("io.camunda.agenticai") {
    if connector.hasPrefix("aiagent") {
      let model =
        inputs.constant("model.model") ?? inputs.constant("model.deploymentId")
        ?? inputs.constant("model")
      implementation.target = .agent(ownName, models: model.map { [$0] } ?? [])
      implementation.channel = .internalCall
    } else if connector.contains("mcp") {
      implementation.target = .application(host ?? ownName)
      implementation.channel = .mcp
    } else if connector.contains("a2a") {
      implementation.target = .system(host ?? ownName)
      implementation.channel = .a2a
    }
    return
  }
  implementation.action = inputs.constant("method")
  switch connector {
  case "http-json", "http", "rest", "graphql", "soap":
    implementation.target = applicationTarget(address: address) ?? .computed
  default:
    let plain = connector.hasPrefix("connector-") ? String(connector.dropFirst(10)) : connector
    implementation.target = .application(knownConnector(plain))
    implementation.channel = channel(ofConnector: connector)
    implementation.action = implementation.action ?? inputs.constant("operation")
  }
}

/// What starts or continues a process from outside, such as a webhook or a queue.
private func inboundConnector(_ extensions: [XMLElement]) -> BPMNImplementation? {
  let properties = extensions.filter { $0.name == "properties" }.flatMap { $0.all("property") }
  func value(_ name: String) -> String? { properties.first { $0["name"] == name }?["value"] }
  guard let type = value("inbound.type") else { return nil }
  let connector = type.split(separator: ":").dropFirst().first.map(String.init) ?? type
  var implementation = BPMNImplementation(text: type)
  implementation.isInbound = true
  implementation.action = value("inbound.method")
  if connector.contains("webhook") {
    // Only its path is known, and not who calls it.
    implementation.note = value("inbound.context")
  } else {
    var plain = connector.hasPrefix("connector-") ? String(connector.dropFirst(10)) : connector
    if plain.hasSuffix("-inbound") { plain = String(plain.dropLast(8)) }
    implementation.target = .application(knownConnector(plain))
    implementation.channel = channel(ofConnector: connector)
  }
  return implementation
}

/// The channel that the name of a connector tells.
private func channel(ofConnector name: String) -> Connection.Channel {
  let kinds: [(Connection.Channel, [String])] = [
    (.mail, ["mail", "sendgrid", "smtp", "imap"]),
    (.queue, ["kafka", "rabbitmq", "sqs", "sns", "servicebus", "eventbridge"]),
    (.database, ["jdbc", "sql", "dynamodb"]),
    (.file, ["s3", "blob", "drive", "sftp", "textract"]),
  ]
  for (channel, words) in kinds where words.contains(where: name.contains) { return channel }
  return .api
}
