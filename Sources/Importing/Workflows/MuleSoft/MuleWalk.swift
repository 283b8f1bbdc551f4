import DocumentReading
import Facts
import Inventory

/// Walks the flows of one file of an application.
struct MuleWalk {
  let root: XMLElement
  let application: Fact<String>
  let kind: SystemKind
  let configurations: MuleConfigurations
  /// Names of all flows of the application.
  let flowNames: Set<String>
  let path: String
  var result: FileReading
  private var count = 0
  /// The flow that is being read.
  private var flow = ""

  init(
    _ root: XMLElement, application: Fact<String>, kind: SystemKind,
    configurations: MuleConfigurations, flowNames: Set<String>, path: String
  ) {
    self.root = root
    self.application = application
    self.kind = kind
    self.configurations = configurations
    self.flowNames = flowNames
    self.path = path
    result = FileReading(path: path)
  }

  var source: EntityReference { EntityReference(.system, application.value) }

  /// What the file says.
  mutating func reading() -> FileReading {
    addSystem()
    for element in root.children {
      switch element.name {
      case "flow", "sub-flow": addFlow(element)
      case "job" where MuleConnector.id(of: element) == "batch": addFlow(element)
      case "error-handler", "catch-exception-strategy", "rollback-exception-strategy",
        "choice-exception-strategy":
        flow = element["name"] ?? "global"
        addErrorHandlers(element)
      default: addCredentials(of: element)
      }
    }
    return result
  }

  // MARK: The application

  private mutating func addSystem() {
    let whole = Evidence(.imported, root.location)
    var system = AutomationSystem(name: application.value, source: application.evidence)
    system.sources.append(whole)
    let card = root.children.first(where: Self.isAgentServer)?.first("card")
    system.kind.state(kind, whole)
    system.technology.state("MuleSoft", whole)
    if let card {
      let evidence = Evidence(.imported, card.location)
      for key in ["name", "url"] {
        guard let text = card[key]?.trimmedOrNil, !isComputedInMule(text) else { continue }
        system.aliases.append(text)
      }
      if let text = card.first("description")?.text.trimmedOrNil, !isComputedInMule(text) {
        system.purpose.state(text, evidence)
      }
      if let version = card["version"]?.trimmedOrNil, !isComputedInMule(version) {
        system.version.state(version, evidence)
      }
    }
    system.models = models(in: root)
    result.fragment.systems = [system]
  }

  /// Whether a global element serves an agent by the Agent2Agent protocol.
  static func isAgentServer(_ element: XMLElement) -> Bool {
    element.name == "server-config" && MuleConnector.id(of: element) == "a2a"
  }

  /// Names of models that stand in the file; those that are computed stay unknown.
  private func models(in element: XMLElement) -> [String] {
    var models: [String] = []
    func collect(_ element: XMLElement) {
      for attribute in element.attributes {
        let name = attribute.name.lowercased()
        guard name.hasSuffix("modelname") || name == "modelapiname" || name == "embeddingmodelname",
          let text = attribute.value.trimmedOrNil, !isComputedInMule(text), !models.contains(text)
        else { continue }
        models.append(text)
      }
      for child in element.children { collect(child) }
    }
    collect(element)
    return models
  }

  /// Secrets that a configuration refers to, by the names of their properties.
  private mutating func addCredentials(of configuration: XMLElement) {
    guard let name = configuration["name"] else { return }
    let target = MuleConnector(of: configuration)?.application
    var seen: Set<String> = []
    func collect(_ element: XMLElement) {
      let values =
        element.attributes.map { ($0.name, $0.value) }
        // Headers are written as `key="client_secret" value="…"`.
        + [(element["key"] ?? "", element["value"] ?? "")]
      for (key, value) in values where isSecretAttribute(key) && !value.isEmpty {
        let names = placeholders(in: value)
        if names.isEmpty, !value.contains("#[") {
          result.note(
            .low,
            "the configuration '\(name)' holds its \(key) in the file itself; move it to a secure"
              + " property", at: element.location)
        }
        for credential in names.isEmpty ? ["\(name) \(key)"] : names
        where seen.insert(credential).inserted {
          result.fragment.credentials.append(
            CredentialUse(
              system: application.value, name: credential, application: target,
              evidence: Evidence(.imported, element.location)))
        }
      }
      for child in element.children { collect(child) }
    }
    collect(configuration)
  }

  // MARK: Flows

  private mutating func addFlow(_ element: XMLElement) {
    flow = element["name"] ?? "flow"
    addStep(element, named: flow, .group)
    var isFirst = true
    for child in element.children {
      if isFirst, MuleSource.isSource(child) {
        addSource(child)
      } else {
        addProcessor(child, depth: 0)
      }
      if !MuleSource.isConfiguration(child) { isFirst = false }
    }
    // Flows that the API router calls have the operation as name: `get:\orders\(id):api-config`.
    let parts = flow.split(separator: ":", maxSplits: 2).map(String.init)
    let methods = ["get", "post", "put", "patch", "delete", "head", "options"]
    if parts.count >= 2, methods.contains(parts[0].lowercased()) {
      let path = String(parts[1].map { $0 == "\\" ? "/" : $0 })
      addTrigger(.call, "\(parts[0].uppercased()) \(path)", element)
    }
  }

