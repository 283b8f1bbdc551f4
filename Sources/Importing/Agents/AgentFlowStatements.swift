import DocumentReading
import Facts
import Inventory

/// What designers of agents have in common: steps on a canvas, people asked at them, models and requests.
extension AgentStatements {
  /// Adds a step.
  mutating func addStep(
    _ id: String, _ name: String?, _ kind: Step.Kind, of system: String, retries: Int? = nil,
    timeout: TimeSpan? = nil, delay: TimeSpan? = nil, _ evidence: Evidence
  ) {
    reading.fragment.steps.append(
      Step(
        system: system, id: id, name: name == id ? nil : name, kind: kind, retries: retries,
        timeout: timeout, delay: delay, evidence: evidence))
  }

  /// Adds a place where a person steps in.
  mutating func addTouchPoint(
    _ kind: HumanTouchPoint.Kind, at step: String, _ name: String?, of system: String,
    team: String? = nil, _ evidence: Evidence
  ) {
    reading.fragment.touchPoints.append(
      HumanTouchPoint(
        system: system, step: step, name: name, kind: kind, team: team, evidence: evidence))
  }

  /// Adds what starts a system.
  mutating func addTrigger(
    _ kind: Trigger.Kind, _ expression: String?, of system: String, _ evidence: Evidence
  ) {
    reading.fragment.triggers.append(
      Trigger(system: system, kind: kind, expression: expression, evidence: evidence))
  }

  /// Adds a request to an address; what is computed is named after its variable or the system.
  mutating func request(
    _ source: EntityReference, _ method: String?, _ address: String?, action: String? = nil,
    of system: String, _ evidence: Evidence
  ) {
    let written = address?.trimmedOrNil ?? ""
    let target: String
    if let found = application(ofAddress: written) {
      target = found
    } else if let host = host(inExpression: written), !isLoopback(host) {
      target = KnownApplication.named(byHost: host) ?? host
    } else if let port = host(ofAddress: written), isLoopback(port) {
      target = "\(port) of \(system)"
    } else {
      target = symbolicAddress(written, of: system)
      reading.note(
        .low, "the address of a request is computed or empty, so that its target is unknown",
        at: evidence.location)
    }
    connect(
      source, httpDirection(method), EntityReference(.application, target), .api,
      action ?? method?.uppercased(), evidence)
  }

  /// A name for an address that begins with a variable: `{{env.DESK}}/cases` is `env.DESK of System`.
  private func symbolicAddress(_ address: String, of system: String) -> String {
    let variable = address.firstRange(of: "{{").map { open in
      address[open.upperBound...].prefix { $0 != "}" }.filter {
        $0.isLetter || $0.isNumber || $0 == "_" || $0 == "."
      }
    }
    if let variable, variable.contains(where: \.isLetter) {
      return "\(variable.prefix(60)) of \(system)"
    }
    return "computed address in '\(system)'"
  }
}

/// The application that serves a language model, by the identifier that a designer of agents has for
/// it: `langgenius/openai/openai`, `azureChatOpenAI`, `AnthropicModel`.
func modelProvider(_ identifier: String) -> String {
  let parts = identifier.split(separator: "/").map(String.init)
  for part in parts.reversed() {
    if let known = knownService(part) { return known }
  }
  return words(ofIdentifier: parts.last ?? identifier)
}

/// The application behind an identifier of a component; `nil` where it is not listed.
func knownService(_ identifier: String) -> String? {
  if let known = KnownApplication.named(byConnector: identifier)
    ?? KnownApplication.named(identifier)
  {
    return known
  }
  let plain = identifier.lowercased().filter { $0.isLetter || $0.isNumber }
  if let known = KnownApplication.named(byConnector: plain) { return known }
  // What kind of component it is stands before or behind the product's name.
  let kinds = [
    "component", "embeddings", "embedding", "vectorstore", "model", "chat", "llm", "search", "tool",
    "api", "memory", "loader", "retriever", "reader",
  ]
  var rest = plain
  for kind in kinds {
    let shorter = rest.replacing(kind, with: "")
    guard shorter != rest, !shorter.isEmpty else { continue }
    rest = shorter
    if let known = KnownApplication.named(byConnector: rest) ?? KnownApplication.named(rest) {
      return known
    }
  }
  return nil
}
