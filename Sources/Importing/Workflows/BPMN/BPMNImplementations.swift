import DocumentReading
import Inventory

/// Namespaces of engines whose extensions say what performs a task.
enum BPMNDialect {
  static let camunda8 = "http://camunda.org/schema/zeebe/1.0"
  static let camunda7 = "http://camunda.org/schema/1.0/bpmn"
  static let flowable = "http://flowable.org/bpmn"
  static let activiti = "http://activiti.org/bpmn"
  static let jbpm = "http://www.jboss.org/drools"
  static let uiPath = "http://uipath.org/schema/bpmn"
  static let w4 = "http://www.w4.eu/spec/BPMN/20110701/MODEL"
}

/// What performs an activity or event, by the dialects in the order of their precision.
func implementation(
  of element: XMLElement, bindings: [String: String], shared: BPMNSharedDefinitions
) -> BPMNImplementation? {
  camunda8Implementation(of: element)
    ?? uiPathImplementation(of: element, bindings: bindings)
    ?? activitiFamilyImplementation(of: element)
    ?? jbpmImplementation(of: element)
    ?? standardImplementation(of: element, shared: shared)
}

extension XMLElement {
  /// Extension elements of one namespace.
  func extensions(in namespace: String) -> [XMLElement] {
    (first("extensionElements")?.children ?? []).filter { $0.namespace == namespace }
  }
}

// MARK: - Camunda 8

