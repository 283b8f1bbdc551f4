import DocumentReading
import Facts
import Inventory

/// Entities of a catalogue and what they say of each other.
///
/// Components of types such as `workflow` or `ai-agent` are automations; services, websites, interfaces
/// and resources are applications. Source: Backstage, descriptor format of catalog entities.
struct BackstageCatalogue {
  private var said: AgentStatements
  /// Kinds that say nothing of an estate, in the order in which they occur.
  private var others: [String] = []
  /// Whether an entity was left out because it is not filled in.
  private var hasSkeletons = false

  init(path: String) { said = AgentStatements(path: path) }

  /// Everything that was said.
  func finished(at location: SourceLocation) -> FileReading {
    var reading = said.reading
    if reading.fragment.isEmpty {
      reading.isBeside = true
      let kinds = uniqueInOrder(others).joined(separator: ", ")
      if !others.isEmpty || !hasSkeletons {
        reading.note(
          .info, "the catalogue lists nothing of an estate here, only entities of kind \(kinds)",
          at: location)
      }
    }
    return reading
  }

  /// Adds an entity.
  mutating func add(_ entity: DataNode) {
    // What a template makes new services from has placeholders where their names will stand.
    guard !name(of: entity).contains("{{"), !id(of: entity).contains("{{") else {
      hasSkeletons = true
      said.reading.note(
        .info, "a template with placeholders that are not filled in; import what is made of it",
        at: entity.location)
      return
    }
    let kind = entity["kind"]?.string ?? ""
    switch kind.lowercased() {
    case "component": addComponent(entity)
    case "api": addInterface(entity)
    case "resource": addApplication(entity)
    case "group": addGroup(entity)
    case "template": addTemplate(entity)
    default: others.append(kind)
    }
  }

  // MARK: Names

  private func id(of entity: DataNode) -> String {
    entity["metadata"]?["name"]?.text?.trimmedOrNil ?? "unnamed"
  }

  private func name(of entity: DataNode) -> String {
    singleLine(entity["metadata"]?["title"]?.string) ?? id(of: entity)
  }

  /// A reference such as `component:default/petstore` as a thing of the estate.
  private func reference(_ text: String, otherwise kind: EntityKind) -> EntityReference {
    var rest = Substring(text)
    var stated: String?
    if let colon = rest.firstIndex(of: ":") {
      stated = rest[..<colon].lowercased()
      rest = rest[rest.index(after: colon)...]
    }
    if let stroke = rest.lastIndex(of: "/") { rest = rest[rest.index(after: stroke)...] }
    switch stated {
    case "group": return EntityReference(.team, String(rest))
    default:
      return EntityReference(automations.contains(String(rest)) ? .system : kind, String(rest))
    }
  }

  /// Names of entities that are automations.
  private var automations: Set<String> = []

  // MARK: Entities

  private mutating func addComponent(_ entity: DataNode) {
    let type = entity["spec"]?["type"]?.string?.lowercased() ?? ""
    if let kind = automationKind(ofType: type) {
      addSystem(entity, kind)
      relate(entity, EntityReference(.system, name(of: entity)))
    } else {
      addApplication(entity)
    }
  }

  private mutating func addApplication(_ entity: DataNode) {
    let name = name(of: entity)
    said.addApplication(name, aliases: [id(of: entity)], entity.evidence)
    relate(entity, EntityReference(.application, name))
  }

  private mutating func addInterface(_ entity: DataNode) {
    guard entity["spec"]?["type"]?.string?.lowercased().hasPrefix("mcp") == true else {
      addApplication(entity)
      return
    }
    addSystem(entity, .script)
    let name = name(of: entity)
    for remote in entity["spec"]?["remotes"]?.array ?? [] {
      if let address = remote["url"]?.string {
        said.addCall(publicAddress(address), of: name, remote.evidence)
      }
    }
    relate(entity, EntityReference(.system, name))
  }

  private mutating func addSystem(_ entity: DataNode, _ kind: SystemKind) {
    let name = name(of: entity)
    let spec = entity["spec"]
    automations.insert(id(of: entity))
    var system = AutomationSystem(name: name, source: (entity["metadata"] ?? entity).evidence)
    system.addAlias(id(of: entity))
    let type = spec?["type"] ?? entity
    system.kind.state(kind, type.inferred("from its type in the catalogue"))
    if let text = entity["metadata"]?["description"], let purpose = singleLine(text.string) {
      system.purpose.state(String(purpose.prefix(500)), text.evidence)
    }
    if let owner = spec?["owner"], let text = owner.text?.trimmedOrNil {
      let isPerson = text.lowercased().hasPrefix("user:")
      let shown = reference(text, otherwise: .team).name
      if isPerson {
        system.owner.state(shown, owner.evidence)
      } else {
        system.team.state(shown, owner.evidence)
      }
    }
    if let lifecycle = spec?["lifecycle"], let text = lifecycle.string?.lowercased() {
      switch text {
      case "production": system.status.state(.production, lifecycle.evidence)
      case "experimental", "development": system.status.state(.development, lifecycle.evidence)
      case "deprecated":
        system.status.state(
          .production, Evidence(.imported, lifecycle.location, note: "deprecated"))
      case "retired": system.status.state(.retired, lifecycle.evidence)
      default: break
      }
    }
    system.unknowns = ["What it does step by step is not in a catalogue."]
    if kind == .workflow, entity["kind"]?.string?.lowercased() == "template" {
      system.unknowns = []
    }
    said.add(system)
  }

