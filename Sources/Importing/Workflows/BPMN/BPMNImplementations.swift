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
    // Camunda 7 says at the message of an event what sends it.
    ?? element.first("messageEventDefinition").flatMap(activitiFamilyImplementation)
    ?? jbpmImplementation(of: element)
    ?? standardImplementation(of: element, shared: shared)
}

extension XMLElement {
  /// Extension elements of one namespace.
  func extensions(in namespace: String) -> [XMLElement] {
    (first("extensionElements")?.children ?? []).filter { $0.namespace == namespace }
  }
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
  // A case of Camunda 7, which is a model (CMMN) of its own.
  if let model = attribute("caseRef") {
    return BPMNImplementation(
      text: model, target: isExpression(model) ? .computed : .system(model), action: "case",
      channel: .internalCall, retries: retries)
  }
  if let topic = attribute("topic") {
    return BPMNImplementation(
      text: topic, target: isExpression(topic) ? .undetermined(topic) : .application(topic),
      retries: retries,
      note: "a worker for tasks of this topic")
  }
  if let connector = extensions.first(where: { $0.name == "connector" }) {
    let id = connector.first("connectorId").flatMap { singleLine($0.text) } ?? "connector"
    let url = connector.descendants("inputParameter").first { $0["name"] == "url" }?.deepText
    return BPMNImplementation(
      text: id, target: applicationTarget(address: url) ?? .application(knownConnector(id)),
      channel: id.contains("mail") ? .mail : .api, retries: retries)
  }
  if let type = attribute("type") {
    var implementation = BPMNImplementation(text: type, retries: retries)
    switch type {
    case "http":
      implementation.target = applicationTarget(address: field("requestUrl")) ?? .computed
      implementation.action = field("requestMethod")
    case "mail":
      implementation.target = .application("mail")
      implementation.channel = .mail
    case "camel": implementation.target = .application("Apache Camel")
    case "mule": implementation.target = .application("Mule")
    case "shell":
      implementation.target = .application("Command shell")
      implementation.channel = .internalCall
    case "case":
      let model = attribute("caseDefinitionKey") ?? field("caseDefinitionKey")
      implementation.target = model.map { isExpression($0) ? .computed : .system($0) } ?? .computed
      implementation.channel = .internalCall
    case "send-event":
      let event = extensions.first { $0.name == "eventType" }.flatMap { singleLine($0.text) }
      implementation.target = event.map { .data($0) }
      implementation.channel = .queue
    default: break
    }
    return implementation
  }
  let code = attribute("class") ?? attribute("delegateExpression") ?? attribute("expression")
  return code.map { code in
    var implementation = BPMNImplementation(text: code, channel: .internalCall, retries: retries)
    if let (bean, operation) = component(ofCode: code) {
      implementation.target = .application(bean)
      implementation.action = operation
      implementation.note = "code of the program around the engine"
    }
    return implementation
  }
}

/// `Rating` and no operation of `com.bank.Rating`, `rating` and `check` of `${rating.check(amount)}`;
/// `nil` where the code is more than one call.
private func component(ofCode code: String) -> (name: String, operation: String?)? {
  var text = Substring(code)
  let isExpression = (text.hasPrefix("${") || text.hasPrefix("#{")) && text.hasSuffix("}")
  if isExpression { text = text.dropFirst(2).dropLast() }
  let path = text.prefix { $0.isLetter || $0.isNumber || "_$.".contains($0) }
  let rest = text.dropFirst(path.count)
  guard !path.isEmpty, rest.isEmpty || (isExpression && isOneArgumentList(rest)) else { return nil }
  let parts = path.split(separator: ".").map(String.init)
  guard isExpression else { return parts.last.map { ($0, nil) } }
  guard let first = parts.first, !["execution", "true", "false"].contains(first) else { return nil }
  return (first, parts.count > 1 ? parts.last : nil)
}

/// Whether a text is one pair of brackets with what is in it, and nothing more.
private func isOneArgumentList(_ text: Substring) -> Bool {
  var depth = 0
  for (offset, character) in text.enumerated() {
    if character == "(" { depth += 1 }
    if character == ")" { depth -= 1 }
    if depth == 0 { return offset > 0 && offset == text.count - 1 }
  }
  return false
}

/// The application behind an address, by its host, else by the expression that gives it; `nil` where
/// there is no address.
func applicationTarget(address: String?) -> BPMNImplementation.Target? {
  guard let address = singleLine(address) else { return nil }
  if let host = host(inExpression: address) {
    return .application(KnownApplication.named(byHost: host) ?? host)
  }
  return .undetermined(address)
}

/// What a connector leads to, by the name of the product where it is known.
func knownConnector(_ connector: String) -> String {
  KnownApplication.named(byConnector: connector) ?? KnownApplication.named(connector) ?? connector
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
      text: group, target: .system(name), action: "decide", channel: .internalCall,
      note: "a group of rules")
  }
  guard let handler = attribute("taskName"), element.name != "userTask" else { return nil }
  switch handler {
  case "Milestone", "Log": return BPMNImplementation(text: handler)
  case "Rest", "WebService":
    let address = inputs["Url"] ?? inputs["Endpoint"]
    return BPMNImplementation(
      text: handler, target: applicationTarget(address: address) ?? .computed,
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