private func camunda8Implementation(of element: XMLElement) -> BPMNImplementation? {
  let extensions = element.extensions(in: BPMNDialect.camunda8)
  if let decision = extensions.first(where: { $0.name == "calledDecision" })?["decisionId"] {
    return BPMNImplementation(
      text: decision, target: isExpression(decision) ? .computed : .system(decision),
      action: "decide", channel: .internalCall)
  }
  if extensions.contains(where: { $0.name == "script" }) { return BPMNImplementation(text: "FEEL") }
  guard let definition = extensions.first(where: { $0.name == "taskDefinition" }),
    let type = definition["type"]
  else { return nil }
  // Zeebe counts all attempts.
  let retries = definition["retries"].flatMap(Int.init).map { max($0 - 1, 0) }
  var implementation = BPMNImplementation(text: type, retries: retries)
  let parts = type.split(separator: ":").map(String.init)
  if isExpression(type) {
    implementation.target = .computed
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
  let host = inputs.raw("url").flatMap(host(inAddress:))
  if parts[0].hasPrefix("io.camunda.agenticai") {
    if connector.hasPrefix("aiagent") {
      let model = inputs.constant("model.model") ?? inputs.constant("model")
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
    implementation.target = host.map { .application($0) } ?? .computed
  default:
    implementation.target = .application(connector)
    implementation.channel = channel(ofConnector: connector)
  }
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

// MARK: - Camunda 7, Flowable, Activiti

private func activitiFamilyImplementation(of element: XMLElement) -> BPMNImplementation? {
  let namespaces = [BPMNDialect.camunda7, BPMNDialect.flowable, BPMNDialect.activiti]
  func attribute(_ name: String) -> String? {
    namespaces.lazy.compactMap { element.attribute(name, namespace: $0) }.first
  }
  let extensions = namespaces.flatMap { element.extensions(in: $0) }
  /// Value of `<field name="…">` with `stringValue` or a `string` child.
  func field(_ name: String) -> String? {
    let field = extensions.first { $0.name == "field" && $0["name"] == name }
    return field.flatMap { $0["stringValue"] ?? $0.first("string").flatMap { singleLine($0.text) } }
  }
  // The repetition gives all attempts, of which the first is no retry.
  let cycle = extensions.first { $0.name == "failedJobRetryTimeCycle" }.flatMap {
    singleLine($0.text)
  }
  let attempts = cycle.flatMap { $0.split(separator: "/").first }
    .flatMap { $0.hasPrefix("R") ? Int($0.dropFirst()) : nil }
  let retries = attempts.map { max($0 - 1, 0) }

  let decision =
    attribute("decisionRef") ?? attribute("decisionTableReferenceKey")
    ?? field("decisionTableReferenceKey") ?? field("decisionServiceReferenceKey")
  if let decision {
    return BPMNImplementation(
      text: decision, target: isExpression(decision) ? .computed : .system(decision),
      action: "decide", channel: .internalCall, retries: retries)
  }
  if let topic = attribute("topic") {
    return BPMNImplementation(
      text: topic, target: isExpression(topic) ? .computed : .application(topic), retries: retries,
      note: "a worker for tasks of this topic")
  }
  if let connector = extensions.first(where: { $0.name == "connector" }) {
    let id = connector.first("connectorId").flatMap { singleLine($0.text) } ?? "connector"
    let url = connector.descendants("inputParameter").first { $0["name"] == "url" }?.deepText
    return BPMNImplementation(
      text: id, target: url.flatMap(host(inAddress:)).map { .application($0) } ?? .computed,
      retries: retries)
  }
  if let type = attribute("type") {
    var implementation = BPMNImplementation(text: type, retries: retries)
    switch type {
    case "http":
      implementation.target =
        field("requestUrl").flatMap(host(inAddress:)).map { .application($0) } ?? .computed
      implementation.action = field("requestMethod")
    case "mail":
      implementation.target = .application("mail")
      implementation.channel = .mail
    default: break
    }
    return implementation
  }
  let code = attribute("class") ?? attribute("delegateExpression") ?? attribute("expression")
  return code.map { BPMNImplementation(text: $0, retries: retries) }
}

// MARK: - jBPM, Kogito

private func jbpmImplementation(of element: XMLElement) -> BPMNImplementation? {
  func attribute(_ name: String) -> String? {
    element.attribute(name, namespace: BPMNDialect.jbpm).flatMap { $0.isEmpty ? nil : $0 }
  }
  if let interface = attribute("serviceinterface") ?? attribute("servicetaskinterface") {
    let operation = attribute("serviceoperation") ?? attribute("servicetaskoperation")
    var implementation = service(interface: interface, operation: operation)
    // A Java service is a class of the same program.
    if attribute("serviceimplementation") != "WebService" { implementation.channel = .internalCall }
    return implementation
  }
  let inputs =
    element.name == "businessRuleTask" || attribute("taskName") != nil
    ? constantInputs(of: element) : [:]
  if element.name == "businessRuleTask", let model = inputs["model"] {
    return BPMNImplementation(
      text: inputs["decision"].map { "\(model).\($0)" } ?? model, target: .system(model),
      action: inputs["decision"] ?? "decide", channel: .internalCall)
  }
  if let group = attribute("ruleFlowGroup") {
    // Rule units are written `unit:package.Class`.
    let name = group.hasPrefix("unit:") ? simpleName(String(group.dropFirst(5))) : group
    return BPMNImplementation(
      text: group, target: .system(name), action: "decide", channel: .internalCall)
  }
  guard let handler = attribute("taskName"), element.name != "userTask" else { return nil }
  switch handler {
  case "Milestone", "Log": return BPMNImplementation(text: handler)
  case "Rest", "WebService":
    let address = inputs["Url"] ?? inputs["Endpoint"]
    return BPMNImplementation(
      text: handler,
      target: address.flatMap(host(inAddress:)).map { .application($0) } ?? .computed,
      action: inputs["Method"])
  case "Email":
    return BPMNImplementation(text: handler, target: .application("mail"), channel: .mail)
  default:
    return BPMNImplementation(
      text: handler, target: .application(handler), note: "a handler for this work item")
  }
}

private func service(interface: String, operation: String?) -> BPMNImplementation {
  BPMNImplementation(
    text: operation.map { "\(interface).\($0)" } ?? interface,
    target: .application(simpleName(interface)), action: operation)
}

/// The last part of a qualified class name.
private func simpleName(_ name: String) -> String {
  name.split(separator: ".").last.map(String.init) ?? name
}

// MARK: - UiPath Maestro

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

private func uiPathImplementation(
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
  case _ where type.hasPrefix("Orchestrator.") && type.contains("Queue"):
    implementation.target = called.map { .data($0) } ?? .computed
    implementation.channel = .queue
  case _ where type.hasPrefix("Orchestrator."):
    implementation.target = called.map { .system($0) } ?? .computed
  case "A2A.AgentExecution":
    implementation.target = .agent(called ?? ownName, models: [])
    implementation.channel = .a2a
  case "Intsvc.HttpExecution", "Intsvc.UnifiedHttpRequest":
    let found = context["url"].flatMap(host(inAddress:))
    implementation.target =
      found.map { .application(KnownApplication.named(byHost: $0) ?? $0) } ?? .computed
    implementation.action = context["method"]
    implementation.channel = .api
  case _ where type.hasPrefix("Intsvc."):
    let connector = context["connectorkey"] ?? context["connector"]
    implementation.target =
      connector.map { .application(UiPathConnector.application(key: $0)) } ?? .computed
    implementation.action = context["operation"] ?? context["objectname"]
    implementation.channel = .api
  default: break
  }
  return implementation
}

// MARK: - BPMN itself

private func standardImplementation(
  of element: XMLElement, shared: BPMNSharedDefinitions
) -> BPMNImplementation? {
  if let operation = element["operationRef"].map(withoutPrefix),
    let (interface, name) = shared.operations[operation]
  {
    return service(interface: interface, operation: name)
  }
  if let name = element.attribute("serviceName", namespace: BPMNDialect.w4) {
    return BPMNImplementation(text: name, target: .application(name))
  }
  if let format = singleLine(element["scriptFormat"]) { return BPMNImplementation(text: format) }
  guard let text = singleLine(element["implementation"]), !text.hasPrefix("##") else { return nil }
  // jBPM and Signavio fill it with a technology, which names nothing.
  return ["java", "webService", "unspecified", "other"].contains { $0 == text || text == "Java" }
    ? nil : BPMNImplementation(text: text)
}

/// Host name in an address or in an expression that contains one; `nil` where it is computed.
func host(inAddress text: String) -> String? {
  guard let scheme = text.firstRange(of: "://") else { return nil }
  let host = text[scheme.upperBound...].prefix {
    $0.isLetter || $0.isNumber || $0 == "." || $0 == "-"
  }
  // After it may come a port, a path or the end of the literal, but no expression.
  let next = text[host.endIndex...].first
  guard !host.isEmpty, next != "$", next != "#", next != "{" else { return nil }
  return host.lowercased()
}