  private mutating func addGroup(_ entity: DataNode) {
    let name =
      singleLine(entity["spec"]?["profile"]?["displayName"]?.string) ?? name(of: entity)
    var team = Team(name: name, source: entity.evidence)
    if nameKey(id(of: entity)) != team.key { team.aliases = [id(of: entity)] }
    said.reading.fragment.teams.append(team)
  }

  // MARK: Relations

  private mutating func relate(_ entity: DataNode, _ source: EntityReference) {
    let spec = entity["spec"]
    for item in spec?["dependsOn"]?.texts ?? [] {
      said.connect(
        source, .invokes, reference(item.text, otherwise: .application), .unknown, "depends on",
        item.node.evidence)
    }
    for item in spec?["dependencyOf"]?.texts ?? [] {
      said.connect(
        reference(item.text, otherwise: .application), .invokes, source, .unknown, "depends on",
        item.node.evidence)
    }
    for item in spec?["consumesApis"]?.texts ?? [] {
      said.connect(
        source, .invokes, reference(item.text, otherwise: .application), .api, "consumes",
        item.node.evidence)
    }
    // An interface is named apart from what provides it, and calls go through it.
    for item in spec?["providesApis"]?.texts ?? [] {
      let target = reference(item.text, otherwise: .application)
      guard target != source else { continue }
      said.connect(target, .invokes, source, .api, "provided by", item.node.evidence)
    }
  }

  // MARK: Templates

  private mutating func addTemplate(_ entity: DataNode) {
    addSystem(entity, .workflow)
    let name = name(of: entity)
    if let index = said.reading.fragment.systems.lastIndex(where: { $0.name == name }) {
      said.reading.fragment.systems[index].technology.state("Backstage", entity.evidence)
    }
    let spec = entity["spec"]
    said.reading.fragment.triggers.append(
      Trigger(system: name, kind: .manual, expression: "Backstage", evidence: entity.evidence))
    if let parameters = spec?["parameters"], parameters.array?.isEmpty != true {
      said.reading.fragment.steps.append(
        Step(
          system: name, id: "parameters", name: "Parameters", kind: .human,
          evidence: parameters.evidence))
      said.reading.fragment.touchPoints.append(
        HumanTouchPoint(
          system: name, step: "parameters", name: "Parameters", kind: .form,
          evidence: parameters.evidence))
    }
    for (index, step) in (spec?["steps"]?.array ?? []).enumerated() {
      guard let action = step["action"]?.string?.trimmedOrNil else {
        said.reading.note(
          .medium, "a step of template '\(name)' has no action and was left out; give it one",
          at: step.location)
        continue
      }
      said.reading.fragment.steps.append(
        Step(
          system: name, id: step["id"]?.text?.trimmedOrNil ?? "step \(index + 1)",
          name: singleLine(step["name"]?.string) ?? action, kind: .action, evidence: step.evidence))
      call(action, step, from: name)
    }
  }

  private mutating func call(_ action: String, _ step: DataNode, from name: String) {
    let source = EntityReference(.system, name)
    let parts = action.split(separator: ":").map { $0.lowercased() }
    switch parts.first {
    case "catalog", "fs", "debug", "roadiehq", "backstage": return
    case "fetch", "http":
      let address = (step["input"]?["url"] ?? step["input"]?["path"])?.string ?? ""
      guard let host = host(ofAddress: address), address.contains("://") else { return }
      said.connect(
        source, .reads,
        EntityReference(.application, KnownApplication.named(byHost: host) ?? host), .api, action,
        step.evidence)
    default:
      let word = (parts.first == "publish" ? parts.dropFirst().first : parts.first) ?? action
      let target =
        KnownApplication.named(byConnector: word) ?? KnownApplication.named(word)
        ?? words(ofIdentifier: word)
      said.connect(
        source, direction(ofOperation: parts.last ?? "") ?? .writes,
        EntityReference(.application, target), .api, action, step.evidence)
    }
  }
}