  mutating func addTrigger(_ kind: Trigger.Kind, _ expression: String?, _ element: XMLElement) {
    result.fragment.triggers.append(
      Trigger(
        system: application.value, kind: kind, expression: expression,
        evidence: evidence(element)))
  }

  func evidence(_ element: XMLElement) -> Evidence {
    var place = element.location
    place.element = element["name"] ?? place.element
    return Evidence(.imported, place)
  }

  /// Adds a step; its id is that of the designer, or its place in the file.
  mutating func addStep(
    _ element: XMLElement, named name: String?, _ kind: Step.Kind, retries: Int? = nil,
    timeout: TimeSpan? = nil
  ) {
    count += 1
    let id =
      element.attributes.first {
        $0.name == "id" && ($0.namespace ?? "").hasSuffix("documentation")
      }?
      .value ?? "\(lastComponent(of: path))#\(count)"
    result.fragment.steps.append(
      Step(
        system: application.value, id: id, name: name, kind: kind, retries: retries,
        timeout: timeout, evidence: evidence(element)))
  }

  /// What the designer shows for an element.
  func label(_ element: XMLElement) -> String {
    element.attributes.first {
      $0.name == "name" && ($0.namespace ?? "").hasSuffix("documentation")
    }?.value.trimmedOrNil ?? element.name
  }

  // MARK: Processors

  /// Elements that only hold others.
  private static let holders: Set<String> = [
    "when", "otherwise", "route", "process-records", "on-complete", "input", "processor-chain",
    "input-phase", "execute", "response", "content", "chain",
  ]

  mutating func addProcessor(_ element: XMLElement, depth: Int) {
    guard depth < 200 else { return }
    let id = MuleConnector.id(of: element)
    if MuleSource.isConfiguration(element) { return }
    if element.name == "error-handler" || element.name.hasSuffix("-exception-strategy") {
      addErrorHandlers(element)
      return
    }
    let isControl = id == "core" || id == "batch" || id.hasPrefix("ee/")
    if isControl, Self.holders.contains(element.name) {
      for child in element.children { addProcessor(child, depth: depth + 1) }
      return
    }
    if isControl {
      addControl(element)
    } else {
      addOperation(element)
    }
    // Parameters of an operation are in its own namespace, processors inside it in another; routers
    // and scopes of the runtime hold what they run in theirs.
    let holdsOwn = id == "core" || id == "batch" || id == "validation" && element.name == "all"
    for child in element.children {
      let isOwn = child.namespace == element.namespace
      if holdsOwn || !isOwn {
        addProcessor(child, depth: depth + 1)
      } else if Self.holders.contains(child.name) {
        for part in child.children where part.namespace != element.namespace {
          addProcessor(part, depth: depth + 1)
        }
      }
    }
  }

  /// Components of the runtime: routers, scopes, transformers.
  private mutating func addControl(_ element: XMLElement) {
    switch element.name {
    case "flow-ref":
      addStep(element, named: label(element), .call)
      addFlowReference(element)
    case "choice":
      addStep(element, named: label(element), .decision)
    case "scatter-gather", "first-successful", "round-robin", "foreach", "parallel-foreach", "try",
      "async", "until-successful", "job", "step", "aggregator", "cache", "poll", "enricher", "all",
      "transactional", "processor":
      addStep(
        element, named: label(element), .group,
        retries: element["maxRetries"].flatMap { Int($0.trimmedOrNil ?? "") })
    case "raise-error":
      addStep(element, named: label(element), .errorHandling)
    default:
      addStep(element, named: label(element), .action)
    }
  }

  private mutating func addFlowReference(_ element: XMLElement) {
    guard let name = element["name"]?.trimmedOrNil else {
      result.note(.medium, "the flow reference names no flow", at: element.location)
      return
    }
    if isComputedInMule(name) {
      result.note(
        .low, "the flow that is called is computed, so that it is unknown", at: element.location)
    } else if !flowNames.contains(name) {
      result.note(
        .info,
        "the flow '\(name)' is not among the files; it belongs to a part of the application that is"
          + " not here", at: element.location)
    }
  }

  mutating func addErrorHandlers(_ element: XMLElement) {
    // An `error-handler` is a list; what handles stands in it, or elsewhere under a name.
    let isList = element.name == "error-handler" || element.name == "choice-exception-strategy"
    if !isList || element["ref"] != nil {
      addStep(element, named: element["ref"] ?? label(element), .errorHandling)
    }
    for child in element.children {
      if child.name.hasPrefix("on-error") || child.name.hasSuffix("-exception-strategy") {
        let handled = child["type"] ?? child["when"] ?? child["ref"]
        if child.name != "choice-exception-strategy" {
          addStep(
            child, named: handled.map { "\(label(child)): \($0)" } ?? label(child), .errorHandling)
        }
        for part in child.children { addProcessor(part, depth: 1) }
      } else if !isList {
        addProcessor(child, depth: 1)
      }
    }
  }
}
